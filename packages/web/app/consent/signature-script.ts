/**
 * What the consent page does with scripts: fields to draw signatures in, and a word while the document is being sealed.
 * Points are kept in the field's own units, so that a small screen draws the same signature as a large one.
 */
const fieldWidth = 1000;
const fieldHeight = 400;
type Point = [x: number, y: number];

const form = document.querySelector<HTMLFormElement>('[data-consent-form]');
if (form) {
  for (const box of form.querySelectorAll<HTMLElement>('[data-signature]')) openPad(box);
  let isSent = false;
  form.addEventListener('submit', (event) => {
    // A second press while the first is under way would only be refused.
    if (isSent) event.preventDefault();
    isSent = true;
    const sending = form.querySelector<HTMLElement>('[data-sending]');
    if (sending) sending.hidden = false;
  });
  // Coming back through the browser's history, the form may be sent again.
  addEventListener('pageshow', () => {
    isSent = false;
  });
}

function openPad(box: HTMLElement): void {
  const part = box.dataset.signature ?? '';
  const choice = box.querySelector<HTMLElement>('[data-draw-choice]');
  const pad = box.querySelector<HTMLElement>('[data-pad]');
  const canvas = box.querySelector('canvas');
  const drawn = choice?.querySelector('input');
  const typed = box.querySelector<HTMLInputElement>('input[value="typed"]');
  const kept = box.querySelector<HTMLInputElement>(`input[name="strokes-${part}"]`);
  const brush = canvas?.getContext('2d');
  if (!choice || !pad || !canvas || !drawn || !typed || !kept || !brush) return;
  choice.hidden = false;
  if (drawn.dataset.was === 'yes') drawn.checked = true;

  let strokes: Point[][] = readKept(kept.value);
  let line: Point[] | undefined;

  const draw = () => {
    brush.clearRect(0, 0, fieldWidth, fieldHeight);
    brush.lineWidth = 7;
    brush.lineCap = 'round';
    brush.lineJoin = 'round';
    brush.strokeStyle = getComputedStyle(canvas).color;
    for (const one of strokes) {
      brush.beginPath();
      for (const [i, [x, y]] of one.entries())
        if (i === 0) brush.moveTo(x, y);
        else brush.lineTo(x, y);
      // A touch without a way is a dot.
      if (one.length === 1) brush.lineTo(one[0]?.[0] ?? 0, one[0]?.[1] ?? 0);
      brush.stroke();
    }
  };
  const keep = () => {
    kept.value = JSON.stringify(strokes);
  };
  const pointOf = (event: PointerEvent): Point => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const within = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)));
    return [
      within(((event.clientX - left) / width) * fieldWidth, fieldWidth),
      within(((event.clientY - top) / height) * fieldHeight, fieldHeight),
    ];
  };

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || strokes.length >= 200) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    line = [pointOf(event)];
    strokes.push(line);
    drawn.checked = true;
    draw();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!line) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      const point = pointOf(one);
      const last = line.at(-1);
      if (line.length < 2000 && (last?.[0] !== point[0] || last[1] !== point[1])) line.push(point);
    }
    draw();
  });
  const lift = () => {
    if (!line) return;
    line = undefined;
    keep();
  };
  canvas.addEventListener('pointerup', lift);
  canvas.addEventListener('pointercancel', lift);
  box.querySelector('[data-clear]')?.addEventListener('click', () => {
    strokes = [];
    keep();
    draw();
  });
  const show = () => {
    pad.hidden = !drawn.checked;
    draw();
  };
  drawn.addEventListener('change', show);
  typed.addEventListener('change', show);
  // Drawing is what people expect; typing stays one choice away.
  if (kept.value === '' && drawn.dataset.was !== 'yes') drawn.checked = true;
  show();
}

function readKept(text: string): Point[][] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as Point[][]) : [];
  } catch {
    return [];
  }
}

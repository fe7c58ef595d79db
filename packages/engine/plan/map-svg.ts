import type { Dots } from './dots.ts';

/** What a drawn map needs besides its dots. */
export interface MapOptions {
  /** Diameter of a dot on the skin's surface, mm. */
  readonly dotMm: number;
  /** One CSS colour a tone; the last serves further tones. */
  readonly toneColours: readonly string[];
  /** False when millimetres are assumed: then no unit and no ruler, and the file says so. Default true. */
  readonly trueScale?: boolean;
  /** Said in the file for whoever opens it. */
  readonly title: string;
  /** Outlines of the region in mm, each closed. */
  readonly outlinesMm?: readonly (readonly (readonly [number, number])[])[];
}

/** The dots of one session, numbered from 1, on the same sheet as the whole map. */
export function sessionSvg(
  plan: { readonly dots: Dots; readonly mapOptions: MapOptions },
  session: number,
): string {
  const { dots, mapOptions } = plan;
  return dotsSvg(
    dots,
    { ...mapOptions, title: `${mapOptions.title}, session ${session}` },
    (i) => dots.stage[i] === session - 1,
  );
}

const marginMm = 5;
const rulerMm = 50;

/**
 * The dot map at true scale: lengths in mm, the viewBox in mm, dots grouped by session and tone. Below the dots lies
 * a 50 mm ruler: measure it on paper before using a print as a stencil.
 */
export function dotsSvg(
  dots: Dots,
  options: MapOptions,
  draws: (index: number) => boolean = () => true,
): string {
  const box = boundsMm(dots);
  const x0 = box.left - marginMm;
  const y0 = box.top - marginMm;
  const widthMm = Math.max(box.right - box.left, rulerMm) + 2 * marginMm;
  const heightMm = box.bottom - box.top + 2 * marginMm + 10;
  const trueScale = options.trueScale ?? true;
  const unit = trueScale ? 'mm' : '';
  const n = (value: number) => String(Math.round(value * 1000) / 1000);
  const groups = new Map<string, string[]>();
  const radius = n(options.dotMm / 2);
  for (let i = 0; i < dots.count; i++) {
    if (!draws(i)) continue;
    const key = `${dots.stage[i]} ${dots.tone[i]}`;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = []));
    group.push(`<circle cx="${n(dots.xMm[i])}" cy="${n(dots.yMm[i])}" r="${radius}"/>`);
  }
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(widthMm)}${unit}" height="${n(heightMm)}${unit}" viewBox="${n(x0)} ${n(y0)} ${n(widthMm)} ${n(heightMm)}">`,
    `<title>${escapeXml(options.title)}</title>`,
  ];
  for (const outline of options.outlinesMm ?? []) {
    const points = outline.map(([x, y]) => `${n(x)},${n(y)}`).join(' ');
    parts.push(`<polygon points="${points}" fill="none" stroke="#888888" stroke-width="0.1"/>`);
  }
  for (const key of [...groups.keys()].sort()) {
    const [stage, tone] = key.split(' ').map(Number);
    const colour = options.toneColours[Math.min(tone, options.toneColours.length - 1)] ?? '#000000';
    parts.push(
      `<g id="session-${stage + 1}-tone-${tone + 1}" fill="${escapeXml(colour)}">`,
      (groups.get(key) ?? []).join('\n'),
      '</g>',
    );
  }
  const rulerY = box.bottom + marginMm + 4;
  const caption = (text: string) =>
    `<text x="${n(box.left)}" y="${n(rulerY + 3.5)}" font-size="3" font-family="sans-serif">${text}</text>`;
  if (trueScale) {
    parts.push('<g id="ruler" fill="none" stroke="#000000" stroke-width="0.2">');
    for (let mm = 0; mm <= rulerMm; mm++) {
      const tall = mm % 10 === 0 ? 3 : mm % 5 === 0 ? 2 : 1;
      parts.push(`<path d="M${n(box.left + mm)} ${n(rulerY)}v${-tall}"/>`);
    }
    parts.push(
      `<path id="ruler-50mm" d="M${n(box.left)} ${n(rulerY)}h${rulerMm}"/>`,
      '</g>',
      caption('50 mm: check before use'),
    );
  } else {
    parts.push(caption('NOT to scale: the scale of the photo is unknown'));
  }
  parts.push('</svg>');
  return `${parts.join('\n')}\n`;
}

function boundsMm(dots: Dots): { left: number; top: number; right: number; bottom: number } {
  if (dots.count === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let i = 0; i < dots.count; i++) {
    box.left = Math.min(box.left, dots.xMm[i]);
    box.right = Math.max(box.right, dots.xMm[i]);
    box.top = Math.min(box.top, dots.yMm[i]);
    box.bottom = Math.max(box.bottom, dots.yMm[i]);
  }
  return box;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[c] ?? c);
}

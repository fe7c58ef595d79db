/** Keeps every letter on the device at once, and with the clinic as soon as there is a connection. */
import { editsSince, mergeDrafts } from '@undertone/clinic/intake/rules.ts';
import { type Draft, draftSchema } from '@undertone/clinic/intake/schema.ts';
import { keepPage } from '../keep-page.ts';
import { forgetDraft, keepAhead, keepDraft, keptAhead, keptDraft } from './kept-draft.ts';

/** A pause in typing as long as this sends what was typed. */
const pauseMs = 700;
const retryMs = 5000;

const sent = document.querySelector<HTMLElement>('[data-intake-sent]');
if (sent?.dataset.intakeSent) {
  forgetDraft(sent.dataset.intakeSent);
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to our own worker
  workers?.controller?.postMessage({ kind: 'forget', path: location.pathname });
}
const form = document.querySelector<HTMLFormElement>('[data-intake]');
if (form) run(form);

type State = 'saved' | 'saving' | 'kept' | 'closed';

/** Whether a field stands otherwise than it came. */
function isTouched(control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): boolean {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    return control.value !== (options.find((one) => one.defaultSelected) ?? options[0])?.value;
  }
  if (control instanceof HTMLTextAreaElement || !['radio', 'checkbox'].includes(control.type))
    return control.value !== control.defaultValue;
  return control.type === 'radio'
    ? control.checked && !control.defaultChecked
    : control.checked !== control.defaultChecked;
}

function run(page: HTMLFormElement): void {
  const formId = page.dataset.intake as string;
  const address = page.dataset.draftAddress as string;
  // Edits carry the clinic's time: this device's clock may be anywhere.
  const now = page.dataset.now;
  const aheadMs = now === undefined ? keptAhead(formId) : Number(now) - Date.now();
  if (now !== undefined) keepAhead(formId, aheadMs);
  const state = page.querySelector<HTMLElement>('[data-state]') as HTMLElement;
  let atClinic: Draft = draftSchema.parse(JSON.parse(page.dataset.draft ?? '{}'));
  let here = mergeDrafts(atClinic, keptDraft(formId));
  let pause: ReturnType<typeof setTimeout> | undefined;
  let busy: Promise<boolean> | undefined;
  let isClosed = false;

  const controls = () =>
    [...page.elements].filter(
      (one): one is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
        (one instanceof HTMLInputElement ||
          one instanceof HTMLTextAreaElement ||
          one instanceof HTMLSelectElement) &&
        one.name !== '' &&
        one.dataset.field !== undefined,
    );

  function show(draft: Draft): void {
    for (const control of controls()) {
      if (
        control === document.activeElement &&
        !(control instanceof HTMLInputElement && control.type === 'radio')
      )
        continue;
      const value = Object.hasOwn(draft, control.name) ? (draft[control.name]?.value ?? '') : undefined;
      if (value === undefined) continue;
      if (control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox'))
        control.checked = control.value === value;
      else control.value = value;
    }
  }

  function say(next: State): void {
    if (state.dataset.state === next) return;
    state.dataset.state = next;
    state.textContent = state.dataset[`word${next[0]?.toUpperCase()}${next.slice(1)}`] ?? '';
  }

  function note(target: EventTarget | null): void {
    const control = controls().find((one) => one === target);
    if (control === undefined) return;
    const isUnticked = control instanceof HTMLInputElement && control.type === 'checkbox' && !control.checked;
    const edit = {
      value: isUnticked ? '' : control.value.slice(0, 4000).toWellFormed(),
      // Never before what it replaces, whatever became of the clocks.
      at: Math.max(Math.round(Date.now() + aheadMs), (here[control.name]?.at ?? 0) + 1),
    };
    here = { ...here, [control.name]: edit };
    keepDraft(formId, here);
    const fault = document.getElementById(`fault-${control.name}`);
    if (fault) fault.hidden = true;
    control.removeAttribute('aria-invalid');
    say('saving');
    clearTimeout(pause);
    pause = setTimeout(() => void save(), pauseMs);
  }

  /** True when the clinic has everything. One request at a time; what is typed meanwhile goes with the next. */
  function save(keepalive = false): Promise<boolean> {
    clearTimeout(pause);
    busy ??= sendOnce(keepalive).finally(() => (busy = undefined));
    return busy;
  }

  async function sendOnce(keepalive: boolean): Promise<boolean> {
    const edits = editsSince(atClinic, here);
    if (isClosed || Object.keys(edits).length === 0) return !isClosed;
    say('saving');
    try {
      const reply = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(edits),
        keepalive,
      });
      if (reply.ok) {
        const { draft } = (await reply.json()) as { draft: unknown };
        atClinic = mergeDrafts(draftSchema.parse(draft), edits);
        const before = here;
        here = mergeDrafts(here, atClinic);
        keepDraft(formId, here);
        show(editsSince(before, here));
        say(Object.keys(editsSince(atClinic, here)).length === 0 ? 'saved' : 'saving');
        if (state.dataset.state === 'saving') pause = setTimeout(() => void save(), pauseMs);
        return true;
      }
      isClosed = reply.status === 410 || reply.status === 401;
      say(isClosed ? 'closed' : 'kept');
    } catch {
      say('kept');
    }
    if (!isClosed) pause = setTimeout(() => void save(), retryMs);
    return false;
  }

  // A slow line brings this script when somebody has long begun to type: that counts, and is not written over. A page
  // that was gone back to is filled in by the browser, with words that may be older than the clinic's.
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (visit?.type === 'navigate')
    for (const control of controls().filter(isTouched))
      if (here[control.name]?.value !== control.value) note(control);
  show(here);
  keepPage(
    { address: '/intake-worker.js', scope: location.pathname.replace(/[^/]+$/, '') },
    () => (page.dataset.offline = 'yes'),
  );
  if (Object.keys(editsSince(atClinic, here)).length > 0) void save();
  // What the closed page sent with its last breath has arrived: she is told so, too.
  else if (now !== undefined && Object.keys(here).length > 0) say('saved');
  page.addEventListener('input', ({ target }) => note(target));
  page.addEventListener('change', ({ target }) => note(target));
  addEventListener('online', () => void save());
  addEventListener('pagehide', () => void save(true));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void save(true);
  });

  page.addEventListener('submit', (event) => {
    if (page.dataset.ready === 'yes') return;
    event.preventDefault();
    void (async () => {
      // What was under way does not hold the last letters.
      await busy;
      if (!(await save())) return;
      page.dataset.ready = 'yes';
      page.submit();
    })();
  });
}

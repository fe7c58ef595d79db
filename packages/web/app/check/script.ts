/** The self-check on the visitor's device: one part at a time, weighed here, sent nowhere. */
import type { Gate, StepId, Treatment } from '@undertone/clinic/candidacy/rules.ts';
import { partsFor, type Reading, readForm, ruledOut, weigh } from './form.ts';
import { forgetAnswers, keepAnswers } from './kept-answers.ts';

const root = document.querySelector<HTMLElement>('[data-self-check]');
const form = root?.querySelector<HTMLFormElement>('.check-form');
if (root && form) run(root, form);

function run(page: HTMLElement, questions: HTMLFormElement): void {
  const treatment = page.dataset.selfCheck as Treatment;
  const today = page.dataset.today as string;
  const own = page.dataset.gates === undefined ? undefined : (JSON.parse(page.dataset.gates) as Gate[]);
  const steps = partsFor(treatment).map(({ step }) => step);
  const sections = [...questions.querySelectorAll<HTMLElement>('.check-part')];
  const result = page.querySelector<HTMLElement>('[data-result]') as HTMLElement;
  const submit = questions.querySelector<HTMLElement>('[type="submit"]') as HTMLElement;
  const go = (name: string) =>
    page.querySelector<HTMLButtonElement>(`[data-go="${name}"]`) as HTMLButtonElement;
  let at = 0;

  function show(step: number, focus = true): void {
    at = step;
    for (const [i, section] of sections.entries()) section.hidden = i !== at;
    go('back').hidden = at === 0;
    go('next').hidden = at === sections.length - 1;
    submit.hidden = at !== sections.length - 1;
    result.hidden = true;
    questions.hidden = false;
    if (!focus) return;
    page.scrollIntoView();
    sections[at]?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
  }

  function read(upTo: number): Reading {
    return readForm(treatment, new FormData(questions), today, steps.slice(0, upTo + 1));
  }

  /** Shows what is missing in the open part; true when nothing is. */
  function isAnswered(): boolean {
    const step = steps[at] as StepId;
    const { faults } = readForm(treatment, new FormData(questions), today, [step]);
    for (const line of sections[at]?.querySelectorAll<HTMLElement>('[data-fault]') ?? []) {
      const of = (line.id || line.parentElement?.id || '').replace('fault-', '');
      line.hidden = faults[of as StepId] !== line.dataset.fault;
    }
    const first = Object.keys(faults)[0];
    if (first === undefined) return true;
    const place = document.getElementById(`fault-${first}`)?.closest('.check-line, .check-part');
    place?.querySelector<HTMLElement>('.check-detail input, input')?.focus();
    return false;
  }

  function finish(): void {
    const { check } = read(at);
    const { outcome, untilDate, findings } = weigh(check, today, own);
    keepAnswers({ treatment, answers: check.answers });
    for (const one of result.querySelectorAll<HTMLElement>('[data-outcome]'))
      one.hidden = one.dataset.outcome !== outcome;
    const until = result.querySelector<HTMLElement>('[data-until]') as HTMLElement;
    until.hidden = untilDate === undefined;
    (result.querySelector('[data-until-open]') as HTMLElement).hidden = untilDate !== undefined;
    if (untilDate !== undefined) {
      const day = new Intl.DateTimeFormat(page.dataset.locale, { dateStyle: 'long', timeZone: 'UTC' });
      until.textContent = (until.dataset.until ?? '').replace('{date}', day.format(new Date(untilDate)));
    }
    // Parts that were not asked because the answer is clear already are no reasons.
    const asked = new Set(
      partsFor(treatment)
        .filter(({ step }) => check.asked.includes(step))
        .flatMap(({ gates }) => gates.map(({ id }) => id)),
    );
    const told = findings.filter(({ gate }) => asked.has(gate));
    const shown = { stands: 0, informs: 0 };
    for (const group of ['stands', 'informs'] as const) {
      const list = result.querySelector<HTMLElement>(`[data-reasons="${group}"]`) as HTMLElement;
      for (const line of list.querySelectorAll<HTMLElement>('[data-reason]')) {
        const finding = told.find(({ gate }) => gate === line.dataset.reason);
        line.hidden = finding === undefined;
        if (finding !== undefined) shown[group] += 1;
        const unknown = line.querySelector<HTMLElement>('[data-unknown]') as HTMLElement;
        unknown.hidden = finding?.choice !== 'unknown' || group === 'informs';
      }
      list.hidden = shown[group] === 0;
    }
    (result.querySelector('[data-no-reasons]') as HTMLElement).hidden = shown.stands > 0;
    (result.querySelector('[data-book="treatment"]') as HTMLElement).hidden = outcome !== 'may-book';
    (result.querySelector('[data-again]') as HTMLElement).hidden = true;
    go('change').hidden = false;
    questions.hidden = true;
    result.hidden = false;
    page.scrollIntoView();
    result.focus({ preventScroll: true });
  }

  function forward(): void {
    if (!isAnswered()) return;
    if (at === sections.length - 1 || ruledOut(read(at).check, today, own)) finish();
    else show(at + 1);
  }

  go('next').addEventListener('click', forward);
  go('back').addEventListener('click', () => show(at - 1));
  go('change').addEventListener('click', () => {
    forgetAnswers();
    show(0);
  });
  questions.addEventListener('submit', (event) => {
    event.preventDefault();
    forward();
  });
  // "None of these" and a tick above it exclude each other.
  questions.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.checked || target.type !== 'checkbox') return;
    const ticks = target.closest('.check-part')?.querySelectorAll<HTMLInputElement>('input[type="checkbox"]');
    for (const tick of ticks ?? []) {
      const sameLine = tick.value === target.value;
      const excluded = target.name === 'none' ? tick !== target : tick.name === 'none' || sameLine;
      if (excluded && tick !== target) tick.checked = false;
    }
  });
  show(0, false);
}

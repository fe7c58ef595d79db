/** The fields of a check-in as browsers send them; the same on the page behind the link and at the desk. */
import { type Detail, details, type Sign, signs } from '@undertone/clinic/followup/red-flags.ts';
import { type Course, courses } from '@undertone/clinic/followup/triage.ts';

export interface GivenAnswers {
  readonly course: Course | null;
  readonly signs: readonly Sign[];
  readonly details: readonly Detail[];
  readonly none: boolean;
  readonly text: string;
}

export const nothingGiven: GivenAnswers = { course: null, signs: [], details: [], none: false, text: '' };

/** What was ticked and typed; unknown values are left out, nothing else is judged here. */
export function readAnswers(form: FormData): GivenAnswers {
  const all = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
  const course = courses.find((one) => one === form.get('course')) ?? null;
  const text = form.get('text');
  return {
    course,
    signs: signs.filter((one) => all('sign').includes(one)),
    details: (Object.keys(details) as Detail[]).filter((one) => all('detail').includes(one)),
    none: form.get('none') !== null,
    text: typeof text === 'string' ? text : '',
  };
}

/** Which questions were left out. */
export function faultsOf(given: GivenAnswers): { readonly course: boolean; readonly signs: boolean } {
  return {
    course: given.course === null,
    signs: given.signs.length + given.details.length === 0 && !given.none && given.text.trim() === '',
  };
}

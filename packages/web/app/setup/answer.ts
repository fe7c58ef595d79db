import type { Limits } from '@undertone/clinic/platform/limits.ts';
import { latinDigits } from '@undertone/clinic/tenant/schema.ts';
import { data } from 'react-router';
import { intlTag, type Locale } from '../locales/index.ts';
import { type SetupWords, setupWords } from './words.ts';

/** What a form of the set-up answered: done, or a refusal with everything that was typed. */
export type Answer =
  | { readonly ok: true; readonly intent: string; readonly standing?: number; readonly url?: string }
  | {
      readonly ok: false;
      readonly intent: string;
      readonly reason: string;
      readonly field: string;
      readonly limits?: Limits | undefined;
      readonly typed: Typed;
    };

/** Every value of a form by name; ticks and choices of several may repeat. */
export type Typed = Readonly<Partial<Record<string, readonly string[]>>>;

export function typedOf(form: FormData): Typed {
  const typed: Partial<Record<string, string[]>> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue;
    (typed[name] ??= []).push(value);
  }
  return typed;
}

export function textOf(typed: Typed, name: string): string {
  return (typed[name]?.[0] ?? '').trim();
}

export function answerOf(
  intent: string,
  result:
    | { readonly ok: true; readonly standing?: number; readonly url?: string }
    | {
        readonly ok: false;
        readonly reason: string;
        readonly field?: string;
        readonly limits?: Limits | undefined;
      },
  typed: Typed,
) {
  if (result.ok) {
    const { standing, url } = result;
    const answer: Answer = {
      ok: true,
      intent,
      ...(standing !== undefined && { standing }),
      ...(url !== undefined && { url }),
    };
    return data(answer);
  }
  const { reason, field = '', limits } = result;
  const answer: Answer = { ok: false, intent, reason, field, limits, typed };
  return data(answer, { status: reason === 'not-allowed' ? 403 : reason === 'not-found' ? 404 : 422 });
}

/** A whole number as typed, in any of the clinic's digits; nothing or anything else is no number, which forms refuse. */
export function wholeOf(text: string): number {
  const latin = latinDigits(text).trim();
  return /^-?\d{1,9}$/.test(latin) ? Number(latin) : Number.NaN;
}

/** `48, 3` as numbers; what is none stays one that forms refuse. */
export function wholesOf(text: string): number[] {
  return text.trim() === '' ? [] : text.split(/[,;\s]+/).map(wholeOf);
}

/** Minutes of the day of `21:00`. */
export function clockOf(text: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  return match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
}

export function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** The sentence that stands at a refused field: what it must be, with the limits it went beyond. */
function faultOf({ field, reason, limits, typed }: Extract<Answer, { ok: false }>, locale: Locale): string {
  const words: SetupWords = setupWords[locale];
  const format = new Intl.NumberFormat(intlTag(locale));
  const count = (value: number) => format.format(value);
  const most = limits?.most;
  if (limits?.of === 'text' && most !== undefined && (typed[field]?.[0] ?? '').length > most) {
    return words.tooLong(count(most));
  }
  const own = words.faults[field];
  if (own !== undefined) return own;
  if (limits?.of === 'number') {
    const { least } = limits;
    if (least === undefined) return words.wholeNumber;
    return most === undefined ? words.atLeast(count(least)) : words.between(count(least), count(most));
  }
  if (limits?.of === 'text' && most !== undefined) return words.tooLong(count(most));
  return words.faults[reason] ?? words.faults.other;
}

/** What one form of a page is filled with and what is wrong with it. */
export function formOf(answer: Answer | undefined, intent: string, locale: Locale) {
  const refused = answer?.ok === false && answer.intent === intent ? answer : undefined;
  return {
    value: (name: string, otherwise: string | number | null) =>
      refused === undefined ? String(otherwise ?? '') : (refused.typed[name]?.[0] ?? ''),
    values: (name: string, otherwise: readonly string[]) =>
      refused === undefined ? otherwise : (refused.typed[name] ?? []),
    /** What is wrong with a field, or with the parts of a list (`kinds.0`) that it holds. */
    error: (field: string) =>
      refused !== undefined && (refused.field === field || isPartOf(refused.field, field))
        ? faultOf(refused, locale)
        : undefined,
  };
}

const isPartOf = (part: string, field: string) =>
  part.startsWith(`${field}.`) && /^\d+$/.test(part.slice(field.length + 1));

import { digitsOfCurrency, minorOfTyped } from '@undertone/clinic/money/rules.ts';
import type { MoneyRefusal } from '@undertone/clinic/money/schema.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data } from 'react-router';
import { intlTag, type Locale } from '../locales/index.ts';
import { type Asked, askedContext } from '../server/context.ts';
import type { MoneyWords } from './words.ts';

/** An amount in the smallest coin, as the clinic's currency is written in the page's language. */
export type Writer = (minor: number) => string;

export async function moneyWriter(clinic: Asked['clinic'], locale: Locale): Promise<Writer> {
  const tenant = await mainTenant(clinic);
  const format = new Intl.NumberFormat(intlTag(locale), {
    style: 'currency',
    currency: tenant?.currency ?? 'INR',
  });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return (minor) => format.format(minor / 10 ** maximumFractionDigits);
}

/** What a form answered: done, or a refusal with everything that was typed. */
export type Answer =
  | { readonly ok: true; readonly intent: string }
  | {
      readonly ok: false;
      readonly intent: string;
      readonly reason: MoneyRefusal['reason'];
      readonly field: string;
      readonly message: string;
      readonly typed: Readonly<Partial<Record<string, string>>>;
    };

export function answerOf(
  intent: string,
  result: { readonly ok: true } | MoneyRefusal,
  typed: Readonly<Partial<Record<string, string>>>,
) {
  if (result.ok) return data({ ok: true as const, intent } satisfies Answer);
  const { reason, field = '', message } = result;
  const answer: Answer = { ok: false, intent, reason, field, message, typed };
  return data(answer, { status: reason === 'not-allowed' ? 403 : 422 });
}

/** Decimal places of the clinic's currency. */
export async function moneyDigits(clinic: Asked['clinic']): Promise<number> {
  return digitsOfCurrency((await mainTenant(clinic))?.currency ?? 'INR');
}

/** Reads the amounts typed into a form: each, or the refusal that says how to write one. */
export async function amountReader(
  clinic: Asked['clinic'],
  form: Readonly<Partial<Record<string, string>>>,
): Promise<
  (field: string, otherwise?: number) => { readonly ok: true; readonly minor: number } | MoneyRefusal
> {
  const digits = await moneyDigits(clinic);
  return (field, otherwise) => {
    const text = form[field]?.trim() ?? '';
    const minor = text === '' ? otherwise : minorOfTyped(text, digits);
    return minor === undefined
      ? { ok: false, reason: 'bad-form', message: 'bad-amount', field }
      : { ok: true, minor };
  };
}

/** What to show at a field: the page's own words where it has them. */
export function faultAt(answer: Answer | undefined, intent: string, field: string, words: MoneyWords) {
  if (!answer || answer.ok || answer.intent !== intent || answer.field !== field) return undefined;
  return sentenceOf(answer, words);
}

export function sentenceOf(answer: Extract<Answer, { ok: false }>, words: MoneyWords): string {
  if (answer.message === 'bad-amount') return words.badAmount;
  return words.refusals[answer.reason] ?? answer.message;
}

/** What was typed before the refusal, so that nothing is lost. */
export function typedIn(answer: Answer | undefined, intent: string, field: string, otherwise = ''): string {
  return answer && !answer.ok && answer.intent === intent ? (answer.typed[field] ?? otherwise) : otherwise;
}

export { askedContext };

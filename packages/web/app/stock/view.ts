/** How quantities, dates and findings of the stock are said. */

import type { NamedPlace } from '@undertone/clinic/stock/branches.ts';
import type { Finding } from '@undertone/clinic/stock/rules.ts';
import { fromBase, type Unit } from '@undertone/clinic/stock/rules.ts';
import { deskTag, intlTag, type Locale } from '../locales/index.ts';
import { type StockWords, stockWords } from './words.ts';

/** Whose stock a page shows, and whose else it could. */
export interface StockBranches {
  readonly here: string | null;
  readonly all: readonly { readonly id: string; readonly name: string }[];
}

export function branchesOf(stock: {
  readonly branchId: string | null;
  readonly branches: readonly NamedPlace[];
}): StockBranches {
  return {
    here: stock.branchId,
    all: stock.branches.map(({ branchId, name }) => ({ id: branchId, name })),
  };
}

/** An address of the stock that stays at the branch; a clinic of one needs none to be said. */
export function atBranch(to: string, { here, all }: StockBranches): string {
  if (here === null || all.length < 2) return to;
  return `${to}${to.includes('?') ? '&' : '?'}branch=${here}`;
}

interface Counted {
  readonly unit: Unit;
  readonly dropUl: number;
}

/** A quantity in the unit its item is counted in, `-3.5 drops`; `signed` says plus too. */
export function amountText(base: number, item: Counted, locale: Locale, signed = false): string {
  const number = new Intl.NumberFormat(intlTag(locale), {
    maximumFractionDigits: 2,
    signDisplay: signed ? 'exceptZero' : 'negative',
  }).format(fromBase(base, item.unit, item.dropUl));
  return `${number} ${stockWords[locale].units[item.unit]}`;
}

/** A calendar day written out; the zone of the text is its own. */
export function dayText(day: string | null, locale: Locale): string | null {
  if (day === null) return null;
  const format = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** A moment by the clinic's clock. */
export function momentText(at: Date | null, zone: string, locale: Locale): string | null {
  if (at === null) return null;
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: zone } as const;
  return new Intl.DateTimeFormat(deskTag(locale), style).format(at);
}

/** A finding in a sentence; a code nobody has words for is shown as it is. */
export function findingText(
  finding: Pick<Finding, 'code' | 'about' | 'percent' | 'fromPercent'>,
  words: StockWords,
): string {
  const { code, percent, fromPercent } = finding;
  const about = finding.about ?? '';
  if (code.startsWith('blocklist-')) return words.findings.blocklist(about);
  if (code.startsWith('eu-restricted-')) return words.findings.restricted(about);
  if (code === 'azo-check') return words.findings.azo(about);
  if (fromPercent !== undefined) {
    return words.findings.limit(about, plain(fromPercent), percent === undefined ? null : plain(percent));
  }
  const said = words.findings[code as keyof StockWords['findings']];
  return typeof said === 'string' ? said : code;
}

/** 0.00005 and not 5e-5. */
function plain(number: number): string {
  return number.toFixed(8).replace(/\.?0+$/, '');
}

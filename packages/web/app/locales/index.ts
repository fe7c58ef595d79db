import type { Language } from '@undertone/clinic/tenant/schema.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { hi } from './hi.ts';
import type { Messages } from './messages.ts';
import { ne } from './ne.ts';

export type { Messages } from './messages.ts';

/** Languages of the pages, in the order they are offered. */
export const locales = ['en', 'hi', 'bn', 'ne'] as const satisfies readonly Language[];
export type Locale = (typeof locales)[number];

/** Each language's name in itself. */
export const localeNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  hi: 'हिन्दी',
  bn: 'বাংলা',
  ne: 'नेपाली',
};

const all: Readonly<Record<Locale, Messages>> = { en, hi, bn, ne };

export function messagesFor(locale: Locale): Messages {
  return all[locale];
}

export function isLocale(text: unknown): text is Locale {
  return locales.includes(text as Locale);
}

/** The tag `Intl` is given: our visitors' calendar and digits, in their language. */
export function intlTag(locale: Locale): string {
  return locale === 'ne' ? 'ne-NP' : `${locale}-IN`;
}

/**
 * The tag `Intl` is given for times on the desk: 24 hours in every language, as the calendar, the tablet and the papers
 * write them, so that a dose or a visit is never read twelve hours off. Visitors read times as their language writes them.
 */
export function deskTag(locale: Locale): string {
  return `${intlTag(locale)}-u-hc-h23`;
}

const zeroOf: Readonly<Partial<Record<Locale, string>>> = { bn: '০', ne: '०' };

/**
 * What people read in a language is written with its own digits, as `Intl` writes them for `intlTag`: this does the same
 * for a text put together without `Intl`. What is typed, sent or copied off a label (a time field, a lot) stays 0 to 9.
 */
export function inDigitsOf(locale: Locale, text: string): string {
  const zero = zeroOf[locale]?.codePointAt(0);
  if (zero === undefined) return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

/**
 * The language a page is shown in: what the visitor chose before, else the best of what the browser asks for
 * (RFC 9110 quality values), else English.
 */
export function preferredLocale(
  chosen: string | undefined,
  acceptLanguage: string | null | undefined,
): Locale {
  if (isLocale(chosen)) return chosen;
  const asked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { locale: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ locale, quality }) => isLocale(locale) && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  const best = asked[0]?.locale;
  return isLocale(best) ? best : 'en';
}

/** The cookie that remembers the chosen language; nothing else is in it. */
export function readLocaleCookie(cookieHeader: string | null | undefined): string | undefined {
  return /(?:^|;\s*)lang=([a-z]{2})(?:;|$)/.exec(cookieHeader ?? '')?.[1];
}

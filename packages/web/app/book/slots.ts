/** Free times as a person reads them: by day, in the clinic's zone, in the page's language. */
import type { PublicAvailability } from '@undertone/clinic/booking/schema.ts';
import { intlTag, type Locale } from '../locales/index.ts';

export interface ShownTime {
  /** ISO 8601 with offset. */
  readonly start: string;
  /** `14:30` as the language writes it. */
  readonly label: string;
  /** For screen readers, with the day. */
  readonly long: string;
  readonly isMorning: boolean;
}

export interface ShownDay {
  /** `YYYY-MM-DD` in the clinic's zone. */
  readonly day: string;
  readonly title: string;
  readonly times: readonly ShownTime[];
}

/** @param most days shown; days without a free time are left out */
export function daysOf(
  slots: PublicAvailability['slots'],
  zone: string,
  locale: Locale,
  most: number,
): { days: ShownDay[]; hasMore: boolean } {
  const tag = intlTag(locale);
  const title = new Intl.DateTimeFormat(tag, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: zone,
  });
  const clock = new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit', timeZone: zone });
  const days = new Map<string, { title: string; times: ShownTime[] }>();
  for (const { start } of slots) {
    // The offset is the clinic's own, so the written day and hour are its wall clock.
    const day = start.slice(0, 10);
    if (!days.has(day) && days.size === most) return { days: listed(days), hasMore: true };
    const at = new Date(start);
    const of = days.get(day) ?? { title: title.format(at), times: [] };
    if (of.times.at(-1)?.start !== start) {
      const label = clock.format(at);
      const isMorning = Number(start.slice(11, 13)) < 12;
      of.times.push({ start, label, long: `${of.title}, ${label}`, isMorning });
    }
    days.set(day, of);
  }
  return { days: listed(days), hasMore: false };
}

function listed(days: Map<string, { title: string; times: ShownTime[] }>): ShownDay[] {
  return [...days].map(([day, { title, times }]) => ({ day, title, times }));
}

/** A moment in words, with weekday and year. */
export function momentOf(at: string, zone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(intlTag(locale), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  }).format(new Date(at));
}

export function clockOf(at: string, zone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(intlTag(locale), {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  }).format(new Date(at));
}

/** The zone's name at a moment: `India Standard Time`. */
export function zoneName(zone: string, at: Date, locale: Locale): string {
  const parts = new Intl.DateTimeFormat(intlTag(locale), {
    timeZone: zone,
    timeZoneName: 'long',
  }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

export function moneyOf(
  price: { readonly amountMinor: number; readonly currency: string },
  locale: Locale,
): string {
  const format = new Intl.NumberFormat(intlTag(locale), { style: 'currency', currency: price.currency });
  return format.format(price.amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export function textIn(texts: Partial<Record<Locale, string>>, locale: Locale): string {
  return texts[locale] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

/** A branch with its address and town, each said once. */
export function placeOf(
  branch:
    | {
        readonly name: string;
        readonly town: string | null;
        readonly addressLines?: readonly string[] | null;
      }
    | undefined,
): string {
  return [...new Set([branch?.name, ...(branch?.addressLines ?? []), branch?.town])]
    .filter((part) => part)
    .join(', ');
}

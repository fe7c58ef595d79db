/** Opening hours as people type them: `10:00–13:00, 14:00–18:00`. Pure, safe in a browser. */
import { latinDigits } from '../tenant/schema.ts';
import type { OpenSpan } from './availability.ts';
import { minutesPerDay } from './zone.ts';

/**
 * Reads hours of one day; nothing typed means closed. Digits of any of the clinic's languages, `.` for `:`, and a close
 * before its opening, which is on the day after (`20:00–02:00`).
 * @returns the spans in order of time, or undefined where a time cannot be read or two spans meet
 */
export function readHours(text: string): readonly OpenSpan[] | undefined {
  const latin = latinDigits(text);
  if (latin.trim() === '') return [];
  const spans: OpenSpan[] = [];
  for (const part of latin.split(/[,;]/)) {
    const match = /^\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?:[:.](\d{2}))?\s*$/.exec(part);
    if (match === null) return undefined;
    const openMin = minuteOf(match[1], match[2]);
    const closesAt = minuteOf(match[3], match[4]);
    if (openMin >= minutesPerDay || closesAt > minutesPerDay || openMin === closesAt) return undefined;
    spans.push({ openMin, closeMin: closesAt > openMin ? closesAt : closesAt + minutesPerDay });
  }
  spans.sort((a, b) => a.openMin - b.openMin);
  const meet = spans.some((span, i) => i > 0 && span.openMin <= (spans[i - 1] as OpenSpan).closeMin);
  return meet ? undefined : spans;
}

/** An hour or a minute that does not exist is answered with one that is beyond every day. */
function minuteOf(hours: string | undefined, minutes = '00'): number {
  return Number(minutes) > 59 ? Number.POSITIVE_INFINITY : Number(hours) * 60 + Number(minutes);
}

/** Hours of one day as {@link readHours} reads them; closed is nothing. */
export function writeHours(spans: readonly OpenSpan[]): string {
  return spans.map(({ openMin, closeMin }) => `${clock(openMin)}–${clock(closeMin)}`).join(', ');
}

function clock(minute: number): string {
  const ofDay = minute > minutesPerDay ? minute - minutesPerDay : minute;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

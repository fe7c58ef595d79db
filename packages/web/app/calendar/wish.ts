import { isoDay, minutesPerDay, resolveZone } from '@undertone/clinic/booking/rules.ts';
import { clockText, wallOf } from './layout-rules.ts';

/** A moment with its offset, as the booking page writes the time a person would like into a request to be called. */
export const instantInText = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:[+-]\d{2}:\d{2}|Z)/;

/** The time a person would like to come, by the clock of a zone; undefined when they named none. */
export function wishedTime(wish: string | null, zone: string): { day: string; clock: string } | undefined {
  const instant = Date.parse(instantInText.exec(wish ?? '')?.[0] ?? '');
  if (Number.isNaN(instant)) return undefined;
  const minute = Math.floor(instant / 60_000);
  const wall = wallOf(resolveZone(zone, minute - minutesPerDay, minute + minutesPerDay), minute);
  return { day: isoDay(wall.day), clock: clockText(wall.minuteOfDay) };
}

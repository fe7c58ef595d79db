/** Booking's pure part, safe in a browser: times, availability, series, policy. */
export * from './availability.ts';
export * from './hours-text.ts';
export { type Intervals, normalise } from './intervals.ts';
export * from './policy.ts';
export * from './series.ts';
export {
  dayNumber,
  isoDay,
  isoWithOffset,
  localDayOf,
  minutesPerDay,
  offsetAt,
  resolveZone,
  startOfLocalDay,
  weekdayOf,
  type ZoneTable,
} from './zone.ts';

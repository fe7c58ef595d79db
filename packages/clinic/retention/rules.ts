/** When a record may go. Pure: days are `YYYY-MM-DD` on the clinic's calendar. */
import { majorityYears, shippedSchedule } from './schedule.ts';
import type { Erasure, RecordKind, RetentionRule } from './schema.ts';

/** The same day of the month so many months later, or that month's last day where it is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const last = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${two((index % 12) + 1)}-${two(Math.min(date, last))}`;
}

/** Last day of the financial year a day lies in. @param startMonth first month of the year, 1 to 12 */
export function financialYearEnd(day: string, startMonth: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const endYear = month >= startMonth ? year + 1 : year;
  return new Date(Date.UTC(endYear, startMonth - 1, 0)).toISOString().slice(0, 10);
}

/** What the periods of one patient count from; null where there is nothing of that kind. */
export interface Anchors {
  readonly lastVisit: string | null;
  readonly lastTreatment: string | null;
  /** Day of the latest invoice or payment. */
  readonly lastMoney: string | null;
  readonly birthDate: string | null;
  readonly yearStartMonth: number;
}

/**
 * First day on which records of this kind may go, by the law's period or the clinic's own; null when they may go at once.
 * Who was treated under age keeps a treatment record until the period has passed after coming of age.
 */
export function freeFrom(rule: RetentionRule, anchors: Anchors, period: 'law' | 'keep'): string | null {
  const months = period === 'law' ? rule.lawMonths : rule.keepMonths;
  const anchor = anchorOf(rule.kind, anchors);
  if (anchor === null || (months === 0 && period === 'law')) return null;
  const free = addMonths(anchor, months);
  if (rule.kind !== 'treatment' || anchors.birthDate === null) return free;
  const ofAge = addMonths(anchors.birthDate, majorityYears * 12);
  const freeOfAge = addMonths(ofAge, months);
  return anchor < ofAge && freeOfAge > free ? freeOfAge : free;
}

function anchorOf(kind: RecordKind, anchors: Anchors): string | null {
  if (kind === 'treatment') return anchors.lastTreatment;
  if (kind === 'tax') {
    return anchors.lastMoney === null ? null : financialYearEnd(anchors.lastMoney, anchors.yearStartMonth);
  }
  return anchors.lastVisit;
}

/** The clinic's own rules where it has them, else those that came with the program. */
export function scheduleWith(own: readonly Omit<RetentionRule, 'from'>[]): readonly RetentionRule[] {
  return shippedSchedule.map((shipped) => {
    const mine = own.find(({ kind }) => kind === shipped.kind);
    return mine === undefined ? shipped : { ...mine, from: shipped.from };
  });
}

/** Whether an erasure still lies before somebody or something. */
export function isOpen(state: Erasure['state']): boolean {
  return state !== 'done' && state !== 'refused';
}

/** When a person is asked how they are, as data. Days from the clinical reference, section 6.1. */
import type { Treatment } from '../candidacy/gates.ts';

const protocolDays = [
  'day1',
  'day3',
  'day7',
  'day14',
  'day42',
  'month3',
  'month6',
  'month12',
  'month18',
  'month24',
] as const;
export type ProtocolDay = (typeof protocolDays)[number];

export interface CheckInPlan {
  readonly day: ProtocolDay;
  /** Counted from the day of the session on the clinic's calendar: days, or calendar months. */
  readonly after: { readonly days: number } | { readonly months: number };
  /** Hours from the link to the reminder, and from the reminder to the call list. */
  readonly remindAfterHours: number;
  readonly callAfterHours: number;
}

export interface Protocol {
  readonly checkIns: readonly CheckInPlan[];
  /** Minute of the clinic's day at which links go out. */
  readonly sendAtMin: number;
  readonly source: string;
  readonly mark: 'seen' | 'known' | 'derived';
  readonly review: 'unreviewed' | 'reviewed';
}

const everyTreatment: Protocol = {
  checkIns: [
    // The first days are when bacteria and herpes show: silence is noticed within a day.
    { day: 'day1', after: { days: 1 }, remindAfterHours: 6, callAfterHours: 18 },
    { day: 'day3', after: { days: 3 }, remindAfterHours: 6, callAfterHours: 18 },
    { day: 'day7', after: { days: 7 }, remindAfterHours: 24, callAfterHours: 24 },
    { day: 'day14', after: { days: 14 }, remindAfterHours: 24, callAfterHours: 48 },
    { day: 'day42', after: { days: 42 }, remindAfterHours: 48, callAfterHours: 72 },
    { day: 'month3', after: { months: 3 }, remindAfterHours: 72, callAfterHours: 168 },
    { day: 'month6', after: { months: 6 }, remindAfterHours: 72, callAfterHours: 168 },
    { day: 'month12', after: { months: 12 }, remindAfterHours: 72, callAfterHours: 168 },
    // Late nodules: granulomas are reported 7 to 12 months after, some later.
    { day: 'month18', after: { months: 18 }, remindAfterHours: 72, callAfterHours: 168 },
    { day: 'month24', after: { months: 24 }, remindAfterHours: 72, callAfterHours: 168 },
  ],
  sendAtMin: 10 * 60,
  source:
    'Clinical reference 6.1, days derived from the onsets in 5.1; hours of reminding and calling proposed here.',
  mark: 'derived',
  review: 'unreviewed',
};

/** The protocol of each treatment. */
export const protocols: Readonly<Record<Treatment, Protocol>> = {
  scalp: everyTreatment,
  lip: everyTreatment,
  vitiligo: everyTreatment,
};

export interface DueCheckIn {
  readonly plan: CheckInPlan;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** Days between session and check-in. */
  readonly dayNumber: number;
}

/**
 * The days on which a session done on `performedOn` is asked about. A month later is the same day of the month, or that
 * month's last day.
 * @param performedOn `YYYY-MM-DD` on the clinic's calendar
 */
export function checkInDays(treatment: Treatment, performedOn: string): readonly DueCheckIn[] {
  const [year = 0, month = 1, day = 1] = performedOn.split('-').map(Number);
  const start = Date.UTC(year, month - 1, day);
  return protocols[treatment].checkIns.map((plan) => {
    const at =
      'days' in plan.after
        ? start + plan.after.days * dayMs
        : Date.UTC(
            year,
            month - 1 + plan.after.months,
            Math.min(day, new Date(Date.UTC(year, month + plan.after.months, 0)).getUTCDate()),
          );
    return {
      plan,
      on: new Date(at).toISOString().slice(0, 10),
      dayNumber: Math.round((at - start) / dayMs),
    };
  });
}

const dayMs = 86_400_000;

export function planOf(treatment: Treatment, day: ProtocolDay): CheckInPlan {
  const plan = protocols[treatment].checkIns.find((one) => one.day === day);
  if (plan === undefined) {
    throw Object.assign(new Error(`the protocol of ${treatment} has no ${day}`), {
      code: 'protocol-day-unknown' as const,
    });
  }
  return plan;
}

/** What is counted of a month. */
export interface MonthCounts {
  /** Visits whose time lies in the month and that were not cancelled. */
  readonly visits: number;
  /** Of these, the person came. */
  readonly came: number;
  readonly noShows: number;
  readonly cancelled: number;
  readonly sessionsScalp: number;
  readonly sessionsLip: number;
  readonly sessionsVitiligo: number;
  /** Check-ins whose day lies in the month, and how many of them were answered. */
  readonly checkIns: number;
  readonly checkInsAnswered: number;
  /** By the day they began. */
  readonly adverseEvents: number;
  /** Healed results recorded. */
  readonly outcomes: number;
  /** Receipts into stock, uses of a lot and lots thrown away, each act counted once: amounts have units of their own. */
  readonly stockReceived: number;
  readonly stockUsed: number;
  readonly stockWasted: number;
  /** Lots of which something is left and whose last day lies in the month; in months to come, what will run out. */
  readonly lotsExpiring: number;
  /** Payments and deposits received, in the smallest coin. */
  readonly takingsMinor: number;
  readonly refundsMinor: number;
}

export const countNames = [
  'visits',
  'came',
  'noShows',
  'cancelled',
  'sessionsScalp',
  'sessionsLip',
  'sessionsVitiligo',
  'checkIns',
  'checkInsAnswered',
  'adverseEvents',
  'outcomes',
  'stockReceived',
  'stockUsed',
  'stockWasted',
  'lotsExpiring',
  'takingsMinor',
  'refundsMinor',
] as const satisfies readonly (keyof MonthCounts)[];

export const noCounts = Object.fromEntries(countNames.map((name) => [name, 0])) as unknown as MonthCounts;

export interface ReportRefusal {
  readonly ok: false;
  readonly reason: 'not-allowed' | 'bad-span';
  readonly message: string;
  readonly field?: string;
}

const mostMonths = 36;

/** The months from one to another, both included; undefined when they are none, in the wrong order, or too many. */
export function monthsBetween(from: string, to: string): string[] | undefined {
  const first = monthNumber(from);
  const last = monthNumber(to);
  if (first === undefined || last === undefined || last < first || last - first >= mostMonths)
    return undefined;
  return Array.from({ length: last - first + 1 }, (_, i) => monthText(first + i));
}

/** The month so many months after another (before it, when negative). */
export function addMonths(month: string, count: number): string {
  return monthText((monthNumber(month) ?? 0) + count);
}

/** Months since the year 0; undefined where it is no month from 1900 to 2199. */
function monthNumber(month: string): number | undefined {
  const match = /^(19\d\d|2[01]\d\d)-(0[1-9]|1[0-2])$/.exec(month);
  return match ? Number(match[1]) * 12 + Number(match[2]) - 1 : undefined;
}

function monthText(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

export function sumMonths(months: readonly MonthCounts[]): MonthCounts {
  return Object.fromEntries(
    countNames.map((name) => [name, months.reduce((sum, month) => sum + month[name], 0)]),
  ) as unknown as MonthCounts;
}

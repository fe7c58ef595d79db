/*
 * Nepali dates, numbers and lists for browsers that have none. The server writes them by the full data of its runtime;
 * Chromium ships no Nepali (`Intl.DateTimeFormat.supportedLocalesOf('ne')` is empty there) and would write "Jan 1, 2027"
 * over the server's "२०२७ जनवरी १" as the page comes alive. Names and patterns are those of the Unicode CLDR, locale ne.
 */
import { inDigitsOf } from './index.ts';

const months = [
  'जनवरी',
  'फेब्रुअरी',
  'मार्च',
  'अप्रिल',
  'मे',
  'जुन',
  'जुलाई',
  'अगस्ट',
  'सेप्टेम्बर',
  'अक्टोबर',
  'नोभेम्बर',
  'डिसेम्बर',
];
const weekdays = ['आइत', 'सोम', 'मङ्गल', 'बुध', 'बिहि', 'शुक्र', 'शनि'];
const currencies: Readonly<Record<string, string>> = { NPR: 'नेरू', $: 'US$' };

type Options = Intl.DateTimeFormatOptions;

const ofDate: Readonly<Record<string, Options>> = {
  full: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
};
const ofTime: Readonly<Record<string, Options>> = {
  medium: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  short: { hour: '2-digit', minute: '2-digit' },
};

/** What is written, field by field; undefined for a form nothing here writes. */
function fieldsOf(options: Options): Options | undefined {
  const { dateStyle, timeStyle } = options;
  if ((dateStyle && !ofDate[dateStyle]) || (timeStyle && !ofTime[timeStyle])) return undefined;
  const fields = { ...options, ...ofDate[dateStyle ?? ''], ...ofTime[timeStyle ?? ''] };
  const { year, month, day, weekday, hour, minute, second, timeZoneName, era, dayPeriod } = fields;
  const isWritten =
    !timeZoneName &&
    !era &&
    !dayPeriod &&
    [undefined, 'long', 'short'].includes(month) &&
    [undefined, 'long', 'short'].includes(weekday) &&
    (hour === undefined) === (minute === undefined) &&
    (month !== undefined || (year === undefined && (day === undefined || weekday !== undefined))) &&
    [month, weekday, hour, second].some((field) => field !== undefined);
  return isWritten ? fields : undefined;
}

function writer(Real: typeof Intl.DateTimeFormat, fields: Options): (at?: Date | number) => string {
  const { timeZone } = fields;
  const numeric = new Real('en-US-u-hc-h23-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const value: Record<string, number> = {};
    for (const part of numeric.formatToParts(at)) value[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = value;
    const weekday = weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '';
    const two = (number: number) => String(number).padStart(2, '0');
    const date = [
      fields.year && year,
      fields.month && months[month - 1],
      fields.day && (fields.day === '2-digit' ? two(day) : day),
    ]
      .filter((part) => part !== undefined)
      .join(' ');
    const named = fields.weekday && (fields.weekday === 'long' ? `${weekday}बार` : weekday);
    const whole = [date, named].filter(Boolean).join(fields.month ? ', ' : ' ');
    if (!fields.hour) return inDigitsOf('ne', whole);
    const first = fields.hour === '2-digit' ? two(hour) : String(hour);
    const clock = [first, two(minute), ...(fields.second ? [two(second)] : [])].join(':');
    const between = fields.month === 'long' ? ': ' : fields.month ? ', ' : ' ';
    return inDigitsOf('ne', [whole, clock].filter(Boolean).join(between));
  };
}

function isNepali(locales: Intl.LocalesArgument): boolean {
  const first = [locales].flat()[0];
  return /^ne\b/.test(typeof first === 'string' ? first : (first?.toString() ?? ''));
}

/** `Intl.DateTimeFormat`, to which Nepali is known: years, months by name, days, weekdays, hours of 24. */
export function withNepaliDates(Real: typeof Intl.DateTimeFormat): typeof Intl.DateTimeFormat {
  return new Proxy(Real, {
    construct(target, [locales, options = {}]: [Intl.LocalesArgument, Options?]) {
      const real = new target(locales, options);
      const fields = isNepali(locales) ? fieldsOf(options) : undefined;
      if (fields) Object.defineProperty(real, 'format', { value: writer(target, fields) });
      return real;
    },
  });
}

/** `Intl.NumberFormat`, to which Nepali is known: its digits and groups are those of Hindi in Devanagari, its money is not. */
export function withNepaliNumbers(Real: typeof Intl.NumberFormat): typeof Intl.NumberFormat {
  return new Proxy(Real, {
    construct(target, [locales, options]: [Intl.LocalesArgument, Intl.NumberFormatOptions?]) {
      if (!isNepali(locales)) return new target(locales, options);
      const real = new target('hi-IN-u-nu-deva', options);
      if (options?.style === 'currency' && options.currencyDisplay !== 'code') {
        const format = (amount: number | bigint) =>
          real
            .formatToParts(amount)
            .map(({ type, value }) => (type === 'currency' ? `${currencies[value] ?? value}\u00a0` : value))
            .join('')
            .replace(/\u00a0+/, '\u00a0');
        Object.defineProperty(real, 'format', { value: format });
      }
      return real;
    },
  });
}

/** `Intl.ListFormat`, to which Nepali is known: "क, ख र ग". */
export function withNepaliLists(Real: typeof Intl.ListFormat): typeof Intl.ListFormat {
  return new Proxy(Real, {
    construct(target, [locales, options]: [Intl.LocalesArgument, Intl.ListFormatOptions?]) {
      const real = new target(locales, options);
      if (isNepali(locales) && (options?.type ?? 'conjunction') === 'conjunction')
        Object.defineProperty(real, 'format', {
          value: (list: Iterable<string>) => {
            const [last = '', ...before] = [...list].reverse();
            return before.length === 0 ? last : `${before.reverse().join(', ')} र ${last}`;
          },
        });
      return real;
    },
  });
}

/** Makes `Intl` of this browser write Nepali, where it does not by itself. */
export function teachNepali(): void {
  if (Intl.DateTimeFormat.supportedLocalesOf('ne').length > 0) return;
  Intl.DateTimeFormat = withNepaliDates(Intl.DateTimeFormat);
  Intl.NumberFormat = withNepaliNumbers(Intl.NumberFormat);
  Object.defineProperty(Intl, 'ListFormat', { value: withNepaliLists(Intl.ListFormat) });
}

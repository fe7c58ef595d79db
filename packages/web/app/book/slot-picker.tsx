import { intlTag, type Locale } from '../locales/index.ts';
import type { ShownDay, ShownTime } from './slots.ts';
import { bookWords } from './words.ts';

interface SlotPickerProps {
  readonly locale: Locale;
  readonly days: readonly ShownDay[];
  readonly zone: string;
  readonly place: string;
  /** Carried by every choice: service, branch, self-check answers. */
  readonly hidden: Readonly<Record<string, string>>;
  /** `post` when the form carries answers, which must not stand in an address. */
  readonly method: 'get' | 'post';
  readonly action: string;
  /** First day of the next page of days; null when there is none. */
  readonly laterFrom: string | null;
  readonly isFirst: boolean;
}

/** Free times by day, each a button. Complete without scripts. */
export function SlotPicker({
  locale,
  days,
  zone,
  place,
  hidden,
  method,
  action,
  laterFrom,
  isFirst,
}: SlotPickerProps) {
  const words = bookWords[locale];
  const count = new Intl.NumberFormat(intlTag(locale));
  return (
    <form method={method} action={action} className="slots">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className="text-note">{words.zone(zone, place)}</p>
      {days.length === 0 ? <p>{words.noTimes}</p> : null}
      <div className="slot-days">
        {days.map(({ day, title, times }, at) => (
          <details key={day} className="slot-day" open={at === 0}>
            <summary>
              <h3>{title}</h3>
              <span className="soft small">{words.free(count.format(times.length))}</span>
            </summary>
            <Half title={words.morning} id={`am-${day}`} times={times.filter(({ isMorning }) => isMorning)} />
            <Half
              title={words.afternoon}
              id={`pm-${day}`}
              times={times.filter(({ isMorning }) => !isMorning)}
            />
          </details>
        ))}
      </div>
      <p className="row">
        {isFirst ? null : (
          <button type="submit" className="button" name="from" value="">
            {words.earlier}
          </button>
        )}
        {laterFrom === null ? null : (
          <button type="submit" className="button" name="from" value={laterFrom}>
            {words.later}
          </button>
        )}
      </p>
    </form>
  );
}

interface HalfProps {
  readonly title: string;
  readonly id: string;
  readonly times: readonly ShownTime[];
}

function Half({ title, id, times }: HalfProps) {
  if (times.length === 0) return null;
  return (
    <div className="slot-half">
      <h4 id={id}>{title}</h4>
      <ul aria-labelledby={id}>
        {times.map(({ start, label, long }) => (
          <li key={start}>
            <button type="submit" className="slot" name="start" value={start} aria-label={long}>
              {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

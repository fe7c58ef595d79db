import { Badge, type Tone } from '../ui/surfaces.tsx';
import type { CalendarData, CalendarVisit } from './view.ts';
import type { CalendarWords } from './words.ts';

const toneOf: Readonly<Record<CalendarVisit['status'], Tone>> = {
  held: 'ochre',
  confirmed: 'nil',
  arrived: 'verdigris',
  completed: 'plain',
  'no-show': 'oxide',
  cancelled: 'plain',
  expired: 'plain',
};

/** Days as lists: for narrow screens, paper, and before scripts run. */
export function CalendarAgenda({
  data,
  words,
  selectedId,
  onSelect,
}: {
  readonly data: CalendarData;
  readonly words: CalendarWords;
  readonly selectedId: string | undefined;
  readonly onSelect: (id: string) => void;
}) {
  return (
    <div className="cal-agenda">
      {data.days.map(({ day, title, isToday }) => {
        const visits = data.visits.filter((visit) => visit.day === day);
        return (
          <section key={day} className="stack-s">
            {data.view === 'day' ? null : (
              <h2 className="cal-title" data-today={isToday || undefined}>
                {title}
              </h2>
            )}
            {visits.length === 0 ? <p className="soft">{words.emptyDay}</p> : null}
            <ul className="cal-agenda-list">
              {visits.map((visit) => (
                <li key={visit.id}>
                  <button
                    type="button"
                    className="cal-line"
                    aria-pressed={selectedId === visit.id}
                    onClick={() => onSelect(visit.id)}
                  >
                    <span className="figures">{visit.timeText}</span>
                    <span className="cal-line-words">
                      <b>{visit.name}</b>
                      <span className="soft small">
                        {[visit.service, visit.withWhom, visit.place].filter(Boolean).join(' · ')}
                      </span>
                      <span>
                        <StatusBadge visit={visit} words={words} />
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

export function StatusBadge({
  visit,
  words,
}: {
  readonly visit: CalendarVisit;
  readonly words: CalendarWords;
}) {
  if (visit.kind === 'block') return <Badge>{words.blocked}</Badge>;
  return <Badge tone={toneOf[visit.status]}>{words.statuses[visit.status]}</Badge>;
}

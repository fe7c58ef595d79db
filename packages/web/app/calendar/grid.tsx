import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import { inDigitsOf } from '../locales/index.ts';
import { clockText, moveStepMin, snap } from './layout-rules.ts';
import type { CalendarColumn, CalendarData, CalendarVisit } from './view.ts';
import type { CalendarWords } from './words.ts';

/** Where a visit is about to be set down. */
export interface Target {
  readonly id: string;
  readonly column: number;
  readonly minuteOfDay: number;
}

interface Drag extends Target {
  readonly pointerId: number;
  readonly grabMin: number;
  readonly startX: number;
  readonly startY: number;
  readonly isMoving: boolean;
}

/** A press that moves less than this is a click, in CSS pixels. */
const slackPx = 4;

/** Columns of visits. Dragging or arrow keys choose a new place; {@link onMove} is asked to make it so. */
export function CalendarGrid({
  data,
  words,
  selectedId,
  pending,
  mayWrite,
  onSelect,
  onMove,
  onSay,
}: {
  readonly data: CalendarData;
  readonly words: CalendarWords;
  readonly selectedId: string | undefined;
  /** A move on its way to the database: drawn where it was set down until the answer is there. */
  readonly pending: Target | undefined;
  readonly mayWrite: boolean;
  readonly onSelect: (id: string) => void;
  readonly onMove: (visit: CalendarVisit, target: Target) => void;
  /** For the live region. */
  readonly onSay: (text: string) => void;
}) {
  const { columns, hours, visits } = data;
  const body = useRef<HTMLDivElement>(null);
  const [keyed, setKeyed] = useState<Target>();
  const [drag, setDrag] = useState<Drag>();
  const wasDragged = useRef(false);
  useEffect(() => {
    if (keyed !== undefined) {
      body.current?.querySelector('.cal-ghost')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }, [keyed]);
  const { day, view } = data;
  useEffect(() => {
    // The frame has its height only when the page is live; then what matters on this day is brought into it.
    const frame = requestAnimationFrame(() => {
      if (body.current !== null) showWhatMatters(body.current);
    });
    return () => cancelAnimationFrame(frame);
    // oxlint-disable-next-line react/exhaustive-deps -- another day or view is shown: the frame begins anew
  }, [day, view]);
  const byId = new Map(visits.map((visit) => [visit.id, visit]));
  const shownHours = Array.from(
    { length: (hours.toMin - hours.fromMin) / 60 },
    (_, i) => hours.fromMin + i * 60,
  );
  const target = keyed ?? (drag?.isMoving ? drag : undefined) ?? pending;

  const canMove = (visit: CalendarVisit) =>
    mayWrite &&
    visit.kind === 'visit' &&
    (visit.status === 'confirmed' || visit.status === 'held' || visit.status === 'arrived');
  const isByPlace = data.view === 'day' && data.by === 'room';
  /** A visit in a room may go to another room, its machine's card to another machine. */
  const mayGo = (from: number, to: number) =>
    (columns[from]?.roomId === null) === (columns[to]?.roomId === null) &&
    (columns[from]?.machineId === null) === (columns[to]?.machineId === null);
  /** Where a column is not a person's, a visit names the person, unless there is only one. */
  const showsPeople = (isByPlace || data.view === 'week') && data.staff.length > 1;
  const clock = (minuteOfDay: number) => inDigitsOf(data.locale, clockText(minuteOfDay));
  const place = (at: Target) => `${columns[at.column]?.title ?? ''}, ${clock(at.minuteOfDay)}`;

  const onKeyDown = (event: KeyboardEvent, visit: CalendarVisit, column: number) => {
    if (event.key === 'Escape' && keyed) {
      event.preventDefault();
      setKeyed(undefined);
      onSay(words.putBack);
      return;
    }
    if (event.key === 'Enter' && keyed) {
      event.preventDefault();
      setKeyed(undefined);
      onMove(visit, keyed);
      return;
    }
    if (!canMove(visit) || !event.key.startsWith('Arrow') || event.altKey || event.ctrlKey || event.metaKey)
      return;
    event.preventDefault();
    const from = keyed ?? { id: visit.id, column, minuteOfDay: minuteOf(visit) };
    const step = event.shiftKey ? 60 : moveStepMin;
    const down = event.key === 'ArrowDown' ? step : event.key === 'ArrowUp' ? -step : 0;
    const aside = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const to = Math.min(columns.length - 1, Math.max(0, from.column + aside));
    const next = {
      id: visit.id,
      column: mayGo(column, to) ? to : from.column,
      minuteOfDay: within(from.minuteOfDay + down, visit, data),
    };
    setKeyed(next);
    onSay(words.moving(place(next)));
  };

  const pointAt = (event: PointerEvent): { column: number; minuteOfDay: number } | undefined => {
    const all = [...(body.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])];
    const boxes = all.map((one) => one.getBoundingClientRect());
    const column = boxes.findIndex((box) => event.clientX >= box.left && event.clientX < box.right);
    const box = boxes[column];
    if (box === undefined) return undefined;
    const share = (event.clientY - box.top) / box.height;
    return { column, minuteOfDay: hours.fromMin + share * (hours.toMin - hours.fromMin) };
  };

  const onPointerDown = (event: PointerEvent, visit: CalendarVisit, column: number) => {
    wasDragged.current = false;
    // A finger scrolls; by touch a visit is moved from its panel.
    if (!canMove(visit) || event.button !== 0 || event.pointerType === 'touch') return;
    const at = pointAt(event);
    if (at === undefined) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({
      id: visit.id,
      column,
      minuteOfDay: minuteOf(visit),
      pointerId: event.pointerId,
      grabMin: at.minuteOfDay - minuteOf(visit),
      startX: event.clientX,
      startY: event.clientY,
      isMoving: false,
    });
  };

  const onPointerMove = (event: PointerEvent, visit: CalendarVisit) => {
    if (drag === undefined || drag.id !== visit.id) return;
    const far = Math.hypot(event.clientX - drag.startX, event.clientY - drag.startY) > slackPx;
    const at = pointAt(event);
    if ((!far && !drag.isMoving) || at === undefined) return;
    wasDragged.current = true;
    setDrag({
      ...drag,
      isMoving: true,
      column: mayGo(drag.column, at.column) ? at.column : drag.column,
      minuteOfDay: within(snap(at.minuteOfDay - drag.grabMin), visit, data),
    });
  };

  const onPointerUp = (visit: CalendarVisit) => {
    if (drag?.isMoving) onMove(visit, { id: drag.id, column: drag.column, minuteOfDay: drag.minuteOfDay });
    setDrag(undefined);
  };

  const renderItem = (item: CalendarColumn['items'][number], column: number) => {
    const visit = byId.get(item.id);
    if (visit === undefined) return null;
    const isPlain = visit.kind === 'visit' && visit.status === 'confirmed';
    const status = visit.kind === 'block' ? words.blocked : words.statuses[visit.status];
    return (
      <li
        key={item.id}
        className="cal-item"
        data-leaving={target?.id === item.id || undefined}
        style={properties({
          from: item.fromMin - hours.fromMin,
          length: item.toMin - item.fromMin,
          before: item.visitFromMin - item.fromMin,
          after: item.toMin - item.visitToMin,
          lane: item.lane,
          lanes: item.lanes,
        })}
      >
        <button
          type="button"
          className="cal-visit"
          data-entry={visit.id}
          data-status={visit.kind === 'block' ? 'block' : visit.status}
          data-movable={canMove(visit) || undefined}
          aria-pressed={selectedId === visit.id}
          onClick={() => {
            if (!wasDragged.current) onSelect(visit.id);
            wasDragged.current = false;
          }}
          onKeyDown={(event) => onKeyDown(event, visit, column)}
          onBlur={() => {
            if (keyed?.id !== visit.id) return;
            setKeyed(undefined);
            onSay(words.putBack);
          }}
          onPointerDown={(event) => onPointerDown(event, visit, column)}
          onPointerMove={(event) => onPointerMove(event, visit)}
          onPointerUp={() => onPointerUp(visit)}
          onPointerCancel={() => setDrag(undefined)}
        >
          <span className="cal-visit-time figures">
            {data.view === 'week' ? inDigitsOf(data.locale, visit.clock) : visit.timeText}
            {isPlain ? null : ` · ${status}`}
          </span>
          <span className="cal-visit-name">{visit.name}</span>
          {visit.kind === 'block' ? null : <span className="cal-visit-rest">{visit.service}</span>}
          {visit.withWhom === null ? null : (
            <span className={showsPeople ? 'cal-visit-rest' : 'visually-hidden'}>{visit.withWhom}</span>
          )}
          {visit.place === null || isByPlace ? null : <span className="cal-visit-rest">{visit.place}</span>}
          {isPlain ? <span className="visually-hidden">{status}</span> : null}
        </button>
      </li>
    );
  };

  const ghost = target === undefined ? undefined : byId.get(target.id);
  return (
    <section
      className="cal-frame"
      aria-label={words.grid}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a frame that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <div
        className="cal-grid"
        ref={body}
        style={properties({ columns: columns.length, minutes: hours.toMin - hours.fromMin })}
      >
        <div className="cal-corner" />
        {columns.map((column) => (
          <h2 key={column.key} className="cal-title" data-today={column.isToday || undefined}>
            {column.title}
          </h2>
        ))}
        <div className="cal-hours" aria-hidden="true">
          {shownHours.map((minute) => (
            <span key={minute} className="figures">
              {clock(minute)}
            </span>
          ))}
        </div>
        {columns.map((column, at) => (
          <div key={column.key} className="cal-column" data-column={at}>
            {column.open.map((span) => (
              <span
                key={span.fromMin}
                className="cal-open"
                style={properties({ from: span.fromMin - hours.fromMin, length: span.toMin - span.fromMin })}
              />
            ))}
            {column.isToday ? (
              <span className="cal-now" style={properties({ from: data.now.minuteOfDay - hours.fromMin })} />
            ) : null}
            <ul className="cal-items" aria-label={column.title}>
              {column.items.map((item) => renderItem(item, at))}
            </ul>
            {target?.column === at && ghost !== undefined ? (
              <span
                className="cal-ghost figures"
                style={properties({ from: target.minuteOfDay - hours.fromMin, length: ghost.lengthMin })}
              >
                {clock(target.minuteOfDay)}
              </span>
            ) : null}
          </div>
        ))}
      </div>
    </section>
  );
}

/** Scrolls the frame to the present hour, or on another day to its first visit, unless it is in sight already. */
function showWhatMatters(grid: HTMLElement): void {
  const frame = grid.parentElement;
  const items = [...grid.querySelectorAll<HTMLElement>('.cal-item')];
  const first = items.toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0];
  const what = grid.querySelector('.cal-now') ?? first;
  if (frame === null || what === undefined) return;
  const [box, at] = [frame.getBoundingClientRect(), what.getBoundingClientRect()];
  if (at.top < box.top || at.top > box.bottom - frame.clientHeight / 8)
    frame.scrollTop += at.top - box.top - frame.clientHeight / 3;
}

/** Numbers handed to the style sheet, which knows how tall a minute is. */
function properties(numbers: Readonly<Record<string, number>>): CSSProperties {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [`--${name}`, value]));
}

function minuteOf(visit: CalendarVisit): number {
  return Number(visit.clock.slice(0, 2)) * 60 + Number(visit.clock.slice(3));
}

/** Keeps a visit inside the hours shown. */
function within(minuteOfDay: number, visit: CalendarVisit, { hours }: CalendarData): number {
  return Math.max(hours.fromMin, Math.min(hours.toMin - visit.lengthMin, minuteOfDay));
}

import { listCallBacks, readSetup } from '@undertone/clinic/booking/commands.ts';
import { isoDay } from '@undertone/clinic/booking/rules.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import {
  Link,
  data as reply,
  type ShouldRevalidateFunctionArgs,
  useFetcher,
  useRevalidator,
  useSearchParams,
} from 'react-router';
import { isLocale, localeNames, locales } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { notSentStatus } from '../shared/no-line.ts';
import { useSaid } from '../shared/said.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert, EmptyState } from '../ui/surfaces.tsx';
import type { Route } from './+types/page.ts';
import { allowed, readersOnly, writerOf } from './access.ts';
import { actOnCalendar, type CalendarAnswer } from './act.ts';
import { CalendarAgenda } from './agenda.tsx';
import './calendar.css';
import { CalendarGrid, type Target } from './grid.tsx';
import { clockText } from './layout-rules.ts';
import { BlockForm, BookingForm, type Prefill, type Send, VisitPanel } from './panel.tsx';
import { useLive } from './use-live.ts';
import { type CalendarVisit, readCalendar } from './view.ts';
import { wishedTime } from './wish.ts';
import { calendarWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [readersOnly];

/** `/desk/calendar?view=day|week&date=&by=staff|room&branch=`; `new=1&callback=` opens the form for a person to call. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const member = actorOf(context);
  const calendar = await readCalendar(clinic, member, localeOf(request), url.searchParams);
  const mayWrite = can(member.role, 'booking.write');
  const callback = url.searchParams.get('callback');
  let prefill: Prefill | null = null;
  if (callback !== null && mayWrite) {
    const [open, setup] = await Promise.all([
      listCallBacks(clinic, member),
      readSetup(clinic.db, member.tenantId),
    ]);
    const found = allowed(open).callBacks.find(({ id }) => id === callback);
    if (found !== undefined) {
      prefill = {
        callback,
        clock: wishedTime(found.wish, calendar.zoneTable.zone)?.clock ?? null,
        name: found.name,
        phone: found.phone,
        language: isLocale(found.language) ? found.language : 'en',
        service: setup.services.find(({ id }) => id === found.serviceId)?.slug ?? null,
      };
    }
  }
  return {
    calendar,
    mayWrite,
    maySetUp: can(member.role, 'settings.write'),
    mayTakePayment: can(member.role, 'payment.write'),
    prefill,
  };
}

export async function action({
  request,
  context,
  url,
}: Route.ActionArgs): Promise<CalendarAnswer | ReturnType<typeof reply<CalendarAnswer>>> {
  const { clinic } = context.get(askedContext);
  const actor = writerOf(context);
  const form = formTexts(await request.formData());
  const answer = await actOnCalendar(clinic, actor, localeOf(request), url.searchParams.get('branch'), form);
  return answer.ok ? answer : reply(answer, { status: refusedStatus(answer) });
}

/** After a refusal too: somebody else's change is usually why. */
export function shouldRevalidate({ actionStatus, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  if (actionStatus === notSentStatus) return false;
  return actionStatus !== undefined || defaultShouldRevalidate;
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: calendarWords[loaderData?.calendar.locale ?? 'en'].calendar }];
}

type Open = { readonly kind: 'visit'; readonly id: string } | { readonly kind: 'new' | 'block' };

const never = () => () => {};

export default function CalendarPage({ loaderData }: Route.ComponentProps) {
  const { calendar, mayWrite, maySetUp, mayTakePayment, prefill } = loaderData;
  const words = calendarWords[calendar.locale];
  const [search, setSearch] = useSearchParams();
  // The grid's places are style attributes, one each; they are drawn by scripts and kept out of the page's policy.
  const isLive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [open, setOpen] = useState<Open | undefined>(search.has('new') ? { kind: 'new' } : undefined);
  const [said, setSaid] = useState('');
  const fetcher = useFetcher<typeof action>();
  const [sent, setSent] = useState<{ form: Readonly<Record<string, string>>; target?: Target }>();
  const isBusy = fetcher.state !== 'idle';
  const answer = isBusy ? undefined : fetcher.data;
  useCalendarVersion(calendar.range, calendar.version);

  const submit = (form: Readonly<Record<string, string>>, target?: Target) => {
    setSent({ form, ...(target !== undefined && { target }) });
    setSaid('');
    void fetcher.submit(form, { method: 'post', action: `/desk/calendar?${search}` });
  };
  const send: Send = (form) => submit(form);
  const onMove = (visit: CalendarVisit, target: Target) => {
    const column = calendar.columns[target.column];
    if (column === undefined) return;
    const to = { day: isoDay(column.day), clock: clockText(target.minuteOfDay) };
    const practitionerId = column.practitionerId ?? visit.practitionerId ?? '';
    const roomId = column.roomId ?? visit.roomId;
    const machineId = column.machineId ?? visit.machineId;
    const stays =
      to.day === visit.day &&
      to.clock === visit.clock &&
      practitionerId === visit.practitionerId &&
      roomId === visit.roomId &&
      machineId === visit.machineId;
    if (stays) return;
    const form = { intent: 'move', id: visit.id, version: String(visit.version), practitionerId, ...to };
    submit(
      {
        ...form,
        // Said only when it is to change: a room that is taken at the new time may then give way to a free one.
        ...(roomId !== null && roomId !== visit.roomId && { roomId }),
        ...(machineId !== null && machineId !== visit.machineId && { machineId }),
      },
      target,
    );
  };
  useAnswer(answer, {
    onDone: (done) => {
      if (done.intent === 'book' || done.intent === 'block') {
        setOpen({ kind: 'visit', id: done.id });
        if (search.has('new')) {
          setSearch((before) => {
            before.delete('new');
            before.delete('callback');
            return before;
          });
        }
      }
      if (done.intent === 'move') {
        document.querySelector<HTMLElement>(`[data-entry="${done.id}"]`)?.focus({ preventScroll: true });
      }
    },
  });

  const at = (change: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams(search);
    next.delete('new');
    next.delete('callback');
    for (const [key, value] of Object.entries(change)) next.set(key, value);
    return `/desk/calendar?${next}`;
  };
  const panel = useRef<HTMLElement>(null);
  const openKind = open?.kind;
  useEffect(() => {
    if (openKind === 'new' || openKind === 'block') panel.current?.querySelector('input')?.focus();
  }, [openKind]);
  useEffect(() => {
    const onEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) setOpen(undefined);
    };
    window.addEventListener('keydown', onEscape);
    return () => window.removeEventListener('keydown', onEscape);
  }, []);
  const visit = open?.kind === 'visit' ? calendar.visits.find(({ id }) => id === open.id) : undefined;
  const title =
    open?.kind === 'new' ? words.newBooking : open?.kind === 'block' ? words.block : (visit?.name ?? '');
  const isPanelOpen = open !== undefined && (open.kind !== 'visit' || visit !== undefined);
  return (
    <div className="cal" data-live={isLive || undefined} data-panel={isPanelOpen || undefined}>
      <header className="cal-head">
        <div>
          <h1>{calendar.title}</h1>
          <p className="soft small">
            {calendar.branches.length > 1 ? `${calendar.branch.name} · ` : ''}
            {words.zone(calendar.zoneTable.zone)}
          </p>
        </div>
        <nav className="cal-bar" aria-label={words.calendar}>
          <span className="row">
            <Link
              className="button"
              data-shape="icon"
              aria-label={words.earlier}
              to={at({ date: calendar.earlier })}
            >
              ←
            </Link>
            <ButtonLink to={at({ date: calendar.today })}>{words.today}</ButtonLink>
            <Link
              className="button"
              data-shape="icon"
              aria-label={words.later}
              to={at({ date: calendar.later })}
            >
              →
            </Link>
          </span>
          <span className="cal-switch">
            <Way
              to={at({ view: 'day', by: 'staff' })}
              isHere={calendar.view === 'day' && calendar.by === 'staff'}
            >
              {words.day}
            </Way>
            <Way
              to={at({ view: 'day', by: 'room' })}
              isHere={calendar.view === 'day' && calendar.by === 'room'}
            >
              {words.byPlace}
            </Way>
            <Way to={at({ view: 'week' })} isHere={calendar.view === 'week'}>
              {words.week}
            </Way>
          </span>
          {calendar.view === 'week' ? (
            <span className="cal-switch cal-who">
              <Way to={at({ who: '' })} isHere={calendar.who === null}>
                {words.all}
              </Way>
              {[...calendar.staff, ...calendar.rooms, ...calendar.machines].map(({ id, name }) => (
                <Way key={id} to={at({ who: id })} isHere={id === calendar.who}>
                  {name}
                </Way>
              ))}
            </span>
          ) : null}
          {calendar.branches.length > 1 ? (
            <span className="cal-switch">
              {calendar.branches.map(({ id, name }) => (
                <Way key={id} to={at({ branch: id })} isHere={id === calendar.branch.id}>
                  {name}
                </Way>
              ))}
            </span>
          ) : null}
          {mayWrite ? (
            <span className="row">
              <Button look="strong" onPress={() => setOpen({ kind: 'new' })}>
                {words.newBooking}
              </Button>
              <Button onPress={() => setOpen({ kind: 'block' })}>{words.block}</Button>
            </span>
          ) : null}
        </nav>
      </header>
      {calendar.staff.length === 0 || calendar.services.length === 0 ? (
        <EmptyState
          title={words.nothingSet}
          action={maySetUp ? <ButtonLink to="/desk/setup">{words.toSetUp}</ButtonLink> : null}
        >
          {words.nothingSetText}
        </EmptyState>
      ) : null}
      <div className="cal-answer">
        {answer === undefined ? null : (
          <Answer
            answer={answer}
            words={words}
            onUndo={() =>
              send({
                intent: answer.intent === 'book' || answer.intent === 'block' ? 'cancel' : 'undo',
                id: answer.id ?? '',
              })
            }
            onInstead={(change) => {
              if (sent !== undefined) submit({ ...sent.form, ...change });
            }}
          />
        )}
      </div>
      <output className="visually-hidden" aria-live="assertive">
        {said}
      </output>
      <div className="cal-body" hidden={calendar.staff.length === 0}>
        <div className="cal-sheet">
          {isLive ? (
            <CalendarGrid
              data={calendar}
              words={words}
              selectedId={visit?.id}
              pending={isBusy ? sent?.target : undefined}
              mayWrite={mayWrite}
              onSelect={(id) => setOpen({ kind: 'visit', id })}
              onMove={onMove}
              onSay={setSaid}
            />
          ) : null}
          <CalendarAgenda
            data={calendar}
            words={words}
            selectedId={visit?.id}
            onSelect={(id) => setOpen({ kind: 'visit', id })}
          />
          {mayWrite ? <p className="cal-keys soft small">{words.keys}</p> : null}
        </div>
        {isPanelOpen ? (
          <aside className="cal-panel" aria-label={title} ref={panel}>
            <div className="row-apart">
              <h2>{title}</h2>
              <Button look="quiet" icon aria-label={words.close} onPress={() => setOpen(undefined)}>
                ✕
              </Button>
            </div>
            {open?.kind === 'new' ? (
              <BookingForm
                key={prefill?.callback ?? 'new'}
                data={calendar}
                words={words}
                languages={locales.map((one) => ({ id: one, label: localeNames[one] }))}
                prefill={prefill}
                madePatientId={answer?.ok === false ? answer.patientId : undefined}
                isBusy={isBusy}
                send={send}
              />
            ) : null}
            {open?.kind === 'block' ? (
              <BlockForm data={calendar} words={words} isBusy={isBusy} send={send} />
            ) : null}
            {visit === undefined ? null : (
              <VisitPanel
                visit={visit}
                data={calendar}
                words={words}
                mayWrite={mayWrite}
                mayTakePayment={mayTakePayment}
                madePatientId={answer?.ok === false && answer.id === visit.id ? answer.patientId : undefined}
                isBusy={isBusy}
                send={send}
              />
            )}
          </aside>
        ) : null}
      </div>
    </div>
  );
}

function Way({
  to,
  isHere,
  children,
}: {
  readonly to: string;
  readonly isHere: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Link className="button" to={to} aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  );
}

function Answer({
  answer,
  words,
  onUndo,
  onInstead,
}: {
  readonly answer: CalendarAnswer;
  readonly words: (typeof calendarWords)['en'];
  readonly onUndo: () => void;
  readonly onInstead: (change: Readonly<Record<string, string>>) => void;
}) {
  const say = useSaid();
  if (answer.ok) {
    return (
      <div className="cal-done" role="status">
        <span>{words.did[answer.intent]}</span>
        {answer.intent === 'undo' || answer.intent === 'confirm' ? null : (
          <Button look="quiet" onPress={onUndo}>
            {words.undo}
          </Button>
        )}
      </div>
    );
  }
  const canBeOutside = answer.reason === 'slot-not-offered';
  return (
    <Alert
      tone="oxide"
      title={`${words.refused}: ${words.refusals[answer.reason] ?? say(answer.message).text}`}
      live
    >
      {answer.alternatives.length > 0 || canBeOutside ? (
        <div className="row">
          {answer.alternatives.length > 0 ? <span className="soft">{words.alternatives}</span> : null}
          {answer.alternatives.map(({ day, clock, practitionerId, text }) => (
            <Button
              key={text}
              onPress={() => onInstead({ day, clock, ...(practitionerId !== null && { practitionerId }) })}
            >
              {text}
            </Button>
          ))}
          {canBeOutside ? (
            <Button onPress={() => onInstead({ outside: '1' })}>{words.moveOutside}</Button>
          ) : null}
        </div>
      ) : undefined}
    </Alert>
  );
}

/** Runs once for every answer that says yes. */
function useAnswer(
  answer: CalendarAnswer | undefined,
  { onDone }: { readonly onDone: (answer: Extract<CalendarAnswer, { ok: true }>) => void },
): void {
  const seen = useRef<CalendarAnswer>(undefined);
  useEffect(() => {
    if (answer === undefined || answer === seen.current) return;
    seen.current = answer;
    if (answer.ok) onDone(answer);
  });
}

/** Keeps an open calendar up to date with other screens: told of a change, it asks what version it is, then for the page. */
function useCalendarVersion(
  range: { readonly fromMinute: number; readonly toMinute: number },
  version: string,
): void {
  const { revalidate } = useRevalidator();
  const search = `from=${range.fromMinute}&to=${range.toMinute}`;
  useLive(search, () => {
    const ask = async () => {
      try {
        const response = await fetch(`/desk/calendar/version?${search}`);
        if (!response.ok || response.redirected) return;
        const now = (await response.json()) as { version: string };
        if (now.version !== version) await revalidate();
      } catch {
        // The network is gone for a moment: the next word comes soon.
      }
    };
    void ask();
  });
}

/** What the calendar's page is given: columns with their visits in place, and every word of time already written. */
import {
  type CalendarEntry,
  calendarVersion,
  listCalendar,
  readSetup,
} from '@undertone/clinic/booking/commands.ts';
import {
  dayNumber,
  isoDay,
  localDayOf,
  minutesPerDay,
  resolveZone,
  startOfLocalDay,
  weekdayOf,
  type ZoneTable,
} from '@undertone/clinic/booking/rules.ts';
import { daySchema } from '@undertone/clinic/booking/schema.ts';
import { whatsAppLink } from '@undertone/clinic/notify/rules.ts';
import { mayAt } from '@undertone/clinic/staff/rules.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { listBranches, mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { withPreviewPicture } from '@undertone/clinic/visitor/preview-picture.ts';
import { inDigitsOf, intlTag, isLocale, type Locale } from '../locales/index.ts';
import { allowed } from './access.ts';
import { clockText, lanesOf, type Span, shownHours, wallOf } from './layout-rules.ts';
import { calendarWords } from './words.ts';

type Setup = Awaited<ReturnType<typeof readSetup>>;
type Entry = CalendarEntry;

export interface CalendarColumn {
  readonly key: string;
  readonly title: string;
  readonly day: number;
  readonly isToday: boolean;
  readonly practitionerId: string | null;
  /** The room or machine the column is of. */
  readonly roomId: string | null;
  readonly machineId: string | null;
  readonly open: readonly Span[];
  readonly items: readonly (Span & {
    readonly id: string;
    readonly visitFromMin: number;
    readonly visitToMin: number;
    readonly lane: number;
    readonly lanes: number;
  })[];
}

/** A visit or blocked time as the pages show it. */
export interface CalendarVisit {
  readonly id: string;
  readonly kind: Entry['kind'];
  readonly status: Entry['status'];
  readonly version: number;
  readonly startMinute: number;
  readonly lengthMin: number;
  readonly day: string;
  readonly dayText: string;
  readonly timeText: string;
  readonly clock: string;
  readonly name: string;
  readonly service: string;
  readonly practitionerId: string | null;
  readonly roomId: string | null;
  readonly machineId: string | null;
  readonly withWhom: string | null;
  readonly place: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: Locale;
  readonly note: string | null;
  readonly patientId: string | null;
  /** The visitor sent a preview picture along. */
  readonly hasPicture: boolean;
  readonly chat: string | null;
}

/** Days a view shows at once and steps by. */
const daysShown = { day: 1, week: 7 } as const;
export type CalendarView = keyof typeof daysShown;

/** Statuses that no longer take a place in the calendar. */
const gone = new Set<Entry['status']>(['cancelled', 'expired']);

/** Opening hours on one day: an exception replaces the week's; a person without hours of their own keeps the branch's. */
export function openOn(setup: Setup, branchId: string, practitionerId: string | null, day: number): Span[] {
  const spansOf = (who: string | null): Span[] | undefined => {
    const exception = setup.exceptions.find(
      (one) => one.branchId === branchId && one.practitionerId === who && one.day === isoDay(day),
    );
    if (exception !== undefined) {
      return Array.from({ length: exception.spans.length / 2 }, (_, i) => ({
        fromMin: exception.spans[2 * i] as number,
        toMin: exception.spans[2 * i + 1] as number,
      }));
    }
    const own = setup.hours.filter((one) => one.branchId === branchId && one.practitionerId === who);
    if (own.length === 0) return undefined;
    return own
      .filter((one) => one.weekday === weekdayOf(day))
      .map(({ openMin, closeMin }) => ({ fromMin: openMin, toMin: closeMin }));
  };
  const branch = spansOf(null) ?? [];
  const person = practitionerId === null ? undefined : spansOf(practitionerId);
  if (person === undefined) return branch;
  return branch.flatMap((a) =>
    person
      .map((b) => ({ fromMin: Math.max(a.fromMin, b.fromMin), toMin: Math.min(a.toMin, b.toMin) }))
      .filter((span) => span.fromMin < span.toMin),
  );
}

function itemsOf(entries: readonly Entry[], zone: ZoneTable, day: number): CalendarColumn['items'] {
  const inDay = (minute: number) => {
    const wall = wallOf(zone, minute);
    if (wall.day < day) return 0;
    return wall.day > day ? minutesPerDay : wall.minuteOfDay;
  };
  return lanesOf(
    entries
      .map((entry) => ({
        id: entry.id,
        fromMin: inDay(entry.occupiedFromMinute),
        toMin: inDay(entry.occupiedToMinute),
        visitFromMin: inDay(entry.startMinute),
        visitToMin: inDay(entry.endMinute),
      }))
      .filter(({ fromMin, toMin }) => fromMin < toMin),
  );
}

/** Reads a stretch of the calendar as asked for by the address; unknown wishes fall back to today's day view. */
export async function readCalendar(
  clinic: Pick<Clinic, 'db' | 'clock'>,
  member: Actor,
  locale: Locale,
  wish: URLSearchParams,
) {
  const { tenantId } = member;
  const [tenant, every, setup] = await Promise.all([
    mainTenant(clinic),
    listBranches(clinic, tenantId),
    readSetup(clinic.db, tenantId),
  ]);
  const branches = every.filter(({ id }) => mayAt(member, id));
  const branch = branches.find(({ id }) => id === wish.get('branch')) ?? branches[0];
  if (branch === undefined) throw new Response('The clinic has no branch yet', { status: 404 });
  const view: CalendarView = wish.get('view') === 'week' ? 'week' : 'day';
  const by = wish.get('by') === 'room' ? ('room' as const) : ('staff' as const);
  const now = clinic.clock.now();
  const nowMinute = Math.floor(now.getTime() / 60_000);
  const today = localDayOf(
    resolveZone(branch.zone, nowMinute - minutesPerDay, nowMinute + minutesPerDay),
    nowMinute,
  );
  const asked = daySchema.safeParse(wish.get('date'));
  const day = asked.success ? dayNumber(asked.data) : today;
  const first = view === 'week' ? day - weekdayOf(day) + 1 : day;
  const days = Array.from({ length: daysShown[view] }, (_, i) => first + i);
  const zone = resolveZone(
    branch.zone,
    (first - 2) * minutesPerDay,
    (first + days.length + 2) * minutesPerDay,
  );
  const range = {
    fromMinute: startOfLocalDay(zone, first),
    toMinute: startOfLocalDay(zone, first + days.length),
  };
  // The version first: what changes between the two reads is then seen as a change, not missed.
  const { version } = allowed(await calendarVersion(clinic, member, range));
  // A week is that of everybody, or of one person, room or machine.
  const who =
    view === 'week'
      ? ([...setup.practitioners, ...setup.rooms, ...setup.machines].find(({ id }) => id === wish.get('who'))
          ?.id ?? null)
      : null;
  const listed = allowed(await listCalendar(clinic, member, { ...range, branchId: branch.id }));
  const entries = listed.entries.filter(
    (one) =>
      (who === null || one.practitionerId === who || one.roomId === who || one.machineId === who) &&
      !gone.has(one.status) &&
      !(one.status === 'held' && one.holdExpiresAt !== null && one.holdExpiresAt <= now),
  );

  const pictured = await withPreviewPicture(
    clinic,
    member,
    'booking',
    entries.map(({ id }) => id),
  );
  const tag = intlTag(locale);
  const words = calendarWords[locale];
  const dayWords = (style: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC' });
    return (one: number) => format.format(one * minutesPerDay * 60_000);
  };
  const shortDay = dayWords({ weekday: 'short', day: 'numeric', month: 'short' });
  const fullDay = dayWords({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const staff = setup.practitioners.filter(({ branchIds }) => branchIds.includes(branch.id));
  const rooms = setup.rooms.filter(({ branchId }) => branchId === branch.id);
  const machines = setup.machines.filter(({ branchId }) => branchId === branch.id);
  const nameOf = (list: readonly { id: string; name: string }[], id: string | null) =>
    list.find((one) => one.id === id)?.name ?? null;
  const whoseHours = staff.find(({ id }) => id === who)?.id ?? null;
  const column = (
    key: string,
    title: string,
    onDay: number,
    of: { readonly practitionerId?: string | null; readonly roomId?: string; readonly machineId?: string },
    own: readonly Entry[],
  ): CalendarColumn => ({
    key,
    title,
    day: onDay,
    isToday: onDay === today,
    practitionerId: of.practitionerId ?? null,
    roomId: of.roomId ?? null,
    machineId: of.machineId ?? null,
    open: openOn(setup, branch.id, of.practitionerId ?? null, onDay),
    items: itemsOf(own, zone, onDay),
  });
  const columns =
    view === 'week'
      ? days.map((one) => column(isoDay(one), shortDay(one), one, { practitionerId: whoseHours }, entries))
      : by === 'staff'
        ? staff.map(({ id, name }) =>
            column(
              id,
              name,
              first,
              { practitionerId: id },
              entries.filter((one) => one.practitionerId === id),
            ),
          )
        : [
            ...rooms.map(({ id, name }) => ({ id, name, of: { roomId: id } })),
            ...machines.map(({ id, name }) => ({ id, name, of: { machineId: id } })),
          ].map(({ id, name, of }) =>
            column(
              id,
              name,
              first,
              of,
              entries.filter((one) => one.roomId === id || one.machineId === id),
            ),
          );

  const visits = entries.map((entry): CalendarVisit => {
    const start = wallOf(zone, entry.startMinute);
    const end = wallOf(zone, entry.endMinute);
    const names = setup.services.find(({ id }) => id === entry.serviceId)?.names;
    const language = isLocale(entry.language) ? entry.language : 'en';
    const greeting = calendarWords[language].greeting(entry.name ?? '', tenant?.name ?? '');
    return {
      id: entry.id,
      kind: entry.kind,
      status: entry.status,
      version: entry.version,
      startMinute: entry.startMinute,
      lengthMin: entry.endMinute - entry.startMinute,
      day: isoDay(start.day),
      dayText: shortDay(start.day),
      clock: clockText(start.minuteOfDay),
      timeText: inDigitsOf(locale, `${clockText(start.minuteOfDay)}–${clockText(end.minuteOfDay)}`),
      name: entry.kind === 'block' ? (entry.note ?? words.blocked) : (entry.name ?? ''),
      service: entry.kind === 'block' ? words.blocked : (names?.[locale] ?? names?.en ?? words.noService),
      practitionerId: entry.practitionerId,
      roomId: entry.roomId,
      machineId: entry.machineId,
      withWhom: nameOf(staff, entry.practitionerId),
      place:
        [nameOf(rooms, entry.roomId), nameOf(machines, entry.machineId)].filter(Boolean).join(' · ') || null,
      phone: entry.phone,
      email: entry.email,
      language,
      note: entry.kind === 'block' ? null : entry.note,
      patientId: entry.patientId,
      hasPicture: pictured.has(entry.id),
      chat:
        entry.phone === null ? null : (whatsAppLink(entry.phone, tenant?.country ?? '', greeting) ?? null),
    };
  });
  const drawn = columns.flatMap(({ open, items }) => [...open, ...items]);
  return {
    locale,
    view,
    by,
    who,
    branch: { id: branch.id, name: branch.name },
    branches: branches.map(({ id, name }) => ({ id, name })),
    zoneTable: zone,
    day: isoDay(day),
    title:
      view === 'day'
        ? fullDay(first)
        : `${shortDay(first)} – ${shortDay(first + 6)} ${inDigitsOf(locale, isoDay(first + 6).slice(0, 4))}`,
    earlier: isoDay(day - daysShown[view]),
    later: isoDay(day + daysShown[view]),
    today: isoDay(today),
    nowMinute,
    now: wallOf(zone, nowMinute),
    days: days.map((one) => ({ day: isoDay(one), title: fullDay(one), isToday: one === today })),
    range,
    version,
    hours: shownHours(drawn),
    columns,
    visits,
    staff: staff.map(({ id, name }) => ({ id, name })),
    rooms: rooms.map(({ id, name }) => ({ id, name })),
    machines: machines.map(({ id, name }) => ({ id, name })),
    services: setup.services.map(({ slug, names }) => ({ slug, name: names[locale] ?? names.en ?? slug })),
  };
}

export type CalendarData = Awaited<ReturnType<typeof readCalendar>>;

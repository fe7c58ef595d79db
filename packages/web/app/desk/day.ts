/** What the first page of the desk shows: who comes today and what brings them further, and what is open. */
import { listCalendar, listCallBacks, listServices, readSetup } from '@undertone/clinic/booking/commands.ts';
import { dayNumber, minutesPerDay, resolveZone, startOfLocalDay } from '@undertone/clinic/booking/rules.ts';
import { inboxCounts } from '@undertone/clinic/followup/commands.ts';
import { waitingIntake } from '@undertone/clinic/intake/commands.ts';
import { countFailedMessages } from '@undertone/clinic/notify/commands.ts';
import { getPatient } from '@undertone/clinic/record/commands.ts';
import { dueSpotReadings } from '@undertone/clinic/screening/spot-commands.ts';
import { unsignedSessions } from '@undertone/clinic/session/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { readStock } from '@undertone/clinic/stock/commands.ts';
import { dayIn, type Tenant } from '@undertone/clinic/tenant/schema.ts';
import { type NextStep, nextStepFor } from '../chart/next-step.ts';
import { deskTag, intlTag, type Locale } from '../locales/index.ts';
import { screeningWords } from '../screening/words.ts';

export interface DayVisit {
  readonly id: string;
  readonly time: string;
  readonly name: string;
  readonly patientId: string | null;
  readonly service: string;
  readonly status: 'held' | 'confirmed' | 'arrived' | 'completed' | 'no-show' | 'cancelled' | 'expired';
  readonly nextStep: NextStep | null;
}

/** Everyone who is expected or here, in the order of the clock; visits that were cancelled or ran out are left out. */
export async function visitsOfDay(
  clinic: Clinic,
  actor: Actor,
  locale: Locale,
  tenant: Tenant,
): Promise<readonly DayVisit[]> {
  if (!can(actor.role, 'booking.read')) return [];
  const today = dayIn(tenant.zone, clinic.clock.now());
  const day = dayNumber(today);
  const zone = resolveZone(tenant.zone, (day - 2) * minutesPerDay, (day + 3) * minutesPerDay);
  const diary = await listCalendar(clinic, actor, {
    fromMinute: startOfLocalDay(zone, day),
    toMinute: startOfLocalDay(zone, day + 1),
  });
  if (!diary.ok) return [];
  const { services } = await readSetup(clinic.db, actor.tenantId);
  const offered = await listServices(clinic, actor.tenantId);
  const clock = new Intl.DateTimeFormat(deskTag(locale), {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: tenant.zone,
  });
  const visits: DayVisit[] = [];
  for (const entry of diary.entries.toSorted((a, b) => a.startMinute - b.startMinute)) {
    if (entry.kind !== 'visit' || entry.status === 'cancelled' || entry.status === 'expired') continue;
    const service = services.find(({ id }) => id === entry.serviceId);
    const isDue = entry.status !== 'completed' && entry.status !== 'no-show';
    visits.push({
      id: entry.id,
      time: clock.format(entry.startMinute * 60_000),
      name: entry.name ?? '—',
      patientId: can(actor.role, 'patient.read') ? entry.patientId : null,
      service: service === undefined ? '' : (service.names[locale] ?? service.names.en ?? ''),
      status: entry.status,
      nextStep: isDue
        ? await nextOf(
            clinic,
            actor,
            locale,
            entry.patientId,
            today,
            offered.find(({ slug }) => slug === service?.slug)?.treatment ?? undefined,
          )
        : null,
    });
  }
  return visits;
}

async function nextOf(
  clinic: Clinic,
  actor: Actor,
  locale: Locale,
  patientId: string | null,
  today: string,
  treatment: Parameters<typeof nextStepFor>[5],
): Promise<NextStep | null> {
  if (patientId === null) return null;
  const found = await getPatient(clinic, actor, patientId);
  if (!found.ok) return null;
  return (await nextStepFor(clinic, actor, locale, found.patient, today, treatment)) ?? null;
}

const openKinds = [
  'call-backs',
  'messages',
  'intake',
  'follow-up',
  'calls',
  'unsigned',
  'spots',
  'stock',
] as const;
export type OpenKind = (typeof openKinds)[number];

export interface OpenThing {
  readonly kind: OpenKind;
  readonly count: number;
  readonly to: string;
  readonly isUrgent: boolean;
  /** What is counted, where each has a page of its own and there is none for all. */
  readonly each: readonly { readonly to: string; readonly label: string }[];
}

/** What waits for somebody, as far as this role may see it; only sessions to sign are named, the rest is counted. */
export async function openThings(
  clinic: Clinic,
  actor: Actor,
  locale: Locale,
  tenant: Tenant | undefined,
): Promise<readonly OpenThing[]> {
  const things: OpenThing[] = [];
  const add = (kind: OpenKind, count: number, to: string, isUrgent = false, each: OpenThing['each'] = []) => {
    if (count > 0) things.push({ kind, count, to, isUrgent, each });
  };
  const callBacks = await listCallBacks(clinic, actor);
  if (callBacks.ok) add('call-backs', callBacks.callBacks.length, '/desk/inbox');
  const failed = await countFailedMessages(clinic, actor);
  if (failed.ok) add('messages', failed.count, '/desk/inbox');
  const intake = await waitingIntake(clinic, actor);
  if (intake.ok) add('intake', intake.forms.length, '/desk/intake');
  const followUp = await inboxCounts(clinic, actor);
  if (followUp) {
    const { EMERG = 0, DAY = 0 } = followUp.open as Partial<Record<string, number>>;
    const all = Object.values(followUp.open).reduce((sum, count) => sum + count, 0);
    add('follow-up', all, '/desk/followup', EMERG + DAY > 0);
    add('calls', followUp.toCall, '/desk/followup');
  }
  const unsigned = await unsignedSessions(clinic, actor);
  const [longest] = unsigned.ok ? unsigned.sessions : [];
  if (unsigned.ok && longest) {
    const day = new Intl.DateTimeFormat(intlTag(locale), {
      dateStyle: 'medium',
      timeZone: tenant?.zone ?? 'UTC',
    });
    const each = [];
    for (const { id, patientId, treatment, startedAt } of unsigned.sessions) {
      const found = await getPatient(clinic, actor, patientId);
      const name = found.ok ? found.patient.name : '—';
      const what = screeningWords[locale].treatments[treatment];
      each.push({ to: `/desk/sessions/${id}`, label: `${name}, ${what}, ${day.format(startedAt)}` });
    }
    add('unsigned', unsigned.count, `/desk/sessions/${longest.id}`, false, each);
  }
  const spots = await dueSpotReadings(clinic, actor, 0);
  if (spots.ok)
    add(
      'spots',
      spots.due.length,
      '/desk/spots',
      spots.due.some(({ state }) => state === 'late'),
    );
  const stock = await readStock(clinic, actor);
  if (stock.ok) {
    const low = stock.items.filter(
      ({ isLow, lots }) => isLow || lots.some((lot) => lot.balance !== 0 && lot.alerts.length > 0),
    );
    add('stock', low.length, '/desk/stock');
  }
  return things;
}

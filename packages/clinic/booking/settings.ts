/**
 * The clinic's own set-up, changed from its pages by whoever may: services, people, rooms, machines, hours, closed days,
 * the policy. Each change is one transaction with its entry in the audit chain. Visits that stand are never moved by it.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import type { Plain } from '../audit/schema.ts';
import type { Db, Trx } from '../platform/database.ts';
import { type Limits, limitsOf } from '../platform/limits.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import {
  deleteException,
  deleteMissing,
  retireRow,
  type SetupKind,
  selectPlaces,
  selectSetupExceptions,
  selectSetupHours,
  selectSetupPeople,
  usedSlugs,
} from './settings-store.ts';
import {
  exceptionSetup,
  gapsInOrder,
  placeSetup,
  policySetup,
  practitionerSetup,
  saveException,
  savePlace,
  savePolicy,
  savePractitioner,
  saveService,
  saveWeek,
  serviceSetup,
  weekSetup,
} from './setup.ts';
import { selectBookingsBetween, selectPolicy, selectServices } from './store.ts';
import { dayNumber, localDayOf, minutesPerDay, offsetAt, resolveZone, startOfLocalDay } from './zone.ts';

export interface SetupRefusal {
  readonly ok: false;
  readonly reason: 'not-allowed' | 'bad-form' | 'not-found' | 'last-branch' | 'branch-in-use' | 'zone-fixed';
  readonly message: string;
  readonly field?: string;
  /** What the field may hold, where that is a matter of more or less. */
  readonly limits?: Limits | undefined;
}

export type SetupServices = Pick<Services, 'db' | 'clock'>;

/** Everything the set-up pages show, retired things left out. Days whose hours differ: from yesterday on. */
export async function readWholeSetup(services: SetupServices, actor: Actor) {
  if (!can(actor.role, 'settings.write')) return notAllowed;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => ({
    ok: true as const,
    services: await selectServices(trx, tenantId),
    people: await selectSetupPeople(trx, tenantId),
    rooms: await selectPlaces(trx, tenantId, 'rooms'),
    machines: await selectPlaces(trx, tenantId, 'machines'),
    hours: await selectSetupHours(trx, tenantId),
    exceptions: await selectSetupExceptions(
      trx,
      tenantId,
      new Date(services.clock.now().getTime() - 86_400_000).toISOString().slice(0, 10),
    ),
    policy: await selectPolicy(trx, tenantId),
  }));
}
export type WholeSetup = Extract<Awaited<ReturnType<typeof readWholeSetup>>, { ok: true }>;

/** Without an id: something new. */
const newOrKnown = { id: z.uuid().optional() };

const serviceForm = z
  .object({ ...serviceSetup.shape, ...newOrKnown, slug: z.string().optional() })
  .refine(...gapsInOrder)
  .refine(({ names }) => (names.en ?? '') !== '', {
    path: ['names', 'en'],
    message: 'Give it a name in English.',
  })
  .refine(({ kind, treatment }) => kind !== 'treatment' || treatment !== null, {
    path: ['treatment'],
    message: 'Say which treatment it is.',
  });

/** Adds a service, or changes the one with this id. A new one gets an address of its English name. */
export function changeService(services: SetupServices, actor: Actor, form: unknown): Promise<Changed> {
  return changeSetup(services, actor, serviceForm, form, 'service', async (trx, given) => {
    const { tenantId } = actor;
    const known = (await selectServices(trx, tenantId)).find(({ id }) => id === given.id);
    if (given.id !== undefined && known === undefined) return notFound;
    const id = given.id ?? randomUUID();
    const slug = known?.slug ?? freeSlug(given.names.en ?? '', await usedSlugs(trx, tenantId));
    await saveService(trx, tenantId, { ...given, id, slug });
    return { id };
  });
}

/** `Lip camouflage` is `lip-camouflage`, the second of them `lip-camouflage-2`. */
function freeSlug(name: string, used: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-$/, '');
  const first = plain === '' ? 'service' : plain;
  let slug = first;
  for (let n = 2; used.has(slug); n += 1) slug = `${first}-${n}`;
  return slug;
}

const personForm = z.object({ ...practitionerSetup.shape, ...newOrKnown });

/** Adds somebody who can be booked, or changes what they do, where and when. */
export function changePerson(services: SetupServices, actor: Actor, form: unknown): Promise<Changed> {
  return changeSetup(services, actor, personForm, form, 'practitioner', async (trx, given) => {
    const { tenantId } = actor;
    const isKnown = (await selectSetupPeople(trx, tenantId)).some(({ id }) => id === given.id);
    if (given.id !== undefined && !isKnown) return notFound;
    const id = given.id ?? randomUUID();
    await savePractitioner(trx, tenantId, { ...given, id });
    await deleteMissing(trx, tenantId, id);
    return { id };
  });
}

const placeForm = z.object({ ...placeSetup.shape, ...newOrKnown });

export function changePlace(
  services: SetupServices,
  actor: Actor,
  table: 'rooms' | 'machines',
  form: unknown,
): Promise<Changed> {
  return changeSetup(
    services,
    actor,
    placeForm,
    form,
    table === 'rooms' ? 'room' : 'machine',
    async (trx, given) => {
      const { tenantId } = actor;
      const isKnown = (await selectPlaces(trx, tenantId, table)).some(({ id }) => id === given.id);
      if (given.id !== undefined && !isKnown) return notFound;
      const id = given.id ?? randomUUID();
      await savePlace(trx, tenantId, table, { ...given, id });
      return { id };
    },
  );
}

const retireForm = z.object({ id: z.uuid() });

/** Takes something out of what can be booked. What was booked with it stands. */
export function retire(services: SetupServices, actor: Actor, kind: SetupKind, id: string): Promise<Changed> {
  return changeSetup(services, actor, retireForm, { id }, kind, async (trx, given) => {
    const done = await retireRow(trx, actor.tenantId, kind, given.id, services.clock.now());
    return done ? { id: given.id } : notFound;
  });
}

const hoursForm = z.object({ branchId: z.uuid(), week: z.array(weekSetup) });

/** Replaces the weekly hours of a branch. */
export function changeHours(services: SetupServices, actor: Actor, form: unknown): Promise<Changed> {
  return changeSetup(services, actor, hoursForm, form, 'branch', async (trx, { branchId, week }) => {
    if (!(await isBranch(trx, actor.tenantId, branchId))) return notFound;
    await saveWeek(trx, actor.tenantId, branchId, null, week);
    return { id: branchId };
  });
}

const dayForm = z.object({ ...exceptionSetup.shape, ...newOrKnown });

/**
 * Gives one day other hours, or none. @returns how many visits of that day now lie outside them: they stand until the
 * desk moves them.
 */
export async function changeDay(
  services: SetupServices,
  actor: Actor,
  form: unknown,
): Promise<{ ok: true; id: string; standing: number } | SetupRefusal> {
  let standing = 0;
  const changed = await changeSetup(
    services,
    actor,
    dayForm,
    form,
    'opening-exception',
    async (trx, given) => {
      const { tenantId } = actor;
      const branch = await isBranch(trx, tenantId, given.branchId);
      if (!branch) return notFound;
      // One entry for a day, branch and person: a new one replaces what stood there.
      const before = (await selectSetupExceptions(trx, tenantId, given.day)).find(
        (one) =>
          one.day === given.day &&
          one.branch_id === given.branchId &&
          one.practitioner_id === given.practitionerId,
      );
      const id = before?.id ?? given.id ?? randomUUID();
      await saveException(trx, tenantId, { ...given, id });
      standing = await visitsOutside(trx, tenantId, branch.zone, given);
      return { id };
    },
  );
  return changed.ok ? { ...changed, standing } : changed;
}

export function removeDay(services: SetupServices, actor: Actor, id: string): Promise<Changed> {
  return changeSetup(services, actor, retireForm, { id }, 'opening-exception', async (trx, given) =>
    (await deleteException(trx, actor.tenantId, given.id)) ? { id: given.id } : notFound,
  );
}

export function changePolicy(services: SetupServices, actor: Actor, form: unknown): Promise<Changed> {
  return changeSetup(services, actor, policySetup, form, 'booking-policy', async (trx, given) => {
    await savePolicy(trx, actor.tenantId, given);
    return { id: actor.tenantId };
  });
}

export type Changed = { readonly ok: true; readonly id: string } | SetupRefusal;

/** Role, form, transaction, audit: what every change of the set-up goes through. */
export async function changeSetup<Schema extends z.ZodType>(
  services: SetupServices,
  actor: Actor,
  schema: Schema,
  form: unknown,
  kind: string,
  write: (trx: Trx, given: z.output<Schema>) => Promise<{ id: string } | SetupRefusal>,
): Promise<Changed> {
  if (!can(actor.role, 'settings.write')) return notAllowed;
  const parsed = schema.safeParse(form);
  if (!parsed.success) {
    return { ...badForm(parsed.error), limits: limitsOf(schema, parsed.error.issues[0]?.path ?? []) };
  }
  return services.db.transaction().execute(async (trx) => {
    const done = await write(trx, parsed.data);
    if ('ok' in done) return done;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'booking.setup-changed',
      subject: { kind, id: done.id },
      change: { after: plainOf(parsed.data) },
    });
    return { ok: true as const, id: done.id };
  });
}

/** As the audit chain keeps it: nothing but JSON. */
function plainOf(value: unknown): Plain {
  return JSON.parse(JSON.stringify(value)) as Plain;
}

async function isBranch(trx: Db, tenantId: string, id: string) {
  return trx
    .selectFrom('branches')
    .select('zone')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
}

/** Visits that begin on the day and reach outside the hours it has now. */
async function visitsOutside(
  trx: Trx,
  tenantId: string,
  zoneName: string,
  day: z.output<typeof dayForm>,
): Promise<number> {
  const local = dayNumber(day.day);
  const zone = resolveZone(zoneName, (local - 3) * minutesPerDay, (local + 4) * minutesPerDay);
  const rows = await selectBookingsBetween(trx, tenantId, {
    fromMin: startOfLocalDay(zone, local),
    toMin: startOfLocalDay(zone, local + 1),
    branchId: day.branchId,
    practitionerId: day.practitionerId ?? undefined,
  });
  return rows.filter((row) => {
    if (row.kind !== 'visit' || (row.status !== 'held' && row.status !== 'confirmed')) return false;
    if (localDayOf(zone, row.start_min) !== local) return false;
    const from = row.start_min + offsetAt(zone, row.start_min) - local * minutesPerDay;
    const to = from + row.end_min - row.start_min;
    return !day.spans.some((span) => span.openMin <= from && to <= span.closeMin);
  }).length;
}

const notAllowed: SetupRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const notFound: SetupRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'This is not there any more. Load the page again.',
};

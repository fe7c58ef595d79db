/** What the owner sets up: services, people, rooms, machines, hours, exceptions, policy. Written whole, by id. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Trx } from '../platform/database.ts';
import { daySchema, languageSchema, slugSchema } from './schema.ts';
import './tables.ts';

const texts = z.partialRecord(languageSchema, z.string().trim().min(1).max(2000));
const name = z.string().trim().min(1).max(120);

type WithSeries = { readonly series: { gapMinDays: number; gapMaxDays: number } | null };
/** A rule of every form with a series, as `refine` takes it. */
export const gapsInOrder: [
  rule: (form: WithSeries) => boolean,
  fault: { path: PropertyKey[]; message: string },
] = [
  ({ series }) => series === null || series.gapMaxDays >= series.gapMinDays,
  { path: ['series', 'gapMaxDays'], message: 'The longest gap is shorter than the shortest.' },
];

/** Ten years between two visits of a series is no series. */
const gapDays = z.int().min(1).max(3650);
/** In what order they are shown. */
const position = z.int().min(-10_000).max(10_000).default(0);

export const serviceSetup = z
  .object({
    id: z.uuid(),
    slug: slugSchema,
    names: texts,
    kind: z.enum(['consultation', 'treatment', 'follow-up']),
    treatment: z.enum(['scalp', 'lip', 'vitiligo']).nullable(),
    durationMin: z.int().min(5).max(720),
    bufferBeforeMin: z.int().min(0).max(240).default(0),
    bufferAfterMin: z.int().min(0).max(240).default(0),
    stepMin: z.int().min(5).max(240).default(15),
    noticeMin: z
      .int()
      .min(0)
      .max(730 * 1440)
      .default(120),
    horizonDays: z.int().min(0).max(730).default(90),
    roomKind: name.nullable().default(null),
    machineKind: name.nullable().default(null),
    /** In the smallest coin; null: to be completed by the clinic. */
    priceMinor: z.int().min(0).nullable().default(null),
    depositMinor: z.int().min(0).nullable().default(null),
    preparation: texts.default({}),
    series: z
      .object({ visits: z.int().min(2).max(12), gapMinDays: gapDays, gapMaxDays: gapDays })
      .nullable()
      .default(null),
    online: z.boolean().default(true),
    position,
  })
  .refine(...gapsInOrder);
export type ServiceSetup = z.input<typeof serviceSetup>;

const spanSetup = z
  .object({ openMin: z.int().min(0).max(1439), closeMin: z.int().min(1).max(2880) })
  .refine((s) => s.closeMin > s.openMin, { path: ['closeMin'], message: 'Closes before it opens.' });
export const weekSetup = spanSetup.and(z.object({ weekday: z.int().min(1).max(7) }));
export type WeeklySetup = z.input<typeof weekSetup>;

export const practitionerSetup = z.object({
  id: z.uuid(),
  name,
  staffId: z.uuid().nullable().default(null),
  position,
  serviceIds: z.array(z.uuid()),
  /** Where they work, with their own weekly hours or the branch's. */
  branches: z.array(z.object({ branchId: z.uuid(), hours: z.array(weekSetup).nullable() })),
});
export type PractitionerSetup = z.input<typeof practitionerSetup>;

export const placeSetup = z.object({ id: z.uuid(), branchId: z.uuid(), name, kinds: z.array(name).min(1) });
export type PlaceSetup = z.input<typeof placeSetup>;

export const exceptionSetup = z.object({
  id: z.uuid(),
  branchId: z.uuid(),
  practitionerId: z.uuid().nullable().default(null),
  day: daySchema,
  /** Empty: closed all day, as on a holiday. */
  spans: z.array(spanSetup),
  reason: z.string().max(200).nullable().default(null),
});
export type ExceptionSetup = z.input<typeof exceptionSetup>;

export const policySetup = z.object({
  freeCancelHours: z.int().min(0).max(720),
  moveUntilHours: z.int().min(0).max(720),
  maxMoves: z.int().min(0).max(50),
  holdMinutes: z.int().min(1).max(1440),
  offerMinutes: z.int().min(5).max(2880),
  texts,
});
export type PolicySetup = z.input<typeof policySetup>;

export async function saveService(trx: Trx, tenantId: string, input: ServiceSetup): Promise<void> {
  const s = serviceSetup.parse(input);
  const values = {
    slug: s.slug,
    names: JSON.stringify(s.names),
    kind: s.kind,
    treatment: s.treatment,
    duration_min: s.durationMin,
    buffer_before_min: s.bufferBeforeMin,
    buffer_after_min: s.bufferAfterMin,
    step_min: s.stepMin,
    notice_min: s.noticeMin,
    horizon_days: s.horizonDays,
    room_kind: s.roomKind,
    machine_kind: s.machineKind,
    price_minor: s.priceMinor,
    deposit_minor: s.depositMinor,
    preparation: JSON.stringify(s.preparation),
    series_visits: s.series?.visits ?? null,
    series_gap_min_days: s.series?.gapMinDays ?? null,
    series_gap_max_days: s.series?.gapMaxDays ?? null,
    online: s.online,
    position: s.position,
    retired_at: null,
  };
  await trx
    .insertInto('services')
    .values({ tenant_id: tenantId, id: s.id, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doUpdateSet(values))
    .execute();
}

export async function savePractitioner(trx: Trx, tenantId: string, input: PractitionerSetup): Promise<void> {
  const p = practitionerSetup.parse(input);
  const values = { name: p.name, staff_id: p.staffId, position: p.position, left_at: null };
  await trx
    .insertInto('practitioners')
    .values({ tenant_id: tenantId, id: p.id, feed_hash: null, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doUpdateSet(values))
    .execute();
  for (const table of ['practitioner_services', 'practitioner_branches'] as const) {
    await trx
      .deleteFrom(table)
      .where('tenant_id', '=', tenantId)
      .where('practitioner_id', '=', p.id)
      .execute();
  }
  for (const serviceId of p.serviceIds) {
    await trx
      .insertInto('practitioner_services')
      .values({ tenant_id: tenantId, practitioner_id: p.id, service_id: serviceId })
      .execute();
  }
  for (const { branchId, hours } of p.branches) {
    await trx
      .insertInto('practitioner_branches')
      .values({ tenant_id: tenantId, practitioner_id: p.id, branch_id: branchId, own_hours: hours !== null })
      .execute();
    await saveWeek(trx, tenantId, branchId, p.id, hours ?? []);
  }
}

/** Replaces the weekly hours of a branch (practitioner null) or of one person there. */
export async function saveWeek(
  trx: Trx,
  tenantId: string,
  branchId: string,
  practitionerId: string | null,
  week: readonly WeeklySetup[],
): Promise<void> {
  await trx
    .deleteFrom('opening_hours')
    .where('tenant_id', '=', tenantId)
    .where('branch_id', '=', branchId)
    .where('practitioner_id', practitionerId === null ? 'is' : '=', practitionerId)
    .execute();
  for (const span of week) {
    const { weekday, openMin, closeMin } = weekSetup.parse(span);
    await sql`insert into opening_hours (tenant_id, id, branch_id, practitioner_id, weekday, open_min, close_min)
      values (${tenantId}, gen_random_uuid(), ${branchId}, ${practitionerId}, ${weekday}, ${openMin}, ${closeMin})`.execute(
      trx,
    );
  }
}

export async function savePlace(
  trx: Trx,
  tenantId: string,
  table: 'rooms' | 'machines',
  input: PlaceSetup,
): Promise<void> {
  const p = placeSetup.parse(input);
  const values = { branch_id: p.branchId, name: p.name, kinds: p.kinds, retired_at: null };
  await trx
    .insertInto(table)
    .values({ tenant_id: tenantId, id: p.id, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doUpdateSet(values))
    .execute();
}

export async function saveException(trx: Trx, tenantId: string, input: ExceptionSetup): Promise<void> {
  const e = exceptionSetup.parse(input);
  const values = {
    branch_id: e.branchId,
    practitioner_id: e.practitionerId,
    day: e.day,
    spans: e.spans.flatMap((s) => [s.openMin, s.closeMin]),
    reason: e.reason,
  };
  await trx
    .insertInto('opening_exceptions')
    .values({ tenant_id: tenantId, id: e.id, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doUpdateSet(values))
    .execute();
}

export async function savePolicy(trx: Trx, tenantId: string, input: PolicySetup): Promise<void> {
  const p = policySetup.parse(input);
  const values = {
    free_cancel_hours: p.freeCancelHours,
    move_until_hours: p.moveUntilHours,
    max_moves: p.maxMoves,
    hold_minutes: p.holdMinutes,
    offer_minutes: p.offerMinutes,
    texts: JSON.stringify(p.texts),
  };
  await trx
    .insertInto('booking_policies')
    .values({ tenant_id: tenantId, ...values })
    .onConflict((c) => c.column('tenant_id').doUpdateSet(values))
    .execute();
}

export interface Setup {
  services: {
    id: string;
    slug: string;
    names: Partial<Record<string, string>>;
    durationMin: number;
    online: boolean;
  }[];
  practitioners: { id: string; name: string; serviceIds: string[]; branchIds: string[] }[];
  rooms: { id: string; branchId: string; name: string; kinds: string[] }[];
  machines: { id: string; branchId: string; name: string; kinds: string[] }[];
  hours: {
    branchId: string;
    practitionerId: string | null;
    weekday: number;
    openMin: number;
    closeMin: number;
  }[];
  /** Days whose hours differ; spans are opening and closing minutes by turns, none on a closed day. */
  exceptions: { branchId: string; practitionerId: string | null; day: string; spans: number[] }[];
}

/** The whole set-up, for the desk's calendar and the owner's pages. */
export async function readSetup(db: Db, tenantId: string): Promise<Setup> {
  const answer = await sql<Setup>`select
    (select coalesce(json_agg(json_build_object('id', id, 'slug', slug, 'names', names, 'durationMin', duration_min,
      'online', online) order by position, slug), '[]')
      from services where tenant_id = ${tenantId} and retired_at is null) as services,
    (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name,
      'serviceIds', (select coalesce(json_agg(service_id), '[]') from practitioner_services s
        where s.tenant_id = p.tenant_id and s.practitioner_id = p.id),
      'branchIds', (select coalesce(json_agg(branch_id), '[]') from practitioner_branches b
        where b.tenant_id = p.tenant_id and b.practitioner_id = p.id)) order by p.position, p.name), '[]')
      from practitioners p where tenant_id = ${tenantId} and left_at is null) as practitioners,
    (select coalesce(json_agg(json_build_object('id', id, 'branchId', branch_id, 'name', name, 'kinds', kinds)
      order by name), '[]') from rooms where tenant_id = ${tenantId} and retired_at is null) as rooms,
    (select coalesce(json_agg(json_build_object('id', id, 'branchId', branch_id, 'name', name, 'kinds', kinds)
      order by name), '[]') from machines where tenant_id = ${tenantId} and retired_at is null) as machines,
    (select coalesce(json_agg(json_build_object('branchId', branch_id, 'practitionerId', practitioner_id,
      'weekday', weekday, 'openMin', open_min, 'closeMin', close_min) order by weekday, open_min), '[]')
      from opening_hours where tenant_id = ${tenantId}) as hours,
    (select coalesce(json_agg(json_build_object('branchId', branch_id, 'practitionerId', practitioner_id,
      'day', day::text, 'spans', spans) order by day), '[]')
      from opening_exceptions where tenant_id = ${tenantId}) as exceptions`.execute(db);
  return answer.rows[0] as Setup;
}

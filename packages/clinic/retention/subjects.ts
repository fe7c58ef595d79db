/** Everything that belongs to a patient, by id, as it stands at the beginning of an erasure. */
import { sql } from 'kysely';
import { recipientHash } from '../notify/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { buyerNamedFromMinor } from './schedule.ts';

export interface Subjects {
  readonly now: Date;
  /** The record and those merged into it. */
  readonly patients: readonly string[];
  readonly names: readonly string[];
  /** Lower case. */
  readonly emails: readonly string[];
  /** Last ten digits. */
  readonly phones: readonly string[];
  readonly bookings: readonly string[];
  readonly waitlist: readonly string[];
  readonly callBacks: readonly string[];
  readonly forms: readonly string[];
  readonly uploads: readonly string[];
  readonly photos: readonly string[];
  readonly plans: readonly string[];
  readonly sessions: readonly string[];
  readonly consents: readonly string[];
  readonly decisions: readonly string[];
  readonly spots: readonly string[];
  readonly checkIns: readonly string[];
  readonly cases: readonly string[];
  readonly events: readonly string[];
  readonly outcomes: readonly string[];
  readonly merges: readonly string[];
  readonly messages: readonly string[];
  readonly optOuts: readonly Buffer[];
  /** Requests of other people under the same telephone or address: left alone. */
  readonly sameContactOtherName: number;
  /** Total from which an invoice must name its buyer; null: always. */
  readonly namedFromMinor: number | null;
}

/** Digits that tell numbers apart whatever country code was typed. */
const lastDigits = (column: string) => sql`right(regexp_replace(${sql.ref(column)}, '\\D', '', 'g'), 10)`;

/**
 * @param services.keys to find opt-outs, which are kept as keyed hashes
 * @returns undefined when there is no such patient, or the record was merged into another
 */
export async function subjectsOf(
  services: Pick<Services, 'keys' | 'clock'>,
  trx: Trx,
  tenantId: string,
  patientId: string,
): Promise<Subjects | undefined> {
  const records = await sql<{
    id: string;
    name: string;
    email: string | null;
    phones: string[];
    merged_into: string | null;
  }>`
    with recursive same as (
      select id from patients where tenant_id = ${tenantId} and id = ${patientId}
      union select p.id from patients p join same s on p.merged_into = s.id where p.tenant_id = ${tenantId})
    select p.id, p.name, p.email, p.phones, p.merged_into from patients p join same using (id)
    where p.tenant_id = ${tenantId}`.execute(trx);
  const own = records.rows.find(({ id }) => id === patientId);
  if (own === undefined || own.merged_into !== null) return undefined;
  const patients = records.rows.map(({ id }) => id);
  const ids = async (query: ReturnType<typeof sql<{ id: string }>>) =>
    (await query.execute(trx)).rows.map(({ id }) => id);
  const of = (table: string, column = 'id') =>
    ids(sql<{ id: string }>`select distinct ${sql.ref(column)} as id from ${sql.table(table)}
      where tenant_id = ${tenantId} and patient_id = any(${patients}::uuid[])`);

  const linked = await sql<{ id: string; name: string | null; email: string | null; phone: string | null }>`
    select id, name, email, phone from bookings where tenant_id = ${tenantId} and (patient_id = any(${patients}::uuid[])
      or id in (select booking_id from intake_forms where tenant_id = ${tenantId} and patient_id = any(${patients}::uuid[])))`.execute(
    trx,
  );
  const texts = (values: readonly (string | null)[]) => [
    ...new Set(
      values.filter((value) => value !== null && value !== '').map((value) => (value as string).trim()),
    ),
  ];
  const names = texts([...records.rows, ...linked.rows].map(({ name }) => name)).map((name) =>
    name.toLowerCase(),
  );
  const emails = texts([...records.rows, ...linked.rows].map(({ email }) => email)).map((one) =>
    one.toLowerCase(),
  );
  const said = texts([
    ...records.rows.flatMap(({ phones }) => phones),
    ...linked.rows.map(({ phone }) => phone),
  ]);
  const phones = texts(said.map((phone) => phone.replaceAll(/\D/g, '').slice(-10))).filter(
    (one) => one.length >= 7,
  );

  // Who asked under this name and one of these addresses is the same person; another name may be the family's.
  const contact = (hasEmail: boolean) =>
    hasEmail
      ? sql`(lower(email) = any(${emails}::text[]) or ${lastDigits('phone')} = any(${phones}::text[]))`
      : sql`${lastDigits('phone')} = any(${phones}::text[])`;
  const sameName = sql`lower(trim(name)) = any(${names}::text[])`;
  const asked = async (table: 'bookings' | 'waitlist_entries' | 'call_back_requests') => {
    const rows = await sql<{
      id: string;
      same: boolean;
    }>`select id, ${sameName} as same from ${sql.table(table)}
      where tenant_id = ${tenantId} and ${contact(table !== 'call_back_requests')}
      ${table === 'bookings' ? sql`and patient_id is null` : sql``}`.execute(trx);
    return {
      same: rows.rows.filter(({ same }) => same).map(({ id }) => id),
      other: rows.rows.filter(({ same }) => !same).length,
    };
  };
  const unlinked = await asked('bookings');
  const waiting = await asked('waitlist_entries');
  const callBacks = await asked('call_back_requests');
  const bookings = [...new Set([...linked.rows.map(({ id }) => id), ...unlinked.same])];
  const everything = {
    bookings,
    waitlist: waiting.same,
    callBacks: [
      ...new Set([
        ...callBacks.same,
        ...(await ids(sql<{ id: string }>`select id from call_back_requests
          where tenant_id = ${tenantId} and booking_id = any(${bookings}::uuid[])`)),
      ]),
    ],
    forms: await ids(sql<{ id: string }>`select id from intake_forms where tenant_id = ${tenantId}
      and (patient_id = any(${patients}::uuid[]) or booking_id = any(${bookings}::uuid[]))`),
    uploads: await of('photo_uploads'),
    photos: await of('photos'),
    plans: await of('plans', 'plan_id'),
    sessions: await of('sessions'),
    consents: await of('consents'),
    decisions: await of('screening_decisions'),
    spots: await of('screening_spots'),
    checkIns: await of('check_ins'),
    cases: await of('follow_up_cases'),
    events: await of('adverse_events'),
    outcomes: await of('outcomes'),
    merges: await ids(sql<{ id: string }>`select id from patient_merges where tenant_id = ${tenantId}
      and (from_id = any(${patients}::uuid[]) or into_id = any(${patients}::uuid[]))`),
  };
  const about = [...patients, ...Object.values(everything).flat()];
  const messages = await ids(sql<{ id: string }>`
    select id from messages m where tenant_id = ${tenantId} and (subject_id = any(${about}::uuid[])
      or ((lower(recipient) = any(${emails}::text[]) or ${lastDigits('recipient')} = any(${phones}::text[])) and (
        exists (select 1 from unnest(${names}::text[]) as n where position(n in lower(m.params::text)) > 0)
        or not exists (select 1 from patients p where p.tenant_id = ${tenantId} and p.id <> all(${patients}::uuid[])
          and (lower(p.email) = lower(m.recipient)
            or position(${lastDigits('recipient')} in replace(p.phone_digits, ' ', '')) > 0 and ${lastDigits('recipient')} <> '')))))`);
  const currency = await sql<{
    currency: string;
  }>`select currency from tenants where tenant_id = ${tenantId}`.execute(trx);
  return {
    now: services.clock.now(),
    patients,
    names,
    emails,
    phones,
    ...everything,
    messages,
    optOuts: [...emails, ...said].map((contactOf) => recipientHash(services.keys, tenantId, contactOf)),
    sameContactOtherName: unlinked.other + waiting.other + callBacks.other,
    namedFromMinor: buyerNamedFromMinor[currency.rows[0]?.currency ?? ''] ?? null,
  };
}

/** Every id that a job of the queue could name. */
export function idsOf(subjects: Subjects): readonly string[] {
  return [
    ...subjects.patients,
    ...subjects.bookings,
    ...subjects.waitlist,
    ...subjects.callBacks,
    ...subjects.forms,
    ...subjects.uploads,
    ...subjects.photos,
    ...subjects.plans,
    ...subjects.sessions,
    ...subjects.consents,
    ...subjects.decisions,
    ...subjects.spots,
    ...subjects.checkIns,
    ...subjects.cases,
    ...subjects.events,
    ...subjects.outcomes,
    ...subjects.merges,
    ...subjects.messages,
  ];
}

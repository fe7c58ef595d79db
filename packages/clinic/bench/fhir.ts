// Searches of the FHIR API at 200 000 patients, beside the plainest SQL that finds the same rows.
import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { makeTestClinic } from '../booking/testing/clinic.ts';
import { readResource, searchResources } from '../fhir/commands.ts';
import { standingClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { asTenant, type Db } from '../platform/database.ts';
import { seededChance } from '../sample/simulated-people.ts';
import type { Actor } from '../staff/schema.ts';
import { withDatabase } from './record.ts';

export const name = 'fhir';
export const describe = 'FHIR searches at 200 000 patients, against plain SQL';

const now = '2026-03-01T18:30:00Z';

export async function run(args: readonly string[]): Promise<void> {
  const patients = Number(args[0] ?? 200_000);
  const repeats = Number(args[1] ?? 60);
  await withDatabase(async (db) => {
    const clinic = await makeTestClinic(db);
    const { tenantId } = clinic;
    await fill(db, clinic, patients);
    const services = { db, clock: standingClock(now), config: readConfig({ UNDERTONE_HOME: '/nowhere' }) };
    const member: Actor = {
      tenantId,
      staffId: randomUUID(),
      role: 'owner',
      name: '',
      sessionId: randomUUID(),
    };
    const { rows } = await sql<{
      id: string;
    }>`select id from patients order by md5(id::text) limit 200`.execute(db);
    const chance = seededChance(3);
    const anyone = () => rows[Math.floor(chance.uniform() * rows.length)]?.id ?? '';
    const search = (type: string, query: string) => async () => {
      const found = await searchResources(services, member, type, new URLSearchParams(query));
      if (!found.ok) throw new Error(found.message);
    };
    const plain = (statement: RawBuilder<unknown>) => async () => {
      await asTenant(db, tenantId, (trx) => statement.execute(trx));
    };
    const of = sql`tenant_id = ${tenantId}`;
    const asked: readonly (readonly [
      string,
      (id: string) => () => Promise<void>,
      (id: string) => () => Promise<void>,
    ])[] = [
      [
        'Patient/{id}',
        (id) => async () => {
          await readResource(services, member, 'Patient', id);
        },
        (id) => plain(sql`select * from patients where ${of} and id = ${id}`),
      ],
      [
        'Patient?identifier=',
        (id) => search('Patient', `identifier=${id}`),
        (id) => plain(sql`select * from patients where ${of} and id = ${id}`),
      ],
      [
        'Patient, a page of 50 somewhere',
        (id) => search('Patient', `_after=${id}`),
        (id) => plain(sql`select * from patients where ${of} and id > ${id} order by id limit 51`),
      ],
      [
        'Patient?_lastUpdated=, the last 1 in 1000',
        () => search('Patient', '_lastUpdated=ge2026-02-28&_count=500'),
        () =>
          plain(sql`select * from patients where ${of} and coalesce(changed_at, created_at) >= '2026-02-28'
          order by id limit 501`),
      ],
      [
        'Patient?_lastUpdated=, a page of 50 of them',
        () => search('Patient', '_lastUpdated=ge2026-02-28'),
        () =>
          plain(sql`select * from patients where ${of} and coalesce(changed_at, created_at) >= '2026-02-28'
          order by id limit 51`),
      ],
      [
        'Patient?_summary=count',
        () => search('Patient', '_summary=count'),
        () => plain(sql`select count(*) from patients where ${of}`),
      ],
      [
        'Appointment?patient=',
        (id) => search('Appointment', `patient=${id}`),
        (id) => plain(sql`select * from bookings where ${of} and patient_id = ${id}`),
      ],
      [
        'Appointment?date=, one day',
        () => search('Appointment', 'date=2026-02-10'),
        () =>
          plain(sql`select * from bookings where ${of} and starts_at >= '2026-02-10' and starts_at < '2026-02-11'
          order by id limit 51`),
      ],
      [
        'Appointment?patient=&_include=Appointment:patient',
        (id) => search('Appointment', `patient=${id}&_include=Appointment:patient`),
        (id) =>
          plain(sql`select * from bookings b join patients p using (tenant_id) where b.${of} and p.id = b.patient_id
          and b.patient_id = ${id}`),
      ],
      [
        'Patient?_revinclude=Condition:patient, 50 people',
        (id) => search('Patient', `_after=${id}&_revinclude=Condition:patient`),
        (id) =>
          plain(sql`select * from (select * from patients where ${of} and id > ${id} order by id limit 51) p
          left join health_entries h on h.tenant_id = p.tenant_id and h.patient_id = p.id`),
      ],
      [
        'Observation?patient=',
        (id) => search('Observation', `patient=${id}`),
        (id) => plain(sql`select weight_kg, fitzpatrick, monk from patients where ${of} and id = ${id}`),
      ],
      [
        'AuditEvent?patient=',
        (id) => search('AuditEvent', `patient=${id}`),
        (id) =>
          plain(
            sql`select entry from audit_entries where ${of} and subject_kind = 'patient' and subject_id = ${id}`,
          ),
      ],
      [
        'AuditEvent?date=, the newest day',
        () => search('AuditEvent', 'date=ge2026-02-28'),
        () =>
          plain(
            sql`select entry from audit_entries where ${of} and at >= '2026-02-28' order by seq desc limit 51`,
          ),
      ],
    ];
    console.log(
      'milliseconds                                          FHIR p50     p95    SQL p50     p95   ratio of p50',
    );
    for (const [what, fhir, peer] of asked) {
      const ids = Array.from({ length: repeats }, anyone);
      const times: [number[], number[]] = [[], []];
      for (const [i, make] of [fhir, peer].entries()) {
        for (const id of ids.slice(0, 5)) await make(id)();
        for (const id of ids) {
          const at = performance.now();
          await make(id)();
          times[i]?.push(performance.now() - at);
        }
      }
      const [ours, theirs] = times;
      const ratio = at(ours, 0.5) / at(theirs, 0.5);
      console.log(
        `${what.padEnd(52)}${ms(at(ours, 0.5), 10)}${ms(at(ours, 0.95))}${ms(at(theirs, 0.5), 11)}${ms(at(theirs, 0.95))}${ratio.toFixed(1).padStart(15)}`,
      );
    }
  });
}

/** For each patient two visits, a history entry, weight and skin type, and two entries of the log. */
async function fill(
  db: Db,
  { tenantId, branchId, serviceId, staffIds }: Awaited<ReturnType<typeof makeTestClinic>>,
  patients: number,
): Promise<void> {
  await sql`insert into patients (tenant_id, id, name, language, synthetic, created_at, weight_kg, weighed_on, fitzpatrick)
    select ${tenantId}, gen_random_uuid(), 'Sample patient ' || n, 'en', true,
      ${now}::timestamptz - n * interval '1 day' * 1000 / ${patients}::int, 60, '2026-01-01', 1 + n % 6
    from generate_series(1, ${patients}::int) n`.execute(db);
  await sql`insert into bookings (tenant_id, id, kind, status, branch_id, service_id, practitioner_id, patient_id, person_key, start_min, end_min,
      occupied_from_min, occupied_to_min, name, source, created_at, changed_at)
    select ${tenantId}, gen_random_uuid(), 'visit', 'no-show', ${branchId}, ${serviceId}, ${staffIds[0]}, p.id, p.id || ' ' || k, t, t + 30, t, t + 30,
      p.name, 'desk', ${now}, ${now}
    from (select *, row_number() over (order by id) as n from patients) p, generate_series(0, 1) k,
      lateral (select 29000000 + ((p.n * 7 + k * 131071) % 530000) as t) at`.execute(db);
  await sql`insert into health_entries (tenant_id, id, patient_id, kind, flag, note, source, noted_at)
    select tenant_id, gen_random_uuid(), id, 'history', 'keloid', '', 'desk', ${now} from patients`.execute(
    db,
  );
  await sql`insert into audit_entries (tenant_id, seq, entry, hash)
    select tenant_id, n, jsonb_build_object('at', to_char(${now}::timestamptz - (2 * ${patients}::int - n) * interval '1 minute',
        'YYYY-MM-DD"T"HH24:MI:SS".000Z"'), 'actor', '{"kind":"system","id":null}'::jsonb, 'action', 'patient.read',
        'subject', jsonb_build_object('kind', 'patient', 'id', id))::text, sha256(id::text::bytea)
    from (select tenant_id, id, row_number() over () as n from (select * from patients union all select * from patients) p) q`.execute(
    db,
  );
  await sql`insert into audit_heads (tenant_id, seq, hash) values (${tenantId}, ${2 * patients}, sha256('x'))
    on conflict (tenant_id) do update set seq = excluded.seq`.execute(db);
  await sql`vacuum analyze`.execute(db);
}

function at(times: readonly number[], quantile: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(quantile * (times.length - 1))] ?? Number.NaN;
}

function ms(value: number, width = 8): string {
  return value.toFixed(2).padStart(width);
}

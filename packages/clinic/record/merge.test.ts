import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testServices } from '../platform/testing/database.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import { changePatient, findPatients, getPatient, openRecord } from './commands.ts';
import { noteHealth, setContactConsent } from './health.ts';
import { mergePatients, undoMerge } from './merge.ts';
import { tablesOfPatients } from './merge-store.ts';
import type { PatientForm } from './schema.ts';
import { testPatient } from './testing/patient.ts';

const services = await testServices();

const actorAs = (role: Role) => testActor(services, role);

const made = (actor: Actor, name: string, more: Partial<PatientForm> = {}) =>
  testPatient(services, actor, { ...more, name });

/** All rows of a clinic that belong to patients, and the patients, as text. Counters of changes are left out. */
async function everything(tenantId: string): Promise<readonly string[]> {
  const tables = await services.db.transaction().execute(tablesOfPatients);
  const rows: string[] = [];
  for (const name of ['patients', 'patient_words', ...tables.map((table) => table.name)]) {
    const found = await sql<{ row: string }>`select (to_jsonb(t) - 'version' - 'changed_at')::text as row
      from ${sql.table(name)} t where tenant_id = ${tenantId} order by 1`.execute(services.db);
    rows.push(...found.rows.map(({ row }) => `${name} ${row}`));
  }
  return rows;
}

/** One patient with something of every kind this subject keeps, and a visit. */
async function furnished(actor: Actor, name: string, more: Partial<PatientForm> = {}) {
  const patient = await made(actor, name, more);
  await noteHealth(services, actor, patient.id, { kind: 'history', note: `Note of ${name}` });
  await setContactConsent(services, actor, patient.id, { channel: 'sms', purpose: 'aftercare', given: true });
  await setContactConsent(services, actor, patient.id, {
    channel: 'email',
    purpose: 'news',
    given: name.endsWith('1'),
  });
  return patient;
}

describe('merging two records', () => {
  it('brings what hangs on them together, and undoing it restores every row', async () => {
    const actor = await actorAs('desk');
    const into = await furnished(actor, 'Sample patient 100', { phones: ['98000 00100'], sex: 'female' });
    const from = await furnished(actor, 'Sample patient 101', {
      phones: ['98000 00101'],
      sex: 'male',
      birthDate: '1990-05-21',
    });
    const before = await everything(actor.tenantId);
    const merged = await mergePatients(services, actor, { fromId: from.id, intoId: into.id });
    expect(merged).toMatchObject({
      ok: true,
      moved: { health_entries: 1, contact_consents: 1 },
      // Both had agreed to the same: the second stays, one stands.
      stayed: { contact_consents: 1 },
    });
    expect(await openRecord(services, actor, into.id)).toMatchObject({
      record: {
        patient: {
          sex: 'female',
          birthDate: '1990-05-21',
          birthDateExact: true,
          phones: ['+919800000100', '+919800000101'],
        },
        health: [{ note: expect.any(String) as string }, { note: expect.any(String) as string }],
        merged: [{ id: from.id }],
      },
    });
    if (!merged.ok) return;
    expect(await undoMerge(services, actor, merged.mergeId)).toEqual({ ok: true, patientId: from.id });
    expect(await everything(actor.tenantId)).toEqual(before);
    expect(await undoMerge(services, actor, merged.mergeId)).toMatchObject({ reason: 'not-merged' });
  });

  it('is found under either name, once, and the merged record is no longer changed', async () => {
    const actor = await actorAs('desk');
    const into = await made(actor, 'Rita Gurung');
    const from = await made(actor, 'Reeta Tamang');
    await mergePatients(services, actor, { fromId: from.id, intoId: into.id });
    for (const text of ['tamang', 'gurung', 'rita'])
      expect(await findPatients(services, actor, text)).toMatchObject({ patients: [{ id: into.id }] });
    expect(await changePatient(services, actor, from.id, { version: 2, email: null })).toMatchObject({
      reason: 'merged',
    });
    expect(await getPatient(services, actor, from.id)).toMatchObject({ patient: { mergedInto: into.id } });
  });

  it('follows merges of merges, and undoes the last one first', async () => {
    const actor = await actorAs('desk');
    const [a, b, c] = [
      await made(actor, 'Asha One'),
      await made(actor, 'Bina Two'),
      await made(actor, 'Champa Three'),
    ];
    const before = await everything(actor.tenantId);
    const first = await mergePatients(services, actor, { fromId: a.id, intoId: b.id });
    const second = await mergePatients(services, actor, { fromId: b.id, intoId: c.id });
    expect(await findPatients(services, actor, 'asha')).toMatchObject({ patients: [{ id: c.id }] });
    if (!first.ok || !second.ok) throw new Error('not merged');
    expect(await undoMerge(services, actor, first.mergeId)).toMatchObject({ reason: 'merged' });
    await undoMerge(services, actor, second.mergeId);
    await undoMerge(services, actor, first.mergeId);
    expect(await everything(actor.tenantId)).toEqual(before);
  });

  it('leaves what was corrected or written since where it is', async () => {
    const actor = await actorAs('desk');
    const into = await made(actor, 'Sample patient 110');
    const from = await made(actor, 'Sample patient 111', { birthDate: '1990-05-21', email: 'a@example.org' });
    const merged = await mergePatients(services, actor, { fromId: from.id, intoId: into.id });
    if (!merged.ok) throw new Error(merged.message);
    await changePatient(services, actor, into.id, { version: into.version + 1, email: 'b@example.org' });
    await noteHealth(services, actor, into.id, { kind: 'history', note: 'Written since' });
    await undoMerge(services, actor, merged.mergeId);
    expect(await openRecord(services, actor, into.id)).toMatchObject({
      record: { patient: { email: 'b@example.org', birthDate: null }, health: [{ note: 'Written since' }] },
    });
  });

  it('is refused with itself, with a stranger, and to those who may only look', async () => {
    const actor = await actorAs('desk');
    const { id } = await made(actor, 'Sample patient 120');
    const stranger = await made(await actorAs('desk'), 'Sample patient 121');
    expect(await mergePatients(services, actor, { fromId: id, intoId: id })).toMatchObject({
      reason: 'same-record',
    });
    expect(await mergePatients(services, actor, { fromId: stranger.id, intoId: id })).toMatchObject({
      reason: 'not-found',
    });
    const auditor = { ...actor, role: 'auditor' as const };
    expect(await mergePatients(services, auditor, { fromId: id, intoId: randomUUID() })).toMatchObject({
      reason: 'not-allowed',
    });
  });

  it('leaves sealed rows and rows known by their patient with the record they were made for', async () => {
    const actor = await actorAs('desk');
    await sql`create table sealed_papers (tenant_id uuid, id uuid, patient_id uuid, primary key (tenant_id, id))`.execute(
      services.db,
    );
    await sql`create table by_patient (tenant_id uuid, patient_id uuid, primary key (tenant_id, patient_id))`.execute(
      services.db,
    );
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'sealed'; end $$`.execute(
      services.db,
    );
    await sql`create trigger refuse before update on sealed_papers for each row execute function refuse()`.execute(
      services.db,
    );
    const into = await made(actor, 'Sample patient 130');
    const from = await made(actor, 'Sample patient 131');
    await sql`insert into sealed_papers values (${actor.tenantId}, ${randomUUID()}, ${from.id})`.execute(
      services.db,
    );
    await sql`insert into by_patient values (${actor.tenantId}, ${from.id})`.execute(services.db);
    const before = await everything(actor.tenantId);
    const merged = await mergePatients(services, actor, { fromId: from.id, intoId: into.id });
    expect(merged).toMatchObject({ ok: true, moved: {}, stayed: { sealed_papers: 1, by_patient: 1 } });
    if (merged.ok) await undoMerge(services, actor, merged.mergeId);
    expect(await everything(actor.tenantId)).toEqual(before);
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { createPatient, findPatients, getPatient } from './commands.ts';

const services = await testServices();

async function actorAs(role: Role, tenantId?: string): Promise<Actor> {
  const id = tenantId ?? (await testTenant(services.db));
  return { tenantId: id, staffId: randomUUID(), role, name: 'Test', sessionId: randomUUID() };
}

async function made(actor: Actor, name: string) {
  const answer = await createPatient(services, actor, { name, language: 'en', synthetic: true });
  if (!answer.ok) throw new Error(answer.message);
  return answer.patient;
}

describe('a patient', () => {
  it('is found again as written, and each reading is in the audit chain', async () => {
    const actor = await actorAs('physician');
    const patient = await made(actor, 'Sample patient 014');
    expect(await getPatient(services, actor, patient.id)).toEqual({ ok: true, patient });
    const entries = await listAudit(services, actor.tenantId);
    expect(entries.map((row) => [row.entry?.action, row.entry?.subject.id])).toEqual([
      ['patient.read', patient.id],
      ['patient.created', patient.id],
    ]);
    expect(JSON.stringify(entries)).not.toContain('014');
  });

  it('of another clinic does not exist', async () => {
    const patient = await made(await actorAs('owner'), 'Sample patient 001');
    const stranger = await actorAs('owner');
    expect(await getPatient(services, stranger, patient.id)).toMatchObject({ reason: 'not-found' });
    expect(await findPatients(services, stranger, '')).toEqual({ ok: true, patients: [] });
  });

  it('is not shown to an auditor, nor written by one', async () => {
    const owner = await actorAs('owner');
    const patient = await made(owner, 'Sample patient 002');
    const auditor = await actorAs('auditor', owner.tenantId);
    expect(await getPatient(services, auditor, patient.id)).toMatchObject({ reason: 'not-allowed' });
    expect(await findPatients(services, auditor, 'sample')).toMatchObject({ reason: 'not-allowed' });
    expect(await createPatient(services, auditor, { name: 'X', language: 'en' })).toMatchObject({
      reason: 'not-allowed',
    });
  });

  it.each(['', '   ', 'x'.repeat(201)])('needs a usable name, not "%s"', async (name) => {
    const actor = await actorAs('desk');
    expect(await createPatient(services, actor, { name, language: 'en' })).toMatchObject({
      reason: 'bad-form',
      field: 'name',
    });
  });

  it.each(['', 'not-an-id', "' or 1=1 --"])('is not found under "%s"', async (id) => {
    expect(await getPatient(services, await actorAs('desk'), id)).toMatchObject({ reason: 'not-found' });
  });
});

describe('finding', () => {
  it('takes words in any order, without accents, and signs as they are', async () => {
    const actor = await actorAs('desk');
    for (const name of ['Zoë Lama', 'Rita Gurung', '50% Off_Course', 'রিতা গুরুং']) await made(actor, name);
    const names = async (text: string) => {
      const answer = await findPatients(services, actor, text);
      return answer.ok ? answer.patients.map((patient) => patient.name) : [];
    };
    expect(await names('lama zoe')).toEqual(['Zoë Lama']);
    expect(await names('GUR')).toEqual(['Rita Gurung']);
    expect(await names('গুরুং')).toEqual(['রিতা গুরুং']);
    expect(await names('0% off_')).toEqual(['50% Off_Course']);
    expect(await names('%')).toEqual(['50% Off_Course']);
    expect(await names('lama rita')).toEqual([]);
    expect(await names('')).toHaveLength(4);
  });
});

import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { testServices } from '../platform/testing/database.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import {
  changePatient,
  createPatient,
  findPatients,
  getPatient,
  indexAllNames,
  likePatients,
  openRecord,
  patientFacts,
} from './commands.ts';
import { endHealth, noteHealth, setContactConsent } from './health.ts';
import type { PatientForm } from './schema.ts';
import { givenNames } from './testing/given-names.ts';
import { testPatient } from './testing/patient.ts';

const services = await testServices();

const actorAs = (role: Role, tenantId?: string) => testActor(services, role, tenantId);

const made = (actor: Actor, name: string, more: Partial<PatientForm> = {}) =>
  testPatient(services, actor, { ...more, name });

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
    expect(JSON.stringify(entries)).not.toContain('Sample patient');
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

describe('details of a patient', () => {
  it('are kept: numbers in one form, an age as the latest birth date that fits it', async () => {
    const actor = await actorAs('desk');
    const patient = await made(actor, 'Sample patient 020', {
      phones: ['098000 00014', '+91 98000-00014', '९८००० ०००१५'],
      ageYears: 17,
      sex: 'female',
      guardian: { name: 'Sample guardian', relation: 'mother', phone: '98000 00016' },
      weightKg: 54.5,
    });
    expect(patient).toMatchObject({
      phones: ['+919800000014', '+919800000015'],
      birthDate: '2009-03-02',
      birthDateExact: false,
      guardian: { name: 'Sample guardian', relation: 'mother', phone: '+919800000016' },
      weightKg: 54.5,
      weighedOn: '2026-03-02',
    });
    const facts = await services.db
      .transaction()
      .execute((trx) => patientFacts(services, trx, actor.tenantId, patient.id));
    expect(facts?.age).toEqual({ years: 17, isExact: false });
  });

  it.each([
    [{ phones: ['98000 00014', '12'] }, 'bad-phone', 'phones.1'],
    [{ birthDate: '2031-01-01' }, 'born-in-future', 'birthDate'],
    [{ birthDate: '1990-02-30' }, 'bad-form', 'birthDate'],
    [{ email: 'nobody' }, 'bad-form', 'email'],
    [{ ageYears: 130 }, 'bad-form', 'ageYears'],
    [{ fitzpatrick: 7 }, 'bad-form', 'fitzpatrick'],
  ] as const)('that cannot be are refused at their field: %j', async (more, reason, field) => {
    const form = { name: 'Sample patient 021', language: 'en' as const, ...more };
    expect(
      await createPatient(services, await actorAs('desk'), form as unknown as PatientForm),
    ).toMatchObject({ ok: false, reason, field });
  });

  it('change one by one, and never over what somebody else has changed meanwhile', async () => {
    const actor = await actorAs('assistant');
    const { id, version } = await made(actor, 'Sample patient 022', { email: 'a@example.org' });
    expect(await changePatient(services, actor, id, { version, name: 'Sample patient 023' })).toMatchObject({
      ok: true,
      patient: { name: 'Sample patient 023', email: 'a@example.org', version: version + 1 },
    });
    expect(await changePatient(services, actor, id, { version, email: null })).toMatchObject({
      reason: 'changed-meanwhile',
    });
    expect(await findPatients(services, actor, '023')).toMatchObject({ patients: [{ id }] });
    expect(await findPatients(services, actor, '022')).toMatchObject({ patients: [] });
  });
});

describe('what is noted about health', () => {
  it('holds until it is ended, and is never deleted', async () => {
    const actor = await actorAs('physician');
    const { id } = await made(actor, 'Sample patient 030');
    const noted = await noteHealth(services, actor, id, {
      kind: 'allergy',
      flag: 'amide-anaesthetic-allergy',
    });
    await noteHealth(services, actor, id, { kind: 'medicine', note: 'Sample medicine, daily' });
    const flags = async () =>
      (await services.db.transaction().execute((trx) => patientFacts(services, trx, actor.tenantId, id)))
        ?.flags;
    expect(await flags()).toEqual(new Set(['amide-anaesthetic-allergy']));
    if (!noted.ok) throw new Error(noted.message);
    expect(await endHealth(services, actor, id, noted.id)).toEqual({ ok: true });
    expect(await endHealth(services, actor, id, noted.id)).toMatchObject({ reason: 'not-found' });
    expect(await flags()).toEqual(new Set());
    const opened = await openRecord(services, actor, id);
    expect(opened).toMatchObject({
      record: {
        health: [
          { kind: 'medicine', endedAt: null },
          { kind: 'allergy', endedAt: services.clock.now() },
        ],
      },
    });
    expect(JSON.stringify(await listAudit(services, actor.tenantId))).not.toContain('Sample medicine');
  });

  it('needs a word or a code', async () => {
    const actor = await actorAs('desk');
    const { id } = await made(actor, 'Sample patient 031');
    expect(await noteHealth(services, actor, id, { kind: 'history', note: ' ' })).toMatchObject({
      reason: 'bad-form',
      field: 'note',
    });
  });
});

it('a consent to be contacted is given, withdrawn and given again, each with its time', async () => {
  const actor = await actorAs('desk');
  const { id } = await made(actor, 'Sample patient 032');
  const consent = { channel: 'whatsapp', purpose: 'aftercare' } as const;
  for (const given of [true, true, false, true])
    await setContactConsent(services, actor, id, { ...consent, given });
  const opened = await openRecord(services, actor, id);
  expect(opened).toMatchObject({
    record: {
      consents: expect.arrayContaining([expect.objectContaining({ ...consent, withdrawnAt: null })]),
    },
  });
  expect(opened.ok && opened.record.consents).toHaveLength(2);
});

describe('finding', () => {
  async function clinicOf(...names: string[]) {
    const actor = await actorAs('desk');
    for (const name of names) await made(actor, name);
    return async (text: string) => {
      const answer = await findPatients(services, actor, text);
      return answer.ok ? answer.patients.map((patient) => patient.name) : [];
    };
  }

  it('takes beginnings of words in any order, without accents, and signs as they are', async () => {
    const find = await clinicOf('Zoë Lama', 'Rita Gurung', '50% Off_Course', 'Ten Bottles');
    expect(await find('lama zoe')).toEqual(['Zoë Lama']);
    expect(await find('GUR')).toEqual(['Rita Gurung']);
    expect(await find('gur rit')).toEqual(['Rita Gurung']);
    expect(await find('50% off_')).toEqual(['50% Off_Course']);
    expect(await find('%')).toEqual([]);
    expect(await find('lama rita')).toEqual([]);
    expect(await find('')).toHaveLength(4);
  });

  it.each(givenNames.map((spellings) => [spellings] as const))(
    'crosses scripts and spellings: %s',
    async (spellings) => {
      const actor = await actorAs('desk');
      const [devanagari, bengali, latin = ''] = spellings;
      for (const name of [devanagari, bengali, latin]) await made(actor, name);
      for (const asked of spellings) {
        const answer = await findPatients(services, actor, asked);
        expect(answer.ok && answer.patients.map(({ name }) => name).toSorted()).toEqual(
          [devanagari, bengali, latin].toSorted(),
        );
      }
    },
  );

  it('forgives a misspelling, after those who are written so', async () => {
    const find = await clinicOf('Sharmila Gurung', 'मोहन शर्मा', 'Rajendra Pradhan');
    expect(await find('Gurnug')).toEqual(['Sharmila Gurung']);
    expect(await find('Rajedra')).toEqual(['Rajendra Pradhan']);
    expect(await find('Pradan Rajendr')).toEqual(['Rajendra Pradhan']);
    expect((await find('sharm'))[0]).toBe('Sharmila Gurung');
    expect(await find('sharma')).toContain('मोहन शर्मा');
  });

  it('finds words in any order, and short names with two letters turned round or one too many', async () => {
    const find = await clinicOf('Priya Sharma', 'অনুপ রায়', 'Amit');
    expect(await find('Sharma Priya')).toEqual(['Priya Sharma']);
    expect(await find('Sharam Pryia')).toEqual(['Priya Sharma']);
    expect(await find('Aunp')).toEqual(['অনুপ রায়']);
    expect(await find('Aimt')).toEqual(['Amit']);
    expect(await find('Amuit')).toEqual(['Amit']);
  });

  it('knows telephone numbers by any three digits that follow each other, in any script', async () => {
    const actor = await actorAs('desk');
    await made(actor, 'Sample patient 040', { phones: ['98000 12345'] });
    await made(actor, 'Sample patient 041', { phones: ['98000 67890'] });
    const names = async (text: string) => {
      const answer = await findPatients(services, actor, text);
      return answer.ok ? answer.patients.map(({ name }) => name) : [];
    };
    for (const text of ['345', '098000 12345', '+91 98000 12345', '১২৩৪৫', '0012345'])
      expect(await names(text)).toEqual(['Sample patient 040']);
    expect(await names('98000')).toHaveLength(2);
  });

  it('finds people whose names were written past this subject, once the hourly job has run', async () => {
    const actor = await actorAs('desk');
    const { id } = await made(actor, 'Sample patient 050');
    await services.db.deleteFrom('patient_words').where('patient_id', '=', id).execute();
    await services.db.updateTable('patients').set({ name_key_version: 0 }).where('id', '=', id).execute();
    expect(await findPatients(services, actor, '050')).toMatchObject({ patients: [] });
    expect(
      await services.db
        .selectFrom('name_words')
        .select('word')
        .where('tenant_id', '=', actor.tenantId)
        .execute(),
    ).toEqual([]);
    expect(await indexAllNames(services)).toBe(1);
    expect(await findPatients(services, actor, '050')).toMatchObject({ patients: [{ id }] });
  });
});

describe('before a second record is made', () => {
  it('somebody like that is named, with what they have in common', async () => {
    const actor = await actorAs('desk');
    const { id } = await made(actor, 'रीता गुरुङ', { phones: ['98000 00070'], birthDate: '1990-05-21' });
    const like = async (form: Partial<PatientForm> & { name: string }) => {
      const answer = await likePatients(services, actor, { language: 'en', ...form });
      return answer.ok ? answer.alike.map((one) => [one.patient.id, ...one.by]) : answer.reason;
    };
    expect(await like({ name: 'Reeta Gurung', phones: ['9800000070'] })).toEqual([[id, 'phone', 'name']]);
    expect(await like({ name: 'Rita Gurung', birthDate: '1990-05-21' })).toEqual([
      [id, 'birth-date', 'name'],
    ]);
    expect(await like({ name: 'Rita Gurung', birthDate: '1984-01-02' })).toEqual([]);
    expect(await like({ name: 'Rita Gurung', birthDate: '1984-01-02', phones: ['9800000070'] })).toEqual([
      [id, 'phone', 'name'],
    ]);
    expect(await like({ name: 'Mohan Das', phones: ['9800000070'] })).toEqual([]);
    expect(await like({ name: 'Rita Tamang' })).toEqual([]);
  });
});

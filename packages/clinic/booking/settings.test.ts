import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { testServices } from '../platform/testing/database.ts';
import type { Role } from '../staff/schema.ts';
import { bookAtDesk } from './desk.ts';
import { findAvailability } from './queries.ts';
import {
  changeDay,
  changeHours,
  changePerson,
  changePlace,
  changePolicy,
  changeService,
  readWholeSetup,
  removeDay,
  retire,
} from './settings.ts';
import { makeTestClinic, type TestClinic } from './testing/clinic.ts';

// The clock stands at 10:00 on Monday, 2 March 2026, in Siliguri.
const services = await testServices();
const { db } = services;

function member(clinic: TestClinic, role: Role = 'owner') {
  return {
    tenantId: clinic.tenantId,
    staffId: randomUUID(),
    role,
    name: 'Sample owner',
    sessionId: randomUUID(),
  };
}

const treatment = {
  names: { en: 'Lip camouflage' },
  kind: 'treatment',
  treatment: 'lip',
  durationMin: 60,
  noticeMin: 0,
};

async function timesOf(clinic: TestClinic, service: string, day = '2026-03-03'): Promise<string[]> {
  const found = await findAvailability(services, clinic.tenantId, { service, from: day, to: day });
  return found.ok ? found.slots.map(({ start }) => start.slice(11, 16)) : [found.reason];
}

describe('a service made in the set-up', () => {
  it('is bookable once somebody does it, at an address of its name, and gone when it is retired', async () => {
    const clinic = await makeTestClinic(db);
    const owner = member(clinic);
    const made = await changeService(services, owner, treatment);
    const id = made.ok ? made.id : '';
    expect(await timesOf(clinic, 'lip-camouflage')).toEqual([]);
    const branches = [{ branchId: clinic.branchId, hours: null }];
    expect(
      await changePerson(services, owner, { name: 'Sample doctor', serviceIds: [id], branches }),
    ).toMatchObject({ ok: true });
    expect((await timesOf(clinic, 'lip-camouflage')).length).toBeGreaterThan(3);
    expect(await retire(services, owner, 'service', id)).toEqual({ ok: true, id });
    expect(await timesOf(clinic, 'lip-camouflage')).toEqual(['service-unknown']);
    expect(await retire(services, owner, 'service', id)).toMatchObject({ reason: 'not-found' });
  });

  it('keeps its address when its name changes, and a second of the name gets another', async () => {
    const clinic = await makeTestClinic(db);
    const owner = member(clinic);
    const first = await changeService(services, owner, treatment);
    await changeService(services, owner, treatment);
    await changeService(services, owner, {
      ...treatment,
      id: first.ok ? first.id : '',
      names: { en: 'Lips' },
    });
    const setup = await readWholeSetup(services, owner);
    const slugs = setup.ok ? setup.services.map(({ slug }) => slug).sort() : [];
    expect(slugs).toEqual(['lip-camouflage', 'lip-camouflage-2', 'visit']);
  });

  it('is refused at its field', async () => {
    const owner = member(await makeTestClinic(db));
    const faultOf = async (form: object) => {
      const answer = await changeService(services, owner, { ...treatment, ...form });
      return answer.ok ? undefined : answer.field;
    };
    expect(await faultOf({ names: { hi: 'होंठ' } })).toBe('names.en');
    expect(await faultOf({ treatment: null })).toBe('treatment');
    expect(await faultOf({ durationMin: 3 })).toBe('durationMin');
    expect(await faultOf({ series: { visits: 3, gapMinDays: 20, gapMaxDays: 10 } })).toBe(
      'series.gapMaxDays',
    );
    expect(await faultOf({ series: { visits: 3, gapMinDays: 10, gapMaxDays: 20 } })).toBeUndefined();
    // A telephone number typed into the wrong field.
    const far = 9_876_543_210;
    for (const field of ['durationMin', 'bufferAfterMin', 'stepMin', 'noticeMin', 'horizonDays', 'position'])
      expect(await faultOf({ [field]: far })).toBe(field);
    expect(await faultOf({ series: { visits: 3, gapMinDays: 10, gapMaxDays: far } })).toBe(
      'series.gapMaxDays',
    );
  });
});

describe('hours', () => {
  it('of a branch are offered as they are set', async () => {
    const clinic = await makeTestClinic(db);
    const owner = member(clinic);
    const week = [{ weekday: 2, openMin: 600, closeMin: 660 }];
    expect(await changeHours(services, owner, { branchId: clinic.branchId, week })).toMatchObject({
      ok: true,
    });
    // 3 March is a Tuesday, 4 March is not.
    expect(await timesOf(clinic, 'visit')).toEqual(['10:00', '10:15', '10:30']);
    expect(await timesOf(clinic, 'visit', '2026-03-04')).toEqual([]);
  });

  it('of one day replace the week, say how many visits stand outside them, and go away again', async () => {
    const clinic = await makeTestClinic(db);
    const owner = member(clinic);
    const usual = await timesOf(clinic, 'visit');
    await bookAtDesk(
      services,
      clinic.tenantId,
      { kind: 'staff', id: owner.staffId, role: 'desk' },
      {
        service: 'visit',
        startMinute: Date.parse('2026-03-03T12:00:00+05:30') / 60_000,
        person: { name: 'Sample patient 014', email: null, phone: null, language: 'en', patientId: null },
      },
    );
    const day = { branchId: clinic.branchId, day: '2026-03-03', spans: [] };
    const closed = await changeDay(services, owner, { ...day, reason: 'Holi' });
    expect(closed).toMatchObject({ ok: true, standing: 1 });
    expect(await timesOf(clinic, 'visit')).toEqual([]);
    // The same day again replaces what stood there.
    const shorter = await changeDay(services, owner, { ...day, spans: [{ openMin: 660, closeMin: 780 }] });
    expect(shorter).toMatchObject({ ok: true, standing: 0, id: closed.ok ? closed.id : '' });
    expect((await timesOf(clinic, 'visit'))[0]).toBe('11:00');
    expect(await removeDay(services, owner, shorter.ok ? shorter.id : '')).toMatchObject({ ok: true });
    expect(await timesOf(clinic, 'visit')).toEqual(usual.filter((time) => time < '11:31' || time >= '12:30'));
  });

  it('of a person of their own end with their work at the branch', async () => {
    const clinic = await makeTestClinic(db);
    const owner = member(clinic);
    const person = { id: clinic.staffIds[0] as string, name: 'Doctor 1', serviceIds: [clinic.serviceId] };
    const hours = [{ weekday: 2, openMin: 600, closeMin: 660 }];
    await changePerson(services, owner, { ...person, branches: [{ branchId: clinic.branchId, hours }] });
    expect(await timesOf(clinic, 'visit')).toEqual(['10:00', '10:15', '10:30']);
    await changePerson(services, owner, { ...person, branches: [] });
    expect(await timesOf(clinic, 'visit')).toEqual([]);
    const setup = await readWholeSetup(services, owner);
    expect(setup.ok && setup.hours.filter((one) => one.practitioner_id === person.id)).toEqual([]);
  });
});

describe('the set-up', () => {
  it('is changed by nobody but the owner, and only that of their own clinic', async () => {
    const clinic = await makeTestClinic(db, { rooms: 1 });
    const before = await readWholeSetup(services, member(clinic));
    const place = { name: 'Another room', branchId: clinic.branchId, kinds: ['any'] };
    const policy = {
      freeCancelHours: 1,
      moveUntilHours: 1,
      maxMoves: 1,
      holdMinutes: 9,
      offerMinutes: 9,
      texts: {},
    };
    for (const role of ['physician', 'assistant', 'desk', 'auditor'] as const) {
      const other = member(clinic, role);
      const answers = [
        readWholeSetup(services, other),
        changeService(services, other, treatment),
        changePerson(services, other, { name: 'N', serviceIds: [], branches: [] }),
        changePlace(services, other, 'rooms', place),
        changeHours(services, other, { branchId: clinic.branchId, week: [] }),
        changeDay(services, other, { branchId: clinic.branchId, day: '2026-03-03', spans: [] }),
        changePolicy(services, other, policy),
        retire(services, other, 'room', clinic.roomIds[0] as string),
      ];
      for (const answer of await Promise.all(answers))
        expect(answer).toMatchObject({ reason: 'not-allowed' });
    }
    const stranger = member(await makeTestClinic(db));
    const answers = [
      changeService(services, stranger, { ...treatment, id: clinic.serviceId }),
      changePlace(services, stranger, 'rooms', { ...place, id: clinic.roomIds[0] }),
      changeHours(services, stranger, { branchId: clinic.branchId, week: [] }),
      changeDay(services, stranger, { branchId: clinic.branchId, day: '2026-03-03', spans: [] }),
      retire(services, stranger, 'practitioner', clinic.staffIds[0] as string),
    ];
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ reason: 'not-found' });
    expect(await readWholeSetup(services, member(clinic))).toEqual(before);
  });

  it('leaves an entry in the audit chain for each change', async () => {
    const clinic = await makeTestClinic(db);
    const owner = member(clinic);
    await changePlace(services, owner, 'machines', { name: 'M', branchId: clinic.branchId, kinds: ['x'] });
    await changePolicy(services, owner, {
      freeCancelHours: 48,
      moveUntilHours: 12,
      maxMoves: 2,
      holdMinutes: 20,
      offerMinutes: 60,
      texts: { en: 'Please tell us early.' },
    });
    const entries = await listAudit(services, clinic.tenantId, { actorId: owner.staffId });
    expect(entries.map(({ entry }) => [entry?.action, entry?.subject?.kind])).toEqual([
      ['booking.setup-changed', 'booking-policy'],
      ['booking.setup-changed', 'machine'],
    ]);
  });
});

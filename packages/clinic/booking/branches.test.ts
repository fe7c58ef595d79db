import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { closeDay, exportDays, readDay, tillBranches } from '../money/till.ts';
import { notifyJobs } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { testServices } from '../platform/testing/database.ts';
import { listStaff, setBranches, setRole } from '../staff/commands.ts';
import { mayAt } from '../staff/rules.ts';
import type { Role } from '../staff/schema.ts';
import { proven, testMember } from '../staff/testing.ts';
import { listBranches } from '../tenant/commands.ts';
import { changeBranch, listAllBranches, setBranchClosed } from './branches.ts';
import { cancelBooking, confirmBooking, moveBooking, setStatus, undoLast } from './change.ts';
import { blockTime, bookAtDesk, listCalendar, readAtDesk } from './desk.ts';
import type { Person } from './place.ts';
import { actorFor } from './roles.ts';
import { savePractitioner, saveWeek } from './setup.ts';
import { everyDay, makeTestClinic } from './testing/clinic.ts';
import { freedSlotJob, sweepJob } from './waitlist-jobs.ts';

const inert = async () => undefined;
// The clock stands at 10:00 on Monday, 2 March 2026, in Siliguri.
const services = await testServices({
  handlers: [...notifyJobs({} as never), handle(freedSlotJob, inert), handle(sweepJob, inert)],
});
const { db } = services;
const at = (iso: string) => Date.parse(iso) / 60_000;

const person = (number: string): Person => ({
  name: `Sample patient ${number}`,
  email: `patient${number}@example.org`,
  phone: null,
  language: 'en',
  patientId: null,
});

const joined = async (tenantId: string, role: Role) =>
  proven(services, await testMember(services, role, tenantId));

/** A clinic with two branches, each with a person who can be booked and a visit tomorrow at eleven. */
async function twoBranches() {
  const clinic = await makeTestClinic(db);
  const { tenantId, serviceId, branchId: first } = clinic;
  const owner = await joined(tenantId, 'owner');
  const made = await changeBranch(services, owner, {
    name: 'Hills',
    town: 'Darjeeling',
    zone: 'Asia/Kolkata',
  });
  if (!made.ok) throw new Error(made.message);
  const second = made.id;
  await db.transaction().execute(async (trx) => {
    await saveWeek(trx, tenantId, second, null, everyDay);
    const person = { id: randomUUID(), name: 'Hill doctor', position: 9, serviceIds: [serviceId] };
    await savePractitioner(trx, tenantId, { ...person, branches: [{ branchId: second, hours: null }] });
  });
  const visitAt = async (branchId: string) => {
    const booked = await bookAtDesk(services, tenantId, actorFor(owner), {
      service: 'visit',
      startMinute: at('2026-03-03T11:00:00+05:30'),
      branchId,
      person: person(branchId === first ? '014' : '015'),
    });
    if (!booked.ok) throw new Error(booked.message);
    return booked.bookings[0]?.id ?? '';
  };
  const visits = { first: await visitAt(first), second: await visitAt(second) };
  const bound = async (role: Role, ...branches: string[]) => ({
    ...(await joined(tenantId, role)),
    branches,
  });
  return { tenantId, owner, first, second, visits, bound };
}

const wholeDay = { fromMinute: at('2026-03-03T00:00:00+05:30'), toMinute: at('2026-03-04T00:00:00+05:30') };

describe('a member bound to a branch', () => {
  it.each(['physician', 'assistant', 'desk', 'auditor'] as const)(
    'sees its calendar and till and not those of the other: %s',
    async (role) => {
      const at2 = await twoBranches();
      const member = await at2.bound(role, at2.first);
      const listed = await listCalendar(services, member, wholeDay);
      expect(listed.ok && listed.entries.map(({ id }) => id)).toEqual([at2.visits.first]);
      const other = await listCalendar(services, member, { ...wholeDay, branchId: at2.second });
      expect(other.ok && other.entries).toEqual([]);
      expect(await readAtDesk(services, member, at2.visits.first)).toMatchObject({ ok: true });
      expect(await readAtDesk(services, member, at2.visits.second)).toMatchObject({
        reason: 'booking-unknown',
      });
      expect((await tillBranches(services, member)).map(({ id }) => id)).toEqual([at2.first]);
      const isTill = role === 'desk' || role === 'auditor';
      expect((await readDay(services, member)).ok).toBe(isTill);
      expect((await readDay(services, member, undefined, at2.second)).ok).toBe(false);
      expect((await exportDays(services, member, '2026-03-01', '2026-03-31')).ok).toBe(false);
    },
  );

  it('changes nothing in the other: no visit is made, moved, confirmed, cancelled, marked, undone or blocked', async () => {
    const at2 = await twoBranches();
    const by = actorFor(await at2.bound('desk', at2.first));
    const { tenantId, visits } = at2;
    const unknown = { reason: 'booking-unknown' };
    const startMinute = at('2026-03-03T12:00:00+05:30');
    const acts = [
      confirmBooking(services, tenantId, visits.second, by),
      cancelBooking(services, tenantId, visits.second, by, { by: 'clinic' }),
      moveBooking(services, tenantId, visits.second, by, { startMinute, desk: { ignoreHours: false } }),
      setStatus(services, tenantId, visits.second, by, 'arrived'),
      undoLast(services, tenantId, visits.second, by),
    ];
    for (const act of acts) expect(await act).toMatchObject(unknown);
    const desk = { ignoreHours: false };
    const move = { startMinute, branchId: at2.second, desk };
    expect(await moveBooking(services, tenantId, visits.first, by, move)).toMatchObject({
      reason: 'not-allowed',
    });
    const wanted = { service: 'visit', startMinute, person: person('016') };
    expect(await bookAtDesk(services, tenantId, by, { ...wanted, branchId: at2.second })).toMatchObject({
      reason: 'not-allowed',
    });
    const own = await bookAtDesk(services, tenantId, by, wanted);
    expect(own.ok && own.bookings[0]?.branchId).toBe(at2.first);
    const block = { branchId: at2.second, practitionerId: randomUUID(), fromMinute: startMinute };
    expect(await blockTime(services, tenantId, by, { ...block, toMinute: startMinute + 30 })).toMatchObject({
      reason: 'not-allowed',
    });
  });

  it('closes its own day and not that of the other; both can be closed apart', async () => {
    const at2 = await twoBranches();
    const [here, there] = [await at2.bound('desk', at2.first), await at2.bound('desk', at2.second)];
    const close = { day: '2026-03-02', floatMinor: 0, countedMinor: 0, note: '' };
    expect(await closeDay(services, here, { ...close, branchId: at2.second })).toMatchObject({ ok: false });
    expect(await closeDay(services, here, close)).toMatchObject({ ok: true });
    expect(await closeDay(services, there, close)).toMatchObject({ ok: true });
    const days = await Promise.all([here, there].map((one) => readDay(services, one)));
    expect(days.map((day) => day.ok && day.close?.branch_id)).toEqual([at2.first, at2.second]);
  });

  it('is bound by an owner who proved who she is; owners are bound to none', async () => {
    const at2 = await twoBranches();
    const desk = await joined(at2.tenantId, 'desk');
    const { owner } = at2;
    expect(await setBranches(services, desk, desk.staffId, [])).toMatchObject({ reason: 'not-allowed' });
    expect(await setBranches(services, owner, desk.staffId, [at2.second])).toEqual({ ok: true });
    expect(await setBranches(services, owner, desk.staffId, [randomUUID()])).toMatchObject({
      reason: 'not-found',
    });
    expect(await setBranches(services, owner, owner.staffId, [at2.first])).toMatchObject({
      reason: 'owner-everywhere',
    });
    const branchesOf = async () => {
      const listed = await listStaff(services, owner);
      return 'ok' in listed ? undefined : listed.find(({ id }) => id === desk.staffId)?.branches;
    };
    expect(await branchesOf()).toEqual([at2.second]);
    expect(await setRole(services, owner, desk.staffId, 'owner')).toEqual({ ok: true });
    expect(await branchesOf()).toBeUndefined();
    services.clock.advance(5 * 60_000);
    expect(await setBranches(services, owner, desk.staffId, [])).toMatchObject({ reason: 'proof-needed' });
    services.clock.advance(-5 * 60_000);
  });

  it.each([
    [undefined, true, true],
    [['a'], true, false],
    [['a', 'b'], true, true],
    [[], false, false],
  ])('with %j may work at a: %s, at b: %s', (branches, a, b) => {
    const member = branches === undefined ? {} : { branches };
    expect([mayAt(member, 'a'), mayAt(member, 'b')]).toEqual([a, b]);
  });
});

describe('a branch', () => {
  it('is added, renamed and listed by owners alone', async () => {
    const at2 = await twoBranches();
    const desk = await joined(at2.tenantId, 'desk');
    expect(await listAllBranches(services, desk)).toMatchObject({ reason: 'not-allowed' });
    expect(await changeBranch(services, desk, {})).toMatchObject({ reason: 'not-allowed' });
    const listed = await listAllBranches(services, at2.owner);
    const shown = listed.ok ? listed.branches.map(({ name, ahead }) => `${name}: ${ahead}`) : [];
    expect(new Set(shown)).toEqual(new Set(['Main: 1', 'Hills: 1']));
    const form = { id: at2.second, name: ' Upper town ', town: '', zone: 'Asia/Kolkata' };
    expect(await changeBranch(services, at2.owner, form)).toEqual({ ok: true, id: at2.second });
    const open = (await listBranches(services, at2.tenantId)).map(({ name, town }) => `${name}: ${town}`);
    expect(new Set(open)).toEqual(new Set(['Main: Siliguri', 'Upper town: null']));
    const faults = { name: '', zone: 'Asia/Nowhere', id: 'x' };
    for (const [field, value] of Object.entries(faults)) {
      expect(await changeBranch(services, at2.owner, { ...form, [field]: value })).toMatchObject({ field });
    }
    expect(await changeBranch(services, at2.owner, { ...form, id: randomUUID() })).toMatchObject({
      reason: 'not-found',
    });
  });

  it('keeps its zone and stays open while visits are ahead, and is not the last to close', async () => {
    const at2 = await twoBranches();
    const { owner, second, tenantId } = at2;
    const form = { id: second, name: 'Hills', town: '', zone: 'Asia/Kathmandu' };
    expect(await changeBranch(services, owner, form)).toMatchObject({ reason: 'zone-fixed', field: 'zone' });
    expect(await setBranchClosed(services, owner, second, true)).toMatchObject({ reason: 'branch-in-use' });
    await cancelBooking(services, tenantId, at2.visits.second, actorFor(owner), { by: 'clinic' });
    expect(await changeBranch(services, owner, form)).toMatchObject({ ok: true });
    expect(await setBranchClosed(services, owner, second, true)).toMatchObject({ ok: true });
    expect((await listBranches(services, tenantId)).map(({ id }) => id)).toEqual([at2.first]);
    await cancelBooking(services, tenantId, at2.visits.first, actorFor(owner), { by: 'clinic' });
    expect(await setBranchClosed(services, owner, at2.first, true)).toMatchObject({ reason: 'last-branch' });
    expect(await setBranchClosed(services, owner, second, false)).toMatchObject({ ok: true });
    expect(await listBranches(services, tenantId)).toHaveLength(2);
    const stranger = await twoBranches();
    expect(await setBranchClosed(services, stranger.owner, second, true)).toMatchObject({
      reason: 'not-found',
    });
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { listMessages, notifyJobs } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { type TestServices, testServices } from '../platform/testing/database.ts';
import type { Actor, Role } from '../staff/schema.ts';
import {
  acceptOffer,
  askForEarlierTime,
  bookingByToken,
  declineOffer,
  leaveWaitlist,
  listWaitlist,
  offerFreed,
  removeFromWaitlist,
  sweep,
  waitlistPlaceByToken,
} from './commands.ts';
import { tokenOf } from './links.ts';
import { waitlistRequestSchema } from './schema.ts';
import { makeTestClinic, solved, type TestClinic } from './testing/clinic.ts';
import { freedSlotJob, sweepJob } from './waitlist-jobs.ts';

const inert = async () => undefined;
// The clock stands at 2026-03-02 10:00 in Siliguri, a Monday.
const services: TestServices = await testServices({
  handlers: [...notifyJobs({} as never), handle(freedSlotJob, inert), handle(sweepJob, inert)],
});
const { db } = services;

async function ask(clinic: TestClinic, fields: object = {}) {
  const request = waitlistRequestSchema.parse({
    service: 'visit',
    fromDay: '2026-03-02',
    toDay: '2026-03-20',
    name: 'Sample patient 014',
    email: 'patient014@example.org',
    altcha: await solved(services, clinic.tenantId),
    ...fields,
  });
  return askForEarlierTime(services, clinic.tenantId, request, { address: randomUUID() });
}

async function waiting(clinic: TestClinic, fields: object = {}) {
  const answer = await ask(clinic, fields);
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

/** Frees the time of Tuesday at ten; @returns the link of the offer it led to. */
async function offered(clinic: TestClinic): Promise<string> {
  const { id: branchId } = await db
    .selectFrom('branches')
    .select('id')
    .where('tenant_id', '=', clinic.tenantId)
    .executeTakeFirstOrThrow();
  const startMinute = Date.parse('2026-03-03T10:00:00+05:30') / 60_000;
  const offerId = await offerFreed(services, clinic.tenantId, { startMinute, branchId });
  if (offerId === undefined) throw new Error('nobody was offered the time');
  const { id } = await db
    .selectFrom('booking_links')
    .select('id')
    .where('tenant_id', '=', clinic.tenantId)
    .where('subject_id', '=', offerId)
    .executeTakeFirstOrThrow();
  return tokenOf(services.keys, clinic.tenantId, { id, purpose: 'accept-offer' });
}

const stateOf = async (clinic: TestClinic, token: string) => {
  const found = await waitlistPlaceByToken(services, clinic.tenantId, token);
  return found.ok ? found.place.state : found.reason;
};

describe('a visitor on the waiting list', () => {
  it('waits, is offered a time by message, takes it by its link, and sees each step', async () => {
    const clinic = await makeTestClinic(db);
    const { token } = await waiting(clinic);
    expect(await stateOf(clinic, token)).toBe('waiting');
    const offer = await offered(clinic);
    const found = await waitlistPlaceByToken(services, clinic.tenantId, token);
    expect(found).toMatchObject({ ok: true, place: { state: 'offered', offerUntil: expect.any(String) } });
    const held = await bookingByToken(services, clinic.tenantId, offer);
    expect(held).toMatchObject({ ok: true, purpose: 'accept-offer', booking: { status: 'held' } });
    expect(await acceptOffer(services, clinic.tenantId, offer)).toMatchObject({ ok: true });
    expect(await stateOf(clinic, token)).toBe('booked');
  });

  it('keeps one place for one wish, however often it is sent', async () => {
    const clinic = await makeTestClinic(db);
    await waiting(clinic);
    await waiting(clinic);
    await waiting(clinic, { toDay: '2026-03-21' });
    const rows = await db
      .selectFrom('waitlist_entries')
      .select('id')
      .where('tenant_id', '=', clinic.tenantId)
      .execute();
    expect(rows).toHaveLength(2);
  });

  it('declines one time and goes on waiting; the time goes to the next in line', async () => {
    const clinic = await makeTestClinic(db);
    const first = await waiting(clinic);
    services.clock.advance(60_000);
    const second = await waiting(clinic, { name: 'Sample patient 015', email: 'patient015@example.org' });
    const offer = await offered(clinic);
    expect([await stateOf(clinic, first.token), await stateOf(clinic, second.token)]).toEqual([
      'offered',
      'waiting',
    ]);
    expect(await declineOffer(services, clinic.tenantId, offer)).toEqual({ ok: true });
    expect(await declineOffer(services, clinic.tenantId, offer)).toMatchObject({ reason: 'offer-over' });
    expect(await acceptOffer(services, clinic.tenantId, offer)).toMatchObject({ reason: 'offer-over' });
    await offered(clinic);
    expect([await stateOf(clinic, first.token), await stateOf(clinic, second.token)]).toEqual([
      'waiting',
      'offered',
    ]);
    services.clock.advance(-60_000);
  });

  it('leaves the list, and a time held for them with it; twice is once', async () => {
    const clinic = await makeTestClinic(db);
    const { token } = await waiting(clinic);
    const offer = await offered(clinic);
    for (let time = 0; time < 2; time += 1) {
      expect(await leaveWaitlist(services, clinic.tenantId, token)).toMatchObject({
        ok: true,
        place: { state: 'withdrawn', offerUntil: null },
      });
    }
    expect(await acceptOffer(services, clinic.tenantId, offer)).toMatchObject({ reason: 'offer-over' });
    const held = await db
      .selectFrom('bookings')
      .select('id')
      .where('tenant_id', '=', clinic.tenantId)
      .where('status', '=', 'held')
      .execute();
    expect(held).toEqual([]);
  });

  it('is not offered a time at night with a deadline before the message goes out', async () => {
    const clinic = await makeTestClinic(db);
    const { token } = await waiting(clinic);
    // From 10:00 to 23:00; the clinic is quiet until 8:00, the visit is at 10:00.
    services.clock.advance(13 * 3_600_000);
    await offered(clinic);
    const found = await waitlistPlaceByToken(services, clinic.tenantId, token);
    expect(found).toMatchObject({ ok: true, place: { offerUntil: '2026-03-03T04:29:00.000Z' } });
    services.clock.advance(-13 * 3_600_000);
  });

  it('keeps a place whose offer ran out, and learns when the days are over', async () => {
    const clinic = await makeTestClinic(db);
    const { token } = await waiting(clinic);
    await offered(clinic);
    services.clock.advance(3 * 3_600_000);
    await sweep(services, clinic.tenantId);
    expect(await stateOf(clinic, token)).toBe('waiting');
    services.clock.advance(21 * 86_400_000);
    expect(await stateOf(clinic, token)).toBe('over');
    services.clock.advance(-(21 * 86_400_000 + 3 * 3_600_000));
  });

  it.each([
    [{ toDay: '2026-02-27', fromDay: '2026-02-27' }, 'days-over', 'toDay'],
    [{ toDay: '2027-03-01' }, 'days-too-many', 'toDay'],
    [{ email: undefined, phone: '+919800000000' }, 'no-way-to-offer', 'email'],
    [{ service: 'nothing' }, 'service-unknown', 'service'],
    [{ altcha: 'e30=' }, 'challenge-invalid', undefined],
  ])('is refused for %j', async (fields, reason, field) => {
    const clinic = await makeTestClinic(db);
    const answer = await ask(clinic, fields);
    expect(answer).toMatchObject({ ok: false, reason, ...(field === undefined ? {} : { field }) });
  });

  it('spends a solved challenge once, and is told nothing by a forged link', async () => {
    const clinic = await makeTestClinic(db);
    const altcha = await solved(services, clinic.tenantId);
    expect(await ask(clinic, { altcha })).toMatchObject({ ok: true });
    expect(await ask(clinic, { altcha, toDay: '2026-03-25' })).toMatchObject({ reason: 'challenge-used' });
    const { token } = await waiting(clinic);
    expect(await stateOf(await makeTestClinic(db), token)).toBe('link-unknown');
    expect(await stateOf(clinic, `${token.slice(0, -4)}AAAA`)).toBe('link-unknown');
    expect((await listMessages(services, clinic.tenantId)).length).toBe(0);
  });
});

describe('the desk', () => {
  const memberOf = (clinic: TestClinic, role: Role): Actor => ({
    tenantId: clinic.tenantId,
    staffId: randomUUID(),
    role,
    name: `Sample ${role}`,
    sessionId: randomUUID(),
  });

  const listed = async (clinic: TestClinic) => {
    const found = await listWaitlist(services, memberOf(clinic, 'desk'));
    if (!found.ok) throw new Error(found.message);
    return found.people;
  };

  it('sees who waits for what since when, the longest first, and what is held for whom', async () => {
    const clinic = await makeTestClinic(db);
    await waiting(clinic);
    services.clock.advance(60_000);
    await waiting(clinic, { name: 'Sample patient 015', email: 'patient015@example.org' });
    await offered(clinic);
    expect(await listed(clinic)).toMatchObject([
      {
        name: 'Sample patient 014',
        serviceId: clinic.serviceId,
        email: 'patient014@example.org',
        fromDay: '2026-03-02',
        toDay: '2026-03-20',
        since: new Date(services.clock.now().getTime() - 60_000),
        offer: { startMinute: Date.parse('2026-03-03T10:00:00+05:30') / 60_000, until: expect.any(Date) },
      },
      { name: 'Sample patient 015', offer: null },
    ]);
    expect(await listed(await makeTestClinic(db))).toEqual([]);
    services.clock.advance(21 * 86_400_000);
    expect(await listed(clinic)).toEqual([]);
    services.clock.advance(-21 * 86_400_000 - 60_000);
  });

  it('takes a person off the list, once, and their held time goes to the next', async () => {
    const clinic = await makeTestClinic(db);
    const { token } = await waiting(clinic);
    const offer = await offered(clinic);
    const [person] = await listed(clinic);
    const id = person?.id ?? '';
    expect(await removeFromWaitlist(services, memberOf(clinic, 'auditor'), id)).toMatchObject({
      reason: 'not-allowed',
    });
    const elsewhere = memberOf(await makeTestClinic(db), 'desk');
    expect(await removeFromWaitlist(services, elsewhere, id)).toMatchObject({ reason: 'waitlist-unknown' });
    const member = memberOf(clinic, 'desk');
    expect(await removeFromWaitlist(services, member, id)).toEqual({ ok: true });
    expect(await removeFromWaitlist(services, member, id)).toMatchObject({ reason: 'waitlist-unknown' });
    expect(await listed(clinic)).toEqual([]);
    expect(await stateOf(clinic, token)).toBe('withdrawn');
    expect(await acceptOffer(services, clinic.tenantId, offer)).toMatchObject({ reason: 'offer-over' });
    const entries = await listAudit(services, clinic.tenantId, { actorId: member.staffId });
    expect(entries.map(({ entry }) => entry?.action)).toContain('waitlist.left');
  });
});

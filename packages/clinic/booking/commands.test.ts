import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { listAudit, verifyAudit } from '../audit/commands.ts';
import { gatesFor } from '../candidacy/rules.ts';
import { listMessages, notifyJobs } from '../notify/commands.ts';
import { asTenant } from '../platform/database.ts';
import { handle } from '../platform/jobs.ts';
import { type TestServices, testServices } from '../platform/testing/database.ts';
import { saveGate } from '../screening/protocol.ts';
import { shippedProtocol } from '../screening/protocol-rules.ts';
import type { Role } from '../staff/schema.ts';
import {
  acceptOffer,
  blockTime,
  bookAtDesk,
  bookingByToken,
  type CalendarEntry,
  calendarVersion,
  cancelBooking,
  cancelByToken,
  changeByToken,
  changeService,
  closeFeed,
  confirmBooking,
  findAvailability,
  joinWaitlist,
  linkPatient,
  listCalendar,
  listCallBacks,
  listServices,
  makeFeed,
  moveBooking,
  offerFreed,
  readSetup,
  requestBooking,
  setStatus,
  settleCallBack,
  sweep,
  undoLast,
} from './commands.ts';
import { tokenOf } from './links.ts';
import type { Actor } from './roles.ts';
import { seedSampleBooking } from './sample.ts';
import { type BookingRequest, bookingRequestSchema } from './schema.ts';
import { makeTestClinic, solved, type TestClinic } from './testing/clinic.ts';
import { freedSlotJob, sweepJob } from './waitlist-jobs.ts';

const inert = async () => undefined;
const handlers: Parameters<typeof testServices>[0] = {
  handlers: [...notifyJobs({} as never), handle(freedSlotJob, inert), handle(sweepJob, inert)],
};
// The clock stands at 2026-03-02 10:00 in Siliguri, a Monday.
const services: TestServices = await testServices(handlers);
const { db, clock } = services;
const deskId = randomUUID();
const desk = { kind: 'staff', id: deskId, role: 'desk' } as const satisfies Actor;

/** The same person as pages know them. */
const member = ({ tenantId }: { readonly tenantId: string }, role: Role = 'desk') => ({
  tenantId,
  staffId: deskId,
  role,
  name: 'Test',
  sessionId: deskId,
});
const at = (iso: string) => Date.parse(iso) / 60_000;

async function request(clinic: TestClinic, fields: Partial<BookingRequest>, key: string = randomUUID()) {
  const parsed = bookingRequestSchema.parse({
    service: 'visit',
    start: '2026-03-03T10:00:00+05:30',
    name: 'Sample patient 014',
    email: 'patient014@example.org',
    altcha: await solved(services, clinic.tenantId),
    ...fields,
  });
  return requestBooking(services, clinic.tenantId, parsed, { idempotencyKey: key, address: randomUUID() });
}

async function booked(clinic: TestClinic, fields: Partial<BookingRequest> = {}) {
  const answer = await request(clinic, fields);
  if (!answer.ok || answer.reply.kind !== 'booking') throw new Error(`not booked: ${JSON.stringify(answer)}`);
  return answer.reply;
}

async function confirmed(clinic: TestClinic, fields: Partial<BookingRequest> = {}) {
  const reply = await booked(clinic, fields);
  await confirmBooking(services, clinic.tenantId, reply.booking.id, desk);
  return reply;
}

const slots = async (clinic: TestClinic, day: string) => {
  const found = await findAvailability(services, clinic.tenantId, { service: 'visit', from: day, to: day });
  return found.ok ? found.slots.map((s) => s.start.slice(11, 16)) : [];
};

describe('free times', () => {
  it('follow the branch’s hours, notice and bookings, with offsets named', async () => {
    const clinic = await makeTestClinic(db);
    expect(await slots(clinic, '2026-03-02')).toEqual(expect.arrayContaining(['12:00', '17:30']));
    expect((await slots(clinic, '2026-03-02'))[0]).toBe('12:00');
    expect((await slots(clinic, '2026-03-03')).length).toBe(31);
    await booked(clinic);
    const after = await slots(clinic, '2026-03-03');
    expect(after.length).toBe(29);
    expect(after[0]).toBe('10:30');
    const { id } = await db
      .selectFrom('bookings')
      .select('id')
      .where('tenant_id', '=', clinic.tenantId)
      .executeTakeFirstOrThrow();
    const day = { service: 'visit', from: '2026-03-03', to: '2026-03-03' };
    const toMove = await findAvailability(services, clinic.tenantId, day, { withoutBookingId: id });
    expect(toMove.ok && toMove.slots.length).toBe(31);
    expect(await slots(clinic, '2026-07-01')).toEqual([]);
  });

  it('refuses ranges it would have to guess about', async () => {
    const { tenantId } = await makeTestClinic(db);
    const ask = (service: string, from: string, to: string) =>
      findAvailability(services, tenantId, { service, from, to });
    expect(await ask('visit', '2026-03-09', '2026-03-02')).toMatchObject({
      ok: false,
      reason: 'range-backwards',
    });
    expect(await ask('visit', '2026-03-01', '2026-12-31')).toMatchObject({
      ok: false,
      reason: 'range-too-long',
    });
    expect(await ask('nothing', '2026-03-01', '2026-03-02')).toMatchObject({
      ok: false,
      reason: 'service-unknown',
    });
  });

  it('are those of every branch in its own zone', async () => {
    const clinic = await makeTestClinic(db, { zone: 'America/New_York' });
    const found = await findAvailability(services, clinic.tenantId, {
      service: 'visit',
      from: '2026-03-07',
      to: '2026-03-08',
    });
    const starts = found.ok ? found.slots.map((s) => s.start) : [];
    expect(starts[0]).toBe('2026-03-07T10:00:00-05:00');
    expect(starts.at(-1)).toBe('2026-03-08T17:30:00-04:00');
    const first = found.ok ? found.slots[0] : undefined;
    expect(found.ok && found.branches[first?.branch ?? -1]?.zone).toBe('America/New_York');
    expect(found.ok && first?.staff.map((i) => found.staff[i]?.name)).toEqual(['Doctor 1']);
  });
});

describe('a request from the site', () => {
  it('holds the time, and the e-mailed link alone makes it a visit', async () => {
    const clinic = await makeTestClinic(db, { rooms: 1 });
    const reply = await booked(clinic);
    expect(reply.booking).toMatchObject({
      status: 'held',
      start: '2026-03-03T10:00:00+05:30',
      service: 'visit',
    });
    const byManage = await changeByToken(services, clinic.tenantId, reply.token, { action: 'confirm' });
    expect(byManage).toMatchObject({ ok: false, reason: 'link-not-for-this' });
    const [mail] = await listMessages(services, clinic.tenantId, {
      subject: { kind: 'booking', id: reply.booking.id },
    });
    expect(mail).toMatchObject({
      template: 'booking-hold',
      recipient: 'patient014@example.org',
      state: 'queued',
    });
    const link = await db
      .selectFrom('booking_links')
      .select('id')
      .where('tenant_id', '=', clinic.tenantId)
      .where('purpose', '=', 'confirm')
      .executeTakeFirstOrThrow();
    const token = tokenOf(services.keys, clinic.tenantId, { id: link.id, purpose: 'confirm' });
    const done = await changeByToken(services, clinic.tenantId, token, { action: 'confirm' });
    expect(done).toMatchObject({ ok: true, booking: { status: 'confirmed' } });
    expect(await changeByToken(services, clinic.tenantId, token, { action: 'confirm' })).toMatchObject({
      ok: true,
    });
    const messages = await listMessages(services, clinic.tenantId, {
      subject: { kind: 'booking', id: reply.booking.id },
    });
    expect(messages.map((m) => m.template).sort()).toEqual([
      'booking-confirmed',
      'booking-hold',
      'booking-reminder',
    ]);
    expect(messages.find((m) => m.template === 'booking-hold')?.state).toBe('withdrawn');
  });

  it('gives the same booking to the same key, and refuses other content under it', async () => {
    const clinic = await makeTestClinic(db);
    const key = randomUUID();
    const first = await request(clinic, {}, key);
    const again = await request(clinic, {}, key);
    expect(again).toEqual({ ...first, replayed: true });
    expect(await request(clinic, { name: 'Sample patient 015' }, key)).toMatchObject({
      ok: false,
      reason: 'idempotency-key-reused',
    });
    const listed = await listCalendar(services, member(clinic), {
      fromMinute: at('2026-03-02T00:00Z'),
      toMinute: at('2026-03-05T00:00Z'),
    });
    expect(listed).toMatchObject({ ok: true, entries: { length: 1 } });
  });

  it('tells a loser that the slot is taken, with the nearest others, and leaves nothing behind', async () => {
    const clinic = await makeTestClinic(db);
    await booked(clinic);
    const key = randomUUID();
    const lost = await request(clinic, { email: 'other@example.org' }, key);
    expect(lost).toMatchObject({ ok: false, reason: 'slot-taken' });
    const alternatives = lost.ok ? [] : ((lost as { alternatives?: { start: string }[] }).alternatives ?? []);
    expect(alternatives.length).toBe(5);
    expect(alternatives[0]?.start).toBe('2026-03-03T10:30:00+05:30');
    // The same key is free for the next choice.
    expect(
      await request(clinic, { email: 'other@example.org', start: alternatives[0]?.start }, key),
    ).toMatchObject({ ok: true });
  });

  it('refuses a time that was never offered, and a person in two places', async () => {
    const clinic = await makeTestClinic(db, { staff: 2 });
    for (const start of [
      '2026-03-03T09:00:00+05:30',
      '2026-03-02T11:00:00+05:30',
      '2026-03-03T10:05:00+05:30',
    ]) {
      expect(await request(clinic, { start })).toMatchObject({ ok: false, reason: 'slot-not-offered' });
    }
    await booked(clinic);
    expect(await request(clinic, { start: '2026-03-03T10:15:00+05:30' })).toMatchObject({
      ok: false,
      reason: 'person-busy',
    });
    expect(await request(clinic, { start: '2026-03-03T10:30:00+05:30' })).toMatchObject({ ok: true });
  });

  it('takes the next free person and room when the first are taken', async () => {
    const clinic = await makeTestClinic(db, { staff: 2, rooms: 2 });
    const people = ['a', 'b', 'c'].map((x) => ({ email: `${x}@example.org` }));
    expect((await booked(clinic, people[0])).booking.staff.name).toBe('Doctor 1');
    expect((await booked(clinic, people[1])).booking.staff.name).toBe('Doctor 2');
    expect(await request(clinic, people[2] ?? {})).toMatchObject({ ok: false, reason: 'slot-taken' });
  });

  it('frees what nobody confirmed, at the next request for it', async () => {
    const clinic = await makeTestClinic(db);
    await booked(clinic);
    clock.advance(31 * 60_000);
    const second = await booked(clinic, { email: 'second@example.org' });
    expect(second.booking.status).toBe('held');
    clock.set('2026-03-02T04:30:00Z');
  });

  it('without an e-mail address goes to the list of people to call', async () => {
    const clinic = await makeTestClinic(db);
    const answer = await request(clinic, {
      email: undefined,
      phone: '098300-12345',
      note: 'Evening, please',
    });
    expect(answer).toMatchObject({ ok: true, reply: { kind: 'call-back' } });
    const waiting = async () => {
      const listed = await listCallBacks(services, member(clinic));
      return listed.ok ? listed.callBacks : [];
    };
    const [wish] = await waiting();
    expect(wish).toMatchObject({
      phone: '09830012345',
      state: 'open',
      wish: '2026-03-03T10:00:00+05:30\nEvening, please',
    });
    const settle = (state: 'not-reached' | 'closed', role?: Role) =>
      settleCallBack(services, member(clinic, role), wish?.id ?? '', { state });
    expect(await settle('closed', 'auditor')).toMatchObject({ reason: 'not-allowed' });
    expect(await settle('not-reached')).toEqual({ ok: true });
    expect((await waiting())[0]).toMatchObject({ tries: 1, state: 'not-reached' });
    expect(await settle('closed')).toEqual({ ok: true });
    expect(await settle('closed')).toMatchObject({ reason: 'call-back-unknown' });
    expect(await waiting()).toEqual([]);
  });

  it('is honest about a self-check that was shared', async () => {
    const clinic = await makeTestClinic(db, { service: { kind: 'treatment', treatment: 'scalp' } });
    const selfCheck = {
      treatment: 'scalp' as const,
      answers: { G08: { choice: 'self' } },
      consentToShare: true as const,
    };
    expect(await request(clinic, { selfCheck })).toMatchObject({ ok: false, reason: 'self-check-first' });
    expect(await slots(clinic, '2026-03-03')).toContain('10:00');
  });

  it('weighs it by the clinic’s own gates', async () => {
    const clinic = await makeTestClinic(db, { service: { kind: 'treatment', treatment: 'scalp' } });
    const asked = gatesFor('scalp');
    const tells = asked.find(({ options }) => options.some(({ effect }) => effect?.action === 'INFORM'));
    const option = tells?.options.find(({ effect }) => effect?.action === 'INFORM');
    if (!tells || !option) throw new Error('no gate of a scalp only informs');
    const clear = Object.fromEntries(asked.map(({ id, options }) => [id, { choice: options[0].id }]));
    const selfCheck = {
      treatment: 'scalp' as const,
      answers: { ...clear, [tells.id]: { choice: option.id } },
      consentToShare: true as const,
    };
    expect(await request(clinic, { selfCheck })).toMatchObject({ ok: true });

    const { words } = shippedProtocol();
    const physician = { ...member(clinic, 'physician'), name: 'Sample physician', sessionId: randomUUID() };
    await sql`insert into staff (tenant_id, id, email, name, role, created_at)
      values (${clinic.tenantId}, ${physician.staffId}, 'gates@example.org', 'Sample physician', 'physician', now())`.execute(
      db,
    );
    const saved = await saveGate(services, physician, 0, {
      gate: tells.id,
      source: tells.source,
      words: {
        en: words.en[tells.id],
        hi: words.hi[tells.id],
        bn: words.bn[tells.id],
        ne: words.ne[tells.id],
      },
      actions: { [option.id]: 'STOP' },
    });
    expect(saved).toMatchObject({ ok: true, isInForce: true });
    expect(
      await request(clinic, { selfCheck, start: '2026-03-04T10:00:00+05:30', email: 'another@example.org' }),
    ).toMatchObject({ ok: false, reason: 'self-check-first' });
  });

  it('books a protocol’s visits in one go at its spacing, or none', async () => {
    const series = { visits: 3, gapMinDays: 10, gapMaxDays: 30 };
    const clinic = await makeTestClinic(db, { service: { series } });
    const reply = await booked(clinic, { series: true });
    expect(reply.booking.series?.map((v) => v.start)).toEqual([
      '2026-03-03T10:00:00+05:30',
      '2026-03-13T10:00:00+05:30',
      '2026-03-23T10:00:00+05:30',
    ]);
    await confirmBooking(services, clinic.tenantId, reply.booking.id, desk);
    const shown = await bookingByToken(services, clinic.tenantId, reply.token);
    expect(shown.ok && shown.booking.series?.every((v) => v.status === 'confirmed')).toBe(true);

    const shut = await makeTestClinic(db, {
      service: { series },
      week: [{ weekday: 2, openMin: 600, closeMin: 630 }],
    });
    for (const day of ['2026-03-17', '2026-03-24', '2026-03-31']) {
      await booked(shut, { start: `${day}T10:00:00+05:30`, email: `${day}@example.org` });
    }
    expect(await request(shut, { series: true })).toMatchObject({ ok: false, reason: 'series-not-possible' });
    expect(await slots(shut, '2026-03-03')).toEqual(['10:00']);
  });

  it('books a protocol’s visits at the hour of the wall where clocks are changed between them', async () => {
    const clinic = await makeTestClinic(db, {
      zone: 'America/New_York',
      service: { series: { visits: 3, gapMinDays: 7, gapMaxDays: 7 } },
    });
    // The last hour of the day: an hour later there would be none.
    const reply = await booked(clinic, { series: true, start: '2026-03-05T17:30:00-05:00' });
    expect(reply.booking.series?.map((v) => v.start)).toEqual([
      '2026-03-05T17:30:00-05:00',
      '2026-03-12T17:30:00-04:00',
      '2026-03-19T17:30:00-04:00',
    ]);
  });
});

describe('robots', () => {
  it('get nowhere with a solution that is missing, altered, another clinic’s, used, or old', async () => {
    const clinic = await makeTestClinic(db, { staff: 9 });
    const other = await makeTestClinic(db);
    for (const altcha of ['', 'e30=', 'bm90IGpzb24=', await solved(services, other.tenantId)]) {
      expect(await request(clinic, { altcha })).toMatchObject({ ok: false, reason: 'challenge-invalid' });
    }
    const once = await solved(services, clinic.tenantId);
    expect(await request(clinic, { altcha: once })).toMatchObject({ ok: true });
    expect(await request(clinic, { altcha: once, email: 'b@example.org' })).toMatchObject({
      ok: false,
      reason: 'challenge-used',
    });
    const old = await solved(services, clinic.tenantId);
    clock.advance(21 * 60_000);
    expect(await request(clinic, { altcha: old, email: 'b@example.org' })).toMatchObject({
      ok: false,
      reason: 'challenge-expired',
    });
    clock.set('2026-03-02T04:30:00Z');
  });

  it('leave at most the allowed number of bookings per address, mail and telephone', async () => {
    const clinic = await makeTestClinic(db, { staff: 60 });
    const send = async (fields: Partial<BookingRequest>, address: string) =>
      requestBooking(
        services,
        clinic.tenantId,
        bookingRequestSchema.parse({
          service: 'visit',
          start: '2026-03-03T10:00:00+05:30',
          name: randomUUID(),
          email: `${randomUUID()}@example.org`,
          altcha: await solved(services, clinic.tenantId),
          ...fields,
        }),
        { idempotencyKey: randomUUID(), address },
      );
    const fromOne = await Promise.all(Array.from({ length: 40 }, () => send({}, '203.0.113.7')));
    expect(fromOne.filter((a) => a.ok).length).toBe(30);
    expect(fromOne.find((a) => !a.ok)).toMatchObject({
      reason: 'too-many-requests',
      retryAfterSeconds: 1800,
    });
    const sameMail = await Promise.all(
      Array.from({ length: 12 }, () => send({ email: 'one@example.org' }, randomUUID())),
    );
    expect(sameMail.filter((a) => a.ok).length).toBe(5);
    const rows = await db
      .selectFrom('rate_counts')
      .select('subject')
      .where('tenant_id', '=', clinic.tenantId)
      .execute();
    expect(rows.some((r) => r.subject.toString().includes('203.0.113.7'))).toBe(false);
    expect(rows.every((r) => r.subject.length === 32)).toBe(true);
  });
});

describe('changing a booking', () => {
  it('moves by link to a free time only, and tells calendars by a higher sequence', async () => {
    const clinic = await makeTestClinic(db);
    const reply = await confirmed(clinic);
    await confirmed(clinic, { email: 'b@example.org', start: '2026-03-03T11:00:00+05:30' });
    const to = (start: string) =>
      changeByToken(services, clinic.tenantId, reply.token, { action: 'move', start });
    expect(await to('2026-03-03T10:45:00+05:30')).toMatchObject({ ok: false, reason: 'slot-taken' });
    const still = await bookingByToken(services, clinic.tenantId, reply.token);
    expect(still).toMatchObject({
      ok: true,
      booking: { start: '2026-03-03T10:00:00+05:30', status: 'confirmed' },
    });
    expect(await to('2026-03-03T10:15:00+05:30')).toMatchObject({
      ok: true,
      booking: { start: '2026-03-03T10:15:00+05:30' },
    });
    const row = await db
      .selectFrom('bookings')
      .selectAll()
      .where('id', '=', reply.booking.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ moves: 1, calendar_sequence: 1 });
    expect(await slots(clinic, '2026-03-03')).not.toContain('10:00');
  });

  it('keeps to the policy by link, and records lateness', async () => {
    const clinic = await makeTestClinic(db);
    const reply = await confirmed(clinic);
    clock.set('2026-03-03T03:30:00Z');
    const start = '2026-03-04T10:00:00+05:30';
    expect(
      await changeByToken(services, clinic.tenantId, reply.token, { action: 'move', start }),
    ).toMatchObject({
      ok: false,
      reason: 'too-late-to-move',
    });
    expect(await cancelByToken(services, clinic.tenantId, reply.token, 'ill')).toMatchObject({
      ok: true,
      booking: { status: 'cancelled' },
    });
    const row = await db
      .selectFrom('bookings')
      .selectAll()
      .where('id', '=', reply.booking.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ cancelled_late: true, cancelled_by: 'person', cancel_reason: 'ill' });
    clock.set('2026-03-02T04:30:00Z');
  });

  it('knows no forged, foreign or outdated link', async () => {
    const clinic = await makeTestClinic(db);
    const other = await makeTestClinic(db);
    const { token, booking } = await booked(clinic);
    const unknown = { ok: false, reason: 'link-unknown' };
    expect(await bookingByToken(services, other.tenantId, token)).toMatchObject(unknown);
    expect(await bookingByToken(services, clinic.tenantId, `${token.slice(0, -2)}AA`)).toMatchObject(unknown);
    expect(await bookingByToken(services, clinic.tenantId, 'x')).toMatchObject(unknown);
    const forged = tokenOf(services.keys, clinic.tenantId, { id: booking.id, purpose: 'manage' });
    expect(await bookingByToken(services, clinic.tenantId, forged)).toMatchObject(unknown);
    clock.set('2026-05-02T04:30:00Z');
    expect(await bookingByToken(services, clinic.tenantId, token)).toMatchObject({
      ok: false,
      reason: 'link-expired',
    });
    clock.set('2026-03-02T04:30:00Z');
  });

  it('marks arrivals, completions and no-shows in their time only', async () => {
    const clinic = await makeTestClinic(db);
    const { booking } = await confirmed(clinic);
    const set = (status: 'arrived' | 'completed' | 'no-show') =>
      setStatus(services, clinic.tenantId, booking.id, desk, status);
    expect(await set('no-show')).toMatchObject({ ok: false, reason: 'wrong-status' });
    clock.set('2026-03-03T04:45:00Z');
    expect(await set('no-show')).toMatchObject({ ok: true, booking: { status: 'no-show' } });
    expect(await undoLast(services, clinic.tenantId, booking.id, desk)).toMatchObject({
      ok: true,
      booking: { status: 'confirmed' },
    });
    expect(await set('arrived')).toMatchObject({ ok: true });
    expect(await set('completed')).toMatchObject({ ok: true });
    expect(await set('arrived')).toMatchObject({ ok: false, reason: 'wrong-status' });
    clock.set('2026-03-02T04:30:00Z');
  });

  it('takes back a cancelling or a move while the old time is free, and only once', async () => {
    const clinic = await makeTestClinic(db);
    const { booking } = await confirmed(clinic);
    const undo = () => undoLast(services, clinic.tenantId, booking.id, desk);
    await cancelBooking(services, clinic.tenantId, booking.id, desk, { by: 'clinic' });
    expect(await undo()).toMatchObject({ ok: true, booking: { status: 'confirmed', cancelled_by: null } });
    expect(await undo()).toMatchObject({ ok: false, reason: 'not-undoable' });
    await cancelBooking(services, clinic.tenantId, booking.id, desk, { by: 'clinic' });
    await booked(clinic, { email: 'faster@example.org' });
    expect(await undo()).toMatchObject({ ok: false, reason: 'slot-taken' });
  });

  it('never lets two screens move one booking unawares', async () => {
    const clinic = await makeTestClinic(db);
    const { booking } = await confirmed(clinic);
    const move = (time: string, expectedVersion: number) =>
      moveBooking(services, clinic.tenantId, booking.id, desk, {
        startMinute: at(`2026-03-04T${time}:00+05:30`),
        desk: { ignoreHours: false, expectedVersion },
      });
    const listed = await listCalendar(services, member(clinic), {
      fromMinute: at('2026-03-02T00:00Z'),
      toMinute: at('2026-03-05T00:00Z'),
    });
    const seen = listed.ok ? listed.entries[0] : undefined;
    expect(await move('12:00', seen?.version ?? 0)).toMatchObject({ ok: true });
    expect(await move('13:00', seen?.version ?? 0)).toMatchObject({ ok: false, reason: 'wrong-status' });
  });
});

describe('the desk', () => {
  const person = {
    name: 'Sample patient 020',
    email: null,
    phone: '+919800000020',
    language: 'bn',
    patientId: null,
  };

  it('books at once and outside hours when told to, never a slot twice', async () => {
    const clinic = await makeTestClinic(db);
    const book = (start: string, ignoreHours: boolean, name = person.name) =>
      bookAtDesk(services, clinic.tenantId, desk, {
        service: 'visit',
        startMinute: at(start),
        person: { ...person, name },
        ignoreHours,
      });
    expect(await book('2026-03-02T10:07:00+05:30', false)).toMatchObject({ ok: true });
    expect(await book('2026-03-02T20:00:00+05:30', false, 'b')).toMatchObject({
      ok: false,
      reason: 'slot-not-offered',
    });
    expect(await book('2026-03-02T20:00:00+05:30', true, 'c')).toMatchObject({ ok: true });
    expect(await book('2026-03-02T20:10:00+05:30', true, 'd')).toMatchObject({
      ok: false,
      reason: 'slot-taken',
    });
  });

  it('blocks time, which then is not offered, and cannot block over a visit', async () => {
    const clinic = await makeTestClinic(db);
    const block = (from: string, to: string) =>
      blockTime(services, clinic.tenantId, desk, {
        branchId: clinic.branchId,
        practitionerId: clinic.staffIds[0] as string,
        fromMinute: at(from),
        toMinute: at(to),
      });
    expect(await block('2026-03-03T10:00:00+05:30', '2026-03-03T17:00:00+05:30')).toMatchObject({ ok: true });
    expect(await slots(clinic, '2026-03-03')).toEqual(['17:00', '17:15', '17:30']);
    await booked(clinic, { start: '2026-03-03T17:00:00+05:30' });
    expect(await block('2026-03-03T17:15:00+05:30', '2026-03-03T18:00:00+05:30')).toMatchObject({
      reason: 'slot-taken',
    });
    expect(await block('2026-03-03T17:15:00+05:30', '2026-03-09T18:00:00+05:30')).toMatchObject({
      reason: 'block-without-end',
    });
  });

  it('ties a visit to a patient, who then cannot be elsewhere', async () => {
    const clinic = await makeTestClinic(db, { staff: 2 });
    const patientId = randomUUID();
    const first = await confirmed(clinic);
    const second = await confirmed(clinic, { email: 'b@example.org' });
    expect(await linkPatient(services, clinic.tenantId, first.booking.id, desk, patientId)).toMatchObject({
      ok: true,
    });
    expect(await linkPatient(services, clinic.tenantId, second.booking.id, desk, patientId)).toMatchObject({
      ok: false,
      reason: 'person-busy',
    });
  });
});

describe('a member of staff', () => {
  it('changes bookings only in a role that may, whatever the command; what is refused changes nothing', async () => {
    const clinic = await makeTestClinic(db);
    const { booking } = await confirmed(clinic);
    const auditor = { ...desk, role: 'auditor' } as const;
    const start = at('2026-03-04T10:00:00+05:30');
    const { tenantId, branchId } = clinic;
    const person = { name: 'N', email: null, phone: null, language: 'en', patientId: null };
    const block = {
      branchId,
      practitionerId: clinic.staffIds[0] as string,
      fromMinute: start,
      toMinute: start + 60,
    };
    const refused = [
      bookAtDesk(services, tenantId, auditor, { service: 'visit', startMinute: start, person }),
      blockTime(services, tenantId, auditor, block),
      confirmBooking(services, tenantId, booking.id, auditor),
      moveBooking(services, tenantId, booking.id, auditor, { startMinute: start }),
      cancelBooking(services, tenantId, booking.id, auditor, { by: 'clinic' }),
      setStatus(services, tenantId, booking.id, auditor, 'arrived'),
      undoLast(services, tenantId, booking.id, auditor),
      linkPatient(services, tenantId, booking.id, auditor, randomUUID()),
      makeFeed(services, tenantId, auditor, clinic.staffIds[0] as string),
      closeFeed(services, tenantId, auditor, clinic.staffIds[0] as string),
      changeService(services, member(clinic, 'desk'), { names: { en: 'Another' } }),
    ];
    const range = { fromMinute: start - 10_000, toMinute: start + 10_000 };
    const before = await calendarVersion(services, member(clinic), range);
    for (const answer of await Promise.all(refused)) {
      expect(answer).toMatchObject({ ok: false, reason: 'not-allowed' });
    }
    expect(await calendarVersion(services, member(clinic), range)).toEqual(before);
  });

  it('leaves an entry for looking at who has an appointment', async () => {
    const clinic = await makeTestClinic(db);
    await confirmed(clinic);
    const range = { fromMinute: at('2026-03-02T00:00Z'), toMinute: at('2026-03-05T00:00Z') };
    await listCalendar(services, member(clinic, 'auditor'), range);
    await listCallBacks(services, member(clinic));
    const entries = await listAudit(services, clinic.tenantId, { actorId: deskId });
    expect(entries.map(({ entry }) => entry?.action).slice(0, 2)).toEqual([
      'call-back.listed',
      'booking.listed',
    ]);
    expect(JSON.stringify(entries)).not.toContain('Sample patient');
  });
});

describe('a room', () => {
  it('is changed by a move at the same time, under the same constraint, and taken back by undo', async () => {
    const clinic = await makeTestClinic(db, { staff: 2, rooms: 2 });
    const { tenantId, roomIds, staffIds } = clinic;
    const startMinute = at('2026-03-04T10:00:00+05:30');
    const book = async (name: string, practitionerId: string) => {
      const person = { name, email: null, phone: null, language: 'en', patientId: null };
      const made = await bookAtDesk(services, tenantId, desk, {
        service: 'visit',
        startMinute,
        practitionerId,
        person,
      });
      if (!made.ok) throw new Error(made.message);
      return made.bookings[0] as CalendarEntry;
    };
    const first = await book('First', staffIds[0] as string);
    const free = roomIds.find((id) => id !== first.roomId) as string;
    const to = (roomId: string) => ({ startMinute, roomId, desk: { ignoreHours: false } });
    const moved = await moveBooking(services, tenantId, first.id, desk, to(free));
    expect(moved).toMatchObject({
      ok: true,
      booking: { room_id: free, practitioner_id: first.practitionerId, start_min: startMinute },
    });
    expect(await undoLast(services, tenantId, first.id, desk)).toMatchObject({
      ok: true,
      booking: { room_id: first.roomId },
    });
    await book('Second', staffIds[1] as string);
    expect(await moveBooking(services, tenantId, first.id, desk, to(free))).toMatchObject({
      ok: false,
      reason: 'slot-taken',
    });
    expect(await moveBooking(services, tenantId, first.id, desk, to(randomUUID()))).toMatchObject({
      ok: false,
      reason: 'place-unsuitable',
    });
  });

  it('stays with a visit that is moved in time, as long as it is free', async () => {
    const clinic = await makeTestClinic(db, { staff: 1, rooms: 3 });
    const startMinute = at('2026-03-04T10:00:00+05:30');
    const person = { name: 'First', email: null, phone: null, language: 'en', patientId: null };
    const made = await bookAtDesk(services, clinic.tenantId, desk, { service: 'visit', startMinute, person });
    const id = made.ok ? (made.bookings[0]?.id ?? '') : '';
    const roomId = clinic.roomIds.find((one) => made.ok && one !== made.bookings[0]?.roomId) as string;
    const desked = { desk: { ignoreHours: false } };
    await moveBooking(services, clinic.tenantId, id, desk, { startMinute, roomId, ...desked });
    const later = { startMinute: startMinute + 60, ...desked };
    expect(await moveBooking(services, clinic.tenantId, id, desk, later)).toMatchObject({
      ok: true,
      booking: { room_id: roomId },
    });
    await blockTime(services, clinic.tenantId, desk, {
      branchId: clinic.branchId,
      roomId,
      fromMinute: startMinute + 120,
      toMinute: startMinute + 180,
    });
    const blocked = await moveBooking(services, clinic.tenantId, id, desk, {
      startMinute: startMinute + 120,
      ...desked,
    });
    expect(blocked.ok && blocked.booking.room_id).not.toBe(roomId);
  });
});

describe('screens at the desk', () => {
  it('see that a day has changed, and only that day', async () => {
    const clinic = await makeTestClinic(db);
    const day = (n: number) => ({
      fromMinute: at(`2026-03-0${n}T00:00:00+05:30`),
      toMinute: at(`2026-03-0${n + 1}T00:00:00+05:30`),
    });
    const versions = async () => [
      await calendarVersion(services, member(clinic), day(3)),
      await calendarVersion(services, member(clinic), day(5)),
    ];
    const seen = [await versions()];
    const { booking } = await booked(clinic);
    seen.push(await versions());
    await confirmBooking(services, clinic.tenantId, booking.id, desk);
    seen.push(await versions());
    expect(new Set(seen.map(([day3]) => JSON.stringify(day3))).size).toBe(3);
    expect(new Set(seen.map(([, day5]) => JSON.stringify(day5))).size).toBe(1);
  });
});

describe('the waiting list', () => {
  const freed = { startMinute: at('2026-03-03T10:00:00+05:30') };
  const wish = (email: string) => ({
    service: 'visit',
    fromDay: '2026-03-02',
    toDay: '2026-03-08',
    earliestMin: 540,
    latestMin: 720,
    name: email,
    email,
    language: 'en' as const,
  });

  it('offers a freed time to the longest waiting, holds it, and passes it on when unanswered', async () => {
    const clinic = await makeTestClinic(db);
    const taken = await confirmed(clinic);
    await joinWaitlist(services, clinic.tenantId, { ...wish('late@example.org'), earliestMin: 700 });
    await joinWaitlist(services, clinic.tenantId, wish('first@example.org'));
    clock.advance(1000);
    await joinWaitlist(services, clinic.tenantId, wish('second@example.org'));
    const offer = () => offerFreed(services, clinic.tenantId, { ...freed, branchId: clinic.branchId });
    expect(await offer()).toBeUndefined();
    await cancelBooking(services, clinic.tenantId, taken.booking.id, desk, { by: 'clinic' });
    expect(await offer()).toBeDefined();
    expect(await slots(clinic, '2026-03-03')).not.toContain('10:00');
    const held = async () =>
      db
        .selectFrom('bookings')
        .select(['email', 'status'])
        .where('tenant_id', '=', clinic.tenantId)
        .where('source', '=', 'waitlist')
        .orderBy('created_at', 'desc')
        .executeTakeFirst();
    expect(await held()).toEqual({ email: 'first@example.org', status: 'held' });
    clock.advance(121 * 60_000);
    expect(await sweep(services, clinic.tenantId)).toEqual({ expired: 1 });
    expect(await held()).toEqual({ email: 'second@example.org', status: 'held' });
    const link = await db
      .selectFrom('booking_links')
      .select('id')
      .where('tenant_id', '=', clinic.tenantId)
      .where('purpose', '=', 'accept-offer')
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow();
    const token = tokenOf(services.keys, clinic.tenantId, { id: link.id, purpose: 'accept-offer' });
    expect(await bookingByToken(services, clinic.tenantId, token)).toMatchObject({
      ok: true,
      purpose: 'accept-offer',
    });
    expect(await changeByToken(services, clinic.tenantId, token, { action: 'confirm' })).toMatchObject({
      ok: true,
      booking: { status: 'confirmed' },
    });
    expect(await acceptOffer(services, clinic.tenantId, token)).toMatchObject({
      ok: true,
      booking: { status: 'confirmed' },
    });
    clock.set('2026-03-02T04:30:00Z');
  });
});

describe('the sample clinic', () => {
  it('can be seeded twice, offers its services, and shows no price it does not know', async () => {
    const clinic = await makeTestClinic(db);
    const seed = () =>
      asTenant(db, clinic.tenantId, (trx) => seedSampleBooking(trx, clinic.tenantId, clinic.branchId));
    await seed();
    await seed();
    const offered = (await listServices(services, clinic.tenantId)).filter((s) => s.slug !== 'visit');
    expect(offered.map((s) => s.slug)).toEqual([
      'consultation',
      'vitiligo-trial-spot',
      'scalp',
      'lip',
      'vitiligo',
    ]);
    expect(offered.every((s) => s.price === null && Object.keys(s.names).length === 4)).toBe(true);
    const setup = await readSetup(db, clinic.tenantId);
    expect(setup.practitioners.map((p) => p.name)).toContain('Dr. Sneha Bhagat');
    expect(setup.hours.length).toBe(12);
    for (const service of offered) {
      const found = await findAvailability(services, clinic.tenantId, {
        service: service.slug,
        from: '2026-03-03',
        to: '2026-03-03',
      });
      expect(found.ok && found.slots.length).toBeGreaterThan(0);
    }
  });
});

describe('what is left behind', () => {
  it('is an unbroken audit chain without a name, address or telephone in it', async () => {
    const report = await verifyAudit(services);
    expect(report.faults).toEqual([]);
    expect(report.entries).toBeGreaterThan(30);
    const entries = await db.selectFrom('audit_entries').select('entry').execute();
    const events = await db.selectFrom('booking_events').select(['before', 'after']).execute();
    const text = JSON.stringify([entries, events]);
    for (const secret of ['example.org', 'Sample patient', '9800000020']) expect(text).not.toContain(secret);
  });
});

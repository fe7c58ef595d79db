import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { bookAtDesk, correctMessage } from '../booking/commands.ts';
import { selectBooking } from '../booking/store.ts';
import { makeTestClinic, type TestClinic } from '../booking/testing/clinic.ts';
import { testServices } from '../platform/testing/database.ts';
import type { Actor } from '../staff/schema.ts';
import {
  countFailedMessages,
  deliverMessage,
  listFailedMessages,
  listMessages,
  notifyJobs,
  retryMessage,
} from './commands.ts';
import { settleByHand } from './failed.ts';
import { failureKindOf, failureKinds, isForGood } from './rules.ts';

/** A real SMTP server that knows no mailbox at `wrong.example`. */
const taken: string[] = [];
const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onRcptTo({ address }, _session, callback) {
    if (!address.endsWith('@wrong.example')) return callback();
    callback(Object.assign(new Error('5.1.1 no such user here'), { responseCode: 550 }));
  },
  onData(stream, _session, callback) {
    const parse = async () => {
      const mail = await simpleParser(stream);
      taken.push((mail.to as AddressObject | undefined)?.text ?? '');
      callback();
    };
    parse().catch(callback);
  },
});
smtp.listen(0, '127.0.0.1');
await once(smtp.server, 'listening');
afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())));

const { port } = smtp.server.address() as AddressInfo;
const services = await testServices({
  env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Test clinic <desk@clinic.example>' },
  handlers: [...notifyJobs({} as never)],
});
afterAll(() => services.mail.close());
const { db } = services;
const delivery = { ...services, jobs: () => services.jobs };

const memberOf = (clinic: TestClinic, role: Actor['role'] = 'desk'): Actor => ({
  tenantId: clinic.tenantId,
  staffId: randomUUID(),
  role,
  name: 'Sample member',
  sessionId: randomUUID(),
});

/** A visit whose e-mail address has a slip in it, with its confirmation given up. */
async function misaddressed(clinic: TestClinic, email = 'patient014@wrong.example') {
  const actor = { kind: 'staff', id: randomUUID(), role: 'desk' } as const;
  const made = await bookAtDesk(services, clinic.tenantId, actor, {
    service: 'visit',
    startMinute: Date.parse('2026-03-06T10:00:00+05:30') / 60_000,
    person: { name: 'Sample patient 014', email, phone: null, language: 'en', patientId: null },
  });
  if (!made.ok) throw new Error(made.message);
  const bookingId = made.bookings[0]?.id ?? '';
  const about = { subject: { kind: 'booking', id: bookingId } };
  const written = await listMessages(services, clinic.tenantId, about);
  const confirmation = written.find(({ template }) => template === 'booking-confirmed');
  const messageId = confirmation?.id ?? '';
  const deliver = () => deliverMessage(delivery, { tenantId: clinic.tenantId, messageId });
  return { bookingId, about, messageId, deliver };
}

describe('a message that did not arrive', () => {
  it('is given up at once where the mailbox is not, and tells the desk why, to whom and for when', async () => {
    const clinic = await makeTestClinic(db);
    const { messageId, deliver } = await misaddressed(clinic);
    expect(await deliver()).toBe('failed');
    const listed = await listFailedMessages(services, memberOf(clinic));
    expect(listed).toMatchObject({
      messages: [{ id: messageId, attempts: 1, name: 'Sample patient 014' }],
    });
    const [message] = listed.ok ? listed.messages : [];
    expect(failureKindOf(message?.lastError ?? null)).toBe('address-refused');
    expect(message?.when).toContain('2026');
    expect(await countFailedMessages(services, memberOf(clinic))).toEqual({ ok: true, count: 1 });
  });

  it('goes to the address put right, with the reminders that waited for the wrong one, and the visit keeps it', async () => {
    const clinic = await makeTestClinic(db);
    const { bookingId, about, messageId, deliver } = await misaddressed(clinic);
    await deliver();
    const member = memberOf(clinic);
    const right = 'patient014@right.example';

    const refused = await correctMessage(services, member, messageId, 'patient014 at right');
    expect(refused).toMatchObject({ reason: 'bad-address', field: 'recipient' });
    expect(await correctMessage(services, memberOf(clinic, 'auditor'), messageId, right)).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await correctMessage(services, member, messageId, ` ${right} `)).toEqual({ ok: true });
    const waiting = await listMessages(services, clinic.tenantId, about);
    expect(waiting.length).toBeGreaterThan(1);
    expect(new Set(waiting.map(({ recipient }) => recipient))).toEqual(new Set([right]));
    expect(waiting.every(({ state }) => state === 'queued')).toBe(true);
    expect((await selectBooking(db, clinic.tenantId, bookingId))?.email).toBe(right);
    expect(await deliver()).toBe('sent');
    expect(taken.at(-1)).toBe(right);

    expect(await correctMessage(services, member, messageId, right)).toMatchObject({ reason: 'not-failed' });
    const entries = await listAudit(services, clinic.tenantId, { limit: 50 });
    expect(entries.some(({ entry }) => entry?.action === 'message.address-corrected')).toBe(true);
    expect(JSON.stringify(entries)).not.toContain('right.example');
  });

  it('is nobody else’s: a clinic cannot correct, send or settle another one’s', async () => {
    const clinic = await makeTestClinic(db);
    const other = memberOf(await makeTestClinic(db));
    const { messageId, deliver } = await misaddressed(clinic);
    await deliver();
    const answers = [
      await correctMessage(services, other, messageId, 'patient014@right.example'),
      await retryMessage(services, other, messageId),
      await settleByHand(services, other, messageId),
    ];
    expect(answers.map((answer) => (answer.ok ? 'done' : answer.reason))).toEqual(
      Array.from({ length: 3 }, () => 'not-failed'),
    );
  });

  it('is not seen, corrected, sent or settled by who is bound to another branch', async () => {
    const clinic = await makeTestClinic(db);
    const { bookingId, messageId, deliver } = await misaddressed(clinic);
    await deliver();
    const right = 'patient014@right.example';
    const bound = { ...memberOf(clinic), branches: [randomUUID()] };
    expect(await listFailedMessages(services, bound)).toEqual({ ok: true, messages: [] });
    expect(await countFailedMessages(services, bound)).toEqual({ ok: true, count: 0 });
    for (const answer of [
      await correctMessage(services, bound, messageId, right),
      await retryMessage(services, bound, messageId),
      await settleByHand(services, bound, messageId),
    ])
      expect(answer).toMatchObject({ ok: false, reason: 'not-failed' });
    expect((await selectBooking(db, clinic.tenantId, bookingId))?.email).toBe('patient014@wrong.example');
    const here = { ...bound, branches: [clinic.branchId] };
    expect(await listFailedMessages(services, here)).toMatchObject({ messages: [{ id: messageId }] });
    expect(await countFailedMessages(services, here)).toEqual({ ok: true, count: 1 });
    expect(await correctMessage(services, here, messageId, right)).toEqual({ ok: true });
  });

  it('is everybody’s when it says no branch, and a visit’s branch still binds who puts its address right', async () => {
    const clinic = await makeTestClinic(db);
    const { messageId, deliver } = await misaddressed(clinic);
    await deliver();
    // As a version writes it that knows no branches of messages.
    await sql`update messages set branch_id = null where id = ${messageId}`.execute(db);
    const bound = { ...memberOf(clinic), branches: [randomUUID()] };
    expect(await countFailedMessages(services, bound)).toEqual({ ok: true, count: 1 });
    expect(await correctMessage(services, bound, messageId, 'patient014@right.example')).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await retryMessage(services, bound, messageId)).toEqual({ ok: true });
  });

  it('goes to the right address though it was corrected while another one about the visit went to the wrong one', async () => {
    const clinic = await makeTestClinic(db);
    const { about, messageId, deliver } = await misaddressed(clinic);
    await deliver();
    const { tenantId } = clinic;
    const waiting = await listMessages(services, tenantId, about);
    const other = waiting.find(({ state }) => state === 'queued');
    const right = 'patient014@right.example';
    // Corrected while the mail server is about to refuse the other one.
    const slow = {
      ...delivery,
      mail: {
        ...services.mail,
        send: async (mail: Parameters<typeof services.mail.send>[0]) => {
          expect(await correctMessage(services, memberOf(clinic), messageId, right)).toEqual({ ok: true });
          return services.mail.send(mail);
        },
      },
    };
    const before = services.clock.now();
    // Every reminder is due, and nobody sleeps.
    services.clock.set(new Date('2026-03-06T09:00:00+05:30'));
    await deliverMessage(slow, { tenantId, messageId: other?.id ?? '' });
    const after = await listMessages(services, tenantId, about);
    expect(after.find(({ id }) => id === other?.id)).toMatchObject({ state: 'queued', recipient: right });
    expect(await deliverMessage(delivery, { tenantId, messageId: other?.id ?? '' })).toBe('sent');
    expect(taken.at(-1)).toBe(right);
    services.clock.set(before);
  });

  it('leaves the pile when the person was told otherwise, and is not sent any more', async () => {
    const clinic = await makeTestClinic(db);
    const { messageId, deliver } = await misaddressed(clinic);
    await deliver();
    expect(await settleByHand(services, memberOf(clinic, 'auditor'), messageId)).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await settleByHand(services, memberOf(clinic), messageId)).toEqual({ ok: true });
    expect(await settleByHand(services, memberOf(clinic), messageId)).toMatchObject({ reason: 'not-failed' });
    expect(await deliver()).toBe('withdrawn');
    expect(await countFailedMessages(services, memberOf(clinic))).toMatchObject({ count: 0 });
  });
});

describe('why it did not arrive', () => {
  it('is one of the kinds, whatever a server says', () => {
    fc.assert(
      fc.property(fc.option(fc.string({ unit: 'binary' })), (lastError) => {
        expect(failureKinds).toContain(failureKindOf(lastError));
      }),
    );
  });

  it('is for good only where the server refuses the recipient for good', () => {
    const reply = fc.record({
      code: fc.constantFrom('EENVELOPE', 'EMESSAGE', 'EAUTH', 'ETIMEDOUT'),
      command: fc.constantFrom('RCPT TO', 'MAIL FROM', 'DATA', undefined),
      responseCode: fc.option(fc.integer({ min: 400, max: 599 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(reply, (fault) => {
        const isRefused = fault.code === 'EENVELOPE' && fault.command === 'RCPT TO';
        expect(isForGood(fault)).toBe(isRefused && (fault.responseCode ?? 0) >= 500);
      }),
    );
  });
});

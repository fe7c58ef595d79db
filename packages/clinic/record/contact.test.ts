import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bookAtDesk, cancelBooking } from '../booking/commands.ts';
import { isStillWanted } from '../booking/messages.ts';
import { makeTestClinic } from '../booking/testing/clinic.ts';
import { freedSlotJob } from '../booking/waitlist-jobs.ts';
import { sendIntake } from '../intake/commands.ts';
import { deliverMessage, listMessages, notifyJobs } from '../notify/commands.ts';
import { asTenant } from '../platform/database.ts';
import { handle } from '../platform/jobs.ts';
import { testServices } from '../platform/testing/database.ts';
import type { Actor } from '../staff/schema.ts';
import { createPatient } from './commands.ts';
import { openWays } from './contact.ts';
import { type PatientMessage, patientMessages } from './contact-rules.ts';
import { setContactConsent } from './health.ts';
import { type ContactPurpose, contactPurposes } from './schema.ts';

// The clock stands at 2026-03-02 10:00 in Siliguri, a Monday.
const services = await testServices({
  handlers: [...notifyJobs({} as never), handle(freedSlotJob, async () => undefined)],
});
const delivery = {
  ...services,
  jobs: () => services.jobs,
  isStillWanted: (message: Parameters<typeof isStillWanted>[1]) => isStillWanted(services, message),
};

/** A patient with an e-mail address in a clinic that takes bookings. */
async function known() {
  const clinic = await makeTestClinic(services.db);
  const { tenantId } = clinic;
  const actor: Actor = {
    tenantId,
    staffId: randomUUID(),
    role: 'owner',
    name: 'Test',
    sessionId: randomUUID(),
  };
  const email = 'patient150@example.org';
  const made = await createPatient(services, actor, { name: 'Sample patient 150', language: 'en', email });
  if (!made.ok) throw new Error(made.message);
  const patientId = made.patient.id;
  const say = async (purpose: ContactPurpose, given: boolean) => {
    const form = { channel: 'email', purpose, given } as const;
    const done = await setContactConsent(services, actor, patientId, form);
    if (!done.ok) throw new Error(done.message);
    services.clock.advance(1000);
  };
  const desk = { kind: 'staff', id: actor.staffId, role: 'owner' } as const;
  /** Some days from now at ten. @returns its id and what the outbox holds about it */
  const visit = async (day: string) => {
    const booked = await bookAtDesk(services, tenantId, desk, {
      service: 'visit',
      startMinute: Date.parse(`${day}T10:00:00+05:30`) / 60_000,
      person: { name: 'Sample patient 150', email, phone: null, language: 'en', patientId },
    });
    if (!booked.ok) throw new Error(JSON.stringify(booked));
    return booked.bookings[0]?.id ?? '';
  };
  const outbox = async (id: string) =>
    (await listMessages(services, tenantId, { subject: { kind: 'booking', id } })).toSorted((a, b) =>
      a.template < b.template ? -1 : 1,
    );
  return { tenantId, actor, patientId, desk, say, visit, outbox };
}

describe('messages and consents to be contacted', () => {
  it('law: a message with a purpose stops on a withdrawn way and no other; one without goes all the same', async () => {
    const { tenantId, patientId, say } = await known();
    const ways = (message: PatientMessage) =>
      asTenant(services.db, tenantId, (trx) => openWays(trx, tenantId, patientId, message));
    for (const withdrawn of contactPurposes) {
      await say(withdrawn, true);
      await say(withdrawn, false);
      for (const message of Object.keys(patientMessages) as PatientMessage[]) {
        const isClosed = patientMessages[message].purpose === withdrawn;
        expect(await ways(message)).toEqual({ email: !isClosed, webhook: true });
      }
      await say(withdrawn, true);
    }
  });

  it('says of every message why, from where, and that nobody has reviewed it', () => {
    for (const { why, source, review } of Object.values(patientMessages)) {
      expect(why.length).toBeGreaterThan(20);
      expect(source).not.toBe('');
      expect(review).toBe('unreviewed');
    }
  });

  it('who withdrew appointments is told of a booking and its cancelling, and not reminded', async () => {
    const { tenantId, desk, say, visit, outbox } = await known();
    await say('appointments', true);
    await say('appointments', false);
    const id = await visit('2026-03-05');
    expect((await outbox(id)).map(({ template }) => template)).toEqual(['booking-confirmed']);
    await cancelBooking(services, tenantId, id, desk, { by: 'clinic' });
    expect((await outbox(id)).map(({ template }) => template)).toContain('booking-cancelled');
  });

  it('a reminder that lies in the outbox is not sent to who has withdrawn since', async () => {
    const { tenantId, say, visit, outbox } = await known();
    const id = await visit('2026-03-06');
    const reminder = (await outbox(id)).find(({ template }) => template === 'booking-reminder');
    expect(reminder).toBeDefined();
    await say('appointments', true);
    await say('appointments', false);
    services.clock.advance((reminder?.dueAt.getTime() ?? 0) - services.clock.now().getTime() + 1000);
    expect(await deliverMessage(delivery, { tenantId, messageId: reminder?.id ?? '' })).toBe('suppressed');
  });

  it('a link to the intake form is handed over instead', async () => {
    const { actor, patientId, say } = await known();
    expect(await sendIntake(services, actor, { patientId, treatment: 'lip' })).toMatchObject({
      sentTo: 'email',
    });
    await say('appointments', true);
    await say('appointments', false);
    expect(await sendIntake(services, actor, { patientId, treatment: 'scalp' })).toMatchObject({
      ok: true,
      sentTo: 'nobody',
    });
  });
});

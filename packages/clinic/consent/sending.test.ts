import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { makeTestClinic } from '../booking/testing/clinic.ts';
import { branchesOfPatient } from '../booking/visit-branch.ts';
import { deliverJob, listMessages, optOut, optOutToken } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import { setContactConsent } from '../record/health.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { offerConsent } from './commands.ts';
import { consentMessages } from './messages.ts';
import { sendConsentLink } from './sending.ts';

const services = await testServices({ handlers: [handle(deliverJob, () => Promise.resolve())] });

function actorAs(role: Role, tenantId: string): Actor {
  return { tenantId, staffId: randomUUID(), role, name: 'Sample physician', sessionId: randomUUID() };
}

/** A text in Bengali offered to a person who is written to in Hindi. */
async function offered(email: string | null = 'patient014@example.org', at?: string) {
  const physician = actorAs('physician', at ?? (await testTenant(services.db)));
  const made = await createPatient(services, physician, {
    name: 'Sample patient 014',
    language: 'hi',
    synthetic: true,
    birthDate: '1990-05-21',
    email,
  });
  if (!made.ok) throw new Error(made.message);
  const patientId = made.patient.id;
  const form = { patientId, treatment: 'vitiligo', language: 'bn', operator: 'Sample operator' } as const;
  const offer = await offerConsent(services, physician, { ...form, pigments: [{ name: 'Sample beige' }] });
  if (!offer.ok) throw new Error(offer.message);
  return { physician, patientId, ...offer };
}

const queued = (tenantId: string) => listMessages(services, tenantId, { states: ['queued'] });

describe('the link of a consent', () => {
  it('goes to the patient in their language, once a day, and is written down', async () => {
    const { physician, consentId, token } = await offered();
    const { tenantId } = physician;
    expect(await sendConsentLink(services, physician, consentId)).toEqual({ ok: true, by: 'email' });
    expect(await sendConsentLink(services, physician, consentId)).toMatchObject({ reason: 'already-sent' });
    expect(await queued(tenantId)).toMatchObject([
      { recipient: 'patient014@example.org', language: 'hi', subject: { kind: 'consent', id: consentId } },
    ]);
    const { params } = await services.db
      .selectFrom('messages')
      .select('params')
      .where('tenant_id', '=', tenantId)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(params)).toContain(`/bn/consent/${token}`);
    const entries = await listAudit(services, tenantId, { subjectId: consentId });
    const actions = entries.map(({ entry }) => entry?.action);
    expect(actions.filter((action) => action === 'consent.link-sent')).toHaveLength(1);
    expect(JSON.stringify(entries)).not.toContain(token);
  });

  it('comes from the branch of her next visit, and who is bound to another sends for her own', async () => {
    const { tenantId, branchId: first, serviceId, staffIds } = await makeTestClinic(services.db);
    const { physician, patientId, consentId } = await offered(undefined, tenantId);
    const branches = [first, randomUUID(), randomUUID()];
    const now = services.clock.now();
    for (const [n, id] of branches.slice(1).entries())
      await sql`insert into branches (tenant_id, id, name, town, zone, created_at)
        values (${tenantId}, ${id}, ${`Branch ${n + 1}`}, null, 'Asia/Kolkata', now())`.execute(services.db);
    const visit = async (branchId: string | undefined, day: number, status: string) => {
      const at = Math.floor(now.getTime() / 60_000) + day * 1440;
      await sql`insert into bookings (tenant_id, id, kind, status, branch_id, service_id, practitioner_id, patient_id, person_key, start_min, end_min,
          occupied_from_min, occupied_to_min, language, source, created_at, changed_at)
        values (${tenantId}, ${randomUUID()}, 'visit', ${status}, ${branchId}, ${serviceId}, ${staffIds[0]}, ${patientId}, ${randomUUID()}, ${at}, ${at + 30},
          ${at}, ${at + 30}, 'en', 'import', ${now}, ${now})`.execute(services.db);
    };
    await visit(branches[0], -3, 'completed');
    await visit(branches[1], 20, 'confirmed');
    await visit(branches[2], 2, 'cancelled');
    expect(await branchesOfPatient(services.db, tenantId, patientId, now)).toEqual([
      branches[1],
      branches[0],
    ]);
    await sendConsentLink(services, physician, consentId);
    const outbox = async () =>
      (
        await sql<{ branch_id: string; params: { text: string } }>`select branch_id, params from messages
          where tenant_id = ${tenantId}`.execute(services.db)
      ).rows;
    expect(await outbox()).toMatchObject([{ branch_id: branches[1] }]);
    expect((await outbox())[0]?.params.text).toMatch(/, Branch 1\n\+91 98000 00000$/);
    await sql`delete from messages where tenant_id = ${tenantId}`.execute(services.db);
    for (const own of [branches[0], branches[2]]) {
      await sendConsentLink(services, { ...physician, branches: own ? [own] : [] }, consentId);
      expect(await outbox()).toMatchObject([{ branch_id: own }]);
      await sql`delete from messages where tenant_id = ${tenantId}`.execute(services.db);
    }
  });

  it('goes to nobody who wants no messages, or has no address', async () => {
    const out = await offered('patient015@example.org');
    const optOutLink = optOutToken(services.keys, out.physician.tenantId, 'patient015@example.org');
    await optOut(services, out.physician.tenantId, optOutLink);
    expect(await sendConsentLink(services, out.physician, out.consentId)).toMatchObject({
      reason: 'opted-out',
    });
    expect(await queued(out.physician.tenantId)).toEqual([]);
    const none = await offered(null);
    expect(await sendConsentLink(services, none.physician, none.consentId)).toMatchObject({
      reason: 'no-way-to-reach',
    });
  });

  it('is not sent on a channel closed for appointments, and is again once it is opened', async () => {
    const { physician, patientId, consentId } = await offered();
    const consent = { channel: 'email', purpose: 'appointments' } as const;
    const set = async (given: boolean) => {
      const done = await setContactConsent(services, physician, patientId, { ...consent, given });
      if (!done.ok) throw new Error(done.message);
    };
    await set(true);
    await set(false);
    expect(await sendConsentLink(services, physician, consentId)).toMatchObject({
      reason: 'no-way-to-reach',
    });
    await set(true);
    expect(await sendConsentLink(services, physician, consentId)).toMatchObject({ ok: true });
  });

  it('is sent only while it can be signed, by those who may, in their own clinic', async () => {
    const { physician, patientId, consentId } = await offered();
    expect(await sendConsentLink(services, actorAs('desk', physician.tenantId), consentId)).toMatchObject({
      reason: 'not-allowed',
    });
    const elsewhere = actorAs('physician', await testTenant(services.db));
    for (const id of [consentId, 'nothing']) {
      expect(await sendConsentLink(services, elsewhere, id)).toMatchObject({ reason: 'no-such-consent' });
    }
    const form = { patientId, treatment: 'vitiligo', language: 'bn', operator: 'Sample operator' } as const;
    await offerConsent(services, physician, { ...form, pigments: [{ name: 'Sample beige' }] });
    expect(await sendConsentLink(services, physician, consentId)).toMatchObject({ reason: 'link-expired' });
  });

  it.each(Object.entries(consentMessages))('is worded in %s with link and deadline', (_, sentences) => {
    const text = sentences.text('Sample clinic', 'Sample patient 014', 'https://example.org/x', '5 March');
    for (const part of ['Sample clinic', 'Sample patient 014', 'https://example.org/x', '5 March']) {
      expect(text).toContain(part);
    }
    expect(sentences.subject('Sample clinic')).not.toMatch(/vitiligo|lip|scalp/i);
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { gatesFor, type Treatment } from '../candidacy/rules.ts';
import { deliverJob, listMessages } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { createPatient, openRecord } from '../record/commands.ts';
import type { PatientForm } from '../record/schema.ts';
import { decide, readScreening, reopenScreening } from '../screening/commands.ts';
import type { Actor } from '../staff/schema.ts';
import {
  acceptIntake,
  attachIntake,
  handOver,
  intakeLink,
  inviteFromBooking,
  listIntake,
  readIntake,
  returnIntake,
  sendIntake,
  waitingIntake,
  withdrawIntake,
} from './commands.ts';
import { openByLink, proveByLink, saveByLink, submitByLink } from './person.ts';
import { gateField } from './rules.ts';
import type { Draft } from './schema.ts';

const services = await testServices({ handlers: [handle(deliverJob, () => Promise.resolve())] });

async function clinic(more: Partial<PatientForm> = {}) {
  const tenantId = await testTenant(services.db);
  const actor: Actor = {
    tenantId,
    staffId: randomUUID(),
    role: 'physician',
    name: 'Test',
    sessionId: randomUUID(),
  };
  const made = await createPatient(services, actor, {
    name: 'Sample patient 001',
    language: 'bn',
    synthetic: true,
    ...more,
  });
  if (!made.ok) throw new Error(made.message);
  return { tenantId, actor, patientId: made.patient.id };
}

const tokenOf = (link: string) => link.split('/').at(-1) ?? '';

/** Every gate answered clear, and a name; with changes. */
function filled(treatment: Treatment, changes: Readonly<Record<string, string>> = {}, at = 1000): Draft {
  const clear = Object.fromEntries(
    gatesFor(treatment).map((gate) => [gateField(gate.id), gate.options[0].id]),
  );
  return Object.fromEntries(
    Object.entries({ name: 'Sample patient 001', ...clear, ...changes }).map(([name, value]) => [
      name,
      { value, at },
    ]),
  );
}

async function sent(of: Awaited<ReturnType<typeof clinic>>, treatment: Treatment = 'vitiligo') {
  const form = await handOver(services, of.actor, { patientId: of.patientId, treatment });
  if (!form.ok) throw new Error(form.message);
  return form;
}

async function submitted(of: Awaited<ReturnType<typeof clinic>>, changes: Readonly<Record<string, string>>) {
  const form = await sent(of);
  const answer = await submitByLink(
    services,
    of.tenantId,
    form.token,
    form.pass,
    filled('vitiligo', changes),
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return form.formId;
}

describe('a link', () => {
  it('shows and takes nothing before the person proves who they are', async () => {
    const { tenantId, actor, patientId } = await clinic({ birthDate: '1990-05-21', phones: ['98000 00014'] });
    const { token, pass } = await sent({ tenantId, actor, patientId });
    expect(await openByLink(services, tenantId, token, undefined)).toMatchObject({
      reason: 'proof-needed',
      asks: 'birth-date',
    });
    expect(JSON.stringify(await openByLink(services, tenantId, token, undefined))).not.toContain('1990-05');
    expect(await saveByLink(services, tenantId, token, 'x.y', filled('vitiligo'))).toMatchObject({
      reason: 'proof-needed',
    });
    expect(await proveByLink(services, tenantId, token, '1990-05-22')).toMatchObject({
      reason: 'proof-wrong',
    });
    const proved = await proveByLink(services, tenantId, token, '1990-05-21');
    expect(proved.ok && (await openByLink(services, tenantId, token, proved.pass)).ok).toBe(true);
    expect((await openByLink(services, tenantId, token, pass)).ok).toBe(true);
    const later = {
      ...services,
      clock: { now: () => new Date(services.clock.now().getTime() + 13 * 3_600_000) },
    };
    expect(await openByLink(later, tenantId, token, pass)).toMatchObject({ reason: 'proof-needed' });
  });

  it('asks for the end of the telephone where no birth date is known, at most ten times a day', async () => {
    const { tenantId, actor, patientId } = await clinic({ phones: ['98000 04711'] });
    const { token } = await sent({ tenantId, actor, patientId });
    expect(await openByLink(services, tenantId, token, undefined)).toMatchObject({ asks: 'phone' });
    for (let tries = 0; tries < 9; tries++)
      expect(await proveByLink(services, tenantId, token, String(1000 + tries))).toMatchObject({
        reason: 'proof-wrong',
      });
    expect((await proveByLink(services, tenantId, token, '४७११')).ok).toBe(true);
    expect(await proveByLink(services, tenantId, token, '4711')).toMatchObject({ reason: 'too-many-tries' });
  });

  it('cannot be forged, is not good in another clinic, expires, and closes once it was sent or withdrawn', async () => {
    const here = await clinic();
    const { token, formId } = await sent(here);
    const changed = `${token.slice(0, -2)}AA`;
    for (const bad of ['', 'x', changed, token.slice(1)])
      expect(await openByLink(services, here.tenantId, bad, undefined)).toMatchObject({
        reason: 'link-unknown',
      });
    expect(await openByLink(services, (await clinic()).tenantId, token, undefined)).toMatchObject({
      reason: 'link-unknown',
    });
    const later = {
      ...services,
      clock: { now: () => new Date(services.clock.now().getTime() + 22 * 86_400_000) },
    };
    expect(await openByLink(later, here.tenantId, token, undefined)).toMatchObject({
      reason: 'link-expired',
    });
    await withdrawIntake(services, here.actor, formId);
    expect(await openByLink(services, here.tenantId, token, undefined)).toMatchObject({
      reason: 'link-closed',
    });
  });

  it('goes by e-mail where there is one, and waits to be given by hand where there is none', async () => {
    const mailed = await clinic({ email: 'a@example.org' });
    const answer = await sendIntake(services, mailed.actor, {
      patientId: mailed.patientId,
      treatment: 'lip',
    });
    expect(answer).toMatchObject({
      ok: true,
      sentTo: 'email',
      link: expect.stringContaining('/bn/intake/') as string,
    });
    if (!answer.ok) return;
    const subject = { kind: 'intake', id: answer.formId };
    expect(await listMessages(services, mailed.tenantId, { subject })).toMatchObject([
      { channel: 'email', recipient: 'a@example.org', language: 'bn' },
    ]);
    const silent = await clinic();
    expect(
      await sendIntake(services, silent.actor, { patientId: silent.patientId, treatment: 'lip' }),
    ).toMatchObject({
      ok: true,
      sentTo: 'nobody',
    });
  });

  it('goes out once with a booking, however often the visit is confirmed', async () => {
    const { tenantId } = await clinic();
    const visit = {
      tenantId,
      bookingId: randomUUID(),
      patientId: null,
      treatment: 'lip',
      name: 'Sample patient 002',
      language: 'hi',
      email: 'b@example.org',
      phone: null,
    } as const;
    for (let times = 0; times < 2; times++)
      await services.db.transaction().execute((trx) => inviteFromBooking(services, trx, visit));
    const sent = await listMessages(services, tenantId, { states: ['queued'] });
    expect(sent).toMatchObject([{ recipient: 'b@example.org', language: 'hi', template: 'plain' }]);
  });

  it('of the same booking is the same link', async () => {
    const { tenantId } = await clinic();
    const bookingId = randomUUID();
    const wish = { tenantId, treatment: 'scalp', language: 'en', bookingId, phone: '+919800000014' } as const;
    const [a, b] = [
      await services.db.transaction().execute((trx) => intakeLink(services, trx, wish)),
      await services.db.transaction().execute((trx) => intakeLink(services, trx, wish)),
    ];
    expect(b).toEqual(a);
    expect(await openByLink(services, tenantId, tokenOf(a.link), undefined)).toMatchObject({ asks: 'phone' });
  });
});

describe('a form being filled', () => {
  it('merges what two devices save, field by field, and keeps every step', async () => {
    const of = await clinic();
    const { token, pass, formId } = await sent(of);
    const save = (edits: Draft) => saveByLink(services, of.tenantId, token, pass, edits);
    await save({ medicines: { value: 'old', at: 10 }, wishes: { value: 'soft edge', at: 10 } });
    await save({ medicines: { value: 'newer', at: 30 }, name: { value: 'Sample patient 001', at: 20 } });
    await save({ medicines: { value: 'late arrival', at: 20 } });
    expect(await save({ medicines: { value: 'newer', at: 30 } })).toMatchObject({ ok: true, version: 2 });
    expect(await readIntake(services, of.actor, formId)).toMatchObject({
      form: {
        draft: {
          medicines: { value: 'newer' },
          wishes: { value: 'soft edge' },
          name: { value: 'Sample patient 001' },
        },
      },
    });
    const saves = await services.db
      .selectFrom('intake_saves')
      .select('version')
      .where('form_id', '=', formId)
      .execute();
    expect(saves).toHaveLength(2);
    expect(JSON.stringify(await listAudit(services, of.tenantId))).not.toContain('soft edge');
  });

  it('is sent only when nothing is open', async () => {
    const of = await clinic();
    const { token, pass } = await sent(of);
    const some = filled('vitiligo');
    const { 'gate.G14': _, ...open } = some;
    expect(await submitByLink(services, of.tenantId, token, pass, open)).toMatchObject({
      reason: 'incomplete',
      problems: { 'gate.G14': 'unanswered' },
    });
    expect((await submitByLink(services, of.tenantId, token, pass, some)).ok).toBe(true);
    expect(await saveByLink(services, of.tenantId, token, pass, some)).toMatchObject({
      reason: 'link-closed',
    });
  });

  it('is refused when it is no draft at all', async () => {
    const of = await clinic();
    const { token, pass } = await sent(of);
    for (const bad of [
      null,
      'x',
      [1],
      { name: 'x' },
      { name: { value: 'a\0b', at: 1 } },
      { name: { value: 'x', at: -1 } },
    ])
      expect(await saveByLink(services, of.tenantId, token, pass, bad)).toMatchObject({ reason: 'bad-form' });
  });
});

describe('accepting what was sent', () => {
  it('fills the record once, with what was chosen, and tells the screening', async () => {
    const of = await clinic({ phones: ['98000 00001'] });
    const formId = await submitted(of, {
      birthDate: '1991-04-03',
      phone: '98000 00002',
      email: 'a@example.org',
      'gate.G14': 'yes',
      'gate.G24': 'unsure',
      medicines: 'Sample medicine\nSample medicine\n Sample drops ',
      allergies: 'Sample dye',
      'contact.whatsapp.aftercare': 'yes',
    });
    expect(await waitingIntake(services, of.actor)).toMatchObject({ forms: [{ id: formId }] });
    expect(await acceptIntake(services, of.actor, formId, { take: ['birthDate', 'phone'] })).toMatchObject({
      ok: true,
      reopened: [],
    });
    const opened = await openRecord(services, of.actor, of.patientId);
    expect(opened).toMatchObject({
      record: {
        patient: { birthDate: '1991-04-03', phones: ['+919800000002', '+919800000001'], email: null },
        consents: [{ channel: 'whatsapp', purpose: 'aftercare', givenVia: 'intake', withdrawnAt: null }],
      },
    });
    expect(
      opened.ok &&
        opened.record.health.map(({ kind, flag, note }) => [kind, flag, note].join('|')).toSorted(),
    ).toEqual([
      'allergy||Sample dye',
      'history|no-prilocaine|',
      'medicine|anticoagulant|',
      'medicine||Sample drops',
      'medicine||Sample medicine',
    ]);
    expect(await readScreening(services, of.actor, of.patientId, 'vitiligo')).toMatchObject({
      screening: { answers: { answers: { G14: { choice: 'yes' } } } },
    });
    expect(await acceptIntake(services, of.actor, formId, { take: [] })).toMatchObject({
      reason: 'not-submitted',
    });
    const again = await submitted(of, { 'gate.G14': 'yes', medicines: 'Sample drops' });
    await acceptIntake(services, of.actor, again, { take: [] });
    const second = await openRecord(services, of.actor, of.patientId);
    expect(second.ok && second.record.health).toHaveLength(5);
  });

  it('opens the screening decision again when something new is told, and only then', async () => {
    const of = await clinic({ birthDate: '1990-01-01' });
    // The physician's own gates are answered at the screening.
    await services.db.transaction().execute((trx) =>
      reopenScreening(services, trx, {
        tenantId: of.tenantId,
        by: { kind: 'staff', id: of.actor.staffId },
        patientId: of.patientId,
        treatment: 'vitiligo',
        because: 'answers-changed',
        source: 'staff',
        answers: { G06: { choice: 'no' }, G27: { choice: 'no' } },
      }),
    );
    await acceptIntake(services, of.actor, await submitted(of, {}), { take: [] });
    const screening = await readScreening(services, of.actor, of.patientId, 'vitiligo');
    const version = screening.ok ? (screening.screening.answers?.version ?? 0) : 0;
    expect(
      await decide(services, of.actor, {
        patientId: of.patientId,
        treatment: 'vitiligo',
        answersVersion: version,
        overall: 'go',
        reason: 'Nothing stands against it.',
        gates: [],
      }),
    ).toMatchObject({ ok: true });
    const same = await submitted(of, {});
    expect(await acceptIntake(services, of.actor, same, { take: [] })).toMatchObject({ reopened: [] });
    const changed = await submitted(of, { 'gate.G15': 'yes' });
    expect(await acceptIntake(services, of.actor, changed, { take: [] })).toMatchObject({
      reopened: ['vitiligo'],
    });
  });

  it('needs a patient, and can be given back to be corrected', async () => {
    const of = await clinic();
    const { formId, link } = await services.db.transaction().execute((trx) =>
      intakeLink(services, trx, {
        tenantId: of.tenantId,
        treatment: 'vitiligo',
        language: 'en',
        bookingId: randomUUID(),
      }),
    );
    await submitByLink(services, of.tenantId, tokenOf(link), undefined, filled('vitiligo'));
    expect(await acceptIntake(services, of.actor, formId, { take: [] })).toMatchObject({
      reason: 'no-patient',
    });
    expect(await attachIntake(services, of.actor, formId, randomUUID())).toMatchObject({
      reason: 'no-patient',
    });
    expect(await attachIntake(services, of.actor, formId, of.patientId)).toEqual({ ok: true });
    expect(await returnIntake(services, of.actor, formId)).toEqual({ ok: true });
    const more = await submitByLink(services, of.tenantId, tokenOf(link), undefined, {
      wishes: { value: 'x', at: 2000 },
    });
    expect(more.ok).toBe(true);
    expect(await acceptIntake(services, of.actor, formId, { take: [] })).toMatchObject({
      ok: true,
      patientId: of.patientId,
    });
  });
});

it.each(['auditor'] as const)('is nothing for the role %s', async (role) => {
  const { actor, patientId } = await clinic();
  const as = { ...actor, role };
  const refused = { reason: 'not-allowed' };
  const id = randomUUID();
  expect(await sendIntake(services, as, { patientId, treatment: 'lip' })).toMatchObject(refused);
  expect(await handOver(services, as, { patientId, treatment: 'lip' })).toMatchObject(refused);
  expect(await listIntake(services, as, patientId)).toMatchObject(refused);
  expect(await readIntake(services, as, id)).toMatchObject(refused);
  expect(await waitingIntake(services, as)).toMatchObject(refused);
  expect(await acceptIntake(services, as, id, { take: [] })).toMatchObject(refused);
  expect(await withdrawIntake(services, as, id)).toMatchObject(refused);
});

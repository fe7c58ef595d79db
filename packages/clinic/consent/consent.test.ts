import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import type { Treatment } from '../candidacy/rules.ts';
import { testFolder, testServices, testTenant } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import type { PatientForm } from '../record/schema.ts';
import { readinessFor } from '../screening/gate.ts';
import type { Actor, Role } from '../staff/schema.ts';
import {
  offerConsent,
  readConsentDocument,
  readConsents,
  withdrawConsent,
  withdrawPhotoUse,
} from './commands.ts';
import { consentFacts, photoConsents } from './facts.ts';
import type { OfferForm, QuestionId, SignaturePart, SignForm, Stroke } from './schema.ts';
import { documentByToken, openConsent, signConsent, withdrawByToken } from './signing.ts';
import { partsOf, sealFault } from './testing/second-opinion.ts';
import { shippedContent } from './text.ts';
import { listConsentTexts, reviewConsentText, saveConsentText } from './text-commands.ts';

const services = await testServices();
const hourMs = 3_600_000;

async function actorAs(role: Role, tenantId?: string): Promise<Actor> {
  const id = tenantId ?? (await testTenant(services.db));
  return { tenantId: id, staffId: randomUUID(), role, name: 'Sample physician', sessionId: randomUUID() };
}

async function patientOf(actor: Actor, form: Partial<PatientForm> = {}): Promise<string> {
  const made = await createPatient(services, actor, {
    name: 'Sample patient 014',
    language: 'bn',
    synthetic: true,
    birthDate: '1990-05-21',
    ...form,
  });
  if (!made.ok) throw new Error(made.message);
  return made.patient.id;
}

const pen: Stroke[] = [
  [
    [100, 300],
    [180, 80],
    [260, 310],
    [400, 120],
  ],
  [[500, 200]],
];

function answersOf(treatment: Treatment): SignForm['answers'] {
  return Object.fromEntries(
    shippedContent(treatment, 'bn').questions.map(({ id, right }) => [id, right] as const),
  ) as Record<QuestionId, string>;
}

function signed(...parts: SignaturePart[]): SignForm['signatures'] {
  return parts.map((part) => ({ part, name: 'রিতা গুরুং', method: 'drawn' as const, strokes: pen }));
}

async function offer(actor: Actor, patientId: string, form: Partial<OfferForm> = {}) {
  return offerConsent(services, actor, {
    patientId,
    treatment: 'vitiligo',
    language: 'bn',
    operator: 'Sample operator',
    pigments: [{ name: 'Sample beige', ci: 'CI 77491', lot: 'LOT-7' }],
    ...form,
  });
}

async function tokenFor(actor: Actor, patientId: string, form: Partial<OfferForm> = {}): Promise<string> {
  const offered = await offer(actor, patientId, form);
  if (!offered.ok) throw new Error(offered.message);
  return offered.token;
}

function stepsOf(actor: Actor, patientId: string) {
  return readinessFor(services, actor, patientId, 'vitiligo').then((found) =>
    found.ok
      ? found.readiness.steps
          .filter(({ step }) => step === 'consent' || step === 'cooling-off')
          .map(({ state, reason }) => `${state}: ${reason}`)
      : [],
  );
}

describe('a consent', () => {
  it('is offered, understood, signed, waited over and withdrawn, each in the audit chain', async () => {
    const actor = await actorAs('physician');
    const { tenantId } = actor;
    const patientId = await patientOf(actor);
    const token = await tokenFor(actor, patientId);
    expect(await stepsOf(actor, patientId)).toEqual(['open: consent-offered', 'open: cooling-off-not-begun']);
    const opened = await openConsent(services, tenantId, token);
    expect(opened).toMatchObject({
      ok: true,
      consent: { state: 'offered', reviewState: 'unreviewed', particulars: { parts: ['patient'] } },
    });

    const answers = answersOf('vitiligo');
    const wrong = { ...answers, colour: 'b' };
    expect(
      await signConsent(services, tenantId, token, { answers: wrong, signatures: signed('patient') }),
    ).toMatchObject({ reason: 'not-understood', wrong: ['colour'] });
    expect(await signConsent(services, tenantId, token, { answers, signatures: [] })).toMatchObject({
      reason: 'signature-missing',
      field: 'signature.patient',
    });
    const dot: SignForm['signatures'] = [
      { part: 'patient', name: 'R', method: 'drawn', strokes: [[[5, 5]]] },
    ];
    expect(await signConsent(services, tenantId, token, { answers, signatures: dot })).toMatchObject({
      reason: 'signature-missing',
    });
    const photos: SignForm['photos'] = [{ use: 'record' }, { use: 'teaching', identifiable: true }];
    const done = await signConsent(services, tenantId, token, {
      answers,
      photos,
      signatures: signed('patient'),
    });
    if (!done.ok) throw new Error(done.message);
    expect(done.coolingOffUntil.getTime() - services.clock.now().getTime()).toBe(24 * hourMs);
    expect(
      await signConsent(services, tenantId, token, { answers, signatures: signed('patient') }),
    ).toMatchObject({ reason: 'already-signed' });
    expect(await stepsOf(actor, patientId)).toEqual(['done: consent-signed', 'blocked: cooling-off']);
    services.clock.advance(24 * hourMs);
    expect(await stepsOf(actor, patientId)).toEqual(['done: consent-signed', 'done: cooled-off']);

    const listed = await readConsents(services, actor, patientId);
    expect(listed).toMatchObject({
      ok: true,
      consents: [{ state: 'signed', tries: 2, signatures: [{ part: 'patient', method: 'drawn' }] }],
      photos: {
        record: { isGiven: true, isIdentifiable: false },
        teaching: { isGiven: true, isIdentifiable: true },
        publication: { isGiven: false },
        'social-media': { isGiven: false },
      },
    });
    const document = await readConsentDocument(services, actor, done.consentId);
    expect(document.ok && document.sha256).toBe(done.sha256);

    expect(await withdrawPhotoUse(services, actor, patientId, 'teaching')).toEqual({ ok: true });
    expect(await withdrawPhotoUse(services, actor, patientId, 'teaching')).toMatchObject({
      reason: 'nothing-to-withdraw',
    });
    expect(await withdrawByToken(services, tenantId, token)).toEqual({ ok: true });
    expect(await withdrawByToken(services, tenantId, token)).toMatchObject({ reason: 'already-withdrawn' });
    expect(await stepsOf(actor, patientId)).toEqual([
      'blocked: consent-withdrawn',
      'open: cooling-off-not-begun',
    ]);
    const after = await photoConsents(services.db, tenantId, patientId);
    expect(Object.values(after).some(({ isGiven }) => isGiven)).toBe(false);
    expect((await documentByToken(services, tenantId, token)).ok).toBe(true);

    const entries = await listAudit(services, tenantId, { subjectKind: 'consent' });
    const actions = entries.map(({ entry }) => entry?.action);
    for (const action of ['consent.offered', 'consent.opened', 'consent.signed', 'consent.withdrawn']) {
      expect(actions).toContain(action);
    }
    const sealed = entries.find(({ entry }) => entry?.action === 'consent.signed')?.entry;
    expect(sealed?.change).toMatchObject({ after: { documentSha256: done.sha256 } });
    expect(JSON.stringify(entries)).not.toContain('রিতা');
  });

  it('asked for anew after a withdrawal counts only when it is signed again', async () => {
    const actor = await actorAs('owner');
    const patientId = await patientOf(actor);
    const first = await tokenFor(actor, patientId);
    const second = await tokenFor(actor, patientId);
    const form = { answers: answersOf('vitiligo'), signatures: signed('patient') };
    expect(await signConsent(services, actor.tenantId, first, form)).toMatchObject({ reason: 'cancelled' });
    const done = await signConsent(services, actor.tenantId, second, form);
    if (!done.ok) throw new Error(done.message);
    expect(await withdrawConsent(services, actor, done.consentId, 'Changed their mind')).toEqual({
      ok: true,
    });
    const third = await tokenFor(actor, patientId);
    const state = () => consentFacts(services.db, actor.tenantId, patientId, 'vitiligo');
    expect(await state()).toMatchObject({ state: 'withdrawn' });
    expect(await signConsent(services, actor.tenantId, third, form)).toMatchObject({ ok: true });
    expect(await state()).toMatchObject({ state: 'signed' });
    expect(await consentFacts(services.db, actor.tenantId, patientId, 'lip')).toEqual({ state: 'none' });
  });

  it('of a minor needs a guardian and the young person’s assent, and gives no picture to the public', async () => {
    const actor = await actorAs('physician');
    const { tenantId } = actor;
    const alone = await patientOf(actor, { birthDate: '2012-01-05' });
    expect(await offer(actor, alone)).toMatchObject({ reason: 'guardian-needed' });
    const guardian = { name: 'Sample guardian', relation: 'mother' };
    expect(await offer(actor, alone, { guardian, treatment: 'scalp' })).toMatchObject({
      reason: 'minor-not-treated',
    });
    const token = await tokenFor(actor, alone, { guardian, interpreter: true, witness: true });
    const answers = answersOf('vitiligo');
    const form = { answers, signatures: signed('patient', 'assent', 'interpreter', 'witness') };
    expect(await signConsent(services, tenantId, token, form)).toMatchObject({ reason: 'guardian-needed' });
    const all = signed('guardian', 'assent', 'interpreter', 'witness');
    expect(
      await signConsent(services, tenantId, token, {
        answers,
        signatures: all,
        photos: [{ use: 'social-media' }],
      }),
    ).toMatchObject({ reason: 'photos-not-for-minors' });
    expect(await signConsent(services, tenantId, token, { answers, signatures: all })).toMatchObject({
      ok: true,
    });
    const unknown = await patientOf(actor, { birthDate: null });
    expect(await offer(actor, unknown)).toMatchObject({ reason: 'age-unknown' });
  });

  it('is offered by physicians, not by others, and opened by nobody without the whole token', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    for (const role of ['assistant', 'desk', 'auditor'] as const) {
      const other = await actorAs(role, actor.tenantId);
      expect(await offer(other, patientId)).toMatchObject({ reason: 'not-allowed' });
    }
    const desk = await actorAs('desk', actor.tenantId);
    expect(await readConsents(services, desk, patientId)).toMatchObject({ reason: 'not-allowed' });
    const token = await tokenFor(actor, patientId);
    const forged = `${token.slice(0, -3)}${token.endsWith('AAA') ? 'BBB' : 'AAA'}`;
    for (const wrong of ['', 'x', forged]) {
      expect(await openConsent(services, actor.tenantId, wrong)).toMatchObject({ reason: 'link-unknown' });
    }
    expect(await openConsent(services, await testTenant(services.db), token)).toMatchObject({ ok: false });
    services.clock.advance(15 * 24 * hourMs);
    expect(await openConsent(services, actor.tenantId, token)).toMatchObject({ reason: 'link-expired' });
  });
});

describe('the sealed document', () => {
  let bytes = Buffer.alloc(0);
  let folder = '';
  beforeAll(async () => {
    const actor = await actorAs('owner');
    const token = await tokenFor(actor, await patientOf(actor, { name: 'রিতা গুরুং' }));
    const done = await signConsent(services, actor.tenantId, token, {
      answers: answersOf('vitiligo'),
      signatures: signed('patient'),
    });
    if (!done.ok) throw new Error(done.message);
    const read = await documentByToken(services, actor.tenantId, token);
    bytes = read.ok ? Buffer.from(read.bytes) : bytes;
    folder = testFolder();
  });

  it('carries a signature over every byte but itself, which Node’s own crypto finds right', () => {
    expect(sealFault(bytes)).toBeUndefined();
  });

  it('tells any change of any byte', () => {
    for (const at of [20, Math.floor(bytes.length / 3), bytes.length - 20]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(sealFault(changed)).toBeDefined();
    }
    const longer = Buffer.concat([bytes, Buffer.from('\n')]);
    expect(sealFault(longer)).toBe('does not cover the whole file');
  });

  it.skipIf(!has('openssl'))('is found right by OpenSSL', () => {
    const { covered, cms } = partsOf(bytes);
    writeFileSync(join(folder, 'covered'), covered);
    writeFileSync(join(folder, 'cms'), cms);
    const verify = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', join(folder, 'cms')];
    const options = ['-content', join(folder, 'covered'), '-noverify', '-out', join(folder, 'out')];
    execFileSync('openssl', [...verify, ...options], { stdio: 'pipe' });
    covered[100] = (covered[100] ?? 0) ^ 1;
    writeFileSync(join(folder, 'covered'), covered);
    expect(() => execFileSync('openssl', [...verify, ...options], { stdio: 'pipe' })).toThrow(/verif/i);
  });

  it.skipIf(!has('pdfsig'))('is found right by Poppler', () => {
    writeFileSync(join(folder, 'sealed.pdf'), bytes);
    const said = execFileSync('pdfsig', [join(folder, 'sealed.pdf')], { encoding: 'utf8', stdio: 'pipe' });
    expect(said).toContain('Signature is Valid');
    expect(said).toContain('Total document signed');
    expect(said).toContain('ETSI.CAdES.detached');
  });
});

describe('consent texts', () => {
  it('come with the program, get versions that never change, and take no promise', async () => {
    const actor = await actorAs('physician');
    const listed = await listConsentTexts(services, actor);
    expect(listed.ok && listed.texts.length).toBe(12);
    const content = shippedContent('lip', 'en');
    const longer = { ...content, coolingOffHours: 72 };
    const saved = await saveConsentText(services, actor, longer);
    expect(saved).toMatchObject({ ok: true, text: { version: 2, reviewState: 'unreviewed' } });
    expect(await reviewConsentText(services, actor, 'lip', 'en', 1)).toMatchObject({ field: 'version' });
    expect(await reviewConsentText(services, actor, 'lip', 'en', 2)).toMatchObject({
      ok: true,
      text: { version: 3, reviewState: 'reviewed' },
    });
    expect(await saveConsentText(services, actor, { ...content, coolingOffHours: 12 })).toMatchObject({
      reason: 'bad-form',
      field: 'coolingOffHours',
    });
    expect(await saveConsentText(services, actor, { ...content, lead: 'A permanent result.' })).toMatchObject(
      {
        reason: 'promise-in-text',
      },
    );
    const assistant = await actorAs('assistant', actor.tenantId);
    expect(await saveConsentText(services, assistant, content)).toMatchObject({ reason: 'not-allowed' });
    const patientId = await patientOf(actor);
    const token = await tokenFor(actor, patientId, { treatment: 'lip', language: 'en' });
    const done = await signConsent(services, actor.tenantId, token, {
      answers: answersOf('lip'),
      signatures: signed('patient'),
    });
    expect(done.ok && done.coolingOffUntil.getTime() - services.clock.now().getTime()).toBe(72 * hourMs);
    const change = services.db.updateTable('consent_texts').set({ content: '{}' }).execute();
    await expect(change).rejects.toMatchObject({ code: '23001' });
  });
});

function has(program: string): boolean {
  try {
    execFileSync(program, [program === 'openssl' ? 'version' : '-v'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

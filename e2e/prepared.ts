import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gatesFor, type Treatment } from '@undertone/clinic/candidacy/rules.ts';
import { offerConsent } from '@undertone/clinic/consent/commands.ts';
import { signConsent } from '@undertone/clinic/consent/signing.ts';
import { shippedContent } from '@undertone/clinic/consent/text.ts';
import { savePlan, signPlan } from '@undertone/clinic/planning/commands.ts';
import { standingClock } from '@undertone/clinic/platform/clock.ts';
import { readConfig } from '@undertone/clinic/platform/config.ts';
import { decodePhoto, encodeJpeg } from '@undertone/clinic/platform/images/index.ts';
import { changePatient, createPatient } from '@undertone/clinic/record/commands.ts';
import { decide, readScreening, saveAnswers } from '@undertone/clinic/screening/commands.ts';
import { waiveSpot } from '@undertone/clinic/screening/spot-commands.ts';
import { spotKinds } from '@undertone/clinic/screening/spots.ts';
import { membersToTell } from '@undertone/clinic/staff/commands.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import { type Clinic, startClinic } from '@undertone/clinic/start.ts';
import { createItem, receive } from '@undertone/clinic/stock/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { samplePaints } from '@undertone/engine/match/index.ts';
import type { Mask, Picture } from '@undertone/engine/photo/index.ts';
import { makePlan, previewOf } from '@undertone/engine/plan/index.ts';
import { simulatePatch } from '@undertone/engine/simulator/patch.ts';
import { seededRandom } from '@undertone/engine/simulator/random.ts';
import { inject } from 'vitest';
import { owner } from './journey.ts';

/*
 * What went before a treatment day, done by the clinic's own commands on the site's database, some weeks ago by their
 * clock: time to think over a consent cannot pass within a journey. The owner must have an account (signInAsOwner).
 */

export interface Prepared {
  readonly clinic: Clinic;
  readonly actor: Actor;
  readonly stop: () => Promise<void>;
}

/** Joins the site's clinic as its owner. */
export async function joinSite(): Promise<Prepared> {
  const site = inject('site');
  if (!site) throw new Error('journeys() guards this');
  const config = readConfig({ UNDERTONE_HOME: site.home, LOG_TO: 'file' });
  const started = await startClinic(config, { beside: 'join', work: false, migrate: false });
  const { clinic } = started;
  return { clinic, actor: await ownerOf(clinic), stop: () => started.stop() };
}

/** The owner of a clinic's database, as somebody who gives commands. */
export async function ownerOf(clinic: Clinic): Promise<Actor> {
  const tenantId = (await mainTenant(clinic))?.id ?? '';
  const self = (await membersToTell(clinic, tenantId)).find(({ email }) => email === owner.email);
  if (!self) throw new Error('sign the owner in first');
  return { tenantId, staffId: self.id, role: 'owner', name: self.name, sessionId: randomUUID() };
}

function must<T extends { readonly ok: boolean }>(answer: T): Extract<T, { readonly ok: true }> {
  if (!answer.ok) throw new Error((answer as { readonly message?: string }).message ?? 'refused');
  return answer as Extract<T, { readonly ok: true }>;
}

export interface ReadyPatient {
  readonly patientId: string;
  readonly name: string;
}

/** Somebody who may be treated today: answers, decision, spots set aside, plan and consent lie weeks back. */
export async function readyPatient(
  { clinic, actor }: Prepared,
  treatment: Treatment,
  name: string,
  language: 'bn' | 'hi' | 'en' | 'ne' = 'bn',
): Promise<ReadyPatient> {
  const past = { ...clinic, clock: standingClock(new Date(Date.now() - 20 * 86_400_000)) };
  const { patient } = must(
    await createPatient(past, actor, {
      name,
      language,
      synthetic: true,
      birthDate: '1990-05-21',
      sex: 'female',
    }),
  );
  const patientId = patient.id;
  must(await changePatient(past, actor, patientId, { weightKg: 60, version: patient.version }));
  const answers = Object.fromEntries(
    gatesFor(treatment, 'physician').map((gate) => [gate.id, { choice: gate.options[0]?.id ?? 'no' }]),
  );
  must(await saveAnswers(past, actor, { patientId, treatment, answers }));
  const { screening } = must(await readScreening(past, actor, patientId, treatment));
  const reason = 'Looked at and weighed in person.';
  must(
    await decide(past, actor, {
      patientId,
      treatment,
      answersVersion: screening.answers?.version ?? 1,
      overall: 'go',
      reason,
      gates: screening.findings.map(({ gate }) => ({ gate, word: 'go', reason })),
    }),
  );
  for (const kind of spotKinds) await waiveSpot(past, actor, { patientId, treatment, kind, reason });
  await signedPlan({ ...past }, actor, patientId, treatment);
  const { token } = must(
    await offerConsent(past, actor, {
      patientId,
      treatment,
      language,
      operator: actor.name,
      pigments: [{ name: 'Sample brown', ci: 'CI 77491', lot: 'B-1' }],
    }),
  );
  const rights = shippedContent(treatment, language).questions.map(({ id, right }) => [id, right]);
  must(
    await signConsent(past, actor.tenantId, token, {
      answers: Object.fromEntries(rights),
      photos: [{ use: 'record' }],
      signatures: [
        {
          part: 'patient',
          name,
          method: 'drawn',
          strokes: [
            [
              [100, 300],
              [180, 80],
              [260, 310],
              [400, 120],
            ],
          ],
        },
      ],
    }),
  );
  return { patientId, name };
}

type Past = Pick<Clinic, 'db' | 'files'> & { readonly clock: { now(): Date } };

/** A plan from a photograph with a marked region, signed. */
async function signedPlan(past: Past, actor: Actor, patientId: string, treatment: Treatment): Promise<void> {
  const name = treatment === 'scalp' ? 'cc0-061-man-shaved-scalp-front.jpg' : 'cc0-049-woman-smile.jpg';
  const photo = await readFile(new URL(`../packages/engine/fixtures/photos/${name}`, import.meta.url));
  const original = await pictureOf(photo);
  // White patches cannot be photographed without a person who has them: one is drawn on real skin.
  const patch =
    treatment === 'vitiligo'
      ? simulatePatch(
          original,
          { x: 400, y: 400, widthPx: 140, heightPx: 140 },
          { strength: 0.3, chromophores: 'steep', random: seededRandom(3) },
        )
      : undefined;
  const file = patch ? await encodeJpeg(patch.picture, 95) : photo;
  const picture = patch ? await pictureOf(file) : original;
  const mask = patch?.mask ?? rectangle(original);
  const plan = await makePlan({
    treatment,
    photo: { picture, sha256: createHash('sha256').update(file).digest('hex'), name: 'region.jpg' },
    region: { mask, source: 'mask' },
    scale: { mmPerPx: 0.2, relativeSd: 0.02, from: 'test' },
    ...(treatment === 'vitiligo' && { site: 'face' as const }),
    pigments: samplePaints,
    seed: 5,
  });
  if (!plan.ok) throw new Error(plan.message);
  const drawn = async (state: 'day0' | 'week6' | 'month12') => {
    const preview = previewOf(plan, state);
    if (!preview) throw new Error(`no preview of ${state}`);
    return { bytes: await encodeJpeg(preview, 60), mediaType: 'image/jpeg' };
  };
  const pictures = {
    day0: await drawn('day0'),
    week6: await drawn('week6'),
    month12: await drawn('month12'),
  };
  const { plan: saved } = must(
    await savePlan(past, actor, {
      patientId,
      document: JSON.stringify(plan.document),
      parts: { photo: { bytes: file, mediaType: 'image/jpeg' }, ...pictures },
    }),
  );
  must(await signPlan(past, actor, saved.planId, saved.version));
}

async function pictureOf(photo: Uint8Array): Promise<Picture> {
  const decoded = await decodePhoto(photo);
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.picture;
}

/** A piece of the middle. */
function rectangle({ widthPx, heightPx }: Picture): Mask {
  const alpha = new Uint8Array(widthPx * heightPx);
  const [x, y] = [Math.round(widthPx * 0.45), Math.round(heightPx * 0.45)];
  for (let row = y; row < y + 40; row++) alpha.fill(255, row * widthPx + x, row * widthPx + x + 60);
  return { widthPx, heightPx, alpha };
}

export interface Shelf {
  readonly pigment: string;
  readonly pigmentLot: string;
  readonly needle: string;
  readonly needleLot: string;
}

/** A pigment and a needle with a lot each, under names of their own. */
export async function filledShelf({ clinic, actor }: Prepared, mark: string): Promise<Shelf> {
  const pdf = { bytes: new TextEncoder().encode('%PDF-1.7 a paper'), mediaType: 'application/pdf' };
  const shelf = {
    pigment: `${mark} brown`,
    pigmentLot: `${mark}-P1`,
    needle: `${mark} 3 round`,
    needleLot: `${mark}-N1`,
  };
  const expiresOn = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
  const put = async (kind: 'pigment' | 'needle', name: string, lotNumber: string, quantity: number) => {
    const unit = kind === 'pigment' ? ('drop' as const) : ('piece' as const);
    const ingredients =
      kind === 'pigment' ? [{ name: 'Iron oxide', ciNumber: '77491', cas: '1309-37-1' }] : [];
    const { item } = must(
      await createItem(
        clinic,
        actor,
        { kind, name, unit, ingredients },
        kind === 'pigment' ? pdf : undefined,
      ),
    );
    must(
      await receive(
        clinic,
        actor,
        { itemId: item.id, lotNumber, expiresOn, quantity, unit, receiptId: randomUUID() },
        pdf,
      ),
    );
  };
  await put('pigment', shelf.pigment, shelf.pigmentLot, 400);
  await put('needle', shelf.needle, shelf.needleLot, 40);
  return shelf;
}

import { createRequire } from 'node:module';
import { parsePigments, samplePaints } from '@undertone/engine/match/index.ts';
import type { Picture } from '@undertone/engine/photo/index.ts';
import {
  engineVersion,
  maskOfRuns,
  type PlanDocument,
  type PlanInput,
  readingOf,
} from '@undertone/engine/plan/index.ts';
import { createNodePool } from '@undertone/engine/work/node.ts';
import type { Pool } from '@undertone/engine/work/pool.ts';
import { recordAudit } from '../audit/commands.ts';
import { decodePhoto, resizeTo } from '../platform/images/index.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { differencesOf, uncompared } from './differences.ts';
import { by, noSuchPlan, notAllowed } from './refusals.ts';
import type { PlanningRefusal, Remade, RemakeReason } from './rules.ts';
import { parsePlan } from './schema.ts';
import { selectPlan, selectPlanFiles } from './store.ts';

/** Makes a plan again from its stored inputs and photo, in a thread of its own, and tells exactly what differs. */
export async function reproducePlan(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  actor: Actor,
  planId: string,
  version?: number,
): Promise<Remade | PlanningRefusal> {
  if (!can(actor.role, 'plan.read') || !can(actor.role, 'photo.read')) return notAllowed;
  if (!isUuid(planId)) return noSuchPlan;
  const { tenantId } = actor;
  const read = await services.db.transaction().execute(async (trx) => {
    const plan = await selectPlan(trx, tenantId, planId, version);
    if (!plan) return undefined;
    const files = await selectPlanFiles(trx, tenantId, planId, plan.version);
    const get = async (id: string | undefined) => id && (await services.files.get(trx, tenantId, id))?.bytes;
    const kept = {
      picture: await get(files.picture),
      photo: await get(files.photo),
      map: await get(files.map),
    };
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'plan.remade',
      subject: { kind: 'plan', id: planId },
      change: { after: { version: plan.version, engineVersion } },
    });
    return { plan, kept };
  });
  if (!read) return noSuchPlan;
  const parsed = parsePlan(read.plan.document);
  if (!parsed.ok) return parsed;
  const { picture: kept, photo, map } = read.kept;
  const bytes = kept || photo;
  if (!bytes) {
    return {
      ok: false,
      reason: 'photo-missing',
      message: 'This version was saved without its photograph; nothing can be made again from it.',
      field: 'parts.photo',
    };
  }
  const decoded = await decodePhoto(bytes);
  if (!decoded.ok) return { ok: false, reason: 'photo-missing', message: decoded.message };
  const { widthPx, heightPx } = parsed.plan.inputs.photo;
  const picture = await resizeTo(decoded.picture, widthPx, heightPx);
  const remade = await remake(parsed.plan, picture);
  if (!remade.ok) return remade;
  const textOf = (document: unknown) =>
    JSON.stringify(document, (key, value: unknown) => (key === uncompared ? undefined : value));
  const isMapIdentical = map ? Buffer.from(map).equals(Buffer.from(remade.mapSvg)) : null;
  // Spaces between values are the writer's; the values and their order are the plan.
  const isIdentical =
    textOf(remade.document) === textOf(JSON.parse(read.plan.document)) && isMapIdentical !== false;
  const reasons: RemakeReason[] = [
    ...(parsed.plan.engineVersion === engineVersion ? [] : ['engine-version' as const]),
    ...(picture === decoded.picture ? [] : ['picture-not-kept' as const]),
    ...(hasScars(parsed.plan) ? ['scars-not-kept' as const] : []),
  ];
  return {
    ok: true,
    isIdentical,
    engine: { madeBy: parsed.plan.engineVersion, now: engineVersion },
    reasons: isIdentical ? [] : reasons.length > 0 ? reasons : ['arithmetic'],
    differences: differencesOf(parsed.plan, remade.document),
    isMapIdentical,
  };
}

/** Every input of a plan is put to use again below: one that the engine adds does not compile until it is named here. */
const used: Readonly<Record<keyof PlanDocument['inputs'], true>> = {
  seed: true,
  site: true,
  photo: true,
  region: true,
  scale: true,
  readings: true,
  pigments: true,
  only: true,
  density: true,
  densityStrokes: true,
  learned: true,
  correction: true,
  colour: true,
};

function hasScars({ inputs: { density } }: PlanDocument): boolean {
  return density?.kind === 'scalp' && density.scarFactor !== 1;
}

async function remake(
  plan: PlanDocument,
  picture: Picture,
): Promise<{ ok: true; document: PlanDocument; mapSvg: string } | PlanningRefusal> {
  const { inputs } = plan;
  const strange = Object.keys(inputs).filter((key) => !(key in used));
  if (strange.length > 0) {
    return {
      ok: false,
      reason: 'not-remade',
      message: `The plan was made with inputs this version does not know: ${strange.join(', ')}.`,
      field: 'inputs',
    };
  }
  const pigments = inputs.pigments === undefined ? undefined : parsePigments(JSON.stringify(inputs.pigments));
  if (pigments && !pigments.ok)
    return { ok: false, reason: 'not-remade', message: pigments.message, field: 'inputs.pigments' };
  // By package name, so that it is found also from a bundle.
  const script = createRequire(import.meta.url).resolve('@undertone/engine/work/node.worker.ts');
  const pool = createNodePool(1, script);
  try {
    const calibration = await calibrationOf(pool, plan, picture);
    const again: PlanInput = {
      treatment: plan.treatment,
      photo: {
        picture,
        sha256: inputs.photo.sha256,
        ...(inputs.photo.name === undefined ? {} : { name: inputs.photo.name }),
      },
      region: {
        mask: {
          widthPx: picture.widthPx,
          heightPx: picture.heightPx,
          alpha: maskOfRuns(inputs.region.maskRuns, picture.widthPx * picture.heightPx),
        },
        source: inputs.region.source,
        ...(inputs.region.taps ? { taps: inputs.region.taps } : {}),
      },
      ...(inputs.scale ? { scale: inputs.scale } : {}),
      site: inputs.site,
      calibration,
      ...(inputs.readings
        ? {
            readings: {
              patch: readingOf(inputs.readings.patch),
              surround: readingOf(inputs.readings.surround),
              ...(inputs.readings.tanned ? { tanned: readingOf(inputs.readings.tanned) } : {}),
            },
          }
        : {}),
      // A scalp needs no match: its dilutions are of one black, whatever the set.
      pigments: pigments?.ok ? pigments.set : samplePaints,
      ...(inputs.only ? { only: inputs.only } : {}),
      ...(inputs.density ? { density: inputs.density } : {}),
      ...(inputs.densityStrokes ? { densityStrokes: inputs.densityStrokes } : {}),
      ...(inputs.learned ? { learned: inputs.learned } : {}),
      seed: inputs.seed,
    };
    const answer = await pool.run('plan', { plan: again, previews: [] });
    return answer.ok
      ? { ok: true, document: answer.document, mapSvg: answer.mapSvg }
      : { ok: false, reason: 'not-remade', message: `${answer.reason}: ${answer.message}` };
  } finally {
    await pool.close();
  }
}

/** A plan keeps what a chart made of its colours, not where it was found: it is looked for as it was then. */
async function calibrationOf(pool: Pool, { inputs: { colour } }: PlanDocument, picture: Picture) {
  const without = await pool.run('calibrate', { picture, options: { chart: 'none' } });
  const isSame = !colour.calibrated && without.reasons.join(' ') === colour.statement;
  return isSame ? without : pool.run('calibrate', { picture, options: { chart: 'auto' } });
}

/** What a session begins with in its fields: from the plan what the plan decides, from last time what the clinic repeats. */
import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import type { SessionRecord } from './journal.ts';
import { valueOf } from './journal.ts';
import type { FieldValues, Proposal, UsableLot } from './schema.ts';

export interface ProposalSources {
  readonly plan?: { readonly planId: string; readonly version: number; readonly document: PlanDocument };
  readonly last?: { readonly sessionId: string; readonly record: SessionRecord };
  readonly lots: readonly UsableLot[];
}

/**
 * The plan gives drops, depth and passes; last time gives zones, machine, dilution and what the plan leaves open. A lot is
 * proposed only if it may be used today: the one used last, else the opened one of that name, else the first to expire.
 */
export function proposeFrom({ plan, last, lots }: ProposalSources): Proposal {
  const record = last?.record;
  const held = <F extends keyof FieldValues>(field: F) => record && valueOf(record, field);
  const lotFor = (kind: UsableLot['kind'], name: string, usedLotId?: string) => {
    const same = lots.filter((lot) => lot.kind === kind && fold(lot.name) === fold(name));
    return (lots.find(({ id }) => id === usedLotId) ?? same.toSorted(firstToUse)[0])?.id;
  };
  const withLot = <T extends object>(value: T, lotId: string | undefined) => ({
    ...value,
    ...(lotId !== undefined && { lotId }),
  });
  const document = plan?.document;
  const recipe = document?.match.kind === 'recipe' ? document.match.recipe : undefined;
  const lastPigments = record?.pigments.map(({ body }) => body) ?? [];
  const pigments = recipe
    ? recipe.parts
        .filter(({ drops }) => drops > 0)
        .map(({ name, drops }) => {
          const used = lastPigments.find((one) => fold(one.name) === fold(name));
          return withLot({ name, zone: '', drops }, lotFor('pigment', name, used?.lotId));
        })
    : lastPigments.map(({ name, zone, drops, lotId }) =>
        withLot({ name, zone, drops }, lotFor('pigment', name, lotId)),
      );
  const needles = (record?.needles ?? []).map(({ body: { name, zone, lotId } }) =>
    withLot({ name, zone }, lotFor('needle', name, lotId)),
  );
  const fields: { -readonly [F in keyof FieldValues]?: FieldValues[F] } = {};
  const keep = <F extends keyof FieldValues>(field: F, value: FieldValues[F] | undefined) => {
    if (value !== undefined) fields[field] = value;
  };
  keep('machine', held('machine'));
  keep('weightKg', held('weightKg'));
  keep('heightCm', held('heightCm'));
  keep('sex', held('sex'));
  keep('diluentParts', diluentPartsOf(document) ?? held('diluentParts'));
  const depth = document && { lowMm: document.needle.depthMm.low, highMm: document.needle.depthMm.high };
  keep('depth', depth ?? held('depth'));
  const lastPasses = record?.passes.map(({ body }) => body.passes) ?? [];
  const passes = document ? Math.ceil(document.needle.passes.low) : lastPasses.at(-1);
  return {
    ...(plan && { plan: { planId: plan.planId, version: plan.version } }),
    ...(last && { lastSessionId: last.sessionId }),
    zones: [
      ...new Set([...(record?.passes ?? []), ...(record?.pigments ?? [])].map(({ body }) => body.zone)),
    ].filter((zone) => zone !== ''),
    fields,
    pigments,
    ...(recipe && recipe.diluentDrops > 0 && { diluentDrops: recipe.diluentDrops }),
    needles:
      needles.length > 0 || document === undefined ? needles : [{ name: document.needle.needle, zone: '' }],
    ...(passes !== undefined && passes >= 1 && { passes }),
  };
}

/** Of a scalp the strongest of the plan's dilutions: the others are stirred from it. */
function diluentPartsOf(document: PlanDocument | undefined): number | undefined {
  if (document?.match.kind !== 'dilutions') return undefined;
  return Math.min(...document.match.tones.map(({ diluentParts }) => diluentParts));
}

const fold = (name: string) => name.normalize('NFKC').trim().toLowerCase();

function firstToUse(a: UsableLot, b: UsableLot): number {
  if (a.isOpen !== b.isOpen) return a.isOpen ? -1 : 1;
  const [endA, endB] = [a.expiresOn ?? '9999-12-31', b.expiresOn ?? '9999-12-31'];
  return endA === endB ? 0 : endA < endB ? -1 : 1;
}

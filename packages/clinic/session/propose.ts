/** What a session begins with in its fields: from the plan what the plan decides, from last time what the clinic repeats. */
import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import type { SessionRecord } from './journal.ts';
import { valueOf } from './journal.ts';
import {
  type Application,
  type BodyOf,
  type FieldValues,
  isDiluent,
  type Proposal,
  type UsableLot,
} from './schema.ts';

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
  const pieces = (kind: 'needle' | 'consumable', done: readonly { readonly body: BodyOf<'needle'> }[]) =>
    done.map(({ body: { name, zone, count, lotId } }) =>
      withLot({ name, zone, count }, lotFor(kind, name, lotId)),
    );
  const needles = pieces('needle', record?.needles ?? []);
  const consumables = pieces('consumable', record?.consumables ?? []);
  const diluents = diluentsOf(recipe?.diluentDrops, record, lots);
  const numbing = (record?.numbing ?? []).flatMap(({ body }) => againOf(body, lots));
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
  // Where they went is of last time; how many and how deep the plan says, if there is one.
  const passed = record?.passes.map(({ body }) => body) ?? [];
  const passLines =
    document && depth && passes !== undefined && passes >= 1
      ? [...new Set(passed.map(({ zone }) => zone))].map((zone) => ({ zone, passes, depthMm: depth.highMm }))
      : passed;
  return {
    ...(plan && { plan: { planId: plan.planId, version: plan.version } }),
    ...(last && { lastSessionId: last.sessionId }),
    zones: [
      ...new Set([...(record?.passes ?? []), ...(record?.pigments ?? [])].map(({ body }) => body.zone)),
    ].filter((zone) => zone !== ''),
    fields,
    pigments,
    diluents,
    needles:
      needles.length > 0 || document === undefined ? needles : [{ name: document.needle.needle, zone: '' }],
    consumables,
    ...(passes !== undefined && passes >= 1 && { passes }),
    passLines,
    numbing,
  };
}

/** The plan says how much, last time from what. */
function diluentsOf(
  plannedDrops: number | undefined,
  record: SessionRecord | undefined,
  lots: readonly UsableLot[],
): NonNullable<Proposal['diluents']> {
  const usable = lots.filter(isDiluent);
  const lotFor = (name: string, lotId: string | undefined) =>
    usable.find(({ id }) => id === lotId) ??
    usable.filter((lot) => fold(lot.name) === fold(name)).toSorted(firstToUse)[0];
  const last = (record?.diluents ?? []).map(({ body: { name = '', zone, drops, lotId } }) => {
    const lot = lotFor(name, lotId);
    return { name: lot?.name ?? name, zone, drops, ...(lot && { lotId: lot.id }) };
  });
  if (plannedDrops === undefined) return last;
  if (!(plannedDrops > 0)) return [];
  const lotId = last[0]?.lotId;
  return [
    { name: last[0]?.name ?? '', zone: '', drops: plannedDrops, ...(lotId !== undefined && { lotId }) },
  ];
}

/** The same dose again; from a lot only if that lot, or another of the same drug, may be used today. */
function againOf(given: Application, lots: readonly UsableLot[]): readonly Application[] {
  const { lotId, reason: _, ...again } = given;
  if (given.skin === 'broken') return [];
  if (lotId === undefined) return [again];
  const same = lots.filter(({ numbing }) => numbing?.id === given.product.id);
  const lot = same.find(({ id }) => id === lotId) ?? same.toSorted(firstToUse)[0];
  return lot?.numbing === undefined ? [] : [{ ...again, product: lot.numbing, lotId: lot.id }];
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

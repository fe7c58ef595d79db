import type { Colorimeter, NamedWhite } from '../light/index.ts';
import { seededChance, skinGrid } from '../skin/index.ts';
import { buildDoseTable, type DoseTable, makeTransport, tableReflectance } from './dose-table.ts';
import { evenPoint, normalQuantile } from './even-points.ts';
import { mixInto, type PigmentOptics, skinColourModel } from './model.ts';
import { nominalLayerUm } from './pigment.ts';
import type { HealingState } from './request.ts';
import { lnDoseFactor, type ScenarioModel, scenarioOf } from './scenario.ts';

/** One possible person: z of `scenario.ts`, weight, and a table of what pigment does in that skin. */
export interface Member {
  readonly z: Float64Array;
  readonly weight: number;
  readonly table: DoseTable;
  /** Doses act as if spread through the nominal layer: nominal over own thickness. */
  readonly doseScale: number;
}

export interface Ensemble {
  readonly model: ScenarioModel;
  readonly members: readonly Member[];
  /** Effective number of members, 1..members.length. */
  readonly effectiveCount: number;
}

/** Nodes per axis and directions of the members' small tables. */
export const memberOrder = 5;
export const memberPoints = 4;

const bands = skinGrid.count;

/** Largest coefficients a table must cover: the given doses, thinner layers and strong retention included. */
export function reach(optics: PigmentOptics, doses: readonly ArrayLike<number>[], margin: number) {
  const mostMuaPerCm = new Float64Array(bands).fill(0.5);
  const mostMuspPerCm = new Float64Array(bands).fill(5);
  const mua = new Float64Array(bands);
  const musp = new Float64Array(bands);
  for (const dose of doses) {
    mixInto(optics, dose, mua, musp);
    for (let band = 0; band < bands; band += 1) {
      mostMuaPerCm[band] = Math.max(mostMuaPerCm[band], margin * mua[band]);
      mostMuspPerCm[band] = Math.max(mostMuspPerCm[band], margin * musp[band]);
    }
  }
  return { mostMuaPerCm, mostMuspPerCm };
}

/** z vectors spread evenly over the prior. */
export function priorPoints(dimensions: number, count: number, seed: number): Float64Array[] {
  const chance = seededChance(seed);
  const shift = Float64Array.from({ length: dimensions }, () => chance.uniform());
  return Array.from({ length: count }, (_, i) => evenPoint(i, shift).map(normalQuantile));
}

/** Builds the members one by one; the caller yields between them. */
export function memberBuilder(
  model: ScenarioModel,
  covered: { readonly mostMuaPerCm: Float64Array; readonly mostMuspPerCm: Float64Array },
): (z: Float64Array, weight: number) => Member {
  const transport = makeTransport(memberPoints);
  return (z, weight) => {
    const { skin, geometry } = scenarioOf(model, z);
    const options = { order: memberOrder, points: memberPoints, ...covered };
    return {
      z,
      weight,
      table: buildDoseTable(skin, geometry, options, transport),
      doseScale: nominalLayerUm / geometry.pigmentLayerUm,
    };
  };
}

export function ensembleOf(model: ScenarioModel, members: readonly Member[]): Ensemble {
  const total = members.reduce((sum, m) => sum + m.weight, 0);
  const squares = members.reduce((sum, m) => sum + m.weight ** 2, 0);
  return {
    model,
    members: members.map((m) => ({ ...m, weight: m.weight / total })),
    effectiveCount: (total * total) / squares,
  };
}

/** Outcome of one simulated treatment: L*a*b* under each light, three numbers a light. */
export interface Outcome {
  readonly weight: number;
  readonly labs: Float64Array;
}

/** Everything but the member that chance decides: one session and its later fading, per pigment. */
export interface SessionDraw {
  readonly session: Float64Array;
  readonly later: Float64Array;
}

export function sessionDraws(pigmentCount: number, count: number, seed: number): SessionDraw[] {
  return priorPoints(2 * pigmentCount, count, seed).map((z) => ({
    session: z.slice(0, pigmentCount),
    later: z.slice(pigmentCount),
  }));
}

/**
 * Simulated colours of implanted doses in one state of healing. Member m meets the draws m, m + 1, … of `draws`.
 * @param correction added to each reflectance: what the members' coarse transport lacks against the fine one
 */
export function simulate(
  ensemble: Ensemble,
  optics: PigmentOptics,
  meters: readonly Colorimeter<NamedWhite>[],
  implanted: ArrayLike<number>,
  state: HealingState,
  draws: readonly SessionDraw[],
  drawsPerMember: number,
  correction?: Float64Array,
): Outcome[] {
  const outcomes: Outcome[] = [];
  const doses = new Float64Array(optics.count);
  ensemble.members.forEach((member, m) => {
    const colour = skinColourModel(member.table, optics, meters, correction);
    for (let d = 0; d < drawsPerMember; d += 1) {
      const draw = draws[(m * drawsPerMember + d) % draws.length];
      for (let p = 0; p < optics.count; p += 1) {
        const ln = lnDoseFactor(ensemble.model, state, member.z, p, draw.session[p], draw.later[p]);
        doses[p] = implanted[p] === 0 ? 0 : implanted[p] * member.doseScale * Math.exp(ln);
      }
      const labs = new Float64Array(3 * meters.length);
      colour.evaluate(doses, labs);
      outcomes.push({ weight: member.weight / drawsPerMember, labs });
    }
  });
  return outcomes;
}

/** Fine minus coarse reflectance of the same skin and doses: the members' tables are corrected by it. */
export function coarseCorrection(
  fine: DoseTable,
  coarse: DoseTable,
  optics: PigmentOptics,
  doses: ArrayLike<number>,
): Float64Array {
  const mua = new Float64Array(bands);
  const musp = new Float64Array(bands);
  mixInto(optics, doses, mua, musp);
  const fineR = new Float64Array(bands);
  const coarseR = new Float64Array(bands);
  tableReflectance(fine, mua, musp, fineR);
  tableReflectance(coarse, mua, musp, coarseR);
  return fineR.map((value, band) => value - coarseR[band]);
}

/** Weighted quantile, q in 0..1; values need not be sorted. */
export function quantile(values: readonly number[], weights: readonly number[], q: number): number {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  let sum = 0;
  for (const i of order) {
    sum += weights[i];
    if (sum >= q) return values[i];
  }
  return values[order[order.length - 1]];
}

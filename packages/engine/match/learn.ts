import { type Colorimeter, labUnder, type NamedWhite } from '../light/index.ts';
import { skinGrid } from '../skin/index.ts';
import { layeredReflectance, makeTransport, tableReflectance } from './dose-table.ts';
import type { Member } from './ensemble.ts';
import { cholesky, solveLower, solveUpper } from './linear.ts';
import { mixInto, type PigmentOptics } from './model.ts';
import { nominalLayerUm } from './pigment.ts';
import { lnPersonalRetention, type ScenarioModel, scenarioOf, sessionLogSd } from './scenario.ts';

/**
 * Learning from healed spots, jointly for scattering scale, depth, thickness, blood, scattering and retention.
 *
 * Unknowns y: z of `scenario.ts`, then for each spot the session's own deviation of each pigment used and a gain of the
 * instrument, all standard normal beforehand. The most probable y is found by Gauss-Newton; people are drawn from the
 * normal distribution that touches the posterior there (Laplace), and weighted by how much the real posterior differs
 * (importance sampling), see docs/science/test-spot.md.
 */
export interface SpotObservation {
  /** Implanted dose of each pigment of the set, in order. */
  readonly doses: Float64Array;
  readonly measured: SpotSpectrum | SpotLab;
}

interface SpotSpectrum {
  readonly kind: 'spectrum';
  readonly reflectance01: Float64Array;
  readonly sd01: number;
}

interface SpotLab {
  readonly kind: 'lab';
  readonly meter: Colorimeter<NamedWhite>;
  readonly lab: Float64Array;
  /** Standard deviation of each of L*, a*, b*. */
  readonly sdLab: number;
}

/** Instrument gain between two visits, standard deviation of its logarithm. */
const gainLogSd = 0.01;
/** Neighbouring bands err together: 31 of them count as about 8 independent ones. */
const bandCorrelation = Math.sqrt(31 / 8);

export interface Learning {
  /** Most probable y. */
  readonly centre: Float64Array;
  /** Cholesky factor of the information matrix at the centre. */
  readonly factor: Float64Array;
  /** Where a y keeps the session numbers of each spot. */
  readonly size: number;
  /** A person drawn from n standard normal numbers; `lnProposal` up to a constant. */
  readonly draw: (normals: Float64Array) => { readonly y: Float64Array; readonly lnProposal: number };
  /** ln of prior times likelihood, up to the same constant, using a member's own table. */
  readonly lnPosterior: (member: Member, y: Float64Array) => number;
}

interface Layout {
  readonly size: number;
  readonly spots: readonly {
    readonly used: readonly number[];
    readonly first: number;
    readonly gainAt: number;
  }[];
}

function layoutOf(model: ScenarioModel, spots: readonly SpotObservation[]): Layout {
  let size = model.dimensions;
  const places = spots.map(({ doses }) => {
    const used = [...doses.keys()].filter((p) => doses[p] > 0);
    const first = size;
    size += used.length + 1;
    return { used, first, gainAt: size - 1 };
  });
  return { size, spots: places };
}

export function unknownCount(model: ScenarioModel, spots: readonly SpotObservation[]): number {
  return layoutOf(model, spots).size;
}

/**
 * @param correctionOf fine minus coarse reflectance for the doses at work in a spot
 */
export function learn(
  model: ScenarioModel,
  optics: PigmentOptics,
  spots: readonly SpotObservation[],
  points: number,
  correctionOf: (dosesAtWork: Float64Array) => Float64Array,
): Learning {
  const layout = layoutOf(model, spots);
  const { size } = layout;
  const transport = makeTransport(points);
  const bands = skinGrid.count;
  const mua = new Float64Array(bands);
  const musp = new Float64Array(bands);
  const reflectance = new Float64Array(bands);

  const dosesAt = (y: Float64Array, spot: number, doseScale: number): Float64Array => {
    const { used, first } = layout.spots[spot];
    const doses = new Float64Array(optics.count);
    used.forEach((p, i) => {
      const ln = lnPersonalRetention(model, y, p) + sessionLogSd(model, p) * y[first + i];
      doses[p] = spots[spot].doses[p] * doseScale * Math.exp(ln);
    });
    return doses;
  };
  const atPrior = new Float64Array(size);
  const corrections = spots.map((_, spot) => correctionOf(dosesAt(atPrior, spot, 1)));
  const rows = spots.map(({ measured }) => (measured.kind === 'lab' ? 3 : bands));
  const totalRows = rows.reduce((sum, n) => sum + n, 0);

  /** Residuals of one spot in standard deviations, from reflectance without gain. */
  const residualsOf = (spot: number, y: Float64Array, out: Float64Array, from: number): void => {
    const { measured } = spots[spot];
    const gain = Math.exp(gainLogSd * y[layout.spots[spot].gainAt]);
    const seen = reflectance.map((value, band) => gain * (value + corrections[spot][band]));
    if (measured.kind === 'spectrum') {
      const sd = measured.sd01 * bandCorrelation;
      for (let band = 0; band < bands; band += 1)
        out[from + band] = (seen[band] - measured.reflectance01[band]) / sd;
      return;
    }
    const { L, a, b } = labUnder(measured.meter, seen);
    out[from] = (L - measured.lab[0]) / measured.sdLab;
    out[from + 1] = (a - measured.lab[1]) / measured.sdLab;
    out[from + 2] = (b - measured.lab[2]) / measured.sdLab;
  };

  const evaluate = (y: Float64Array, out: Float64Array): void => {
    const { skin, geometry } = scenarioOf(model, y);
    let from = 0;
    spots.forEach((_, spot) => {
      mixInto(optics, dosesAt(y, spot, nominalLayerUm / geometry.pigmentLayerUm), mua, musp);
      layeredReflectance(skin, geometry, mua, musp, transport, reflectance);
      residualsOf(spot, y, out, from);
      from += rows[spot];
    });
  };
  const cost = (residuals: Float64Array, y: Float64Array) =>
    0.5 * (residuals.reduce((sum, r) => sum + r * r, 0) + y.reduce((sum, v) => sum + v * v, 0));

  let y = new Float64Array(size);
  let residuals = new Float64Array(totalRows);
  const stepped = new Float64Array(totalRows);
  const jacobian = new Float64Array(totalRows * size);
  evaluate(y, residuals);
  let value = cost(residuals, y);
  let damping = 1e-2;
  let factor: Float64Array | undefined;
  for (let iteration = 0; iteration < 25; iteration += 1) {
    const h = 0.02;
    for (let k = 0; k < size; k += 1) {
      const moved = Float64Array.from(y);
      moved[k] += h;
      evaluate(moved, stepped);
      for (let r = 0; r < totalRows; r += 1) jacobian[r * size + k] = (stepped[r] - residuals[r]) / h;
    }
    const information = new Float64Array(size * size);
    const gradient = Float64Array.from(y);
    for (let i = 0; i < size; i += 1) {
      information[i * size + i] = 1;
      for (let r = 0; r < totalRows; r += 1) gradient[i] += jacobian[r * size + i] * residuals[r];
      for (let j = 0; j < size; j += 1) {
        for (let r = 0; r < totalRows; r += 1) {
          information[i * size + j] += jacobian[r * size + i] * jacobian[r * size + j];
        }
      }
    }
    factor = cholesky(information, size);
    let moved = 0;
    while (damping < 1e6) {
      const damped = Float64Array.from(information);
      for (let i = 0; i < size; i += 1) damped[i * size + i] *= 1 + damping;
      const lower = cholesky(damped, size);
      if (!lower) break;
      const step = solveUpper(lower, solveLower(lower, gradient, size), size);
      const trial = y.map((v, i) => Math.min(Math.max(v - step[i], -4), 4));
      evaluate(trial, stepped);
      const trialValue = cost(stepped, trial);
      if (trialValue < value) {
        moved = value - trialValue;
        y = trial;
        value = trialValue;
        residuals = Float64Array.from(stepped);
        damping = Math.max(damping / 5, 1e-4);
        break;
      }
      damping *= 5;
    }
    if (moved < 1e-3) break;
  }
  if (!factor)
    throw Object.assign(new Error('learn: the information matrix is not positive'), {
      code: 'learn-singular',
    });
  const settled = factor;

  return {
    centre: y,
    factor: settled,
    size,
    draw: (normals) => {
      // A little wider than the touching normal, so that the tails of the posterior are reached.
      const inflation = 1.15;
      const offset = solveUpper(
        settled,
        normals.map((v) => v * inflation),
        size,
      );
      return {
        y: y.map((v, i) => v + offset[i]),
        lnProposal: -0.5 * normals.reduce((sum, v) => sum + v * v, 0),
      };
    },
    lnPosterior: (member, point) => {
      const own = new Float64Array(totalRows);
      let from = 0;
      spots.forEach((_, spot) => {
        mixInto(optics, dosesAt(point, spot, member.doseScale), mua, musp);
        tableReflectance(member.table, mua, musp, reflectance);
        residualsOf(spot, point, own, from);
        from += rows[spot];
      });
      return -cost(own, point);
    },
  };
}

/**
 * Weights from ln(posterior / proposal), flattened by a power just enough that the effective number of people stays
 * above `leastEffective` (a share of all).
 */
export function temperedWeights(lnRatios: readonly number[], leastEffective: number): Float64Array {
  const most = Math.max(...lnRatios);
  let weights = new Float64Array(lnRatios.length);
  for (let power = 1; power > 0.02; power *= 0.8) {
    weights = Float64Array.from(lnRatios, (ln) => Math.exp(power * (ln - most)));
    const sum = weights.reduce((total, w) => total + w, 0);
    const squares = weights.reduce((total, w) => total + w * w, 0);
    if ((sum * sum) / squares >= leastEffective * weights.length) break;
  }
  return weights;
}

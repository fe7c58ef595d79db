/**
 * K and S of pigments from a table of drawdowns. See docs/science/pigments.md for what to paint and how to read it.
 */
import { skinGrid } from '../skin/index.ts';
import type { DrawdownColumn, DrawdownTable } from './drawdown-table.ts';
import {
  aboveSurface,
  absorptionToScattering,
  belowSurface,
  filmCoefficients,
  filmReflectance,
  opaqueReflectance,
  type SurfaceReflection,
} from './kubelka-munk.ts';
import { cholesky, solveLower, solveUpper } from './linear.ts';
import { nominalLayerUm } from './pigment.ts';

export interface DerivedCoefficients {
  readonly name: string;
  readonly method: 'black-and-white' | 'masstone-and-tint';
  readonly K: Float64Array;
  readonly S: Float64Array;
  readonly relativeSd: { readonly K: number; readonly S: number };
  readonly checks: readonly DrawdownCheck[];
}

export interface DrawdownCheck {
  readonly code:
    | 'replicates-differ'
    | 'masstone-not-opaque'
    | 'masstone-may-show-backing'
    | 'tint-too-strong'
    | 'tint-too-weak'
    | 'film-hides-backing'
    | 'white-has-little-hiding'
    | 'few-replicates';
  readonly severity: 'note' | 'doubt';
  readonly message: string;
}

/** Reflectance of one drawdown on the skin grid, below the surface: mean, and standard deviation of that mean. */
interface Drawdown {
  readonly internal01: Float64Array;
  readonly sd01: Float64Array;
  readonly replicates: number;
  readonly worstSpread01: number;
}

const count = skinGrid.count;
/** What a careful instrument still gets wrong, reflectance units. */
const instrumentSd01 = 0.004;

/**
 * Masstones and white tints, relative two-constant method (D. R. Duncan, Proc. Phys. Soc. 52 (1940) 390). Opaque
 * drawdowns fix only ratios to white, so `whiteScattering` states the spectrum of S of white, 1 at 550 nm; it also sets
 * the unit of dose. S of each other pigment is the smoothest ln S that explains its tint, because the tint says
 * little where pigment and white are alike.
 */
export function deriveFromTints(
  table: DrawdownTable,
  white: string,
  whiteScattering: Float64Array,
  surface: SurfaceReflection,
): DerivedCoefficients[] {
  const whiteDraw = drawdown(
    table.columns.filter((c) => c.kind === 'masstone' && c.name === white),
    surface,
  );
  if (!whiteDraw) return [];
  const whiteRatio = whiteDraw.internal01.map(absorptionToScattering);
  const whiteK = whiteRatio.map((ratio, i) => ratio * at(whiteScattering, i));
  const derived: DerivedCoefficients[] = [
    {
      name: white,
      method: 'masstone-and-tint',
      K: whiteK,
      S: Float64Array.from(whiteScattering),
      relativeSd: { K: 0.3, S: 0.1 },
      checks: commonChecks(white, whiteDraw),
    },
  ];
  const names = new Set(
    table.columns.flatMap((c) => (c.kind === 'masstone' && c.name !== white ? [c.name] : [])),
  );
  for (const name of names) {
    const masstone = drawdown(
      table.columns.filter((c) => c.kind === 'masstone' && c.name === name),
      surface,
    );
    const tints = tintsOf(table, name, white, surface);
    if (!masstone || tints.length === 0) continue;
    derived.push(solveTint(name, masstone, tints, whiteK, whiteScattering));
  }
  return derived;
}

interface Tint {
  readonly pigmentPerWhite: number;
  readonly draw: Drawdown;
}

function tintsOf(table: DrawdownTable, name: string, white: string, surface: SurfaceReflection): Tint[] {
  const byRatio = new Map<number, DrawdownColumn[]>();
  for (const column of table.columns) {
    if (column.kind !== 'mix') continue;
    const mass = (of: string) => column.masses.find((m) => m.name === of)?.grams;
    const [own, whites] = [mass(name), mass(white)];
    if (column.masses.length !== 2 || own === undefined || whites === undefined) continue;
    byRatio.set(own / whites, [...(byRatio.get(own / whites) ?? []), column]);
  }
  return [...byRatio].flatMap(([pigmentPerWhite, columns]) => {
    const draw = drawdown(columns, surface);
    return draw ? [{ pigmentPerWhite, draw }] : [];
  });
}

/** Standard deviation allowed to the second difference of ln S from one 10 nm step to the next. */
const roughness = 0.06;

function solveTint(
  name: string,
  masstone: Drawdown,
  tints: readonly Tint[],
  whiteK: Float64Array,
  whiteS: Float64Array,
): DerivedCoefficients {
  const ratio = masstone.internal01.map(absorptionToScattering);
  const mixture = (lnS: number, i: number, c: number) => {
    const s = Math.exp(lnS);
    return opaqueReflectance((c * at(ratio, i) * s + at(whiteK, i)) / (c * s + at(whiteS, i)));
  };
  // Gauss-Newton on ln S: tint residuals, second differences, and a weak prior that keeps S finite.
  const lnS = new Float64Array(count).fill(Math.log(0.4));
  let factor: Float64Array | undefined;
  for (let iteration = 0; iteration < 60; iteration += 1) {
    const normal = new Float64Array(count * count);
    const gradient = new Float64Array(count);
    const add = (indices: readonly number[], slopes: readonly number[], residual: number, sd: number) => {
      indices.forEach((row, r) => {
        gradient[row] = at(gradient, row) - ((slopes[r] as number) * residual) / (sd * sd);
        indices.forEach((column, c) => {
          const k = row * count + column;
          normal[k] = at(normal, k) + ((slopes[r] as number) * (slopes[c] as number)) / (sd * sd);
        });
      });
    };
    for (let i = 0; i < count; i += 1) {
      add([i], [1], at(lnS, i) - Math.log(0.4), 1.5);
      for (const { pigmentPerWhite, draw } of tints) {
        const here = mixture(at(lnS, i), i, pigmentPerWhite);
        const slope = (mixture(at(lnS, i) + 1e-4, i, pigmentPerWhite) - here) / 1e-4;
        add([i], [slope], here - at(draw.internal01, i), at(draw.sd01, i));
      }
      if (i > 0 && i < count - 1) {
        const bend = at(lnS, i - 1) - 2 * at(lnS, i) + at(lnS, i + 1);
        add([i - 1, i, i + 1], [1, -2, 1], bend, roughness);
      }
    }
    factor = cholesky(normal, count);
    if (!factor) break;
    const step = solveUpper(factor, solveLower(factor, gradient, count), count);
    const largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = Math.min(1, 0.5 / largest);
    step.forEach((value, i) => (lnS[i] = at(lnS, i) + scale * value));
    if (largest < 1e-7) break;
  }
  const S = lnS.map(Math.exp);
  const K = S.map((s, i) => s * at(ratio, i));
  const sdS = factor ? medianOf(posteriorSd(factor)) : 1;
  const sdRatio = medianOf(
    masstone.internal01.map((r, i) => (at(masstone.sd01, i) * (1 + r)) / (r * (1 - r))),
  );
  return {
    name,
    method: 'masstone-and-tint',
    K,
    S,
    relativeSd: { K: Math.hypot(sdS, sdRatio), S: sdS },
    checks: [
      ...commonChecks(name, masstone),
      ...tintChecks(name, masstone, tints),
      ...hidingChecks(name, masstone, S, whiteS),
    ],
  };
}

/** Square roots of the diagonal of inverse(L transpose(L)). */
function posteriorSd(factor: Float64Array): Float64Array {
  const sd = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const unit = new Float64Array(count);
    unit[i] = 1;
    sd[i] = Math.sqrt(solveLower(factor, unit, count).reduce((sum, value) => sum + value * value, 0));
  }
  return sd;
}

/**
 * Films of known load over black and over white. One unit of dose is 1 mg/cm²; the film's optical depths become
 * coefficients when the same mass is spread through the nominal layer.
 */
export function deriveFromFilms(table: DrawdownTable, surface: SurfaceReflection): DerivedCoefficients[] {
  const backing = (over: 'black' | 'white') =>
    drawdown(
      table.columns.filter((c) => c.kind === 'backing' && c.over === over),
      surface,
    );
  const black = backing('black');
  const white = backing('white');
  if (!black || !white) return [];
  const films = table.columns.filter((c) => c.kind === 'film');
  return [...new Set(films.map((c) => c.name))].flatMap((name) => {
    const own = films.filter((c) => c.name === name);
    const load = own[0]?.loadMgPerCm2 ?? 1;
    const over = (side: 'black' | 'white') =>
      drawdown(
        own.filter((c) => c.over === side),
        surface,
      );
    const overBlack = over('black');
    const overWhite = over('white');
    return overBlack && overWhite ? [solveFilm(name, load, overBlack, overWhite, black, white)] : [];
  });
}

function solveFilm(
  name: string,
  loadMgPerCm2: number,
  overBlack: Drawdown,
  overWhite: Drawdown,
  black: Drawdown,
  white: Drawdown,
): DerivedCoefficients {
  const perDose = 1 / (loadMgPerCm2 * nominalLayerUm * 1e-4);
  const found = Array.from({ length: count }, (_, i) =>
    filmCoefficients(
      { film01: at(overBlack.internal01, i), backing01: at(black.internal01, i) },
      { film01: at(overWhite.internal01, i), backing01: at(white.internal01, i) },
    ),
  );
  const hidden = found.filter((value) => value === undefined).length;
  // Where the film hides its backing only K/S is known: S continues from the nearest wavelength that shows it.
  const known = found.flatMap((value, i) => (value ? [i] : []));
  const K = new Float64Array(count);
  const S = new Float64Array(count);
  let worstMisfit = 0;
  for (let i = 0; i < count; i += 1) {
    const nearest = known.reduce(
      (best, k) => (Math.abs(k - i) < Math.abs(best - i) ? k : best),
      known[0] ?? Number.NaN,
    );
    const sx = found[nearest]?.sx ?? Number.NaN;
    const kx = found[i]?.kx ?? sx * absorptionToScattering(at(overWhite.internal01, i));
    K[i] = kx * perDose;
    S[i] = sx * perDose;
    const again = filmReflectance(kx, sx, at(white.internal01, i));
    worstMisfit = Math.max(worstMisfit, Math.abs(again - at(overWhite.internal01, i)));
  }
  const checks: DrawdownCheck[] = commonChecks(name, overBlack);
  if (hidden > 0) {
    checks.push({
      code: 'film-hides-backing',
      severity: hidden > count / 3 ? 'doubt' : 'note',
      message: `${name}: the film hides its backing at ${hidden} of ${count} wavelengths; draw it thinner.`,
    });
  }
  const contrast = medianOf(overWhite.internal01.map((r, i) => r - at(overBlack.internal01, i)));
  const sd = medianOf(overWhite.sd01) / Math.max(contrast, 0.01);
  return {
    name,
    method: 'black-and-white',
    K,
    S,
    relativeSd: { K: Math.hypot(sd, worstMisfit), S: Math.hypot(sd, worstMisfit) },
    checks,
  };
}

function drawdown(columns: readonly DrawdownColumn[], surface: SurfaceReflection): Drawdown | undefined {
  if (columns.length === 0) return undefined;
  const internal01 = new Float64Array(count);
  const sd01 = new Float64Array(count);
  let worstSpread01 = 0;
  for (let i = 0; i < count; i += 1) {
    const values = columns.map((column) => at(column.reflectance01.values, i));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance =
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(values.length - 1, 1);
    const measured = Math.min(Math.max(mean, 0.002), 0.995 * aboveSurface(1, surface));
    internal01[i] = Math.min(Math.max(belowSurface(measured, surface), 0.002), 0.9999);
    const slope = (belowSurface(measured + 1e-4, surface) - belowSurface(measured, surface)) / 1e-4;
    sd01[i] = slope * Math.hypot(instrumentSd01, Math.sqrt(variance / values.length));
    worstSpread01 = Math.max(worstSpread01, Math.max(...values) - Math.min(...values));
  }
  return { internal01, sd01, replicates: columns.length, worstSpread01 };
}

function commonChecks(name: string, draw: Drawdown): DrawdownCheck[] {
  const checks: DrawdownCheck[] = [];
  if (draw.replicates < 2) {
    checks.push({
      code: 'few-replicates',
      severity: 'note',
      message: `${name}: read once only; lift, turn and read at least three times.`,
    });
  }
  if (draw.worstSpread01 > 0.05) {
    checks.push({
      code: 'replicates-differ',
      severity: 'doubt',
      message: `${name}: replicates differ by ${draw.worstSpread01.toFixed(3)} in reflectance; draw it again.`,
    });
  }
  return checks;
}

function tintChecks(name: string, masstone: Drawdown, tints: readonly Tint[]): DrawdownCheck[] {
  const checks: DrawdownCheck[] = [];
  const darkest = (values: Float64Array) => values.reduce((least, value) => Math.min(least, value), 1);
  for (const { draw } of tints) {
    const [pure, mixed] = [darkest(masstone.internal01), darkest(draw.internal01)];
    if (mixed < 1.25 * pure) {
      checks.push({
        code: 'tint-too-strong',
        severity: 'doubt',
        message: `${name}: the tint is hardly lighter than the masstone; use more white.`,
      });
    }
    if (mixed > 0.8) {
      checks.push({
        code: 'tint-too-weak',
        severity: 'doubt',
        message: `${name}: the tint is nearly white; use less white.`,
      });
    }
    // A mix of two opaque layers cannot be darker than its darker part anywhere; if it is, a masstone was not opaque.
    const below = draw.internal01.filter(
      (value, i) => value < at(masstone.internal01, i) - 0.02 && value < 0.9,
    ).length;
    if (below > 2) {
      checks.push({
        code: 'masstone-not-opaque',
        severity: 'doubt',
        message: `${name}: its tint is darker than its masstone at ${below} wavelengths; the masstone shows its backing.`,
      });
    }
  }
  return checks;
}

/** A weakly scattering pigment that is not bright where it absorbs least has probably let its backing show. */
function hidingChecks(
  name: string,
  masstone: Drawdown,
  S: Float64Array,
  whiteS: Float64Array,
): DrawdownCheck[] {
  const brightest = masstone.internal01.reduce(
    (best, r, i) => (r > at(masstone.internal01, best) ? i : best),
    0,
  );
  const hiding = at(S, brightest) / at(whiteS, brightest);
  if (hiding > 0.2 || at(masstone.internal01, brightest) > 0.93) return [];
  return [
    {
      code: 'masstone-may-show-backing',
      severity: 'doubt',
      message: `${name}: scatters ${Math.round(100 * hiding)} % of white where it is brightest; make sure the masstone hides its backing, or draw films over black and white.`,
    },
  ];
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}

function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  return at(sorted, sorted.length >> 1);
}

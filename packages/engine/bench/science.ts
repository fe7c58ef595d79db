// Side by side with public libraries and with other methods: ratios of one run. `npm run bench -- science`.
import { readFileSync } from 'node:fs';
import { deltaE2000, Lab as LabD50 } from 'colorjs.io/fn';
import { differenceCiede2000 } from 'culori';
import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import { Color, mix } from 'spectral.js';
import { ciede2000, colorimeter, labUnder, resample } from '../light/index.ts';
import { doseScales } from '../match/core.ts';
import { buildDoseTable, tableReflectance } from '../match/dose-table.ts';
import { type Pigment, samplePaints } from '../match/index.ts';
import { aboveSurface, opaqueReflectance, paintSurface } from '../match/kubelka-munk.ts';
import { pigmentOptics, type SkinColourModel, skinColourModel } from '../match/model.ts';
import { searchSubsets } from '../match/search.ts';
import { type SolverTarget, solveDoses, solverTarget, worstDeltaE00 } from '../match/solve.ts';
import {
  layeredKubelkaMunk,
  monteCarloFluxes,
  skinGrid,
  stackFluxes,
  standardGeometry,
} from '../skin/index.ts';
import { type Forearm, forearms, percentile } from './forearms.ts';

export const name = 'science';
export const describe = 'colour, mixing, transport and solver against public libraries and other methods';

export async function run(): Promise<void> {
  colourDifference();
  transport();
  const arms = forearms(40)
    .filter(({ ita }) => ita > 28)
    .slice(0, 12);
  mixing(arms);
  await solvers(arms);
}

/** Seconds for one call, the best of three rounds of at least `milliseconds`. */
function secondsPerCall(call: (k: number) => number, milliseconds = 120): { seconds: number; sum: number } {
  let best = Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let round = 0; round < 3; round += 1) {
    let calls = 0;
    const from = performance.now();
    let now = from;
    while (now - from < milliseconds) {
      for (let k = 0; k < 64; k += 1) sum += call(calls + k);
      calls += 64;
      now = performance.now();
    }
    best = Math.min(best, (now - from) / 1000 / calls);
  }
  return { seconds: best, sum };
}

const perSecond = (seconds: number) => `${Math.round(1 / seconds).toLocaleString('en')} /s`.padStart(16);
const line = (title: string, ...cells: string[]) => console.log(`  ${title.padEnd(46)}${cells.join('  ')}`);

function colourDifference(): void {
  const pairs = readFileSync(new URL('../fixtures/data/ciede2000_sharma34.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',').map(Number).slice(1));
  const theirs = differenceCiede2000();
  const culoriPairs = pairs.map(
    ([L1, a1, b1, L2, a2, b2]) =>
      [
        { mode: 'lab65', l: L1, a: a1, b: b1 },
        { mode: 'lab65', l: L2, a: a2, b: b2 },
      ] as const,
  );
  const colorjsPairs = pairs.map(
    ([L1, a1, b1, L2, a2, b2]) =>
      [
        { space: LabD50, coords: [L1, a1, b1] as [number, number, number], alpha: 1 },
        { space: LabD50, coords: [L2, a2, b2] as [number, number, number], alpha: 1 },
      ] as const,
  );
  const n = pairs.length;
  const contestants: [string, (k: number) => number][] = [
    [
      'undertone ciede2000',
      (k) => {
        const p = pairs[k % n];
        return ciede2000(p[0], p[1], p[2], p[3], p[4], p[5]);
      },
    ],
    ['culori 4.0.2 differenceCiede2000', (k) => theirs(culoriPairs[k % n][0], culoriPairs[k % n][1])],
    ['colorjs.io 0.7.1 deltaE2000', (k) => deltaE2000(colorjsPairs[k % n][0], colorjsPairs[k % n][1])],
  ];
  console.log('Colour difference, the 34 published pairs (each library in the space it computes in):');
  const first = secondsPerCall(contestants[0][1]).seconds;
  for (const [title, call] of contestants) {
    const worst = Math.max(...pairs.map((pair, k) => Math.abs(call(k) - pair[6])));
    const { seconds } = secondsPerCall(call);
    line(
      title,
      `largest error ${worst.toExponential(1)}`,
      perSecond(seconds),
      `${(seconds / first).toFixed(1)} x our time`,
    );
  }
}

interface Reference {
  readonly layered_skin_like: readonly {
    readonly n: number;
    readonly layers: readonly (readonly [mua: number, mus: number, g: number, thicknessCm: number | null])[];
    readonly UR1: number;
  }[];
}

function transport(): void {
  const file = new URL('../fixtures/data/rt_reference.json', import.meta.url);
  const stacks = (JSON.parse(readFileSync(file, 'utf8')) as Reference).layered_skin_like.map(
    ({ n, layers, UR1 }) => ({
      n,
      UR1,
      layers: layers.map(([muaPerCm, musPerCm, anisotropy, thicknessCm]) => ({
        muaPerCm,
        musPerCm,
        anisotropy,
        thicknessCm: thicknessCm ?? Number.POSITIVE_INFINITY,
      })),
    }),
  );
  type Stack = (typeof stacks)[number];
  const methods: [string, (stack: Stack) => number, number][] = [
    ['layered Kubelka-Munk', ({ layers, n }) => layeredKubelkaMunk(layers, n), 120],
    ...[4, 8, 12].map((points): [string, (stack: Stack) => number, number] => [
      `adding-doubling, ${points} directions`,
      ({ layers, n }) => stackFluxes(layers, { points, refractiveIndex: n }).normalReflectance01,
      120,
    ]),
    [
      'Monte Carlo, 20 000 photons',
      ({ layers, n }) =>
        monteCarloFluxes(layers, { photons: 20_000, seed: 1, refractiveIndex: n }).normalReflectance01,
      1,
    ],
  ];
  console.log(
    '\nTransport, 12 four-layer skin-like stacks against 48-point adding-doubling, one band a call:',
  );
  for (const [title, method, milliseconds] of methods) {
    const errors = stacks.map((stack) => method(stack) - stack.UR1);
    const rms = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
    const from = performance.now();
    let calls = 0;
    do {
      for (const stack of stacks) method(stack);
      calls += stacks.length;
    } while (performance.now() - from < milliseconds);
    const microseconds = (1000 * (performance.now() - from)) / calls;
    line(
      title,
      `rms ${rms.toFixed(5)}`,
      `max ${Math.max(...errors.map(Math.abs)).toFixed(5)}`,
      `${microseconds.toFixed(1).padStart(10)} µs`,
    );
  }
}

const four = samplePaints.pigments.slice(0, 4);
const meters = [colorimeter('D65/10', skinGrid), colorimeter('A/10', skinGrid)];

function modelOf(arm: Forearm): SkinColourModel {
  const table = buildDoseTable(arm.bare, standardGeometry, {
    order: 10,
    points: 12,
    mostMuaPerCm: new Float64Array(skinGrid.count).fill(150),
    mostMuspPerCm: new Float64Array(skinGrid.count).fill(500),
  });
  return skinColourModel(table, pigmentOptics(four), meters, arm.fit.residual01);
}

/** Reflectance of an opaque coat of one paint, on the 38 wavelengths of spectral.js. */
function opaqueCoat({ K, S }: Pigment): number[] {
  const values = K.map((k, i) => aboveSurface(opaqueReflectance(k / S[i]), paintSurface));
  return Array.from(resample({ ...skinGrid, values }, { startNm: 380, stepNm: 10, count: 38 }).values);
}

function mixing(arms: readonly Forearm[]): void {
  console.log(
    '\nMixing: the same four paints, proportions found on the surface by spectral.js, then put under skin:',
  );
  const coats = four.map((paint) => new Color(opaqueCoat(paint)));
  const visible = (color: Color) => Float64Array.from(color.R.slice(2, 33));
  const surface = (shares: readonly number[]) =>
    visible(mix(...shares.map((share, i): [Color, number] => [coats[i], Math.max(share, 1e-4)])));
  const onSurface: number[] = [];
  const underSkin: number[] = [];
  const ours: number[] = [];
  for (const arm of arms) {
    const target = solverTarget(meters.map((meter) => labUnder(meter, arm.measured01)));
    const differenceOf = (shares: readonly number[]) => {
      const labs = meters.flatMap((meter) => {
        const { L, a, b } = labUnder(meter, surface(shares));
        return [L, a, b];
      });
      return worstDeltaE00(Float64Array.from(labs), target);
    };
    const shares = coordinateSearch(differenceOf, [0.7, 0.15, 0.1, 0.05]);
    onSurface.push(differenceOf(shares));
    const model = modelOf(arm);
    const labs = new Float64Array(6);
    // The amount is ours to choose: the best total dose for their proportions.
    let best = Number.POSITIVE_INFINITY;
    for (let total = 0.5; total < 600; total *= 1.08) {
      const sum = shares.reduce((a, b) => a + b, 0);
      model.evaluate(
        Float64Array.from(shares, (share) => (total * share) / sum),
        labs,
      );
      best = Math.min(best, worstDeltaE00(labs, target));
    }
    underSkin.push(best);
    const scale = doseScales(four);
    ours.push(
      Math.min(
        ...[1, 6, 40].map(
          (f) =>
            solveDoses(
              model,
              target,
              scale.map((s) => s * f),
              scale,
              500,
            ).worstDeltaE00,
        ),
      ),
    );
  }
  const median = (values: readonly number[]) => percentile(values, 0.5).toFixed(2);
  line('spectral.js 3.0.0, judged on the surface', `worse of D65 and A: median ΔE00 ${median(onSurface)}`);
  line(
    'the same proportions under skin, best amount',
    `worse of D65 and A: median ΔE00 ${median(underSkin)}`,
  );
  line('undertone', `worse of D65 and A: median ΔE00 ${median(ours)}`);

  const [mua, musp, out] = [new Float64Array(31), new Float64Array(31), new Float64Array(31)];
  const table = buildDoseTable(arms[0].bare, standardGeometry, {
    order: 10,
    points: 12,
    mostMuaPerCm: new Float64Array(31).fill(150),
    mostMuspPerCm: new Float64Array(31).fill(500),
  });
  const tabled = secondsPerCall((k) => {
    mua.fill(1 + (k % 7));
    musp.fill(20 + (k % 5));
    tableReflectance(table, mua, musp, out);
    return labUnder(meters[0], out).L;
  }).seconds;
  const mixed = secondsPerCall(
    (k) => mix([coats[0], 0.6 + (k % 7) / 50], [coats[1], 0.2], [coats[2], 0.2]).XYZ[1],
  ).seconds;
  line('one mixture to colour, undertone (under skin)', perSecond(tabled));
  line(
    'one mixture to colour, spectral.js (surface)',
    perSecond(mixed),
    `${(mixed / tabled).toFixed(1)} x our time`,
  );
}

/** Plain search for a peer that has no solver: each share in turn up or down by a shrinking factor. */
function coordinateSearch(of: (shares: readonly number[]) => number, start: readonly number[]): number[] {
  let shares = [...start];
  let best = of(shares);
  for (let step = 2; step > 1.002; step = Math.sqrt(step)) {
    for (let round = 0; round < 6; round += 1) {
      for (let i = 0; i < shares.length; i += 1) {
        for (const factor of [step, 1 / step]) {
          const trial = shares.map((share, k) => (k === i ? share * factor : share));
          const value = of(trial);
          if (value < best) [shares, best] = [trial, value];
        }
      }
    }
  }
  return shares;
}

async function solvers(arms: readonly Forearm[]): Promise<void> {
  console.log(`\nSolver, four paints, ${arms.length} forearms, worse of D65 and A:`);
  const scale = doseScales(four);
  const cases = arms.map((arm) => ({
    model: modelOf(arm),
    target: solverTarget(meters.map((meter) => labUnder(meter, arm.measured01))),
  }));
  type Method = (model: SkinColourModel, target: SolverTarget) => number | Promise<number>;
  const methods: [string, Method][] = [
    ['one solve', (model, target) => solveDoses(model, target, scale, scale, 500).worstDeltaE00],
    [
      'undertone, all subsets and starts',
      async (model, target) =>
        (await searchSubsets(model, target, scale, 500, { pause: async () => {} })).candidates[0]
          .worstDeltaE00,
    ],
    ['exhaustive grid, 16 doses of each', gridSearch],
    ['ml-levenberg-marquardt 5.1.0 on L*a*b*', generalOptimiser],
  ];
  for (const [title, method] of methods) {
    const found: number[] = [];
    const from = performance.now();
    for (const { model, target } of cases) found.push(await method(model, target));
    const milliseconds = (performance.now() - from) / cases.length;
    line(
      title,
      `median ΔE00 ${percentile(found, 0.5).toFixed(3)}`,
      `max ${Math.max(...found).toFixed(3)}`,
      `${milliseconds.toFixed(1).padStart(9)} ms`,
    );
  }
}

function gridSearch(model: SkinColourModel, target: SolverTarget): number {
  const scale = doseScales(four);
  const steps = [0, ...Array.from({ length: 15 }, (_, i) => 0.15 * 1.6 ** i)];
  const labs = new Float64Array(6);
  const doses = new Float64Array(4);
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < steps.length ** 4; k += 1) {
    for (let p = 0, rest = k; p < 4; p += 1, rest = Math.floor(rest / steps.length)) {
      doses[p] = Math.min(500, steps[rest % steps.length] * scale[p]);
    }
    model.evaluate(doses, labs);
    best = Math.min(best, worstDeltaE00(labs, target));
  }
  return best;
}

/** Least squares on both L*a*b* by a general package, doses in their logarithms, three starts. */
function generalOptimiser(model: SkinColourModel, target: SolverTarget): number {
  const scale = doseScales(four);
  const labs = new Float64Array(6);
  const worstOf = (logs: readonly number[]) => {
    model.evaluate(
      Float64Array.from(logs, (v, p) => Math.min(500, Math.exp(v) * scale[p])),
      labs,
    );
    return worstDeltaE00(labs, target);
  };
  return Math.min(
    ...[0, 1.8, 3.7].map((start) => {
      const { parameterValues } = levenbergMarquardt(
        { x: [0, 1, 2, 3, 4, 5], y: Array.from(target.labs) },
        (logs: number[]) => {
          model.evaluate(
            Float64Array.from(logs, (v, p) => Math.min(500, Math.exp(v) * scale[p])),
            labs,
          );
          const seen = Array.from(labs);
          return (x: number) => seen[x];
        },
        {
          initialValues: [start, start, start, start],
          minValues: [-8, -8, -8, -8],
          maxValues: [8, 8, 8, 8],
          gradientDifference: 1e-4,
          maxIterations: 200,
          errorTolerance: 1e-9,
          improvementThreshold: 1e-6,
        },
      );
      return worstOf(parameterValues);
    }),
  );
}

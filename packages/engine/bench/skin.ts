import { readFileSync } from 'node:fs';
import { colorimeter, deltaE00, labUnder } from '../light/index.ts';
import {
  buildPigmentTable,
  buildPigmentTables,
  exampleSkin,
  fitSkin,
  layeredKubelkaMunk,
  makePigmentBasis,
  makeSkinModel,
  monteCarloFluxes,
  type Quality,
  reflectanceOf,
  type StackLayer,
  seededChance,
  skinGrid,
  stackFluxes,
  standardGeometry,
  tableReflectance,
} from '../skin/index.ts';
import { forearms, learnSkinPrior } from '../tools/learn-skin-prior.ts';

export const name = 'skin';
export const describe = 'transport against its references, the pigment table, and fits of people left out';

interface Reference {
  layered_skin_like: { n: number; layers: [number, number, number, number | null][]; UR1: number }[];
}

export function run(): void {
  transport();
  table();
  inversion();
}

const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));
const quantile = (values: readonly number[], share01: number) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(share01 * (sorted.length - 1))];
};

function timed<T>(work: () => T): [result: T, milliseconds: number] {
  const startMs = performance.now();
  return [work(), performance.now() - startMs];
}

function transport(): void {
  const file = new URL('../fixtures/data/rt_reference.json', import.meta.url);
  const reference = JSON.parse(readFileSync(file, 'utf8')) as Reference;
  const stacks = reference.layered_skin_like.map(({ n, layers, UR1 }) => ({
    n,
    UR1,
    layers: layers.map(
      ([muaPerCm, musPerCm, anisotropy, thicknessCm]): StackLayer => ({
        muaPerCm,
        musPerCm,
        anisotropy,
        thicknessCm: thicknessCm ?? Number.POSITIVE_INFINITY,
      }),
    ),
  }));
  console.log('reflectance of 12 skin-like stacks       rms error   max error   ms a stack');
  const report = (label: string, compute: (stack: (typeof stacks)[number], i: number) => number) => {
    const [errors, ms] = timed(() => stacks.map((stack, i) => compute(stack, i) - stack.UR1));
    console.log(
      `${label.padEnd(40)} ${rms(errors).toFixed(5)}     ${largest(errors).toFixed(5)}     ${(ms / stacks.length).toFixed(2)}`,
    );
  };
  report('layered Kubelka-Munk', ({ layers, n }) => layeredKubelkaMunk(layers, n));
  for (const points of [4, 8, 12, 16]) {
    const label = `adding-doubling, ${points} directions`;
    report(label, ({ layers, n }) => stackFluxes(layers, { points, refractiveIndex: n }).normalReflectance01);
  }
  report('Monte Carlo, 10,000 photons', ({ layers, n }, i) => {
    return monteCarloFluxes(layers, { photons: 10_000, seed: i, refractiveIndex: n }).normalReflectance01;
  });
  console.log();
}

function table(): void {
  const patch = { ...exampleSkin, melaninFraction: 0 };
  const daylight = colorimeter('D65/10', skinGrid);
  const chance = seededChance(1);
  const doses = Array.from({ length: 40 }, () => {
    const [mua, musp, slope] = [
      10 ** (3 * chance.uniform() - 1),
      10 ** (3 * chance.uniform() - 1),
      3 * chance.normal(),
    ];
    return {
      mua: Float64Array.from({ length: skinGrid.count }, (_, i) => mua * ((400 + 10 * i) / 550) ** slope),
      musp: new Float64Array(skinGrid.count).fill(musp),
    };
  });
  console.log(
    'pigment table            basis ms   table ms   3 depths ms   us a call   worst ΔE00 to direct transport',
  );
  const out = new Float64Array(skinGrid.count);
  for (const [quality, absorbingNodes, scatteringNodes] of [
    ['interactive', 14, 10],
    ['interactive', 26, 20],
    ['fine', 14, 10],
    ['fine', 26, 20],
  ] as [Quality, number, number][]) {
    const [basis, basisMs] = timed(() => makePigmentBasis({ quality, absorbingNodes, scatteringNodes }));
    buildPigmentTable(patch, standardGeometry, { basis });
    const [built, tableMs] = timed(() => buildPigmentTable(patch, standardGeometry, { basis }));
    const depths = [20, 70, 150].map((clearDermisUm) => ({ ...standardGeometry, clearDermisUm }));
    const [, depthsMs] = timed(() => buildPigmentTables(patch, depths, { basis }));
    const differences = doses.map(({ mua, musp }) => {
      tableReflectance(built, mua, musp, out);
      const direct = reflectanceOf(
        patch,
        { geometry: standardGeometry, muaPerCm: mua, muspPerCm: musp },
        quality,
      );
      return deltaE00(labUnder(daylight, out), labUnder(daylight, direct.values));
    });
    const calls = 100_000;
    const [, callsMs] = timed(() => {
      for (let k = 0; k < calls; k++) {
        const { mua, musp } = doses[k % doses.length];
        tableReflectance(built, mua, musp, out);
      }
    });
    const cells = [
      basisMs.toFixed(0),
      tableMs.toFixed(0),
      depthsMs.toFixed(0),
      ((1000 * callsMs) / calls).toFixed(2),
    ];
    const label = `${quality} ${absorbingNodes} × ${scatteringNodes}`;
    console.log(
      `${label.padEnd(24)} ${cells.map((cell) => cell.padStart(8)).join('   ')}   ${largest(differences).toFixed(4)}`,
    );
  }
  console.log();
}

function inversion(): void {
  const [model, modelMs] = timed(() => makeSkinModel());
  const subjects = [...forearms().values()];
  const chance = seededChance(7);
  const daylight = colorimeter('D65/10', skinGrid);
  const sdLab = 0.2;
  const rmse: number[] = [];
  const difference: number[] = [];
  let spectrumMs = 0;
  let colourMs = 0;
  let inside = 0;
  subjects.forEach((values, k) => {
    const prior = learnSkinPrior(
      subjects.filter((_, i) => i !== k),
      model,
    );
    const reflectance01 = { startNm: skinGrid.startNm, stepNm: skinGrid.stepNm, values };
    const [fit, fitMs] = timed(() => {
      return fitSkin(
        { kind: 'spectrum', reflectance01, instrument: 'sphere-sci' },
        { model, prior, observer: '2' },
      );
    });
    spectrumMs += fitMs;
    rmse.push(fit.rmse01 ?? Number.NaN);
    difference.push(fit.deltaE00);
    const exact = labUnder(daylight, values);
    const error = () => sdLab * chance.normal();
    const lab = { ...exact, L: exact.L + error(), a: exact.a + error(), b: exact.b + error() };
    const [colour, labMs] = timed(() =>
      fitSkin({ kind: 'lab', lab, instrument: 'sphere-sci', sdLab }, { model, prior }),
    );
    colourMs += labMs;
    values.forEach((value, i) => {
      const spread = colour.samples.map((sample) => sample.reflectance01[i]);
      if (value >= quantile(spread, 0.05) && value <= quantile(spread, 0.95)) inside++;
    });
  });
  const coverage = inside / (subjects.length * skinGrid.count);
  console.log('50 forearms, each fitted with shapes and priors learned from the other 49');
  console.log(
    `  spectrum  rmse ${quantile(rmse, 0.5).toFixed(4)} median, ${quantile(rmse, 0.95).toFixed(4)} p95`,
  );
  console.log(
    `            ΔE00 D65/2 ${quantile(difference, 0.5).toFixed(3)} median, ${quantile(difference, 0.95).toFixed(3)} p95`,
  );
  console.log(
    `            ${(spectrumMs / subjects.length).toFixed(1)} ms a fit, after ${modelMs.toFixed(0)} ms for the model`,
  );
  console.log(
    `  colour    90 % interval of the spectrum holds ${(100 * coverage).toFixed(1)} % (reading error sd ${sdLab})`,
  );
  console.log(`            ${(colourMs / subjects.length).toFixed(1)} ms with 200 draws`);
}

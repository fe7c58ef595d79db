/*
 * How well skin colour can be read at all by a camera whose sensitivities are known: several estimators, each person left
 * out of what it learned from, and what an estimator could do that knew the population itself.
 */
import { colorimeter, deltaE00, type IlluminantName, type Lab, labUnder, xyzUnder } from '../light/index.ts';
import { illuminantPower } from '../light/tables/illuminants.ts';
import { colorChecker24, spectralGrid } from '../photo/chart.ts';
import { correctedLab, fitCorrection, type Pair } from '../photo/correct.ts';
import { solveLinear } from '../photo/homography.ts';
import { type ChannelPrior, channelOf } from '../photo/sensitivity.ts';
import { colorChecker24Reflectance } from '../photo/tables/colorchecker24.ts';
import { skinReflectance } from '../photo/tables/skins.ts';
import { lightOn10nm, rawRgb, simulatedCameras } from '../simulator/camera.ts';
import { type Random, seededRandom } from '../simulator/random.ts';
import { priorOf } from '../tools/channel-prior.ts';

export const name = 'calibration';
export const describe = 'skin colour by known cameras: estimators, and the least error any could have';

type Rgb = readonly [number, number, number];
type D65 = Lab<'D65/2'>;

const bands = spectralGrid.count;
const meter = colorimeter('D65/2', spectralGrid);
const lights = ['D65', 'D50', 'LED-B3', 'A', 'FL11'] as const;
type Light = (typeof lights)[number];
const dictionary = Object.keys(illuminantPower) as IlluminantName[];

/** One camera under one light: the weight of each wavelength in each channel, white 1. */
function weightsOf(camera: string, power: readonly number[]): readonly (readonly number[])[] {
  const unit = Array.from({ length: bands }, (_, k) =>
    rawRgb(
      camera,
      power,
      Array.from({ length: bands }, (__, j) => (j === k ? 1 : 0)),
    ),
  );
  return [0, 1, 2].map((c) => {
    const row = unit.map((rgb) => rgb[c]);
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((v) => v / sum);
  });
}
const see = (w: readonly (readonly number[])[], r: readonly number[]): Rgb =>
  w.map((row) => row.reduce((sum, v, k) => sum + v * r[k], 0)) as unknown as Rgb;
const noisy = (rgb: Rgb, share: number, random: Random): Rgb =>
  rgb.map((v) => v * (1 + share * random.normal())) as unknown as Rgb;

/** A population of skins as a normal distribution of logarithms of reflectance. */
type Population = ChannelPrior;

const populationOf = (skins: readonly (readonly number[])[], rank: number): Population =>
  priorOf(
    skins.map((skin) => skin.map((v) => Math.log(v))),
    rank,
  );

/** What the channels of all cameras but one collect under all lights but those named, white patch 1. */
function priorsWithout(camera: string | undefined, without: readonly string[]): readonly ChannelPrior[] {
  const all = simulatedCameras
    .filter((one) => one !== camera)
    .flatMap((one) =>
      dictionary
        .filter((light) => !without.includes(light))
        .map((light) => weightsOf(one, lightOn10nm(light))),
    );
  return [0, 1, 2].map((c) =>
    priorOf(
      all.map((channels) => {
        const white = channels[c].reduce((sum, v, k) => sum + v * colorChecker24Reflectance[18][k], 0);
        return channels[c].map((v) => v / white);
      }),
      priorRank,
    ),
  );
}
const priorRank = 14;

const skinOf = ({ mean, axes }: Population, z: readonly number[]): number[] =>
  mean.map((m, k) => Math.exp(axes.reduce((sum, axis, n) => sum + axis[k] * z[n], m)));

/** The most probable skin of a population for a reading with relative noise: Gauss-Newton on logarithms (near linear). */
function likeliest(of: Population, w: readonly (readonly number[])[], rgb: Rgb, noise: number): number[] {
  const rank = of.axes.length;
  let z = Array.from({ length: rank }, () => 0);
  for (let turn = 0; turn < 6; turn++) {
    const skin = skinOf(of, z);
    const seen = see(w, skin);
    const slope = w.map((row, c) =>
      of.axes.map((axis) => row.reduce((sum, v, k) => sum + v * skin[k] * axis[k], 0) / seen[c]),
    );
    const miss = rgb.map((v, c) => Math.log(v / seen[c]) + slope[c].reduce((sum, s, n) => sum + s * z[n], 0));
    // z = Jᵀ (J Jᵀ + noise²)⁻¹ miss
    const gram = slope.map((a, i) =>
      slope.map((b, j) => a.reduce((sum, v, n) => sum + v * b[n], 0) + (i === j ? noise * noise : 0)),
    );
    const solved = solveLinear(gram, miss);
    if (!solved) break;
    z = z.map((_, n) => slope.reduce((sum, row, c) => sum + row[n] * solved[c], 0));
  }
  return skinOf(of, z);
}

/** Gaussian-process regression from logarithms of a reading to Lab: what near neighbours among known skins say. */
function neighbours(
  train: readonly { readonly rgb: Rgb; readonly lab: D65 }[],
  length: number,
  noise: number,
) {
  const feature = (rgb: Rgb) => {
    const [r, g, b] = rgb.map(Math.log);
    // Colour tells skins apart on a finer scale than lightness.
    return [g, 4 * (r - g), 4 * (b - g)];
  };
  const xs = train.map(({ rgb }) => feature(rgb));
  const linear = (x: readonly number[]) => [1, ...x];
  const kernel = (a: readonly number[], b: readonly number[]) =>
    Math.exp(-((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2) / (2 * length * length)) +
    // A wide prior over linear answers.
    100 * linear(a).reduce((sum, v, i) => sum + v * linear(b)[i], 0);
  const gram = xs.map((a, i) => xs.map((b, j) => kernel(a, b) + (i === j ? noise : 0)));
  const weights = (['L', 'a', 'b'] as const).map((axis) =>
    solveLinear(
      gram,
      train.map(({ lab }) => lab[axis]),
    ),
  );
  return (rgb: Rgb): D65 => {
    const x = feature(rgb);
    const row = xs.map((one) => kernel(one, x));
    const [L, a, b] = weights.map((w) => (w ? row.reduce((sum, k, i) => sum + k * w[i], 0) : Number.NaN));
    return { white: 'D65/2', L, a, b };
  };
}

/** The light of a dictionary under which this camera sees the 24 patches most nearly as they were seen. */
function lightOf(camera: string, patches: readonly Rgb[]): readonly number[] {
  let best: { misfit: number; power: readonly number[] } | undefined;
  for (const one of dictionary) {
    const power = lightOn10nm(one);
    const w = weightsOf(camera, power);
    const misfit = patches.reduce(
      (sum, rgb, i) =>
        sum +
        see(w, colorChecker24Reflectance[i]).reduce((part, v, c) => part + Math.log(v / rgb[c]) ** 2, 0),
      0,
    );
    if (!best || misfit < best.misfit) best = { misfit, power };
  }
  return best?.power ?? lightOn10nm('D65');
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];
const tell = (values: readonly number[]): string =>
  `${quantile(values, 0.5).toFixed(2)} / ${quantile(values, 0.95).toFixed(2)}`;

export function run(args: readonly string[]): void {
  const noise = Number(args[0] ?? 0.002);
  const labs = skinReflectance.map((skin) => labUnder(meter, skin));
  console.log(
    `ΔE00 on skin under D65, median / 95th percentile; ${simulatedCameras.length} cameras, ${labs.length} people each left out, noise ${noise * 100} %\n`,
  );
  for (const light of lights) {
    const errors = errorsUnder(light, noise, labs);
    console.log(light);
    for (const [what, values] of Object.entries(errors)) console.log(`  ${what.padEnd(68)}${tell(values)}`);
  }
  repeatability(noise);
}

function errorsUnder(light: Light, noise: number, labs: readonly D65[]): Record<string, number[]> {
  const errors: Record<string, number[]> = {};
  const add = (what: string, got: D65, want: D65) => void (errors[what] ??= []).push(deltaE00(got, want));
  const random = seededRandom(41);
  const everybody = populationOf(skinReflectance, 12);
  const without = skinReflectance.map((_, i) =>
    populationOf(
      skinReflectance.filter((__, j) => j !== i),
      12,
    ),
  );
  const chart = colorChecker24();
  for (const camera of simulatedCameras) {
    const w = weightsOf(camera, lightOn10nm(light));
    const patches = colorChecker24Reflectance.map((r) => noisy(see(w, r), noise, random));
    const guessed = weightsOf(camera, lightOf(camera, patches));
    const exact = skinReflectance.map((skin) => see(w, skin));
    const answering = (priors: readonly ChannelPrior[]) => {
      const channels = priors.map((prior, c) =>
        channelOf(
          prior,
          colorChecker24Reflectance,
          patches.map((rgb) => rgb[c] / patches[18][c]),
          noise,
        ),
      );
      return skinReflectance.map((skin) =>
        channels.map(
          (channel, c) => patches[18][c] * (channel ?? []).reduce((sum, v, k) => sum + v * skin[k], 0),
        ),
      ) as unknown as readonly Rgb[];
    };
    const unknownCamera = answering(priorsWithout(camera, []));
    const unknownBoth = answering(priorsWithout(camera, [light]));
    const byGuess = skinReflectance.map((skin) => see(guessed, skin));
    labs.forEach((truth, i) => {
      const rgb = noisy(exact[i], noise, random);
      const others = (from: readonly Rgb[]) =>
        from.flatMap((one, j) => (j === i ? [] : [{ rgb: one, lab: labs[j] }]));
      for (const kind of ['root2', 'root3'] as const) {
        const pairs: Pair[] = [
          ...patches.map((linear, n) => ({ linear, xyz: chart[n].xyz })),
          ...exact.flatMap((linear, j) =>
            j === i ? [] : [{ linear, xyz: xyzUnder(meter, skinReflectance[j]) }],
          ),
        ];
        const fitted = fitCorrection(kind, pairs);
        if (fitted)
          add(`camera and light known: ${kind} on chart and skins`, correctedLab(fitted, rgb), truth);
        const skinsOnly = fitCorrection(kind, pairs.slice(24));
        if (skinsOnly)
          add(`camera and light known: ${kind} on skins alone`, correctedLab(skinsOnly, rgb), truth);
      }
      for (const [what, from] of [
        ['camera never seen: by chart and prior', unknownCamera],
        ['camera and light never seen: by chart and prior', unknownBoth],
      ] as const) {
        const pairs = from.flatMap((linear, j) =>
          j === i ? [] : [{ linear, xyz: xyzUnder(meter, skinReflectance[j]) }],
        );
        for (const weight of [0, 0.01, 0.1]) {
          const fitted = fitCorrection('root2', [
            ...pairs,
            ...(weight > 0 ? patches.map((linear, n) => ({ linear, xyz: chart[n].xyz, weight })) : []),
          ]);
          if (fitted) add(`${what}, root2, chart ${weight}`, correctedLab(fitted, rgb), truth);
        }
      }
      add(
        'camera and light known: likeliest skin of a log-normal',
        labUnder(meter, likeliest(without[i], w, rgb, noise)),
        truth,
      );
      add(
        'camera known, light by the chart: likeliest skin',
        labUnder(meter, likeliest(without[i], guessed, rgb, noise)),
        truth,
      );
      for (const length of [0.5, 1, 2]) {
        const say = neighbours(others(exact), length, 0.02);
        add(`camera and light known: neighbours, width ${length}`, say(rgb), truth);
      }
      add(
        'camera known, light by the chart: neighbours, width 1',
        neighbours(others(byGuess), 1, 0.02)(rgb),
        truth,
      );
      // The bound: a person drawn from the very population the estimator knows.
      const z = everybody.axes.map(() => random.normal());
      const drawn = skinOf(everybody, z);
      const seen = noisy(see(w, drawn), noise, random);
      add(
        'bound: population, camera, light and noise known',
        labUnder(meter, likeliest(everybody, w, seen, noise)),
        labUnder(meter, drawn),
      );
      add(
        'bound without noise',
        labUnder(meter, likeliest(everybody, w, see(w, drawn), 1e-5)),
        labUnder(meter, drawn),
      );
    });
  }
  return errors;
}

/** The same skin without its melanin: a patch of vitiligo, its absorption that of melanin (Jacques 1998). */
const depigmented = (skin: readonly number[]): number[] =>
  skin.map((v, k) => Math.min(0.85, v * Math.exp(0.35 * ((400 + 10 * k) / 500) ** -3.33)));

/**
 * The number the program shows by default, patch against its own surround, for the same person under five lights by cameras
 * none of which the fit has seen: how far each reading lies from the mean of that person's readings, and from the truth.
 */
function repeatability(noise: number): void {
  const random = seededRandom(43);
  const chart = colorChecker24();
  const people = [2, 9, 16, 23, 30, 37, 44, 49];
  const readings = people.map((): number[] => []);
  for (const camera of simulatedCameras) {
    const priors = priorsWithout(camera, []);
    for (const light of lights) {
      const w = weightsOf(camera, lightOn10nm(light));
      const patches = colorChecker24Reflectance.map((r) => noisy(see(w, r), noise, random));
      const channels = priors.map((prior, c) =>
        channelOf(
          prior,
          colorChecker24Reflectance,
          patches.map((rgb) => rgb[c] / patches[18][c]),
          noise,
        )?.map((v) => v * patches[18][c]),
      );
      people.forEach((person, n) => {
        const pairs: Pair[] = skinReflectance.flatMap((skin, j) =>
          j === person ? [] : [{ linear: see(channels as number[][], skin), xyz: xyzUnder(meter, skin) }],
        );
        const fitted = fitCorrection('root2', [
          ...pairs,
          ...patches.map((linear, i) => ({ linear, xyz: chart[i].xyz, weight: 0.01 })),
        ]);
        if (!fitted) return;
        const lab = (skin: readonly number[]) => correctedLab(fitted, noisy(see(w, skin), noise, random));
        readings[n].push(deltaE00(lab(depigmented(skinReflectance[person])), lab(skinReflectance[person])));
      });
    }
  }
  const spread: number[] = [];
  const off: number[] = [];
  people.forEach((person, n) => {
    const mean = readings[n].reduce((a, b) => a + b, 0) / readings[n].length;
    const truth = deltaE00(
      labUnder(meter, depigmented(skinReflectance[person])),
      labUnder(meter, skinReflectance[person]),
    );
    for (const one of readings[n]) {
      spread.push(Math.abs(one - mean));
      off.push(Math.abs(one - truth));
    }
  });
  console.log(
    `\npatch minus surround, five lights, cameras never seen: from its mean ${tell(spread)}, from the truth ${tell(off)}`,
  );
}

import { skinReflectance } from '../photo/tables/skins.ts';
import { exampleSkin, reflectanceOf } from '../skin/index.ts';
import { deoxyhaemoglobinPerCmM, oxyhaemoglobinPerCmM } from '../skin/tables/haemoglobin.ts';
import { balancedRgb, lightOn10nm, simulatedCameras } from './camera.ts';
import type { Random } from './random.ts';

export type SkinTone = 'light' | 'brown' | 'very dark';

/**
 * Two ways to say what melanin and blood do to light; no reader of a picture is told which was taken. `layered`: light
 * carried through epidermis and dermis (adding-doubling), melanin as (lambda / 500)^-3.33, blood packed in vessels.
 * `added`: a measured forearm, and absorbances simply added to it, melanin as (lambda / 545)^-2.6, blood flattened.
 */
export type TissueAssumption = 'layered' | 'added';
export const tissueAssumptions: readonly TissueAssumption[] = ['layered', 'added'];

export type Rgb3 = readonly [number, number, number];

/** What a tissue holds, in the words of both assumptions. */
interface Holding {
  /** Share of melanosomes in the epidermis, and the same as absorbance at 545 nm above a light forearm's. */
  readonly melanin: number;
  /** Blood over that of ordinary skin. */
  readonly blood: number;
}

const melaninOf: Readonly<Record<SkinTone, readonly [number, number]>> = {
  light: [0.012, 0.03],
  brown: [0.05, 0.12],
  'very dark': [0.18, 0.36],
};

/** How tissues of one person look to one camera under one light, as factors on that person's skin, linear. */
export interface TissueLook {
  readonly lipOverSkin: Rgb3;
  /** A lip or scar that has lost its pigment and some of its blood. */
  readonly paleOverSkin: Rgb3;
  /** Skin itself, white 0.8. */
  readonly skin: Rgb3;
}

/**
 * Lips hold three to eight times the blood of skin (thin epithelium over its vessels) and 0.5 to 1.5 times its melanin;
 * of three pairs one is a dark lip with twice as much again.
 */
export function someTissue(tone: SkinTone, assumption: TissueAssumption, random: Random): TissueLook {
  const [low, high] = melaninOf[tone];
  const skin: Holding = { melanin: random.between(low, high), blood: 1 };
  const isDark = random.uniform() < 1 / 3;
  const lip: Holding = {
    melanin: Math.min(0.45, skin.melanin * random.between(0.5, 1.5) * (isDark ? 2 : 1) + (isDark ? 0.03 : 0)),
    blood: random.between(3, 8),
  };
  const pale: Holding = { melanin: 0.1 * lip.melanin, blood: random.between(1, 2.5) };
  const spectrum = assumption === 'layered' ? layered(random) : added(random);
  const camera = random.pick(simulatedCameras);
  const light = lightOn10nm(random.pick(['D65', 'D50', 'A', 'LED-B3', 'FL11'] as const));
  const seen = (holding: Holding): Rgb3 => balancedRgb(camera, light, spectrum(holding));
  const ofSkin = seen(skin);
  const over = (holding: Holding): Rgb3 => {
    const [r, g, b] = seen(holding);
    return [r / ofSkin[0], g / ofSkin[1], b / ofSkin[2]];
  };
  return { lipOverSkin: over(lip), paleOverSkin: over(pale), skin: ofSkin };
}

function layered(random: Random): (holding: Holding) => readonly number[] {
  const person = {
    ...exampleSkin,
    bloodFraction: random.between(0.004, 0.009),
    oxygenation01: random.between(0.5, 0.8),
    scatteringPerCm500: random.between(28, 45),
  };
  return ({ melanin, blood }) => [
    ...reflectanceOf(
      { ...person, melaninFraction: melanin, bloodFraction: person.bloodFraction * blood },
      undefined,
      'interactive',
    ).values,
  ];
}

function added(random: Random): (holding: Holding) => readonly number[] {
  const forearm = random.pick(skinReflectance);
  const oxygenation = random.between(0.5, 0.8);
  const perBlood = random.between(0.07, 0.13);
  return ({ melanin, blood }) =>
    forearm.map((reflectance, band) => {
      const nm = 400 + 10 * band;
      const molar =
        oxygenation * oxyhaemoglobinPerCmM[band] + (1 - oxygenation) * deoxyhaemoglobinPerCmM[band];
      const share = molar / 50_000;
      // Absorbance grows more slowly than the melanosomes: half of the light turns back before it met the deeper ones.
      const absorbance =
        (4 * melanin ** 0.85 - 0.08) * (nm / 545) ** -2.6 +
        perBlood * (blood - 1) * (share / (1 + 0.35 * share));
      return reflectance * Math.exp(-absorbance);
    });
}

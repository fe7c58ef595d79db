/*
 * What a telephone's tone curve does to skin measured by chart and by our own card: simulated cameras with a daylight
 * matrix as their makers fit one, wrong white balance and exposure, curves, and light moved about between card and skin.
 */
import { colorimeter, deltaE00, type Lab, labUnder, linearRgbFromXyz } from '../light/index.ts';
import { colorChecker24, type FoundChart, spectralGrid } from '../photo/chart.ts';
import { fitLinear3x3, multiply } from '../photo/correct.ts';
import { calibrateFrom, colourOf, type LinearRgb, labOfLinear } from '../photo/index.ts';
import { colorChecker24Reflectance } from '../photo/tables/colorchecker24.ts';
import { skinReflectance } from '../photo/tables/skins.ts';
import { balancedRgb, lightOn10nm, simulatedCameras } from '../simulator/camera.ts';
import { phoneCurves, type ToneCurve, throughPhone } from '../simulator/phone.ts';
import { seededRandom } from '../simulator/random.ts';

export const name = 'tones';
export const describe = 'skin by chart and by card through telephones’ tone curves';

const meter = colorimeter('D65/2', spectralGrid);
const paperReflectance01 = 0.86;
const lights = ['D65', 'D50', 'LED-B3', 'A'] as const;

/** Skins between the table's: mixtures of two people with more blood, in none of the fits. */
const unseen = Array.from({ length: 12 }, (_, i) => {
  const [a, b] = [skinReflectance[4 * i], skinReflectance[4 * i + 1]];
  return a.map((v, k) => (1 - 0.06 * Math.exp(-(((400 + 10 * k - 560) / 25) ** 2))) * 0.5 * (v + b[k]));
});

const chartOf = (linear: readonly LinearRgb[]): FoundChart => ({
  kind: 'colorchecker24',
  corners: [
    { x: 0, y: 0 },
    { x: 0, y: 0 },
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ],
  toPicture: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  patches: linear.map((one, i) => ({
    name: String(i),
    at: { x: 0, y: 0 },
    radiusPx: 5,
    linear: one,
    noise: 0,
    clipped: Math.max(...one) > 0.98 || Math.max(...one) < 0.002,
  })),
  misfit: 0,
  pitchPx: 10,
});

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))];
const tell = (values: readonly number[]) =>
  `${quantile(values, 0.5).toFixed(2)} / ${quantile(values, 0.95).toFixed(2)}`.padEnd(14);

export function run(): void {
  const xyzOf = colorChecker24().map(({ xyz }) => xyz);
  console.log(
    'ΔE00 on skin, median / 95th percentile; chart: absolute, then difference of two skins; card: absolute\n',
  );
  for (const [moved, label] of [
    [0, 'the same light on card and skin'],
    [0.15, 'light moved about: 15 % between card and skin, 3 % between patch and surround'],
  ] as const) {
    console.log(label);
    for (const [curveName, curve] of Object.entries(phoneCurves)) {
      const errors = {
        chart: [] as number[],
        difference: [] as number[],
        card: [] as number[],
        cardDifference: [] as number[],
        within: [] as number[],
      };
      const random = seededRandom(7);
      for (const camera of simulatedCameras) {
        const daylight = colorChecker24Reflectance.map((r) => balancedRgb(camera, lightOn10nm('D65'), r, 1));
        const makers = fitLinear3x3(daylight, xyzOf);
        if (!makers) continue;
        for (const light of lights) {
          const power = lightOn10nm(light);
          const exposure = random.between(0.55, 0.85);
          const tint = [random.between(0.9, 1.1), 1, random.between(0.9, 1.1)];
          const seen = (reflectance: readonly number[], gain: number): LinearRgb => {
            const [x, y, z] = multiply(makers, balancedRgb(camera, power, reflectance, 1));
            const rgb = linearRgbFromXyz({ X: x, Y: y, Z: z });
            return rgb.map((v, c) =>
              throughPhone(v * tint[c] * exposure * gain * (1 + 0.002 * random.normal()), curve as ToneCurve),
            ) as unknown as LinearRgb;
          };
          const calibration = calibrateFrom(chartOf(colorChecker24Reflectance.map((r) => seen(r, 1))));
          const paper = seen(
            colorChecker24Reflectance[18].map((v) => v * 0.96),
            1,
          );
          const byCard = (rgb: LinearRgb): Lab<'D65/2'> =>
            labOfLinear(rgb.map((v, c) => (v * paperReflectance01) / paper[c]) as unknown as LinearRgb);
          const gain = 1 + moved * (2 * random.uniform() - 1);
          const patch = seen(unseen[0], gain);
          for (const skin of unseen.slice(1)) {
            const truth = labUnder(meter, skin);
            const rgb = seen(skin, gain * (1 + 0.2 * moved * (2 * random.uniform() - 1)));
            const real = deltaE00(labUnder(meter, unseen[0]), truth);
            const got = colourOf(calibration, rgb).lab;
            errors.chart.push(deltaE00(got, truth));
            errors.difference.push(Math.abs(deltaE00(colourOf(calibration, patch).lab, got) - real));
            errors.card.push(deltaE00(byCard(rgb), truth));
            errors.cardDifference.push(Math.abs(deltaE00(byCard(patch), byCard(rgb)) - real));
            errors.within.push(deltaE00(got, truth) / calibration.sdDeltaE);
          }
        }
      }
      console.log(
        `  ${curveName.padEnd(18)}${tell(errors.chart)}${tell(errors.difference)}  card ${tell(errors.card)}${tell(errors.cardDifference)}  error over stated sd ${tell(errors.within)}`,
      );
    }
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colorimeter, deltaE00, labUnder } from '../light/index.ts';
import { balancedRgb, lightOn10nm, simulatedCameras } from '../simulator/camera.ts';
import { cardHeight, cardWidth, drawCard } from '../simulator/card.ts';
import { phoneCurves, throughPhone } from '../simulator/phone.ts';
import { seededRandom } from '../simulator/random.ts';
import { column, readTable } from '../tools/csv-table.ts';
import { readPhoto } from '../tools/landmarks/fixtures.ts';
import { spectralGrid } from './chart.ts';
import { type Correction, correct, correctedLab, fitCorrection, leaveOneOut, termsOf } from './correct.ts';
import { fitHomography, project } from './homography.ts';
import {
  boxMean,
  calibrate,
  calibrateFrom,
  colorChecker24,
  colourDifference,
  colourOf,
  createMask,
  createPicture,
  findColorChecker,
  fromLinear,
  labOfLinear,
  linearOfLab,
  meanLab,
  type Picture,
  qualityOf,
  shrinkPicture,
  toLinear,
} from './index.ts';
import { colorChecker24Reflectance } from './tables/colorchecker24.ts';
import { skinReflectance } from './tables/skins.ts';

const photos = [
  'cc0-005-woman-light-skin-lips.jpg',
  'cc0-006-man-dark-skin-beard.jpg',
  'cc0-025-woman-dark-skin-lips.jpg',
  'cc0-027-woman-red-lips-tilted.jpg',
  'cc0-049-woman-smile.jpg',
  'cc0-061-man-shaved-scalp-front.jpg',
  'nasa-astronaut-collins.png',
  'sim-patch-006.jpg',
];

describe('colour', () => {
  it('puts white, black and grey on the neutral axis', () => {
    for (const v of [0, 0.001, 0.02, 0.18, 0.5, 1]) {
      const lab = labOfLinear([v, v, v]);
      expect(Math.abs(lab.a)).toBeLessThan(1e-6);
      expect(Math.abs(lab.b)).toBeLessThan(1e-6);
    }
    expect(labOfLinear([1, 1, 1]).L).toBeCloseTo(100, 9);
  });

  it('goes to CIELAB and back', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, unit, (r, g, b) => {
        const back = linearOfLab(labOfLinear([r, g, b]));
        [r, g, b].forEach((v, i) => expect(Math.abs(back[i] - v)).toBeLessThan(1e-9));
      }),
    );
  });

  it('survives linear light and back for every encoded level', () => {
    const picture = createPicture(256, 1);
    for (let i = 0; i < 256; i++) picture.rgba.set([i, 255 - i, (i * 7) % 256], i * 4);
    expect(fromLinear(toLinear(picture)).rgba).toEqual(picture.rgba);
  });

  it('means light, not levels: half black and half white measure as half the light', () => {
    const picture = createPicture(2, 1);
    picture.rgba.set([255, 255, 255], 4);
    const mask = createMask(2, 1);
    mask.alpha.fill(255);
    expect(meanLab(picture, mask)?.L).toBeCloseTo(labOfLinear([0.5, 0.5, 0.5]).L, 6);
  });

  it('has no mean where there is no mask', () => {
    expect(meanLab(createPicture(3, 3), createMask(3, 3))).toBeUndefined();
  });
});

describe('filters', () => {
  const noise = (w: number, h: number, seed: number): Float32Array => {
    const random = seededRandom(seed);
    return Float32Array.from({ length: w * h }, () => random.normal());
  };

  it('box means agree with counting', () => {
    for (const [w, h, r] of [
      [13, 9, 2],
      [7, 31, 3],
      [5, 5, 9],
    ]) {
      const plane = noise(w, h, w);
      const fast = boxMean(plane, w, h, r);
      for (let y = 0; y < h; y++) {
        for (let x = 0; x < w; x++) {
          let sum = 0;
          let n = 0;
          for (let yy = Math.max(0, y - r); yy <= Math.min(h - 1, y + r); yy++) {
            for (let xx = Math.max(0, x - r); xx <= Math.min(w - 1, x + r); xx++, n++)
              sum += plane[yy * w + xx];
          }
          expect(Math.abs(fast[y * w + x] - sum / n)).toBeLessThan(1e-4);
        }
      }
    }
  });
});

describe('projections', () => {
  it('are recovered from the points they moved', () => {
    const h = [1.2, 0.1, 30, -0.2, 0.9, 12, 0.001, -0.0005, 1];
    const from = [0, 1, 2, 3, 4, 5].flatMap((x) => [0, 1, 2, 3].map((y) => ({ x, y })));
    const found = fitHomography(
      from,
      from.map((p) => project(h, p)),
    );
    if (!found) throw new Error('none');
    for (const p of from) {
      const a = project(h, p);
      const b = project(found, p);
      expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThan(1e-6);
    }
  });
});

describe('tables', () => {
  it('are the published ones', () => {
    const chart = readTable('colorchecker24_ohta_5nm.csv');
    const nm = column(chart, 'wavelength_nm');
    const skin = column(chart, 'light skin');
    colorChecker24Reflectance[1].forEach((v, i) => expect(v).toBe(skin[nm.indexOf(400 + 10 * i)]));
    expect(simulatedCameras).toHaveLength(26);
    expect(skinReflectance).toHaveLength(50);
  });

  it('give the greys of the card no hue and falling lightness', () => {
    const greys = colorChecker24().slice(18);
    for (const { lab } of greys) expect(Math.hypot(lab.a, lab.b)).toBeLessThan(4);
    for (let i = 1; i < 6; i++) expect(greys[i].lab.L).toBeLessThan(greys[i - 1].lab.L - 5);
  });
});

const lights = ['D65', 'D50', 'A', 'LED-B1', 'LED-B3', 'FL11'] as const;

/** A card somewhere on a photograph, as a random camera sees it under a random light. */
function scene(background: Picture, seed: number) {
  const random = seededRandom(seed);
  const camera = random.pick(simulatedCameras);
  const light = lightOn10nm(random.pick(lights));
  const exposure = random.between(0.55, 0.9);
  const patches = colorChecker24Reflectance.map((r) => balancedRgb(camera, light, r, exposure));
  const width = background.widthPx * random.between(0.28, 0.6);
  const height = (width * cardHeight) / cardWidth;
  const turn = random.between(0, 2 * Math.PI);
  const tilt = random.between(0, 0.12);
  const at = { x: background.widthPx / 2, y: background.heightPx / 2 };
  const corner = (a: number, b: number) => {
    const x = ((a * width) / 2) * (1 + tilt * b);
    const y = ((b * height) / 2) * (1 + tilt * b * 0.5);
    return {
      x: at.x + x * Math.cos(turn) - y * Math.sin(turn),
      y: at.y + x * Math.sin(turn) + y * Math.cos(turn),
    };
  };
  const corners = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)] as const;
  const picture = drawCard(background, {
    corners,
    patches,
    blurPx: random.between(0.3, 1.6),
    noiseLevels: random.between(0.5, 3),
    random,
  });
  return { picture, patches, camera, light };
}

describe('the ColorChecker', async () => {
  const backgrounds = await Promise.all(photos.map(readPhoto));

  it('is seen in no photograph that has none', () => {
    for (const picture of backgrounds) expect(findColorChecker(picture)).toBeUndefined();
  });

  it('is seen in nothing that only looks like a board of squares', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = seededRandom(seed);
      const patches = Array.from(
        { length: 24 },
        () => [random.uniform(), random.uniform(), random.uniform()] as const,
      );
      const corners = [
        { x: 200, y: 200 },
        { x: 800, y: 200 },
        { x: 800, y: 600 },
        { x: 200, y: 600 },
      ] as const;
      const picture = drawCard(backgrounds[0], { corners, patches, blurPx: 0.5, noiseLevels: 1, random });
      expect(findColorChecker(picture)).toBeUndefined();
    }
  });

  it('is found turned, tilted, blurred, noisy, under any light and camera, and read in the right order', () => {
    let found = 0;
    const count = 24;
    for (let seed = 1; seed <= count; seed++) {
      const { picture, patches } = scene(backgrounds[seed % 6], seed);
      const chart = findColorChecker(picture);
      if (!chart) continue;
      found++;
      chart.patches.forEach((patch, i) =>
        patch.linear.forEach((v, c) => expect(Math.abs(v - patches[i][c])).toBeLessThan(0.02)),
      );
    }
    expect(found).toBeGreaterThanOrEqual(count - 1);
  });

  it('corrects skin within 0.5 ΔE00 in daylight and under a white LED, camera and light unknown, with noise', () => {
    // Skins near none of the fit's own: mixtures of two people with more blood (a dip at 540 to 580 nm).
    const dip = Array.from(
      { length: 31 },
      (_, i) => 1 - 0.06 * Math.exp(-(((400 + 10 * i - 560) / 25) ** 2)),
    );
    const unseen = [0, 7, 14, 21, 28, 35, 42].map((s) =>
      skinReflectance[s].map((v, k) => 0.95 * dip[k] * (0.5 * v + 0.5 * skinReflectance[s + 3][k])),
    );
    for (const [name, middle, high] of [
      ['D65', 0.5, 1.2],
      ['LED-B3', 0.5, 1.2],
    ] as const) {
      const random = seededRandom(11);
      const light = lightOn10nm(name);
      const errors: number[] = [];
      for (const camera of simulatedCameras) {
        const noisy = (rgb: [number, number, number]): [number, number, number] =>
          rgb.map((v) => v * (1 + 0.002 * random.normal())) as [number, number, number];
        const { correction } = calibrateFrom(
          chartFrom(colorChecker24Reflectance.map((r) => noisy(balancedRgb(camera, light, r)))),
        );
        for (const skin of unseen) {
          errors.push(deltaE00(labBy(correction, noisy(balancedRgb(camera, light, skin))), labOf(skin)));
        }
      }
      expect(quantile(errors, 0.5)).toBeLessThan(middle);
      expect(quantile(errors, 0.95)).toBeLessThan(high);
    }
  });

  it('leaves the difference between two skins nearly the same whatever light and camera, within its stated error', () => {
    const truth = labOf(skinReflectance[0]);
    const other = labOf(skinReflectance[9]);
    const errors: number[] = [];
    for (const camera of simulatedCameras.slice(0, 12)) {
      for (const name of ['D65', 'D50', 'LED-B3'] as const) {
        const light = lightOn10nm(name);
        const chart = chartFrom(colorChecker24Reflectance.map((r) => balancedRgb(camera, light, r)));
        const calibration = calibrateFrom(chart);
        const d = colourDifference(
          calibration,
          balancedRgb(camera, light, skinReflectance[9]),
          balancedRgb(camera, light, skinReflectance[0]),
        );
        errors.push(Math.abs(d.deltaE00 - deltaE00(other, truth)) / d.sdDeltaE);
      }
    }
    expect(quantile(errors, 0.95)).toBeLessThan(2);
  });

  it('keeps its errors on skin within what it states, under five lights and through telephones’ curves', () => {
    const unseen = [3, 12, 21, 30, 39, 48].map((n) =>
      skinReflectance[n].map((v, k) => 0.97 * (0.6 * v + 0.4 * skinReflectance[n - 3][k])),
    );
    const random = seededRandom(19);
    const [absolute, difference]: [number[], number[]] = [[], []];
    for (const camera of simulatedCameras.filter((_, n) => n % 3 === 0)) {
      for (const name of ['D65', 'D50', 'LED-B3', 'A', 'FL11'] as const) {
        const light = lightOn10nm(name);
        for (const curve of [phoneCurves.straight, phoneCurves['strong contrast'], phoneCurves.film]) {
          const seen = (r: readonly number[]) =>
            balancedRgb(camera, light, r, 0.7).map((v) =>
              throughPhone(v * (1 + 0.002 * random.normal()), curve ?? ((x) => x)),
            ) as [number, number, number];
          const calibration = calibrateFrom(chartFrom(colorChecker24Reflectance.map(seen)));
          expect(calibration.calibrated).toBe(true);
          for (const skin of unseen) {
            const got = colourOf(calibration, seen(skin));
            absolute.push(deltaE00(got.lab, labOf(skin)) / got.sdDeltaE);
            const apart = colourDifference(calibration, seen(skin), seen(unseen[0] ?? []));
            const truth = deltaE00(labOf(skin), labOf(unseen[0] ?? []));
            difference.push(Math.abs(apart.deltaE00 - truth) / apart.sdDeltaE);
          }
        }
      }
    }
    // A distance of three dimensions lies within two and a half standard deviations of one in 90 of 100 cases.
    expect(quantile(absolute, 0.95)).toBeLessThan(2.5);
    expect(quantile(difference, 0.95)).toBeLessThan(2);
  });

  it('straightens tones a camera bent by the chart’s greys, and says so', () => {
    const light = lightOn10nm('D65');
    const skins = [5, 15, 20, 35, 45].map((n) => skinReflectance[n]);
    for (const [name, curve] of Object.entries(phoneCurves)) {
      const seen = (r: readonly number[]) =>
        balancedRgb(simulatedCameras[4], light, r, 0.75).map((v) => throughPhone(v, curve)) as [
          number,
          number,
          number,
        ];
      const calibration = calibrateFrom(chartFrom(colorChecker24Reflectance.map(seen)));
      const isBent = name !== 'straight';
      expect(calibration.correction?.tone !== undefined).toBe(isBent);
      expect(calibration.reasons.some((reason) => reason.includes('bends tones'))).toBe(isBent);
      const errors = skins.map((skin) => deltaE00(colourOf(calibration, seen(skin)).lab, labOf(skin)));
      expect(errors.reduce((a, b) => a + b, 0) / errors.length).toBeLessThan(1.3);
    }
  });

  it('leaves clipped patches out and says so', () => {
    const light = lightOn10nm('D65');
    const patches = colorChecker24Reflectance.map((r) => balancedRgb(simulatedCameras[3], light, r, 1.3));
    const random = seededRandom(5);
    const corners = [
      { x: 100, y: 100 },
      { x: 800, y: 120 },
      { x: 790, y: 600 },
      { x: 110, y: 580 },
    ] as const;
    const calibration = calibrate(
      drawCard(backgrounds[3], { corners, patches, blurPx: 0.4, noiseLevels: 1, random }),
    );
    expect(calibration.calibrated).toBe(true);
    expect(calibration.residuals.filter(({ used }) => !used).map(({ name }) => name)).toContain(
      'white 9.5 (.05 D)',
    );
    expect(calibration.reasons.join(' ')).toContain('left out');
  });

  it('says how wrong colour may be when there is none', () => {
    const calibration = calibrate(backgrounds[0]);
    expect(calibration.calibrated).toBe(false);
    expect(calibration.sdDeltaE).toBeGreaterThan(8);
    expect(calibration.reasons.join(' ')).toMatch(/17\.8/);
  });
});

describe('corrections', () => {
  const reference = colorChecker24();
  const pairs = colorChecker24Reflectance.map((r, i) => ({
    linear: balancedRgb(simulatedCameras[0], lightOn10nm('D65'), r),
    xyz: reference[i].xyz,
  }));

  it('scale with exposure', () => {
    for (const kind of ['linear', 'root2', 'root3'] as const) {
      const fitted = fitCorrection(kind, pairs);
      if (!fitted) throw new Error(kind);
      const [r, g, b] = pairs[4].linear;
      const once = correct(fitted, [r, g, b]);
      const half = correct(fitted, [r / 2, g / 2, b / 2]);
      for (const axis of ['X', 'Y', 'Z'] as const) expect(half[axis]).toBeCloseTo(once[axis] / 2, 9);
    }
  });

  it('are refused with fewer pairs than terms', () => {
    for (const kind of ['linear', 'root2', 'root3'] as const) {
      const terms = termsOf(kind, [1, 1, 1]).length;
      expect(fitCorrection(kind, pairs.slice(0, terms - 1))).toBeUndefined();
    }
  });

  it('fit no better than they predict', () => {
    const left = leaveOneOut('linear', pairs);
    expect(left && left.length).toBe(24);
  });
});

describe('quality', async () => {
  const sharp = await readPhoto('cc0-049-woman-smile.jpg');

  it('calls blur blur, and more of it worse', () => {
    const soft = (radius: number): Picture => {
      const planes = toLinear(sharp);
      for (const plane of [planes.r, planes.g, planes.b]) {
        boxMean(plane, planes.widthPx, planes.heightPx, radius, plane);
        boxMean(plane, planes.widthPx, planes.heightPx, radius, plane);
      }
      return fromLinear(planes);
    };
    const widths = [qualityOf(sharp), qualityOf(soft(2)), qualityOf(soft(5))].map((q) => q.edgeWidthPx);
    expect(widths[1]).toBeGreaterThan(widths[0] * 1.5);
    expect(widths[2]).toBeGreaterThan(widths[1] * 1.3);
    expect(qualityOf(sharp).findings.map((f) => f.problem)).not.toContain('blur');
    expect(qualityOf(soft(5)).findings[0].problem).toBe('blur');
  });

  it('measures noise that was put in', () => {
    const random = seededRandom(2);
    const flat = createPicture(300, 200);
    for (let p = 0; p < 60_000; p++) {
      for (let c = 0; c < 3; c++) flat.rgba[p * 4 + c] = Math.round(128 + 6 * random.normal());
    }
    expect(Math.abs(qualityOf(flat).noiseLevels - 6)).toBeLessThan(0.6);
  });

  it('finds burnt-out and black parts by their share', () => {
    const picture = createPicture(100, 100);
    for (let p = 0; p < 10_000; p++)
      picture.rgba.set(p < 3000 ? [255, 255, 255] : p < 5000 ? [0, 0, 0] : [120, 90, 80], p * 4);
    const q = qualityOf(picture);
    expect(q.clippedShare).toBeCloseTo(0.3, 9);
    expect(q.blackShare).toBeCloseTo(0.2, 9);
    expect(q.findings.map((f) => f.problem)).toContain('overexposed');
  });

  it('tells a photo without colour from one with it, however it was lit', () => {
    const grey = createPicture(sharp.widthPx, sharp.heightPx);
    const dim = createPicture(sharp.widthPx, sharp.heightPx);
    for (let i = 0; i < sharp.rgba.length; i += 4) {
      const [r, g, b] = sharp.rgba.subarray(i, i + 3);
      const level = Math.round(0.3 * r + 0.59 * g + 0.11 * b);
      // An encoder's rounding leaves the channels a level or two apart.
      grey.rgba.set([level, level + (i % 8 === 0 ? 1 : 0), level - (i % 12 === 0 ? 1 : 0), 255], i);
      dim.rgba.set([r / 3, g / 3, b / 3, 255], i);
    }
    const problems = (picture: Picture) => qualityOf(picture).findings.map((f) => f.problem);
    expect(problems(grey)).toContain('no-colour');
    expect(problems(sharp)).not.toContain('no-colour');
    expect(problems(dim)).not.toContain('no-colour');
    expect(qualityOf(createPicture(60, 60)).colourLevels).toBeUndefined();
  });

  it('judges a region by itself', () => {
    const mask = createMask(sharp.widthPx, sharp.heightPx);
    for (let y = 450; y < 520; y++) mask.alpha.fill(255, y * sharp.widthPx + 600, y * sharp.widthPx + 670);
    expect(qualityOf(sharp, mask).lightRatio).toBeLessThan(qualityOf(sharp).lightRatio);
  });
});

describe('pictures', () => {
  it('keep their mean when shrunk by whole blocks', () => {
    const picture = createPicture(40, 24);
    const random = seededRandom(1);
    for (let p = 0; p < 960; p++)
      for (let c = 0; c < 3; c++) picture.rgba[p * 4 + c] = random.uniform() * 255;
    const small = shrinkPicture(picture, 4);
    const mean = (q: Picture): number =>
      q.rgba.reduce((s, v, i) => (i % 4 === 3 ? s : s + v), 0) / (q.rgba.length * 0.75);
    expect(Math.abs(mean(small) - mean(picture))).toBeLessThan(0.6);
  });

  it('cannot measure nothing', () => {
    expect(() => createPicture(0, 5)).toThrow(expect.objectContaining({ code: 'picture-size' }));
  });
});

function chartFrom(seen: readonly (readonly [number, number, number])[]) {
  const names = colorChecker24().map(({ name }) => name);
  const point = { x: 0, y: 0 };
  return {
    kind: 'colorchecker24' as const,
    corners: [point, point, point, point] as const,
    toPicture: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    patches: seen.map((linear, i) => ({
      name: names[i],
      at: point,
      radiusPx: 5,
      linear,
      noise: 0,
      clipped: false,
    })),
    misfit: 0,
    pitchPx: 10,
  };
}

const meter = colorimeter('D65/2', spectralGrid);
const labOf = (reflectance: readonly number[]) => labUnder(meter, reflectance);

function labBy(correction: Correction | undefined, linear: readonly [number, number, number]) {
  if (!correction) throw new Error('no correction');
  return correctedLab(correction, linear);
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];

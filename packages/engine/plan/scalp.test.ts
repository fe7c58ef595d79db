import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRgb } from '../light/index.ts';
import { createMask, type Mask, type Picture } from '../photo/index.ts';
import { skinPerPicture } from '../region/index.ts';
import { type DensityProfile, densityMap, type ScalpDensity } from './density.ts';
import { decodeDotTiles, layDotsByDensity } from './dots.ts';
import { defaultProfile, scalpProfile } from './make-plan.ts';
import { renderDots } from './scalp.ts';

const tiles = decodeDotTiles();

function whole(widthPx: number, heightPx: number): Mask {
  const mask = createMask(widthPx, heightPx);
  mask.alpha.fill(255);
  return mask;
}

/** A head of 200 x 120 px against a background, its hairline 60 px above its lowest row. */
const headPx = { left: 20, right: 220, top: 15, front: 75 };
function zoneOfHead(): Mask {
  const zone = createMask(240, 150);
  for (let y = headPx.top; y < headPx.front; y++)
    zone.alpha.fill(255, y * 240 + headPx.left, y * 240 + headPx.right);
  return zone;
}
const hairline = [
  { x: -1000, y: headPx.front },
  { x: 1200, y: headPx.front },
];

/** Mean light of the middle of a grey picture with dots over it, as a share of the light without them. */
function lightKept(mmPerPx: number, densityPerCm2: number, diameterMm: number, transmittance: number) {
  const side = Math.round(40 / mmPerPx);
  const profile: DensityProfile = { kind: 'patch', densityPerCm2, featherMm: 0 };
  const dots = layDotsByDensity(densityMap(whole(side, side), mmPerPx, profile, 3), { seed: 3, tiles });
  // The darkest tone covers in full.
  dots.tone.fill(2);
  const grey: Picture = {
    widthPx: side,
    heightPx: side,
    rgba: new Uint8ClampedArray(side * side * 4).fill(190),
  };
  const look = { diameterMm, transmittance: [transmittance, transmittance, transmittance] } as const;
  const drawn = renderDots(grey, dots, mmPerPx, look);
  const rim = Math.ceil(2 / mmPerPx);
  let sum = 0;
  for (let y = rim; y < side - rim; y++)
    for (let x = rim; x < side - rim; x++) sum += decodeRgb(drawn.rgba[(y * side + x) * 4 + 1] / 255);
  return sum / (side - 2 * rim) ** 2 / decodeRgb(190 / 255);
}

describe('dots drawn over skin', () => {
  it.each([
    [40, 0.45, 0.1],
    [75, 0.3, 0.1],
    [110, 0.4, 0.24],
  ])(
    'darken it by coverage times contrast at every zoom: %i a cm² of %d mm',
    (density, mm, transmittance) => {
      // Diameters scatter by 15 % of a sine, so their areas by half of its square.
      const coverage = ((density * Math.PI * mm ** 2) / 400) * (1 + 0.15 ** 2 / 2);
      // Yule and Nielsen with n = 2.
      const expected = (1 - coverage * (1 - Math.sqrt(transmittance))) ** 2;
      for (const mmPerPx of [0.08, 0.2, 0.5, 1]) {
        expect(Math.abs(lightKept(mmPerPx, density, mm, transmittance) / expected - 1)).toBeLessThan(0.012);
      }
    },
  );
});

describe('a scalp seen from the front', () => {
  const usual = defaultProfile('scalp', 75);
  const rowMean = (profile: DensityProfile, y: number) => {
    const { perCm2, widthPx } = densityMap(zoneOfHead(), 0.5, profile, 1);
    const row = perCm2.subarray(y * widthPx + headPx.left, y * widthPx + headPx.right);
    return row.reduce((sum, value) => sum + value, 0) / row.length;
  };

  it('is as dense at the outline of the head as inside, and thinner only along the hairline', () => {
    const profile = scalpProfile(75, { front: hairline }, 0.5);
    expect(rowMean(profile, headPx.top)).toBeCloseTo(75, 3);
    expect(rowMean(profile, headPx.top + 20)).toBeCloseTo(75, 3);
    expect(rowMean(profile, headPx.front - 4)).toBeLessThan(45);
  });

  it('has the same front as a zone all of whose border is hairline, where only that is near', () => {
    const middle = (profile: DensityProfile) => {
      const { perCm2, widthPx } = densityMap(zoneOfHead(), 0.5, profile, 1);
      return Array.from({ length: 15 }, (_, n) => perCm2[(headPx.front - 1 - n) * widthPx + 120]);
    };
    const [own, all] = [middle(scalpProfile(75, { front: hairline }, 0.5)), middle(usual)];
    own.forEach((density, n) => expect(Math.abs(density - all[n])).toBeLessThan(4));
  });

  it('holds dots in proportion to the density asked, wherever the hairline lies', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 110 }), fc.integer({ min: -40, max: 200 }), (density, y) => {
        const front = hairline.map(({ x }) => ({ x, y }));
        const count = (perCm2: number) =>
          densityMap(zoneOfHead(), 0.5, scalpProfile(perCm2, { front }, 0.5), 1).expectedCount;
        expect(count(2 * density) / count(density)).toBeCloseTo(2, 4);
      }),
      { numRuns: 10 },
    );
  });
});

describe('a scalp on a head', () => {
  const head = { x: 60, y: 70, halfBreadth: 40, halfHeight: 50, roll: 0.1, yaw: 0.2, relativeSd: 0.03 };
  const mmPerPx = 0.25;
  const profile = (densityPerCm2: number): ScalpDensity => ({
    ...(defaultProfile('scalp', densityPerCm2) as ScalpDensity),
    // Far from its hairline, so that only the head shapes it.
    frontMm: [
      [-1000, 900],
      [1000, 900],
    ],
    headMm: head,
  });
  const factor = skinPerPicture(head);
  /** Places where the skin is turned away between two factors. */
  const band = (from: number, to: number): Mask => {
    const mask = createMask(480, 560);
    for (let y = 0, p = 0; y < 560; y++)
      for (let x = 0; x < 480; x++, p++) {
        const now = factor((x + 0.5) * mmPerPx, (y + 0.5) * mmPerPx);
        mask.alpha[p] = now >= from && now < to ? 255 : 0;
      }
    return mask;
  };

  it('holds as many dots on a square centimetre of skin wherever it turns', () => {
    for (const [from, to] of [
      [1, 1.2],
      [1.2, 1.8],
      [1.8, 4.5],
    ] as const) {
      const map = densityMap(band(from, to), mmPerPx, profile(75), 1);
      expect(map.expectedCount / map.areaCm2).toBeCloseTo(75, 2);
      const dots = layDotsByDensity(map, { seed: 1, tiles });
      expect(Math.abs(dots.count / map.areaCm2 / 75 - 1)).toBeLessThan(0.02);
      // Seen flat, the same piece of picture held fewer.
      const { headMm: _, ...flat } = profile(75);
      expect(map.expectedCount).toBeGreaterThan(densityMap(band(from, to), mmPerPx, flat, 1).expectedCount);
    }
  });

  it('darkens alike wherever it turns, because dots turn away with the skin', () => {
    const grey: Picture = {
      widthPx: 480,
      heightPx: 560,
      rgba: new Uint8ClampedArray(480 * 560 * 4).fill(190),
    };
    const map = densityMap(band(1, 4.9), mmPerPx, profile(75), 1);
    const drawn = renderDots(grey, layDotsByDensity(map, { seed: 1, tiles }), mmPerPx, {
      diameterMm: 0.4,
      transmittance: [0.1, 0.1, 0.1],
    });
    const kept = (from: number, to: number) => {
      const { alpha } = band(from, to);
      let [sum, count] = [0, 0];
      alpha.forEach((value, p) => {
        if (value === 0) return;
        sum += decodeRgb(drawn.rgba[4 * p] / 255);
        count++;
      });
      return sum / count / decodeRgb(190 / 255);
    };
    const middle = kept(1, 1.15);
    expect(middle).toBeLessThan(0.95);
    expect(Math.abs(kept(1.6, 2.6) / middle - 1)).toBeLessThan(0.02);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../photo/index.ts';
import { type DensityMap, densityMap, type ScalpDensity } from './density.ts';
import { type Dots, decodeDotTiles, layDots, layDotsByDensity } from './dots.ts';
import { dotsSvg } from './map-svg.ts';

const tiles = decodeDotTiles();

function disc(sidePx: number, radiusPx: number): Mask {
  const alpha = new Uint8Array(sidePx * sidePx);
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      if (Math.hypot(x + 0.5 - sidePx / 2, y + 0.5 - sidePx / 2) <= radiusPx) alpha[y * sidePx + x] = 255;
    }
  }
  return { widthPx: sidePx, heightPx: sidePx, alpha };
}

function ramp(widthPx: number, heightPx: number, mmPerPx: number, low: number, high: number): DensityMap {
  const perCm2 = new Float32Array(widthPx * heightPx);
  let sum = 0;
  for (let p = 0; p < perCm2.length; p++) {
    perCm2[p] = low + ((high - low) * ((p % widthPx) + 0.5)) / widthPx;
    sum += perCm2[p];
  }
  const cellCm2 = mmPerPx ** 2 / 100;
  const areaCm2 = perCm2.length * cellCm2;
  return {
    widthPx,
    heightPx,
    mmPerPx,
    perCm2,
    expectedCount: sum * cellCm2,
    maxPerCm2: Math.max(low, high),
    areaCm2,
  };
}

/** Distance to the nearest neighbour of every dot, mm. */
function nearestMm(dots: Dots, cellMm: number): Float64Array {
  const cells = new Map<string, number[]>();
  const key = (x: number, y: number) => `${Math.floor(x / cellMm)} ${Math.floor(y / cellMm)}`;
  for (let i = 0; i < dots.count; i++) {
    const k = key(dots.xMm[i], dots.yMm[i]);
    const list = cells.get(k);
    if (list) list.push(i);
    else cells.set(k, [i]);
  }
  return Float64Array.from({ length: dots.count }, (_, i) => {
    let best = Infinity;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        for (const j of cells.get(key(dots.xMm[i] + dx * cellMm, dots.yMm[i] + dy * cellMm)) ?? []) {
          if (j !== i)
            best = Math.min(best, Math.hypot(dots.xMm[i] - dots.xMm[j], dots.yMm[i] - dots.yMm[j]));
        }
      }
    }
    return best;
  });
}

const places = (dots: Dots) => Array.from(dots.xMm, (x, i) => `${x} ${dots.yMm[i]}`);

describe('dots over a 20 x 25 cm ramp of densities', () => {
  const map = ramp(800, 1000, 0.25, 60, 340);
  const dots = layDotsByDensity(map, { seed: 5, tiles });

  it('number what the density asks for, within 0.5 %', () => {
    expect(Math.abs(dots.count / map.expectedCount - 1)).toBeLessThan(0.005);
  });

  it('number what each square centimetre asks for, within 3 % on average', () => {
    const found = new Float64Array(500);
    for (let i = 0; i < dots.count; i++) {
      found[Math.min(24, Math.floor(dots.yMm[i] / 10)) * 20 + Math.min(19, Math.floor(dots.xMm[i] / 10))]++;
    }
    let error = 0;
    for (let cell = 0; cell < 500; cell++) {
      const asked = 60 + (280 * ((cell % 20) + 0.5)) / 20;
      error += Math.abs(found[cell] - asked) / asked / 500;
    }
    expect(error).toBeLessThan(0.03);
  });

  it('repeat nowhere: a shift by any tile side brings few dots onto dots', () => {
    const sideMm = Math.sqrt(4096 / 400) * 10;
    const taken = new Set(
      Array.from(dots.xMm, (x, i) => `${Math.round(x * 10)} ${Math.round(dots.yMm[i] * 10)}`),
    );
    for (let step = 0; step < 180; step += 1) {
      const angle = (step * Math.PI) / 180;
      let met = 0;
      for (let i = 0; i < dots.count; i += 7) {
        const x = Math.round((dots.xMm[i] + sideMm * Math.cos(angle)) * 10);
        const y = Math.round((dots.yMm[i] + sideMm * Math.sin(angle)) * 10);
        if (taken.has(`${x} ${y}`)) met++;
      }
      // Two even random sets meet in 2 % of such cells; tiles that repeat would meet in all of them.
      expect(met / (dots.count / 7)).toBeLessThan(0.35);
    }
  });
});

describe('dots at one density', () => {
  it('keep at least 0.75 of the mean spacing, at any density and seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 0, max: 1e9 }), (density, seed) => {
        const side = Math.ceil(Math.sqrt(1500 / density) * 10);
        const dots = layDotsByDensity(ramp(side, side, 1, density, density), { seed, tiles });
        const spacingMm = 10 / Math.sqrt(density);
        expect(Math.min(...nearestMm(dots, spacingMm))).toBeGreaterThanOrEqual(0.75 * spacingMm);
      }),
      { numRuns: 60 },
    );
  });

  it('hold every dot of a lower density: nothing moves when it rises', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 390 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 1e9 }),
        (density, more, seed) => {
          const few = layDotsByDensity(ramp(60, 60, 1, density, density), { seed, tiles, fullPerCm2: 400 });
          const many = layDotsByDensity(ramp(60, 60, 1, density + more, density + more), {
            seed,
            tiles,
            fullPerCm2: 400,
          });
          const held = new Set(places(many));
          expect(places(few).every((place) => held.has(place))).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('depend on nothing but map and seed', () => {
    const map = ramp(100, 100, 0.5, 80, 80);
    expect(places(layDotsByDensity(map, { seed: 9 }))).toEqual(
      places(layDotsByDensity(map, { seed: 9, tiles })),
    );
    expect(places(layDotsByDensity(map, { seed: 9 }))).not.toEqual(
      places(layDotsByDensity(map, { seed: 10 })),
    );
  });
});

describe('dots in a region', () => {
  it('stay where the mask is, and count as area times density', () => {
    const mask = disc(400, 150);
    const dots = layDots(mask, {
      seed: 3,
      tiles,
      mmPerPx: 0.2,
      profile: { kind: 'patch', densityPerCm2: 300, featherMm: 0 },
    });
    for (let i = 0; i < dots.count; i++) {
      expect(mask.alpha[Math.floor(dots.yMm[i] / 0.2) * 400 + Math.floor(dots.xMm[i] / 0.2)]).toBe(255);
    }
    expect(dots.areaCm2).toBeCloseTo((Math.PI * 30 ** 2) / 100, 1);
    expect(Math.abs(dots.count / (dots.areaCm2 * 300) - 1)).toBeLessThan(0.005);
  });

  it('thin out towards a feathered edge', () => {
    const dots = layDots(disc(400, 180), {
      seed: 3,
      tiles,
      mmPerPx: 0.1,
      profile: { kind: 'patch', densityPerCm2: 400, featherMm: 3 },
    });
    const ringCount = (fromMm: number, toMm: number) => {
      let count = 0;
      for (let i = 0; i < dots.count; i++) {
        const depth = 18 - Math.hypot(dots.xMm[i] - 20, dots.yMm[i] - 20);
        if (depth >= fromMm && depth < toMm) count++;
      }
      const area = (Math.PI * ((18 - fromMm) ** 2 - (18 - toMm) ** 2)) / 100;
      return count / area;
    };
    expect(ringCount(0, 1)).toBeLessThan(100);
    expect(ringCount(1, 2)).toBeGreaterThan(ringCount(0, 1));
    expect(ringCount(2, 3)).toBeGreaterThan(ringCount(1, 2));
    expect(ringCount(3, 10)).toBeGreaterThan(390);
  });

  it('share tones and sessions as asked, each evenly', () => {
    const dots = layDotsByDensity(ramp(200, 200, 0.5, 150, 150), {
      seed: 8,
      tiles,
      toneShares: [0.6, 0.3, 0.1],
      stageShares: [0.3, 0.7, 1],
    });
    const share = (values: Uint8Array, k: number) => values.filter((v) => v === k).length / dots.count;
    expect(share(dots.tone, 0)).toBeCloseTo(0.6, 1);
    expect(share(dots.tone, 2)).toBeCloseTo(0.1, 1);
    expect(share(dots.stage, 0)).toBeCloseTo(0.3, 1);
    expect(share(dots.stage, 1)).toBeCloseTo(0.4, 1);
    // The first session alone is as even as a map of that density.
    const first = Array.from(dots.stage, (s, i) => (s === 0 ? i : -1)).filter((i) => i >= 0);
    const only: Dots = {
      ...dots,
      count: first.length,
      xMm: Float32Array.from(first, (i) => dots.xMm[i]),
      yMm: Float32Array.from(first, (i) => dots.yMm[i]),
    };
    const spacingMm = 10 / Math.sqrt(150 * 0.3);
    expect(Math.min(...nearestMm(only, spacingMm))).toBeGreaterThan(0.7 * spacingMm);
  });

  it('make a scalp zone soft at the front, denser in scars and never outside the mask', () => {
    const mask = disc(600, 280);
    const scars: Mask = { ...mask, alpha: new Uint8Array(600 * 600) };
    for (let y = 300; y < 400; y++) scars.alpha.fill(255, y * 600 + 250, y * 600 + 350);
    const profile = {
      kind: 'scalp' as const,
      densityPerCm2: 75,
      edgeMm: 8,
      edgeShare01: 0.4,
      jitterMm: 3,
      scarFactor: 1.15,
      existingHairPerCm2: 0,
    };
    const plain = densityMap(mask, 0.25, profile, 4);
    const scarred = densityMap(mask, 0.25, { ...profile, scars }, 4);
    expect(scarred.perCm2[350 * 600 + 300] / plain.perCm2[350 * 600 + 300]).toBeCloseTo(1.15, 5);
    expect(plain.perCm2[300 * 600 + 300]).toBeCloseTo(75, 3);
    expect(plain.maxPerCm2).toBeLessThanOrEqual(75.001);
    expect(plain.perCm2.some((density, p) => mask.alpha[p] === 0 && density > 0)).toBe(false);
    const haired = densityMap(mask, 0.25, { ...profile, existingHairPerCm2: 50 }, 4);
    expect(haired.perCm2[300 * 600 + 300]).toBeCloseTo(25, 3);
  });

  it('thin a whorl by 30 to 45 % at its centre, in two arms, and nothing beyond it', () => {
    const [mask, mmPerPx, radiusMm] = [disc(600, 280), 0.25, 20];
    const profile: ScalpDensity = {
      kind: 'scalp',
      densityPerCm2: 75,
      edgeMm: 8,
      edgeShare01: 0.4,
      jitterMm: 3,
      scarFactor: 1.15,
      existingHairPerCm2: 0,
    };
    const plain = densityMap(mask, mmPerPx, profile, 4).perCm2;
    const share = (xMm: number, yMm: number) => {
      const turned = densityMap(mask, mmPerPx, { ...profile, whorl: { xMm, yMm, radiusMm } }, 4).perCm2;
      return (x: number, y: number) => {
        const p = Math.floor(y / mmPerPx) * 600 + Math.floor(x / mmPerPx);
        return plain[p] > 0 ? turned[p] / plain[p] : 1;
      };
    };
    fc.assert(
      fc.property(fc.integer({ min: 55, max: 95 }), fc.integer({ min: 55, max: 95 }), (xMm, yMm) => {
        const at = share(xMm, yMm);
        // At the centre itself it is chance on which arm the cell lies: 15 % of it.
        expect(at(xMm, yMm)).toBeGreaterThan(0.54);
        expect(at(xMm, yMm)).toBeLessThan(0.71);
        for (let turn = 0; turn < 2 * Math.PI; turn += 0.1) {
          const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
          expect(at(xMm + 1.1 * radiusMm * dx, yMm + 1.1 * radiusMm * dy)).toBe(1);
          const half = at(xMm + 0.5 * radiusMm * dx, yMm + 0.5 * radiusMm * dy);
          expect(half).toBeLessThan(1);
          expect(half).toBeGreaterThan(0.7);
          // Two arms: half a turn on, the pattern is the same but for the cells' corners.
          const across = at(xMm - 0.5 * radiusMm * dx, yMm - 0.5 * radiusMm * dy);
          expect(Math.abs(half - across)).toBeLessThan(0.02);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('keep the integral when a large mask is read coarsely', () => {
    const mask = disc(2600, 1200);
    const map = densityMap(mask, 0.05, { kind: 'patch', densityPerCm2: 100, featherMm: 0 }, 1);
    expect(map.widthPx).toBeLessThan(1300);
    const area = ((mask.alpha.reduce((sum, a) => sum + a, 0) / 255) * 0.05 ** 2) / 100;
    expect(map.areaCm2).toBeCloseTo(area, 3);
    expect(map.expectedCount).toBeCloseTo(area * 100, 0);
  });

  it('refuse a scale that is none', () => {
    expect(() => densityMap(disc(10, 4), 0, { kind: 'patch', densityPerCm2: 1, featherMm: 0 }, 1)).toThrow(
      expect.objectContaining({ code: 'bad-scale' }),
    );
  });
});

describe('the drawn map', () => {
  const dots = layDots(disc(200, 90), {
    seed: 3,
    tiles,
    mmPerPx: 0.2,
    profile: { kind: 'patch', densityPerCm2: 100, featherMm: 0 },
  });
  const svg = dotsSvg(dots, { dotMm: 0.3, toneColours: ['#803020'], title: 'A <map> & more' });

  it('is at true scale: as many mm wide as its viewBox has units', () => {
    const [, width, height, box] = /width="([\d.]+)mm" height="([\d.]+)mm" viewBox="([^"]+)"/.exec(svg) ?? [];
    const [, , boxWidth, boxHeight] = (box ?? '').split(' ');
    expect(width).toBe(boxWidth);
    expect(height).toBe(boxHeight);
  });

  it('holds every dot, and a ruler of 50 mm', () => {
    expect(svg.match(/<circle /g)).toHaveLength(dots.count);
    expect(svg).toContain('id="ruler-50mm"');
    expect(/id="ruler-50mm" d="M[\d.-]+ [\d.-]+h50"/.test(svg)).toBe(true);
    expect(svg).toContain('A &lt;map&gt; &amp; more');
  });
});

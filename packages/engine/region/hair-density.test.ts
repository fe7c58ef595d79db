import { describe, expect, it } from 'vitest';
import { simulateStubble } from '../simulator/hair.ts';
import { seededRandom } from '../simulator/random.ts';
import { tissueAssumptions } from '../simulator/tissue.ts';
import { hairDensity, hairField, noHairAtScale } from './hair-density.ts';
import { createMask } from './mask.ts';

function counted(seed: number, asked: { unitsPerCm2: number; mmPerPx?: number; lengthMm?: number }) {
  const random = seededRandom(seed);
  const scene = simulateStubble({
    mmPerPx: 0.05,
    sizeMm: 15,
    lengthMm: 0.5,
    tone: 'light',
    assumption: random.pick(tissueAssumptions),
    random,
    ...asked,
  });
  const { widthPx, heightPx } = scene.picture;
  const zone = createMask(widthPx, heightPx);
  zone.alpha.fill(255);
  return { scene, zone, found: hairDensity(scene.picture, zone, scene.mmPerPx) };
}

describe('hair counted on a shaved scalp', () => {
  it('is near the truth in the middle, and seldom further off than it says', () => {
    const ratios: number[] = [];
    let within = 0;
    for (let seed = 740_000; seed < 740_012; seed++) {
      const { scene, found } = counted(seed, { unitsPerCm2: 30 + (seed % 4) * 20 });
      if (!found.ok) continue;
      const ratio = found.unitsPerCm2 / scene.unitsPerCm2;
      ratios.push(ratio);
      if (Math.abs(ratio - 1) < 2 * found.relativeSd) within++;
    }
    expect(ratios.length).toBeGreaterThan(6);
    ratios.sort((a, b) => a - b);
    expect(Math.abs(ratios[ratios.length >> 1] - 1)).toBeLessThan(0.35);
    expect(within / ratios.length).toBeGreaterThan(0.75);
  });

  it('grows with the hair that is there', () => {
    const few = counted(750_001, { unitsPerCm2: 25 }).found;
    const many = counted(750_001, { unitsPerCm2: 90 }).found;
    if (!few.ok || !many.ok) throw new Error('both show');
    expect(many.unitsPerCm2).toBeGreaterThan(1.8 * few.unitsPerCm2);
  });

  it('is refused where no hair grows, where the picture is too coarse, and where the zone is too small', () => {
    expect(counted(750_002, { unitsPerCm2: 0 }).found).toMatchObject({ ok: false, reason: 'none-seen' });
    const { scene, zone } = counted(750_003, { unitsPerCm2: 60 });
    expect(hairDensity(scene.picture, zone, 0.4)).toMatchObject({ ok: false, reason: 'too-coarse' });
    zone.alpha.fill(0, 0, Math.floor(0.9 * zone.alpha.length));
    expect(hairDensity(scene.picture, zone, scene.mmPerPx)).toMatchObject({ ok: false, reason: 'too-small' });
  });

  it('is refused where hair lies over the skin in lines: 3 mm and longer is never counted', () => {
    const reasons = [3, 6, 12].flatMap((lengthMm) =>
      [0, 1, 2, 3].map((n) => {
        const unitsPerCm2 = 20 + 25 * n;
        const { found } = counted(760_000 + 10 * lengthMm + n, { unitsPerCm2, lengthMm });
        return found.ok ? 'counted' : found.reason;
      }),
    );
    expect(new Set(reasons)).not.toContain('counted');
    expect(reasons).toContain('too-long');
  });

  it('is refused at a coarse scale before a zone is drawn, in the same words as after', () => {
    const { scene, zone } = counted(750_003, { unitsPerCm2: 60 });
    for (const mmPerPx of [0.09, 0.2, 1])
      expect(hairDensity(scene.picture, zone, mmPerPx)).toEqual(noHairAtScale(mmPerPx));
    expect(noHairAtScale(0.05)).toBeUndefined();
  });

  it('is the same in what is sent to a worker as in the whole picture', () => {
    const { scene, zone } = counted(750_006, { unitsPerCm2: 50, mmPerPx: 0.035, lengthMm: 1 });
    const { widthPx, heightPx } = zone;
    zone.alpha.forEach((_, p) => {
      const [x, y] = [p % widthPx, Math.floor(p / widthPx)];
      if (x < 101 || y < 77 || x > widthPx - 120 || y > heightPx - 60) zone.alpha[p] = 0;
    });
    const field = hairField(scene.picture, zone, scene.mmPerPx);
    if (!field) throw new Error('the zone is not empty');
    expect(field.picture.widthPx).toBeLessThan(widthPx);
    const [whole, sent] = [
      hairDensity(scene.picture, zone, scene.mmPerPx),
      hairDensity(field.picture, field.zone, scene.mmPerPx),
    ];
    if (!whole.ok || !sent.ok) throw new Error('both show');
    // The rim's share of a block may fall otherwise at the picture's own, ragged edge.
    expect(sent.areaCm2 / whole.areaCm2).toBeCloseTo(1, 2);
    expect(sent.unitsPerCm2 / whole.unitsPerCm2).toBeCloseTo(1, 1);
    expect(hairField(scene.picture, createMask(widthPx, heightPx), scene.mmPerPx)).toBeUndefined();
  });
});

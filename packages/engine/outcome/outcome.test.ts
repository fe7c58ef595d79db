import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchResult } from '../match/index.ts';
import { calibrate, createMask, createPicture, type Picture, type Point } from '../photo/index.ts';
import { layDots } from '../plan/index.ts';
import { renderDots } from '../plan/scalp.ts';
import { measureRegion } from '../region/index.ts';
import { followUpCase } from '../simulator/follow-up-cases.ts';
import { fractalNoise, seededRandom } from '../simulator/random.ts';
import { assessOutcome } from './assess.ts';
import { compareColours } from './compare.ts';
import { healedAgainstPlan, healingStateAt } from './healed.ts';
import { composed, fitProjection, type Homography, identity, inverted, off, project } from './projection.ts';
import { register } from './register.ts';
import { countDots, findDots } from './scalp-dots.ts';

const coordinate = fc.double({ min: 0, max: 1000, noNaN: true });
const aProjection = fc
  .tuple(
    fc.double({ min: 0.6, max: 1.6, noNaN: true }),
    fc.double({ min: -0.6, max: 0.6, noNaN: true }),
    fc.double({ min: -300, max: 300, noNaN: true }),
    fc.double({ min: -300, max: 300, noNaN: true }),
    fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
    fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
  )
  .map(
    ([s, t, x, y, g, h]): Homography => [
      s * Math.cos(t),
      -s * Math.sin(t),
      x,
      s * Math.sin(t),
      s * Math.cos(t),
      y,
      g,
      h,
      1,
    ],
  );

describe('a projection', () => {
  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(aProjection, coordinate, coordinate, (h, x, y) => {
        const back = inverted(h);
        if (!back) return;
        const there = project(composed(back, h), { x, y });
        expect(Math.hypot(there.x - x, there.y - y)).toBeLessThan(1e-6);
      }),
    );
  });

  it('is found again from the points it moved', () => {
    fc.assert(
      fc.property(aProjection, fc.integer({ min: 1, max: 1e6 }), (h, seed) => {
        const random = seededRandom(seed);
        const pairs = Array.from({ length: 30 }, () => {
          const from = { x: random.between(0, 800), y: random.between(0, 600) };
          return { from, to: project(h, from), weight: 1 };
        });
        const found = fitProjection('homography', pairs);
        expect(found).toBeDefined();
        for (const pair of pairs) expect(off(found ?? identity, pair)).toBeLessThan(1e-3);
      }),
      { numRuns: 40 },
    );
  });
});

const cases = [9104, 9105].map((seed) => followUpCase(seed, { taken: [0.85, 1.05], detail01: [0.4, 1] }));

/** Median distance over the region between where it is put and where it is, px of the earlier picture. */
function wrongBy(toAfter: Homography, scale: number, truth: (typeof cases)[number]): number {
  const distances: number[] = [];
  truth.mask.alpha.forEach((alpha, p) => {
    if (alpha < 128 || p % 53 !== 0) return;
    const at = { x: (p % truth.mask.widthPx) + 0.5, y: Math.floor(p / truth.mask.widthPx) + 0.5 };
    const [seen, real] = [project(toAfter, at), project(truth.toAfter, at)];
    distances.push(Math.hypot(seen.x - real.x, seen.y - real.y) / scale);
  });
  distances.sort((a, b) => a - b);
  return distances[distances.length >> 1];
}

describe('registration', () => {
  it.each(cases.map((one, i) => [i, one] as const))(
    'lays a healed patch over the earlier one, under another camera, light and angle (%i)',
    (_, one) => {
      const found = register({ before: one.before, after: one.after, mask: one.mask, mmPerPx: 0.1 });
      if (!found.ok) throw new Error(found.message);
      expect(wrongBy(found.toAfter, found.scale, one)).toBeLessThan(1);
      expect(found.errorMm).toBeCloseTo(found.errorPx * 0.1, 12);
    },
  );

  it('refuses two photographs of different skin', () => {
    const found = register({ before: cases[0].before, after: cases[1].after, mask: cases[0].mask });
    expect(found).toMatchObject({ ok: false, field: 'after' });
  });

  it('refuses pictures with nothing to go by, and those too small', () => {
    const flat = createPicture(300, 200);
    expect(register({ before: flat, after: flat })).toMatchObject({ ok: false, reason: 'no-texture' });
    const tiny = createPicture(20, 20);
    expect(register({ before: tiny, after: flat })).toMatchObject({
      reason: 'photo-too-small',
      field: 'before',
    });
  });

  it('knows a mirror image', () => {
    const [one] = cases;
    const { widthPx, heightPx, rgba } = one.after;
    const after = createPicture(widthPx, heightPx);
    for (let y = 0; y < heightPx; y++)
      for (let x = 0; x < widthPx; x++)
        for (let c = 0; c < 4; c++)
          after.rgba[4 * (y * widthPx + x) + c] = rgba[4 * (y * widthPx + widthPx - 1 - x) + c];
    const found = register({ before: one.before, after, mask: one.mask });
    expect(found).toMatchObject({ ok: true, mirrored: true });
    if (!found.ok) return;
    const back = composed([-1, 0, widthPx, 0, 1, 0, 0, 0, 1], found.toAfter);
    expect(wrongBy(back, found.scale, one)).toBeLessThan(1);
  });
});

describe('colour', () => {
  it('is read against the skin around through any camera, and the share that took is seen', () => {
    for (const one of cases) {
      const plain = calibrate(one.before, { chart: 'none' });
      const read = compareColours(
        { picture: one.before, mask: one.mask, calibration: plain },
        { picture: one.after, calibration: plain },
        inverted(one.toAfter) ?? identity,
      );
      if (!read.ok) throw new Error(read.message);
      const { value, low90, high90 } = read.before.deltaE00;
      expect(Math.abs(value - one.deltaE00.before)).toBeLessThan(0.35 * one.deltaE00.before);
      expect(high90 - value).toBeGreaterThan(0.2 * value);
      expect(low90).toBeLessThan(value);
      expect(read.before.coverage01.value).toBeLessThan(0.35);
      expect(Math.abs((read.repigmented01 ?? -1) - one.coverage01)).toBeLessThan(0.12);
    }
  });

  it('finds no change between a picture and itself', () => {
    const [one] = cases;
    const outcome = assessOutcome({ before: one.before, after: one.before, mask: one.mask, chart: 'none' });
    if (!outcome.ok) throw new Error(outcome.message);
    expect(outcome.registration.errorPx).toBeLessThan(0.1);
    expect(outcome.colour?.gain).toMatchObject({ isSure: false });
    expect(outcome.colour?.gain.value).toBeCloseTo(0, 1);
    expect(outcome.colour?.repigmented01).toBeLessThan(0.1);
  });

  it('proposes the piece that took pigment when no region is given', () => {
    const [one] = cases;
    const outcome = assessOutcome({ before: one.before, after: one.after, chart: 'none' });
    if (!outcome.ok) throw new Error(outcome.message);
    expect(outcome.region?.source).toBe('proposed');
    const areaOf = (mask: typeof one.mask) => measureRegion(mask).areaPx;
    const both = createMask(one.mask.widthPx, one.mask.heightPx);
    outcome.region?.mask.alpha.forEach((a, p) => {
      both.alpha[p] = Math.min(a, one.mask.alpha[p]);
    });
    expect(areaOf(both) / areaOf(outcome.region?.mask ?? both)).toBeGreaterThan(0.8);
  });
});

describe('dots of a scalp', () => {
  const mmPerPx = 0.07;
  const size = { widthPx: 560, heightPx: 420 };
  const random = seededRandom(5);
  const skin = skinPicture(size, random);
  const mask = createMask(size.widthPx, size.heightPx);
  for (let y = 40; y < 380; y++) mask.alpha.fill(255, y * size.widthPx + 40, y * size.widthPx + 520);
  const dots = layDots(mask, {
    seed: 3,
    mmPerPx,
    profile: { kind: 'patch', densityPerCm2: 75, featherMm: 0 },
  });
  const drawn = renderDots(skin, dots, mmPerPx, { diameterMm: 0.3, transmittance: [0.25, 0.25, 0.27] });
  const planned: Point[] = Array.from({ length: dots.count }, (_, i) => ({
    x: dots.xMm[i] / mmPerPx,
    y: dots.yMm[i] / mmPerPx,
  }));
  const range = { low: 0.16 / mmPerPx, high: 0.5 / mmPerPx };

  it('are found where they were planned, and hardly anywhere else', () => {
    const count = countDots(findDots(drawn, mask, range), planned, identity, size, 2.5, {
      mmPerPx,
      dotMm: 0.1,
    });
    expect(count.planned).toBe(dots.count);
    expect(count.retained01).toBeGreaterThan(0.9);
    expect(count.precision01).toBeGreaterThan(0.9);
    expect(count.meanDiameterMm).toBeGreaterThan(0.2);
    expect(count.meanDiameterMm).toBeLessThan(0.42);
  });

  it('that were lost are missed, and no found dot serves two planned ones', () => {
    const half = { ...dots, count: Math.floor(dots.count / 2) };
    const fewer = renderDots(skin, half, mmPerPx, { diameterMm: 0.3, transmittance: [0.25, 0.25, 0.27] });
    const count = countDots(findDots(fewer, mask, range), planned, identity, size, 2.5);
    expect(count.retained01).toBeGreaterThan(0.42);
    expect(count.retained01).toBeLessThan(0.58);
    const doubled = countDots(
      [{ x: 10, y: 10, diameterPx: 3, depthLn: 1 }],
      [
        { x: 10, y: 10 },
        { x: 11, y: 10 },
      ],
      identity,
      size,
      3,
    );
    expect(doubled.onPlan).toBe(1);
  });

  it('are not seen on bare skin', () => {
    expect(findDots(skin, mask, range).length).toBeLessThan(0.1 * dots.count);
  });
});

function skinPicture(
  size: { widthPx: number; heightPx: number },
  random: ReturnType<typeof seededRandom>,
): Picture {
  const picture = createPicture(size.widthPx, size.heightPx);
  const pores = fractalNoise(size.widthPx, size.heightPx, 6, 3, 0.7, random);
  for (let p = 0; p < pores.length; p++) {
    const light = 1 + 0.02 * pores[p];
    [178, 138, 112].forEach((v, c) => {
      picture.rgba[4 * p + c] = v * light + random.normal();
    });
  }
  return picture;
}

describe('a healed reading against the plan', () => {
  const colour = (L: number, a: number, b: number) => ({ white: 'D65/10' as const, L, a, b });
  const predicted = (
    [
      ['day0', colour(50, 14, 20)],
      ['week6', colour(55, 12, 18)],
      ['month12', colour(58, 11, 17)],
    ] as const
  ).map(([state, lab]) => ({
    state,
    illuminant: 'D65' as const,
    lab,
    interval90: {
      low: colour(lab.L - 3, lab.a - 2, lab.b - 2),
      high: colour(lab.L + 3, lab.a + 2, lab.b + 2),
    },
    deltaE00: { expected: 1, low90: 0, high90: 3 },
  }));
  const match = { predicted } as unknown as Pick<MatchResult, 'predicted'>;
  const retention = { day0: 1, week6: 0.75, month12: 0.62 };

  it('waits for week 6, then names the state by the day', () => {
    expect(healedAgainstPlan(match, colour(55, 12, 18), 30)).toMatchObject({ reason: 'too-early' });
    expect([0, 34, 35, 42, 119, 120, 365, 720].map(healingStateAt)).toEqual([
      'day0',
      'day0',
      'week6',
      'week6',
      'week6',
      'month6',
      'month12',
      'month24',
    ]);
  });

  it('holds the predicted colour itself, and not one far off', () => {
    const own = healedAgainstPlan(match, colour(55, 12, 18), 42);
    expect(own).toMatchObject({ withinAll: true });
    expect(own.ok && own.missDeltaE00).toBeCloseTo(0, 3);
    expect(healedAgainstPlan(match, colour(64, 12, 18), 42)).toMatchObject({
      withinAll: false,
      within: { L: false, a: true, b: true },
    });
  });

  it('reads retention from where the colour lies on the course of fading', () => {
    const read = (lab: ReturnType<typeof colour>) => {
      const answer = healedAgainstPlan(match, lab, 42, retention);
      return answer.ok ? answer.retention : undefined;
    };
    expect(read(colour(55, 12, 18))?.retention01).toBeCloseTo(0.75, 2);
    expect(read(colour(58, 11, 17))?.retention01).toBeCloseTo(0.62, 2);
    const tinted = read(colour(55, 12 + 2, 18 + 5));
    expect(tinted?.driftB).toBeGreaterThan(2);
    fc.assert(
      fc.property(fc.double({ min: 51, max: 57, noNaN: true }), (L) => {
        const t = (L - 50) / 8;
        const darker = read(colour(L, 14 - 3 * t, 20 - 3 * t))?.retention01 ?? 0;
        const lighter = read(colour(L + 1, 14 - 3 * (t + 0.125), 20 - 3 * (t + 0.125)))?.retention01 ?? 1;
        expect(darker).toBeGreaterThan(lighter);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    [Number.NaN, 0, 0],
    [120, 0, 0],
    [-1, 0, 0],
  ])('refuses %d, %d, %d', (L, a, b) => {
    expect(healedAgainstPlan(match, colour(L, a, b), 42)).toMatchObject({
      ok: false,
      reason: 'impossible-lab',
    });
  });
});

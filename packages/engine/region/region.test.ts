import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPicture, type Mask, type Picture } from '../photo/index.ts';
import { rubOver } from '../simulator/hand.ts';
import { type Chromophores, simulatePatch } from '../simulator/patch.ts';
import { seededRandom } from '../simulator/random.ts';
import { readPhoto } from '../tools/landmarks/fixtures.ts';
import {
  applyStroke,
  connectedPieces,
  createMask,
  intersectionOverUnion,
  measureRegion,
  proposeFromTap,
  resizeMask,
  sampleSkin,
  squaredDistanceTo,
  strokeMask,
} from './index.ts';

/** Skin in the fixture photographs, px, and how strongly a patch shows there (ln of green). */
const places = [
  { photo: 'cc0-005-woman-light-skin-lips.jpg', x: 560, y: 290, side: 160, strength: 0.35 },
  { photo: 'cc0-049-woman-smile.jpg', x: 390, y: 650, side: 80, strength: 0.35 },
  { photo: 'cc0-027-woman-red-lips-tilted.jpg', x: 480, y: 350, side: 110, strength: 0.45 },
  { photo: 'cc0-006-man-dark-skin-beard.jpg', x: 290, y: 470, side: 110, strength: 1 },
  { photo: 'cc0-025-woman-dark-skin-lips.jpg', x: 460, y: 790, side: 90, strength: 0.9 },
  { photo: 'cc0-061-man-shaved-scalp-front.jpg', x: 440, y: 85, side: 100, strength: 0.7 },
];
const assumptions: Chromophores[] = ['steep', 'flat-with-erythema'];

/** The deepest point of a mask: where a person would tap. */
function heart(mask: Mask) {
  const depth = squaredDistanceTo(
    Uint8Array.from(mask.alpha, (a) => (a >= 128 ? 0 : 1)),
    mask.widthPx,
    mask.heightPx,
  );
  let best = 0;
  for (let p = 0; p < depth.length; p++) if (depth[p] > depth[best]) best = p;
  return {
    x: (best % mask.widthPx) + 0.5,
    y: Math.floor(best / mask.widthPx) + 0.5,
    depthPx: Math.sqrt(depth[best]),
  };
}

/** Outline points of a mask, in order of angle about its heart: what a hand would trace. */
function aroundPatch(mask: Mask, share: number) {
  const { x, y } = heart(mask);
  const points = [];
  for (let k = 0; k <= 24; k++) {
    const angle = (k / 24) * 2 * Math.PI;
    let r = 0;
    while (
      mask.alpha[Math.floor(y + r * Math.sin(angle)) * mask.widthPx + Math.floor(x + r * Math.cos(angle))] >=
      128
    )
      r++;
    points.push({ x: x + r * share * Math.cos(angle), y: y + r * share * Math.sin(angle) });
  }
  return points;
}

const patchesOf = async (seed: number) => {
  const pictures = new Map<string, Picture>();
  const cases = [];
  for (const [i, place] of places.entries()) {
    const picture = pictures.get(place.photo) ?? (await readPhoto(place.photo));
    pictures.set(place.photo, picture);
    const area = { x: place.x, y: place.y, widthPx: place.side, heightPx: place.side };
    cases.push(
      simulatePatch(picture, area, {
        strength: place.strength,
        chromophores: assumptions[i % 2],
        random: seededRandom(seed + i),
      }),
    );
  }
  return cases;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

describe('one tap inside a simulated patch', async () => {
  const cases = [...(await patchesOf(9100)), ...(await patchesOf(9200))];

  it('proposes most of it, on light, brown and dark skin, under two assumptions about the pigment', () => {
    const overlaps = cases.map(({ picture, mask }) => {
      const proposal = proposeFromTap(picture, [heart(mask)]);
      return proposal.ok ? intersectionOverUnion(proposal.mask, mask) : 0;
    });
    expect(median(overlaps)).toBeGreaterThan(0.85);
  });

  it('does no worse after one rough stroke than a rough stroke itself, and usually much better', () => {
    const overlaps: number[] = [];
    for (const { picture, mask } of cases.slice(0, 6)) {
      const { depthPx } = heart(mask);
      const stroke = { mode: 'add' as const, points: aroundPatch(mask, 0.55), radiusPx: depthPx * 0.75 };
      const proposal = proposeFromTap(picture, [heart(mask)]);
      const before = proposal.ok ? proposal.mask : createMask(mask.widthPx, mask.heightPx);
      overlaps.push(intersectionOverUnion(applyStroke(picture, before, stroke), mask));
    }
    expect(median(overlaps)).toBeGreaterThan(0.85);
  });

  it('ends with nearly all of each after a hand rubbed over it, clumsily', () => {
    const overlaps = cases.slice(0, 6).map(({ picture, mask }, i) => {
      const stroke = rubOver(mask, seededRandom(9700 + i));
      if (!stroke) throw new Error('an empty patch');
      const painted = applyStroke(picture, createMask(mask.widthPx, mask.heightPx), {
        mode: 'add',
        ...stroke,
      });
      return intersectionOverUnion(painted, mask);
    });
    expect(median(overlaps)).toBeGreaterThan(0.88);
  });

  it('is never believed where it took something else than the patch', () => {
    const wrongAndSure = cases.filter(({ picture, mask }) => {
      const proposal = proposeFromTap(picture, [heart(mask)]);
      return proposal.ok && proposal.confidence01 >= 0.6 && intersectionOverUnion(proposal.mask, mask) < 0.3;
    });
    expect(wrongAndSure).toEqual([]);
  });

  it('grows with the level and never shrinks', () => {
    const { picture, mask } = cases[3];
    const areas = [0, 0.25, 0.5, 0.75, 1].map((level01) => {
      const proposal = proposeFromTap(picture, [heart(mask)], { level01 });
      return proposal.ok ? measureRegion(proposal.mask).areaPx : 0;
    });
    for (let i = 1; i < areas.length; i++) expect(areas[i]).toBeGreaterThanOrEqual(areas[i - 1] * 0.995);
  });

  it('gives the same mask twice', () => {
    const { picture, mask } = cases[1];
    expect(proposeFromTap(picture, [heart(mask)])).toEqual(proposeFromTap(picture, [heart(mask)]));
  });
});

describe('a tap that finds nothing', async () => {
  const photo = await readPhoto('cc0-049-woman-smile.jpg');

  it.each([
    ['no tap at all', [], 'tap-missing'],
    ['a tap beside the picture', [{ x: 1500, y: 20 }], 'tap-outside'],
    ['a tap at a negative place', [{ x: -1, y: 20 }], 'tap-outside'],
    ['a tap on the green background', [{ x: 60, y: 60 }], 'no-skin-at-tap'],
  ] as const)('is refused for %s', (_, taps, reason) => {
    expect(proposeFromTap(photo, taps)).toMatchObject({ ok: false, reason, field: 'taps' });
  });

  it('is refused where all skin is alike', () => {
    const even = createPicture(300, 300);
    const random = seededRandom(4);
    for (let p = 0; p < 90_000; p++) {
      even.rgba.set([205 + random.normal() * 2, 160 + random.normal() * 2, 135 + random.normal() * 2], p * 4);
    }
    expect(proposeFromTap(even, [{ x: 150, y: 150 }])).toMatchObject({
      ok: false,
      reason: 'nothing-lighter',
    });
  });

  it('is refused on a darker patch: a mole is not vitiligo', () => {
    const mole = createPicture(300, 300);
    for (let p = 0; p < 90_000; p++) {
      const inside = Math.hypot((p % 300) - 150, Math.floor(p / 300) - 150) < 30;
      mole.rgba.set(inside ? [120, 80, 60] : [205, 160, 135], p * 4);
    }
    expect(proposeFromTap(mole, [{ x: 150, y: 150 }])).toMatchObject({
      ok: false,
      reason: 'nothing-lighter',
    });
  });
});

describe('strokes', () => {
  const skin = createPicture(200, 200);
  for (let p = 0; p < 40_000; p++) {
    const inside = Math.hypot((p % 200) - 100, Math.floor(p / 200) - 100) < 40;
    skin.rgba.set(inside ? [240, 215, 200] : [190, 140, 110], p * 4);
  }
  const truth = createMask(200, 200);
  for (let p = 0; p < 40_000; p++) {
    if (Math.hypot((p % 200) - 100, Math.floor(p / 200) - 100) < 40) truth.alpha[p] = 255;
  }
  const dab = (radiusPx: number, mode: 'add' | 'remove', x = 100, y = 100) => ({
    mode,
    radiusPx,
    points: [{ x, y }],
  });

  it('snap a rough dab to the border, from inside and from outside', () => {
    for (const radius of [34, 46]) {
      const mask = applyStroke(skin, createMask(200, 200), dab(radius, 'add'));
      expect(intersectionOverUnion(mask, truth)).toBeGreaterThan(0.94);
    }
  });

  it('drop what overshot into the skin beside, though the middle of the brush passed there', () => {
    const stroke = {
      mode: 'add' as const,
      radiusPx: 14,
      points: [-24, -8, 8, 24].flatMap((dy, row) => {
        const ends = [50, 150].map((x) => ({ x, y: 100 + dy }));
        return row % 2 ? ends.toReversed() : ends;
      }),
    };
    expect(intersectionOverUnion(strokeMask(200, 200, stroke), truth)).toBeLessThan(0.7);
    expect(intersectionOverUnion(applyStroke(skin, createMask(200, 200), stroke), truth)).toBeGreaterThan(
      0.93,
    );
  });

  it('mean what they cover where nothing tells it from what lies beside', () => {
    const even = createPicture(200, 200);
    for (let p = 0; p < 40_000; p++) even.rgba.set([190, 140, 110], p * 4);
    const mask = applyStroke(even, createMask(200, 200), dab(30, 'add'));
    expect(mask.alpha[100 * 200 + 100]).toBe(255);
    expect(mask.alpha[100 * 200 + 108]).toBe(255);
  });

  it('leave the brush alone when snapping is off', () => {
    const mask = applyStroke(skin, createMask(200, 200), dab(20, 'add', 60, 60), { snap: false });
    expect(mask.alpha).toEqual(strokeMask(200, 200, dab(20, 'add', 60, 60)).alpha);
  });

  it('never touch what lies far from them', () => {
    const far = createMask(200, 200);
    for (let y = 5; y < 15; y++) far.alpha.fill(255, y * 200 + 5, y * 200 + 15);
    const after = applyStroke(skin, far, dab(30, 'add', 120, 120));
    for (let y = 0; y < 20; y++)
      expect(after.alpha.slice(y * 200, y * 200 + 20)).toEqual(far.alpha.slice(y * 200, y * 200 + 20));
  });

  it('take away what they are told to take away', () => {
    const mask = applyStroke(skin, truth, dab(12, 'remove'));
    expect(mask.alpha[100 * 200 + 100]).toBe(0);
    expect(measureRegion(mask).areaPx).toBeLessThan(measureRegion(truth).areaPx);
  });

  it('end in an edge between pixels, on a picture so large that it is looked at in cells', () => {
    const large = createPicture(900, 900);
    for (let p = 0; p < 810_000; p++) {
      const inside = Math.hypot((p % 900) + 0.5 - 450, Math.floor(p / 900) + 0.5 - 450) < 250;
      large.rgba.set(inside ? [240, 215, 200] : [190, 140, 110], p * 4);
    }
    const { alpha } = applyStroke(large, createMask(900, 900), dab(280, 'add', 450, 450));
    const radii: number[] = [];
    for (let k = 0; k < 90; k++) {
      const at = (r: number) =>
        alpha[Math.floor(450 + r * Math.sin(k * 0.07)) * 900 + Math.floor(450 + r * Math.cos(k * 0.07))];
      let r = 200;
      while (r < 300 && at(r) >= 128) r++;
      radii.push(r);
    }
    expect(Math.max(...radii) - Math.min(...radii)).toBeLessThanOrEqual(3);
    expect(Math.abs(median(radii) - 250)).toBeLessThanOrEqual(2);
    expect(alpha.some((a) => a > 60 && a < 200)).toBe(true);
  });

  it('leave a border alone that they do not cross', () => {
    expect(applyStroke(skin, truth, dab(20, 'add')).alpha).toEqual(truth.alpha);
  });

  it('do not change the mask they are given', () => {
    const before = createMask(200, 200);
    applyStroke(skin, before, dab(30, 'add'));
    expect(before.alpha.every((a) => a === 0)).toBe(true);
  });
});

describe('the first stroke on a proposal', () => {
  const random = seededRandom(77);
  const skin = createPicture(240, 240);
  const truth = createMask(240, 240);
  const second = createMask(240, 240);
  for (let p = 0; p < 57_600; p++) {
    const [x, y] = [p % 240, Math.floor(p / 240)];
    const grain = 3 * random.normal();
    if (Math.hypot(x - 80, y - 110) < 35) truth.alpha[p] = 255;
    if (Math.hypot(x - 180, y - 110) < 30) second.alpha[p] = 255;
    const base = truth.alpha[p] || second.alpha[p] ? [240, 215, 200] : [190, 140, 110];
    skin.rgba.set(
      base.map((v) => v + grain),
      p * 4,
    );
  }
  const rub = (x: number, y: number, radiusPx: number) => ({
    mode: 'add' as const,
    radiusPx,
    points: [-0.6, 0, 0.6].map((t) => ({ x: x + t * radiusPx, y })),
  });
  const onProposal = (proposal: Mask, stroke: ReturnType<typeof rub>) =>
    applyStroke(skin, proposal, stroke, { isProposal: true });

  it('gives up what the proposal took besides the patch', () => {
    const leaking = createMask(240, 240);
    leaking.alpha.set(truth.alpha);
    for (let y = 150; y < 220; y++) leaking.alpha.fill(255, y * 240 + 60, y * 240 + 130);
    expect(intersectionOverUnion(onProposal(leaking, rub(80, 110, 26)), truth)).toBeGreaterThan(0.93);
    expect(intersectionOverUnion(applyStroke(skin, leaking, rub(80, 110, 26)), truth)).toBeLessThan(0.6);
  });

  it('gives up a proposal that took the whole picture', () => {
    const all = createMask(240, 240);
    all.alpha.fill(255);
    expect(intersectionOverUnion(onProposal(all, rub(80, 110, 26)), truth)).toBeGreaterThan(0.93);
  });

  it('keeps a right proposal under a dab inside it, and beside a second patch', () => {
    expect(onProposal(truth, rub(85, 112, 8)).alpha).toEqual(truth.alpha);
    const both = createMask(240, 240);
    for (let p = 0; p < 57_600; p++) both.alpha[p] = truth.alpha[p] | second.alpha[p];
    expect(intersectionOverUnion(onProposal(truth, rub(180, 110, 22)), both)).toBeGreaterThan(0.93);
  });

  it('only takes away when it takes away', () => {
    const after = applyStroke(skin, truth, { ...rub(80, 110, 10), mode: 'remove' }, { isProposal: true });
    expect(after.alpha.some((a, p) => a > truth.alpha[p])).toBe(false);
  });
});

describe('measures', () => {
  const disc = (radius: number, soft = 1): Mask => {
    const mask = createMask(240, 240);
    for (let p = 0; p < mask.alpha.length; p++) {
      const d = radius - Math.hypot((p % 240) + 0.5 - 120, Math.floor(p / 240) + 0.5 - 120);
      mask.alpha[p] = 255 * Math.min(1, Math.max(0, 0.5 + d / soft));
    }
    return mask;
  };

  it('a disc has the area and perimeter of a disc', () => {
    for (const radius of [10, 33, 90]) {
      const m = measureRegion(disc(radius));
      expect(Math.abs(m.areaPx / (Math.PI * radius ** 2) - 1)).toBeLessThan(0.005);
      expect(Math.abs(m.perimeterPx / (2 * Math.PI * radius) - 1)).toBeLessThan(0.015);
    }
  });

  it('scale with the square and with the length, and carry the error of the scale', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (mmPerPx, relativeSd) => {
          const m = measureRegion(disc(20), { mmPerPx, relativeSd });
          expect(m.areaCm2).toBeCloseTo((m.areaPx * mmPerPx ** 2) / 100, 9);
          expect(m.perimeterMm).toBeCloseTo(m.perimeterPx * mmPerPx, 9);
          expect(m.areaCm2Sd).toBeCloseTo((m.areaCm2 ?? 0) * 2 * relativeSd, 9);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('an empty mask has nothing', () => {
    const m = measureRegion(createMask(10, 10), 0.1);
    expect(m).toMatchObject({ areaPx: 0, perimeterPx: 0, areaCm2: 0 });
    expect(m.centre).toBeUndefined();
  });

  it('keep their place and share when resized', () => {
    const m = measureRegion(resizeMask(disc(60, 2), 120, 120));
    expect(Math.abs(m.areaPx - (Math.PI * 60 ** 2) / 4)).toBeLessThan(20);
    expect(m.centre?.x).toBeCloseTo(60, 1);
  });
});

describe('distances and pieces', () => {
  it('agree with looking at every pixel', () => {
    const random = seededRandom(8);
    const inside = Uint8Array.from({ length: 23 * 17 }, () => (random.uniform() < 0.05 ? 1 : 0));
    const fast = squaredDistanceTo(inside, 23, 17);
    for (let p = 0; p < inside.length; p++) {
      let nearest = Infinity;
      for (let q = 0; q < inside.length; q++) {
        if (inside[q])
          nearest = Math.min(
            nearest,
            ((p % 23) - (q % 23)) ** 2 + (Math.floor(p / 23) - Math.floor(q / 23)) ** 2,
          );
      }
      expect(fast[p]).toBe(nearest);
    }
  });

  it('count every inside pixel once', () => {
    const random = seededRandom(9);
    const inside = Uint8Array.from({ length: 400 }, () => (random.uniform() < 0.5 ? 1 : 0));
    const { sizes } = connectedPieces(inside, 20, 20);
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(inside.reduce((a, b) => a + b, 0));
  });
});

describe('skin samples', async () => {
  const [, , , dark] = await patchesOf(9300);

  it('read a patch lighter than its surround, the edge between or near the surround', () => {
    const samples = sampleSkin(dark.picture, dark.mask);
    if (!samples.ok) throw new Error(samples.message);
    expect(samples.patch.lab.L).toBeGreaterThan(samples.surround.lab.L + 5);
    expect(samples.surround.pixels).toBeGreaterThan(40);
  });

  it('never read the surround inside the patch, nor the patch outside', () => {
    const samples = sampleSkin(dark.picture, dark.mask);
    if (!samples.ok) throw new Error(samples.message);
    const { patch, surround, edge } = samples.masks;
    for (let p = 0; p < dark.mask.alpha.length; p++) {
      const inside = dark.mask.alpha[p] >= 128;
      const wrong = inside ? surround.alpha[p] || edge.alpha[p] : patch.alpha[p];
      if (wrong) throw new Error(`pixel ${p} is read on the wrong side`);
    }
    expect(patch.alpha.some((a) => a > 0)).toBe(true);
  });

  it('read the same from a picture three times as large, within its grain', () => {
    const { picture, mask } = dark;
    const size = { widthPx: picture.widthPx * 3, heightPx: picture.heightPx * 3 };
    const large = { ...size, rgba: new Uint8ClampedArray(size.widthPx * size.heightPx * 4) };
    const from = new Uint32Array(picture.rgba.buffer, picture.rgba.byteOffset, mask.alpha.length);
    const to = new Uint32Array(large.rgba.buffer);
    const alpha = new Uint8Array(to.length);
    for (let p = 0; p < to.length; p++) {
      const q = Math.floor(p / size.widthPx / 3) * picture.widthPx + Math.floor((p % size.widthPx) / 3);
      to[p] = from[q];
      alpha[p] = mask.alpha[q];
    }
    const [small, same] = [sampleSkin(picture, mask), sampleSkin(large, { ...size, alpha })];
    if (!small.ok || !same.ok) throw new Error('not read');
    expect(Math.abs(same.patch.lab.L - small.patch.lab.L)).toBeLessThan(0.5);
    expect(Math.abs(same.surround.lab.L - small.surround.lab.L)).toBeLessThan(0.5);
    expect(same.surroundDistance.toPx / small.surroundDistance.toPx).toBeCloseTo(3, 1);
    expect(same.masks.surround.alpha.length).toBe(alpha.length);
  });

  it('read 5 cm away when the scale allows it', () => {
    const samples = sampleSkin(dark.picture, dark.mask, 0.5);
    if (!samples.ok) throw new Error(samples.message);
    expect(samples.surroundDistance.mm).toBeGreaterThan(30);
  });

  it('are refused for an empty, a tiny and an all-covering region', () => {
    const { picture } = dark;
    expect(sampleSkin(picture, createMask(picture.widthPx, picture.heightPx))).toMatchObject({
      reason: 'region-empty',
    });
    const tiny = createMask(picture.widthPx, picture.heightPx);
    tiny.alpha.fill(255, 5000, 5020);
    expect(sampleSkin(picture, tiny)).toMatchObject({ reason: 'region-too-small' });
    const all = createMask(picture.widthPx, picture.heightPx);
    all.alpha.fill(255);
    expect(sampleSkin(picture, all)).toMatchObject({ reason: 'no-surround' });
  });
});

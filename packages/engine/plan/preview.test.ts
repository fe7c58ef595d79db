import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeRgb, encodeRgb } from '../light/index.ts';
import { boxMean, createMask, type Mask, type Picture } from '../photo/index.ts';
import { squaredDistanceTo } from '../region/index.ts';
import { distances, type Likeness, likenessOf } from '../simulator/likeness.ts';
import { simulatePatch } from '../simulator/patch.ts';
import { seededRandom } from '../simulator/random.ts';
import { prepareBlend } from './blend.ts';
import { renderRegion } from './render.ts';

const photo = (name: string) => new URL(`../fixtures/photos/${name}`, import.meta.url).pathname;

async function pictureOf(image: Sharp): Promise<Picture> {
  const { data, info } = await image.removeAlpha().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: new Uint8ClampedArray(data) };
}

/** The simulated patch of sim-patch-006 and the photograph it was made from: a square of it, enlarged. */
async function patch006(): Promise<{ picture: Picture; original: Picture; mask: Mask }> {
  const picture = await pictureOf(sharp(photo('sim-patch-006.jpg')));
  const original = await pictureOf(
    sharp(photo('cc0-006-man-dark-skin-beard.jpg'))
      .extract({ left: 158, top: 364, width: 352, height: 352 })
      .resize(800, 800),
  );
  const alpha = await sharp(photo('sim-patch-006-mask.png')).extractChannel(0).raw().toBuffer();
  return { picture, original, mask: { widthPx: 800, heightPx: 800, alpha: new Uint8Array(alpha) } };
}

const lin = (picture: Picture, p: number, c: number) => decodeRgb(picture.rgba[p * 4 + c] / 255);
/** A mask whose border lies `px` further out (or in). */
function moved(mask: Mask, px: number): Mask {
  const inside = Uint8Array.from(mask.alpha, (a) => (a > 127 ? 1 : 0));
  const toIn = squaredDistanceTo(inside, mask.widthPx, mask.heightPx);
  const toOut = squaredDistanceTo(
    inside.map((v) => 1 - v),
    mask.widthPx,
    mask.heightPx,
  );
  const alpha = Uint8Array.from(toIn, (d, p) =>
    Math.round(255 * Math.min(1, Math.max(0, 0.5 + (Math.sqrt(toOut[p]) - Math.sqrt(d) + px) / 2))),
  );
  return { ...mask, alpha };
}

/** Light and brown and very dark skin, away from hair; brightening of green as the patch's strength. */
const faces = [
  {
    name: 'cc0-005-woman-light-skin-lips.jpg',
    area: { x: 380, y: 350, widthPx: 180, heightPx: 160 },
    strength: 0.25,
  },
  {
    name: 'cc0-061-man-shaved-scalp-front.jpg',
    area: { x: 420, y: 130, widthPx: 180, heightPx: 130 },
    strength: 0.4,
  },
  {
    name: 'cc0-025-woman-dark-skin-lips.jpg',
    area: { x: 400, y: 400, widthPx: 160, heightPx: 160 },
    strength: 0.8,
  },
] as const;

/** Skin without eye, nose, hair or lips. */
const bareSkin = [
  {
    skin: 'light',
    name: 'cc0-005-woman-light-skin-lips.jpg',
    area: { x: 440, y: 595, widthPx: 150, heightPx: 65 },
    strength: 0.25,
  },
  {
    skin: 'brown',
    name: 'cc0-061-man-shaved-scalp-front.jpg',
    area: { x: 420, y: 80, widthPx: 170, heightPx: 110 },
    strength: 0.4,
  },
  {
    skin: 'very dark',
    name: 'cc0-025-woman-dark-skin-lips.jpg',
    area: { x: 600, y: 290, widthPx: 180, heightPx: 110 },
    strength: 0.8,
  },
] as const;

/** The worse of just inside and just outside the border. */
const rimOf = ({ rimInside, rimOutside }: Likeness): number => Math.max(rimInside, rimOutside);

describe('a healed patch against the picture it was made from', () => {
  it.each(faces)('is as the bars ask: $name', async ({ name, area, strength }) => {
    const original = await pictureOf(sharp(photo(name)));
    for (const [chromophores, seed] of [
      ['steep', 11],
      ['flat-with-erythema', 12],
    ] as const) {
      const patch = simulatePatch(original, area, { strength, chromophores, random: seededRandom(seed) });
      const blend = prepareBlend(patch.picture, patch.mask, 'lighter');
      if (!blend.ok) throw new Error(blend.message);
      const found = likenessOf(renderRegion(blend, [1, 1, 1]), original, patch.mask);
      expect(found.mean).toBeLessThan(2.5);
      expect(found.p95).toBeLessThan(5);
      expect(found.mean).toBeLessThan(distances(patch.picture, original, patch.mask).mean / 3);
      for (const share of found.texture) {
        expect(share).toBeGreaterThan(0.9);
        expect(share).toBeLessThan(1.1);
      }
    }
  });

  it.each(bareSkin)('keeps to its border: $skin skin', async ({ name, area, strength }) => {
    const original = await pictureOf(sharp(photo(name)));
    for (const seed of [21, 22]) {
      const random = seededRandom(seed);
      const chromophores = seed % 2 === 0 ? 'flat-with-erythema' : 'steep';
      const patch = simulatePatch(original, area, { strength, chromophores, random });
      const blend = prepareBlend(patch.picture, patch.mask, 'lighter');
      if (!blend.ok) throw new Error(blend.message);
      const { rimInside, rimOutside } = likenessOf(renderRegion(blend, [1, 1, 1]), original, patch.mask);
      expect(rimOutside).toBeLessThan(0.5);
      // Up to one unit: what the skin itself changes across the border cannot be told from the patch.
      expect(rimInside).toBeLessThan(1);
    }
  });

  it('holds on a hard-lit cheek where a third of the patch is clipped', async () => {
    const { picture, original, mask } = await patch006();
    const blend = prepareBlend(picture, mask, 'lighter');
    if (!blend.ok) throw new Error(blend.message);
    expect(blend.clipped01).toBeGreaterThan(0.3);
    const { mean, p95 } = distances(renderRegion(blend, [1, 1, 1]), original, mask);
    expect(mean).toBeLessThan(2.5);
    expect(p95).toBeLessThan(5);
  });
});

describe('a region drawn a little wrong', () => {
  it.each([-4, -2, 2, 4])('by %i px is snapped to the border in the picture', async (px) => {
    const original = await pictureOf(sharp(photo(faces[2].name)));
    const patch = simulatePatch(original, faces[2].area, {
      strength: 0.8,
      chromophores: 'flat-with-erythema',
      random: seededRandom(12),
    });
    const blend = prepareBlend(patch.picture, moved(patch.mask, px), 'lighter');
    if (!blend.ok) throw new Error(blend.message);
    const healed = renderRegion(blend, [1, 1, 1]);
    expect(distances(healed, original, patch.mask).mean).toBeLessThan(3);
    // Painted as drawn, the rim is 3 to 9 off.
    expect(rimOf(likenessOf(healed, original, patch.mask))).toBeLessThan(2.5);
  });

  it('is left as it is when it is right: the rim stays within half a unit', async () => {
    const original = await pictureOf(sharp(photo(faces[1].name)));
    const patch = simulatePatch(original, faces[1].area, {
      strength: 0.4,
      chromophores: 'steep',
      random: seededRandom(11),
    });
    const blend = prepareBlend(patch.picture, patch.mask, 'lighter');
    if (!blend.ok) throw new Error(blend.message);
    expect(rimOf(likenessOf(renderRegion(blend, [1, 1, 1]), original, patch.mask))).toBeLessThan(0.5);
  });
});

describe('where light has run over', () => {
  /** Skin whose light falls off to the right, with a disc lighter by `rise` (ln), as 8 bits hold it. */
  const rise = [0.3, 0.5, 0.9] as const;
  const side = 240;
  const inDisc = (p: number, radius: number) =>
    Math.hypot((p % side) - side / 2, Math.floor(p / side) - side / 2) <= radius;
  function skinWithPatch(): { original: Picture; picture: Picture; mask: Mask } {
    const random = seededRandom(31);
    const mask = createMask(side, side);
    const original = new Uint8ClampedArray(side * side * 4).fill(255);
    const picture = original.slice();
    for (let p = 0; p < side * side; p++) {
      const shade = 1 - (0.35 * (p % side)) / side + 0.02 * random.normal();
      mask.alpha[p] = inDisc(p, 60) ? 255 : 0;
      [0.9, 0.42, 0.25].forEach((skin, c) => {
        original[p * 4 + c] = 255 * encodeRgb(skin * shade);
        picture[p * 4 + c] =
          255 * encodeRgb(Math.min(1, skin * shade * (mask.alpha[p] ? Math.exp(rise[c]) : 1)));
      });
    }
    const of = (rgba: typeof picture): Picture => ({ widthPx: side, heightPx: side, rgba });
    return { original: of(original), picture: of(picture), mask };
  }

  it('in red alone, green and blue are read all the same', () => {
    const { picture, mask } = skinWithPatch();
    const blend = prepareBlend(picture, mask, 'lighter');
    if (!blend.ok) throw new Error(blend.message);
    // The lit half of the patch holds no red; its places still speak.
    expect(blend.clipped01).toBeGreaterThan(0.4);
    expect(blend.places.dropped).toBeLessThan(0.1 * blend.places.used);
    blend.meanOffset.forEach((offset, c) => expect(Math.abs(offset + rise[c])).toBeLessThan(0.03));
  });

  it('in all three channels, the spot is filled from what is known around it', () => {
    const { original, picture, mask } = skinWithPatch();
    const spot: Mask = { ...mask, alpha: mask.alpha.map((_, p) => (inDisc(p, 15) ? 255 : 0)) };
    spot.alpha.forEach((a, p) => {
      if (a) picture.rgba.fill(255, p * 4, p * 4 + 3);
    });
    const blend = prepareBlend(picture, mask, 'lighter');
    if (!blend.ok) throw new Error(blend.message);
    expect(distances(renderRegion(blend, [1, 1, 1]), original, spot).mean).toBeLessThan(2);
  });
});

describe('a whole lip', () => {
  it('is tinted alike everywhere: what is lighter or darker on it stays so', () => {
    const random = seededRandom(41);
    const side = 200;
    const mask = createMask(side, side);
    const rgba = new Uint8ClampedArray(side * side * 4).fill(255);
    const isGlint = (p: number) =>
      Math.abs((p % side) - 100) <= 1 && Math.abs(Math.floor(p / side) - 118) <= 1;
    for (let p = 0; p < side * side; p++) {
      const [x, y] = [p % side, Math.floor(p / side)];
      mask.alpha[p] = Math.hypot((x - 100) / 2, y - 100) <= 35 ? 255 : 0;
      // The upper half three times as much darker than the skin as the lower.
      const darker = mask.alpha[p] ? (y < 100 ? 0.9 : 0.3) : 0;
      [0.6, 0.35, 0.25].forEach((skin, c) => {
        const light = skin * Math.exp(0.02 * random.normal() - darker * [0.4, 1, 0.7][c]);
        rgba[p * 4 + c] = 255 * encodeRgb(light);
      });
      // Wet lips glint in spots of a few pixels, white in the picture.
      if (isGlint(p)) rgba.fill(255, p * 4, p * 4 + 3);
    }
    const picture: Picture = { widthPx: side, heightPx: side, rgba };
    const blend = prepareBlend(picture, mask);
    if (!blend.ok) throw new Error(blend.message);
    expect(blend.keepsOwnTone).toBe(true);
    const tintLn = -0.3;
    const [r, g, b] = blend.meanOffset.map((offset) => Math.exp(tintLn - offset));
    const tinted = renderRegion(blend, [r, g, b]);
    const shifts = [0, 1].map((half) => {
      const found: number[] = [];
      mask.alpha.forEach((a, p) => {
        if (a === 0 || Math.floor(p / side) < 100 !== (half === 0)) return;
        found.push(Math.log(lin(tinted, p, 1) / lin(picture, p, 1)));
      });
      return found.reduce((sum, v) => sum + v, 0) / found.length;
    });
    for (const shift of shifts) expect(Math.abs(shift - tintLn)).toBeLessThan(0.04);
    const glints = [...mask.alpha.keys()].filter(isGlint);
    for (const p of glints) expect(Math.abs(Math.log(lin(tinted, p, 1)) - tintLn)).toBeLessThan(0.04);
  });
});

describe('rendering', () => {
  it('changes nothing outside the region and its soft border', async () => {
    const { picture, mask } = await patch006();
    const blend = prepareBlend(picture, mask, 'lighter');
    if (!blend.ok) throw new Error(blend.message);
    const out = renderRegion(blend, [0.8, 0.7, 0.6]);
    const near = boxMean(
      Float32Array.from(mask.alpha, (a) => a / 255),
      800,
      800,
      10,
    );
    let changed = 0;
    for (let p = 0; p < near.length; p++) {
      if (near[p] === 0 && [0, 1, 2].some((c) => out.rgba[p * 4 + c] !== picture.rgba[p * 4 + c])) changed++;
    }
    expect(changed).toBe(0);
  });

  it('multiplies the light of the region by what is asked, wherever nothing is clipped', async () => {
    const original = await pictureOf(sharp(photo(faces[2].name)));
    const patch = simulatePatch(original, faces[2].area, {
      strength: 0.6,
      chromophores: 'steep',
      random: seededRandom(5),
    });
    const blend = prepareBlend(patch.picture, patch.mask, 'lighter');
    if (!blend.ok) throw new Error(blend.message);
    const same = renderRegion(blend, [1, 1, 1]);
    const darker = renderRegion(blend, [0.5, 0.5, 0.5]);
    let sum = 0;
    let sumDarker = 0;
    for (let p = 0; p < patch.mask.alpha.length; p++) {
      if (patch.mask.alpha[p] < 255) continue;
      sum += lin(same, p, 1);
      sumDarker += lin(darker, p, 1);
    }
    expect(sumDarker / sum).toBeCloseTo(0.5, 1);
  });

  it('gives the same bytes twice', async () => {
    const { picture, mask } = await patch006();
    const render = () => {
      const blend = prepareBlend(picture, mask, 'lighter');
      if (!blend.ok) throw new Error(blend.message);
      return renderRegion(blend, [1, 0.9, 0.9]).rgba;
    };
    expect(Buffer.compare(Buffer.from(render()), Buffer.from(render()))).toBe(0);
  });
});

describe('a region that cannot be read', () => {
  const grey: Picture = { widthPx: 60, heightPx: 60, rgba: new Uint8ClampedArray(60 * 60 * 4).fill(128) };

  it('is refused when it is empty', () => {
    expect(prepareBlend(grey, createMask(60, 60))).toMatchObject({ ok: false, reason: 'region-empty' });
  });

  it('is refused when no skin is left around it', () => {
    const mask = createMask(60, 60);
    mask.alpha.fill(255);
    expect(prepareBlend(grey, mask)).toMatchObject({ ok: false, reason: 'no-border' });
  });

  it('says that it is overexposed where skin has run over in red alone beside a dark region', () => {
    const side = 120;
    const mask = createMask(side, side);
    const rgba = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let p = 0; p < side * side; p++) {
      const isInside = Math.hypot((p % side) - 60, Math.floor(p / side) - 60) <= 30;
      mask.alpha[p] = isInside ? 255 : 0;
      rgba.set(isInside ? [200, 110, 100] : [255, 190, 150], p * 4);
    }
    expect(prepareBlend({ widthPx: side, heightPx: side, rgba }, mask)).toMatchObject({
      ok: false,
      reason: 'region-overexposed',
    });
  });
});

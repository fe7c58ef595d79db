import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fractalNoise, type Random, seededRandom } from '../simulator/random.ts';
import { drawPrintedScaleCard, sheetCorners } from '../simulator/scale-card.ts';
import { calibrate, colourOf } from './calibrate.ts';
import { markerWords } from './markers.ts';
import { createPicture, type Picture } from './picture.ts';
import { balanceOf, drawScaleCard, findScaleCard, scaleCard } from './scale-card.ts';

/** Skin-like mottle, or a busy pattern of dark shapes that a careless finder would take for markers. */
function background(widthPx: number, heightPx: number, random: Random, busy = false): Picture {
  const picture = createPicture(widthPx, heightPx);
  const noise = fractalNoise(widthPx, heightPx, busy ? 60 : 200, 2, 0.6, random);
  for (let i = 0; i < noise.length; i++) {
    const level = busy && noise[i] > 0.6 ? 40 : 130 + 12 * noise[i];
    picture.rgba[4 * i] = level * 1.2;
    picture.rgba[4 * i + 1] = level;
    picture.rgba[4 * i + 2] = level * 0.8;
  }
  if (!busy) return picture;
  for (let k = 0; k < 60; k++) {
    const side = Math.round(random.between(12, 90));
    const left = Math.round(random.between(0, widthPx - side - 1));
    const top = Math.round(random.between(0, heightPx - side - 1));
    for (let y = top; y < top + side; y++) {
      for (let x = left; x < left + side; x++) {
        const cell = Math.floor((6 * (x - left)) / side) * 7 + Math.floor((6 * (y - top)) / side) * 13 + k;
        const isBorder =
          x - left < side / 6 ||
          y - top < side / 6 ||
          x - left >= (5 * side) / 6 ||
          y - top >= (5 * side) / 6;
        const level = isBorder || (cell * 2654435761) % 97 > 48 ? 25 : 220;
        picture.rgba.fill(level, (y * widthPx + x) * 4, (y * widthPx + x) * 4 + 3);
      }
    }
  }
  return picture;
}

interface Pose {
  mmPerPx: number;
  turnRad: number;
  tiltXRad: number;
  tiltYRad: number;
  blurPx: number;
  noiseLevels: number;
}

function photograph(seed: number, pose: Pose, size = { widthPx: 1400, heightPx: 1050 }) {
  const random = seededRandom(seed);
  const corners = sheetCorners({
    ...pose,
    centre: { x: size.widthPx / 2 + random.between(-40, 40), y: size.heightPx / 2 + random.between(-40, 40) },
    cameraMm: 450,
  });
  const behind = background(size.widthPx, size.heightPx, random);
  const paper: [number, number, number] = [0.72, 0.7, 0.6];
  return { picture: drawPrintedScaleCard(behind, { corners, paper, random, ...pose }), corners };
}

describe('the words of the markers', () => {
  it('differ from each other, and from themselves turned, in at least 8 of 16 modules', () => {
    const turned = (word: number) =>
      Array.from({ length: 16 }, (_, i) => (word >> ((i % 4) * 4 + 3 - Math.floor(i / 4))) & 1).reduce(
        (bits, bit, i) => bits | (bit << i),
        0,
      );
    const turns = (word: number) => [word, turned(word), turned(turned(word)), turned(turned(turned(word)))];
    const differ = (a: number, b: number) => Array.from((a ^ b).toString(2)).filter((d) => d === '1').length;
    markerWords.forEach((word, i) => {
      for (const turn of turns(word).slice(1)) expect(differ(word, turn)).toBeGreaterThanOrEqual(8);
      for (const other of markerWords.slice(i + 1)) {
        for (const turn of turns(other)) expect(differ(word, turn)).toBeGreaterThanOrEqual(8);
      }
    });
  });
});

describe('a scale card', () => {
  it('is found however it is turned and moderately tilted, with its corners and its scale', () => {
    const pose = fc.record({
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      mmPerPx: fc.double({ min: 0.09, max: 0.3, noNaN: true }),
      turnRad: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
      tiltXRad: fc.double({ min: -0.45, max: 0.45, noNaN: true }),
      tiltYRad: fc.double({ min: -0.45, max: 0.45, noNaN: true }),
      blurPx: fc.double({ min: 0.3, max: 1.2, noNaN: true }),
      noiseLevels: fc.double({ min: 0, max: 5, noNaN: true }),
    });
    fc.assert(
      fc.property(pose, ({ seed, ...rest }) => {
        const { picture, corners } = photograph(seed, rest);
        const card = findScaleCard(picture);
        expect(card?.markers).toBeGreaterThanOrEqual(3);
        const side = 86 / rest.mmPerPx;
        card?.corners.forEach((p, i) => {
          expect(Math.hypot(p.x - corners[i].x, p.y - corners[i].y)).toBeLessThan(0.012 * side + 1.5);
        });
        const error = Math.abs((card?.mmPerPx ?? 0) / rest.mmPerPx - 1);
        expect(error).toBeLessThan(3 * (card?.mmPerPxRelativeSd ?? 0));
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('is not seen where there is none, among dark shapes and foreign markers', () => {
    for (let seed = 1; seed <= 6; seed++) {
      expect(findScaleCard(background(1200, 900, seededRandom(seed), true))).toBeUndefined();
    }
  });

  it('is not seen when only two markers show', () => {
    const { picture, corners } = photograph(5, {
      mmPerPx: 0.15,
      turnRad: 0,
      tiltXRad: 0,
      tiltYRad: 0,
      blurPx: 0.5,
      noiseLevels: 1,
    });
    const half = Math.round((corners[0].y + corners[3].y) / 2);
    picture.rgba.fill(128, half * picture.widthPx * 4);
    expect(findScaleCard(picture)).toBeUndefined();
  });

  it('reads its greys in order, and what makes them grey', () => {
    const { picture } = photograph(9, {
      mmPerPx: 0.12,
      turnRad: 0.3,
      tiltXRad: 0.1,
      tiltYRad: -0.1,
      blurPx: 0.4,
      noiseLevels: 2,
    });
    const card = findScaleCard(picture);
    const greens = card?.ramp.map(({ linear }) => linear[1]) ?? [];
    expect(greens).toEqual(greens.toSorted((a, b) => b - a));
    const balance = balanceOf(card?.ramp ?? []);
    expect(balance?.[0]).toBeCloseTo(0.7 / 0.72, 1);
    expect(balance?.[2]).toBeCloseTo(0.7 / 0.6, 1);
  });

  it('is printed with every part inside its edge and its words in true size', () => {
    const svg = drawScaleCard();
    expect(svg).toContain('width="86mm" height="54mm" viewBox="0 0 86 54"');
    expect(svg).toContain('Not a colour standard');
    for (const [, x, y, w, h] of svg.matchAll(
      /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g,
    )) {
      expect(Number(x) + Number(w)).toBeLessThanOrEqual(scaleCard.widthMm);
      expect(Number(y) + Number(h)).toBeLessThanOrEqual(scaleCard.heightMm);
    }
    expect(svg.match(/<path d="M\d+ 46v-/g)).toHaveLength(51);
  });

  it('is found as it is printed, at the scale it was printed in', async () => {
    const frame = 60;
    const { data, info } = await sharp(Buffer.from(drawScaleCard()), { density: 150 })
      .extend({ top: frame, bottom: frame, left: frame, right: frame, background: '#b0a090' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const card = findScaleCard({
      widthPx: info.width,
      heightPx: info.height,
      rgba: new Uint8ClampedArray(data),
    });
    expect(card?.markers).toBe(4);
    expect((card?.mmPerPx ?? 0) / (scaleCard.widthMm / (info.width - 2 * frame))).toBeCloseTo(1, 2);
  });

  it('gives scale and takes the tint out of the light, and is no colour chart', () => {
    const pose = { mmPerPx: 0.12, turnRad: 0.2, tiltXRad: 0, tiltYRad: 0, blurPx: 0.4, noiseLevels: 1 };
    const { picture } = photograph(11, pose);
    const calibration = calibrate(picture);
    expect(calibration.calibrated).toBe(false);
    expect(calibration.mmPerPx).toBeCloseTo(0.12, 2);
    expect(calibration.sdDeltaE).toBeLessThan(calibrate(picture, { chart: 'none' }).sdDeltaE);
    // Half the light of the tinted paper is a neutral grey.
    const grey = colourOf(calibration, [0.36, 0.35, 0.3]).lab;
    expect(Math.hypot(grey.a, grey.b)).toBeLessThan(1.5);
    expect(calibrate(picture, { chart: 'none' }).card).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMask, type Mask } from '../photo/picture.ts';
import { type HeadModel, headOf, scaledHead, skinPerPicture, zoneOnHead } from './head.ts';

const straight = { x: 160, y: 150, halfBreadth: 80, halfHeight: 100, roll: 0, yaw: 0, relativeSd: 0.03 };

type Vector = readonly [number, number, number];

/** The point of the vault at two angles about its ear axis, in the picture, and its normal; y downwards, z to the camera. */
function placed(head: HeadModel, fromPole: number, around: number): { at: Vector; normal: Vector } {
  const { halfBreadth: a, halfHeight: r, roll, yaw } = head;
  const own: Vector = [
    a * Math.cos(fromPole),
    r * Math.sin(fromPole) * Math.cos(around),
    r * Math.sin(fromPole) * Math.sin(around),
  ];
  const gradient: Vector = [own[0] / (a * a), own[1] / (r * r), own[2] / (r * r)];
  const turn = ([u, v, w]: Vector): Vector => {
    const x = u * Math.cos(yaw) - w * Math.sin(yaw);
    const z = u * Math.sin(yaw) + w * Math.cos(yaw);
    return [x * Math.cos(roll) - v * Math.sin(roll), x * Math.sin(roll) + v * Math.cos(roll), z];
  };
  const [at, g] = [turn(own), turn(gradient)];
  const length = Math.hypot(...g);
  return {
    at: [at[0] + head.x, at[1] + head.y, at[2]],
    normal: [g[0] / length, g[1] / length, g[2] / length],
  };
}

/** Skin of the vault that faces the camera by more than a cosine, by summing small pieces of the surface itself. */
function skinArea(head: HeadModel, leastCosine: number, steps = 600): number {
  const { halfBreadth: a, halfHeight: r } = head;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const t = (Math.PI * (i + 0.5)) / steps;
    const ring = Math.hypot(a * Math.sin(t), r * Math.cos(t)) * r * Math.sin(t) * (Math.PI / steps);
    for (let j = 0; j < 2 * steps; j++) {
      const around = (Math.PI * (j + 0.5)) / steps;
      if (placed(head, t, around).normal[2] > leastCosine) sum += ring * (Math.PI / steps);
    }
  }
  return sum;
}

/** The part of the picture where the skin faces the camera by more than a cosine. */
function facing(head: HeadModel, leastCosine: number): Mask {
  const mask = createMask(320, 300);
  const factor = skinPerPicture(head);
  for (let y = 0, p = 0; y < mask.heightPx; y++)
    for (let x = 0; x < mask.widthPx; x++, p++)
      mask.alpha[p] = factor(x + 0.5, y + 0.5) < 1 / leastCosine ? 255 : 0;
  return mask;
}

const pixels = (mask: Mask) => mask.alpha.reduce((sum, alpha) => sum + alpha, 0) / 255;

describe('the skin of a head under a picture', () => {
  it('is that of a ball, as its formula says', () => {
    const ball = { ...straight, halfBreadth: 100 };
    for (const cosine of [0.25, 0.5, 0.8]) {
      const mask = facing(ball, cosine);
      // A cap of a ball: 2 pi r² (1 - cos).
      const known = 2 * Math.PI * 100 ** 2 * (1 - cosine);
      expect(Math.abs((pixels(mask) * zoneOnHead(mask, ball).factor) / known - 1)).toBeLessThan(0.01);
    }
  });

  it.each([
    ['from the front', 0, 0],
    ['tilted', 0.3, 0],
    ['half turned', 0, 0.6],
    ['turned and tilted', -0.2, -0.4],
    ['from the side', 0, Math.PI / 2],
  ])('is that of the surface itself, %s', (_, roll, yaw) => {
    const head = { ...straight, roll, yaw };
    for (const cosine of [0.25, 0.6]) {
      const mask = facing(head, cosine);
      const seen = pixels(mask) * zoneOnHead(mask, head).factor;
      expect(Math.abs(seen / skinArea(head, cosine) - 1)).toBeLessThan(0.012);
    }
  });

  it('turns away as the normal of the surface does', () => {
    const angle = fc.double({ min: 0.05, max: 1.5, noNaN: true });
    const turn = fc.double({ min: -0.7, max: 0.7, noNaN: true });
    fc.assert(
      fc.property(
        angle,
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        turn,
        turn,
        (t, around, roll, yaw) => {
          const head = { ...straight, roll, yaw };
          const { at, normal } = placed(head, t, around);
          fc.pre(normal[2] > 0.22);
          expect(Math.abs(skinPerPicture(head)(at[0], at[1]) * normal[2] - 1)).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it('is never less than the picture, more the farther from the middle, and finite beyond the edge', () => {
    const factor = skinPerPicture(straight);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 6.28, noNaN: true }), (direction) => {
        let before = 1;
        for (let r = 0; r < 140; r += 4) {
          const now = factor(straight.x + r * Math.cos(direction), straight.y + r * Math.sin(direction));
          expect(now).toBeGreaterThanOrEqual(before - 1e-9);
          before = now;
        }
        expect(before).toBe(5);
      }),
    );
  });

  it('does not depend on the unit', () => {
    const [px, mm] = [skinPerPicture(straight), skinPerPicture(scaledHead(straight, 0.4))];
    for (const [x, y] of [
      [160, 80],
      [120, 120],
      [205, 190],
    ] as const)
      expect(mm(x * 0.4, y * 0.4)).toBeCloseTo(px(x, y), 9);
  });
});

/** The silhouette of a head on a neck, as a camera at a distance (in half heights of the vault) sees it. */
function silhouetteOf(head: HeadModel, distance: number): Mask {
  const mask = createMask(320, 340);
  const paint = (x: number, y: number) => {
    const [px, py] = [Math.round(x), Math.round(y)];
    for (let dy = -2; dy <= 2; dy++)
      for (let dx = -2; dx <= 2; dx++)
        if (px + dx >= 0 && py + dy >= 0 && px + dx < 320 && py + dy < 340)
          mask.alpha[(py + dy) * 320 + px + dx] = 255;
  };
  for (let i = 0; i <= 400; i++)
    for (let j = 0; j < 800; j++) {
      const { at } = placed(head, (Math.PI * i) / 400, (Math.PI * j) / 400);
      const nearer = distance / (distance - at[2] / head.halfHeight);
      paint(head.x + (at[0] - head.x) * nearer, head.y + (at[1] - head.y) * nearer);
    }
  // Face and neck below.
  for (let y = Math.round(head.y); y < 340; y++)
    for (let x = 0; x < 320; x++)
      if (Math.abs(x - head.x) < 0.7 * head.halfBreadth) mask.alpha[y * 320 + x] = 255;
  return mask;
}

/** The vault alone, seen from afar: a pixel is on it where the model's surface is. */
function outlineOf(head: HeadModel): Mask {
  const mask = createMask(320, 300);
  // Half breadth of the turned outline; its half height is the vault's.
  const half = Math.hypot(head.halfBreadth * Math.cos(head.yaw), head.halfHeight * Math.sin(head.yaw));
  for (let y = 0, p = 0; y < mask.heightPx; y++)
    for (let x = 0; x < mask.widthPx; x++, p++) {
      const [dx, dy] = [x + 0.5 - head.x, y + 0.5 - head.y];
      const across = dx * Math.cos(head.roll) + dy * Math.sin(head.roll);
      const up = dy * Math.cos(head.roll) - dx * Math.sin(head.roll);
      mask.alpha[p] = Math.hypot(across / half, up / head.halfHeight) < 1 ? 255 : 0;
    }
  return mask;
}

describe('a head laid into its silhouette', () => {
  it.each([
    ['straight', 0, 0, 0.8, 100],
    ['tilted', 0.25, 0, 0.8, 100],
    ['half turned', 0, 0.35, 0.8, 100],
    ['broader than most', 0, 0, 0.86, 100],
    ['narrower, and a metre away', 0, 0, 0.76, 10],
  ])('measures a zone above the brows within its error: %s', (_, roll, yaw, breadth, distance) => {
    const head = { ...straight, roll, yaw, halfBreadth: breadth * 100 };
    const glabella = {
      x: head.x - 100 * Math.sin(yaw) * Math.cos(roll),
      y: head.y - 100 * Math.sin(yaw) * Math.sin(roll),
    };
    const found = headOf(silhouetteOf(head, distance), { roll, yaw, glabella, pupilDistance: 66 });
    const zone = facing(head, 0.25);
    for (let y = 0, p = 0; y < zone.heightPx; y++)
      for (let x = 0; x < zone.widthPx; x++, p++) if (y > head.y - 45) zone.alpha[p] = 0;
    const truth = zoneOnHead(zone, head).factor;
    const { factor, sd } = zoneOnHead(zone, found);
    expect(truth).toBeGreaterThan(1.2);
    expect(Math.abs(factor - truth)).toBeLessThan(2 * sd);
    expect(sd / factor).toBeLessThan(0.3);
  });

  it('finds a head turned, tilted and bowed as the same head straight, wherever its glabella has moved', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        fc.double({ min: -0.2, max: 0.5, noNaN: true }),
        (roll, yaw, nod) => {
          const head = { ...straight, roll, yaw };
          // Bowed about the ear axis, which leaves the outline alone, then turned, then tilted.
          const [aside, below] = [-Math.cos(nod) * Math.sin(yaw), Math.sin(nod)];
          const glabella = {
            x: head.x + 100 * (aside * Math.cos(roll) - below * Math.sin(roll)),
            y: head.y + 100 * (aside * Math.sin(roll) + below * Math.cos(roll)),
          };
          const found = headOf(outlineOf(head), { roll, yaw, glabella, pupilDistance: 66 });
          expect(Math.hypot(found.x - head.x, found.y - head.y)).toBeLessThan(4);
          expect(Math.abs(found.halfHeight - 100)).toBeLessThan(4);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('does not call a number sure of a zone that lies beside the head, nor of one on a head whose crown is not seen', () => {
    const beside = createMask(320, 300);
    for (let y = 0; y < 40; y++) beside.alpha.fill(255, y * 320 + 100, y * 320 + 220);
    const above = zoneOnHead(beside, { ...straight, y: 160, relativeSd: 0.02 });
    expect(above.factor).toBe(5);
    expect(above.sd / above.factor).toBeGreaterThan(0.35);
    // Only the sides of the outline are in the picture: a circle through them alone may be of any size.
    const pose = { roll: 0, yaw: 0, glabella: { x: 160, y: 60 }, pupilDistance: 66 };
    const cut = headOf(outlineOf({ ...straight, y: 60 }), pose);
    const zone = createMask(320, 300);
    for (let y = 0; y < 25; y++) zone.alpha.fill(255, y * 320 + 100, y * 320 + 220);
    const { factor, sd } = zoneOnHead(zone, cut);
    expect(sd / factor).toBeGreaterThan(0.2);
  });

  it('falls back on the face where the outline is none, and is less sure', () => {
    const pose = { roll: 0, yaw: 0, glabella: { x: 160, y: 150 }, pupilDistance: 66 };
    const everything = createMask(320, 340);
    everything.alpha.fill(255);
    for (const silhouette of [everything, createMask(320, 340)]) {
      const found = headOf(silhouette, pose);
      expect(found.halfHeight).toBeCloseTo((66 * 95) / 63, 6);
      expect(found.relativeSd).toBeGreaterThan(headOf(silhouetteOf(straight, 100), pose).relativeSd);
    }
  });
});

import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPicture, type Mask, type Point } from '../../photo/picture.ts';
import { pointsOf, readReferences } from '../../tools/landmarks/fixtures.ts';
import { proposeHairline } from './hairline.ts';
import { fillOutline, smoothLine } from './outline.ts';
import { placeIn, sampleBox } from './sample.ts';
import { scalpZone } from './scalp.ts';
import { sha256Hex } from './sha256.ts';

const coverage = (mask: Mask) => mask.alpha.reduce((sum, value) => sum + value, 0) / 255;
const unit = fc.float({ min: 0, max: 1, noNaN: true });

describe('sampling a box', () => {
  it('reads a picture of even slopes exactly, however the box lies', () => {
    const [widthPx, heightPx] = [60, 50];
    const picture = createPicture(widthPx, heightPx);
    for (let y = 0; y < heightPx; y++)
      for (let x = 0; x < widthPx; x++) {
        picture.rgba[(y * widthPx + x) * 4] = 4 * x;
        picture.rgba[(y * widthPx + x) * 4 + 1] = 5 * y;
      }
    fc.assert(
      fc.property(unit, unit, unit, fc.float({ min: -4, max: 4, noNaN: true }), (a, b, c, radians) => {
        const side = 5 + 12 * c;
        const box = { centreX: 20 + 20 * a, centreY: 20 + 10 * b, width: side, height: side / 2, radians };
        const input = { heightPx: 4, widthPx: 6, values: new Float32Array(96).fill(9) };
        sampleBox(picture, box, { range: [0, 255], outside: 'edge' }, input);
        for (let row = 0; row < 4; row++)
          for (let column = 0; column < 6; column++) {
            const { x, y } = placeIn(box, (column + 0.5) / 6, (row + 0.5) / 4);
            const at = (row * 6 + column) * 4;
            expect(input.values[at]).toBeCloseTo(4 * (x - 0.5), 2);
            expect(input.values[at + 1]).toBeCloseTo(5 * (y - 0.5), 2);
            expect(input.values[at + 3]).toBe(0);
          }
      }),
    );
  });

  it('gives black, or the nearest edge, outside the picture', () => {
    const picture = createPicture(4, 4);
    picture.rgba.fill(255);
    const input = { heightPx: 2, widthPx: 2, values: new Float32Array(16) };
    const box = { centreX: 40, centreY: 40, width: 8, height: 8, radians: 0 };
    sampleBox(picture, box, { range: [-1, 1], outside: 'black' }, input);
    expect([...input.values]).toEqual([-1, -1, -1, 0, -1, -1, -1, 0, -1, -1, -1, 0, -1, -1, -1, 0]);
    sampleBox(picture, box, { range: [-1, 1], outside: 'edge' }, input);
    expect([...input.values]).toEqual([1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0]);
  });
});

describe('outlines', () => {
  const corner = fc.record({ angle: unit, radius: fc.float({ min: 5, max: 28, noNaN: true }) });
  const star = fc.array(corner, { minLength: 3, maxLength: 12 }).map((corners): Point[] =>
    corners
      .toSorted((a, b) => a.angle - b.angle)
      .map(({ angle, radius }) => ({
        x: 32 + radius * Math.cos(2 * Math.PI * angle),
        y: 31 + radius * Math.sin(2 * Math.PI * angle),
      })),
  );

  it('cover as much as the shoelace formula says', () => {
    fc.assert(
      fc.property(star, (outline) => {
        // Corners in order round the centre enclose simply, unless a gap of more than half a turn is left.
        let twice = 0;
        outline.forEach((from, i) => {
          const to = outline[(i + 1) % outline.length];
          twice += (from.x - 32) * (to.y - 31) - (to.x - 32) * (from.y - 31);
        });
        const gaps = outline.map((from, i) => {
          const to = outline[(i + 1) % outline.length];
          return (from.x - 32) * (to.y - 31) - (to.x - 32) * (from.y - 31);
        });
        fc.pre(gaps.every((gap) => gap >= 0));
        expect(Math.abs(coverage(fillOutline(outline, 64, 64)) - twice / 2)).toBeLessThan(2 + 0.01 * twice);
      }),
    );
  });

  it('are clipped to the picture', () => {
    const everywhere = [-90, 90].flatMap((x) => [-90, 90].map((y) => ({ x, y })));
    const square = [everywhere[0], everywhere[1], everywhere[3], everywhere[2]];
    expect(coverage(fillOutline(square, 20, 10))).toBe(200);
    expect(
      coverage(
        fillOutline(
          square.map((p) => ({ x: p.x + 200, y: p.y })),
          20,
          10,
        ),
      ),
    ).toBe(0);
  });

  it('smooth lines pass through their points and keep to straight ones', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, unit), { minLength: 3, maxLength: 8 }), (drawn) => {
        const points = drawn.map(([x, y], i) => ({ x: 10 * i + x, y: 10 * y }));
        const line = smoothLine(points);
        for (const point of points)
          expect(Math.min(...line.map((p) => Math.hypot(p.x - point.x, p.y - point.y)))).toBeLessThan(1e-4);
      }),
    );
    const straight = smoothLine([0, 1, 5, 9].map((x) => ({ x, y: 2 * x })));
    for (const { x, y } of straight) expect(y).toBeCloseTo(2 * x, 6);
  });
});

describe('hairline and scalp', () => {
  let faces: { name: string; points: Float32Array; widthPx: number; heightPx: number }[];
  const mmPerPx = 0.35;
  beforeAll(async () => {
    faces = [...(await readReferences())].flatMap(([name, reference]) =>
      reference.points ? [{ ...reference, name, points: pointsOf(reference) }] : [],
    );
  });
  const list = (hairline: ReturnType<typeof proposeHairline>) => Object.values(hairline) as Point[];

  it('turns, moves and grows with the face', () => {
    for (const { points } of faces) {
      const [cos, sin, size] = [Math.cos(0.7), Math.sin(0.7), 1.5];
      const move = ({ x, y }: Point): Point => ({
        x: size * (x * cos - y * sin) + 40,
        y: size * (x * sin + y * cos) - 9,
      });
      const moved = points.map((value, i) => {
        if (i % 3 === 2) return size * value;
        const { x, y } = move({ x: points[i - (i % 3)], y: points[i - (i % 3) + 1] });
        return i % 3 === 0 ? x : y;
      });
      const expected = list(proposeHairline(points, mmPerPx)).map(move);
      list(proposeHairline(moved, mmPerPx / size)).forEach((point, i) => {
        expect(point.x).toBeCloseTo(expected[i].x, 0);
        expect(point.y).toBeCloseTo(expected[i].y, 0);
      });
    }
  });

  it('lies above the brows, and higher the longer the forehead is asked to be', () => {
    for (const { points } of faces) {
      const heights = [50, 60, 70, 80].map((midFrontalMm) => {
        const proportions = { midFrontalMm, frontotemporalMm: 80, aboveCanthusMm: 80, temporalPeakMm: 50 };
        const { midFrontal } = proposeHairline(points, mmPerPx, proportions);
        const up = { x: points[27] - points[456], y: points[28] - points[457] };
        return (midFrontal.x - points[27]) * up.x + (midFrontal.y - points[28]) * up.y;
      });
      expect(heights[0]).toBeGreaterThan(0);
      expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    }
  });

  it('bounds a zone inside the silhouette, which shrinks as the line rises', () => {
    const zones: { name: string; inside: boolean; shrinks: boolean }[] = [];
    for (const { name, points, widthPx, heightPx } of faces) {
      const silhouette = { widthPx, heightPx, alpha: new Uint8Array(widthPx * heightPx).fill(200) };
      const ownMmPerPx =
        63 / Math.hypot(points[3 * 473] - points[3 * 468], points[3 * 473 + 1] - points[3 * 468 + 1]);
      const zoneOf = (midFrontalMm: number) =>
        scalpZone(
          silhouette,
          proposeHairline(points, ownMmPerPx, {
            midFrontalMm,
            frontotemporalMm: 80,
            aboveCanthusMm: 80,
            temporalPeakMm: 50,
          }),
        );
      const [low, high] = [zoneOf(40), zoneOf(60)];
      zones.push({
        name,
        inside: low.alpha.every((value) => value <= 200),
        shrinks: coverage(high) < coverage(low),
      });
    }
    expect(zones.filter(({ inside, shrinks }) => !inside || !shrinks)).toEqual([]);
  });
});

describe('sha256Hex', () => {
  it('agrees with the platform’s', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });
});

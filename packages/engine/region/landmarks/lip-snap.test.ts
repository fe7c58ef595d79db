import { beforeAll, describe, expect, it } from 'vitest';
import { createPicture, type Mask, type Picture, type Point } from '../../photo/picture.ts';
import { pointsOf, readPhoto, readReferences } from '../../tools/landmarks/fixtures.ts';
import { intersectionOverUnion } from '../mask.ts';
import { snapLipLines } from './lip-snap.ts';
import { type LipLines, lipLinesOf } from './lips.ts';
import { fillOutline } from './outline.ts';

interface Face {
  readonly name: string;
  readonly picture: Picture;
  readonly points: Float32Array;
}

let faces: Face[];
beforeAll(async () => {
  faces = [];
  for (const [name, reference] of await readReferences())
    if (reference.points) faces.push({ name, picture: await readPhoto(name), points: pointsOf(reference) });
});

type Outer = Pick<LipLines, 'outerUpper' | 'outerLower'>;

function outerMask({ outerUpper, outerLower }: Outer, { widthPx, heightPx }: Picture): Mask {
  return fillOutline([...outerLower, ...outerUpper.toReversed()], widthPx, heightPx);
}

/** Lips drawn over their border by up to `share` of their width, unevenly, corners left alone. */
function overdrawn(lines: LipLines, share: number): Outer {
  const all = [...lines.outerUpper, ...lines.outerLower];
  const [right, left] = [lines.outerUpper[0], lines.outerUpper.at(-1) ?? lines.outerUpper[0]];
  const widthPx = Math.hypot(left.x - right.x, left.y - right.y);
  const centre = {
    x: all.reduce((sum, point) => sum + point.x, 0) / all.length,
    y: all.reduce((sum, point) => sum + point.y, 0) / all.length,
  };
  const grow = (line: readonly Point[]) =>
    line.map(({ x, y }, i) => {
      const bulge = Math.sin((Math.PI * i) / (line.length - 1)) * (0.6 + 0.4 * Math.sin(i / 6));
      const factor = 1 + (share * widthPx * bulge) / Math.hypot(x - centre.x, y - centre.y);
      return { x: centre.x + (x - centre.x) * factor, y: centre.y + (y - centre.y) * factor };
    });
  return { outerUpper: grow(lines.outerUpper), outerLower: grow(lines.outerLower) };
}

/** The picture with lipstick: green and blue weakened, texture and light kept. */
function painted(picture: Picture, mask: Mask): Picture {
  const rgba = picture.rgba.slice();
  mask.alpha.forEach((alpha, i) => {
    rgba[4 * i + 1] *= 1 - (0.35 * alpha) / 255;
    rgba[4 * i + 2] *= 1 - (0.25 * alpha) / 255;
  });
  return { ...picture, rgba };
}

describe('snapping the lips to their colour', () => {
  it('follows lipstick drawn beyond the border, on light and dark skin', () => {
    const overlaps = faces.map(({ name, picture, points }) => {
      const lines = lipLinesOf(points);
      const truth = outerMask(overdrawn(lines, 0.04), picture);
      const snapped = snapLipLines(painted(picture, truth), points);
      return {
        name,
        before: intersectionOverUnion(outerMask(lines, picture), truth),
        after: intersectionOverUnion(outerMask(snapped, picture), truth),
      };
    });
    const mean = (of: (overlap: (typeof overlaps)[number]) => number) =>
      overlaps.reduce((sum, overlap) => sum + of(overlap), 0) / overlaps.length;
    expect(mean(({ after }) => after)).toBeGreaterThan(mean(({ before }) => before) + 0.03);
    expect(overlaps.filter(({ before, after }) => after < before - 0.02)).toEqual([]);
  });

  it('moves lips by little where nobody painted them', () => {
    const moved = faces.map(({ name, picture, points }) => ({
      name,
      overlap: intersectionOverUnion(
        outerMask(snapLipLines(picture, points), picture),
        outerMask(lipLinesOf(points), picture),
      ),
    }));
    expect(moved.filter(({ overlap }) => overlap < 0.82)).toEqual([]);
  });

  it('leaves lips alone where the picture says nothing, and their corners always', () => {
    for (const { picture, points } of faces.slice(0, 3)) {
      const flat = createPicture(picture.widthPx, picture.heightPx);
      flat.rgba.fill(150);
      const lines = lipLinesOf(points);
      const snapped = snapLipLines(flat, points);
      expect(intersectionOverUnion(outerMask(snapped, flat), outerMask(lines, flat))).toBeGreaterThan(0.99);
      const onPhoto = snapLipLines(picture, points);
      for (const line of ['outerUpper', 'outerLower'] as const)
        for (const end of [0, -1]) {
          expect(onPhoto[line].at(end)?.x).toBeCloseTo(lines[line].at(end)?.x ?? Number.NaN, 6);
          expect(onPhoto[line].at(end)?.y).toBeCloseTo(lines[line].at(end)?.y ?? Number.NaN, 6);
        }
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../photo/picture.ts';
import { type Hairline, hairlineHead, proposeHairline } from './hairline.ts';
import { brokenHairlineRules, hairlineLengths, hairlinePlaces, movedAlongSkin } from './hairline-rules.ts';
import { redrawn } from './propose.ts';
import { scalpZone } from './scalp.ts';
import { landmarks, pointCount } from './topology.ts';

const mmPerPx = 0.5;
/** A face held level and straight, its glabella in the middle of a picture of 600 by 600. */
const points = (() => {
  const all = new Float32Array(3 * pointCount);
  const put = (i: number, x: number, y: number, z: number) => all.set([x, y, z], 3 * i);
  put(landmarks.glabella, 300, 400, 0);
  put(landmarks.chin, 300, 620, 23);
  put(landmarks.rightEyeOuterCorner, 210, 420, 50);
  put(landmarks.leftEyeOuterCorner, 390, 420, 50);
  return all;
})();
const head = hairlineHead(points, mmPerPx);
const usual = proposeHairline(points, mmPerPx);
const silhouette: Mask = {
  widthPx: 600,
  heightPx: 600,
  alpha: Uint8Array.from({ length: 360_000 }, (_, p) =>
    Math.hypot((p % 600) - 299.5, 1.2 * (Math.floor(p / 600) - 330)) < 210 ? 255 : 0,
  ),
};
const raised = (line: Hairline, mm: number): Hairline => ({
  ...line,
  midFrontal: { x: line.midFrontal.x, y: line.midFrontal.y - mm / mmPerPx },
});
const area = ({ alpha }: Mask) => alpha.reduce((sum, value) => sum + value, 0);

describe('a hairline moved by hand', () => {
  it('is measured as it was laid', () => {
    const { mm, recessMm } = hairlineLengths(head, usual);
    expect(mm.midFrontal).toBeCloseTo(80, 0);
    expect(Math.abs(mm.rightFrontotemporal - 80)).toBeLessThan(6);
    expect(mm.rightFrontotemporal).toBeCloseTo(mm.leftFrontotemporal, 0);
    expect(recessMm.right).toBeCloseTo(recessMm.left, 0);
    expect(brokenHairlineRules({ mm, recessMm })).toEqual([]);
  });

  it('never gains area by a raised middle', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -15, max: 12, noNaN: true }),
        fc.double({ min: 1, max: 8, noNaN: true }),
        (from, by) => {
          const before = area(scalpZone(silhouette, raised(usual, from)));
          expect(area(scalpZone(silhouette, raised(usual, from + by)))).toBeLessThanOrEqual(before);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('moved alike on both sides gives a zone alike on both sides', () => {
    const moved: Hairline = {
      ...usual,
      rightFrontotemporal: { x: usual.rightFrontotemporal.x + 12, y: usual.rightFrontotemporal.y + 9 },
      leftFrontotemporal: { x: usual.leftFrontotemporal.x - 12, y: usual.leftFrontotemporal.y + 9 },
    };
    const { alpha } = scalpZone(silhouette, moved);
    let [left, right] = [0, 0];
    alpha.forEach((value, p) => (p % 600 < 300 ? (right += value) : (left += value)));
    expect(Math.abs(left - right) / (left + right)).toBeLessThan(0.02);
  });

  it('goes a millimetre of skin for a millimetre asked', () => {
    const up = movedAlongSkin(head, usual.midFrontal, { x: 0, y: 1 }, 5);
    const { mm } = hairlineLengths(head, { ...usual, midFrontal: up });
    expect(Math.abs(hairlineLengths(head, usual).mm.midFrontal - mm.midFrontal - 5)).toBeLessThan(0.7);
    for (const place of hairlinePlaces)
      expect(movedAlongSkin(head, usual[place], { x: 1, y: 0 }, 1).x).toBeGreaterThan(usual[place].x);
  });

  it('a low middle, a filled recess and uneven sides are each told', () => {
    const codes = (line: Hairline) =>
      brokenHairlineRules(hairlineLengths(head, line)).map(({ code }) => code);
    expect(codes(raised(usual, -20))).toContain('mid-frontal-low');
    const { rightFrontotemporal: right } = usual;
    expect(codes({ ...usual, rightFrontotemporal: { x: right.x, y: right.y + 90 } })).toEqual(
      expect.arrayContaining(['recess-closed', 'uneven']),
    );
  });

  it('keeps what a hand drew on the zone', () => {
    const mask = (...alpha: number[]): Mask => ({
      widthPx: alpha.length,
      heightPx: 1,
      alpha: Uint8Array.from(alpha),
    });
    const [was, is] = [mask(0, 255, 255, 0, 90), mask(0, 255, 0, 255, 0)];
    expect(redrawn(mask(255, 0, 255, 0, 90), was, is)).toEqual({
      zone: mask(255, 0, 0, 255, 0),
      isByHand: true,
    });
    expect(redrawn(was, was, is)).toEqual({ zone: is, isByHand: false });
  });
});

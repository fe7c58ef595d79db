import type { Point } from '../../photo/picture.ts';
import {
  aboveGlabellaMm,
  alongSkinMm,
  type Hairline,
  type HairlineHead,
  hairlineHead,
  skullAt,
  type Vector,
} from './hairline.ts';

export { type HairlineHead, hairlineHead };

/** The five places, from the person's right to the left. */
export const hairlinePlaces = [
  'rightTemporalPeak',
  'rightFrontotemporal',
  'midFrontal',
  'leftFrontotemporal',
  'leftTemporalPeak',
] as const satisfies readonly (keyof Hairline)[];
export type HairlinePlace = (typeof hairlinePlaces)[number];

/** How a hairline lies on a head, mm along the skin. */
export interface HairlineLengths {
  /** Each place: the middle above the glabella, a frontotemporal point above the outer eye corner, a peak below that point. */
  readonly mm: Readonly<Record<HairlinePlace, number>>;
  /** How far each frontotemporal point lies beyond the straight way from the middle to the temporal peak. */
  readonly recessMm: { readonly right: number; readonly left: number };
}

export function hairlineLengths(head: HairlineHead, hairline: Hairline): HairlineLengths {
  const on = (place: HairlinePlace) => skullAt(head, hairline[place]);
  const [rightPeak, right, middle, left, leftPeak] = hairlinePlaces.map(on) as [
    Vector,
    Vector,
    Vector,
    Vector,
    Vector,
  ];
  return {
    mm: {
      rightTemporalPeak: alongSkinMm(right, rightPeak),
      rightFrontotemporal: alongSkinMm(right, head.rightCanthus),
      midFrontal: aboveGlabellaMm(middle),
      leftFrontotemporal: alongSkinMm(left, head.leftCanthus),
      leftTemporalPeak: alongSkinMm(left, leftPeak),
    },
    recessMm: {
      right:
        head.mmPerPx * beyond(hairline.rightTemporalPeak, hairline.midFrontal, hairline.rightFrontotemporal),
      left:
        head.mmPerPx * beyond(hairline.midFrontal, hairline.leftTemporalPeak, hairline.leftFrontotemporal),
    },
  };
}

/** How far a place lies above the way from one to another that leads to the person's left, pixels. */
function beyond(from: Point, to: Point, place: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return ((place.x - from.x) * dy - (place.y - from.y) * dx) / (Math.hypot(dx, dy) || 1);
}

export type HairlineRuleCode = 'mid-frontal-low' | 'recess-closed' | 'uneven';

/** What a hairline should keep to. Advice, not a bar: the practitioner decides. */
export interface HairlineRule {
  readonly code: HairlineRuleCode;
  readonly limitMm: number;
  readonly source: string;
  readonly review: 'unreviewed';
}

export const hairlineRules: readonly HairlineRule[] = [
  {
    code: 'mid-frontal-low',
    limitMm: 66.5,
    source:
      'mean of Japanese men, 6.65 cm from glabella to mid-frontal point [62]; never below the native line [known]',
    review: 'unreviewed',
  },
  {
    code: 'recess-closed',
    limitMm: 5,
    source: 'hairless temple recess in 83 % of men [62]; least depth [derived]',
    review: 'unreviewed',
  },
  {
    code: 'uneven',
    limitMm: 5,
    source: 'difference of the sides beyond the 2 to 5 mm of jitter [derived]',
    review: 'unreviewed',
  },
];

/** What no length tells: young people lose more hair, and a line drawn low today stands alone later. */
export const furtherLoss = {
  underYears: 25,
  source: 'plan for further loss [known]; under 25 with fast loss: review first [known]',
  review: 'unreviewed',
} as const;

/** The rules a hairline breaks. */
export function brokenHairlineRules({ mm, recessMm }: HairlineLengths): HairlineRule[] {
  const differenceMm = Math.max(
    Math.abs(mm.rightFrontotemporal - mm.leftFrontotemporal),
    Math.abs(mm.rightTemporalPeak - mm.leftTemporalPeak),
  );
  const isBroken = ({ code, limitMm }: HairlineRule) =>
    code === 'mid-frontal-low'
      ? mm.midFrontal < limitMm
      : code === 'recess-closed'
        ? Math.min(recessMm.right, recessMm.left) < limitMm
        : differenceMm > limitMm;
  return hairlineRules.filter(isBroken);
}

/**
 * A place of the picture moved along the skin.
 * @param way right and down in the picture, of length 1
 */
export function movedAlongSkin(head: HairlineHead, from: Point, way: Point, lengthMm: number): Point {
  const start = skullAt(head, from);
  const after = (px: number): Point => ({ x: from.x + way.x * px, y: from.y + way.y * px });
  const straightPx = lengthMm / head.mmPerPx;
  const walkedMm = alongSkinMm(start, skullAt(head, after(straightPx)));
  // Skin that turns away is longer than it looks; at the outline of the head it is seen no better than at a third.
  return after(straightPx * Math.min(1, Math.max(1 / 3, lengthMm / Math.max(walkedMm, 1e-6))));
}

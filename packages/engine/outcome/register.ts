import { type Box, clipBox, createPicture, type Mask, type Picture, type Point } from '../photo/index.ts';
import { type BlockAgreement, compareBlocks } from './blocks.ts';
import { type FeatureMatch, findFeatures, matchFeatures } from './features.ts';
import {
  boxOfMask,
  frameOf,
  greyPlane,
  localDetail,
  type Plane,
  pyramid,
  seenThrough,
  wholeFrame,
} from './plane.ts';
import {
  composed,
  fitRobustly,
  fromFrame,
  type Homography,
  identity,
  inverted,
  project,
  sizeAndTurn,
} from './projection.ts';

export interface RegistrationInput {
  readonly before: Picture;
  readonly after: Picture;
  /** The treated region on the grid of `before`; the fit is made around it. Without it, on the whole picture. */
  readonly mask?: Mask;
  /** Millimetres a pixel of `before`, when known. */
  readonly mmPerPx?: number;
  /** The same landmarks in both, in the same order: a start where features fail. */
  readonly landmarks?: { readonly before: readonly Point[]; readonly after: readonly Point[] };
}

export interface Registration {
  readonly ok: true;
  /** From points of `before` to points of `after`. */
  readonly toAfter: Homography;
  readonly toBefore: Homography;
  /**
   * How far squares of skin in and around the region lie from where the projection puts them, median and 95th
   * percentile, px of `before`. Squares are found to about a third of a pixel of the frame they are read in, so this
   * is rather too large than too small.
   */
  readonly errorPx: number;
  readonly error95Px: number;
  readonly errorMm?: number;
  readonly error95Mm?: number;
  /** Share of the squares with texture that agree on the projection, 0..1, and their number. */
  readonly agreement01: number;
  readonly squares: number;
  readonly from: 'features' | 'landmarks' | 'same-frame';
  /** Size of `after` over `before` in px around the region, and its turn, degrees clockwise. */
  readonly scale: number;
  readonly turnDegrees: number;
  /** The later picture is a mirror image of the earlier, as front cameras make them. */
  readonly mirrored: boolean;
}

export interface RegistrationRefusal {
  readonly ok: false;
  readonly reason:
    | 'photo-too-small'
    | 'no-texture'
    | 'not-aligned'
    | 'region-empty'
    | 'mask-size'
    | 'region-out-of-frame';
  readonly message: string;
  readonly field: 'before' | 'after' | 'mask';
}

/** Squares and the share of them that must agree before a projection is trusted: docs/science/outcome.md. */
const trust = { squares: 12, share01: 0.3 };
const leastSidePx = 60;

/**
 * Lays a later photograph over an earlier one of the same skin. Starts come from features, from landmarks and from the
 * pictures as they are; each is corrected by squares of skin around the region, and the one on which most squares
 * agree is trusted if enough of them do. No chance is involved: the same pictures give the same answer.
 */
export function register(input: RegistrationInput): Registration | RegistrationRefusal {
  const { before, after, mask } = input;
  const wrong = inputProblem(input);
  if (wrong) return wrong;
  const one = { picture: before, levels: pyramid(greyPlane(before)) };
  const two = { picture: after, levels: pyramid(greyPlane(after)) };
  const region = mask && boxOfMask(mask);
  const plain = attempt(input, one, two, region);
  if (plain.best && isTrusted(plain.best)) return answer(input, plain.best, region, false);
  const flipped = flippedPicture(after);
  const other = attempt(
    {
      ...input,
      after: flipped,
      ...(input.landmarks ? { landmarks: flippedLandmarks(input.landmarks, after) } : {}),
    },
    one,
    { picture: flipped, levels: pyramid(greyPlane(flipped)) },
    region,
  );
  if (other.best && isTrusted(other.best)) {
    const back: Homography = [-1, 0, after.widthPx, 0, 1, 0, 0, 0, 1];
    return answer(input, { ...other.best, h: composed(back, other.best.h) }, region, true);
  }
  if (plain.features < 12 && other.features < 12 && !plain.best) {
    return {
      ok: false,
      reason: 'no-texture',
      message:
        'The photos show too little detail to be laid over each other; photograph with sharp focus and some landmark (a mole, a fold, the edge of a lip) in the frame.',
      field: 'after',
    };
  }
  return {
    ok: false,
    reason: 'not-aligned',
    message:
      'The later photo cannot be laid over the earlier one with confidence: too few places agree. Photograph the same place again from nearly the same side, in focus, with as much skin around the region as before.',
    field: 'after',
  };
}

function inputProblem({ before, after, mask }: RegistrationInput): RegistrationRefusal | undefined {
  for (const [field, picture] of [
    ['before', before],
    ['after', after],
  ] as const) {
    if (Math.min(picture.widthPx, picture.heightPx) < leastSidePx) {
      return {
        ok: false,
        reason: 'photo-too-small',
        message: `The ${field === 'before' ? 'earlier' : 'later'} photo measures ${picture.widthPx} x ${picture.heightPx} px; at least ${leastSidePx} px a side are needed.`,
        field,
      };
    }
  }
  if (!mask) return undefined;
  if (mask.widthPx !== before.widthPx || mask.heightPx !== before.heightPx) {
    return {
      ok: false,
      reason: 'mask-size',
      message: `The mask measures ${mask.widthPx} x ${mask.heightPx} px, the earlier photo ${before.widthPx} x ${before.heightPx} px; they must be the same.`,
      field: 'mask',
    };
  }
  if (!boxOfMask(mask))
    return {
      ok: false,
      reason: 'region-empty',
      message: 'The mask is empty; white belongs to the region.',
      field: 'mask',
    };
  return undefined;
}

interface Side {
  readonly picture: Picture;
  readonly levels: readonly Plane[];
}

interface Checked {
  readonly h: Homography;
  readonly from: Registration['from'];
  readonly blocks: BlockAgreement;
  readonly pxPerFramePx: number;
}

const shareOf = ({ blocks }: Checked): number => blocks.agreed / Math.max(1, blocks.tried);
const isTrusted = (checked: Checked): boolean =>
  checked.blocks.agreed >= trust.squares && shareOf(checked) >= trust.share01;

function attempt(
  input: RegistrationInput,
  one: Side,
  two: Side,
  region: Box | undefined,
): { best: Checked | undefined; features: number } {
  const centre = region
    ? { x: region.x + region.widthPx / 2, y: region.y + region.heightPx / 2 }
    : { x: one.picture.widthPx / 2, y: one.picture.heightPx / 2 };
  const matches = featureMatches(one, two);
  const starts: { h: Homography; from: Registration['from'] }[] = hypotheses(
    matches,
    centre,
    region ? 1.5 * Math.max(region.widthPx, region.heightPx) : undefined,
    Math.max(one.picture.widthPx, one.picture.heightPx),
  ).map((h) => ({ h, from: 'features' as const }));
  const byFace = input.landmarks && fromLandmarks(input.landmarks, centre);
  if (byFace) starts.push({ h: byFace, from: 'landmarks' });
  starts.push({ h: sameFrame(one.picture, two.picture), from: 'same-frame' });
  let best: Checked | undefined;
  for (const { h, from } of starts) {
    const checked = check(one, two, region, h, from);
    if (checked && (!best || shareOf(checked) * checked.blocks.agreed > shareOf(best) * best.blocks.agreed))
      best = checked;
    if (best && isTrusted(best) && shareOf(best) > 0.6) break;
  }
  return { best, features: matches.length };
}

const featureFramePx = 960;

function featureMatches(one: Side, two: Side): FeatureMatch[] {
  const [a, b] = [one, two].map(({ picture, levels }) => {
    const frame = wholeFrame(picture, featureFramePx);
    const plane = localDetail(seenThrough(levels, frame, identity), 16);
    const { list, descriptors } = findFeatures(plane);
    const s = frame.pxPerFramePx;
    return { list: list.map((f) => ({ ...f, x: f.x * s, y: f.y * s, scalePx: f.scalePx * s })), descriptors };
  });
  return matchFeatures(a, b);
}

/**
 * Each match alone says how the pictures lie to each other (place, size, turn); those that many others confirm are kept,
 * the best few that differ. Matches near the region count most: what is behind a head need not move with it.
 */
function hypotheses(
  matches: readonly FeatureMatch[],
  centre: Point,
  nearPx: number | undefined,
  sidePx: number,
): Homography[] {
  const weights = matches.map(({ a }) =>
    nearPx === undefined
      ? 1
      : 0.1 + Math.exp(-((a.x - centre.x) ** 2 + (a.y - centre.y) ** 2) / (2 * nearPx * nearPx)),
  );
  const pairs = matches.map(({ a, b }, i) => ({ from: a, to: b, weight: weights[i] }));
  const found: { h: Homography; weight: number }[] = [];
  for (const { a, b } of matches) {
    const s = b.scalePx / a.scalePx;
    if (s < 0.3 || s > 3.3) continue;
    const turn = b.angle - a.angle;
    const [c, d] = [s * Math.cos(turn), s * Math.sin(turn)];
    const h: Homography = [c, -d, b.x - c * a.x + d * a.y, d, c, b.y - d * a.x - c * a.y, 0, 0, 1];
    const reach = 0.03 * sidePx * s;
    let weight = 0;
    for (const pair of pairs) {
      const dx = c * pair.from.x - d * pair.from.y + h[2] - pair.to.x;
      const dy = d * pair.from.x + c * pair.from.y + h[5] - pair.to.y;
      if (dx * dx + dy * dy < reach * reach) weight += pair.weight;
    }
    found.push({ h, weight });
  }
  found.sort((x, y) => y.weight - x.weight);
  const out: Homography[] = [];
  for (const { h } of found.slice(0, 200)) {
    if (out.length >= 4) break;
    const { scale } = sizeAndTurn(h, centre);
    const refined = fitRobustly('similarity', pairs, h, 0.015 * sidePx * scale) ?? h;
    const affine = fitRobustly('affine', pairs, refined, 0.008 * sidePx * scale);
    const use = affine && isSane(affine, centre) ? affine : refined;
    const at = project(use, centre);
    const isNew = out.every((other) => {
      const o = project(other, centre);
      return Math.hypot(o.x - at.x, o.y - at.y) > 0.02 * sidePx * scale;
    });
    if (isNew && isSane(use, centre)) out.push(use);
  }
  return out;
}

/** Neither mirrored nor stretched beyond what a camera held otherwise does. */
function isSane(h: Homography, at: Point): boolean {
  const o = project(h, at);
  const r = project(h, { x: at.x + 1, y: at.y });
  const d = project(h, { x: at.x, y: at.y + 1 });
  const [a, c, b, e] = [r.x - o.x, r.y - o.y, d.x - o.x, d.y - o.y];
  const det = a * e - b * c;
  const size = a * a + b * b + c * c + e * e;
  return det > 0.06 && det < 16 && size / (2 * det) < 2;
}

function fromLandmarks(
  { before, after }: NonNullable<RegistrationInput['landmarks']>,
  centre: Point,
): Homography | undefined {
  if (before.length !== after.length || before.length < 6) return undefined;
  const spread = Math.hypot(
    Math.max(...before.map(({ x }) => x)) - Math.min(...before.map(({ x }) => x)),
    Math.max(...before.map(({ y }) => y)) - Math.min(...before.map(({ y }) => y)),
  );
  const pairs = before.map((from, i) => ({
    from,
    to: after[i],
    weight: 0.05 + Math.exp(-((from.x - centre.x) ** 2 + (from.y - centre.y) ** 2) / (0.1 * spread * spread)),
  }));
  const rough = fitRobustly('similarity', pairs, identity, 1e9, 1);
  return rough && fitRobustly('affine', pairs, rough, 0.1 * spread * sizeAndTurn(rough, centre).scale);
}

/** The later picture was framed as the earlier one (by the ghost overlay), at whatever size. */
function sameFrame(before: Picture, after: Picture): Homography {
  const s = Math.min(after.widthPx / before.widthPx, after.heightPx / before.heightPx);
  return [
    s,
    0,
    (after.widthPx - s * before.widthPx) / 2,
    0,
    s,
    (after.heightPx - s * before.heightPx) / 2,
    0,
    0,
    1,
  ];
}

/** Corrects a start by squares around the region, coarse first; undefined when too few are found. */
function check(
  one: Side,
  two: Side,
  region: Box | undefined,
  start: Homography,
  from: Registration['from'],
): Checked | undefined {
  const box = region ? aroundRegion(region, one.picture) : { x: 0, y: 0, ...one.picture };
  let h = start;
  let last: { blocks: BlockAgreement; pxPerFramePx: number } | undefined;
  for (const { longestPx, reachPx, kind } of rounds) {
    const frame = frameOf(box, longestPx);
    const blocks = compareBlocks(
      seenThrough(one.levels, frame, identity),
      seenThrough(two.levels, frame, h),
      reachPx,
      kind,
    );
    if (!blocks) return undefined;
    const toPicture = fromFrame(frame);
    const toFrame = inverted(toPicture);
    if (!toFrame) return undefined;
    const next = composed(h, composed(toPicture, composed(blocks.correction, toFrame)));
    if (
      !next.every(Number.isFinite) ||
      !isSane(next, { x: box.x + box.widthPx / 2, y: box.y + box.heightPx / 2 })
    )
      return undefined;
    h = next;
    last = { blocks, pxPerFramePx: frame.pxPerFramePx };
  }
  return last && { h, from, ...last };
}

const rounds = [
  { longestPx: 300, reachPx: 14, kind: 'affine' },
  { longestPx: 640, reachPx: 7, kind: 'homography' },
  { longestPx: 640, reachPx: 5, kind: 'homography' },
] as const;

/** The region with as much again on every side, at least 260 px. */
function aroundRegion(region: Box, picture: Picture): Box {
  const margin = Math.max(
    region.widthPx,
    region.heightPx,
    (260 - Math.min(region.widthPx, region.heightPx)) / 2,
  );
  return clipBox(
    {
      x: region.x - margin,
      y: region.y - margin,
      widthPx: region.widthPx + 2 * margin,
      heightPx: region.heightPx + 2 * margin,
    },
    picture.widthPx,
    picture.heightPx,
  );
}

function answer(
  { before, after, mmPerPx }: RegistrationInput,
  checked: Checked,
  region: Box | undefined,
  mirrored: boolean,
): Registration | RegistrationRefusal {
  const toBefore = inverted(checked.h);
  const box = region ?? { x: 0, y: 0, widthPx: before.widthPx, heightPx: before.heightPx };
  const centre = { x: box.x + box.widthPx / 2, y: box.y + box.heightPx / 2 };
  if (region) {
    const inside = corners(region).filter((corner) => {
      const { x, y } = project(checked.h, corner);
      return x >= 0 && y >= 0 && x <= after.widthPx && y <= after.heightPx;
    });
    const middle = project(checked.h, centre);
    if (
      inside.length < 3 ||
      !toBefore ||
      middle.x < 0 ||
      middle.y < 0 ||
      middle.x > after.widthPx ||
      middle.y > after.heightPx
    ) {
      return {
        ok: false,
        reason: 'region-out-of-frame',
        message: 'The later photo does not show the whole region; photograph it again with skin all around.',
        field: 'after',
      };
    }
  }
  const believed = checked.blocks.residuals
    .map(({ offPx }) => offPx)
    .filter((offPx) => offPx < 5)
    .sort((a, b) => a - b);
  const at = (share: number) =>
    believed[Math.min(believed.length - 1, Math.floor(share * believed.length))] * checked.pxPerFramePx;
  const errorPx = at(0.5);
  const error95Px = at(0.95);
  const { scale, turnDegrees } = sizeAndTurn(checked.h, centre);
  return {
    ok: true,
    toAfter: checked.h,
    toBefore: toBefore as Homography,
    errorPx,
    error95Px,
    ...(mmPerPx === undefined ? {} : { errorMm: errorPx * mmPerPx, error95Mm: error95Px * mmPerPx }),
    agreement01: shareOf(checked),
    squares: checked.blocks.agreed,
    from: checked.from,
    scale: Math.abs(scale),
    turnDegrees,
    mirrored,
  };
}

const corners = ({ x, y, widthPx, heightPx }: Box): Point[] => [
  { x, y },
  { x: x + widthPx, y },
  { x, y: y + heightPx },
  { x: x + widthPx, y: y + heightPx },
];

function flippedPicture(picture: Picture): Picture {
  const out = createPicture(picture.widthPx, picture.heightPx);
  const from = new Uint32Array(picture.rgba.buffer, picture.rgba.byteOffset, picture.rgba.length / 4);
  const to = new Uint32Array(out.rgba.buffer);
  for (let y = 0; y < picture.heightPx; y++) {
    const row = y * picture.widthPx;
    for (let x = 0; x < picture.widthPx; x++) to[row + picture.widthPx - 1 - x] = from[row + x];
  }
  return out;
}

function flippedLandmarks(
  landmarks: NonNullable<RegistrationInput['landmarks']>,
  after: Picture,
): NonNullable<RegistrationInput['landmarks']> {
  return { ...landmarks, after: landmarks.after.map(({ x, y }) => ({ x: after.widthPx - x, y })) };
}

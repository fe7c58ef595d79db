import type { Mask, Picture, Point } from '../../photo/picture.ts';
import { type HeadModel, type HeadPose, headOf } from '../head.ts';
import { snapLipRegion } from '../lip-region.ts';
import type { Scale } from '../measure.ts';
import {
  createFaceLandmarker,
  type FaceLandmarker,
  type FaceLandmarks,
  type NoLandmarks,
} from './face-landmarker.ts';
import { type HairCover, type HairMap, hairCover, hairMap } from './hair.ts';
import {
  type Hairline,
  type HairlineHead,
  type HairlineProportions,
  hairlineHead,
  proposeHairline,
} from './hairline.ts';
import { irisScale } from './iris.ts';
import type { KernelChoice } from './kernel-choice.ts';
import { snapLipLines } from './lip-snap.ts';
import { lipMask, lipOutlineMask } from './lips.ts';
import { sideHair01 } from './rim.ts';
import { scalpFront, scalpZone } from './scalp.ts';
import { createSilhouette, type Silhouette } from './silhouette.ts';
import { irises, landmarks } from './topology.ts';
import type { LandmarkModels } from './weights.ts';

/** Everything a worker keeps ready; one picture at a time. */
export interface LandmarkTools {
  readonly landmarker: FaceLandmarker;
  readonly silhouette: Silhouette;
}

/** A region found from the face, to be corrected by hand like any other proposal. */
export interface LandmarkProposal {
  readonly ok: true;
  readonly mask: Mask;
  readonly confidence01: number;
  readonly face: FaceLandmarks;
  /** From the irises, at the region's depth; missing when they cannot be measured. */
  readonly scale?: Scale;
  /** What the picture does not show, to be looked at before the region is used. */
  readonly notes: readonly ProposalNote[];
}

export interface ProposalNote {
  /** `lips-faint`: nothing bears out the face's line. `rim-unseen`: little hair told at the sides, which may be shaved. */
  readonly code: 'lips-faint' | 'rim-unseen';
  readonly message: string;
}

const lipsFaint: ProposalNote = {
  code: 'lips-faint',
  message:
    'Lips and skin hardly differ in this photo: the border shown is the line of the face’s points, and is wrong more often than right. Correct it with the brush, or photograph the mouth closer in even light.',
};
const rimUnseen: ProposalNote = {
  code: 'rim-unseen',
  message:
    'Little or no hair was found at the sides of this head. Shaved, white or fair hair cannot be told from bare skin here and counts as bare: take away with the brush what is not bare. Longer hair that is darker than the skin is found more surely.',
};

export interface LipProposal extends LandmarkProposal {
  /**
   * `colour`: the border is the colour's own. `face`: it is that of the face's points, because lips and skin hardly differ or
   * the colour's border is no lips; a confidence below a half then says that nothing in the picture bears it out.
   */
  readonly borderFrom: 'colour' | 'face';
}

/** What a hairline needs to be moved by hand. */
export interface ScalpLine {
  readonly hairline: Hairline;
  readonly on: HairlineHead;
  /** The zone is all above the line; otherwise what is bare of it. */
  readonly isWhole: boolean;
}

/** What of a picture stays when a hairline moves: the zone of any line is cut out of it. */
export interface ScalpGround {
  readonly ok: true;
  readonly silhouette: Mask;
  readonly hair: HairMap;
}

export interface ScalpProposal extends LandmarkProposal {
  readonly hairline: Hairline;
  readonly line: ScalpLine;
  readonly ground: ScalpGround;
  /** The hairline as the zone's border on the skin, see `scalpFront`; pixels. */
  readonly front: readonly Point[];
  /** The head the zone lies on, pixels. */
  readonly head: HeadModel;
  /** What is proposed for treatment: the bare part, or the whole zone where nearly all of it is hair. */
  readonly zone: Mask;
  /** What of the mask is hair now, and what is bare. */
  readonly cover: HairCover;
}

/** Mean distance between the pupils of adults (Dodgson 2004), to draw with where the irises give no scale. */
const pupilDistanceMm = 63;

/**
 * A scalp seen from the front lies some 6 cm behind the eyes; photographs are taken from 0.6 to 2 m, mostly
 * about 1 m. A pixel there covers so much more, give or take.
 */
const scalpFarther = { share: 0.06, sd: 0.04 };

/** Prepares all three models. Throws the codes of `readModel` and `createProgram`. */
export function createLandmarkTools(models: LandmarkModels, kernels?: KernelChoice): LandmarkTools {
  return {
    landmarker: createFaceLandmarker(models, kernels),
    silhouette: createSilhouette(models.silhouette, kernels),
  };
}

/** The lips of the surest face, snapped to the colour's edge, mouth opening left out. */
export function proposeLips(tools: LandmarkTools, picture: Picture): LipProposal | NoLandmarks {
  const face = tools.landmarker.detect(picture);
  if (!face.ok) return face;
  const { mask, borderFrom, confidence01 } = lipsOf(picture, face);
  return {
    ok: true,
    mask,
    borderFrom,
    confidence01: face.confidence01 * confidence01,
    face,
    notes: confidence01 < 0.5 ? [lipsFaint] : [],
    ...scaleOf(face),
  };
}

/** How often each kind of border overlaps the lips by 0.8, on simulated mouths (docs/science/region.md). */
const lipLikelihood = { clearColour: 0.92, colour: 0.65, faceOnColour: 0.55, face: 0.2 };
/** Step of colour, in standard deviations, from which a border is clear, and from which there is one at all. */
const [clearStepSd, leastStepSd] = [1, 0.8];

/**
 * Where lips and skin differ in colour all round, the colour's own border; else the lines of the face's points, each
 * moved where it sees an edge; where the colour says nothing there either, the points as they are.
 */
function lipsOf(
  picture: Picture,
  { points }: FaceLandmarks,
): Pick<LipProposal, 'mask' | 'borderFrom' | 'confidence01'> {
  const lines = snapLipLines(picture, points);
  const ofLines = lipMask(lines, picture);
  const closed = lipMask({ ...lines, innerLower: lines.innerUpper }, picture);
  const opening = { ...closed, alpha: closed.alpha.map((a, p) => Math.max(0, a - ofLines.alpha[p])) };
  const { mask: snapped, stepSd } = snapLipRegion(picture, closed, opening);
  if (!snapped) {
    if (stepSd >= leastStepSd)
      return { mask: ofLines, borderFrom: 'face', confidence01: lipLikelihood.faceOnColour };
    const mask = lipOutlineMask(points, picture);
    return { mask, borderFrom: 'face', confidence01: lipLikelihood.face };
  }
  const alpha = snapped.alpha.map((a, p) => Math.max(0, a - opening.alpha[p]));
  const confidence01 = stepSd >= clearStepSd ? lipLikelihood.clearColour : lipLikelihood.colour;
  return { mask: { ...snapped, alpha }, borderFrom: 'colour', confidence01 };
}

/**
 * The head above the hairline these proportions give, hair and bare skin alike. The scale is that of the irises,
 * carried back to the scalp; what the head's curve turns away from the camera is for `head` to tell.
 */
export function proposeScalp(
  tools: LandmarkTools,
  picture: Picture,
  proportions?: HairlineProportions,
): ScalpProposal | NoLandmarks {
  const face = tools.landmarker.detect(picture);
  if (!face.ok) return face;
  if (Math.abs(poseOf(face).roll) > mostRoll) return notUpright;
  const { scale } = scaleOf(face);
  const mmPerPx = scale?.mmPerPx ?? pupilDistanceMm / pupilDistancePx(face);
  const hairline = proposeHairline(face.points, mmPerPx, proportions);
  const ground = groundOf(tools, picture, face);
  const { silhouette } = ground;
  const mask = scalpZone(silhouette, hairline);
  const cover = hairCover(mask, ground.hair);
  const head = headOf(silhouette, poseOf(face));
  return {
    ok: true,
    mask,
    confidence01: face.confidence01,
    face,
    hairline,
    line: { hairline, on: hairlineHead(face.points, mmPerPx), isWhole: cover.hairShare01 >= mostHair01 },
    ground,
    front: scalpFront(mask, hairline),
    head,
    notes: (sideHair01(mask, cover.hair, head) ?? 1) < leastSideHair01 ? [rimUnseen] : [],
    cover,
    zone: cover.hairShare01 < mostHair01 ? cover.bare : mask,
    ...(scale ? { scale: atScalp(scale) } : {}),
  };
}

export interface MovedScalp {
  readonly ok: true;
  readonly zone: Mask;
  readonly front: readonly Point[];
  /** A hand has drawn on the zone: its additions and removals are there still. */
  readonly isByHand: boolean;
}

/** The ground of a picture whose line was kept and comes back without it. */
export function scalpGround(tools: LandmarkTools, picture: Picture): ScalpGround | NoLandmarks {
  const face = tools.landmarker.detect(picture);
  return face.ok ? groundOf(tools, picture, face) : face;
}

function groundOf(tools: LandmarkTools, picture: Picture, face: FaceLandmarks): ScalpGround {
  const silhouette = tools.silhouette.segment(picture);
  return { ok: true, silhouette, hair: hairMap(picture, face.points, face.eyeDistancePx) };
}

/**
 * The zone again, from the same ground and another hairline. What `region` has more or less than the zone of the line
 * before was drawn by hand, and is drawn on the new zone as well.
 */
export function moveHairline(
  { silhouette, hair }: ScalpGround,
  { region, line, to }: { region: Mask; line: ScalpLine; to: Hairline },
): MovedScalp {
  const zoneOf = (hairline: Hairline) => {
    const above = scalpZone(silhouette, hairline);
    return line.isWhole ? above : hairCover(above, hair).bare;
  };
  return { ok: true, ...redrawn(region, zoneOf(line.hairline), zoneOf(to)), front: scalpFront(region, to) };
}

/** Puts what a hand drew on one zone on another. */
export function redrawn(
  region: Mask,
  was: Mask,
  is: Mask,
): { readonly zone: Mask; readonly isByHand: boolean } {
  const alpha = is.alpha.map((value, p) =>
    Math.max(0, Math.min(255, value + region.alpha[p] - was.alpha[p])),
  );
  const isByHand = region.alpha.some((value, p) => value !== was.alpha[p]);
  return { zone: { ...is, alpha }, isByHand };
}

/** The silhouette is learned on people upright; beyond half a right angle it takes the background for the head. */
const mostRoll = Math.PI / 4;
const notUpright: NoLandmarks = {
  ok: false,
  reason: 'not-upright',
  message:
    'The head in this photo is not upright, so its outline cannot be found. Turn the photo until the eyes are level, or mark the region with tap and brush.',
};

/**
 * Sides with less hair than this show no whole rim: 11 of 12 simulated heads that are shaved there, 3 of 24 others
 * (docs/science/region.md).
 */
const leastSideHair01 = 0.6;

/** Above this there is no bare zone to speak of: what is wanted is more density among the hair. */
const mostHair01 = 0.95;

function poseOf(face: FaceLandmarks): HeadPose {
  const { points } = face;
  const [right, left] = [3 * landmarks.rightEyeOuterCorner, 3 * landmarks.leftEyeOuterCorner];
  const [dx, dy, dz] = [0, 1, 2].map((axis) => points[left + axis] - points[right + axis]);
  return {
    roll: Math.atan2(dy, dx),
    // Points count depth away from the camera.
    yaw: Math.atan2(-dz, Math.hypot(dx, dy)),
    glabella: { x: points[3 * landmarks.glabella], y: points[3 * landmarks.glabella + 1] },
    pupilDistance: pupilDistancePx(face),
  };
}

function scaleOf(face: FaceLandmarks): { scale?: Scale } {
  const found = irisScale(face.points);
  return found.ok ? { scale: { mmPerPx: found.mmPerPx, relativeSd: found.relativeSd } } : {};
}

/** The scale of the irises carried back to the scalp. */
export function atScalp({ mmPerPx, relativeSd }: Scale): Scale {
  return { mmPerPx: mmPerPx * (1 + scalpFarther.share), relativeSd: Math.hypot(relativeSd, scalpFarther.sd) };
}

/** In space, so that a turned head does not look narrower. */
function pupilDistancePx({ points }: FaceLandmarks): number {
  const [a, b] = [3 * irises.right[0], 3 * irises.left[0]];
  return Math.hypot(points[a] - points[b], points[a + 1] - points[b + 1], points[a + 2] - points[b + 2]);
}

import { createPixelKernels } from '../kernels/index.ts';
import { boxMean } from '../photo/filter.ts';
import { createMask, type Mask, type Picture } from '../photo/picture.ts';
import { dropSpecks, paintEdge } from './edge.ts';
import { type Features, featuresOf, smoothFeatures } from './features.ts';
import { boundsOfCells, fillHoles, intersectionOverUnion, squaredDistanceTo } from './mask.ts';
import { withoutShading } from './shading.ts';
import { snapToBorder } from './snap.ts';
import { alongStroke, sdLn } from './stroke-axis.ts';

/** Cells across the box about the lips. */
const cellsAcross = 180;
/** How far lips may reach beyond what was found first, and how deep they surely are lips, in half heights of it. */
const reachOut = 0.7;
const sure = 0.45;
/** Less overlap than this with what the face's points say is no finding. */
const leastShared = 0.5;
/**
 * Outline squared over area, against that of what the face's points say: more is torn, and no lips. On 74 simulated mouths the
 * colour’s border was better than the points’ on 51 of 55 below, and worse on 16 of 19 above (docs/science/region.md).
 */
const mostTorn = 1.35;
/** Cells about the border over which its two sides are compared. */
const besideCells = 4;

export interface LipRegion {
  /** Where the colour puts the lips; missing where it does not speak, or says what is no lips. */
  readonly mask?: Mask;
  /**
   * Step of colour across the border that stands, the found one or else the rough one, in standard deviations of either side:
   * a quarter of the border has less. 0 where lips and skin do not differ.
   */
  readonly stepSd: number;
}

/**
 * Lips, the mouth's opening filled, moved to where the colour of their middle ends: on the one axis of colour on which middle
 * and surround differ (`alongStroke`).
 */
export function snapLipRegion(picture: Picture, rough: Mask, opening: Mask): LipRegion {
  const covered = rough.alpha.map((a) => (a >= 128 ? 1 : 0));
  const lips = boundsOfCells(covered, rough, 0);
  const box = boundsOfCells(covered, rough, Math.round(0.45 * lips.widthPx));
  const cellPx = Math.max(1, Math.ceil(Math.max(box.widthPx, box.heightPx) / cellsAcross));
  const cells = smoothFeatures(featuresOf(picture, box, cellPx), 1);
  const { widthPx, heightPx } = cells;
  const inCells = ({ alpha }: Mask) =>
    Uint8Array.from({ length: widthPx * heightPx }, (_, c) => {
      const x = box.x + (c % widthPx) * cellPx + (cellPx >> 1);
      const y = box.y + Math.floor(c / widthPx) * cellPx + (cellPx >> 1);
      return alpha[y * rough.widthPx + x] >= 128 ? 1 : 0;
    });
  const start = inCells(rough);
  // Teeth and the dark of an open mouth are no lip's colour.
  const open = inCells(opening);
  const toIn = squaredDistanceTo(start, widthPx, heightPx).map(Math.sqrt);
  const toOut = squaredDistanceTo(
    start.map((v) => 1 - v),
    widthPx,
    heightPx,
  ).map(Math.sqrt);
  const half = toOut.reduce((most, v) => Math.max(most, v), 0);
  if (half < 3) return { stepSd: 0 };
  // As if a brush of the lips' half height had been drawn along their middle.
  const toLine = toIn.map((far, c) => (start[c] ? half - toOut[c] : half + far));
  const kernels = createPixelKernels();
  const flat = withoutShading(cells, kernels);
  // Lipstick is redder than skin can be: inside what was found first everything counts but the opening.
  const skin = flat.skin.map((is, c) => (open[c] ? 0 : start[c] | is));
  const axis = alongStroke(picture, { ...flat, skin }, toLine, half);
  if (!axis) return { stepSd: 0 };
  // The opening holds the two lips of an open mouth together.
  const pinned = Uint8Array.from(toLine, (far, c) =>
    open[c] || far <= sure * half ? 2 : far >= (1 + reachOut) * half ? 1 : 0,
  );
  const { inside } = snapToBorder(
    axis,
    start,
    { windowPx: Math.max(3, Math.round(half)), rounds: 15, inside: 'lighter', pinned },
    kernels,
  );
  fillHoles(inside, widthPx, heightPx, 4 * half * half);
  dropSpecks(inside, cells, 0.3);
  const found = createMask(picture.widthPx, picture.heightPx);
  paintEdge(found, picture, cells, inside, kernels);
  const isLips =
    outlineOverArea(inside, widthPx) < mostTorn * outlineOverArea(start, widthPx) &&
    intersectionOverUnion(found, rough) >= leastShared;
  const stepSd = weakStep(axis, isLips ? inside : start) / sdLn;
  return isLips ? { mask: found, stepSd } : { stepSd };
}

/** Cells of a region that have a neighbour outside. */
function borderCells(inside: Uint8Array, widthPx: number): number[] {
  const cells: number[] = [];
  for (let c = widthPx; c < inside.length - widthPx; c++)
    if (inside[c] && !(inside[c - 1] && inside[c + 1] && inside[c - widthPx] && inside[c + widthPx]))
      cells.push(c);
  return cells;
}

function outlineOverArea(inside: Uint8Array, widthPx: number): number {
  const area = inside.reduce((sum, v) => sum + v, 0);
  return area === 0 ? Number.POSITIVE_INFINITY : borderCells(inside, widthPx).length ** 2 / area;
}

/** Local step of light from outside to inside that a quarter of the border does not reach; 0 where skin lies on neither side. */
function weakStep({ light, skin, widthPx, heightPx }: Features, inside: Uint8Array): number {
  const mean = (side: number): [Float32Array, Float32Array] => {
    const weight = Float32Array.from(inside, (v, c) => (v === side && skin[c] ? 1 : 0));
    const sum = weight.map((w, c) => w * light[c]);
    return [weight, sum].map((plane) => boxMean(plane, widthPx, heightPx, besideCells)) as [
      Float32Array,
      Float32Array,
    ];
  };
  const [[inWeight, inSum], [outWeight, outSum]] = [mean(1), mean(0)];
  const steps = borderCells(inside, widthPx)
    .filter((c) => inWeight[c] > leastBeside && outWeight[c] > leastBeside)
    .map((c) => inSum[c] / inWeight[c] - outSum[c] / outWeight[c])
    .sort((a, b) => a - b);
  return steps[Math.floor(0.25 * (steps.length - 1))] ?? 0;
}

/** Share of a window that must be skin on one side of the border to speak for it. */
const leastBeside = 0.05;

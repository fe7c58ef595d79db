import { createPixelKernels } from '../kernels/index.ts';
import { createMask, type Mask, type Picture } from '../photo/picture.ts';
import { dropSpecks, paintEdge } from './edge.ts';
import { featuresOf, smoothFeatures } from './features.ts';
import { boundsOfCells, fillHoles, intersectionOverUnion, squaredDistanceTo } from './mask.ts';
import { withoutShading } from './shading.ts';
import { snapToBorder } from './snap.ts';
import { alongStroke } from './stroke-axis.ts';

/** Cells across the box about the lips. */
const cellsAcross = 180;
/** How far lips may reach beyond what was found first, and how deep they surely are lips, in half heights of it. */
const reachOut = 0.7;
const sure = 0.45;
/** Less overlap than this with what the face's points say is no finding. */
const leastShared = 0.5;

/**
 * Lips, the mouth's opening filled, moved to where the colour of their middle ends: on the one axis of colour on which middle
 * and surround differ (`alongStroke`). `undefined` where these do not differ or the answer is no lips.
 */
export function snapLipRegion(picture: Picture, rough: Mask, opening: Mask): Mask | undefined {
  const covered = Uint8Array.from(rough.alpha, (a) => (a >= 128 ? 1 : 0));
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
    Uint8Array.from(start, (v) => 1 - v),
    widthPx,
    heightPx,
  ).map(Math.sqrt);
  const half = toOut.reduce((most, v) => Math.max(most, v), 0);
  if (half < 3) return undefined;
  // As if a brush of the lips' half height had been drawn along their middle.
  const toLine = toIn.map((far, c) => (start[c] ? half - toOut[c] : half + far));
  const kernels = createPixelKernels();
  const flat = withoutShading(cells, kernels);
  const skin = flat.skin.map((is, c) => (open[c] ? 0 : is));
  const axis = alongStroke(picture, { ...flat, skin }, toLine, half);
  if (!axis) return undefined;
  const pinned = Uint8Array.from(toLine, (far) =>
    far <= sure * half ? 2 : far >= (1 + reachOut) * half ? 1 : 0,
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
  return intersectionOverUnion(found, rough) < leastShared ? undefined : found;
}

import type { PixelKernels } from '../kernels/index.ts';
import { boundsOf, createMask, grownBox, type Mask, type Picture } from '../photo/picture.ts';
import { dropSpecks, paintEdge } from './edge.ts';
import { featuresOf, smoothFeatures } from './features.ts';
import { fillHoles, inverted, squaredDistanceTo } from './mask.ts';
import { snapToBorder } from './snap.ts';

export interface RefineOptions {
  readonly inside: 'lighter' | 'any';
  /** 0 keeps the surest core, 0.5 the found border, 1 takes in the doubtful. */
  readonly level01: number;
}

/** Cells across the box in which the final border is drawn. */
const cellsAcross = 240;
/** Evidence, in nats, that the slider's ends ask for or forgive. */
const levelNats = 4;

/**
 * Draws the border of a rough region again on a fine grid, near the rough one only, and gives it the soft edge the
 * picture has (guided filter).
 */
export function refineRegion(
  picture: Picture,
  rough: Mask,
  options: RefineOptions,
  kernels: PixelKernels,
): Mask {
  const bounds = boundsOf(rough);
  if (!bounds) return rough;
  let areaPx = 0;
  for (let p = 0; p < rough.alpha.length; p++) if (rough.alpha[p] >= 128) areaPx++;
  const radiusPx = Math.sqrt(areaPx / Math.PI);
  const marginPx = Math.max(8, Math.round(radiusPx * 0.5));
  const box = grownBox(bounds, marginPx, picture);
  const cellPx = Math.max(1, Math.ceil(Math.max(box.widthPx, box.heightPx) / cellsAcross));
  const features = smoothFeatures(featuresOf(picture, box, cellPx), 1);
  const { widthPx, heightPx } = features;
  const start = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const p = (box.y + y * cellPx + (cellPx >> 1)) * picture.widthPx + box.x + x * cellPx + (cellPx >> 1);
      start[y * widthPx + x] = rough.alpha[p] >= 128 ? 1 : 0;
    }
  }
  const radius = radiusPx / cellPx;
  const reach2 = Math.max(3, radius * 0.22) ** 2;
  const toIn = squaredDistanceTo(start, widthPx, heightPx);
  const toOut = squaredDistanceTo(inverted(start), widthPx, heightPx);
  const pinned = new Uint8Array(start.length);
  for (let p = 0; p < start.length; p++) {
    if ((start[p] ? toOut[p] : toIn[p]) > reach2) pinned[p] = start[p] ? 2 : 1;
  }
  const snapped = snapToBorder(
    features,
    start,
    { windowPx: Math.max(3, Math.round(radius * 0.25)), rounds: 8, inside: options.inside, pinned },
    kernels,
  );
  const wanted = (0.5 - options.level01) * 2 * levelNats;
  const inside = snapped.inside;
  if (options.level01 !== 0.5) {
    for (let p = 0; p < inside.length; p++) {
      if (pinned[p] === 0) inside[p] = snapped.evidence[p] > wanted ? 1 : 0;
    }
  }
  fillHoles(inside, widthPx, heightPx, Math.PI * Math.max(3, radius * 0.3) ** 2);
  dropSpecks(inside, features, 0.015);
  const out = createMask(picture.widthPx, picture.heightPx);
  paintEdge(out, picture, features, inside, kernels);
  return out;
}

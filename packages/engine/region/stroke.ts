import { type Box, clipBox, type Mask, type Picture } from '../photo/picture.ts';
import { featuresOf, smoothFeatures } from './features.ts';
import { type Stroke, strokeMask } from './mask.ts';
import { withoutShading } from './shading.ts';
import { snapToBorder } from './snap.ts';

export interface StrokeOptions {
  /** `false` leaves the brush's own outline: for scars, lips and anything without a border of colour. */
  readonly snap?: boolean;
  readonly inside?: 'lighter' | 'any';
}

/** Cells across the box that is looked at again after a stroke: enough for a border, quick enough for a pen. */
const cellsAcross = 220;

/**
 * A mask after one rough stroke: what the brush covered joins or leaves, and the outline near the stroke then snaps
 * to the nearest border of colour on either side of it. Far from the stroke nothing changes. The middle third of
 * the brush is taken at its word.
 */
export function applyStroke(picture: Picture, mask: Mask, stroke: Stroke, options: StrokeOptions = {}): Mask {
  const brushed = strokeMask(mask.widthPx, mask.heightPx, stroke);
  const alpha = new Uint8Array(mask.alpha);
  const value = stroke.mode === 'add' ? 255 : 0;
  for (let p = 0; p < alpha.length; p++) if (brushed.alpha[p]) alpha[p] = value;
  const rough: Mask = { ...mask, alpha };
  if (options.snap === false || stroke.points.length === 0) return rough;

  const reachPx = stroke.radiusPx * 1.6;
  const box = strokeBox(picture, stroke, reachPx);
  if (box.widthPx < 8 || box.heightPx < 8) return rough;
  const cellPx = Math.max(1, Math.ceil(Math.max(box.widthPx, box.heightPx) / cellsAcross));
  const features = withoutShading(smoothFeatures(featuresOf(picture, box, cellPx), 1));
  const { widthPx, heightPx } = features;
  const core = strokeMask(mask.widthPx, mask.heightPx, { ...stroke, radiusPx: stroke.radiusPx / 3 });
  const near = strokeMask(mask.widthPx, mask.heightPx, { ...stroke, radiusPx: reachPx * 0.9 });
  const start = new Uint8Array(widthPx * heightPx);
  const pinned = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const c = y * widthPx + x;
      const px = Math.min(mask.widthPx - 1, box.x + x * cellPx + (cellPx >> 1));
      const p = Math.min(mask.heightPx - 1, box.y + y * cellPx + (cellPx >> 1)) * mask.widthPx + px;
      start[c] = alpha[p] >= 128 ? 1 : 0;
      if (core.alpha[p]) pinned[c] = stroke.mode === 'add' ? 2 : 1;
      else if (!near.alpha[p]) pinned[c] = start[c] + 1;
    }
  }
  const snapped = snapToBorder(features, start, {
    windowPx: Math.max(3, Math.round((stroke.radiusPx * 0.6) / cellPx)),
    rounds: 10,
    smoothPx: 1,
    inside: options.inside ?? 'lighter',
    pinned,
  });
  for (let y = 0; y < heightPx * cellPx; y++) {
    for (let x = 0; x < widthPx * cellPx; x++) {
      const c = Math.floor(y / cellPx) * widthPx + Math.floor(x / cellPx);
      const p = (box.y + y) * mask.widthPx + box.x + x;
      if (near.alpha[p]) alpha[p] = snapped.inside[c] ? 255 : 0;
    }
  }
  return rough;
}

/** The box around a stroke and what its snapping may look at. */
function strokeBox(picture: Picture, stroke: Stroke, reachPx: number): Box {
  const xs = stroke.points.map((p) => p.x);
  const ys = stroke.points.map((p) => p.y);
  const x = Math.min(...xs) - reachPx;
  const y = Math.min(...ys) - reachPx;
  return clipBox(
    { x, y, widthPx: Math.max(...xs) + reachPx - x, heightPx: Math.max(...ys) + reachPx - y },
    picture.widthPx,
    picture.heightPx,
  );
}

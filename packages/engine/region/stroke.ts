import { createPixelKernels } from '../kernels/index.ts';
import { boxMean } from '../photo/filter.ts';
import { type Box, clipBox, createMask, type Mask, type Picture, type Point } from '../photo/picture.ts';
import { dropSpecks, paintEdge } from './edge.ts';
import { type Features, featuresOf, paleness, smoothFeatures } from './features.ts';
import { type Stroke, squaredDistanceTo, strokeMask } from './mask.ts';
import { keepOrOverrule } from './overrule.ts';
import { withoutShading } from './shading.ts';
import { snapToBorder } from './snap.ts';
import { alongStroke } from './stroke-axis.ts';

export interface StrokeOptions {
  /** `false` leaves the brush's own outline: for scars, lips and anything without a border of colour. */
  readonly snap?: boolean;
  readonly inside?: 'lighter' | 'any';
  /** The mask is a proposal that nobody has touched: a stroke over it that adds may overrule it. */
  readonly isProposal?: boolean;
}

/** Cells across the box that is looked at again after a stroke: enough for a border, quick enough for a pen. */
const cellsAcross = 180;

/** How far from what the brush changed the border may move, in brush radii. */
const reachOfChange = 0.6;
/** How far from the brush's line anything may change, in brush radii. */
const reachOfBrush = 1.44;
/** Width over which new and old coverage meet, in brush radii. */
const seam = 0.15;

/**
 * A mask after one rough stroke: what the brush covered joins or leaves, and the outline near it then snaps to the
 * nearest border of colour on either side. Where the brush passes over what already is as it says, and far from the
 * stroke, nothing changes: a border found before is not lost. The middle third of the brush is taken at its word,
 * except where it looks like the far side of the border rather than like most of the stroke: a hand overshoots.
 */
export function applyStroke(picture: Picture, mask: Mask, stroke: Stroke, options: StrokeOptions = {}): Mask {
  const laidOn = snapped(picture, mask, stroke, options);
  const { isProposal = false, snap = true, inside = 'lighter' } = options;
  if (!isProposal || !snap || inside === 'any' || stroke.mode === 'remove') return laidOn;
  const nothing = createMask(mask.widthPx, mask.heightPx);
  return keepOrOverrule(picture, mask, stroke, laidOn, () => snapped(picture, nothing, stroke, options));
}

function snapped(picture: Picture, mask: Mask, stroke: Stroke, options: StrokeOptions): Mask {
  const out: Mask = { ...mask, alpha: new Uint8Array(mask.alpha) };
  const add = stroke.mode === 'add';
  const box = strokeBox(picture, stroke, stroke.radiusPx * 1.6);
  if (options.snap === false || box.widthPx < 8 || box.heightPx < 8) {
    paintOver(out, stroke);
    return out;
  }

  const cellPx = Math.max(1, Math.ceil(Math.max(box.widthPx, box.heightPx) / cellsAcross));
  const cells = smoothFeatures(featuresOf(picture, box, cellPx), 1);
  const { widthPx, heightPx } = cells;
  const radius = stroke.radiusPx / cellPx;
  const line = stroke.points.map((p) => ({ x: (p.x - box.x) / cellPx, y: (p.y - box.y) / cellPx }));
  const toLine = distanceToLine(widthPx, heightPx, line, radius * 1.6);
  const start = new Uint8Array(widthPx * heightPx);
  const changed = new Uint8Array(widthPx * heightPx);
  let changes = 0;
  for (let y = 0, c = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, c++) {
      const px = box.x + x * cellPx + (cellPx >> 1);
      const py = box.y + y * cellPx + (cellPx >> 1);
      start[c] = mask.alpha[py * mask.widthPx + px] >= 128 ? 1 : 0;
      if (toLine[c] <= Math.max(radius, 0.71) && start[c] !== (add ? 1 : 0)) {
        start[c] = add ? 1 : 0;
        changed[c] = 1;
        changes++;
      }
    }
  }
  if (changes === 0) return out;

  const kernels = createPixelKernels();
  const flat = withoutShading(cells, kernels);
  const side = options.inside ?? 'lighter';
  const axis = side === 'any' ? alongStroke(picture, flat, toLine, radius) : undefined;
  if (side === 'any' && !axis) {
    paintOver(out, stroke);
    return out;
  }
  const overshot = side === 'any' ? undefined : overshoot(flat, toLine, radius, start, changed, add);
  const toChange = squaredDistanceTo(changed, widthPx, heightPx);
  const pinned = new Uint8Array(start.length);
  const weight01 = new Float32Array(start.length);
  for (let c = 0; c < start.length; c++) {
    const slack = Math.min(
      reachOfBrush * radius - toLine[c],
      reachOfChange * radius - Math.sqrt(toChange[c]),
    );
    weight01[c] = Math.min(1, Math.max(0, slack / (seam * radius)));
    if (overshot?.[c]) start[c] = add ? 0 : 1;
    else if (toLine[c] <= radius / 3) pinned[c] = add ? 2 : 1;
    else if (slack <= 0) pinned[c] = start[c] + 1;
  }
  const regionRadius = Math.sqrt(start.reduce((sum, v) => sum + v, 0) / Math.PI);
  const windowPx = Math.max(3, Math.round(Math.max(radius * 0.6, regionRadius * (axis ? 0.6 : 0.35))));
  const towards = axis ? (add ? 'lighter' : 'any') : side;
  const { inside } = snapToBorder(
    axis ?? flat,
    start,
    { windowPx, rounds: 10, inside: towards, pinned },
    kernels,
  );
  dropSpecks(inside, cells, axis ? 0.06 : 0.02, pinned);
  paintEdge(out, picture, cells, inside, kernels, weight01);
  if (!overshot) paintOver(out, { ...stroke, radiusPx: stroke.radiusPx / 3 });
  return out;
}

/** Least difference in paleness (ln) between a stroke and what lies beside it that tells its overshoot from the rest. */
const leastDifference = 0.05;
/** A cell of the stroke nearer than this share of the way from the skin beside it to the stroke's own is overshoot. */
const overshootShare = 0.7;

/**
 * Which of the cells a stroke changed look like what lies across the border instead: they differ less from what lies
 * beside the stroke than its middle does, both from all of it and from the part near them (light falls off across a
 * patch; the difference to its own neighbourhood does not). `undefined` where stroke and surround do not differ as
 * they should, or too few cells say so: then the stroke means what it covers.
 */
function overshoot(
  flat: Features,
  toLine: Float32Array,
  radius: number,
  start: Uint8Array,
  changed: Uint8Array,
  add: boolean,
): Uint8Array | undefined {
  const { widthPx, heightPx, skin } = flat;
  const sign = add ? 1 : -1;
  const pale = (c: number): number => sign * paleness(flat, c);
  const weight = new Float32Array(start.length);
  const nearby = new Float32Array(start.length);
  const beside: number[] = [];
  for (let c = 0; c < start.length; c++) {
    if (!skin[c] || start[c] !== (add ? 0 : 1)) continue;
    if (toLine[c] <= 1.1 * radius || toLine[c] >= 1.6 * radius) continue;
    weight[c] = 1;
    nearby[c] = pale(c);
    beside.push(nearby[c]);
  }
  const windowPx = Math.round(2 * radius);
  boxMean(weight, widthPx, heightPx, windowPx, weight);
  boxMean(nearby, widthPx, heightPx, windowPx, nearby);
  const isNear = (c: number): boolean => weight[c] > 0.01;
  const step = (c: number): number => pale(c) - nearby[c] / weight[c];
  const painted: number[] = [];
  const steps: number[] = [];
  for (let c = 0; c < start.length; c++) {
    if (!skin[c] || toLine[c] > radius / 3) continue;
    painted.push(pale(c));
    if (isNear(c)) steps.push(step(c));
  }
  if (beside.length < 20 || steps.length < 8) return undefined;
  // More than half of a rough stroke lies where it should: its upper three fifths speak for it.
  const meant = quantile(painted, 0.6);
  const meantStep = quantile(steps, 0.6);
  const other = quantile(beside, 0.5);
  if (meantStep < leastDifference) return undefined;
  // In strong shading the whole stroke may be no paler than all of its surround; then only what is near speaks.
  const cut = meant - other < leastDifference ? Infinity : other + overshootShare * (meant - other);
  return changed.map((v, c) =>
    v && isNear(c) && step(c) < overshootShare * meantStep && pale(c) < cut ? 1 : 0,
  );
}

function quantile(values: number[], share: number): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length * share)];
}

/** What the brush covers joins or leaves the mask, in place. */
function paintOver({ widthPx, heightPx, alpha }: Mask, stroke: Stroke): void {
  const { alpha: brushed } = strokeMask(widthPx, heightPx, stroke);
  for (let p = 0; p < brushed.length; p++) {
    if (stroke.mode === 'add') alpha[p] = Math.max(alpha[p], brushed[p]);
    else alpha[p] = Math.min(alpha[p], 255 - brushed[p]);
  }
}

/** Distance of each cell's centre to a line, in cells; Infinity beyond `reach`. */
function distanceToLine(
  widthPx: number,
  heightPx: number,
  line: readonly Point[],
  reach: number,
): Float32Array {
  const out = new Float32Array(widthPx * heightPx).fill(Infinity);
  for (let k = 0; k < line.length; k++) {
    const from = line[Math.max(0, k - 1)];
    const dx = line[k].x - from.x;
    const dy = line[k].y - from.y;
    const length2 = dx * dx + dy * dy;
    const x0 = Math.max(0, Math.floor(Math.min(from.x, line[k].x) - reach));
    const x1 = Math.min(widthPx - 1, Math.ceil(Math.max(from.x, line[k].x) + reach));
    const y0 = Math.max(0, Math.floor(Math.min(from.y, line[k].y) - reach));
    const y1 = Math.min(heightPx - 1, Math.ceil(Math.max(from.y, line[k].y) + reach));
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const px = x + 0.5 - from.x;
        const py = y + 0.5 - from.y;
        const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
        const d = Math.sqrt((px - t * dx) ** 2 + (py - t * dy) ** 2);
        if (d < out[y * widthPx + x]) out[y * widthPx + x] = d;
      }
    }
  }
  return out;
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

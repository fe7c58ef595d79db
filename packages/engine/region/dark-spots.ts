import { median } from '../photo/colour.ts';
import { boxMean } from '../photo/filter.ts';
import {
  type Box,
  boundsOf,
  clipBox,
  cropMask,
  cropPicture,
  grownBox,
  type Mask,
  type Picture,
} from '../photo/picture.ts';
import { type Features, featuresOf } from './features.ts';
import { connectedPieces, strokeMask } from './mask.ts';

/** A small dark place in a region: a mole, a lentigo, an island of pigment, or dirt. Somebody must look at it. */
export interface DarkSpot {
  /** Centre, pixels of the picture. */
  readonly x: number;
  readonly y: number;
  /** Of the circle of equal area where darkness is at its half, pixels. */
  readonly diameterPx: number;
  /** How much darker than the skin around it, natural log of linear light averaged over red, green and blue. */
  readonly darkerLn: number;
}

export interface DarkSpotOptions {
  readonly mmPerPx?: number;
  /** Lips: the gap between them is no part of the region, and shadow is no spot. */
  readonly isLip?: boolean;
}

/** Diameters of moles that are looked for, mm. Stubble, pores and freckles lie below, shadows above. */
const diameterMm = { least: 1.8, most: 14 } as const;
/** Without a scale: shares of the region's width. */
const diameterShare = { least: 0.025, most: 0.35 } as const;
/** Least diameter that has a shape at all, pixels. */
const leastPx = 5;
/** Between lips and in the corners of a mouth it is darker than a lentigo can be (10 photographs: 1.5 to 3.8). */
const mostDarkerOnLipLn = 1.4;
/** The least darkness looked at; skin's own mottling stays below… */
const leastDarkerLn = 0.3;
/** …and how many times the unevenness of the skin around it. */
const timesNoise = 4;
/** Longest against shortest axis: strands of hair, folds and scratches lie above. */
const mostStretched = 2;
/** Share of a spot's outline on the region's rim above which it is compared with the skin beyond, too. */
const mostAtRim = 0.15;
/** Cells across the box that is searched. */
const cellsAcross = 900;
/** What is left free around a spot that is left out, mm; as a share of its diameter without a scale. */
const marginMm = 2;
const marginShare = 0.5;

/** Diameters looked for in a region, and the rectangle of the picture that is looked at; undefined where there is none. */
function extentOf(
  mask: Mask,
  mmPerPx: number | undefined,
): { readonly least: number; readonly most: number; readonly box: Box } | undefined {
  const bounds = boundsOf(mask);
  if (!bounds) return undefined;
  const widthPx = Math.min(bounds.widthPx, bounds.heightPx);
  const least = Math.max(leastPx, mmPerPx ? diameterMm.least / mmPerPx : diameterShare.least * widthPx);
  const most = Math.min(0.6 * widthPx, mmPerPx ? diameterMm.most / mmPerPx : diameterShare.most * widthPx);
  return most < least ? undefined : { least, most, box: grownBox(bounds, Math.ceil(most), mask) };
}

/** A region with as much of its picture as the search looks at, and where that lay. */
export interface SpotField {
  readonly picture: Picture;
  readonly mask: Mask;
  readonly at: { readonly x: number; readonly y: number };
}

/**
 * What {@link findDarkSpots} needs of a picture, so that no more has to be sent to a worker: the same spots are found in it,
 * `at` to the left and up. Undefined where no spot can be found.
 */
export function spotField(picture: Picture, mask: Mask, mmPerPx?: number): SpotField | undefined {
  const extent = extentOf(mask, mmPerPx);
  if (!extent) return undefined;
  const { box } = extent;
  return { picture: cropPicture(picture, box), mask: cropMask(mask, box), at: { x: box.x, y: box.y } };
}

/**
 * Small, dark, compact places inside a region, darkest first; holes of the region count as inside until a margin around the
 * spot is free, too. No diagnosis: what
 * they are is for whoever looks at the skin (gate G03: a mole or suspicious lesion in the field stops the treatment).
 */
export function findDarkSpots(
  picture: Picture,
  mask: Mask,
  { mmPerPx, isLip = false }: DarkSpotOptions = {},
): DarkSpot[] {
  const extent = extentOf(mask, mmPerPx);
  if (!extent) return [];
  const { least, most, box } = extent;
  const cellPx = Math.max(
    1,
    Math.min(Math.ceil(Math.max(box.widthPx, box.heightPx) / cellsAcross), Math.floor(least / leastPx)),
  );
  const features = featuresOf(picture, box, cellPx);
  const inside = insideOf(mask, features, !isLip);
  const spots: DarkSpot[] = [];
  for (const place of candidates(features, inside, least / 2 / cellPx, most / 2 / cellPx)) {
    const taken = spots.some(
      ({ x, y, diameterPx }) =>
        Math.hypot(x - (box.x + (place.x + 0.5) * cellPx), y - (box.y + (place.y + 0.5) * cellPx)) <
        0.8 * diameterPx,
    );
    const spot = taken ? undefined : lookAt(features, inside, place);
    if (!spot || spot.diameterPx < least || spot.diameterPx > most) continue;
    if (isLip && spot.darkerLn > mostDarkerOnLipLn) continue;
    if (!isLeftOut(mask, spot, mmPerPx)) spots.push(spot);
  }
  return spots.sort((one, other) => other.darkerLn - one.darkerLn);
}

/** The region without the spots and a margin of skin around each; the mask given is not changed. */
export function leaveOut(mask: Mask, spots: readonly DarkSpot[], mmPerPx?: number): Mask {
  const alpha = new Uint8Array(mask.alpha);
  for (const { x, y, diameterPx } of spots) {
    const radiusPx = withMargin(diameterPx, mmPerPx);
    const disc = strokeMask(mask.widthPx, mask.heightPx, { mode: 'remove', points: [{ x, y }], radiusPx });
    for (let p = 0; p < alpha.length; p++) alpha[p] = Math.min(alpha[p], 255 - disc.alpha[p]);
  }
  return { ...mask, alpha };
}

const withMargin = (diameterPx: number, mmPerPx?: number) =>
  diameterPx / 2 + (mmPerPx ? marginMm / mmPerPx : marginShare * diameterPx);

/** Whether nothing of the region comes near: a pixel or two of a circle do not count. */
function isLeftOut(mask: Mask, { x, y, diameterPx }: DarkSpot, mmPerPx?: number): boolean {
  const radiusPx = 0.85 * withMargin(diameterPx, mmPerPx);
  const box = clipBox(
    { x: x - radiusPx, y: y - radiusPx, widthPx: 2 * radiusPx, heightPx: 2 * radiusPx },
    mask.widthPx,
    mask.heightPx,
  );
  for (let py = box.y; py < box.y + box.heightPx; py++) {
    for (let px = box.x; px < box.x + box.widthPx; px++) {
      if (Math.hypot(px + 0.5 - x, py + 0.5 - y) > radiusPx) continue;
      if (mask.alpha[py * mask.widthPx + px] >= 128) return false;
    }
  }
  return true;
}

/** Cells of the region; with its holes: all that cannot be reached from the box's rim without crossing it. */
function insideOf(mask: Mask, { box, cellPx, widthPx, heightPx }: Features, withHoles: boolean): Uint8Array {
  const half = cellPx >> 1;
  const outside = Uint8Array.from({ length: widthPx * heightPx }, (_, c) => {
    const x = box.x + (c % widthPx) * cellPx + half;
    const y = box.y + Math.floor(c / widthPx) * cellPx + half;
    return mask.alpha[y * mask.widthPx + x] >= 128 ? 0 : 1;
  });
  if (!withHoles) return outside.map((out) => 1 - out);
  const { labels } = connectedPieces(outside, widthPx, heightPx);
  const open = new Set<number>();
  for (let x = 0; x < widthPx; x++) open.add(labels[x]).add(labels[(heightPx - 1) * widthPx + x]);
  for (let y = 0; y < heightPx; y++) open.add(labels[y * widthPx]).add(labels[y * widthPx + widthPx - 1]);
  return Uint8Array.from(labels, (label) => (label > 0 && open.has(label) ? 0 : 1));
}

interface Candidate {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly response: number;
}

/** Places darker than the frame around them, at any of a row of sizes (cells), strongest first. */
function candidates(
  { light, widthPx, heightPx }: Features,
  inside: Uint8Array,
  leastRadius: number,
  mostRadius: number,
): Candidate[] {
  const found: Candidate[] = [];
  // Only the region speaks: beyond its rim the skin is darker, and not of interest.
  const weight = Float32Array.from(inside);
  const within = light.map((value, p) => value * weight[p]);
  for (let radius = leastRadius; radius <= mostRadius * 1.01; radius *= 1.35) {
    const core = Math.max(1, Math.round(0.6 * radius));
    const near = Math.max(core + 1, Math.round(1.4 * radius));
    const far = Math.max(near + 1, Math.round(2.2 * radius));
    const cells = (r: number) => (2 * r + 1) ** 2;
    const [coreSum, nearSum, farSum] = [core, near, far].map((r) => boxMean(within, widthPx, heightPx, r));
    const [coreShare, nearShare, farShare] = [core, near, far].map((r) =>
      boxMean(weight, widthPx, heightPx, r),
    );
    const [nearCells, farCells] = [cells(near), cells(far)];
    const response = new Float32Array(light.length);
    for (let p = 0; p < light.length; p++) {
      const frame = farShare[p] * farCells - nearShare[p] * nearCells;
      if (!inside[p] || frame < 0.2 * (farCells - nearCells)) continue;
      response[p] = (farSum[p] * farCells - nearSum[p] * nearCells) / frame - coreSum[p] / coreShare[p];
    }
    const reach = Math.max(1, Math.round(radius / 2));
    for (let y = reach; y < heightPx - reach; y++) {
      for (let x = reach; x < widthPx - reach; x++) {
        const p = y * widthPx + x;
        if (!inside[p] || response[p] < 0.6 * leastDarkerLn) continue;
        if (isPeak(response, widthPx, p, reach)) found.push({ x, y, radius, response: response[p] });
      }
    }
  }
  return found.sort((one, other) => other.response - one.response);
}

function isPeak(plane: Float32Array, widthPx: number, p: number, reach: number): boolean {
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) if (plane[p + dy * widthPx + dx] > plane[p]) return false;
  return true;
}

/** Looks at one place closely: dark enough against its own surround, round, and by itself? */
function lookAt(
  { light, skin, box, cellPx, widthPx, heightPx }: Features,
  inside: Uint8Array,
  { x: cx, y: cy, radius }: Candidate,
): DarkSpot | undefined {
  const reach = Math.ceil(3 * radius) + 1;
  const [x0, x1] = [Math.max(0, cx - reach), Math.min(widthPx - 1, cx + reach)];
  const [y0, y1] = [Math.max(0, cy - reach), Math.min(heightPx - 1, cy + reach)];
  const frame: number[] = [];
  let [sum, count, whole] = [0, 0, 0];
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const p = y * widthPx + x;
      const far = Math.hypot(x - cx, y - cy);
      if (far <= Math.max(0.7, 0.4 * radius)) {
        sum += light[p];
        count++;
      } else if (far >= 1.6 * radius && far <= 2.8 * radius) {
        whole++;
        if (inside[p]) frame.push(p);
      }
    }
  }
  if (frame.length < Math.max(12, 0.2 * whole)) return undefined;
  const shade = planeThrough(frame, light, widthPx, cx, cy);
  const rest = (p: number) => light[p] - shade(p);
  const noise = 1.4826 * median(frame.map((p) => Math.abs(rest(p))));
  const darkerLn = shade(cy * widthPx + cx) - sum / count;
  if (darkerLn < Math.max(leastDarkerLn, timesNoise * noise)) return undefined;

  const [columns, rows] = [x1 - x0 + 1, y1 - y0 + 1];
  const dark = new Uint8Array(columns * rows);
  for (let y = y0; y <= y1; y++)
    for (let x = x0; x <= x1; x++)
      if (inside[y * widthPx + x] && rest(y * widthPx + x) < -darkerLn / 2)
        dark[(y - y0) * columns + x - x0] = 1;
  const { labels } = connectedPieces(dark, columns, rows);
  const own = labels[(cy - y0) * columns + cx - x0];
  if (own === 0) return undefined;
  let [area, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  let atRim = 0;
  for (let c = 0; c < labels.length; c++) {
    if (labels[c] !== own) continue;
    const x = (c % columns) + x0;
    const y = Math.floor(c / columns) + y0;
    if (Math.hypot(x - cx, y - cy) > 2.6 * radius) return undefined;
    area++;
    const p = y * widthPx + x;
    if (!inside[p - 1] || !inside[p + 1] || !inside[p - widthPx] || !inside[p + widthPx]) atRim++;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const [mx, my] = [sx / area, sy / area];
  // A cell has a spread of its own, 1/12, which keeps a row of single cells from being infinitely long.
  const [vxx, vyy, vxy] = [
    sxx / area - mx * mx + 1 / 12,
    syy / area - my * my + 1 / 12,
    sxy / area - mx * my,
  ];
  const middle = (vxx + vyy) / 2;
  const half = Math.sqrt(Math.max(0, ((vxx - vyy) / 2) ** 2 + vxy * vxy));
  const [long, short] = [Math.sqrt(middle + half), Math.sqrt(Math.max(1 / 12, middle - half))];
  if (long / short > mostStretched) return undefined;
  // An ellipse of these spreads has the area 4π·long·short; arms and gaps fill less of it.
  if (area < 0.72 * 4 * Math.PI * long * short) return undefined;
  if (atRim > mostAtRim * Math.sqrt(4 * Math.PI * area)) {
    // A patch fades towards its rim: only what is darker than the skin beyond stands there by itself.
    const beyond: number[] = [];
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const p = y * widthPx + x;
        const far = Math.hypot(x - mx, y - my);
        if (!inside[p] && skin[p] && far >= 1.3 * radius && far <= 2.8 * radius) beyond.push(light[p]);
      }
    }
    if (beyond.length > 0 && sum / count > median(beyond) - leastDarkerLn) return undefined;
  }
  return {
    x: box.x + (mx + 0.5) * cellPx,
    y: box.y + (my + 0.5) * cellPx,
    diameterPx: 2 * Math.sqrt(area / Math.PI) * cellPx,
    darkerLn,
  };
}

/** The light slanting over some cells as a plane, by least squares with outliers left out once. */
function planeThrough(
  cells: readonly number[],
  light: Float32Array,
  widthPx: number,
  cx: number,
  cy: number,
): (p: number) => number {
  const fit = (used: readonly number[]) => {
    let [n, x1, y1, xx, yy, xy, v1, vx, vy] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (const p of used) {
      const [x, y, v] = [(p % widthPx) - cx, Math.floor(p / widthPx) - cy, light[p]];
      n++;
      x1 += x;
      y1 += y;
      xx += x * x;
      yy += y * y;
      xy += x * y;
      v1 += v;
      vx += v * x;
      vy += v * y;
    }
    const [mx, my, mv] = [x1 / n, y1 / n, v1 / n];
    // A little stiffness keeps a frame of one side from tilting the plane.
    const [sxx, syy, sxy] = [xx / n - mx * mx + 1, yy / n - my * my + 1, xy / n - mx * my];
    const [sxv, syv] = [vx / n - mx * mv, vy / n - my * mv];
    const det = sxx * syy - sxy * sxy;
    const [gx, gy] = [(sxv * syy - syv * sxy) / det, (syv * sxx - sxv * sxy) / det];
    return (p: number) => mv + gx * ((p % widthPx) - cx - mx) + gy * (Math.floor(p / widthPx) - cy - my);
  };
  const first = fit(cells);
  const spread = 1.4826 * median(cells.map((p) => Math.abs(light[p] - first(p))));
  const near = cells.filter((p) => Math.abs(light[p] - first(p)) <= 2.5 * spread + 0.01);
  return near.length >= 8 ? fit(near) : first;
}

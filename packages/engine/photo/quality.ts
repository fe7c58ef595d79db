import { createPixelKernels } from '../kernels/index.ts';
import { linearTable } from './linear.ts';
import type { Mask, Picture } from './picture.ts';

export type QualityProblem =
  | 'blur'
  | 'overexposed'
  | 'underexposed'
  | 'glare'
  | 'noise'
  | 'uneven-light'
  | 'no-colour'
  | 'low-resolution';

export interface QualityFinding {
  readonly problem: QualityProblem;
  /** 1 worth knowing, 2 spoils colour or border, 3 do not use the photo for this. */
  readonly severity: 1 | 2 | 3;
  /** The number behind it, in the unit the message names. */
  readonly value: number;
  readonly message: string;
}

export interface QualityReport {
  /** Width of the sharpest edges, px (10 to 90 % of the step, of the sharpest hundredth). Below 3 is sharp. */
  readonly edgeWidthPx: number;
  /** Share of pixels with a channel at 253 or more. */
  readonly clippedShare: number;
  /** Share of pixels with every channel at 6 or less. */
  readonly blackShare: number;
  /** Share of pixels that are bright and without colour amid coloured neighbours: shine. */
  readonly glareShare: number;
  /** Robust standard deviation of grain, encoded levels. */
  readonly noiseLevels: number;
  /** Brightest tenth over darkest tenth of the smoothed light. */
  readonly lightRatio: number;
  /**
   * How far the three channels lie apart, levels: 99 of 100 pixels that are neither dark nor burnt out keep below it. A
   * photograph without colour has at most 3. Undefined where too few pixels could tell.
   */
  readonly colourLevels?: number;
  readonly findings: readonly QualityFinding[];
}

/** Pixels are asked for their colour from this level on: darker ones have little of it to show. */
const leastColouredLevel = 40;
/** Pixels that must be so light, and the channels' distance that encoders leave of a picture in greys, levels. */
const enoughColoured = 100;
const mostGreyLevels = 3;

/**
 * What may be wrong with a photograph, or with the part of it under a mask, each with what to do about it. Thresholds
 * are judgements, written in docs/science/photo.md; light ratio and glare are judged under a mask only, since a whole
 * scene is rightly uneven.
 */
export function qualityOf(picture: Picture, mask?: Mask): QualityReport {
  const { widthPx, heightPx, rgba } = picture;
  const count = widthPx * heightPx;
  const table = linearTable();
  const green = new Float32Array(count);
  const luma = new Float32Array(count);
  const spreads = new Uint32Array(256);
  let looked = 0;
  let clipped = 0;
  let black = 0;
  for (let p = 0, i = 0; p < count; p++, i += 4) {
    const r = rgba[i];
    const g = rgba[i + 1];
    const b = rgba[i + 2];
    green[p] = g;
    luma[p] = 0.2126 * table[r] + 0.7152 * table[g] + 0.0722 * table[b];
    if (mask && mask.alpha[p] < 128) continue;
    looked++;
    if (r >= 253 || g >= 253 || b >= 253) clipped++;
    if (r <= 6 && g <= 6 && b <= 6) black++;
    const most = Math.max(r, g, b);
    if (most >= leastColouredLevel && most < 253) spreads[most - Math.min(r, g, b)]++;
  }
  const inside = (p: number): boolean => !mask || mask.alpha[p] >= 128;
  const total = Math.max(1, looked);
  const edgeWidthPx = edgeWidth(green, widthPx, heightPx, inside);
  const noiseLevels = grain(green, widthPx, heightPx, inside);
  const smooth = new Float32Array(count);
  const smoothPx = Math.max(2, Math.round(Math.min(widthPx, heightPx) / 60));
  createPixelKernels().boxMean(luma, widthPx, heightPx, smoothPx, smooth);
  const glareShare = shine(picture, luma, smooth, inside) / total;
  const lightRatio = ratio(smooth, inside, looked);
  const colourLevels = levelOf(spreads, 0.99, enoughColoured);
  const report = {
    edgeWidthPx,
    clippedShare: clipped / total,
    blackShare: black / total,
    glareShare,
    noiseLevels,
    lightRatio,
    ...(colourLevels !== undefined && { colourLevels }),
  };
  return { ...report, findings: judge(report, looked, mask !== undefined) };
}

function judge(q: Omit<QualityReport, 'findings'>, looked: number, region: boolean): QualityFinding[] {
  const findings: QualityFinding[] = [];
  const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
  const add = (
    problem: QualityProblem,
    value: number,
    steps: readonly [number, number, number],
    message: string,
  ): void => {
    if (value < steps[0]) return;
    findings.push({ problem, value, message, severity: value >= steps[2] ? 3 : value >= steps[1] ? 2 : 1 });
  };
  add(
    'blur',
    q.edgeWidthPx,
    [4.5, 8, 14],
    `Edges are ${q.edgeWidthPx.toFixed(1)} px wide: out of focus or moved. Rest the hands, tap to focus on the skin, take it again.`,
  );
  add(
    'overexposed',
    q.clippedShare,
    region ? [0.005, 0.03, 0.15] : [0.03, 0.15, 0.4],
    `${percent(q.clippedShare)} of the pixels are burnt out and hold no colour. Lower the exposure and avoid direct light.`,
  );
  add(
    'underexposed',
    q.blackShare,
    region ? [0.01, 0.1, 0.3] : [0.2, 0.4, 0.7],
    `${percent(q.blackShare)} of the pixels are black. Add light from the side of the camera.`,
  );
  if (region) {
    add(
      'glare',
      q.glareShare,
      [0.01, 0.05, 0.15],
      `${percent(q.glareShare)} of the skin shines. Turn off the flash, dab the skin dry, light it from both sides.`,
    );
    add(
      'uneven-light',
      q.lightRatio,
      [2, 3.5, 7],
      `The brightest part gets ${q.lightRatio.toFixed(1)} times the light of the darkest. Use a window or two lamps, and face the skin squarely.`,
    );
  }
  add(
    'noise',
    q.noiseLevels,
    [4, 8, 14],
    `Grain of ${q.noiseLevels.toFixed(1)} levels hides texture. Add light so that the camera can use a lower sensitivity.`,
  );
  if (q.colourLevels !== undefined && q.colourLevels <= mostGreyLevels) {
    findings.push({
      problem: 'no-colour',
      severity: 3,
      value: q.colourLevels,
      message:
        'This photo has no colour, only greys: no colour can be read from it. Take it in colour, without a filter.',
    });
  }
  if (looked < 2000) {
    findings.push({
      problem: 'low-resolution',
      severity: looked < 400 ? 3 : 2,
      value: looked,
      message: `Only ${looked} pixels show it. Go closer or do not zoom out.`,
    });
  }
  return findings.sort((a, b) => b.severity - a.severity);
}

/** The value that this share of what was counted does not exceed; undefined for fewer than `least` counted. */
function levelOf(counts: Uint32Array, share: number, least: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < least) return undefined;
  let below = 0;
  return counts.findIndex((count) => (below += count) >= share * total);
}

/** Width of the sharpest edges: step height over steepest slope, at the steepest hundredth of the pixels. */
function edgeWidth(
  green: Float32Array,
  widthPx: number,
  heightPx: number,
  inside: (p: number) => boolean,
): number {
  const reach = 12;
  const stride = Math.max(1, Math.floor(Math.sqrt((widthPx * heightPx) / 2.5e5)));
  const slopes = new Float32Array(Math.ceil(widthPx / stride) * Math.ceil(heightPx / stride));
  const places = new Int32Array(slopes.length);
  let seen = 0;
  const slopeAt = (p: number): { gx: number; gy: number } => ({
    gx: Math.abs(green[p + 1] - green[p - 1]) / 2,
    gy: Math.abs(green[p + widthPx] - green[p - widthPx]) / 2,
  });
  for (let y = reach + 1; y < heightPx - reach - 1; y += stride) {
    for (let x = reach + 1; x < widthPx - reach - 1; x += stride) {
      const p = y * widthPx + x;
      if (!inside(p)) continue;
      const { gx, gy } = slopeAt(p);
      const slope = Math.max(gx, gy);
      if (slope <= 0.8) continue;
      slopes[seen] = slope;
      places[seen++] = p;
    }
  }
  if (seen < 50) return 0;
  const wanted = Math.max(30, Math.floor(seen / 100));
  const steep = slopes.slice(0, seen).sort()[seen - wanted];
  const widths: number[] = [];
  for (let k = 0; k < seen; k++) {
    if (slopes[k] < steep) continue;
    const p = places[k];
    const { gx, gy } = slopeAt(p);
    const across = gx > gy ? 1 : widthPx;
    let low = green[p];
    let high = green[p];
    for (let step = -reach; step <= reach; step++) {
      low = Math.min(low, green[p + step * across]);
      high = Math.max(high, green[p + step * across]);
    }
    widths.push((0.8 * (high - low)) / slopes[k]);
  }
  widths.sort((one, other) => one - other);
  return widths[widths.length >> 1];
}

/** Grain by the Laplacian-like mask of Immerkaer (Comput. Vis. Image Underst. 64 (1996) 300), median in place of mean. */
function grain(
  green: Float32Array,
  widthPx: number,
  heightPx: number,
  inside: (p: number) => boolean,
): number {
  const stride = Math.max(1, Math.floor(Math.sqrt((widthPx * heightPx) / 2e5)));
  const values = new Float32Array(Math.ceil(widthPx / stride) * Math.ceil(heightPx / stride));
  let seen = 0;
  for (let y = 1; y < heightPx - 1; y += stride) {
    for (let x = 1; x < widthPx - 1; x += stride) {
      const p = y * widthPx + x;
      if (!inside(p) || green[p] > 250 || green[p] < 3) continue;
      const up = p - widthPx;
      const down = p + widthPx;
      values[seen++] = Math.abs(
        green[up - 1] -
          2 * green[up] +
          green[up + 1] -
          2 * green[p - 1] +
          4 * green[p] -
          2 * green[p + 1] +
          green[down - 1] -
          2 * green[down] +
          green[down + 1],
      );
    }
  }
  if (seen === 0) return 0;
  // The mask multiplies the deviation of white noise by 6.
  return (1.4826 * values.subarray(0, seen).sort()[seen >> 1]) / 6;
}

/** Pixels much brighter than their surroundings and with less colour than them. */
function shine(
  picture: Picture,
  luma: Float32Array,
  smooth: Float32Array,
  inside: (p: number) => boolean,
): number {
  let count = 0;
  for (let p = 0, i = 0; p < luma.length; p++, i += 4) {
    if (!inside(p) || luma[p] < 0.35 || luma[p] < smooth[p] * 1.25) continue;
    const r = picture.rgba[i];
    const g = picture.rgba[i + 1];
    const b = picture.rgba[i + 2];
    if (Math.max(r, g, b) - Math.min(r, g, b) < 0.16 * Math.max(r, g, b)) count++;
  }
  return count;
}

function ratio(smooth: Float32Array, inside: (p: number) => boolean, looked: number): number {
  const stride = Math.max(1, Math.floor(looked / 50_000));
  const sampled = new Float32Array(Math.ceil(looked / stride));
  let seen = 0;
  for (let p = 0, k = 0; p < smooth.length; p++) {
    if (inside(p) && k++ % stride === 0) sampled[seen++] = smooth[p];
  }
  if (seen < 20) return 1;
  const values = sampled.subarray(0, seen).sort();
  const low = values[Math.floor(values.length * 0.1)];
  return values[Math.floor(values.length * 0.9)] / Math.max(0.002, low);
}

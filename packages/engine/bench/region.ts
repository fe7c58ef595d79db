import type { Mask, Picture, Point } from '../photo/index.ts';
import {
  applyStroke,
  createMask,
  intersectionOverUnion,
  proposeFromTap,
  sampleSkin,
  strokeMask,
} from '../region/index.ts';
import { rubOver } from '../simulator/hand.ts';
import { type Chromophores, simulatePatch } from '../simulator/patch.ts';
import { type Random, seededRandom } from '../simulator/random.ts';
import { readPhoto } from '../tools/landmarks/fixtures.ts';

export const name = 'region';
export const describe = 'patches from one tap and after one stroke; how far the confidence can be believed';

/** Skin in the fixture photographs: where a patch may lie, and how strong it may be there. */
const places = [
  { photo: 'cc0-005-woman-light-skin-lips.jpg', x: 560, y: 290, w: 160, h: 160, low: 0.22, high: 0.45 },
  { photo: 'cc0-049-woman-smile.jpg', x: 390, y: 650, w: 120, h: 80, low: 0.22, high: 0.45 },
  { photo: 'cc0-027-woman-red-lips-tilted.jpg', x: 480, y: 350, w: 140, h: 110, low: 0.25, high: 0.6 },
  { photo: 'cc0-006-man-dark-skin-beard.jpg', x: 290, y: 470, w: 130, h: 110, low: 0.7, high: 1.5 },
  { photo: 'cc0-025-woman-dark-skin-lips.jpg', x: 380, y: 790, w: 300, h: 90, low: 0.7, high: 1.6 },
  { photo: 'cc0-061-man-shaved-scalp-front.jpg', x: 420, y: 80, w: 170, h: 110, low: 0.4, high: 1.1 },
];

interface Scene {
  readonly picture: Picture;
  readonly truth: Mask;
  readonly inside: readonly number[];
  readonly tap: Point;
  readonly random: Random;
}

/** `region [COUNT [FIRST-SEED]]`: two scenes in five are cut close about the patch, as a clinic photographs it. */
export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 60);
  const first = Number(args[1] ?? 80_000);
  const result = {
    tap: [] as number[],
    brush: [] as number[],
    hand: [] as number[],
    handAlone: [] as number[],
    scribble: [] as number[],
  };
  const claims: { claimed01: number; right: boolean }[] = [];
  const tapMs: number[] = [];
  const strokeMs: number[] = [];
  let sampled = 0;
  for (let i = 0; i < count; i++) {
    const { picture, truth, inside, tap, random } = await sceneOf(first + i, i);
    const empty = createMask(truth.widthPx, truth.heightPx);
    const score = (mask: Mask): number => intersectionOverUnion(mask, truth);
    const proposal = timed(tapMs, () => proposeFromTap(picture, [tap]));
    const mask = proposal.ok ? proposal.mask : empty;
    result.tap.push(score(mask));
    if (proposal.ok) claims.push({ claimed01: proposal.confidence01, right: score(mask) >= 0.8 });
    if (sampleSkin(picture, mask).ok) sampled++;
    // A proposal that is plainly wrong is undone before painting, as a person would.
    const base = score(mask) > 0.6 ? mask : empty;
    const rub = rubOver(truth, random);
    if (rub) {
      const stroke = { mode: 'add', ...rub } as const;
      result.brush.push(score(strokeMask(truth.widthPx, truth.heightPx, stroke)));
      result.hand.push(score(timed(strokeMs, () => applyStroke(picture, base, stroke))));
      result.handAlone.push(score(applyStroke(picture, empty, stroke)));
    }
    const points = Array.from({ length: 60 }, () => pointOf(random.pick(inside), truth.widthPx));
    const radiusPx = Math.max(4, 0.35 * Math.sqrt(inside.length / Math.PI));
    result.scribble.push(score(applyStroke(picture, base, { mode: 'add', radiusPx, points })));
  }
  console.log(`Intersection over union with the truth, ${count} scenes from seed ${first}`);
  row('one tap anywhere inside', result.tap);
  row('the hand’s brush alone', result.brush);
  row('tap, then a hand’s rough stroke', result.hand);
  row('a hand’s rough stroke alone', result.handAlone);
  row('tap, then lines between random points', result.scribble);
  console.log(`  skin could be sampled after the tap in ${sampled} of ${count}`);
  const at = (times: number[], share: number): string =>
    times.sort((a, b) => a - b)[Math.floor(share * (times.length - 1))].toFixed(0);
  console.log(`  a tap ${at(tapMs, 0.5)} ms median, ${at(tapMs, 0.95)} at the 95th percentile;`);
  console.log(`  a stroke ${at(strokeMs, 0.5)} and ${at(strokeMs, 0.95)} (pictures to 1 MP)`);
  reliability(claims);
}

async function sceneOf(seed: number, i: number): Promise<Scene> {
  const random = seededRandom(seed);
  const place = places[i % places.length];
  const assumptions: Chromophores[] = ['steep', 'flat-with-erythema'];
  const simulated = simulatePatch(
    await readPhoto(place.photo),
    { x: place.x, y: place.y, widthPx: place.w, heightPx: place.h },
    { strength: random.between(place.low, place.high), chromophores: assumptions[i % 2], random },
  );
  const { picture, mask } = i % 5 >= 3 ? closeUp(simulated.picture, simulated.mask, random) : simulated;
  const inside: number[] = [];
  mask.alpha.forEach((a, p) => {
    if (a === 255) inside.push(p);
  });
  return { picture, truth: mask, inside, tap: pointOf(random.pick(inside), mask.widthPx), random };
}

const pointOf = (p: number, widthPx: number): Point => ({
  x: (p % widthPx) + 0.5,
  y: Math.floor(p / widthPx) + 0.5,
});

/** A square about the patch, which fills 12 to 40 % of its side, not quite in the middle. */
function closeUp(picture: Picture, mask: Mask, random: Random): { picture: Picture; mask: Mask } {
  let [left, right, top, low] = [picture.widthPx, 0, picture.heightPx, 0];
  mask.alpha.forEach((a, p) => {
    if (a < 128) return;
    const x = p % mask.widthPx;
    const y = Math.floor(p / mask.widthPx);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    low = Math.max(low, y);
  });
  const widest = Math.max(right - left, low - top) + 1;
  const side = Math.round(Math.min(picture.widthPx, picture.heightPx, widest / random.between(0.12, 0.4)));
  const corner = (middle: number, most: number): number =>
    Math.round(
      Math.max(0, Math.min(most, middle - side / 2 + random.between(-0.25, 0.25) * (side - widest))),
    );
  const x0 = corner((left + right) / 2, picture.widthPx - side);
  const y0 = corner((top + low) / 2, picture.heightPx - side);
  const rgba = new Uint8ClampedArray(side * side * 4);
  const alpha = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    const from = (y0 + y) * picture.widthPx + x0;
    rgba.set(picture.rgba.subarray(from * 4, (from + side) * 4), y * side * 4);
    alpha.set(mask.alpha.subarray(from, from + side), y * side);
  }
  const size = { widthPx: side, heightPx: side };
  return { picture: { ...size, rgba }, mask: { ...size, alpha } };
}

function timed<T>(times: number[], job: () => T): T {
  const start = performance.now();
  const answer = job();
  times.push(performance.now() - start);
  return answer;
}

function row(label: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b);
  const q = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))].toFixed(2);
  const good = values.filter((v) => v >= 0.8).length;
  console.log(
    `  ${label.padEnd(40)}median ${q(0.5)}  quarter ${q(0.25)}  twentieth ${q(0.05)}  at least 0.80: ${good} of ${values.length}`,
  );
}

/** Claimed against found: how many proposals of each confidence overlapped the truth by 0.8 or more. */
function reliability(claims: readonly { claimed01: number; right: boolean }[]): void {
  console.log(
    '\nConfidence of a tap: claimed, and share of proposals that overlapped the truth by 0.80 or more',
  );
  const edges = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 1.0001];
  for (let k = 0; k + 1 < edges.length; k++) {
    const bin = claims.filter(({ claimed01 }) => claimed01 >= edges[k] && claimed01 < edges[k + 1]);
    if (bin.length === 0) continue;
    const mean = bin.reduce((sum, c) => sum + c.claimed01, 0) / bin.length;
    const right = bin.filter((c) => c.right).length;
    console.log(
      `  ${edges[k].toFixed(2)} to ${Math.min(1, edges[k + 1]).toFixed(2)}  claimed ${mean.toFixed(2)}  found ${(right / bin.length).toFixed(2)}  (${right} of ${bin.length})`,
    );
  }
}

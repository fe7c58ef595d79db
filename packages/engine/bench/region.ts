import type { Mask } from '../photo/index.ts';
import {
  applyStroke,
  beneathStroke,
  createMask,
  intersectionOverUnion,
  proposeFromTap,
  sampleSkin,
  strokeMask,
} from '../region/index.ts';
import { rubOver } from '../simulator/hand.ts';
import { otherPeople, otherPlaces, type Place, pointOf, sceneOf, tunedPlaces } from './scenes.ts';

export const name = 'region';
export const describe = 'patches from one tap and after one stroke; how far the confidence can be believed';

const sets: Readonly<Record<string, readonly Place[]>> = {
  tuned: tunedPlaces,
  'other-places': otherPlaces,
  'other-people': otherPeople,
};

/**
 * `region [COUNT [FIRST-SEED [SET]]]`: SET is one of `tuned`, `other-places`, `other-people`; without it the tuned
 * places as they are. A named set is lit, developed and mirrored otherwise from scene to scene.
 */
export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 60);
  const first = Number(args[1] ?? 80_000);
  const places = sets[args[2] ?? 'tuned'];
  if (!places) throw new Error(`There is no set "${args[2]}"; take one of ${Object.keys(sets).join(', ')}.`);
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
    const place = places[i % places.length];
    const { picture, truth, inside, tap, random } = await sceneOf(place, first + i, i, args[2] !== undefined);
    const empty = createMask(truth.widthPx, truth.heightPx);
    const score = (mask: Mask): number => intersectionOverUnion(mask, truth);
    const proposal = timed(tapMs, () => proposeFromTap(picture, [tap]));
    const mask = proposal.ok ? proposal.mask : empty;
    const confidence01 = proposal.ok ? proposal.confidence01 : undefined;
    result.tap.push(score(mask));
    if (proposal.ok) claims.push({ claimed01: proposal.confidence01, right: score(mask) >= 0.8 });
    if (sampleSkin(picture, mask).ok) sampled++;
    // As the studio does it: nobody tells the stroke whether the proposal was right.
    const base = beneathStroke(mask, confidence01, 'add');
    const options = { isProposal: confidence01 !== undefined };
    const rub = rubOver(truth, random);
    if (rub) {
      const stroke = { mode: 'add', ...rub } as const;
      result.brush.push(score(strokeMask(truth.widthPx, truth.heightPx, stroke)));
      result.hand.push(score(timed(strokeMs, () => applyStroke(picture, base, stroke, options))));
      result.handAlone.push(score(applyStroke(picture, empty, stroke)));
    }
    const points = Array.from({ length: 60 }, () => pointOf(random.pick(inside), truth.widthPx));
    const radiusPx = Math.max(4, 0.35 * Math.sqrt(inside.length / Math.PI));
    result.scribble.push(score(applyStroke(picture, base, { mode: 'add', radiusPx, points }, options)));
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
  const [from, to] = wilson(good, values.length).map((share) => (share * 100).toFixed(0));
  console.log(
    `  ${label.padEnd(40)}median ${q(0.5)}  quarter ${q(0.25)}  twentieth ${q(0.05)}  at least 0.80: ${good} of ${values.length} (${from}-${to} %)`,
  );
}

/** Wilson's interval for a share, 95 %. */
function wilson(good: number, count: number): [number, number] {
  const z2 = 1.96 ** 2;
  const middle = (good + z2 / 2) / (count + z2);
  const half = (Math.sqrt(z2) / (count + z2)) * Math.sqrt((good * (count - good)) / count + z2 / 4);
  return [middle - half, middle + half];
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

import { learnHealing } from '../learn/index.ts';
import { deltaE00 } from '../light/index.ts';
import { tolerance } from '../outcome/compare.ts';
import { assessOutcome, register } from '../outcome/index.ts';
import { project } from '../outcome/projection.ts';
import { createMask, type LinearRgb, labOfLinear, type Picture } from '../photo/index.ts';
import { heldSo, photographedAgain, sceneSide } from '../simulator/follow-up.ts';
import { type FollowUpCase, followUpCase } from '../simulator/follow-up-cases.ts';
import { simulateHealing } from '../simulator/healed-results.ts';
import { simulatePatch } from '../simulator/patch.ts';
import { type Random, seededRandom } from '../simulator/random.ts';
import { readPhoto } from '../tools/landmarks/fixtures.ts';

export const name = 'outcome';
export const describe =
  'later photos laid over earlier ones, colour and coverage against the truth; learned intervals on simulated clinics';

const photos = [
  'cc0-005-woman-light-skin-lips.jpg',
  'cc0-006-man-dark-skin-beard.jpg',
  'cc0-025-woman-dark-skin-lips.jpg',
  'cc0-027-woman-red-lips-tilted.jpg',
  'cc0-049-woman-smile.jpg',
  'cc0-061-man-shaved-scalp-front.jpg',
];

/** `npm run bench -- outcome [cases] [first seed]`. Seeds from 40,000 on were never looked at while the code was made. */
export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 40);
  const seed = Number(args[1] ?? 40_000);
  patches(count, seed);
  await faces(seed);
  await strangers();
  clinics(seed);
}

const at = (values: readonly number[], share: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0
    ? '-'
    : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(3);
};
const line = (what: string, values: readonly number[]): void =>
  console.log(
    `  ${what.padEnd(52)} median ${at(values, 0.5)}   p95 ${at(values, 0.95)}   n ${values.length}`,
  );

function wrongBy(
  one: Pick<FollowUpCase, 'mask' | 'toAfter'>,
  toAfter: readonly number[],
  scale: number,
): number {
  const off: number[] = [];
  one.mask.alpha.forEach((alpha, p) => {
    if (alpha < 128 || p % 41 !== 0) return;
    const here = { x: (p % one.mask.widthPx) + 0.5, y: Math.floor(p / one.mask.widthPx) + 0.5 };
    const [a, b] = [project(toAfter, here), project(one.toAfter, here)];
    off.push(Math.hypot(a.x - b.x, a.y - b.y) / scale);
  });
  off.sort((a, b) => a - b);
  return off[off.length >> 1] ?? Number.NaN;
}

function patches(count: number, seed: number): void {
  console.log(
    `simulated patches, seeds ${seed} to ${seed + count - 1}: cameras, five lights, 0.7-1.4 x, 30°, tilt, hairs`,
  );
  const kinds = {
    error: [],
    reported: [],
    before: [],
    after: [],
    coverage: [],
    repigmented: [],
    ms: [],
  } as Record<string, number[]>;
  let refused = 0;
  let unread = 0;
  let held = { before: 0, after: 0, gain: 0 };
  for (let k = 0; k < count; k++) {
    const one = followUpCase(seed + k);
    const started = performance.now();
    const outcome = assessOutcome({ before: one.before, after: one.after, mask: one.mask, chart: 'none' });
    kinds.ms.push(performance.now() - started);
    if (!outcome.ok) {
      refused++;
      continue;
    }
    kinds.error.push(wrongBy(one, outcome.registration.toAfter, outcome.registration.scale));
    kinds.reported.push(outcome.registration.errorPx);
    const { colour } = outcome;
    if (!colour) {
      unread++;
      continue;
    }
    const { surround, patch, healed } = one.linear;
    const [s, p, h] = [surround, patch, healed].map((rgb) => labOfLinear(rgb));
    const mixed = healed.map((v, c) =>
      Math.exp(one.coverage01 * Math.log(v) + (1 - one.coverage01) * Math.log(patch[c])),
    ) as unknown as LinearRgb;
    const truth = { before: one.deltaE00.before, after: deltaE00(labOfLinear(mixed), s) };
    kinds.before.push(Math.abs(colour.before.deltaE00.value - truth.before));
    kinds.after.push(Math.abs(colour.after.deltaE00.value - truth.after));
    const within = (m: { low90: number; high90: number }, v: number) =>
      v >= m.low90 && v <= m.high90 ? 1 : 0;
    held = {
      before: held.before + within(colour.before.deltaE00, truth.before),
      after: held.after + within(colour.after.deltaE00, truth.after),
      gain: held.gain + within(colour.gain, truth.before - truth.after),
    };
    const far = (a: typeof s, b: typeof s) => Math.hypot(a.L - b.L, a.a - b.a, a.b - b.b);
    const limit = tolerance(s);
    // Where the healed colour lies at the tolerance itself, neither answer is right or wrong.
    if (Math.abs(far(h, s) - limit) > 0.6 && Math.abs(far(p, s) - limit) > 0.6) {
      const covered =
        one.coverage01 * (far(h, s) < limit ? 1 : 0) + (1 - one.coverage01) * (far(p, s) < limit ? 1 : 0);
      kinds.coverage.push(Math.abs(colour.after.coverage01.value - covered));
    }
    if (colour.repigmented01 !== null && one.taken > 0.65)
      kinds.repigmented.push(Math.abs(colour.repigmented01 - one.coverage01));
  }
  line('registration error over the region, px', kinds.error);
  line('reported error, px', kinds.reported);
  line('ΔE00 before, error (no chart)', kinds.before);
  line('ΔE00 after, error (no chart)', kinds.after);
  line('coverage within tolerance, error', kinds.coverage);
  line('share more than half-way, error', kinds.repigmented);
  line('ms a pair', kinds.ms);
  const n = kinds.before.length;
  const share = (v: number) => `${((100 * v) / Math.max(1, n)).toFixed(0)} %`;
  console.log(
    `  refused ${refused} of ${count}, colour not read ${unread}; 90 % intervals hold: before ${share(held.before)}, after ${share(held.after)}, gain ${share(held.gain)}\n`,
  );
}

async function faces(seed: number): Promise<void> {
  console.log('photographs seen again by another camera, patch of skin on the face');
  const errors: number[] = [];
  let refused = 0;
  for (const [k, file] of photos.entries()) {
    for (let turn = 0; turn < 2; turn++) {
      const random = seededRandom(seed + 97 * k + turn);
      const { before, after, mask, toAfter } = faceAgain(await readPhoto(file), random);
      const found = register({ before, after, mask });
      if (found.ok) errors.push(wrongBy({ mask, toAfter }, found.toAfter, found.scale));
      else refused++;
    }
  }
  line('registration error over the region, px', errors);
  console.log(`  refused ${refused} of ${2 * photos.length}\n`);
}

function faceAgain(photo: Picture, random: Random) {
  const { widthPx, heightPx } = photo;
  const side = Math.min(widthPx, heightPx);
  const area = {
    x: widthPx * random.between(0.3, 0.5),
    y: heightPx * random.between(0.35, 0.6),
    widthPx: side * 0.2,
    heightPx: side * 0.2,
  };
  const { picture: before, mask } = simulatePatch(photo, area, {
    strength: 0.5,
    chromophores: 'steep',
    random,
  });
  const size = {
    widthPx: Math.round(widthPx * random.between(0.8, 1.3)),
    heightPx: Math.round(heightPx * random.between(0.8, 1.3)),
  };
  const turned = heldSo(size, {
    scale: random.between(0.7, 1.4),
    turnDegrees: random.between(-30, 30),
    tilt: [random.between(-0.12, 0.12), random.between(-0.12, 0.12)],
    shift: { x: 0, y: 0 },
  });
  // `heldSo` turns about the middle of the simulated scene; here about that of the photograph.
  const toMiddle = [
    1,
    0,
    (sceneSide.widthPx - widthPx) / 2,
    0,
    1,
    (sceneSide.heightPx - heightPx) / 2,
    0,
    0,
    1,
  ];
  const toAfter = [0, 1, 2].flatMap((r) =>
    [0, 1, 2].map((c) => [0, 1, 2].reduce((sum, k) => sum + turned[3 * r + k] * toMiddle[3 * k + c], 0)),
  );
  const stop = 2 ** random.between(-0.6, 0.6);
  const after = photographedAgain(photo, size, toAfter, {
    gain: [stop * Math.exp(0.1 * random.normal()), stop, stop * Math.exp(0.1 * random.normal())],
    shadingLn: random.between(-0.5, 0.5),
    noiseLevels: 2,
    random,
  });
  return { before, after, mask, toAfter };
}

async function strangers(): Promise<void> {
  console.log('two photographs of different people: none may be taken for the same skin');
  let taken = 0;
  let tried = 0;
  const pictures = await Promise.all(photos.map((file) => readPhoto(file)));
  for (let i = 0; i < pictures.length; i++) {
    for (const step of [1, 2]) {
      const [before, after] = [pictures[i], pictures[(i + step) % pictures.length]];
      const mask = createMask(before.widthPx, before.heightPx);
      for (let y = 0; y < before.heightPx; y++)
        for (let x = 0; x < before.widthPx; x++)
          if (Math.hypot(x - before.widthPx / 2, y - before.heightPx / 2) < 0.12 * before.widthPx)
            mask.alpha[y * before.widthPx + x] = 255;
      tried++;
      if (register({ before, after, mask }).ok) taken++;
    }
  }
  console.log(`  taken for the same: ${taken} of ${tried}\n`);
}

function clinics(seed: number): void {
  console.log(
    'simulated clinics: share of new results within the 90 % interval (60 clinics, 40 new results each)',
  );
  for (const [what, count, truth] of [
    ['no results: the prior', 0, undefined],
    ['5 results', 5, undefined],
    ['20 results', 20, undefined],
    ['100 results', 100, undefined],
    ['100 results, people scatter 1.5 times as much', 100, { between: 1, within: 1.5, clinicShift: 0 }],
    ['100 results, clinic 0.3 below the prior in ln', 100, { between: 1, within: 1, clinicShift: -0.3 }],
  ] as const) {
    let held = 0;
    let all = 0;
    const widths: number[] = [];
    for (let k = 0; k < 60; k++) {
      const clinic = simulateHealing(count, seed + 1000 + k, truth);
      const posterior = learnHealing(clinic.results);
      for (let i = 0; i < 40; i++) {
        const next = clinic.next();
        const { mean, sd } = posterior.retention(next);
        widths.push(sd);
        all++;
        if (Math.abs(next.lnRetention - mean) <= 1.645 * Math.hypot(sd, next.lnSd)) held++;
      }
    }
    console.log(
      `  ${what.padEnd(52)} ${((100 * held) / all).toFixed(1)} %   sd of ln retention ${at(widths, 0.5)}`,
    );
  }
}

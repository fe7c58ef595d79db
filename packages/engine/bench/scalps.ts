import type { Mask } from '../photo/index.ts';
import { densityMap, layDotsByDensity, type ScalpDensity } from '../plan/index.ts';
import {
  hairDensity,
  headOf,
  intersectionOverUnion,
  measureRegion,
  scaledHead,
  zoneOnHead,
} from '../region/index.ts';
import { atScalp, hairCover, hairMap, scalpZone } from '../region/landmarks/index.ts';
import { simulateStubble } from '../simulator/hair.ts';
import { type Random, seededRandom } from '../simulator/random.ts';
import { type SimulatedScalp, simulateScalp } from '../simulator/scalp.ts';
import { type SkinTone, tissueAssumptions } from '../simulator/tissue.ts';

export const name = 'scalps';
export const describe =
  'bald heads of known shape and hair: zone, curved area, dots; density of shaved hair close by';

const tones: readonly SkinTone[] = ['light', 'brown', 'very dark'];

/** `scalps [COUNT [FIRST-SEED]]`: COUNT heads, and three times as many pieces of scalp close by. */
export function run(args: readonly string[]): void {
  const count = Number(args[0] ?? 30);
  const first = Number(args[1] ?? 710_000);
  for (const [label, length] of [
    ['shaved', [0.4, 1.5]],
    ['longer', [5, 25]],
  ] as const) {
    const found = Array.from({ length: Math.ceil(count / 2) }, (_, i) => {
      const random = seededRandom(first + i + (label === 'shaved' ? 0 : 5000));
      const scene = simulateScalp({
        tone: tones[i % 3],
        assumption: random.pick(tissueAssumptions),
        random,
        hairLengthMm: random.between(length[0], length[1]),
      });
      return measureHead(scene, random);
    });
    console.log(`\n${found.length} heads, hair ${label}, from seed ${first}`);
    row(
      'zone: overlap with the bare scalp',
      found.map(({ overlap }) => overlap),
    );
    row(
      'zone with its hair: overlap',
      found.map(({ whole }) => whole),
    );
    row(
      'area of the true zone / its skin, flat',
      found.map(({ flat }) => flat),
    );
    row(
      '  on the head laid in',
      found.map(({ curved }) => curved),
    );
    row(
      '  its error by its stated deviation',
      found.map(({ headZ }) => headZ),
    );
    row(
      '  with the scale read off by 6 %, by that of both',
      found.map(({ z }) => z),
    );
    row(
      '  the same where the crown is hidden',
      found.map(({ hiddenZ }) => hiddenZ),
    );
    const within = (zs: readonly number[]): string =>
      `${zs.filter((z) => Math.abs(z) < 2).length} of ${zs.length}`;
    console.log(
      `  within two stated deviations: ${within(found.map(({ z }) => z))}, crown hidden ${within(found.map(({ hiddenZ }) => hiddenZ))}; head unsure (over a tenth): ${found.filter(({ isUnsure }) => isUnsure).length}`,
    );
    row(
      'dots / wanted, true zone',
      found.map(({ dots }) => dots),
    );
    row(
      'area of the zone found / true skin',
      found.map(({ area }) => area),
    );
  }
  countHair(3 * count, first + 20_000);
}

interface MeasuredHead {
  readonly overlap: number;
  readonly whole: number;
  readonly flat: number;
  readonly curved: number;
  /** Errors in stated deviations: of the head alone, of the area with a scale as wrong as scales are, without a crown. */
  readonly headZ: number;
  readonly z: number;
  readonly hiddenZ: number;
  readonly isUnsure: boolean;
  readonly dots: number;
  readonly area: number;
}

/** Numbers of the points of a face that `hairMap` reads: upper cheeks, bridge and sides of the nose. */
const skinPoints = [50, 280, 101, 330, 36, 266, 6, 197, 195, 5];

/** As the studio does it, with the face's points and the hairline told, and angles and glabella off as a finder's are. */
export function measureHead(scene: SimulatedScalp, random: Random): MeasuredHead {
  const { picture, silhouette, bare, bareCm2, mmPerPx, hairline, cheeks, pose } = scene;
  const { mmPerPx: scale } = atScalp({ mmPerPx: scene.eyeMmPerPx, relativeSd: 0.05 });
  const points = new Float32Array(478 * 3);
  skinPoints.forEach((index, n) => {
    points[3 * index] = cheeks[n].x;
    points[3 * index + 1] = cheeks[n].y;
  });
  const [rightTemporalPeak, rightFrontotemporal, midFrontal, leftFrontotemporal, leftTemporalPeak] = hairline;
  const zone = scalpZone(silhouette, {
    rightTemporalPeak,
    rightFrontotemporal,
    midFrontal,
    leftFrontotemporal,
    leftTemporalPeak,
  });
  const found = hairCover(zone, hairMap(picture, points, outerEyesMm / mmPerPx)).bare;
  const told = {
    ...pose,
    roll: pose.roll + 0.02 * random.normal(),
    yaw: pose.yaw + 0.07 * random.normal(),
    pupilDistance: pose.pupilDistance * (1 + 0.03 * random.normal()),
    glabella: {
      x: pose.glabella.x + (1.5 / mmPerPx) * random.normal(),
      y: pose.glabella.y + (1.5 / mmPerPx) * random.normal(),
    },
  };
  const head = headOf(silhouette, told);
  const flatCm2 = (mask: Mask): number => measureRegion(mask, scale).areaCm2 ?? 0;
  const { factor, sd } = zoneOnHead(bare, head);
  const profile: ScalpDensity = {
    kind: 'scalp',
    densityPerCm2: 75,
    edgeMm: 1,
    edgeShare01: 1,
    jitterMm: 0,
    scarFactor: 1,
    existingHairPerCm2: 0,
    headMm: scaledHead(head, scale),
  };
  const factorTrue = bareCm2 / (flatCm2(bare) * (mmPerPx / scale) ** 2);
  const read = (1 + scaleSd * random.normal()) ** 2;
  const hidden = headOf(underHat(silhouette), told);
  const areaZ = (on: { readonly factor: number; readonly sd: number }): number =>
    ((read * on.factor) / factorTrue - 1) /
    Math.hypot((read * on.sd) / factorTrue, 2 * scaleSd * read * (on.factor / factorTrue));
  const laid = layDotsByDensity(densityMap(bare, scale, profile, 1), { seed: 1 });
  return {
    overlap: intersectionOverUnion(found, bare),
    whole: intersectionOverUnion(zone, bare),
    flat: flatCm2(bare) / bareCm2,
    curved: (flatCm2(bare) * factor) / bareCm2,
    headZ: (factor - factorTrue) / sd,
    z: areaZ({ factor, sd }),
    hiddenZ: areaZ(zoneOnHead(bare, hidden)),
    isUnsure: head.relativeSd > 0.1,
    dots: laid.count / (75 * bareCm2),
    area: (flatCm2(found) * zoneOnHead(found, head).factor) / bareCm2,
  };
}

/** The silhouette of the same head under a hat of 19 cm, 25 mm above its crown. */
function underHat({ widthPx, heightPx, alpha }: Mask): Mask {
  const top = Math.floor(alpha.findIndex((a) => a > 0) / widthPx);
  // The picture is 260 mm wide.
  const mm = widthPx / 260;
  const hat = alpha.slice();
  for (let y = Math.max(0, Math.round(top - 25 * mm)); y < top + 60 * mm; y++)
    hat.fill(255, Math.round(y * widthPx + 35 * mm), Math.round(y * widthPx + 225 * mm));
  return { widthPx, heightPx, alpha: hat };
}

/** One standard deviation of a scalp's scale from the irises (docs/science/landmarks.md). */
const scaleSd = 0.064;

/** Between the outer corners of the eyes of adults. */
const outerEyesMm = 90;

/** Follicular units counted against true, by fineness of the picture and by length. */
function countHair(count: number, first: number): void {
  console.log(
    `\n${count} pieces of scalp of 20 mm from seed ${first}, 15 to 110 units a cm²: counted / true`,
  );
  const groups = new Map<string, { ratios: number[]; claims: number[]; refused: number }>();
  for (let i = 0; i < count; i++) {
    const random = seededRandom(first + i);
    const mmPerPx = [0.03, 0.05, 0.08][i % 3];
    const lengthMm = [0.4, 1, 2, 6][Math.floor(i / 3) % 4];
    const scene = simulateStubble({
      mmPerPx,
      sizeMm: 20,
      unitsPerCm2: random.between(15, 110),
      lengthMm,
      tone: random.pick(tones),
      assumption: random.pick(tissueAssumptions),
      random,
    });
    const side = scene.picture.widthPx;
    const zone = { widthPx: side, heightPx: side, alpha: new Uint8Array(side * side).fill(255) };
    const found = hairDensity(scene.picture, zone, mmPerPx);
    for (const key of [`${mmPerPx} mm a pixel`, `hair of ${lengthMm} mm`, 'all']) {
      const group = groups.get(key) ?? { ratios: [], claims: [], refused: 0 };
      groups.set(key, group);
      if (!found.ok) group.refused++;
      else {
        group.ratios.push(found.unitsPerCm2 / scene.unitsPerCm2);
        group.claims.push(Math.abs(found.unitsPerCm2 / scene.unitsPerCm2 - 1) / found.relativeSd);
      }
    }
  }
  for (const [label, { ratios, claims, refused }] of [...groups].sort(([a], [b]) => a.localeCompare(b))) {
    row(`${label} (${refused} refused)`, ratios);
    if (label === 'all' && claims.length > 0)
      console.log(
        `  within two stated deviations: ${claims.filter((z) => z < 2).length} of ${claims.length}`,
      );
  }
}

function row(label: string, values: readonly number[]): void {
  if (values.length === 0) return console.log(`  ${label.padEnd(44)}none`);
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))].toFixed(2);
  console.log(
    `  ${label.padEnd(44)}${String(values.length).padStart(4)}  median ${at(0.5)}  tenth ${at(0.1)}  nine in ten ${at(0.9)}  least ${at(0)}  most ${at(1)}`,
  );
}

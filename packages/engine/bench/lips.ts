import { cropPicture, type Mask, type Picture } from '../photo/index.ts';
import {
  applyStroke,
  createMask,
  intersectionOverUnion,
  squaredDistanceTo,
  strokeMask,
} from '../region/index.ts';
import { createLandmarkTools, lipOutlineMask, proposeLips } from '../region/landmarks/index.ts';
import { drawAlong, rubOver } from '../simulator/hand.ts';
import { readModels } from '../tools/landmarks/fixtures.ts';
import { type LipScene, lipFacesOther, lipFacesTuned, lipScenes } from './lip-scenes.ts';

export const name = 'lips';
export const describe =
  'lips of known outline on faces and close by: landmarks and snap, a rough stroke, scars';

/** `lips [COUNT [FIRST-SEED [tuned | other]]]`: the faces on which the finder may be mended, or the others. */
export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 40);
  const first = Number(args[1] ?? 610_000);
  const sceneOf = await lipScenes(args[2] === 'tuned' ? lipFacesTuned : lipFacesOther);
  const tools = createLandmarkTools(await readModels());
  const groups = ['clear border', 'faint border'].map((label) => ({
    label,
    points: [] as Found[],
    snapped: [] as Found[],
    brush: [] as Found[],
    stroke: [] as Found[],
    scarBrush: [] as Found[],
    scar: [] as Found[],
  }));
  let refused = 0;
  for (let i = 0; i < count; i++) {
    const scene = sceneOf(first + i, i % 2 === 1);
    const group = groups[scene.contrast >= leastClear ? 0 : 1];
    const lips = proposeLips(tools, scene.picture);
    if (lips.ok) {
      group.points.push(compare(lipOutlineMask(lips.face.points, scene.picture), scene.lips, scene.mmPerPx));
      group.snapped.push(compare(lips.mask, scene.lips, scene.mmPerPx));
    } else refused++;
    const near = closeUp(scene);
    const { widthPx, heightPx } = near.picture;
    const rub = rubOver(near.lips, scene.random);
    if (rub) {
      const stroke = { mode: 'add', ...rub } as const;
      const drawn = applyStroke(near.picture, createMask(widthPx, heightPx), stroke, { inside: 'any' });
      group.brush.push(compare(strokeMask(widthPx, heightPx, stroke), near.lips, scene.mmPerPx));
      group.stroke.push(compare(drawn, near.lips, scene.mmPerPx));
    }
    const line = drawAlong(near.scar, scene.random);
    if (line) {
      const stroke = { mode: 'add', ...line } as const;
      const drawn = applyStroke(near.picture, createMask(widthPx, heightPx), stroke, { inside: 'any' });
      group.scarBrush.push(compare(strokeMask(widthPx, heightPx, stroke), near.scar, scene.mmPerPx));
      group.scar.push(compare(drawn, near.scar, scene.mmPerPx));
    }
  }
  console.log(`${count} mouths from seed ${first}; no face found in ${refused}`);
  for (const { label, ...rows } of groups) {
    console.log(`\n${label}`);
    row('points of the face alone', rows.points);
    row('points, then snapped (the proposal)', rows.snapped);
    row('close by: the brush alone', rows.brush);
    row('close by: a rough stroke, snapped', rows.stroke);
    row('scar: the brush alone', rows.scarBrush);
    row('scar: a stroke along it, snapped', rows.scar);
  }
}

/** Mean of the channels' ln steps above which people agree where a lip ends. */
const leastClear = 0.2;

export interface Found {
  readonly overlap: number;
  /** Mean distance between the two outlines, both ways. */
  readonly borderMm: number;
}

export function compare(found: Mask, truth: Mask, mmPerPx: number): Found {
  return { overlap: intersectionOverUnion(found, truth), borderMm: borderApart(found, truth) * mmPerPx };
}

/** Mean distance from the border of one mask to that of another and back, px; infinite when one is empty. */
function borderApart(a: Mask, b: Mask): number {
  const [edgeA, edgeB] = [edgeOf(a), edgeOf(b)];
  const mean = (from: Uint8Array, to: Uint8Array): number => {
    const far = squaredDistanceTo(to, a.widthPx, a.heightPx);
    let [sum, n] = [0, 0];
    from.forEach((is, p) => {
      if (!is) return;
      sum += Math.sqrt(far[p]);
      n++;
    });
    return n === 0 ? Number.POSITIVE_INFINITY : sum / n;
  };
  return (mean(edgeA, edgeB) + mean(edgeB, edgeA)) / 2;
}

const edgeOf = ({ widthPx, heightPx, alpha }: Mask): Uint8Array =>
  Uint8Array.from(alpha, (value, p) => {
    if (value < 128) return 0;
    const x = p % widthPx;
    const outside = (q: number): boolean => q < 0 || q >= alpha.length || alpha[q] < 128;
    return x === 0 || x === widthPx - 1 || p < widthPx || p >= widthPx * (heightPx - 1)
      ? 0
      : outside(p - 1) || outside(p + 1) || outside(p - widthPx) || outside(p + widthPx)
        ? 1
        : 0;
  });

/** From the nose's tip to the chin, without a whole face: as lips are photographed in a clinic. */
export function closeUp({ picture, lips, scar, place }: LipScene): {
  picture: Picture;
  lips: Mask;
  scar: Mask;
} {
  const { rightCorner: r, leftCorner: l } = place;
  const halfPx = 0.85 * Math.hypot(l.x - r.x, l.y - r.y);
  const x = Math.max(0, Math.round((l.x + r.x) / 2 - halfPx));
  const y = Math.max(0, Math.round((l.y + r.y) / 2 - 0.75 * halfPx));
  const widthPx = Math.min(picture.widthPx - x, Math.round(2 * halfPx));
  const heightPx = Math.min(picture.heightPx - y, Math.round(1.6 * halfPx));
  const box = { x, y, widthPx, heightPx };
  const cut = (mask: Mask): Mask => {
    const alpha = new Uint8Array(widthPx * heightPx);
    for (let row = 0; row < heightPx; row++) {
      const from = (y + row) * mask.widthPx + x;
      alpha.set(mask.alpha.subarray(from, from + widthPx), row * widthPx);
    }
    return { widthPx, heightPx, alpha };
  };
  return { picture: cropPicture(picture, box), lips: cut(lips), scar: cut(scar) };
}

function row(label: string, found: readonly Found[]): void {
  if (found.length === 0) return;
  const at = (values: number[], share: number): string =>
    values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1))].toFixed(2);
  const overlaps = found.map(({ overlap }) => overlap);
  const borders = found.map(({ borderMm }) => borderMm);
  console.log(
    `  ${label.padEnd(38)}${String(found.length).padStart(4)}  overlap median ${at(overlaps, 0.5)}  tenth ${at(overlaps, 0.1)}  least ${at(overlaps, 0)}   border mm median ${at(borders, 0.5)}  nine in ten ${at(borders, 0.9)}`,
  );
}

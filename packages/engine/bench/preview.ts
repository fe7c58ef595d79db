// How like the photograph without the patch the healed picture is. `npm run bench -- preview [COUNT [SEED [SET [MASK]]]]`.
import type { Mask } from '../photo/index.ts';
import { prepareBlend, renderRegion } from '../plan/index.ts';
import { applyStroke, beneathStroke, createMask, proposeFromTap } from '../region/index.ts';
import { rubOver } from '../simulator/hand.ts';
import { type Likeness, likenessOf } from '../simulator/likeness.ts';
import { otherPeople, otherPlaces, type Place, type Scene, sceneOf, tunedPlaces } from './scenes.ts';

export const name = 'preview';
export const describe = 'healed patches against the photographs they were made from, by skin';

const sets: Readonly<Record<string, readonly Place[]>> = {
  tuned: tunedPlaces,
  'other-places': otherPlaces,
  'other-people': otherPeople,
};

/** Masks a scene can be read with: the patch's own, the same 1 px too large or too small, and what the region code finds. */
const masks: Readonly<Record<string, (scene: Scene) => Mask | undefined>> = {
  exact: ({ truth }) => truth,
  larger: ({ truth }) => changed(truth, Math.max),
  smaller: ({ truth }) => changed(truth, Math.min),
  tap: (scene) => {
    const proposal = proposeFromTap(scene.picture, [scene.tap]);
    return proposal.ok ? proposal.mask : undefined;
  },
  stroke: ({ picture, truth, tap, random }) => {
    const proposal = proposeFromTap(picture, [tap]);
    const confidence01 = proposal.ok ? proposal.confidence01 : undefined;
    const proposed = proposal.ok ? proposal.mask : createMask(truth.widthPx, truth.heightPx);
    const rub = rubOver(truth, random);
    if (!rub) return undefined;
    const base = beneathStroke(proposed, confidence01, 'add');
    return applyStroke(picture, base, { mode: 'add', ...rub }, { isProposal: proposal.ok });
  },
};

/** A mask whose pixels take the most or the least of themselves and their four neighbours. */
function changed(mask: Mask, pick: (...values: number[]) => number): Mask {
  const { widthPx, heightPx } = mask;
  const alpha = mask.alpha.slice();
  for (let y = 1; y < heightPx - 1; y++) {
    for (let x = 1; x < widthPx - 1; x++) {
      const p = y * widthPx + x;
      const [at, left, right] = [mask.alpha[p], mask.alpha[p - 1], mask.alpha[p + 1]];
      alpha[p] = pick(at, left, right, mask.alpha[p - widthPx], mask.alpha[p + widthPx]);
    }
  }
  return { widthPx, heightPx, alpha };
}

/** Share of the patch with a clipped channel from which it is reported apart. */
const clippedFrom01 = 0.05;

interface Result extends Likeness {
  readonly skin: Place['skin'];
  readonly clipped01: number;
  /** Texture shares of the same patch with pigment lost evenly. */
  readonly evenTexture: Likeness['texture'] | undefined;
}

/**
 * Every second scene is lit, developed and mirrored otherwise. Pigment of a simulated patch is lost unevenly (6 %), and
 * no reader can know by how much; the texture is therefore measured again on the same patch with pigment lost evenly.
 */
export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 60);
  const first = Number(args[1] ?? 80_000);
  const places = sets[args[2] ?? 'tuned'];
  if (!places) throw new Error(`There is no set "${args[2]}"; take one of ${Object.keys(sets).join(', ')}.`);
  const maskOf = masks[args[3] ?? 'exact'];
  if (!maskOf)
    throw new Error(`There is no mask "${args[3]}"; take one of ${Object.keys(masks).join(', ')}.`);
  const results: Result[] = [];
  const refused = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const place = places[i % places.length];
    const healedOf = async (unevenness?: number) => {
      const scene = await sceneOf(place, first + i, i, Math.floor(i / places.length) % 2 === 1, unevenness);
      const mask = maskOf(scene);
      if (!mask) return { ok: false, reason: 'no-mask' } as const;
      const blend = prepareBlend(scene.picture, mask, 'lighter');
      if (!blend.ok) return blend;
      const likeness = likenessOf(renderRegion(blend, [1, 1, 1]), scene.original, scene.truth);
      return { ok: true, likeness, clipped01: blend.clipped01 } as const;
    };
    const found = await healedOf();
    if (!found.ok) {
      refused.set(found.reason, (refused.get(found.reason) ?? 0) + 1);
      continue;
    }
    const { likeness, clipped01 } = found;
    const even = clipped01 > clippedFrom01 ? undefined : await healedOf(0);
    const evenTexture = even?.ok ? even.likeness.texture : undefined;
    results.push({ ...likeness, skin: place.skin, clipped01, evenTexture });
  }
  console.log(`${count} scenes from seed ${first}; refused: ${JSON.stringify(Object.fromEntries(refused))}`);
  console.log('median / 95th percentile of scenes, and how many meet the bar');
  const open = results.filter((r) => r.clipped01 <= clippedFrom01);
  report('not clipped', open);
  for (const skin of ['light', 'brown', 'very dark'] as const) {
    report(
      `  ${skin}`,
      open.filter((r) => r.skin === skin),
    );
  }
  report(
    'clipped',
    results.filter((r) => r.clipped01 > clippedFrom01),
  );
}

function report(label: string, results: readonly Result[]): void {
  if (results.length === 0) return;
  const part = (title: string, value: (r: Result) => number, bar: number): string => {
    const values = results.map(value);
    const met = values.filter((v) => v <= bar).length;
    return `${title} ${quantile(values, 0.5)} / ${quantile(values, 0.95)} (${met} of ${values.length} within ${bar})`;
  };
  console.log(`\n${label}`);
  console.log(`  ${part('mean ΔE00', (r) => r.mean, 2.5)}   ${part('95th', (r) => r.p95, 5)}`);
  console.log(
    `  ${part('rim inside', (r) => r.rimInside, 0.5)}   ${part('outside', (r) => r.rimOutside, 0.5)}`,
  );
  const even = results.flatMap(({ evenTexture }) => (evenTexture ? [evenTexture] : []));
  bands(
    'texture, as lost',
    results.map((r) => r.texture),
  );
  bands('texture, lost evenly', even);
  for (const which of ['healed', 'original'] as const) {
    bands(
      `texture inside / outside, ${which}`,
      results.map((r) => r.againstSurround[which]),
    );
  }
}

/** Patches without a core, all within 10 px of their border, have no texture to compare. */
function bands(label: string, found: readonly Likeness['texture'][]): void {
  const textures = found.filter((texture) => texture.every(Number.isFinite));
  if (textures.length === 0) return;
  const columns = [0, 1, 2].map((k) => {
    const values = textures.map((t) => t[k]);
    return `${quantile(values, 0.05)} ${quantile(values, 0.5)} ${quantile(values, 0.95)}`;
  });
  const met = textures.filter((t) => t.every((share) => share >= 0.9 && share <= 1.1)).length;
  console.log(
    `  ${label} (5 %, median, 95 % in three bands): ${columns.join(' | ')}; all in 0.9-1.1: ${met} of ${textures.length}`,
  );
}

function quantile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))].toFixed(2);
}

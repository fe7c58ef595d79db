/**
 * Lays a later photograph over an earlier one, away from the page's thread: by the engine's registration, or by a
 * projection given from points marked by hand.
 */
import { register } from '@undertone/engine/outcome/index.ts';
import { project } from '@undertone/engine/photo/homography.ts';
import type { Picture } from '@undertone/engine/photo/index.ts';

export interface AlignRequest {
  readonly before: Picture;
  readonly after: Picture;
  /** From points of `before` to points of `after`; without it, it is looked for. */
  readonly toAfter?: readonly number[];
}

export type AlignAnswer =
  | {
      readonly ok: true;
      readonly picture: Picture;
      readonly errorPx?: number;
      readonly agreement01?: number;
    }
  | { readonly ok: false; readonly reason: string };

const scope = self as unknown as {
  addEventListener(kind: 'message', listener: (event: MessageEvent<AlignRequest>) => void): void;
  postMessage(answer: AlignAnswer, transfer: Transferable[]): void;
};

scope.addEventListener('message', ({ data }) => scope.postMessage(align(data), []));

function align({ before, after, toAfter }: AlignRequest): AlignAnswer {
  if (toAfter) return { ok: true, picture: seenFrom(before, after, toAfter) };
  const found = register({ before, after });
  if (!found.ok) return { ok: false, reason: found.reason };
  const { errorPx, agreement01 } = found;
  return { ok: true, picture: seenFrom(before, after, found.toAfter), errorPx, agreement01 };
}

/** `after` on the grid of `before`, between pixels by straight lines; transparent where it has nothing. */
function seenFrom({ widthPx, heightPx }: Picture, after: Picture, toAfter: readonly number[]): Picture {
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = project(toAfter, { x, y });
      const left = Math.floor(at.x);
      const top = Math.floor(at.y);
      if (left < 0 || top < 0 || left + 1 >= after.widthPx || top + 1 >= after.heightPx) continue;
      const [fx, fy] = [at.x - left, at.y - top];
      const from = 4 * (top * after.widthPx + left);
      const below = from + 4 * after.widthPx;
      const to = 4 * (y * widthPx + x);
      for (let c = 0; c < 3; c++) {
        const upper = (after.rgba[from + c] ?? 0) * (1 - fx) + (after.rgba[from + 4 + c] ?? 0) * fx;
        const lower = (after.rgba[below + c] ?? 0) * (1 - fx) + (after.rgba[below + 4 + c] ?? 0) * fx;
        rgba[to + c] = upper * (1 - fy) + lower * fy;
      }
      rgba[to + 3] = 255;
    }
  }
  return { widthPx, heightPx, rgba };
}

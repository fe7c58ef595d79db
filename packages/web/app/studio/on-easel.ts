import type { Mask, Picture, Point } from '@undertone/engine/photo/index.ts';
import type { DensityStroke } from '@undertone/engine/plan/index.ts';
import type { Tool } from './state.ts';
import type { View } from './view.ts';

/** Tools that draw a stroke of the brush's width. */
export const isBrush = (tool: Tool) => tool === 'add' || tool === 'remove' || tool === 'density';

/** What the easel shows and what its tools do. */
export interface OnEasel {
  readonly picture: Picture;
  readonly region: Mask | undefined;
  /** A prediction drawn over the picture, right of `compare01` of its width. */
  readonly prediction: Picture | undefined;
  /** Over a map of the picture the region is outlined, over a prediction it is not. */
  readonly isMap?: boolean;
  readonly compare01: number;
  /** Dots in picture pixels, x and y in turn. */
  readonly dots: Float32Array | undefined;
  /** How wide a dot is, picture pixels. */
  readonly dotPx?: number | undefined;
  /** Places to look at, ringed. */
  readonly marks?: readonly (Point & { readonly diameterPx: number })[];
  /** Where the density was changed by hand, shown while that is the tool. */
  readonly densityStrokes?: readonly DensityStroke[];
  readonly tool: Tool;
  readonly brushPx: number;
  readonly ruler: { readonly from: Point; readonly to: Point } | null;
  readonly onTap: (at: Point) => void;
  readonly onStroke: (points: readonly Point[]) => void;
  readonly onRuler: (from: Point, to: Point) => void;
  /** How the picture lies on the screen now, after each drawing. */
  readonly onView?: (view: View) => void;
  readonly onBrush: (brushPx: number) => void;
}

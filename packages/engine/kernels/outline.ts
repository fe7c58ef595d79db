/**
 * A grid of cells with two features each, by which the two sides of an outline are told apart. Features are finite, also where
 * a cell is not valid.
 */
export interface OutlineCells {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Higher inside than outside. */
  readonly first: Float32Array;
  /** Lower inside than outside. */
  readonly second: Float32Array;
  /** 0 where a cell belongs to neither side. */
  readonly valid: Uint8Array;
}

export interface OutlineRules {
  /** Half width of the window in which the sides are compared, in cells; at least 1. */
  readonly windowPx: number;
  readonly rounds: number;
  /** The features may differ either way round. */
  readonly isAny: boolean;
  /** Cells that must stay inside (2), must stay outside (1) or are free (0). */
  readonly pinned?: Uint8Array;
  /** Added to the features' variances: noise and grain. */
  readonly floors: readonly [first: number, second: number];
}

/** A side seen over less than 6 % of the window says too little. A hair less: no count of cells lies just on it. */
export const leastSeen = 0.06 - 1e-6;
/** Mean belief about a cell from which on it is inside. A hair below a half, so that rounding does not part even odds. */
export const leastBelief = 0.5 - 1e-6;
/** Share of all cells that may flicker for ever: no further round when no more change sides. */
export const mostFlickering = 1 / 2000;
/** Evidence is cut here, in nats, and is this where a cell is not valid. */
export const mostNats = 6;

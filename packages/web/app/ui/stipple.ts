/** mulberry32: the same dots for the same seed, on the server and in the browser. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface StippleOptions {
  /** Width and height of the field in cells; at full tone each cell holds one dot. */
  readonly columns: number;
  readonly rows: number;
  readonly seed: number;
}

/** Dots of one size as one SVG path of zero-length strokes: `diameter` is the stroke's width, in cells. */
export interface StipplePath {
  readonly diameter: number;
  readonly d: string;
}

/** Share of cells that hold a dot at `x01` of the width: bare at the left, full at the right, eased at both ends. */
export function coverage01(x01: number): number {
  return x01 * x01 * (3 - 2 * x01);
}

/**
 * A ramp of jittered dots. Each cell draws its chance, place and size whether or not it keeps its dot, so a wider
 * field does not reshuffle the dots of a narrower one row by row.
 */
export function stipplePaths({ columns, rows, seed }: StippleOptions): StipplePath[] {
  const diameters = [0.3, 0.42, 0.56];
  const paths = diameters.map((diameter) => ({ diameter, d: '' }));
  const chance = seeded(seed);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [keep, dx, dy, size] = [chance(), chance(), chance(), chance()];
      const tone = coverage01((column + 0.5) / columns);
      if (keep >= tone) continue;
      const jitter = 0.56 * (1 - 0.6 * tone);
      const x = column + 0.5 + (dx - 0.5) * jitter;
      const y = row + 0.5 + (dy - 0.5) * jitter;
      const path = paths[Math.min(2, Math.floor(size * 1.2 + tone * 2))];
      if (path) path.d += `M${x.toFixed(2)} ${y.toFixed(2)}h0`;
    }
  }
  return paths;
}

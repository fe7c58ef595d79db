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

/** Tone 0..1 (share of the fullest cover) at a place, both coordinates 0..1 from the top left. */
export type Tone01 = (x01: number, y01: number) => number;

const smooth01 = (from: number, to: number, at: number): number => {
  const t = Math.min(1, Math.max(0, (at - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

/** What a field of dots may show: a ramp from bare to full, a pale patch in even skin, a hairline, a mouth. */
export const tones = {
  ramp: (x) => smooth01(-0.02, 0.98, x),
  patch: (x, y) => 0.08 + 0.92 * smooth01(0.62, 1.02, Math.hypot((x - 0.52) / 0.36, (y - 0.5) / 0.46)),
  hairline: (x, y) => smooth01(-0.1, 0.28, 0.68 + 0.2 * Math.sin((x - 0.5) * Math.PI) ** 2 - y),
  mouth: (x, y) => {
    const width = Math.abs(x - 0.5) / 0.46;
    const taper = Math.sqrt(Math.max(0, 1 - width * width));
    const bow = 0.36 * taper * (1 - 0.3 * Math.exp(-((width / 0.16) ** 2)));
    const edge = y < 0.46 ? (0.46 - y) / Math.max(0.02, bow) : (y - 0.46) / Math.max(0.02, 0.46 * taper);
    return (1 - smooth01(0.8, 1.08, edge)) * (0.7 + 0.3 * smooth01(0, 0.14, Math.abs(y - 0.46)));
  },
} satisfies Readonly<Record<string, Tone01>>;

export type ToneName = keyof typeof tones;

export interface StippleOptions {
  /** Width and height of the field, in mean distances between dots at full tone. */
  readonly columns: number;
  readonly rows: number;
  readonly tone: Tone01;
  readonly seed: number;
}

/** Dots of one size as one SVG path of zero-length strokes: `diameter` is the stroke's width. */
export interface StipplePath {
  readonly diameter: number;
  readonly d: string;
}

// The plastic number: steps of 1/p and 1/p² spread any number of points evenly over a torus (Roberts' R2 sequence).
const plastic = 1.324_717_957_244_746;

/**
 * Dots spread so that each tone is evenly filled: they come in an order of which every beginning is even (as a clinic
 * fills a scalp: 30, 70, 100 %), and a place keeps those whose rank is below its tone. Square tiles repeat along the
 * longer side; a little jitter hides that.
 */
export function stipplePaths({ columns, rows, tone, seed }: StippleOptions): StipplePath[] {
  const paths = [0.32, 0.44, 0.56].map((diameter) => ({ diameter, d: '' }));
  const chance = seeded(seed);
  const side = Math.min(columns, rows);
  const dots = Math.round(side * side);
  const [startX, startY] = [chance(), chance()];
  for (let tileX = 0; tileX < columns; tileX += side) {
    for (let tileY = 0; tileY < rows; tileY += side) {
      for (let rank = 0; rank < dots; rank++) {
        const x = tileX + ((startX + rank / plastic) % 1) * side + (chance() - 0.5) * 0.18;
        const y = tileY + ((startY + rank / plastic ** 2) % 1) * side + (chance() - 0.5) * 0.18;
        const here = tone(x / columns, y / rows);
        const isInside = x > 0.3 && y > 0.3 && x < columns - 0.3 && y < rows - 0.3;
        if (!isInside || (rank + 0.5) / dots >= here) continue;
        const path = paths[Math.min(2, Math.floor(here * 2.2 + chance() * 0.9))];
        if (path) path.d += `M${x.toFixed(2)} ${y.toFixed(2)}h0`;
      }
    }
  }
  return paths;
}

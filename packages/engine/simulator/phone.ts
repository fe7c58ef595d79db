/** What a telephone does to a picture after its sensor: curves that please, and light moved about between its parts. */

/** A curve over encoded values 0..1, rising, with its ends where they were or nearly. */
export type ToneCurve = (encoded: number) => number;

const mix = (a: number, b: number, share: number): number => a + (b - a) * share;

/** An S about the middle: `strength` 0 leaves it straight, 1 is a hard contrast. */
const contrast =
  (strength: number): ToneCurve =>
  (v) =>
    mix(v, v * v * (3 - 2 * v), strength);

/** Brighter in the middle, by a power. */
const bright =
  (power: number): ToneCurve =>
  (v) =>
    v ** power;

/** Shadows lifted, lights rolled off, as film does. */
const film: ToneCurve = (v) => 0.04 + 0.94 * (1 - (1 - v) ** 1.35) * (0.75 + 0.25 * v);

/** Curves between which those of telephones lie; their makers publish none. */
export const phoneCurves: Readonly<Record<string, ToneCurve>> = {
  straight: (v) => v,
  'mild contrast': contrast(0.3),
  'strong contrast': contrast(0.7),
  'bright portrait': (v) => contrast(0.3)(bright(0.8)(v)),
  film: film,
};

/** A picture's encoded value of linear light after a curve, in 256 levels, decoded again as if nothing had been done. */
export function throughPhone(linear: number, curve: ToneCurve): number {
  const held = Math.min(1, Math.max(0, linear));
  const encoded = held <= 0.0031308 ? 12.92 * held : 1.055 * held ** (1 / 2.4) - 0.055;
  const level = Math.round(255 * Math.min(1, Math.max(0, curve(encoded)))) / 255;
  return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
}

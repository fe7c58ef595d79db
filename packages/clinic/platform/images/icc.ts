/** A matrix-and-curve RGB profile: three curves to linear light and three columns of CIE XYZ under D50. */
export interface MatrixProfile {
  readonly curves: readonly [Float64Array, Float64Array, Float64Array];
  readonly columns: readonly [number[], number[], number[]];
}

/** Rows of linear sRGB from XYZ under D50 (Bradford-adapted): IEC 61966-2-1 amendment 1, as the sRGB ICC profile states. */
const srgbOfXyzD50 = [
  [3.1341359569, -1.6173863321, -0.490661946],
  [-0.978795553, 1.9162543773, 0.0334427354],
  [0.071955384, -0.2289768264, 1.4053860351],
];

/**
 * The ICC profile of a HEIC file: the first `colr` box of type `prof` or `rICC` (ISO/IEC 14496-12, 12.1.5), read
 * as a matrix profile. `undefined` when there is none or it is of another kind; the pixels then pass as sRGB.
 */
export function iccProfileOf(heif: Uint8Array): MatrixProfile | undefined {
  const view = new DataView(heif.buffer, heif.byteOffset, heif.byteLength);
  const end = Math.min(heif.length - 12, 1 << 20);
  for (let at = 4; at < end; at++) {
    if (view.getUint32(at) !== 0x636f6c72) continue;
    const kind = view.getUint32(at + 4);
    if (kind !== 0x70726f66 && kind !== 0x72494343) continue;
    const size = view.getUint32(at - 4);
    if (size < 24 || at - 4 + size > heif.length) continue;
    const profile = readMatrixProfile(heif.subarray(at + 8, at - 4 + size));
    if (profile) return profile;
  }
  return undefined;
}

/** Reads `rXYZ gXYZ bXYZ rTRC gTRC bTRC` (ICC.1:2022, 9.2); `undefined` when any is missing or malformed. */
export function readMatrixProfile(icc: Uint8Array): MatrixProfile | undefined {
  try {
    const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
    const tags = new Map<string, number>();
    const count = view.getUint32(128);
    for (let i = 0; i < Math.min(count, 64); i++) {
      const at = 132 + 12 * i;
      tags.set(String.fromCharCode(...icc.subarray(at, at + 4)), view.getUint32(at + 4));
    }
    const fixed = (at: number): number => view.getInt32(at) / 65536;
    const column = (name: string): number[] => {
      const at = tags.get(name);
      if (at === undefined) throw new RangeError(name);
      return [fixed(at + 8), fixed(at + 12), fixed(at + 16)];
    };
    const curve = (name: string): Float64Array => {
      const at = tags.get(name);
      if (at === undefined) throw new RangeError(name);
      return Float64Array.from({ length: 256 }, (_, i) => curveAt(view, at, i / 255));
    };
    return {
      columns: [column('rXYZ'), column('gXYZ'), column('bXYZ')],
      curves: [curve('rTRC'), curve('gTRC'), curve('bTRC')],
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** `curv` (10.6) or `para` (10.18) at x, 0..1. */
function curveAt(view: DataView, at: number, x: number): number {
  const kind = view.getUint32(at);
  if (kind === 0x63757276) {
    const count = view.getUint32(at + 8);
    if (count === 0) return x;
    if (count === 1) return x ** (view.getUint16(at + 12) / 256);
    const place = x * (count - 1);
    const low = Math.min(Math.floor(place), count - 2);
    const a = view.getUint16(at + 12 + 2 * low);
    const b = view.getUint16(at + 14 + 2 * low);
    return (a + (b - a) * (place - low)) / 65535;
  }
  if (kind !== 0x70617261) throw new RangeError('curve');
  const shape = view.getUint16(at + 8);
  const p = (i: number): number => view.getInt32(at + 12 + 4 * i) / 65536;
  const g = p(0);
  if (shape === 0) return x ** g;
  const base = Math.max(0, p(1) * x + p(2));
  if (shape === 1) return x >= -p(2) / p(1) ? base ** g : 0;
  if (shape === 2) return x >= -p(2) / p(1) ? base ** g + p(3) : p(3);
  if (shape === 3) return x >= p(4) ? base ** g : p(3) * x;
  if (shape === 4) return x >= p(4) ? base ** g + p(5) : p(3) * x + p(6);
  throw new RangeError('curve');
}

/** Converts RGBA pixels of a matrix profile to sRGB in place, colorimetrically; colours outside sRGB are clipped. */
export function toSrgb(rgba: Uint8ClampedArray, profile: MatrixProfile): void {
  const m = srgbOfXyzD50.map((row) =>
    profile.columns.map((column) => row.reduce((sum, value, i) => sum + value * column[i], 0)),
  );
  const steps = 4095;
  const encode = Uint8Array.from({ length: steps + 1 }, (_, i) => {
    const v = i / steps;
    return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
  });
  const [cr, cg, cb] = profile.curves;
  const put = (v: number): number => encode[v <= 0 ? 0 : v >= 1 ? steps : Math.round(v * steps)];
  for (let i = 0; i < rgba.length; i += 4) {
    const r = cr[rgba[i]];
    const g = cg[rgba[i + 1]];
    const b = cb[rgba[i + 2]];
    rgba[i] = put(m[0][0] * r + m[0][1] * g + m[0][2] * b);
    rgba[i + 1] = put(m[1][0] * r + m[1][1] * g + m[1][2] * b);
    rgba[i + 2] = put(m[2][0] * r + m[2][1] * g + m[2][2] * b);
  }
}

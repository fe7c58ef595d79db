// What the benches use of packages that ship no types.
declare module 'culori' {
  interface LabColour {
    mode: 'lab65';
    l: number;
    a: number;
    b: number;
  }
  export function differenceCiede2000(): (first: LabColour, second: LabColour) => number;
}

declare module 'spectral.js' {
  /** `new Color(reflectance)` with 38 values, 380 to 750 nm every 10 nm. */
  export class Color {
    constructor(reflectance: number[]);
    readonly R: number[];
    readonly XYZ: number[];
  }
  export function mix(...parts: [Color, number][]): Color;
}

declare module 'poisson-disk-sampling' {
  /** Bridson's sampling with a density, 0 (dense) to 1 (sparse), at each place. */
  export default class PoissonDiskSampling {
    constructor(
      options: {
        shape: number[];
        minDistance: number;
        maxDistance?: number;
        tries?: number;
        distanceFunction?: (point: number[]) => number;
      },
      random?: () => number,
    );
    fill(): number[][];
  }
}

// What the science bench uses of two packages that ship no types.
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

import type { SpectralGrid } from '../light/index.ts';
import { wavelengthsNm } from '../light/index.ts';
import { deoxyhaemoglobinPerCmM, oxyhaemoglobinPerCmM } from './tables/haemoglobin.ts';

/** The bands of every skin model: 400 to 700 nm every 10 nm. */
export const skinGrid: SpectralGrid = { startNm: 400, stepNm: 10, count: 31 };

/** Henyey-Greenstein anisotropy of all skin layers, and the refractive index of skin against air. */
export const skinAnisotropy = 0.8;
export const skinRefractiveIndex = 1.4;

/** What one person's skin is made of, as far as light can tell. */
export interface SkinParameters {
  /** Volume share of melanosomes in the epidermis, 0..0.5. It trades against epidermal thickness. */
  readonly melaninFraction: number;
  /** Melanin absorbs as (wavelength / 500 nm) to minus this; 2..4.5, 3.33 in Jacques 1998. */
  readonly melaninExponent: number;
  /** Volume share of blood (150 g/L haemoglobin) in the dermis, 0..0.2. */
  readonly bloodFraction: number;
  /** Share of haemoglobin that carries oxygen, 0..1. */
  readonly oxygenation01: number;
  /** Mean radius of blood vessels: blood packed in vessels absorbs less than blood spread evenly. */
  readonly vesselRadiusUm: number;
  /** Multiplies the absorption of bloodless, melanin-free tissue (Jacques 1998). */
  readonly baselineScale: number;
  /** Absorption coefficient of carotenoids (and bilirubin) at their peak. */
  readonly carotenoidPerCm: number;
  /** Reduced scattering at 500 nm. Reflectance cannot fix it: it is assumed, 25..60 in living skin. */
  readonly scatteringPerCm500: number;
  /** Reduced scattering falls as (wavelength / 500 nm) to minus this. */
  readonly scatteringSlope: number;
}

/** About the middle of the 50 forearms the priors were learned from; a start for edits and tests. */
export const exampleSkin: SkinParameters = {
  melaninFraction: 0.016,
  melaninExponent: 3.33,
  bloodFraction: 0.0065,
  oxygenation01: 0.57,
  vesselRadiusUm: 10,
  baselineScale: 0.3,
  carotenoidPerCm: 0.16,
  scatteringPerCm500: 35,
  scatteringSlope: 1.3,
};

/** Absorption of a melanosome, cm-1, at the 500 nm pivot: 6.6e11 * 500^-3.33 (Jacques 1998). */
export const melanosomePerCm500 = 6.6e11 * 500 ** -3.33;
/** Natural-log absorption of whole blood per unit of molar extinction: ln 10 * 150 g/L / 64500 g/mol. */
const bloodMolar = (Math.LN10 * 150) / 64500;

/** Fixed spectral shapes of the absorbers on {@link skinGrid}; plain arrays, made once per model. */
export interface Absorbers {
  readonly wavelengthNm: Float64Array;
  /** Whole blood, oxygenated and not, cm-1. */
  readonly oxyBloodPerCm: Float64Array;
  readonly deoxyBloodPerCm: Float64Array;
  /** Tissue without blood and melanin, cm-1. */
  readonly baselinePerCm: Float64Array;
  /** Carotenoid band, peak 1. */
  readonly carotenoidShape: Float64Array;
}

export function absorbers(): Absorbers {
  const wavelengthNm = wavelengthsNm(skinGrid);
  return {
    wavelengthNm,
    oxyBloodPerCm: Float64Array.from(oxyhaemoglobinPerCmM, (e) => bloodMolar * e),
    deoxyBloodPerCm: Float64Array.from(deoxyhaemoglobinPerCmM, (e) => bloodMolar * e),
    baselinePerCm: wavelengthNm.map((nm) => 0.244 + 85.3 * Math.exp(-(nm - 154) / 66.2)),
    carotenoidShape: wavelengthNm.map(carotenoidBand),
  };
}

/** Two overlapping bands of beta-carotene in tissue, near 455 and 482 nm. Our approximation; a small term. */
function carotenoidBand(nm: number): number {
  const band = (centreNm: number, widthNm: number) => Math.exp(-0.5 * ((nm - centreNm) / widthNm) ** 2);
  return (band(455, 20) + 0.85 * band(482, 12)) / 1.25;
}

/** Vessel packing (van Veen, Verkruysse, Sterenborg, Opt. Lett. 27 (2002) 246): 1 for thin vessels, falls with x = 2 mua r. */
export function packing(x: number): number {
  return x < 1e-4 ? 1 - x / 2 : -Math.expm1(-x) / x;
}

/** Absorption and reduced scattering of epidermis and dermis per band, cm-1. */
export interface LayerOptics {
  readonly epidermisMuaPerCm: Float64Array;
  readonly dermisMuaPerCm: Float64Array;
  readonly muspPerCm: Float64Array;
}

export function layerOptics(skin: SkinParameters, shapes: Absorbers = absorbers()): LayerOptics {
  const n = skinGrid.count;
  const epidermisMuaPerCm = new Float64Array(n);
  const dermisMuaPerCm = new Float64Array(n);
  const muspPerCm = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const ratio = shapes.wavelengthNm[i] / 500;
    const wholeBlood =
      skin.oxygenation01 * shapes.oxyBloodPerCm[i] + (1 - skin.oxygenation01) * shapes.deoxyBloodPerCm[i];
    const packed = wholeBlood * packing(2 * wholeBlood * skin.vesselRadiusUm * 1e-4);
    const tissue =
      skin.baselineScale * shapes.baselinePerCm[i] + skin.carotenoidPerCm * shapes.carotenoidShape[i];
    epidermisMuaPerCm[i] =
      tissue + skin.melaninFraction * melanosomePerCm500 * ratio ** -skin.melaninExponent;
    dermisMuaPerCm[i] = tissue + skin.bloodFraction * packed;
    muspPerCm[i] = skin.scatteringPerCm500 * ratio ** -skin.scatteringSlope;
  }
  return { epidermisMuaPerCm, dermisMuaPerCm, muspPerCm };
}

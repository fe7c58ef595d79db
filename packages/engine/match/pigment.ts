/** A pigment as the optics see it, a set of pigments, and the rules that keep some out of some skin. */

/** Where K and S come from, best first. */
export type PigmentMethod = 'black-and-white' | 'masstone-and-tint' | 'given' | 'mie';

export interface PigmentProvenance {
  readonly method: PigmentMethod;
  /** Who measured what, in words. */
  readonly source: string;
}

/**
 * Kubelka-Munk absorption K and scattering S per unit dose on the 400-700 nm, 10 nm grid. A dose d spread through
 * {@link nominalLayerUm} of dermis has absorption (3/8) d K and reduced scattering d S, both in cm⁻¹
 * (M. J. C. van Gemert and W. M. Star, Lasers Life Sci. 1 (1987) 287: K = 2 mua, S = 3/4 mus').
 */
export interface Pigment {
  /** Lower-case words joined by hyphens; unique within its set. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'ink' | 'paint';
  /** Colour Index constitution number, five digits. */
  readonly ciNumber?: string;
  /** Chemical Abstracts registry number. */
  readonly cas?: string;
  readonly K: Float64Array;
  readonly S: Float64Array;
  /** Standard deviation of ln K and of ln S, typical over the grid. */
  readonly relativeSd: { readonly K: number; readonly S: number };
  readonly provenance: PigmentProvenance;
  readonly isWhiteOpacifier: boolean;
}

export interface PigmentSet {
  readonly name: string;
  readonly kind: 'ink' | 'paint';
  /** What one unit of dose is, in words. All pigments of a set share it, and mix by it. */
  readonly doseUnit: string;
  /**
   * Dose implanted by one full treatment with the undiluted mixture. Until a clinic has calibrated it by
   * test spots it is an assumption, and `doseCalibrated` is false.
   */
  readonly undilutedDose: number;
  readonly doseCalibrated: boolean;
  readonly pigments: readonly Pigment[];
}

/** Thickness of the pigment layer for which K and S are stated as coefficients, in micrometres. */
export const nominalLayerUm = 300;

/** K to absorption coefficient: K = 2 mua, S = 3/4 mus', in units where S is the reduced scattering. */
export const absorptionPerK = 3 / 8;

export type Treatment = 'vitiligo' | 'lip' | 'scalp';

/** A clinical sentence with where it comes from; nobody has signed it yet. */
export interface PigmentRule {
  readonly code: string;
  readonly effect: 'refuse' | 'avoid' | 'note';
  readonly message: string;
  readonly source: string;
  readonly review: 'unreviewed';
}

interface ListedRule extends PigmentRule {
  readonly ciNumbers: readonly string[];
  readonly treatments?: readonly Treatment[];
}

/** docs/science/pigments.md lists these with their sources. */
const listedRules: readonly ListedRule[] = [
  {
    code: 'blocklist-mercury',
    effect: 'refuse',
    ciNumbers: ['77766'],
    message: 'Mercury sulfide (cinnabar) is not used in skin.',
    source: 'domain reference 2.3: blocklist, CI number from background knowledge',
    review: 'unreviewed',
  },
  {
    code: 'blocklist-cadmium',
    effect: 'refuse',
    ciNumbers: ['77199'],
    message: 'Cadmium sulfide is not used in skin.',
    source: 'domain reference 2.3: blocklist, CI number from background knowledge',
    review: 'unreviewed',
  },
  {
    code: 'titanium-dioxide-lip-scalp',
    effect: 'avoid',
    ciNumbers: ['77891'],
    treatments: ['lip', 'scalp'],
    message: 'Titanium dioxide sits chalky on lips and scalp; avoid it there where possible.',
    source: 'domain reference 2.3, background knowledge',
    review: 'unreviewed',
  },
  {
    code: 'laser-darkening',
    effect: 'note',
    ciNumbers: ['77891', '77491', '77492', '77499'],
    message: 'Q-switched laser can turn this pigment grey-black at once; warn patients who book any laser.',
    source: 'domain reference 4.2 [52, commercial page; background knowledge]',
    review: 'unreviewed',
  },
  {
    code: 'carbon-black-deep',
    effect: 'note',
    ciNumbers: ['77266'],
    message: 'Carbon black looks cool or blue when it lies deep.',
    source: 'domain reference 2.3, background knowledge',
    review: 'unreviewed',
  },
  {
    code: 'eu-restricted-blue-green',
    effect: 'note',
    ciNumbers: ['74160', '74260'],
    message: 'Restricted in tattoo inks in the European Union since 4 January 2023.',
    source: 'domain reference 2.3 [74], Regulation (EU) 2020/2081',
    review: 'unreviewed',
  },
  {
    code: 'azo-check',
    effect: 'note',
    ciNumbers: ['12475', '12370', '21108', '21110'],
    message: 'Azo pigment: check the safety data sheet by CAS number against REACH entry 75.',
    source: 'domain reference 2.3, background knowledge',
    review: 'unreviewed',
  },
];

/** Rules that apply to one pigment in one treatment. A white opacifier counts as CI 77891 when it names no number. */
export function pigmentRules(
  pigment: Pick<Pigment, 'ciNumber' | 'isWhiteOpacifier'>,
  treatment: Treatment,
): PigmentRule[] {
  const ciNumber = pigment.ciNumber ?? (pigment.isWhiteOpacifier ? '77891' : undefined);
  if (ciNumber === undefined) return [];
  return listedRules
    .filter((rule) => rule.ciNumbers.includes(ciNumber))
    .filter((rule) => rule.treatments === undefined || rule.treatments.includes(treatment))
    .map(({ code, effect, message, source, review }) => ({ code, effect, message, source, review }));
}

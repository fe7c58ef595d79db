import type { NamedWhite, Spectrum } from '@undertone/engine/light/index.ts';
import type { TypedReadings } from '@undertone/engine/plan/index.ts';
import { type InstrumentGeometry, parseSpectraCsv, type Reading } from '@undertone/engine/skin/index.ts';
import type { LabChoice } from './typed.ts';

export const places = ['patch', 'surround', 'tanned'] as const;
/** What was read: the patch, the skin it shall look like, and that skin in its tanned season. */
export type Place = (typeof places)[number];

/** How all places of one plan were read: readings of different instruments are never mixed. */
export interface Conditions {
  readonly instrument: Exclude<InstrumentGeometry, 'camera'>;
  /** Light and observer the colours are stated for; a spectrum needs neither. */
  readonly white: NamedWhite;
}

export const instruments = ['contact-colorimeter', 'sphere-sci', 'sphere-sce', '45/0'] as const;
export const whites = ['D65/10', 'D65/2', 'D50/10', 'D50/2', 'A/10', 'A/2'] as const;

/** A spectrum and the file it was read from; it says more than three numbers and is taken before them. */
export interface ReadSpectrum {
  readonly fileName: string;
  readonly reflectance01: Spectrum;
}

export type Spectra = Readonly<Record<Place, ReadSpectrum | null>>;
export const noSpectra: Spectra = { patch: null, surround: null, tanned: null };

export type SpectrumChoice =
  | { readonly ok: true; readonly spectrum: ReadSpectrum }
  | { readonly ok: false; readonly reason: 'many-samples' | 'unreadable'; readonly message: string };

/** Reads a CSV with one sample: which of several is meant nobody can know. */
export function spectrumOf(fileName: string, text: string): SpectrumChoice {
  const parsed = parseSpectraCsv(text);
  if (!parsed.ok) return { ok: false, reason: 'unreadable', message: parsed.message };
  const [only, ...others] = parsed.spectra;
  if (!only || others.length > 0) {
    const names = parsed.spectra.map(({ name }) => name).join(', ');
    return { ok: false, reason: 'many-samples', message: names };
  }
  return { ok: true, spectrum: { fileName, reflectance01: only.reflectance01 } };
}

export type ReadingsChoice =
  | { readonly ok: true; readonly readings: TypedReadings | null }
  /** `mixed-kinds`: one place by spectrum and another by colour; `one-missing`: patch without surround or reverse. */
  | { readonly ok: false; readonly reason: 'mixed-kinds' | 'one-missing' | 'bad-lab' };

/** The readings of an instrument as the plan takes them; `null` when nothing was read. */
export function readingsOf(
  labs: Readonly<Record<Place, LabChoice>>,
  spectra: Spectra,
  { instrument, white }: Conditions,
): ReadingsChoice {
  const found: Partial<Record<Place, Reading>> = {};
  for (const place of places) {
    const spectrum = spectra[place];
    const typed = labs[place];
    if (spectrum) {
      found[place] = { kind: 'spectrum', reflectance01: spectrum.reflectance01, instrument };
    } else if (!typed.ok) {
      return { ok: false, reason: 'bad-lab' };
    } else if (typed.lab) {
      found[place] = { kind: 'lab', lab: { white, ...typed.lab }, instrument };
    }
  }
  const { patch, surround, tanned } = found;
  if (!patch && !surround && !tanned) return { ok: true, readings: null };
  if (!patch || !surround) return { ok: false, reason: 'one-missing' };
  if (patch.kind !== surround.kind || (tanned && tanned.kind !== patch.kind)) {
    return { ok: false, reason: 'mixed-kinds' };
  }
  return { ok: true, readings: { patch, surround, ...(tanned && { tanned }) } };
}

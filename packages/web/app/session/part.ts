import { zoneName } from '@undertone/clinic/session/zone-names.ts';
import type { Mirror } from './device-store.ts';
import type { Given } from './given.tsx';
import type { Snapshot, Tablet } from './tablet.ts';
import type { SessionWords } from './words.ts';

/** What every part of the screen is given. */
export interface Part {
  readonly tablet: Tablet;
  readonly snapshot: Snapshot;
  readonly mirror: Mirror;
  readonly given: Given;
  readonly words: SessionWords;
  readonly number: Intl.NumberFormat;
  /** A moment on the device's clock, as the clinic reads the time. */
  readonly clock: (ms: number) => string;
  readonly nowMs: number;
  /** When something happened, on the device's clock. */
  readonly atMs: (done: { readonly at: string; readonly isSaved: boolean }) => number;
  /** Only a session that is still written in takes entries. */
  readonly canWrite: boolean;
}

/** A value of a field as people read it. */
export function fieldText(
  { words, number }: Pick<Part, 'words' | 'number'>,
  field: keyof SessionWords['fields'],
  value: unknown,
  mirror: Mirror,
): string {
  if (field === 'weightKg') return `${number.format(value as number)} kg`;
  if (field === 'heightCm') return `${number.format(value as number)} cm`;
  if (field === 'diluentParts') return number.format(value as number);
  if (field === 'depth') {
    const { lowMm, highMm } = value as { lowMm: number; highMm: number };
    return `${number.format(lowMm)}–${number.format(highMm)} mm`;
  }
  if (field === 'operatorId' || field === 'physicianId')
    return mirror.opening.people.find(({ id }) => id === value)?.name ?? '…';
  const coded: Partial<Record<string, Readonly<Record<string, string>>>> = {
    sex: words.sexes,
    bleeding: words.bleedings,
    endpoint: words.endpoints,
    stopReason: words.stopReasons,
  };
  const text = String(value);
  return coded[field]?.[text] ?? text;
}

/** A zone as it is called; without one it is the whole region. */
export function zoneText({ words, given }: Pick<Part, 'words' | 'given'>, zone: string): string {
  return zone === '' ? words.wholeRegion : zoneName(given.locale, zone);
}

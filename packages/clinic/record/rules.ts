/** What follows from a patient's record: age, alerts, likeness of two records. Pure, browser-safe. */
import { type HealthFlag, healthFlags } from './flags.ts';
import type {
  ContactChannel,
  ContactConsent,
  ContactPurpose,
  FoundPatient,
  HealthEntry,
  Patient,
} from './schema.ts';
import { foldName } from './transliteration.ts';

export { flagsOfAnswers, type HealthFlag, healthFlagIds, healthFlags } from './flags.ts';
export { phoneInWords, phoneOf } from './phone.ts';
export { asciiDigits, foldName } from './transliteration.ts';

/** Minors are treated only with guardian and assent (gate G26). */
export const adultYears = 18;

export interface Age {
  readonly years: number;
  /** False: told as an age; the person is this old or up to a year older. */
  readonly isExact: boolean;
}

/** Whole years on a day, both `YYYY-MM-DD`; somebody born on 29 February comes of age on 1 March. */
export function ageOn(day: string, person: Pick<Patient, 'birthDate' | 'birthDateExact'>): Age | undefined {
  if (person.birthDate === null) return undefined;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const [birthYear = 0, birthMonth = 0, birthDate = 0] = person.birthDate.split('-').map(Number);
  const hadBirthday = month > birthMonth || (month === birthMonth && date >= birthDate);
  return { years: year - birthYear - (hadBirthday ? 0 : 1), isExact: person.birthDateExact };
}

/** The latest birth date of somebody who is this many years old on a day. */
export function latestBirthDate(day: string, ageYears: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const born = new Date(Date.UTC(year - ageYears, month - 1, date));
  // 29 February, in a year without one.
  if (born.getUTCMonth() !== month - 1) born.setUTCDate(0);
  return born.toISOString().slice(0, 10);
}

export interface ChartAlert {
  readonly code: HealthFlag | 'minor' | 'minor-without-guardian' | 'age-unknown';
  readonly tone: 'stop' | 'mind';
  readonly note: string;
}

/** What everybody who opens the chart must see, the gravest first; one line for each code. */
export function alertsOf(
  patient: Pick<Patient, 'birthDate' | 'birthDateExact' | 'guardian'>,
  health: readonly HealthEntry[],
  today: string,
): readonly ChartAlert[] {
  const alerts = new Map<string, ChartAlert>();
  const age = ageOn(today, patient);
  if (age === undefined) alerts.set('age-unknown', { code: 'age-unknown', tone: 'mind', note: '' });
  else if (age.years < adultYears) {
    const code = patient.guardian === null ? 'minor-without-guardian' : 'minor';
    alerts.set(code, { code, tone: patient.guardian === null ? 'stop' : 'mind', note: '' });
  }
  for (const entry of health) {
    if (entry.endedAt !== null) continue;
    // An allergy nobody has given a code is still an allergy.
    const code = entry.flag ?? (entry.kind === 'allergy' ? 'other-allergy' : undefined);
    if (code === undefined || healthFlags[code].alert === 'none') continue;
    const before = alerts.get(code);
    const notes = [before?.note ?? '', entry.note].filter((note) => note !== '');
    alerts.set(code, { code, tone: healthFlags[code].alert, note: [...new Set(notes)].join('; ') });
  }
  return [...alerts.values()].toSorted((a, b) => Number(a.tone === 'mind') - Number(b.tone === 'mind'));
}

/** Flags that hold, for rules of other subjects. */
export function flagsOf(health: readonly HealthEntry[]): ReadonlySet<HealthFlag> {
  return new Set(health.flatMap(({ flag, endedAt }) => (flag === null || endedAt !== null ? [] : [flag])));
}

/** Channels on which the last thing said about a purpose is no; where nothing was ever said, none is closed. */
export function closedIn(
  consents: readonly ContactConsent[],
  purpose: ContactPurpose,
): ReadonlySet<ContactChannel> {
  const channels = Map.groupBy(
    consents.filter((consent) => consent.purpose === purpose),
    ({ channel }) => channel,
  );
  const lastMs = (instants: readonly (Date | null)[]) =>
    Math.max(...instants.map((at) => at?.getTime() ?? Number.NEGATIVE_INFINITY));
  return new Set(
    [...channels].flatMap(([channel, said]) => {
      const standing = lastMs(
        said.filter(({ withdrawnAt }) => withdrawnAt === null).map((one) => one.givenAt),
      );
      return standing >= lastMs(said.map(({ withdrawnAt }) => withdrawnAt)) ? [] : [channel];
    }),
  );
}

/** What a search or a comparison shows of somebody. */
export function foundOf(patient: Patient): FoundPatient {
  const { id, name, language, synthetic, birthDate, birthDateExact, phones } = patient;
  return { id, name, language, synthetic, birthDate, birthDateExact, phone: phones[0] ?? null };
}

/** What two records have in common when they may be one person; empty when they are not alike. */
export type Likeness = 'phone' | 'email' | 'birth-date' | 'name';

type Likened = Pick<Patient, 'name' | 'phones' | 'email' | 'birthDate' | 'birthDateExact'>;

/**
 * Alike enough to ask: the same telephone or e-mail with a name in common, or the same name and no birth date against
 * it. A family shares a telephone, so that alone is not enough when every name differs.
 */
export function likeness(a: Likened, b: Likened): readonly Likeness[] {
  const found: Likeness[] = [];
  if (a.phones.some((phone) => b.phones.includes(phone))) found.push('phone');
  if (a.email !== null && a.email.toLowerCase() === b.email?.toLowerCase()) found.push('email');
  const isDated = a.birthDate !== null && b.birthDate !== null && a.birthDateExact && b.birthDateExact;
  if (isDated && a.birthDate === b.birthDate) found.push('birth-date');
  const shared = sharedWords(a.name, b.name);
  if (shared === 'all') found.push('name');
  const isContradicted = isDated && a.birthDate !== b.birthDate;
  if (shared === 'none') return [];
  if (shared === 'all') return isContradicted && found.length === 1 ? [] : found;
  return found.length > 0 && !isContradicted ? found : [];
}

/** Whether all words of the shorter name sound like words of the longer one, some do, or none. */
function sharedWords(a: string, b: string): 'all' | 'some' | 'none' {
  const sounds = (name: string) =>
    foldName(name).map(({ word, key, skeleton }) => (skeleton.length > 1 ? skeleton : key || word));
  const [shorter = [], longer = []] = [sounds(a), sounds(b)].toSorted((x, y) => x.length - y.length);
  const shared = shorter.filter((sound) => longer.includes(sound)).length;
  if (shared === 0) return 'none';
  return shared === shorter.length ? 'all' : 'some';
}

/** A row of the table as what it would become, or what is wrong with it. Pure. */
import type { Premises, TabledVisit } from '../booking/import-door.ts';
import type { TabledPatient } from '../record/import-door.ts';
import { foldName } from '../record/rules.ts';
import type { Language } from '../tenant/schema.ts';
import { plainName } from './columns.ts';
import type { Fault, FaultCode, Field, Mapping, PreviewRow } from './schema.ts';
import {
  ageOf,
  birthDateOf,
  dayOf,
  languageOf,
  minuteOf,
  phonesOf,
  type Read,
  sexOf,
  statusOf,
  textOf,
  weightOf,
} from './values.ts';

/** What reading a row needs to know of the clinic. */
export interface Surroundings {
  readonly country: string;
  readonly language: Language;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly nowMinute: number;
}

export type Cells = (field: Field) => string;

/** The cells of a row by field, with what was put right by hand. */
export function cellsOf(
  cells: readonly string[],
  mapping: Pick<Mapping, 'fields'>,
  corrections: Readonly<Record<string, string>> = {},
): Cells {
  const at = new Map<string, number>();
  for (const [i, field] of mapping.fields.entries()) if (field !== null) at.set(field, i);
  return (field) => {
    const mended = corrections[field];
    if (mended !== undefined) return mended;
    const i = at.get(field);
    return i === undefined ? '' : (cells[i] ?? '');
  };
}

/** Collects values and what is wrong, so that a row tells of all its faults at once. */
function reader() {
  const faults: Fault[] = [];
  return {
    faults,
    take: <T>(field: Field, read: Read<T>): T | null => {
      if (!('fault' in read)) return read.value;
      faults.push({ field, code: read.fault });
      return null;
    },
    fault: (field: Field | null, code: FaultCode) => void faults.push({ field, code }),
  };
}

export type ReadRow<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export function patientOf(
  id: string,
  cell: Cells,
  mapping: Mapping,
  around: Surroundings,
): ReadRow<TabledPatient> {
  const { faults, take, fault } = reader();
  const whole = take('name', textOf(cell('name'), 200));
  const given = take('givenName', textOf(cell('givenName'), 200));
  const family = take('familyName', textOf(cell('familyName'), 200));
  const name = whole ?? [given, family].filter((part) => part !== null).join(' ');
  if (name === '' && faults.length === 0)
    fault(mapping.fields.includes('name') ? 'name' : 'givenName', 'needed');
  if (/[\n\r\t]/.test(name)) fault('name', 'not-letters');
  if (name.length > 200) fault('name', 'too-long');
  const birthDate = take('birthDate', birthDateOf(cell('birthDate'), mapping.dateOrder, around.today));
  const byAge = birthDate === null ? take('age', ageOf(cell('age'), around.today)) : null;
  const phone = take('phone', phonesOf(cell('phone'), around.country)) ?? [];
  const phone2 = take('phone2', phonesOf(cell('phone2'), around.country)) ?? [];
  const phones = [...new Set([...phone, ...phone2])];
  if (phones.length > 5) fault('phone', 'too-long');
  const email = take('email', textOf(cell('email'), 254));
  if (email !== null && !isEmail(email)) fault('email', 'bad-email');
  const patient: TabledPatient = {
    id,
    name,
    language: take('language', languageOf(cell('language'))) ?? around.language,
    birthDate: birthDate ?? byAge,
    birthDateExact: byAge === null,
    sex: take('sex', sexOf(cell('sex'))),
    phones,
    email,
    weightKg: take('weightKg', weightOf(cell('weightKg'))),
    note: take('note', textOf(cell('note'), 500)),
  };
  return faults.length === 0 ? { ok: true, value: patient } : { ok: false, faults };
}

/** An address as the record takes it: one @, a dot behind it, nothing that breaks a line. */
function isEmail(text: string): boolean {
  return (
    /^[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/.test(text) &&
    !text.includes('..')
  );
}

/** A visit, whose patient is looked for later. Days and times are the branch's own. */
export type TabledAppointment = Omit<TabledVisit, 'startMinute' | 'patientId'> & {
  readonly day: string;
  readonly minute: number;
};

export function appointmentOf(
  cell: Cells,
  mapping: Mapping,
  around: Surroundings,
  premises: Premises,
): ReadRow<TabledAppointment> {
  const { faults, take, fault } = reader();
  const name = take('name', textOf(cell('name'), 200));
  if (name === null && faults.length === 0) fault('name', 'needed');
  const day = take('date', dayOf(cell('date'), mapping.dateOrder));
  if (day === null && !faults.some(({ field }) => field === 'date')) fault('date', 'needed');
  const apart = cell('time').trim() !== '';
  const minute = take(apart ? 'time' : 'date', minuteOf(apart ? cell('time') : timeWithin(cell('date'))));
  if (minute === null && !faults.some(({ field }) => field === 'time' || field === 'date'))
    fault('time', 'needed');
  const pick = <T extends { readonly id: string }>(
    field: 'service' | 'practitioner' | 'branch',
    list: readonly T[],
    names: (one: T) => readonly string[],
    usual: string | null,
    code: FaultCode,
  ): T | undefined => {
    const wanted = plainName(cell(field));
    const found =
      wanted === ''
        ? (list.find(({ id }) => id === usual) ?? (list.length === 1 ? list[0] : undefined))
        : list.find((one) => names(one).some((name) => plainName(name) === wanted));
    if (found === undefined) fault(field, wanted === '' ? 'needed' : code);
    return found;
  };
  const service = pick(
    'service',
    premises.services,
    (one) => [one.slug, ...one.names],
    mapping.serviceId,
    'unknown-service',
  );
  const branch = pick(
    'branch',
    premises.branches,
    (one) => [one.name, one.town ?? ''],
    mapping.branchId,
    'unknown-branch',
  );
  const practitioner = pick(
    'practitioner',
    premises.practitioners,
    (one) => [one.name],
    mapping.practitionerId,
    'unknown-practitioner',
  );
  const phones = take('phone', phonesOf(cell('phone'), around.country)) ?? [];
  const email = take('email', textOf(cell('email'), 254));
  if (email !== null && !isEmail(email)) fault('email', 'bad-email');
  const status = take('status', statusOf(cell('status')));
  const language = take('language', languageOf(cell('language'))) ?? around.language;
  const note = take('note', textOf(cell('note'), 500));
  if (
    faults.length > 0 ||
    !service ||
    !branch ||
    !practitioner ||
    name === null ||
    day === null ||
    minute === null
  ) {
    return { ok: false, faults };
  }
  return {
    ok: true,
    value: {
      serviceId: service.id,
      branchId: branch.id,
      practitionerId: practitioner.id,
      day,
      minute,
      status: status ?? (day < around.today ? 'completed' : 'confirmed'),
      name,
      phone: phones[0] ?? null,
      email,
      language,
      note,
    },
  };
}

/** The time in a cell that holds day and time, or nothing. */
function timeWithin(text: string): string {
  return /[T ,]\s*(\d{1,2}[:.]\d{2}.*|\d{1,2}\s*[ap]\.?m\.?)\s*$/i.exec(text.trim())?.[1] ?? '';
}

/** Keys under which a row of the same file would be the same person. */
export function sameness(
  person: Pick<TabledPatient, 'name' | 'phones' | 'email' | 'birthDate' | 'birthDateExact'>,
): string[] {
  const words = foldName(person.name)
    .map(({ key, word }) => key || word)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(' ');
  return [
    ...person.phones.map((phone) => `${words}\n${phone}`),
    ...(person.email === null ? [] : [`${words}\n${person.email.toLowerCase()}`]),
    ...(person.birthDate !== null && person.birthDateExact ? [`${words}\n${person.birthDate}`] : []),
  ];
}

/** What each field would say, as it lands. */
export function landsOf(
  row: TabledPatient | (TabledAppointment & { readonly names: Readonly<Record<string, string>> }),
): PreviewRow['lands'] {
  if ('day' in row) {
    const { names } = row;
    return {
      date: row.day,
      time: `${String(Math.floor(row.minute / 60)).padStart(2, '0')}:${String(row.minute % 60).padStart(2, '0')}`,
      service: names[row.serviceId] ?? '',
      practitioner: names[row.practitionerId] ?? '',
      branch: names[row.branchId] ?? '',
      status: row.status,
      name: row.name,
      phone: row.phone ?? '',
      email: row.email ?? '',
      language: row.language,
      note: row.note ?? '',
    };
  }
  return {
    name: row.name,
    birthDate: row.birthDate === null ? '' : `${row.birthDateExact ? '' : '≤ '}${row.birthDate}`,
    sex: row.sex ?? '',
    phone: row.phones.join('; '),
    email: row.email ?? '',
    language: row.language,
    weightKg: row.weightKg === null ? '' : String(row.weightKg),
    note: row.note ?? '',
  };
}

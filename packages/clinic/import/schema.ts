import { z } from 'zod';

export const importKinds = ['patients', 'appointments'] as const;
export type ImportKind = (typeof importKinds)[number];

/** What a column may be. `skip`: it is not read. */
const patientFields = [
  'name',
  'givenName',
  'familyName',
  'birthDate',
  'age',
  'sex',
  'phone',
  'phone2',
  'email',
  'language',
  'weightKg',
  'note',
] as const;
export type PatientField = (typeof patientFields)[number];

export const appointmentFields = [
  'date',
  'time',
  'service',
  'practitioner',
  'branch',
  'status',
  'name',
  'phone',
  'email',
  'language',
  'note',
] as const;
export type AppointmentField = (typeof appointmentFields)[number];
export type Field = PatientField | AppointmentField;

export const fieldsOf: Readonly<Record<ImportKind, readonly Field[]>> = {
  patients: patientFields,
  appointments: appointmentFields,
};

export const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof dateOrders)[number];

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export const separators = [',', ';', '\t', '|'] as const;

/** How the bytes are to be read. */
const tableFormat = z.object({
  encoding: z.enum(encodings),
  separator: z.enum(separators),
  columns: z.array(z.string()),
});
export type TableFormat = z.infer<typeof tableFormat>;

/** How the columns are to be understood. */
export const mapping = z.object({
  /** For each column what it is, or null: not read. */
  fields: z.array(z.string().nullable()),
  dateOrder: z.enum(dateOrders),
  /** Whom the record has already: left out, or brought in all the same. */
  duplicates: z.enum(['skip', 'import']),
  /** For appointments: what holds where a row says nothing. */
  serviceId: z.uuid().nullable().default(null),
  practitionerId: z.uuid().nullable().default(null),
  branchId: z.uuid().nullable().default(null),
});
export type Mapping = z.infer<typeof mapping>;

/** What can be wrong with a cell or a row. Words for people: `faultWords` in words.ts. */
const faultCodes = [
  'needed',
  'too-long',
  'not-letters',
  'bad-date',
  'short-year',
  'born-in-future',
  'bad-age',
  'bad-sex',
  'bad-phone',
  'bad-email',
  'bad-language',
  'bad-weight',
  'bad-time',
  'no-such-time',
  'unknown-service',
  'unknown-practitioner',
  'unknown-branch',
  'bad-status',
  'clash-practitioner',
  'clash-room',
  'clash-person',
  'wrong-columns',
  'not-readable',
  'alike-phone',
  'alike-email',
  'alike-name-and-birth-date',
  'alike-in-file',
  'has-been-changed',
  'has-visits',
  'has-papers',
  'was-erased',
] as const;
export type FaultCode = (typeof faultCodes)[number];

export interface Fault {
  /** Null: of the whole row. */
  readonly field: Field | null;
  readonly code: FaultCode;
}

export type ImportState =
  | 'staged'
  | 'checking'
  | 'running'
  | 'cancelled'
  | 'imported'
  | 'failed'
  | 'undoing'
  | 'undone'
  | 'discarded';

export interface Counts {
  /** In a check: would be imported. */
  readonly ready: number;
  readonly imported: number;
  readonly duplicate: number;
  readonly faulty: number;
}

export interface Import {
  readonly id: string;
  readonly kind: ImportKind;
  readonly state: ImportState;
  /** Whether the last run only checked. */
  readonly isDry: boolean;
  readonly hasFile: boolean;
  readonly format: TableFormat;
  readonly mapping: Mapping;
  readonly rowsDone: number;
  /** Null until a run has reached the end once. */
  readonly rowsTotal: number | null;
  readonly counts: Counts;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly undoneAt: Date | null;
}

/** A row of the report: numbered as in the file, the line of names not counted. */
export interface TellingRow {
  readonly rowNumber: number;
  readonly outcome: 'imported' | 'duplicate' | 'faulty' | 'kept';
  readonly subjectId: string | null;
  readonly faults: readonly Fault[];
}

/** Rows as they would land, for the eye: what each field of the record would say. */
export interface PreviewRow {
  readonly rowNumber: number;
  readonly cells: readonly string[];
  readonly lands: Readonly<Partial<Record<Field, string>>>;
  readonly faults: readonly Fault[];
}

export interface ImportRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'not-found'
    | 'empty-file'
    | 'too-large'
    | 'no-columns'
    | 'not-a-table'
    | 'bad-form'
    | 'column-twice'
    | 'column-missing'
    | 'wrong-state';
  readonly message: string;
  readonly field?: string;
}

/** Largest table taken, bytes. A hundred thousand people are about ten million. */
export const mostBytes = 60 * 1024 * 1024;
/** Longest row taken, characters: beyond it a quotation mark was never closed. */
export const longestRow = 100_000;
export const mostColumns = 200;

import type { Resource, ResourceType } from '@medplum/fhirtypes';

/** The version of FHIR every resource here is written in. */
export const fhirVersion = '4.0.1';

/** The kinds of resource that are served, in the order an export writes them. */
export const servedTypes = [
  'Organization',
  'Location',
  'Practitioner',
  'Patient',
  'Appointment',
  'Consent',
  'Condition',
  'AllergyIntolerance',
  'MedicationStatement',
  'QuestionnaireResponse',
  'Encounter',
  'Procedure',
  'Observation',
  'Substance',
  'Medication',
  'Device',
  'DocumentReference',
  'AdverseEvent',
  'Provenance',
  'AuditEvent',
] as const satisfies readonly ResourceType[];
export type ServedType = (typeof servedTypes)[number];

/** Kinds that are part of a person's or the clinic's record, and so of its copies; the log is asked for by name. */
export const recordTypes = servedTypes.filter((type) => type !== 'AuditEvent');

export function isServed(type: string): type is ServedType {
  return (servedTypes as readonly string[]).includes(type);
}

/** A value in which anything may be missing: what {@link resource} makes whole. */
type Loose<T> = T extends readonly (infer U)[]
  ? readonly (Loose<U> | null | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Loose<T[K]> | null | undefined }
    : T;

/**
 * A resource without what is missing: FHIR knows no null, no empty text, no empty list and no empty object. Control
 * characters, which its strings may not hold, become spaces.
 */
export function resource<R extends Resource>(
  value: Loose<R> & { readonly resourceType: R['resourceType'] },
): R {
  return whole(value) as R;
}

function whole(value: unknown): unknown {
  if (typeof value === 'string') {
    const text = value.toWellFormed().replaceAll(controls, ' ').trim();
    return text === '' ? undefined : text;
  }
  if (Array.isArray(value)) {
    const items = value.map(whole).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).flatMap(([key, field]) => {
      const kept = whole(field);
      return kept === undefined ? [] : [[key, kept] as const];
    });
    return fields.length === 0 ? undefined : Object.fromEntries(fields);
  }
  return value === null ? undefined : value;
}

/** Of the control characters FHIR's strings may hold only tabulator, line feed and carriage return. */
const controls = /[^\P{Cc}\t\n\r]/gu;

/** What mapping needs besides a row. */
export interface MapContext {
  readonly tenantId: string;
  /** Branches whose days are open to who asks; undefined: all of them. */
  readonly branches?: readonly string[];
  /** Whose resources were asked for: nobody else is named where several are concerned. Undefined: everybody's. */
  readonly ofPatients?: readonly string[];
  /** Address under which the bytes of a document are found. */
  readonly binaryUrl: (fileId: string) => string;
}

export interface FhirRefusal {
  readonly ok: false;
  /** HTTP status. */
  readonly status: 400 | 401 | 403 | 404 | 405 | 406 | 410 | 429;
  /** FHIR's `IssueType`. */
  readonly code:
    | 'invalid'
    | 'not-supported'
    | 'not-found'
    | 'login'
    | 'forbidden'
    | 'throttled'
    | 'too-costly'
    | 'conflict';
  readonly message: string;
  readonly retryAfterSeconds?: number;
}

/** A stretch of time; one end may be open. */
export interface Span {
  readonly from?: Date;
  readonly before?: Date;
}

/** Which resources are wanted. */
export interface FhirQuery {
  readonly ids?: readonly string[];
  readonly identifier?: string;
  /** Of the person, records merged into hers included. */
  readonly patientIds?: readonly string[];
  /** Only what belongs to somebody. */
  readonly onlyOfPatients?: boolean;
  /** Half-open stretches of time in which it last changed. */
  readonly updated?: readonly Span[];
  /** Half-open stretches of time in which it happened. */
  readonly when?: readonly Span[];
  /** About one of these: `Procedure/…`. */
  readonly targets?: readonly string[];
  /** Those that follow this id. */
  readonly after?: string;
  readonly count: number;
}

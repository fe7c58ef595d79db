import type { ServedType } from '../fhir/schema.ts';

export type ExportState = 'queued' | 'ready' | 'failed' | 'cancelled' | 'expired';

/** What is wanted of FHIR in bulk. */
export interface BulkWish {
  readonly types: readonly ServedType[];
  /** Only what changed since; what has no time of change is always given. ISO 8601. */
  readonly since: string | null;
  /** Only what belongs to a patient. */
  readonly ofPatients: boolean;
  /** The address that asked, for the manifest. */
  readonly request: string;
}

/** A copy of a record as pages show it. */
export interface ExportView {
  readonly id: string;
  readonly state: ExportState;
  readonly askedAt: Date;
  /** Asked for by the patient, by her link. */
  readonly byLink: boolean;
  readonly sizeBytes: number;
  readonly expiresAt: Date | null;
}

export type Asks = 'birth-date' | 'phone';

export interface ExportRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'not-found'
    | 'merged'
    | 'already-asked'
    | 'nothing-to-ask'
    | 'link-unknown'
    | 'link-expired'
    | 'proof-needed'
    | 'proof-wrong'
    | 'too-many-requests';
  readonly message: string;
  readonly asks?: Asks;
  readonly retryAfterSeconds?: number;
}

/** How long copies can be fetched, in hours. A person has a week; a program comes back within a day. */
export const keptHours = { record: 7 * 24, fhir: 24 } as const;

/** How long the link works by which a patient asks for her record, in days. */
export const linkDays = 21;

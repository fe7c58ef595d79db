/** Sealed consents, signed plans and photographs, as pointers to their bytes. */
import type { DocumentReference } from '@medplum/fhirtypes';
import { type MapContext, resource } from './schema.ts';

export interface DocumentRow {
  /** Of the file: the bytes are `Binary/{file_id}`. */
  readonly file_id: string;
  readonly patient_id: string;
  readonly kind: 'consent' | 'plan' | 'photo';
  readonly title: string;
  readonly language: string | null;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly at: string;
  readonly superseded: boolean;
  readonly session_id: string | null;
}

/** LOINC where there is a code that says it: consent document; photographic image. */
const typeOf = {
  consent: { coding: [{ system: 'http://loinc.org', code: '59284-0' }], text: 'Consent' },
  plan: { coding: [{ system: 'urn:undertone:document', code: 'plan' }], text: 'Treatment plan' },
  photo: { coding: [{ system: 'http://loinc.org', code: '72170-4' }], text: 'Photograph' },
} as const;

export function documentOf(row: DocumentRow, updated: string | null, context: MapContext): DocumentReference {
  return resource<DocumentReference>({
    resourceType: 'DocumentReference',
    id: row.file_id,
    meta: { lastUpdated: updated },
    status: row.superseded ? 'superseded' : 'current',
    type: typeOf[row.kind],
    subject: { reference: `Patient/${row.patient_id}` },
    date: row.at,
    custodian: { reference: `Organization/${context.tenantId}` },
    content: [
      {
        attachment: {
          contentType: row.media_type,
          language: row.language,
          url: context.binaryUrl(row.file_id),
          size: row.size_bytes,
          title: row.title,
          creation: row.at,
        },
      },
    ],
    context: row.session_id === null ? null : { encounter: [{ reference: `Encounter/${row.session_id}` }] },
  });
}

/** What a person told, and what she agreed to. */
import type {
  AllergyIntolerance,
  Condition,
  Consent,
  MedicationStatement,
  QuestionnaireResponse,
} from '@medplum/fhirtypes';
import { type MapContext, resource } from './schema.ts';

export interface HealthRow {
  readonly id: string;
  readonly patient_id: string;
  readonly flag: string | null;
  readonly note: string;
  readonly noted_at: string;
  readonly ended_at: string | null;
}

function flagged({ flag, note }: HealthRow) {
  return {
    coding: flag === null ? [] : [{ system: 'urn:undertone:health-flag', code: flag }],
    text: note.trim() === '' ? (flag ?? 'not stated').replaceAll('-', ' ') : note,
  };
}

/** What was told is not what was found: nothing here was verified by a test. */
const unconfirmed = (system: string) => ({ coding: [{ system, code: 'unconfirmed' }] });

export function conditionOf(row: HealthRow, updated: string | null): Condition {
  return resource<Condition>({
    resourceType: 'Condition',
    id: row.id,
    meta: { lastUpdated: updated },
    clinicalStatus: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
          code: row.ended_at === null ? 'active' : 'inactive',
        },
      ],
    },
    verificationStatus: unconfirmed('http://terminology.hl7.org/CodeSystem/condition-ver-status'),
    code: flagged(row),
    subject: { reference: `Patient/${row.patient_id}` },
    recordedDate: row.noted_at,
    abatementDateTime: row.ended_at,
  });
}

export function allergyOf(row: HealthRow, updated: string | null): AllergyIntolerance {
  return resource<AllergyIntolerance>({
    resourceType: 'AllergyIntolerance',
    id: row.id,
    meta: { lastUpdated: updated },
    clinicalStatus: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
          code: row.ended_at === null ? 'active' : 'inactive',
        },
      ],
    },
    verificationStatus: unconfirmed('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification'),
    code: flagged(row),
    patient: { reference: `Patient/${row.patient_id}` },
    recordedDate: row.noted_at,
  });
}

export function medicineOf(row: HealthRow, updated: string | null): MedicationStatement {
  return resource<MedicationStatement>({
    resourceType: 'MedicationStatement',
    id: row.id,
    meta: { lastUpdated: updated },
    status: row.ended_at === null ? 'active' : 'completed',
    medicationCodeableConcept: flagged(row),
    subject: { reference: `Patient/${row.patient_id}` },
    dateAsserted: row.noted_at,
    informationSource: { reference: `Patient/${row.patient_id}` },
  });
}

const consentScope = (code: 'treatment' | 'patient-privacy') => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code }],
});
// LOINC 59284-0: consent document.
const consentDocument = [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }];

export interface ConsentRow {
  readonly id: string;
  readonly patient_id: string;
  readonly treatment: string;
  readonly language: string;
  readonly text_version: number;
  readonly state: 'offered' | 'signed' | 'withdrawn' | 'cancelled';
  readonly offered_at: string;
  readonly signed_at: string | null;
  readonly withdrawn_at: string | null;
  readonly file_id: string | null;
}

export function consentOf(row: ConsentRow, updated: string | null, { tenantId }: MapContext): Consent {
  const status = {
    offered: 'proposed',
    signed: 'active',
    withdrawn: 'inactive',
    cancelled: 'inactive',
  } as const;
  return resource<Consent>({
    resourceType: 'Consent',
    id: row.id,
    meta: { lastUpdated: updated },
    status: status[row.state],
    scope: consentScope('treatment'),
    category: consentDocument,
    patient: { reference: `Patient/${row.patient_id}` },
    dateTime: row.signed_at ?? row.offered_at,
    organization: [{ reference: `Organization/${tenantId}` }],
    sourceReference: row.file_id === null ? null : { reference: `DocumentReference/${row.file_id}` },
    policyRule: {
      text: `Consent to treatment (${row.treatment}), text version ${row.text_version} in ${row.language}`,
    },
    provision:
      row.state === 'cancelled' || row.signed_at === null
        ? null
        : { type: 'permit', period: { start: row.signed_at, end: row.withdrawn_at } },
  });
}

export interface PermissionRow {
  readonly id: string;
  readonly patient_id: string;
  /** What is permitted, in English. */
  readonly what: string;
  readonly given_at: string;
  readonly withdrawn_at: string | null;
}

/** A yes to a use of photographs, or to being written to. */
export function permissionOf(row: PermissionRow, updated: string | null, { tenantId }: MapContext): Consent {
  return resource<Consent>({
    resourceType: 'Consent',
    id: row.id,
    meta: { lastUpdated: updated },
    status: row.withdrawn_at === null ? 'active' : 'inactive',
    scope: consentScope('patient-privacy'),
    category: consentDocument,
    patient: { reference: `Patient/${row.patient_id}` },
    dateTime: row.given_at,
    organization: [{ reference: `Organization/${tenantId}` }],
    policyRule: { text: row.what },
    provision: {
      type: 'permit',
      period: { start: row.given_at, end: row.withdrawn_at },
      code: [{ text: row.what }],
    },
  });
}

export interface AnswersRow {
  readonly id: string;
  readonly patient_id: string;
  readonly questionnaire: 'intake' | 'screening' | 'check-in';
  readonly treatment: string;
  readonly status: 'in-progress' | 'completed' | 'stopped';
  readonly authored: string;
  readonly by_patient: boolean;
  /** Answers by field: a text, or whatever JSON holds. */
  readonly answers: Readonly<Record<string, unknown>>;
}

export function answersOf(row: AnswersRow, updated: string | null): QuestionnaireResponse {
  const patient = { reference: `Patient/${row.patient_id}` };
  return resource<QuestionnaireResponse>({
    resourceType: 'QuestionnaireResponse',
    id: row.id,
    meta: { lastUpdated: updated },
    identifier: { system: 'urn:undertone:answers', value: row.id },
    questionnaire: `urn:undertone:questionnaire:${row.questionnaire}:${row.treatment}`,
    status: row.status,
    subject: patient,
    authored: row.authored,
    source: row.by_patient ? patient : null,
    item: Object.entries(row.answers)
      .map(([linkId, value]) => ({ linkId, answer: answerOf(value) }))
      .filter(({ answer }) => answer.length > 0),
  });
}

function answerOf(value: unknown): { valueString?: string; valueBoolean?: boolean; valueDecimal?: number }[] {
  if (typeof value === 'boolean') return [{ valueBoolean: value }];
  if (typeof value === 'number') return [{ valueDecimal: value }];
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ valueString: value }];
  if (Array.isArray(value)) return value.flatMap(answerOf);
  if (typeof value !== 'object' || value === null) return [];
  // Fields of a form keep {value, at}, answers to a gate {choice, …}.
  const { value: said, choice } = value as { value?: unknown; choice?: unknown };
  if (said !== undefined) return answerOf(said);
  return choice === undefined ? [{ valueString: JSON.stringify(value) }] : answerOf(choice);
}

/** The record's tables as the database returns them. */
import type { ContactConsent, Guardian, HealthEntry, Patient, Sex } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    patients: PatientsTable;
    health_entries: HealthEntriesTable;
    contact_consents: ContactConsentsTable;
    name_words: { tenant_id: string; word: string; key: string; skeleton: string };
    patient_words: { tenant_id: string; word: string; patient_id: string };
    patient_merges: PatientMergesTable;
    patient_merge_rows: {
      tenant_id: string;
      merge_id: string;
      table_name: string;
      row_key: unknown;
      moved: boolean;
    };
  }
}

export interface PatientsTable {
  tenant_id: string;
  id: string;
  name: string;
  language: Patient['language'];
  synthetic: boolean;
  created_at: Date;
  created_by: string | null;
  birth_date: string | null;
  birth_date_exact: boolean;
  sex: Sex | null;
  phones: string[];
  phone_digits: string;
  email: string | null;
  fitzpatrick: number | null;
  monk: number | null;
  weight_kg: number | null;
  weighed_on: string | null;
  guardian: Guardian | null;
  changed_at: Date | null;
  version: number;
  name_key_version: number;
  merged_into: string | null;
}

export interface HealthEntriesTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  kind: HealthEntry['kind'];
  flag: string | null;
  note: string;
  source: HealthEntry['source'];
  noted_at: Date;
  noted_by: string | null;
  ended_at: Date | null;
  ended_by: string | null;
}

export interface ContactConsentsTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  channel: ContactConsent['channel'];
  purpose: ContactConsent['purpose'];
  given_at: Date;
  given_via: ContactConsent['givenVia'];
  withdrawn_at: Date | null;
}

export interface PatientMergesTable {
  tenant_id: string;
  id: string;
  from_id: string;
  into_id: string;
  filled: unknown;
  merged_at: Date;
  merged_by: string;
  undone_at: Date | null;
  undone_by: string | null;
}

export function patientOf(row: PatientsTable): Patient {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    name: row.name,
    language: row.language,
    synthetic: row.synthetic,
    createdAt: row.created_at,
    birthDate: row.birth_date,
    birthDateExact: row.birth_date_exact,
    sex: row.sex,
    phones: row.phones,
    email: row.email,
    fitzpatrick: row.fitzpatrick,
    monk: row.monk,
    weightKg: row.weight_kg,
    weighedOn: row.weighed_on,
    guardian: row.guardian,
    mergedInto: row.merged_into,
    version: row.version,
  };
}

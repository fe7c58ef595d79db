/** Patients and those who work with them. */
import type { Location, Organization, Patient, Practitioner } from '@medplum/fhirtypes';
import { type MapContext, resource } from './schema.ts';

const patientSystem = 'urn:undertone:patient';

export interface PatientRow {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly synthetic: boolean;
  readonly birth_date: string | null;
  readonly birth_date_exact: boolean;
  readonly sex: 'female' | 'male' | 'other' | null;
  readonly phones: readonly string[];
  readonly email: string | null;
  readonly guardian: {
    readonly name: string;
    readonly relation: string;
    readonly phone?: string | null;
  } | null;
  readonly merged_into: string | null;
  /** Records merged into this one. */
  readonly merged: readonly string[];
  /** Erased as far as the law lets: what is left is kept by duty, and for nothing else. */
  readonly is_kept_by_law: boolean;
  readonly version: number;
}

/** A record that was merged away stays readable and says which one stands for it, as FHIR asks. */
export function patientOf(row: PatientRow, updated: string | null, { tenantId }: MapContext): Patient {
  const phone = (value: string, rank: number) => ({ system: 'phone' as const, value, rank });
  return resource<Patient>({
    resourceType: 'Patient',
    id: row.id,
    meta: {
      lastUpdated: updated,
      versionId: String(row.version),
      // HTEST: test health data.
      tag: row.synthetic
        ? [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }]
        : [],
      security: row.is_kept_by_law
        ? [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }]
        : [],
    },
    // Only an age was told: a day nobody said is no birth date, so the latest that fits stands apart.
    extension: row.birth_date_exact
      ? []
      : [{ url: 'urn:undertone:fhir:latest-birth-date', valueDate: row.birth_date }],
    identifier: [{ system: patientSystem, value: row.id }],
    active: row.merged_into === null && !row.is_kept_by_law,
    name: [{ text: row.name }],
    telecom: [
      ...row.phones.map((value, i) => phone(value, i + 1)),
      ...(row.email === null ? [] : [{ system: 'email' as const, value: row.email }]),
    ],
    gender: row.sex,
    birthDate: row.birth_date_exact ? row.birth_date : null,
    contact:
      row.guardian === null
        ? []
        : [
            {
              relationship: [{ text: row.guardian.relation }],
              name: { text: row.guardian.name },
              telecom: row.guardian.phone ? [phone(row.guardian.phone, 1)] : [],
            },
          ],
    communication: [
      { language: { coding: [{ system: 'urn:ietf:bcp:47', code: row.language }] }, preferred: true },
    ],
    managingOrganization: { reference: `Organization/${tenantId}` },
    link: [
      ...(row.merged_into === null
        ? []
        : [{ other: { reference: `Patient/${row.merged_into}` }, type: 'replaced-by' as const }]),
      ...row.merged.map((id) => ({ other: { reference: `Patient/${id}` }, type: 'replaces' as const })),
    ],
  });
}

export interface PractitionerRow {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export function practitionerOf({ id, name, active }: PractitionerRow): Practitioner {
  return resource<Practitioner>({ resourceType: 'Practitioner', id, active, name: [{ text: name }] });
}

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly facts: {
    readonly addressLines?: readonly string[] | null;
    readonly town?: string | null;
    readonly phone?: string | null;
    readonly email?: string | null;
  };
}

export function organizationOf({ id, name, country, facts }: OrganizationRow): Organization {
  return resource<Organization>({
    resourceType: 'Organization',
    id,
    active: true,
    name,
    telecom: [
      ...(facts.phone ? [{ system: 'phone' as const, value: facts.phone }] : []),
      ...(facts.email ? [{ system: 'email' as const, value: facts.email }] : []),
    ],
    address: [{ line: facts.addressLines ?? [], city: facts.town, country }],
  });
}

export interface LocationRow {
  readonly id: string;
  readonly name: string;
  readonly town: string | null;
  readonly closed_at: string | null;
  readonly address_lines: readonly string[] | null;
  readonly phone: string | null;
}

export function locationOf(row: LocationRow, _: string | null, { tenantId }: MapContext): Location {
  return resource<Location>({
    resourceType: 'Location',
    id: row.id,
    status: row.closed_at === null ? 'active' : 'inactive',
    name: row.name,
    mode: 'instance',
    telecom: row.phone === null ? [] : [{ system: 'phone', value: row.phone }],
    address: { line: row.address_lines ?? [], city: row.town },
    managingOrganization: { reference: `Organization/${tenantId}` },
  });
}

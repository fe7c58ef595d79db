/** What was arranged and what was done. */
import type { Appointment, Encounter, Observation, Procedure } from '@medplum/fhirtypes';
import { type MapContext, resource } from './schema.ts';

const treatmentSystem = 'urn:undertone:treatment';
const treatmentText: Readonly<Record<string, string>> = {
  scalp: 'Scalp micro-pigmentation',
  lip: 'Micro-pigmentation of the lips',
  vitiligo: 'Micro-pigmentation of white patches of vitiligo',
};

export interface AppointmentRow {
  readonly id: string;
  readonly status: string;
  readonly branch_id: string;
  /** Account of the practitioner where there is one, else the practitioner. */
  readonly practitioner: string | null;
  readonly patient_id: string | null;
  readonly name: string | null;
  readonly service: string | null;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly created_at: string;
  readonly note: string | null;
  readonly cancel_reason: string | null;
}

const appointmentStatus: Readonly<Record<string, Appointment['status']>> = {
  held: 'pending',
  confirmed: 'booked',
  arrived: 'arrived',
  completed: 'fulfilled',
  cancelled: 'cancelled',
  'no-show': 'noshow',
  expired: 'cancelled',
};

export function appointmentOf(row: AppointmentRow, updated: string | null): Appointment {
  const status = appointmentStatus[row.status] ?? 'booked';
  const accepted = 'accepted' as const;
  return resource<Appointment>({
    resourceType: 'Appointment',
    id: row.id,
    meta: { lastUpdated: updated },
    identifier: [{ system: 'urn:undertone:booking', value: row.id }],
    status,
    cancelationReason:
      status !== 'cancelled'
        ? null
        : { text: row.status === 'expired' ? 'The time was not confirmed.' : row.cancel_reason },
    serviceType: [{ text: row.service }],
    start: row.starts_at,
    end: row.ends_at,
    minutesDuration: Math.max(1, Math.round((Date.parse(row.ends_at) - Date.parse(row.starts_at)) / 60_000)),
    created: row.created_at,
    comment: row.note,
    participant: [
      {
        actor:
          row.patient_id === null
            ? { display: row.name ?? 'Somebody without a record yet' }
            : { reference: `Patient/${row.patient_id}` },
        status: status === 'pending' ? 'tentative' : accepted,
      },
      ...(row.practitioner === null
        ? []
        : [{ actor: { reference: `Practitioner/${row.practitioner}` }, status: accepted }]),
      { actor: { reference: `Location/${row.branch_id}` }, status: accepted },
    ],
  });
}

export interface SessionRow {
  readonly id: string;
  readonly patient_id: string;
  readonly treatment: string;
  readonly branch_id: string | null;
  readonly operator_id: string;
  readonly physician_id: string;
  readonly state: 'open' | 'kept' | 'signed';
  readonly started_at: string;
  readonly performed_at: string | null;
  readonly ended_at: string | null;
  readonly lots: readonly { readonly id: string; readonly kind: string }[];
}

export function encounterOf(row: SessionRow, updated: string | null, { tenantId }: MapContext): Encounter {
  return resource<Encounter>({
    resourceType: 'Encounter',
    id: row.id,
    meta: { lastUpdated: updated },
    status: row.state === 'open' ? 'in-progress' : 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    subject: { reference: `Patient/${row.patient_id}` },
    participant: [...new Set([row.operator_id, row.physician_id])].map((id) => ({
      individual: { reference: `Practitioner/${id}` },
    })),
    period: { start: row.started_at, end: row.state === 'open' ? null : row.ended_at },
    location: row.branch_id === null ? [] : [{ location: { reference: `Location/${row.branch_id}` } }],
    serviceProvider: { reference: `Organization/${tenantId}` },
  });
}

/** Which resource stands for a lot of this kind of stock. */
export function lotReference(kind: string, lotId: string): string {
  if (kind === 'pigment') return `Substance/${lotId}`;
  return kind === 'drug' ? `Medication/${lotId}` : `Device/${lotId}`;
}

export function procedureOf(row: SessionRow, updated: string | null): Procedure {
  const notDone = row.state !== 'open' && row.performed_at === null;
  return resource<Procedure>({
    resourceType: 'Procedure',
    id: row.id,
    meta: { lastUpdated: updated },
    status: notDone ? 'not-done' : row.state === 'open' ? 'in-progress' : 'completed',
    code: {
      coding: [{ system: treatmentSystem, code: row.treatment }],
      text: treatmentText[row.treatment] ?? row.treatment,
    },
    subject: { reference: `Patient/${row.patient_id}` },
    encounter: { reference: `Encounter/${row.id}` },
    performedPeriod:
      row.performed_at === null
        ? null
        : { start: row.performed_at, end: row.state === 'open' ? null : row.ended_at },
    performer: [
      { function: { text: 'Operator' }, actor: { reference: `Practitioner/${row.operator_id}` } },
      { function: { text: 'Physician' }, actor: { reference: `Practitioner/${row.physician_id}` } },
    ],
    location: row.branch_id === null ? null : { reference: `Location/${row.branch_id}` },
    usedReference: row.lots.map(({ id, kind }) => ({ reference: lotReference(kind, id) })),
  });
}

export interface NumbingRow {
  readonly session_id: string;
  readonly patient_id: string;
  readonly at: string;
  /** Bodies of the journal's entries that stand. */
  readonly given: readonly {
    readonly amount: number;
    readonly product: {
      readonly actives: readonly { readonly substance: string; readonly mgPer: number }[];
    };
  }[];
}

/** Nominal milligrams of each substance given to numb in one session, over all products and routes. */
export function numbingOf(row: NumbingRow, updated: string | null): Observation {
  const mg = new Map<string, number>();
  for (const { amount, product } of row.given)
    for (const { substance, mgPer } of product.actives)
      mg.set(substance, (mg.get(substance) ?? 0) + amount * mgPer);
  return resource<Observation>({
    resourceType: 'Observation',
    id: `${row.session_id}-numbing`,
    meta: { lastUpdated: updated },
    status: 'final',
    code: {
      coding: [{ system: 'urn:undertone:observation', code: 'numbing-total' }],
      text: 'Anaesthetic given in the session, nominal amount over all products and routes',
    },
    subject: { reference: `Patient/${row.patient_id}` },
    encounter: { reference: `Encounter/${row.session_id}` },
    effectiveDateTime: row.at,
    component: [...mg].map(([substance, amount]) => ({
      code: { text: substance },
      valueQuantity: milligrams(amount),
    })),
  });
}

function milligrams(value: number) {
  return {
    value: Number(value.toPrecision(6)),
    unit: 'mg',
    system: 'http://unitsofmeasure.org',
    code: 'mg',
  };
}

/** What an accepted intake form writes into the record, in the transaction that accepts it. */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Answers } from '../candidacy/schema.ts';
import type { Trx } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { by } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { detailsOf, mergedAway, notFound } from './commands.ts';
import { flagsOfAnswers, type HealthKind, healthFlags } from './flags.ts';
import {
  type ContactChannel,
  type ContactPurpose,
  type PatientDetailsForm,
  patientChange,
  type RecordRefusal,
  type Sex,
} from './schema.ts';
import {
  insertContactConsent,
  insertHealthEntry,
  lockPatient,
  selectHealth,
  updatePatient,
} from './store.ts';

export interface TakenIntake {
  /** Empty texts change nothing. */
  readonly person: {
    readonly name: string;
    readonly birthDate: string;
    readonly sex: string;
    readonly phone: string;
    readonly email: string;
    readonly guardian:
      | { readonly name: string; readonly relation: string; readonly phone: string }
      | undefined;
  };
  readonly answers: Answers;
  readonly lines: Readonly<Record<HealthKind, readonly string[]>>;
  readonly contacts: readonly { readonly channel: ContactChannel; readonly purpose: ContactPurpose }[];
}

/** The caller has asked for the role. What stands in the record already is not noted twice; nothing is ended. */
export async function takeIntoRecord(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  patientId: string,
  { person, answers, lines, contacts }: TakenIntake,
): Promise<{ ok: true; fields: readonly string[] } | RecordRefusal> {
  const { tenantId } = actor;
  const patient = await lockPatient(trx, tenantId, patientId);
  if (patient === undefined) return notFound;
  if (patient.mergedInto !== null) return mergedAway;
  const form: PatientDetailsForm = {
    ...(person.name !== '' && { name: person.name }),
    ...(person.birthDate !== '' && { birthDate: person.birthDate }),
    ...(person.sex !== '' && { sex: person.sex as Sex }),
    ...(person.phone !== '' && { phones: [person.phone, ...patient.phones].slice(0, 5) }),
    ...(person.email !== '' && { email: person.email }),
    ...(person.guardian && {
      guardian: {
        ...person.guardian,
        relation: person.guardian.relation || '—',
        phone: person.guardian.phone || null,
      },
    }),
  };
  const parsed = patientChange.safeParse({ ...form, version: patient.version });
  if (!parsed.success) return badForm(parsed.error);
  const { version, ...given } = parsed.data;
  const details = await detailsOf({ db: trx, clock: services.clock }, tenantId, given);
  if (!details.ok) return details;
  const at = services.clock.now();
  const fields = Object.keys(details.details).toSorted();
  if (fields.length > 0) await updatePatient(trx, tenantId, patientId, version, details.details, at);

  const standing = (await selectHealth(trx, tenantId, patientId)).filter(({ endedAt }) => endedAt === null);
  const noted: { kind: HealthKind; flag: string | null; note: string }[] = [
    ...flagsOfAnswers(answers)
      .filter((flag) => !standing.some((entry) => entry.flag === flag))
      .map((flag) => ({ kind: healthFlags[flag].kind, flag, note: '' })),
    ...(['history', 'allergy', 'medicine'] as const).flatMap((kind) =>
      lines[kind]
        .filter((note) => !standing.some((entry) => entry.kind === kind && entry.note === note))
        .map((note) => ({ kind, flag: null, note })),
    ),
  ];
  for (const entry of noted) {
    await insertHealthEntry(trx, {
      tenant_id: tenantId,
      id: randomUUID(),
      patient_id: patientId,
      ...entry,
      source: 'intake',
      noted_at: at,
      noted_by: actor.staffId,
    });
  }
  for (const { channel, purpose } of contacts) {
    await insertContactConsent(trx, {
      tenant_id: tenantId,
      id: randomUUID(),
      patient_id: patientId,
      channel,
      purpose,
      given_at: at,
      given_via: 'intake',
    });
  }
  await recordAudit(services, trx, {
    ...by(actor),
    action: 'patient.intake-taken',
    subject: { kind: 'patient', id: patientId },
    change: {
      after: {
        fields,
        noted: noted.map(({ kind, flag }) => (flag === null ? kind : `${kind} ${flag}`)),
        contacts: contacts.map(({ channel, purpose }) => `${channel} ${purpose}`),
      },
    },
  });
  return { ok: true, fields };
}

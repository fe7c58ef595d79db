/*
 * Patients. Every function asks what the actor's role allows and leaves an entry in the audit chain, reading included.
 *
 *   createPatient(services, actor, form)         { ok: true, patient }
 *   changePatient(services, actor, id, change)   { ok: true, patient }; refused when somebody changed it meanwhile
 *   getPatient(services, actor, id)              { ok: true, patient }; opening a record is an entry
 *   openRecord(services, actor, id)              { ok: true, record }: the patient with health, consents, merged records
 *   findPatients(services, actor, text, limit?)  { ok: true, patients }; the newest for an empty text
 *   likePatients(services, actor, person)        { ok: true, alike }: who may be the same person
 *   patientFacts(trx, tenantId, id)              for other subjects' rules, in their transaction: no audit entry
 *
 * What changes besides is in health.ts and merge.ts.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { dayIn, type Tenant } from '../tenant/schema.ts';
import {
  type Age,
  ageOn,
  closedIn,
  flagsOf,
  foundOf,
  type HealthFlag,
  type Likeness,
  latestBirthDate,
  likeness,
  phoneOf,
} from './rules.ts';
import {
  type ContactChannel,
  type ContactPurpose,
  type FoundPatient,
  type HealthEntry,
  type Patient,
  type PatientChange,
  type PatientForm,
  type PatientRecord,
  patientChange,
  patientForm,
  type RecordRefusal,
} from './schema.ts';
import { indexNames, selectByIds, selectFound, selectNewest, selectToIndex } from './search-store.ts';
import {
  insertPatient,
  lockPatient,
  type PatientDetails,
  selectAlike,
  selectContactConsents,
  selectHealth,
  selectMerged,
  selectPatient,
  updatePatient,
} from './store.ts';

export type RecordServices = Pick<Services, 'db' | 'clock'>;

export async function createPatient(
  services: RecordServices,
  actor: Actor,
  form: PatientForm,
): Promise<{ ok: true; patient: Patient } | RecordRefusal> {
  if (!can(actor.role, 'patient.write')) return notAllowed;
  const parsed = patientForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { name, language, synthetic, ...rest } = parsed.data;
  const details = await detailsOf(services, actor.tenantId, rest);
  if (!details.ok) return details;
  const id = randomUUID();
  return asTenant(services.db, actor.tenantId, async (trx) => {
    await insertPatient(
      trx,
      {
        tenantId: actor.tenantId,
        id,
        name,
        language,
        synthetic,
        createdAt: services.clock.now(),
        ...details.details,
      },
      actor.staffId,
    );
    const patient = (await selectPatient(trx, actor.tenantId, id)) as Patient;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.created',
      subject: { kind: 'patient', id },
      change: { after: { language, synthetic, fields: Object.keys(details.details).toSorted() } },
    });
    return { ok: true as const, patient };
  });
}

export async function changePatient(
  services: RecordServices,
  actor: Actor,
  id: string,
  change: PatientChange,
): Promise<{ ok: true; patient: Patient } | RecordRefusal> {
  if (!can(actor.role, 'patient.write')) return notAllowed;
  if (!isUuid(id)) return notFound;
  const parsed = patientChange.safeParse(change);
  if (!parsed.success) return badForm(parsed.error);
  const { version, ...rest } = parsed.data;
  const details = await detailsOf(services, actor.tenantId, rest);
  if (!details.ok) return details;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const before = await lockPatient(trx, actor.tenantId, id);
    if (before === undefined) return notFound;
    if (before.mergedInto !== null) return mergedAway;
    if (!(await updatePatient(trx, actor.tenantId, id, version, details.details, services.clock.now()))) {
      return changedMeanwhile;
    }
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.changed',
      subject: { kind: 'patient', id },
      change: { after: { fields: Object.keys(details.details).toSorted(), version: version + 1 } },
    });
    return { ok: true as const, patient: (await selectPatient(trx, actor.tenantId, id)) as Patient };
  });
}

type GivenDetails = Omit<z.output<typeof patientChange>, 'version'>;

/** What a form says, as the record keeps it: numbers in E.164, an age as the latest birth date that fits it. */
export async function detailsOf(
  services: RecordServices,
  tenantId: string,
  given: GivenDetails,
): Promise<{ ok: true; details: Partial<PatientDetails> } | RecordRefusal> {
  const { ageYears, birthDate, phones, weightKg, guardian, ...same } = given;
  const tenant = await tenantOf(services, tenantId);
  const today = dayIn(tenant?.zone ?? 'UTC', services.clock.now());
  const called = (text: string) => phoneOf(text, tenant?.country ?? 'IN');
  const numbers = (phones ?? []).filter((text) => text !== '');
  const wrong = numbers.findIndex((text) => called(text) === undefined);
  if (wrong >= 0) return { ...badPhone, field: `phones.${wrong}` };
  if (guardian?.phone && called(guardian.phone) === undefined)
    return { ...badPhone, field: 'guardian.phone' };
  if (birthDate && (birthDate > today || birthDate < '1890-01-01')) return bornInFuture;
  return {
    ok: true,
    details: {
      ...same,
      ...(phones !== undefined && { phones: [...new Set(numbers.map((text) => called(text) as string))] }),
      ...(weightKg !== undefined && { weightKg, weighedOn: weightKg === null ? null : today }),
      ...(guardian !== undefined && {
        guardian: guardian && { ...guardian, phone: (guardian.phone && called(guardian.phone)) || null },
      }),
      ...(birthDate !== undefined && { birthDate, birthDateExact: true }),
      ...(ageYears !== undefined &&
        !birthDate && { birthDate: latestBirthDate(today, ageYears), birthDateExact: false }),
    },
  };
}

export async function getPatient(
  services: RecordServices,
  actor: Actor,
  id: string,
): Promise<{ ok: true; patient: Patient } | RecordRefusal> {
  const opened = await openRecord(services, actor, id);
  return opened.ok ? { ok: true, patient: opened.record.patient } : opened;
}

export async function openRecord(
  services: RecordServices,
  actor: Actor,
  id: string,
): Promise<{ ok: true; record: PatientRecord } | RecordRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  if (!isUuid(id)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const patient = await selectPatient(trx, actor.tenantId, id);
    if (patient === undefined) return notFound;
    const record = {
      patient,
      health: await selectHealth(trx, actor.tenantId, id),
      consents: await selectContactConsents(trx, actor.tenantId, id),
      merged: await selectMerged(trx, actor.tenantId, id),
    };
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.read',
      subject: { kind: 'patient', id },
    });
    return { ok: true as const, record };
  });
}

export async function findPatients(
  services: RecordServices,
  actor: Actor,
  text: string,
  limit = 20,
): Promise<{ ok: true; patients: readonly FoundPatient[] } | RecordRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  const most = Math.min(limit, 200);
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const asked = text.slice(0, 200).trim();
    const found =
      asked === ''
        ? await selectNewest(trx, actor.tenantId, most)
        : await selectByIds(trx, actor.tenantId, await selectFound(trx, actor.tenantId, asked, most));
    const patients = found.map(foundOf);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.searched',
      subject: { kind: 'patient', id: null },
      change: { after: { found: patients.map((patient) => patient.id) } },
    });
    return { ok: true as const, patients };
  });
}

/** Who in the record may be this person already; asked before a new record is made. */
export async function likePatients(
  services: RecordServices,
  actor: Actor,
  form: Pick<PatientForm, 'name' | 'language'> & Partial<PatientForm>,
  exceptId?: string,
): Promise<
  { ok: true; alike: readonly { patient: FoundPatient; by: readonly Likeness[] }[] } | RecordRefusal
> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  const parsed = patientForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { name, language: _language, synthetic: _synthetic, ...rest } = parsed.data;
  const given = await detailsOf(services, actor.tenantId, rest);
  if (!given.ok) return given;
  const person = { name, phones: [], email: null, birthDate: null, birthDateExact: true, ...given.details };
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const named = await selectFound(trx, actor.tenantId, name, 50);
    const near = await selectAlike(trx, actor.tenantId, person, named, 100);
    const alike = near
      .filter((patient) => patient.id !== exceptId)
      .map((patient) => ({ patient, by: likeness(person, patient) }))
      .filter((one) => one.by.length > 0)
      .toSorted((a, b) => b.by.length - a.by.length)
      .slice(0, 5);
    if (alike.length > 0) {
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'patient.compared',
        subject: { kind: 'patient', id: exceptId ?? null },
        change: { after: { found: alike.map((one) => one.patient.id) } },
      });
    }
    return {
      ok: true as const,
      alike: alike.map((one) => ({ patient: foundOf(one.patient), by: one.by })),
    };
  });
}

export interface PatientFacts {
  readonly patient: Patient;
  /** Undefined when neither birth date nor age is known. */
  readonly age: Age | undefined;
  readonly flags: ReadonlySet<HealthFlag>;
}

/**
 * What other subjects' rules need to know of a patient, inside their own transaction. The caller has asked for the role
 * and writes the audit entry of its own act.
 */
export async function patientFacts(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  id: string,
): Promise<PatientFacts | undefined> {
  if (!isUuid(id)) return undefined;
  const patient = await selectPatient(trx, tenantId, id);
  if (patient === undefined) return undefined;
  const today = dayIn((await tenantOf({ db: trx }, tenantId))?.zone ?? 'UTC', services.clock.now());
  return {
    patient,
    age: ageOn(today, patient),
    flags: flagsOf(await selectHealth(trx, tenantId, id)),
  };
}

/** All that is noted of a person's health, under whichever of her records; likewise in the caller's transaction. */
export function healthOfPerson(
  trx: Trx,
  tenantId: string,
  patientId: string,
): Promise<readonly HealthEntry[]> {
  return selectHealth(trx, tenantId, patientId);
}

/**
 * Channels on which a person has taken back their consent for a purpose, for the messages of other subjects. What was said
 * last counts: of two records that are one person now, one may have agreed and the other withdrawn.
 */
export async function closedChannels(
  trx: Trx,
  tenantId: string,
  patientId: string,
  purpose: ContactPurpose,
): Promise<ReadonlySet<ContactChannel>> {
  return closedIn(await selectContactConsents(trx, tenantId, patientId), purpose);
}

async function tenantOf(services: Pick<Services, 'db'>, tenantId: string): Promise<Tenant | undefined> {
  return (await listTenants(services)).find(({ id }) => id === tenantId);
}

/** Every hour: names that were folded under earlier rules, or written by an import, become findable. */
const indexNamesJob: Job = {
  name: 'record.index-names',
  payload: z.object({}),
  schedule: '17 * * * *',
};

export async function indexAllNames(services: Pick<Services, 'db'>): Promise<number> {
  let done = 0;
  for (;;) {
    const people = await selectToIndex(services.db, 1000);
    if (people.length === 0) return done;
    const tenantId = people[0]?.tenantId as string;
    const own = people.filter((one) => one.tenantId === tenantId);
    await services.db.transaction().execute((trx) => indexNames(trx, tenantId, own));
    done += own.length;
  }
}

export function recordJobs(services: Pick<Services, 'db'>): readonly Handler[] {
  return [
    handle(indexNamesJob, async () => {
      await indexAllNames(services);
    }),
  ];
}

export const notAllowed: RecordRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
export const notFound: RecordRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such patient.',
};
export const mergedAway: RecordRefusal = {
  ok: false,
  reason: 'merged',
  message: 'This record was merged into another one; open that one, or undo the merge first.',
};
const changedMeanwhile: RecordRefusal = {
  ok: false,
  reason: 'changed-meanwhile',
  message: 'Somebody else has changed this record meanwhile; look at it again and repeat your change.',
};
const badPhone: RecordRefusal = {
  ok: false,
  reason: 'bad-phone',
  message: 'This is not a telephone number; write ten digits, or + and the country’s code before them.',
};
const bornInFuture: RecordRefusal = {
  ok: false,
  reason: 'born-in-future',
  message: 'Nobody in the record was born on that day; look at the year.',
  field: 'birthDate',
};

/*
 * Intake: what a person tells before a treatment, filled by a link or on the clinic's tablet, and accepted by staff.
 *
 *   sendIntake(services, actor, wanted)                { ok: true, formId, link, sentTo }: form made, link sent
 *   handOver(services, actor, wanted)                  { ok: true, formId, token, pass }: for the tablet, proof given by staff
 *   listIntake(services, actor, patientId)             { ok: true, forms }
 *   readIntake(services, actor, formId)                { ok: true, form }
 *   acceptIntake(services, actor, formId, { take })    { ok: true }: fills the record, opens the screening again if need be
 *   returnIntake / withdrawIntake / attachIntake       give it back, end it, say whose it is
 *   waitingIntake(services, actor)                     forms sent in that nobody has looked at
 *
 * The person's side is person.ts; what other subjects call to make a form is open.ts.
 */
import { recordAudit } from '../audit/commands.ts';
import type { Treatment } from '../candidacy/rules.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient, patientFacts } from '../record/commands.ts';
import { takeIntoRecord } from '../record/intake-door.ts';
import type { Patient } from '../record/schema.ts';
import { reopenScreening } from '../screening/commands.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import type { Language } from '../tenant/schema.ts';
import { intakeToken, passFor } from './links.ts';
import { intakeLink, linkDays, linkOf, sendLink } from './open.ts';
import { answersOf, contactsOf, linesOf, type PersonField, valueOf } from './rules.ts';
import type { IntakeForm, IntakeRefusal } from './schema.ts';
import { lockForm, type StoredForm, selectForm, selectForms, selectWaiting, updateForm } from './store.ts';

export { type IntakeWish, intakeLink, inviteFromBooking, linkDays } from './open.ts';

type IntakeServices = Pick<Services, 'db' | 'clock' | 'keys' | 'config' | 'jobs'>;

export interface ChartWish {
  readonly patientId: string;
  readonly treatment: Treatment;
}

/** Makes a form for a patient and sends its link by e-mail or the adapter; without a way the link is there to be given. */
export async function sendIntake(
  services: IntakeServices,
  actor: Actor,
  { patientId, treatment }: ChartWish,
): Promise<{ ok: true; formId: string; link: string; sentTo: 'email' | 'phone' | 'nobody' } | IntakeRefusal> {
  return forPatient(services, actor, patientId, async (trx, patient) => {
    const { formId, link } = await intakeLink(services, trx, {
      tenantId: actor.tenantId,
      patientId,
      treatment,
      language: patient.language,
    });
    const sentTo = await sendLink(
      services,
      trx,
      { ...patient, patientId, phone: patient.phones[0] ?? null },
      formId,
      link,
    );
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'intake.sent',
      subject: { kind: 'intake', id: formId },
      change: { after: { patientId, treatment, sentTo } },
    });
    return { ok: true as const, formId, link, sentTo };
  });
}

/** For the clinic's tablet: staff know who takes it, so the form asks for no proof. */
export async function handOver(
  services: IntakeServices,
  actor: Actor,
  { patientId, treatment }: ChartWish,
): Promise<{ ok: true; formId: string; token: string; pass: string; language: Language } | IntakeRefusal> {
  return forPatient(services, actor, patientId, async (trx, patient) => {
    const open = (await selectForms(trx, actor.tenantId, patientId)).find(
      (form) =>
        form.state === 'open' && form.treatment === treatment && form.expiresAt > services.clock.now(),
    );
    const { language } = patient;
    const formId =
      open?.id ??
      (await intakeLink(services, trx, { tenantId: actor.tenantId, patientId, treatment, language })).formId;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'intake.handed-over',
      subject: { kind: 'intake', id: formId },
      change: { after: { patientId, treatment } },
    });
    return {
      ok: true as const,
      formId,
      token: intakeToken(services.keys, actor.tenantId, formId),
      pass: passFor(services.keys, formId, services.clock.now()),
      language,
    };
  });
}

export interface IntakeView extends IntakeForm {
  readonly link: string;
}

export async function listIntake(
  services: Pick<Services, 'db' | 'clock' | 'keys' | 'config'>,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; forms: readonly IntakeView[] } | IntakeRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const forms = await selectForms(trx, actor.tenantId, patientId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'intake.listed',
      subject: { kind: 'patient', id: patientId },
      change: { after: { forms: forms.length } },
    });
    return {
      ok: true as const,
      forms: forms.map((form) => ({ ...plain(form), link: linkOf(services, form) })),
    };
  });
}

export async function readIntake(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  formId: string,
): Promise<{ ok: true; form: IntakeForm } | IntakeRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  if (!isUuid(formId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const form = await selectForm(trx, actor.tenantId, formId);
    if (form === undefined) return notFound;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'intake.read',
      subject: { kind: 'intake', id: formId },
    });
    return { ok: true as const, form: plain(form) };
  });
}

/** Forms that were sent in and that nobody has accepted, the longest waiting first. */
export async function waitingIntake(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
): Promise<{ ok: true; forms: readonly IntakeForm[] } | IntakeRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const forms = await selectWaiting(trx, actor.tenantId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'intake.waiting-listed',
      subject: { kind: 'intake', id: null },
      change: { after: { found: forms.map(({ id }) => id) } },
    });
    return { ok: true as const, forms: forms.map(plain) };
  });
}

/** How the state of a patient's forms stands, for the next step: no answers are read. */
export async function intakeStanding(
  services: Pick<Services, 'db'>,
  actor: Actor,
  patientId: string,
): Promise<readonly Pick<IntakeForm, 'id' | 'state' | 'treatment' | 'expiresAt'>[]> {
  if (!can(actor.role, 'patient.read') || !isUuid(patientId)) return [];
  return (await selectForms(services.db, actor.tenantId, patientId)).map(
    ({ id, state, treatment, expiresAt }) => ({ id, state, treatment, expiresAt }),
  );
}

/**
 * Takes a form into the record: the fields of the person named in `take`, what was told of health, and consents to be
 * contacted. The answers to the gates go to the screening, which opens its decision again if they raise something new.
 */
export async function acceptIntake(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  formId: string,
  { take }: { readonly take: readonly PersonField[] },
): Promise<{ ok: true; patientId: string; reopened: readonly Treatment[] } | IntakeRefusal> {
  return onForm(services, actor, formId, async (trx, form) => {
    if (form.state !== 'submitted') return notSubmitted;
    if (form.patientId === null) return noPatient;
    const { draft, treatment } = form;
    const answers = answersOf(draft, treatment);
    const given = (field: PersonField) => (take.includes(field) ? valueOf(draft, field) : '');
    const taken = await takeIntoRecord(services, trx, actor, form.patientId, {
      person: {
        name: given('name'),
        birthDate: given('birthDate'),
        sex: given('sex'),
        phone: given('phone'),
        email: given('email'),
        guardian: take.includes('guardianName')
          ? {
              name: valueOf(draft, 'guardianName'),
              relation: valueOf(draft, 'relation'),
              phone: valueOf(draft, 'guardianPhone'),
            }
          : undefined,
      },
      answers,
      lines: {
        medicine: linesOf(draft, 'medicines'),
        allergy: linesOf(draft, 'allergies'),
        history: linesOf(draft, 'history'),
      },
      contacts: contactsOf(draft),
    });
    if (!taken.ok)
      return {
        ok: false as const,
        reason: 'bad-form' as const,
        message: taken.message,
        ...(taken.field !== undefined && { field: taken.field }),
      };
    const { reopened } = await reopenScreening(services, trx, {
      tenantId: actor.tenantId,
      by: { kind: 'staff', id: actor.staffId },
      patientId: form.patientId,
      treatment,
      because: 'answers-changed',
      sourceId: form.id,
      answers,
    });
    const now = services.clock.now();
    await updateForm(trx, form.tenantId, form.id, {
      state: 'accepted',
      settled_at: now,
      settled_by: actor.staffId,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'intake.accepted',
      subject: { kind: 'intake', id: form.id },
      change: { after: { patientId: form.patientId, taken: [...taken.fields], reopened: [...reopened] } },
    });
    return { ok: true as const, patientId: form.patientId, reopened };
  });
}

/** Opens a form again, so that the person can correct what they sent. */
export function returnIntake(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  formId: string,
): Promise<{ ok: true } | IntakeRefusal> {
  return onForm(services, actor, formId, async (trx, form) => {
    if (form.state !== 'submitted') return notSubmitted;
    const expiresAt = new Date(services.clock.now().getTime() + linkDays * 86_400_000);
    return settle(services, trx, actor, form, 'intake.returned', {
      state: 'open',
      submitted_at: null,
      expires_at: expiresAt,
    });
  });
}

/** Ends a form that is not needed: its link opens nothing from now on. */
export function withdrawIntake(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  formId: string,
): Promise<{ ok: true } | IntakeRefusal> {
  return onForm(services, actor, formId, async (trx, form) => {
    if (form.state === 'accepted') return notSubmitted;
    return settle(services, trx, actor, form, 'intake.withdrawn', {
      state: 'withdrawn',
      settled_at: services.clock.now(),
      settled_by: actor.staffId,
    });
  });
}

/** Says whose form it is, where it came from a booking of somebody without a record. */
export async function attachIntake(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  formId: string,
  patientId: string,
): Promise<{ ok: true } | IntakeRefusal> {
  const patient = await getPatient(services, actor, patientId);
  if (!patient.ok) return patient.reason === 'not-allowed' ? notAllowed : noPatient;
  return onForm(services, actor, formId, async (trx, form) => {
    if (form.patientId !== null && form.patientId !== patientId) return notFound;
    return settle(services, trx, actor, form, 'intake.attached', { patient_id: patientId });
  });
}

async function settle(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  form: StoredForm,
  action: string,
  change: Parameters<typeof updateForm>[3],
): Promise<{ ok: true }> {
  await updateForm(trx, form.tenantId, form.id, change);
  await recordAudit(services, trx, { ...by(actor), action, subject: { kind: 'intake', id: form.id } });
  return { ok: true };
}

async function onForm<T>(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  formId: string,
  act: (trx: Trx, form: StoredForm) => Promise<T>,
): Promise<T | IntakeRefusal> {
  if (!can(actor.role, 'patient.write')) return notAllowed;
  if (!isUuid(formId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const form = await lockForm(trx, actor.tenantId, formId);
    return form === undefined ? notFound : act(trx, form);
  });
}

async function forPatient<T>(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  patientId: string,
  act: (trx: Trx, patient: Patient) => Promise<T>,
): Promise<T | IntakeRefusal> {
  if (!can(actor.role, 'patient.write')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const facts = await patientFacts(services, trx, actor.tenantId, patientId);
    if (facts === undefined || facts.patient.mergedInto !== null) return notFound;
    return act(trx, facts.patient);
  });
}

function plain({ proof: _proof, ...form }: StoredForm): IntakeForm {
  return form;
}

const notAllowed: IntakeRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const notFound: IntakeRefusal = { ok: false, reason: 'not-found', message: 'There is no such form.' };
const notSubmitted: IntakeRefusal = {
  ok: false,
  reason: 'not-submitted',
  message: 'This form has not been sent in, or it is settled already; look at it again.',
};
const noPatient: IntakeRefusal = {
  ok: false,
  reason: 'no-patient',
  message: 'Nobody’s record belongs to this form yet; choose one, or make one.',
};

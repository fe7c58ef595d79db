/*
 * Making a form and its link, for other subjects in their own transaction.
 *
 *   intakeLink(services, trx, wish)           { formId, link }; the same booking asked for again gets the same form
 *   inviteFromBooking(services, trx, visit)   sends the link of a treatment's form, once for a booking
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { sharedAnswers } from '../booking/self-check.ts';
import type { Treatment } from '../candidacy/rules.ts';
import { enqueueMessage, hasAdapter } from '../notify/commands.ts';
import { momentInWords } from '../notify/rules.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { patientFacts } from '../record/commands.ts';
import { openWays } from '../record/contact.ts';
import { listTenants } from '../tenant/commands.ts';
import type { Language } from '../tenant/schema.ts';
import { intakeToken, proofFor } from './links.ts';
import { intakeMessages } from './messages.ts';
import { draftOfAnswers } from './rules.ts';
import type { IntakeForm } from './schema.ts';
import { insertForm, selectFormOfBooking } from './store.ts';

type OpenServices = Pick<Services, 'db' | 'clock' | 'keys' | 'config' | 'jobs'>;

/** A link works this long, in days. */
export const linkDays = 21;

export interface IntakeWish {
  readonly tenantId: string;
  readonly treatment: Treatment;
  readonly language: Language;
  /** One of the two; a booking of somebody without a record yet gets its patient when staff accept the form. */
  readonly patientId?: string | null;
  readonly bookingId?: string | null;
  /** What proves that it is the person, where the record is not known yet. */
  readonly phone?: string | null;
}

/**
 * A form and its link. The same booking asked for again gets the same form. Answers of a self-check the visitor agreed
 * to send stand in it already.
 */
export async function intakeLink(
  services: Pick<Services, 'clock' | 'keys' | 'config'>,
  trx: Trx,
  wish: IntakeWish,
): Promise<{ readonly formId: string; readonly link: string }> {
  const { tenantId, treatment, language, patientId = null, bookingId = null } = wish;
  const known = bookingId === null ? undefined : await selectFormOfBooking(trx, tenantId, bookingId);
  if (known !== undefined) return { formId: known.id, link: linkOf(services, known) };
  const facts = patientId === null ? undefined : await patientFacts(services, trx, tenantId, patientId);
  const patient = facts?.patient;
  const id = randomUUID();
  const createdAt = services.clock.now();
  const shared =
    bookingId !== null
      ? await sharedAnswers(trx, tenantId, { bookingId }, treatment)
      : patientId !== null
        ? await sharedAnswers(trx, tenantId, { patientId }, treatment)
        : undefined;
  const form = {
    tenantId,
    id,
    patientId,
    bookingId,
    treatment,
    language,
    ...proofFor(services.keys, id, {
      birthDate: patient?.birthDateExact ? patient.birthDate : null,
      phone: patient?.phones[0] ?? wish.phone ?? null,
    }),
    draft: shared === undefined ? {} : draftOfAnswers(shared),
    expiresAt: new Date(createdAt.getTime() + linkDays * 86_400_000),
    createdAt,
  };
  await insertForm(trx, form, null);
  await recordAudit(services, trx, {
    tenantId,
    actor: { kind: 'system', id: null },
    action: 'intake.opened',
    subject: { kind: 'intake', id },
    change: { after: { patientId, bookingId, treatment, asks: form.asks } },
  });
  return { formId: id, link: linkOf(services, form) };
}

export function linkOf(
  services: Pick<Services, 'keys' | 'config'>,
  form: Pick<IntakeForm, 'tenantId' | 'id' | 'language'>,
): string {
  return `${services.config.http.publicUrl}/${form.language}/intake/${intakeToken(services.keys, form.tenantId, form.id)}`;
}

/** Whom a link goes to. */
export interface Reached {
  readonly tenantId: string;
  readonly name: string;
  readonly language: Language;
  readonly email: string | null;
  readonly phone: string | null;
  /** Whose record, if there is one: what they withdrew is not used. */
  readonly patientId: string | null;
  /** Of the visit it goes with. */
  readonly branchId?: string;
}

/** Sends the link once, to where a person can be reached; non-urgent, so it waits for the end of quiet hours. */
export async function sendLink(
  services: OpenServices,
  trx: Trx,
  person: Reached,
  formId: string,
  link: string,
): Promise<'email' | 'phone' | 'nobody'> {
  const { tenantId, language, name, phone, patientId, branchId } = person;
  const open = await openWays(trx, tenantId, patientId, 'intake-link');
  const email = open.email ? person.email : null;
  const isByPhone =
    email === null && phone !== null && open.webhook && (await hasAdapter({ db: trx }, tenantId));
  const recipient = email ?? (isByPhone ? phone : undefined);
  if (recipient === undefined) return 'nobody';
  const tenant = (await listTenants({ db: trx })).find(({ id }) => id === tenantId);
  const clinic = tenant?.name ?? 'Undertone';
  const until = new Date(services.clock.now().getTime() + linkDays * 86_400_000);
  const sentences = intakeMessages[language];
  await enqueueMessage(services, trx, {
    tenantId,
    channel: email === null ? 'webhook' : 'email',
    recipient,
    template: 'plain',
    language,
    params: {
      subject: sentences.subject(clinic),
      text: sentences.text(clinic, name, link, momentInWords(until, language, tenant?.zone ?? 'UTC')),
    },
    dedupeKey: `intake ${formId}`,
    subject: { kind: 'intake', id: formId },
    ...(branchId !== undefined && { branchId }),
  });
  return email === null ? 'phone' : 'email';
}

/** With the confirmation of a visit for a treatment: the form's link, once, however often the visit is moved. */
export async function inviteFromBooking(
  services: OpenServices,
  trx: Trx,
  visit: Reached & {
    readonly bookingId: string;
    readonly treatment: Treatment;
  },
): Promise<void> {
  const { formId, link } = await intakeLink(services, trx, visit);
  await sendLink(services, trx, visit, formId, link);
}

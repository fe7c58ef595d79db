/** What a person is told about a visit, written into the outbox with the change itself. */

import { inviteFromBooking } from '../intake/open.ts';
import { enqueueMessage, hasAdapter, reminderHours, withdrawMessagesOf } from '../notify/commands.ts';
import { momentInWords } from '../notify/rules.ts';
import type { CalendarPart, Channel, MessageLanguage } from '../notify/schema.ts';
import { asTenant, type Db, type Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { openWays } from '../record/contact.ts';
import type { PatientMessage } from '../record/contact-rules.ts';
import { type CalendarVisit, invitation, visitFile } from './calendar.ts';
import { makeLink } from './links.ts';
import type { Texts } from './schema.ts';
import {
  type BookingContext,
  type BookingRow,
  selectBookingContext,
  selectTenantFacts,
  type TenantFacts,
} from './store.ts';

type MessageServices = Pick<Services, 'clock' | 'jobs' | 'keys' | 'config' | 'db'>;

export function inLanguage(texts: Texts, language: string): string {
  return texts[language as MessageLanguage] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

/**
 * Where to reach a person with a message: e-mail first, else the telephone if the clinic has an adapter for it; a way they
 * withdrew is used only for what may be sent all the same.
 */
async function wayTo(
  trx: Trx,
  row: BookingRow,
  message: PatientMessage,
): Promise<{ channel: Channel; recipient: string } | undefined> {
  const open = await openWays(trx, row.tenant_id, row.patient_id, message);
  if (row.email !== null && open.email) return { channel: 'email', recipient: row.email };
  if (row.phone !== null && open.webhook && (await hasAdapter({ db: trx }, row.tenant_id))) {
    return { channel: 'webhook', recipient: row.phone };
  }
  return undefined;
}

interface Words {
  clinic: string;
  name: string;
  service: string;
  when: string;
  where: string;
  staff: string;
  phone: string;
}

function words(row: BookingRow, context: BookingContext, facts: TenantFacts): Words {
  const language = row.language as MessageLanguage;
  return {
    clinic: facts.name,
    name: row.name ?? '',
    service: inLanguage(context.service.names, language),
    when: momentInWords(row.starts_at, language, context.branch.zone),
    where: [
      context.branch.name,
      ...(context.branch.addressLines ?? facts.addressLines ?? []),
      context.branch.town,
    ]
      .filter((line) => line !== null && line !== '')
      .join(', '),
    staff: context.staff.name,
    phone: context.branch.phone ?? facts.phone ?? facts.name,
  };
}

/** The visit as calendars know it: one id for its life, and a SEQUENCE that rises with every change. */
function calendarVisit(
  services: Pick<Services, 'config' | 'clock'>,
  row: BookingRow,
  said: Words,
  facts: TenantFacts,
  url?: string,
): CalendarVisit {
  const host = new URL(services.config.http.publicUrl).hostname;
  return {
    uid: `${row.id}@${host}`,
    sequence: row.calendar_sequence,
    startMinute: row.start_min,
    endMinute: row.end_min,
    summary: `${said.service}, ${facts.name}`,
    description: said.when,
    location: said.where,
    ...(url === undefined ? {} : { url }),
    status: row.status === 'cancelled' ? 'CANCELLED' : row.status === 'held' ? 'TENTATIVE' : 'CONFIRMED',
    stamp: services.clock.now(),
    organizer: { name: facts.name, email: facts.email ?? addressIn(services.config.mail.from) },
    ...(row.email === null ? {} : { attendee: { name: row.name ?? row.email, email: row.email } }),
  };
}

function calendarOf(
  services: Pick<Services, 'config' | 'clock'>,
  method: 'REQUEST' | 'CANCEL',
  row: BookingRow,
  said: Words,
  facts: TenantFacts,
  url?: string,
): CalendarPart {
  return { method, content: invitation(method, calendarVisit(services, row, said, facts, url)) };
}

/** The visit as a file of its own, in the language of the page it is taken from. */
export async function calendarFileOf(
  services: Pick<Services, 'config' | 'clock'>,
  db: Db | Trx,
  row: BookingRow,
  language: string,
  url: string,
): Promise<string> {
  const [context, facts] = await around(db, row);
  const said = words({ ...row, language }, context, facts);
  const { attendee: _, ...visit } = calendarVisit(services, row, said, facts, url);
  return visitFile(visit);
}

/** `Clinic <a@b>` → `a@b`. */
function addressIn(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from;
}

async function linkFor(
  services: MessageServices,
  trx: Trx,
  row: BookingRow,
  purpose: 'manage' | 'confirm' | 'accept-offer',
  subjectId: string,
  expiresAt: Date,
): Promise<string> {
  const { token } = await makeLink(services, trx, row.tenant_id, { purpose, subjectId, expiresAt });
  return `${services.config.http.publicUrl}/${row.language}/booking/${token}`;
}

/** Links to look at or change a visit live until a month after it. */
export function manageUntil(row: Pick<BookingRow, 'ends_at'>): Date {
  return new Date(row.ends_at.getTime() + 30 * 86_400_000);
}

export async function askToConfirm(services: MessageServices, trx: Trx, row: BookingRow): Promise<void> {
  const way = await wayTo(trx, row, 'booking-hold');
  if (way === undefined || row.hold_expires_at === null) return;
  const [context, facts] = await around(trx, row);
  const { clinic, name, service, when } = words(row, context, facts);
  const link = await linkFor(services, trx, row, 'confirm', row.id, manageUntil(row));
  const until = momentInWords(row.hold_expires_at, row.language as MessageLanguage, context.branch.zone);
  await enqueueMessage(services, trx, {
    ...addressed(row, way),
    template: 'booking-hold',
    params: { clinic, name, service, when, link, until },
    urgent: true,
  });
}

/** After confirming or moving: an invitation that replaces the one before, and new reminders. */
export async function tellWhen(
  services: MessageServices,
  trx: Trx,
  row: BookingRow,
  what: 'booking-confirmed' | 'booking-moved',
): Promise<void> {
  await withdrawMessagesOf(services, trx, row.tenant_id, { kind: 'booking', id: row.id });
  const way = await wayTo(trx, row, what);
  if (way === undefined) return;
  const [context, facts] = await around(trx, row);
  const said = words(row, context, facts);
  const { clinic, name, service, when, where, staff } = said;
  const link = await linkFor(services, trx, row, 'manage', row.id, manageUntil(row));
  const calendar = calendarOf(services, 'REQUEST', row, said, facts, link);
  await enqueueMessage(services, trx, {
    ...addressed(row, way),
    template: what,
    params: { clinic, name, service, when, where, staff, link },
    ...(way.channel === 'email' ? { calendar } : {}),
    urgent: true,
  });
  const now = services.clock.now().getTime();
  const reminded = await wayTo(trx, row, 'booking-reminder');
  for (const hours of await reminderHours({ db: trx }, row.tenant_id)) {
    const dueAt = new Date(row.starts_at.getTime() - hours * 3_600_000);
    if (dueAt.getTime() <= now || reminded === undefined) continue;
    await enqueueMessage(services, trx, {
      ...addressed(row, reminded),
      template: 'booking-reminder',
      params: { clinic, name, service, when, where, link },
      dedupeKey: `reminder ${row.id} ${row.start_min} ${hours} ${row.version}`,
      dueAt,
    });
  }
  if (what === 'booking-confirmed') await inviteToIntake(services, trx, row);
}

/** The questions before a treatment; a consultation asks them in the room. */
async function inviteToIntake(services: MessageServices, trx: Trx, row: BookingRow): Promise<void> {
  // One form before the first of several visits.
  if ((row.series_visit ?? 1) > 1) return;
  const service = await trx
    .selectFrom('services')
    .select('treatment')
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', row.service_id)
    .executeTakeFirst();
  if (!service?.treatment) return;
  await inviteFromBooking(services, trx, {
    tenantId: row.tenant_id,
    bookingId: row.id,
    branchId: row.branch_id,
    patientId: row.patient_id,
    treatment: service.treatment,
    name: row.name ?? '',
    language: row.language as MessageLanguage,
    email: row.email,
    phone: row.phone,
  });
}

export async function tellCancelled(services: MessageServices, trx: Trx, row: BookingRow): Promise<void> {
  await withdrawMessagesOf(services, trx, row.tenant_id, { kind: 'booking', id: row.id });
  const way = await wayTo(trx, row, 'booking-cancelled');
  if (way === undefined) return;
  const [context, facts] = await around(trx, row);
  const said = words(row, context, facts);
  const { clinic, name, service, when, phone } = said;
  await enqueueMessage(services, trx, {
    ...addressed(row, way),
    template: 'booking-cancelled',
    params: { clinic, name, service, when, phone },
    ...(way.channel === 'email' ? { calendar: calendarOf(services, 'CANCEL', row, said, facts) } : {}),
    urgent: true,
  });
}

export async function offerFreedSlot(
  services: MessageServices,
  trx: Trx,
  row: BookingRow,
  offerId: string,
  expiresAt: Date,
): Promise<void> {
  const way = await wayTo(trx, row, 'waitlist-offer');
  if (way === undefined) return;
  const [context, facts] = await around(trx, row);
  const { clinic, name, service, when } = words(row, context, facts);
  const link = await linkFor(services, trx, row, 'accept-offer', offerId, expiresAt);
  const until = momentInWords(expiresAt, row.language as MessageLanguage, context.branch.zone);
  await enqueueMessage(services, trx, {
    ...addressed(row, way),
    template: 'waitlist-offer',
    params: { clinic, name, service, when, link, until },
    dedupeKey: `offer ${offerId}`,
  });
}

/**
 * Whether what waits in the outbox about a visit is still wanted on its way: a reminder written weeks ago is not sent to
 * who has withdrawn since.
 */
export async function isStillWanted(
  services: Pick<Services, 'db'>,
  message: {
    readonly tenant_id: string;
    readonly channel: Channel;
    readonly template: string;
    readonly subject_kind: string | null;
    readonly subject_id: string | null;
  },
): Promise<boolean> {
  const { tenant_id: tenantId, channel, template, subject_kind: kind, subject_id: id } = message;
  if (kind !== 'booking' || id === null) return true;
  if (template !== 'booking-reminder' && template !== 'waitlist-offer') return true;
  return asTenant(services.db, tenantId, async (trx) => {
    const row = await trx
      .selectFrom('bookings')
      .select('patient_id')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirst();
    return (await openWays(trx, tenantId, row?.patient_id ?? null, template))[channel];
  });
}

function addressed(row: BookingRow, way: { channel: Channel; recipient: string }) {
  return {
    tenantId: row.tenant_id,
    ...way,
    language: row.language as MessageLanguage,
    subject: { kind: 'booking', id: row.id },
    branchId: row.branch_id,
  };
}

async function around(db: Db | Trx, row: BookingRow): Promise<[BookingContext, TenantFacts]> {
  return [await selectBookingContext(db, row), await selectTenantFacts(db, row.tenant_id)];
}

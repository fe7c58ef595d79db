/** How messages of the follow-up find people: patients by their record, staff by their role. */
import { enqueueMessage, hasAdapter } from '../notify/commands.ts';
import type { Channel } from '../notify/schema.ts';
import type { Db, Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { patientFacts } from '../record/commands.ts';
import { openWays } from '../record/contact.ts';
import { personOf } from '../record/same-person.ts';
import { membersToTell } from '../staff/commands.ts';
import type { Role } from '../staff/schema.ts';
import { selectEveryBranch } from '../tenant/commands.ts';
import { type Sender, senderOf } from '../tenant/rules.ts';
import type { Language } from '../tenant/schema.ts';
import { numbersOf } from './local-numbers.ts';
import { sentencesOf } from './messages.ts';
import type { TenantFacts } from './store.ts';

export type ReachServices = Pick<Services, 'clock' | 'jobs' | 'config' | 'keys'>;

export interface Reachable {
  readonly name: string;
  readonly language: Language;
  readonly phone: string | null;
  readonly bloodThinner: boolean;
  readonly way: { readonly channel: Channel; readonly recipient: string } | undefined;
}

/**
 * A person's name, language and address for messages: e-mail first, else the telephone when the clinic has an adapter. A
 * channel whose consent for aftercare was withdrawn is not used.
 */
export async function reachPatient(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  patientId: string,
  message: 'check-in' | 'recall-message' = 'check-in',
): Promise<Reachable | undefined> {
  const { id } = await personOf(trx, tenantId, patientId);
  const facts = await patientFacts(services, trx, tenantId, id);
  if (facts === undefined) return undefined;
  const { name, language, email, phones } = facts.patient;
  const known = {
    name,
    language,
    phone: phones[0] ?? null,
    // The flag is set from the gate "anticoagulant or antiplatelet".
    bloodThinner: facts.flags.has('anticoagulant'),
  };
  const open = await openWays(trx, tenantId, id, message);
  if (email !== null && open.email) {
    return { ...known, way: { channel: 'email', recipient: email } };
  }
  const { phone } = known;
  const byPhone = phone !== null && open.webhook && (await hasAdapter({ db: trx }, tenantId));
  return { ...known, way: byPhone ? { channel: 'webhook', recipient: phone } : undefined };
}

/** Writes the link, or the reminder of it, into the outbox. */
export async function tellPatient(
  services: ReachServices,
  trx: Trx,
  facts: TenantFacts,
  what: 'link' | 'reminder',
  to: Reachable & { readonly way: NonNullable<Reachable['way']> },
  checkIn: {
    readonly tenantId: string;
    readonly id: string;
    readonly branchId: string | null;
    readonly token: string;
  },
): Promise<void> {
  const numbers = facts.numbers ?? numbersOf(facts.country);
  const from = await senderAt(trx, checkIn.tenantId, facts, checkIn.branchId);
  const { subject, text } = sentencesOf(what, to.language, {
    clinic: from.name,
    name: to.name,
    link: `${services.config.http.publicUrl}/${to.language}/checkin/${checkIn.token}`,
    emergency: numbers.emergency.join(' / '),
  });
  await enqueueMessage(services, trx, {
    tenantId: checkIn.tenantId,
    ...to.way,
    template: 'plain',
    language: to.language,
    params: {
      subject,
      text: `${text}\n\n${to.way.channel === 'email' ? from.signature : from.shortSignature}`,
    },
    dedupeKey: `check-in ${checkIn.id} ${what}`,
    subject: { kind: 'check-in', id: checkIn.id },
    ...(checkIn.branchId !== null && { branchId: checkIn.branchId }),
  });
}

/** The branch that treated her, as she knows it: what her messages and the page behind their link say. */
export async function senderAt(
  db: Db,
  tenantId: string,
  facts: TenantFacts,
  branchId: string | null,
): Promise<Sender> {
  return senderOf(facts, await selectEveryBranch(db, tenantId), branchId);
}

/** Writes one message to each active member of the roles, at once, quiet hours or not. @returns how many were told. */
export async function tellStaff(
  services: ReachServices,
  trx: Trx,
  facts: Pick<TenantFacts, 'languages'>,
  notice: {
    readonly tenantId: string;
    readonly to: readonly Role[] | { readonly staffId: string };
    readonly what: 'caseNotice' | 'handedOver' | 'lotAlert';
    readonly values: Readonly<Record<string, string>>;
    /** Below the site's address. */
    readonly path: string;
    readonly subject: { readonly kind: string; readonly id: string };
    /** With the member's id, names the message: a second one is not written. */
    readonly key: string;
  },
): Promise<number> {
  const { to } = notice;
  const all = await membersToTell({ db: trx }, notice.tenantId);
  const meant = all.filter((member) =>
    'staffId' in to ? member.id === to.staffId : to.includes(member.role),
  );
  // A small clinic may have nobody in these roles: then its owners hear of it.
  const members = meant.length > 0 ? meant : all.filter(({ role }) => role === 'owner');
  const language = facts.languages[0] ?? 'en';
  const { subject, text } = sentencesOf(notice.what, language, {
    ...notice.values,
    link: `${services.config.http.publicUrl}${notice.path}`,
  });
  for (const member of members) {
    await enqueueMessage(services, trx, {
      tenantId: notice.tenantId,
      channel: 'email',
      recipient: member.email,
      template: 'plain',
      language,
      params: { subject, text },
      urgent: true,
      dedupeKey: `${notice.key} ${member.id}`,
      subject: notice.subject,
    });
  }
  return members.length;
}

/** The link of an offered consent by message, to where the patient can be reached and in their language. */
import { recordAudit } from '../audit/commands.ts';
import { branchesOfPatient } from '../booking/visit-branch.ts';
import { enqueueMessage, hasAdapter, isOptedOut } from '../notify/commands.ts';
import { momentInWords } from '../notify/rules.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { patientFacts } from '../record/commands.ts';
import { openWays } from '../record/contact.ts';
import { can, mayAt } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants, selectEveryBranch } from '../tenant/commands.ts';
import { senderOf } from '../tenant/rules.ts';
import { dayIn } from '../tenant/schema.ts';
import { tokenOf } from './links.ts';
import { consentMessages } from './messages.ts';
import type { ConsentRefusal } from './schema.ts';
import { selectConsent } from './store.ts';

/**
 * Sends the link of a consent that can still be signed, at most once a day to one address; not urgent, so it waits for the
 * end of quiet hours. Who wants no messages, or took back their consent to be written to about appointments, gets none.
 */
export async function sendConsentLink(
  services: Pick<Services, 'db' | 'clock' | 'keys' | 'config' | 'jobs'>,
  actor: Actor,
  consentId: string,
): Promise<{ ok: true; by: 'email' | 'phone' } | ConsentRefusal> {
  if (!can(actor.role, 'consent.read')) {
    return { ok: false, reason: 'not-allowed', message: 'Your role does not allow this.' };
  }
  if (!isUuid(consentId)) return noSuchConsent;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const row = await selectConsent(trx, tenantId, consentId, true);
    if (row === undefined) return noSuchConsent;
    const now = services.clock.now();
    if (row.state !== 'offered' || row.expires_at <= now) return notOpen;
    const facts = await patientFacts(services, trx, tenantId, row.patient_id);
    if (facts === undefined) return noSuchConsent;
    const { name, language, email, phones } = facts.patient;
    const open = await openWays(trx, tenantId, row.patient_id, 'consent-link');
    const isByEmail = email !== null && open.email;
    const isByPhone = !isByEmail && open.webhook && (await hasAdapter({ db: trx }, tenantId));
    const recipient = isByEmail ? email : isByPhone ? phones[0] : undefined;
    if (recipient === undefined) return noWay;
    if (await isOptedOut(services, trx, tenantId, recipient)) return optedOut;
    const tenant = (await listTenants({ db: trx })).find(({ id }) => id === tenantId);
    const known = await branchesOfPatient(trx, tenantId, row.patient_id, now);
    // Somebody bound to branches writes for one of hers, so that she sees it if it does not arrive.
    const branchId = known.find((id) => mayAt(actor, id)) ?? actor.branches?.[0];
    const from = tenant && senderOf(tenant, await selectEveryBranch(trx, tenantId), branchId);
    const clinic = from?.name ?? 'Undertone';
    const link = `${services.config.http.publicUrl}/${row.language}/consent/${tokenOf(services.keys, tenantId, row.id)}`;
    const until = momentInWords(row.expires_at, language, tenant?.zone ?? 'UTC');
    const sentences = consentMessages[language];
    const messageId = await enqueueMessage(services, trx, {
      tenantId,
      channel: isByEmail ? 'email' : 'webhook',
      recipient,
      template: 'plain',
      language,
      params: {
        subject: sentences.subject(clinic),
        text: [
          sentences.text(clinic, name, link, until),
          ...(from === undefined ? [] : [isByEmail ? from.signature : from.shortSignature]),
        ].join('\n\n'),
      },
      dedupeKey: `consent-link ${row.id} ${dayIn(tenant?.zone ?? 'UTC', now)} ${recipient}`,
      subject: { kind: 'consent', id: row.id },
      ...(branchId !== undefined && { branchId }),
    });
    if (messageId === undefined) return alreadySent;
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'consent.link-sent',
      subject: { kind: 'consent', id: row.id },
      change: { after: { messageId, by: isByEmail ? 'email' : 'phone' } },
    });
    return { ok: true as const, by: isByEmail ? ('email' as const) : ('phone' as const) };
  });
}

const noSuchConsent: ConsentRefusal = {
  ok: false,
  reason: 'no-such-consent',
  message: 'There is no such consent.',
};
const notOpen: ConsentRefusal = {
  ok: false,
  reason: 'link-expired',
  message: 'This text can no longer be signed. Prepare a new one.',
};
const noWay: ConsentRefusal = {
  ok: false,
  reason: 'no-way-to-reach',
  message: 'There is no address to send it to. Record an e-mail address, or copy the link.',
};
const optedOut: ConsentRefusal = {
  ok: false,
  reason: 'opted-out',
  message: 'This person wants no messages. Hand over the tablet.',
};
const alreadySent: ConsentRefusal = {
  ok: false,
  reason: 'already-sent',
  message: 'The link was sent to this address today.',
};

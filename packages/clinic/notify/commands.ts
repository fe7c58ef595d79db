/** The outbox: messages are written with the change they tell of, delivered by a job, and their fate is kept. */
import { randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import type { Services } from '../platform/services.ts';
import { can, mayAt } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import {
  type DeliveryFault,
  isForGood,
  maxAttempts,
  minutesUntilLoud,
  retryDelaySeconds,
  wallMinuteOfDay,
} from './rules.ts';
import {
  type CalendarPart,
  type Channel,
  calendarPart,
  type MessageLanguage,
  type MessageRecord,
  type MessageState,
  type ParamsOf,
  type Template,
} from './schema.ts';
import {
  countMessages,
  deleteOptOuts,
  hasOptedOut,
  insertMessage,
  insertOptOut,
  type MessageRow,
  type MessageSettings,
  selectMessage,
  selectMessages,
  selectSettings,
  settleMessage,
  withdrawMessages,
} from './store.ts';
import { render } from './templates.ts';
import { postWebhook } from './webhook.ts';

export * from './settings.ts';

/** One try to deliver one message. The outbox row keeps its own count, so the queue needs none. */
export const deliverJob: Job<{ tenantId: string; messageId: string }> = {
  name: 'notify.deliver',
  payload: z.object({ tenantId: z.uuid(), messageId: z.uuid() }),
  retries: 3,
  expiresAfterSeconds: 60,
};

export interface NewMessage<T extends Template = Template> {
  readonly tenantId: string;
  readonly channel: Channel;
  /** E-mail address, or the telephone number for the adapter. */
  readonly recipient: string;
  readonly template: T;
  readonly language: MessageLanguage;
  readonly params: ParamsOf<T>;
  readonly calendar?: CalendarPart;
  /** The answer to something the person has just done: goes out at once, in quiet hours and after an opt-out too. */
  readonly urgent?: boolean;
  /** A second message with the same key is not written. */
  readonly dedupeKey?: string;
  /** What it is about, so that it can be withdrawn or shown there. */
  readonly subject?: { readonly kind: string; readonly id: string };
  /** Whoever is bound to other branches does not see it when it fails; left out: everybody does. */
  readonly branchId?: string;
  readonly dueAt?: Date;
}

/** Writes a message into the outbox with the transaction. Undefined when the dedupe key was there already. */
export async function enqueueMessage<T extends Template>(
  services: Pick<Services, 'clock' | 'jobs'>,
  trx: Trx,
  message: NewMessage<T>,
): Promise<string | undefined> {
  // Renders once now: a missing value fails the command that forgot it, not a job at night.
  render(message.template, message.language, message.params);
  const id = randomUUID();
  const now = services.clock.now();
  const dueAt = message.dueAt !== undefined && message.dueAt > now ? message.dueAt : now;
  const written = await insertMessage(trx, {
    tenant_id: message.tenantId,
    id,
    channel: message.channel,
    recipient: message.recipient,
    template: message.template,
    language: message.language,
    params: message.params,
    calendar: message.calendar ?? null,
    urgent: message.urgent ?? false,
    dedupe_key: message.dedupeKey ?? null,
    subject_kind: message.subject?.kind ?? null,
    subject_id: message.subject?.id ?? null,
    branch_id: message.branchId ?? null,
    state: 'queued',
    due_at: dueAt,
    created_at: now,
  });
  if (!written) return undefined;
  await services.jobs.send(
    trx,
    deliverJob,
    { tenantId: message.tenantId, messageId: id },
    dueAt > now ? { startAfter: dueAt } : {},
  );
  return id;
}

/** From when a message that is not urgent goes out: now, or the end of the clinic's quiet hours. */
export async function messagesGoOutFrom(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
): Promise<Date> {
  const now = services.clock.now();
  const settings = await selectSettings(services.db, tenantId);
  const waitMinutes = minutesUntilLoud(wallMinuteOfDay(now, settings.zone), settings.quiet);
  return new Date(now.getTime() + waitMinutes * 60_000);
}

/** Withdraws what has not gone out yet about a subject: reminders of a visit that was moved or cancelled. */
export function withdrawMessagesOf(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  subject: { kind: string; id: string },
): Promise<number> {
  return withdrawMessages(trx, tenantId, subject, services.clock.now());
}

type DeliverServices = Pick<Services, 'db' | 'mail' | 'keys' | 'clock' | 'log' | 'config'> & {
  readonly jobs: () => Pick<Services['jobs'], 'send'>;
  /** What it is about may have changed since it was written: false, and it is not sent. */
  readonly isStillWanted?: (message: MessageRow) => Promise<boolean>;
};

/** Delivers one message now if it is due and allowed; returns its state afterwards. */
export async function deliverMessage(
  services: DeliverServices,
  payload: { tenantId: string; messageId: string },
): Promise<MessageState | 'gone'> {
  const { tenantId, messageId } = payload;
  const row = await selectMessage(services.db, tenantId, messageId);
  if (row === undefined) return 'gone';
  if (row.state !== 'queued') return row.state;
  const now = services.clock.now();
  const settings = await selectSettings(services.db, tenantId);
  // What was meant for at once waits for nothing: a clock set back since may not hold it up.
  const isForLater = row.due_at > row.created_at;
  if (isForLater && row.due_at > now) return postpone(services, row, row.due_at);
  if (!row.urgent) {
    const isWanted = (await services.isStillWanted?.(row)) ?? true;
    if (
      !isWanted ||
      (await hasOptedOut(services.db, tenantId, recipientHash(services.keys, tenantId, row.recipient)))
    ) {
      await settleMessage(services.db, tenantId, messageId, ['queued'], {
        state: 'suppressed',
        settled_at: now,
      });
      return 'suppressed';
    }
    const wait = minutesUntilLoud(wallMinuteOfDay(now, settings.zone), settings.quiet);
    if (wait > 0) return postpone(services, row, new Date(now.getTime() + wait * 60_000));
  }
  try {
    const providerId = await handOver(services, row, settings, now);
    const change = {
      state: 'sent' as const,
      attempts: row.attempts + 1,
      last_error: null,
      provider_id: providerId,
      settled_at: now,
    };
    const isSettled = await settleMessage(
      services.db,
      tenantId,
      messageId,
      ['queued'],
      change,
      row.recipient,
    );
    return isSettled ? 'sent' : changedMeanwhile(services, row, now);
  } catch (error) {
    return failed(services, row, error as Error, now);
  }
}

async function handOver(
  services: DeliverServices,
  row: MessageRow,
  settings: MessageSettings,
  now: Date,
): Promise<string | null> {
  const optOut = row.urgent
    ? undefined
    : `${services.config.http.publicUrl}/opt-out/${optOutToken(services.keys, row.tenant_id, row.recipient)}`;
  const { subject, text } = render(row.template, row.language, row.params as ParamsOf<Template>, optOut);
  if (row.channel === 'email') {
    const calendar = row.calendar === null ? undefined : calendarPart.parse(row.calendar);
    const host = new URL(services.config.http.publicUrl).hostname;
    const { messageId } = await services.mail.send({
      to: row.recipient,
      subject,
      text,
      messageId: `<${row.id}@${host}>`,
      ...(calendar === undefined ? {} : { calendar }),
    });
    return messageId;
  }
  if (settings.webhookUrl === null || settings.webhookSecret === null) {
    throw Object.assign(
      new Error('no adapter for SMS or WhatsApp is set up; see docs/booking.md, "Messages".'),
      {
        code: 'webhook-missing' as const,
      },
    );
  }
  const secret = services.keys.open('webhook-secret', row.tenant_id, settings.webhookSecret);
  const body = {
    version: 1 as const,
    id: row.id,
    to: row.recipient,
    template: row.template,
    language: row.language,
    text,
  };
  return (await postWebhook(services.config, settings.webhookUrl, secret, body, now)).id;
}

async function postpone(services: DeliverServices, row: MessageRow, until: Date): Promise<MessageState> {
  await asTenant(services.db, row.tenant_id, async (trx) => {
    if (await settleMessage(trx, row.tenant_id, row.id, ['queued'], { due_at: until })) {
      const payload = { tenantId: row.tenant_id, messageId: row.id };
      await services.jobs().send(trx, deliverJob, payload, { startAfter: until });
    }
  });
  return 'queued';
}

/** Its address was put right while it went to the wrong one: it goes to the right one now. Withdrawn, it stays so. */
async function changedMeanwhile(
  services: DeliverServices,
  row: MessageRow,
  now: Date,
): Promise<MessageState> {
  await postpone(services, row, now);
  return (await selectMessage(services.db, row.tenant_id, row.id))?.state ?? 'withdrawn';
}

async function failed(
  services: DeliverServices,
  row: MessageRow,
  error: Error & DeliveryFault,
  now: Date,
): Promise<MessageState> {
  const attempts = row.attempts + 1;
  const last_error = `${error.code ?? 'error'}: ${error.message}`.slice(0, 500);
  services.log.warn(
    { messageId: row.id, channel: row.channel, attempts, code: error.code },
    'message not delivered',
  );
  if (attempts >= maxAttempts || isForGood(error)) {
    const change = { state: 'failed' as const, attempts, last_error, settled_at: now };
    const isSettled = await settleMessage(
      services.db,
      row.tenant_id,
      row.id,
      ['queued'],
      change,
      row.recipient,
    );
    return isSettled ? 'failed' : changedMeanwhile(services, row, now);
  }
  const tried = { attempts, last_error };
  if (!(await settleMessage(services.db, row.tenant_id, row.id, ['queued'], tried, row.recipient)))
    return changedMeanwhile(services, row, now);
  return postpone(services, row, new Date(now.getTime() + retryDelaySeconds(attempts) * 1000));
}

/**
 * Messages of a subject, or those that were given up. For commands, which ask for the role and write their own entry;
 * pages ask {@link listFailedMessages}.
 */
export async function listMessages(
  services: Pick<Services, 'db'>,
  tenantId: string,
  filter: {
    states?: readonly MessageState[];
    subject?: { kind: string; id: string };
    branches?: readonly string[] | undefined;
    limit?: number;
  } = {},
): Promise<MessageRecord[]> {
  const states = filter.states ?? (filter.subject === undefined ? (['failed'] as const) : undefined);
  const rows = await selectMessages(services.db, tenantId, {
    ...(states === undefined ? {} : { states }),
    ...(filter.subject === undefined ? {} : { subject: filter.subject }),
    branches: filter.branches,
    limit: Math.min(filter.limit ?? 100, 1000),
  });
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    recipient: row.recipient,
    template: row.template,
    language: row.language,
    state: row.state,
    dueAt: row.due_at,
    attempts: row.attempts,
    lastError: row.last_error,
    name: textOf(row.params, 'name'),
    when: textOf(row.params, 'when'),
    subject:
      row.subject_kind === null || row.subject_id === null
        ? null
        : { kind: row.subject_kind, id: row.subject_id },
    settledAt: row.settled_at,
  }));
}

/** A value a template is filled with; null where it has none of this name. */
function textOf(params: unknown, name: 'name' | 'when'): string | null {
  const value = (params as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
}

/** Messages that were given up, for the desk, of the member's branches: reading whom they were for is an entry. */
export async function listFailedMessages(
  services: Pick<Services, 'db' | 'clock'>,
  member: Member,
): Promise<{ ok: true; messages: MessageRecord[] } | MessageRefusal> {
  if (!can(member.role, 'booking.read')) return notAllowed;
  const { tenantId } = member;
  return asTenant(services.db, tenantId, async (trx) => {
    const messages = await listMessages({ db: trx }, tenantId, { branches: member.branches });
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: member.staffId },
      action: 'message.failed-listed',
      subject: { kind: 'tenant', id: tenantId },
      change: { after: { messages: messages.map(({ id }) => id) } },
    });
    return { ok: true as const, messages };
  });
}

/** How many messages were given up: the number alone is nobody's data. */
export async function countFailedMessages(
  services: Pick<Services, 'db'>,
  member: Member,
): Promise<{ ok: true; count: number } | MessageRefusal> {
  if (!can(member.role, 'booking.read')) return notAllowed;
  return { ok: true, count: await countMessages(services.db, member.tenantId, 'failed', member.branches) };
}

/** Tries a given-up message again. */
export async function retryMessage(
  services: Pick<Services, 'db' | 'jobs' | 'clock'>,
  member: Member,
  messageId: string,
): Promise<{ ok: true } | MessageRefusal> {
  if (!can(member.role, 'booking.write')) return notAllowed;
  const { tenantId } = member;
  return asTenant(services.db, tenantId, async (trx) => {
    const change = { state: 'queued' as const, attempts: 0, settled_at: null, due_at: services.clock.now() };
    const row = await selectMessage(trx, tenantId, messageId);
    const isSettled =
      maySee(member, row) && (await settleMessage(trx, tenantId, messageId, ['failed'], change));
    if (!isSettled) {
      const message = 'This message is not among those that were given up. Please look again.';
      return { ok: false as const, reason: 'not-failed' as const, message };
    }
    await services.jobs.send(trx, deliverJob, { tenantId, messageId });
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: member.staffId },
      action: 'message.retried',
      subject: { kind: 'message', id: messageId },
    });
    return { ok: true as const };
  });
}

type Member = Pick<Actor, 'tenantId' | 'staffId' | 'role' | 'branches'>;

/** Whether a message is about one of the member's branches, or about none. */
export function maySee(
  member: Pick<Actor, 'branches'>,
  row: Pick<MessageRow, 'branch_id'> | undefined,
): boolean {
  return row !== undefined && (row.branch_id === null || mayAt(member, row.branch_id));
}

export interface MessageRefusal {
  readonly ok: false;
  readonly reason: 'not-allowed' | 'not-failed' | 'not-opted-out';
  readonly message: string;
}

const notAllowed: MessageRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};

/** Hours before a visit at which a reminder goes out. */
export async function reminderHours(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<readonly number[]> {
  return (await selectSettings(services.db, tenantId)).reminderHours;
}

/** Whether SMS and WhatsApp have somewhere to go. Without it the desk calls, or sends by its own telephone. */
export async function hasAdapter(services: Pick<Services, 'db'>, tenantId: string): Promise<boolean> {
  const { webhookUrl, webhookSecret } = await selectSettings(services.db, tenantId);
  return webhookUrl !== null && webhookSecret !== null;
}

/** What an opt-out is kept under: the address itself is not. */
export function recipientHash(keys: Services['keys'], tenantId: string, recipient: string): Buffer {
  return keys.mac('opt-out', `${tenantId} ${recipient.trim().toLowerCase()}`);
}

/** Names one recipient without telling the address, and is signed so that nobody else can make one. */
export function optOutToken(keys: Services['keys'], tenantId: string, recipient: string): string {
  const hash = recipientHash(keys, tenantId, recipient);
  return Buffer.concat([hash, keys.mac('opt-out-link', hash).subarray(0, 16)]).toString('base64url');
}

/** The recipient an opt-out link names; undefined when nobody here has made it. */
function hashOfLink(keys: Services['keys'], token: string): Buffer | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const hash = bytes.subarray(0, 32);
  const isOurs =
    bytes.length === 48 &&
    timingSafeEqual(bytes.subarray(32), keys.mac('opt-out-link', hash).subarray(0, 16));
  return isOurs ? hash : undefined;
}

/** Whether an opt-out link was made here. It says nothing of whom it names, and opening it changes nothing. */
export function isOptOutLink(keys: Services['keys'], token: string): boolean {
  return hashOfLink(keys, token) !== undefined;
}

type LinkAnswer = { ok: true } | { ok: false; reason: 'link-unknown'; message: string };

const linkUnknown: LinkAnswer = {
  ok: false,
  reason: 'link-unknown',
  message: 'This link is not complete. Please copy it whole.',
};

/** Takes an opt-out by its token. Whoever holds the link may use it, as often as they like. */
export async function optOut(
  services: Pick<Services, 'db' | 'clock' | 'keys'>,
  tenantId: string,
  token: string,
): Promise<LinkAnswer> {
  const hash = hashOfLink(services.keys, token);
  if (hash === undefined) return linkUnknown;
  await asTenant(services.db, tenantId, (trx) => insertOptOut(trx, tenantId, hash, services.clock.now()));
  return { ok: true };
}

/** Takes an opt-out back by the link it was made with. */
export async function optInByLink(
  services: Pick<Services, 'db' | 'keys'>,
  tenantId: string,
  token: string,
): Promise<LinkAnswer> {
  const hash = hashOfLink(services.keys, token);
  if (hash === undefined) return linkUnknown;
  await asTenant(services.db, tenantId, (trx) => deleteOptOuts(trx, tenantId, [hash]));
  return { ok: true };
}

/** Whether a recipient wants no messages that are not urgent: such a one would be written and never go out. */
export function isOptedOut(
  services: Pick<Services, 'keys'>,
  trx: Trx,
  tenantId: string,
  recipient: string,
): Promise<boolean> {
  return hasOptedOut(trx, tenantId, recipientHash(services.keys, tenantId, recipient));
}

/**
 * Takes back an opt-out at the desk, on the person's word. The audit entry names who did it, not the address.
 * @param recipient an e-mail address, or a telephone number however it is spaced
 */
export async function optIn(
  services: Pick<Services, 'db' | 'keys' | 'clock'>,
  member: Member,
  recipient: string,
): Promise<{ ok: true } | MessageRefusal> {
  if (!can(member.role, 'booking.write')) return notAllowed;
  const { tenantId } = member;
  const written = new Set([recipient, recipient.replaceAll(/[\s().-]/g, '')]);
  const hashes = [...written].map((one) => recipientHash(services.keys, tenantId, one));
  return asTenant(services.db, tenantId, async (trx) => {
    if (!(await deleteOptOuts(trx, tenantId, hashes))) {
      const message =
        'Nobody has stopped messages to this address. Look whether it is written as in the visit.';
      return { ok: false as const, reason: 'not-opted-out' as const, message };
    }
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: member.staffId },
      action: 'message.opt-out-taken-back',
      subject: { kind: 'tenant', id: tenantId },
    });
    return { ok: true as const };
  });
}

export function notifyJobs(services: DeliverServices): readonly Handler[] {
  return [
    handle(deliverJob, async (payload) => {
      await deliverMessage(services, payload);
    }),
  ];
}

import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Channel, MessageLanguage, MessageState, Template } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    messages: MessagesTable;
    message_opt_outs: { tenant_id: string; recipient_hash: Buffer; at: Date };
    message_settings: {
      tenant_id: string;
      quiet_from_min: number;
      quiet_to_min: number;
      webhook_url: string | null;
      webhook_secret: Buffer | null;
      reminder_hours: number[];
    };
  }
}

interface MessagesTable {
  tenant_id: string;
  id: string;
  channel: Channel;
  recipient: string;
  template: Template;
  language: MessageLanguage;
  params: unknown;
  calendar: unknown;
  urgent: boolean;
  dedupe_key: string | null;
  subject_kind: string | null;
  subject_id: string | null;
  branch_id: string | null;
  state: MessageState;
  due_at: Date;
  attempts: number;
  last_error: string | null;
  provider_id: string | null;
  created_at: Date;
  settled_at: Date | null;
}
export type MessageRow = MessagesTable;

/** @returns false when a message with this dedupe key is there already. */
export async function insertMessage(
  trx: Trx,
  row: Omit<MessageRow, 'attempts' | 'last_error' | 'provider_id' | 'settled_at'>,
): Promise<boolean> {
  const written = await trx
    .insertInto('messages')
    .values({
      ...row,
      params: JSON.stringify(row.params),
      calendar: row.calendar === null ? null : JSON.stringify(row.calendar),
      attempts: 0,
      last_error: null,
      provider_id: null,
      settled_at: null,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function selectMessage(
  db: Db | Trx,
  tenantId: string,
  id: string,
  lock = false,
): Promise<MessageRow | undefined> {
  const query = db.selectFrom('messages').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** @param filter.branches of these, and those about the clinic as a whole; left out: of every branch */
export async function selectMessages(
  db: Db | Trx,
  tenantId: string,
  filter: {
    states?: readonly MessageState[];
    subject?: { kind: string; id: string };
    branches?: readonly string[] | undefined;
    limit: number;
  },
): Promise<MessageRow[]> {
  let query = db.selectFrom('messages').selectAll().where('tenant_id', '=', tenantId);
  if (filter.states !== undefined) query = query.where('state', 'in', [...filter.states]);
  if (filter.subject !== undefined) {
    query = query.where('subject_kind', '=', filter.subject.kind).where('subject_id', '=', filter.subject.id);
  }
  query = query.where(atBranches(filter.branches));
  return query.orderBy('created_at', 'desc').orderBy('id').limit(filter.limit).execute();
}

/** Messages about one of the branches, or about none. */
function atBranches(branches: readonly string[] | undefined) {
  return branches === undefined
    ? sql<boolean>`true`
    : sql<boolean>`(branch_id is null or branch_id = any(${[...branches]}::uuid[]))`;
}

/** @param branches of these, and those about the clinic as a whole; left out: of every branch */
export async function countMessages(
  db: Db | Trx,
  tenantId: string,
  state: MessageState,
  branches?: readonly string[],
): Promise<number> {
  const { count } = await db
    .selectFrom('messages')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('state', '=', state)
    .where(atBranches(branches))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Moves a message from one state to another; false when it was no longer in the first.
 * @param to left out: whomever it is for; else false too when it goes to another address by now
 */
export async function settleMessage(
  db: Db | Trx,
  tenantId: string,
  id: string,
  from: readonly MessageState[],
  change: Partial<
    Pick<MessageRow, 'state' | 'attempts' | 'last_error' | 'provider_id' | 'settled_at' | 'due_at'>
  >,
  to?: string,
): Promise<boolean> {
  let query = db
    .updateTable('messages')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', 'in', [...from]);
  if (to !== undefined) query = query.where('recipient', '=', to);
  const result = await query.executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/**
 * Gives a failed message another recipient and queues it again, with what else waits for the same one about the same thing.
 * @returns the ids of those that are to be delivered now
 */
export async function readdress(
  trx: Trx,
  tenantId: string,
  id: string,
  recipient: string,
  now: Date,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string; was: MessageState }>`
    with wrong as (
      select other.id, other.state as was from messages one join messages other
        on other.tenant_id = one.tenant_id and other.channel = one.channel and other.recipient = one.recipient
          and (other.id = one.id or (other.subject_kind = one.subject_kind and other.subject_id = one.subject_id))
          and other.state in ('queued', 'failed')
      where one.tenant_id = ${tenantId} and one.id = ${id} and one.state = 'failed'
      for update of other)
    update messages m set recipient = ${recipient}, state = 'queued',
      attempts = case when was = 'failed' then 0 else m.attempts end,
      settled_at = null, due_at = case when was = 'failed' then ${now} else m.due_at end
    from wrong where m.tenant_id = ${tenantId} and m.id = wrong.id
    returning m.id, was`.execute(trx);
  return rows.filter(({ was }) => was === 'failed').map((row) => row.id);
}

export async function withdrawMessages(
  trx: Trx,
  tenantId: string,
  subject: { kind: string; id: string },
  at: Date,
): Promise<number> {
  const result = await trx
    .updateTable('messages')
    .set({ state: 'withdrawn', settled_at: at })
    .where('tenant_id', '=', tenantId)
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .where('state', 'in', ['queued', 'failed'])
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export interface MessageSettings {
  quiet: { fromMin: number; toMin: number };
  webhookUrl: string | null;
  webhookSecret: Buffer | null;
  reminderHours: number[];
  zone: string;
}

export async function selectSettings(db: Db | Trx, tenantId: string): Promise<MessageSettings> {
  const answer = await sql<{
    zone: string;
    quiet_from_min: number;
    quiet_to_min: number;
    webhook_url: string | null;
    webhook_secret: Buffer | null;
    reminder_hours: number[];
  }>`select t.zone, coalesce(s.quiet_from_min, 1260) as quiet_from_min, coalesce(s.quiet_to_min, 480) as quiet_to_min,
      s.webhook_url, s.webhook_secret, coalesce(s.reminder_hours, '{48,3}') as reminder_hours
    from tenants t left join message_settings s on s.tenant_id = t.tenant_id
    where t.tenant_id = ${tenantId}`.execute(db);
  const row = answer.rows[0];
  return {
    quiet: { fromMin: row?.quiet_from_min ?? 1260, toMin: row?.quiet_to_min ?? 480 },
    webhookUrl: row?.webhook_url ?? null,
    webhookSecret: row?.webhook_secret ?? null,
    reminderHours: row?.reminder_hours ?? [],
    zone: row?.zone ?? 'UTC',
  };
}

export async function upsertSettings(
  trx: Trx,
  tenantId: string,
  settings: Omit<MessageSettings, 'zone'>,
): Promise<void> {
  const values = {
    quiet_from_min: settings.quiet.fromMin,
    quiet_to_min: settings.quiet.toMin,
    webhook_url: settings.webhookUrl,
    webhook_secret: settings.webhookSecret,
    reminder_hours: settings.reminderHours,
  };
  await trx
    .insertInto('message_settings')
    .values({ tenant_id: tenantId, ...values })
    .onConflict((c) => c.column('tenant_id').doUpdateSet(values))
    .execute();
}

export async function insertOptOut(
  trx: Trx,
  tenantId: string,
  recipientHash: Buffer,
  at: Date,
): Promise<void> {
  await trx
    .insertInto('message_opt_outs')
    .values({ tenant_id: tenantId, recipient_hash: recipientHash, at })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Takes opt-outs away again; true when there was one. */
export async function deleteOptOuts(
  trx: Trx,
  tenantId: string,
  recipientHashes: readonly Buffer[],
): Promise<boolean> {
  const result = await trx
    .deleteFrom('message_opt_outs')
    .where('tenant_id', '=', tenantId)
    .where('recipient_hash', 'in', [...recipientHashes])
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function hasOptedOut(db: Db | Trx, tenantId: string, recipientHash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('message_opt_outs')
    .select('at')
    .where('tenant_id', '=', tenantId)
    .where('recipient_hash', '=', recipientHash)
    .executeTakeFirst();
  return row !== undefined;
}

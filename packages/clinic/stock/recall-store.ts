import { type GeneratedAlways, type Selectable, sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Language } from '../tenant/schema.ts';
import type { ContactOutcome, ContactWay, RecallContact } from './recall-rules.ts';

declare module '../platform/database.ts' {
  interface Tables {
    recalls: RecallsTable;
    recall_contacts: ContactsTable;
  }
}

interface RecallsTable {
  tenant_id: string;
  id: string;
  lot_id: string;
  reason: string;
  opened_at: Date;
  opened_by: string;
  closed_at: Date | null;
  closed_by: string | null;
  closing: string | null;
}

interface ContactsTable {
  tenant_id: string;
  seq: GeneratedAlways<number>;
  id: string;
  recall_id: string;
  patient_id: string;
  way: ContactWay;
  outcome: ContactOutcome;
  message_id: string | null;
  note: string | null;
  at: Date;
  made_by: string;
}

export interface Recall {
  readonly id: string;
  readonly lotId: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly openedBy: string;
  readonly closedAt: Date | null;
  readonly closing: string | null;
}

/** Someone a lot touched, with each session and test spot it was used in. */
export interface TouchedPerson {
  readonly patientId: string;
  readonly name: string;
  readonly language: Language;
  readonly phone: string | null;
  readonly hasEmail: boolean;
  readonly sessions: readonly {
    readonly id: string;
    readonly at: Date;
    readonly treatment: string;
    /** Where on the body. */
    readonly zones: readonly string[];
    /** It was a trial or patch spot, whose id this is; else a session. */
    readonly isSpot: boolean;
  }[];
}

/**
 * Everyone a lot touched, the latest first: by what sessions say they used, by what the ledger says they took, should one of
 * the two know more than the other, and by what test spots were placed with; those set aside too.
 */
export async function selectTouched(
  db: Db,
  tenantId: string,
  lotId: string,
): Promise<readonly TouchedPerson[]> {
  type Written = Omit<TouchedPerson['sessions'][number], 'at'> & { readonly at: string };
  const answer = await sql<Omit<TouchedPerson, 'sessions'> & { readonly sessions: readonly Written[] }>`
    with used as (
      select l.session_id from session_lots l where l.tenant_id = ${tenantId} and l.lot_id = ${lotId}
      union
      select s.id from stock_movements m
      join sessions s on s.tenant_id = m.tenant_id and s.id::text = left(m.source_id, 36)
      where m.tenant_id = ${tenantId} and m.lot_id = ${lotId} and m.kind = 'used' and m.source_kind = 'session'
    )
    , touch as (
      select s.patient_id, s.id, coalesce(s.performed_at, s.started_at) as at, s.treatment, (
          select coalesce(json_agg(distinct zone), '[]') from session_lots z
          where z.tenant_id = s.tenant_id and z.session_id = s.id and z.lot_id = ${lotId} and zone <> '') as zones,
        false as is_spot
      from used u join sessions s on s.tenant_id = ${tenantId} and s.id = u.session_id
      union all
      select t.patient_id, t.id, t.placed_at, t.treatment, json_build_array(t.place), true
      from screening_spots t
      where t.tenant_id = ${tenantId} and t.placed_at is not null and ${lotId}::uuid = any(t.lot_ids)
    )
    select p.id as "patientId", p.name, p.language, p.phones[1] as phone, p.email is not null as "hasEmail",
      json_agg(json_build_object('id', t.id, 'at', t.at, 'treatment', t.treatment, 'zones', t.zones, 'isSpot', t.is_spot)
        order by t.at desc) as sessions
    from touch t
    join patients b on b.tenant_id = ${tenantId} and b.id = t.patient_id
    join patients p on p.tenant_id = b.tenant_id and p.id = coalesce(b.merged_into, b.id)
    group by p.id, p.name, p.language, p.phones, p.email
    order by max(t.at) desc, p.id`.execute(db);
  return answer.rows.map((row) => ({
    ...row,
    sessions: row.sessions.map((one) => ({ ...one, at: new Date(one.at) })),
  }));
}

export async function insertRecall(trx: Trx, tenantId: string, recall: Recall): Promise<boolean> {
  const done = await trx
    .insertInto('recalls')
    .values({
      tenant_id: tenantId,
      id: recall.id,
      lot_id: recall.lotId,
      reason: recall.reason,
      opened_at: recall.openedAt,
      opened_by: recall.openedBy,
      closed_at: null,
      closed_by: null,
      closing: null,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The recall of a lot: the open one, else the last that was closed. */
export async function selectRecallOfLot(
  db: Db,
  tenantId: string,
  lotId: string,
): Promise<Recall | undefined> {
  const row = await db
    .selectFrom('recalls')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('lot_id', '=', lotId)
    .orderBy(sql`closed_at desc nulls first`)
    .limit(1)
    .executeTakeFirst();
  return row && recallOf(row);
}

/** False when it was closed before. */
export async function closeRecallRow(
  trx: Trx,
  tenantId: string,
  id: string,
  by: { at: Date; staffId: string; closing: string },
): Promise<boolean> {
  const done = await trx
    .updateTable('recalls')
    .set({ closed_at: by.at, closed_by: by.staffId, closing: by.closing })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function insertContact(
  trx: Trx,
  tenantId: string,
  recallId: string,
  patientId: string,
  contact: RecallContact,
): Promise<boolean> {
  const done = await trx
    .insertInto('recall_contacts')
    .values({
      tenant_id: tenantId,
      id: contact.id,
      recall_id: recallId,
      patient_id: patientId,
      way: contact.way,
      outcome: contact.outcome,
      message_id: contact.messageId,
      note: contact.note,
      at: contact.at,
      made_by: contact.madeBy,
    })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Every attempt of a recall by person, the first one first. */
export async function selectContacts(
  db: Db,
  tenantId: string,
  recallId: string,
): Promise<ReadonlyMap<string, readonly RecallContact[]>> {
  const rows = await db
    .selectFrom('recall_contacts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('recall_id', '=', recallId)
    .orderBy('seq')
    .execute();
  const byPerson = Map.groupBy(rows, (row) => row.patient_id);
  return new Map([...byPerson].map(([id, own]) => [id, own.map(contactOf)]));
}

function recallOf(row: RecallsTable): Recall {
  return {
    id: row.id,
    lotId: row.lot_id,
    reason: row.reason,
    openedAt: row.opened_at,
    openedBy: row.opened_by,
    closedAt: row.closed_at,
    closing: row.closing,
  };
}

function contactOf(row: Selectable<ContactsTable>): RecallContact {
  return {
    id: row.id,
    way: row.way,
    outcome: row.outcome,
    note: row.note,
    at: row.at,
    madeBy: row.made_by,
    messageId: row.message_id,
  };
}

import { type Kysely, sql } from 'kysely';

/** Diluent and consumables have lots too: a recall finds whom they touched. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table session_lots drop constraint session_lots_kind_check`.execute(db);
  await sql`alter table session_lots add constraint session_lots_kind_check
    check (kind in ('pigment', 'diluent', 'needle', 'consumable', 'drug'))`.execute(db);
  await sql`comment on column session_lots.drops is 'Of a pigment or a diluent; null for what is counted otherwise.'`.execute(
    db,
  );
}

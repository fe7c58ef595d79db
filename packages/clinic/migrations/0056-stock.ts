import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * What the clinic puts into and onto skin: items, their lots, and the ledger of movements.
 *
 * No row holds a balance. What is there is the sum of a lot's movements, whose rows never change; a mistake is put right
 * by another movement. Quantities are whole numbers of the item's smallest unit (microlitre, milligram, piece), so that
 * sums are exact.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table stock_items (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    version integer not null check (version > 0),
    kind text not null check (kind in ('pigment', 'needle', 'consumable', 'drug')),
    name text not null check (name <> ''),
    maker text,
    base_unit text not null check (base_unit in ('ul', 'mg', 'piece')),
    unit text not null check (unit in ('drop', 'ml', 'g', 'mg', 'piece')),
    drop_ul integer not null default 50 check (drop_ul between 10 and 200),
    low_at bigint check (low_at >= 0),
    discard_after_days integer check (discard_after_days between 0 and 3650),
    ingredients jsonb not null default '[]',
    actives jsonb not null default '[]',
    needle jsonb,
    safety_sheet_file uuid,
    pigment_set_id uuid,
    set_pigment_id text,
    note text,
    retired_at timestamptz,
    created_at timestamptz not null,
    created_by uuid,
    changed_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, safety_sheet_file) references files (tenant_id, id),
    check ((unit in ('drop', 'ml') and base_unit = 'ul') or (unit in ('g', 'mg') and base_unit = 'mg')
      or (unit = 'piece' and base_unit = 'piece'))
  )`.execute(db);
  await sql`create unique index stock_items_named on stock_items (tenant_id, kind, lower(name), lower(coalesce(maker, '')))`.execute(
    db,
  );
  for (const [column, text] of [
    ['base_unit', 'Every quantity of the item and its lots is a whole number of these.'],
    ['unit', 'In which people count it.'],
    ['drop_ul', "Microlitres of one drop of this bottle's dropper; about 50."],
    ['low_at', 'Base units at or below which the item is on the list of what to order.'],
    ['discard_after_days', 'Days a container may be used once opened, as its maker says.'],
    ['ingredients', 'Of a pigment, from its safety sheet: name, ciNumber, cas, percent by weight, hazards.'],
    ['actives', 'Of a drug: substance and milligrams per millilitre, gram or piece.'],
    ['needle', 'Points, diameter in millimetres, arrangement.'],
    ['set_pigment_id', 'The measured pigment of pigment_set_id this bottle is.'],
  ] as const) {
    await sql`comment on column ${sql.table(`stock_items`)}.${sql.id(column)} is ${sql.lit(text)}`.execute(
      db,
    );
  }

  await sql`create table stock_lots (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    item_id uuid not null,
    lot_number text not null check (lot_number <> ''),
    expires_on date,
    supplier text,
    sterility_file uuid,
    opened_at timestamptz,
    discard_by date,
    held_at timestamptz,
    held_reason text,
    received_at timestamptz not null,
    findings jsonb not null default '[]',
    accepted_reason text,
    primary key (tenant_id, id),
    foreign key (tenant_id, item_id) references stock_items (tenant_id, id),
    foreign key (tenant_id, sterility_file) references files (tenant_id, id),
    check ((held_at is null) = (held_reason is null))
  )`.execute(db);
  await sql`create unique index stock_lots_numbered on stock_lots (tenant_id, item_id, lower(lot_number))`.execute(
    db,
  );
  await sql`create index stock_lots_expiring on stock_lots (tenant_id, expires_on)`.execute(db);
  for (const [column, text] of [
    ['expires_on', 'Last day of use. Null for things without one.'],
    ['opened_at', 'When the container in use was opened; one container of a lot is open at a time.'],
    ['discard_by', 'Last day of the open container.'],
    ['findings', 'What was found when it was first received: code, effect, source, state of review.'],
    ['accepted_reason', 'Why it was received in spite of warnings.'],
  ] as const) {
    await sql`comment on column ${sql.table(`stock_lots`)}.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }

  await sql`create table stock_movements (
    tenant_id uuid not null references tenants (tenant_id),
    seq bigint generated always as identity,
    id uuid not null,
    lot_id uuid not null,
    kind text not null
      check (kind in ('receipt', 'opened', 'used', 'wasted', 'counted', 'returned', 'held', 'released')),
    quantity bigint not null,
    said numeric(14, 4),
    said_unit text check (said_unit in ('drop', 'ml', 'g', 'mg', 'piece')),
    book bigint not null,
    flags text[] not null default '{}',
    reason text,
    source_kind text not null check (source_kind <> ''),
    source_id text not null check (source_id <> ''),
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by uuid,
    primary key (tenant_id, seq),
    unique (tenant_id, id),
    unique (tenant_id, lot_id, kind, source_kind, source_id),
    foreign key (tenant_id, lot_id) references stock_lots (tenant_id, id),
    check (case kind
      when 'receipt' then quantity > 0
      when 'returned' then quantity > 0
      when 'used' then quantity < 0
      when 'wasted' then quantity < 0
      when 'counted' then true
      else quantity = 0 end)
  )`.execute(db);
  await sql`create index stock_movements_of_lot on stock_movements (tenant_id, lot_id, seq) include (quantity)`.execute(
    db,
  );
  await sql`create index stock_movements_of_source on stock_movements (tenant_id, source_kind, source_id)`.execute(
    db,
  );
  for (const [column, text] of [
    ['quantity', "What the lot has more (or less) of, in the item's base unit."],
    ['said', 'The quantity as it was entered, in said_unit.'],
    ['book', 'What the ledger said was there before this movement.'],
    ['flags', 'What was not in order: below-zero, held, expired, discard-passed, blocked.'],
    [
      'source_kind',
      'What brought it about (session, receipt, count, recall …); with source_id it counts once.',
    ],
    ['happened_at', 'When it was done; recorded_at is when it reached the ledger.'],
  ] as const) {
    await sql`comment on column ${sql.table(`stock_movements`)}.${sql.id(column)} is ${sql.lit(text)}`.execute(
      db,
    );
  }
  await sql`create trigger stock_movements_never_change before update or delete on stock_movements
    for each row execute function refuse_change()`.execute(db);
  await sql`create trigger stock_movements_never_truncated before truncate on stock_movements
    for each statement execute function refuse_change()`.execute(db);

  for (const table of ['stock_items', 'stock_lots', 'stock_movements']) await fenceByTenant(db, table);
}

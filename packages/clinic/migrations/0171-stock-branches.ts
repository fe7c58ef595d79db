import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Stock lies at branches. What was written without a branch, and what a version before this one still writes, lies at the main
 * branch, the one opened first: `stock_lots` and `stock_items` go on saying what is open there and when to order there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table stock_movements add column branch_id uuid`.execute(db);
  await sql`comment on column stock_movements.branch_id is 'Where it lies; null: at the main branch.'`.execute(
    db,
  );
  // Wider than before, so that rows need not be looked at while the table is locked.
  await sql`alter table stock_movements
    add constraint stock_movements_branch foreign key (tenant_id, branch_id) references branches (tenant_id, id) not valid,
    drop constraint stock_movements_kind_check,
    add constraint stock_movements_kind_check check (kind in
      ('receipt', 'opened', 'used', 'wasted', 'counted', 'returned', 'held', 'released', 'sent', 'arrived')) not valid,
    drop constraint stock_movements_check,
    add constraint stock_movements_check check (case kind
      when 'receipt' then quantity > 0
      when 'returned' then quantity > 0
      when 'arrived' then quantity > 0
      when 'used' then quantity < 0
      when 'wasted' then quantity < 0
      when 'sent' then quantity < 0
      when 'counted' then true
      else quantity = 0 end) not valid`.execute(db);
  await sql`create index if not exists stock_movements_at_branch on stock_movements (tenant_id, lot_id, branch_id)
    include (quantity)`.execute(db);

  await sql`create table stock_openings (
    tenant_id uuid not null references tenants (tenant_id),
    lot_id uuid not null,
    branch_id uuid not null,
    opened_at timestamptz not null,
    discard_by date,
    primary key (tenant_id, lot_id, branch_id),
    foreign key (tenant_id, lot_id) references stock_lots (tenant_id, id),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id)
  )`.execute(db);
  await sql`comment on table stock_openings is
    'The container in use of a lot at a branch that is not the main one; stock_lots says it of that.'`.execute(
    db,
  );
  await fenceByTenant(db, 'stock_openings');

  await sql`create table stock_reorder_levels (
    tenant_id uuid not null references tenants (tenant_id),
    item_id uuid not null,
    branch_id uuid not null,
    low_at bigint check (low_at >= 0),
    primary key (tenant_id, item_id, branch_id),
    foreign key (tenant_id, item_id) references stock_items (tenant_id, id),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id)
  )`.execute(db);
  await sql`comment on table stock_reorder_levels is
    'Base units at or below which an item is to be ordered at a branch that is not the main one; stock_items says it of that.'`.execute(
    db,
  );
  await fenceByTenant(db, 'stock_reorder_levels');
}

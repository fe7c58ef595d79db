import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * What is sent to another branch is on the way until somebody there has counted it. What was brought before this stands in
 * the ledger as sent and arrived: it has no row here, and is not on the way.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table stock_transfers (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    lot_id uuid not null,
    from_branch_id uuid not null,
    to_branch_id uuid not null,
    quantity bigint not null check (quantity > 0),
    opened_at timestamptz,
    discard_by date,
    sent_at timestamptz not null,
    sent_by uuid,
    reason text,
    received_at timestamptz,
    received_by uuid,
    received_branch_id uuid,
    received_quantity bigint check (received_quantity >= 0),
    received_reason text,
    primary key (tenant_id, id),
    foreign key (tenant_id, lot_id) references stock_lots (tenant_id, id),
    foreign key (tenant_id, from_branch_id) references branches (tenant_id, id),
    foreign key (tenant_id, to_branch_id) references branches (tenant_id, id),
    check (from_branch_id <> to_branch_id),
    check (received_branch_id in (from_branch_id, to_branch_id)),
    check (num_nulls(received_at, received_branch_id, received_quantity) in (0, 3)),
    check (received_quantity = quantity or received_reason is not null)
  )`.execute(db);
  await sql`comment on table stock_transfers is
    'Parts of lots sent from one branch to another. The ledger holds the movements; this says what is still on the way.'`.execute(
    db,
  );
  await sql`comment on column stock_transfers.quantity is 'In the base unit of the item, as sent.'`.execute(
    db,
  );
  await sql`comment on column stock_transfers.opened_at is
    'Of the container in use that went with the last of the lot; with discard_by.'`.execute(db);
  await sql`comment on column stock_transfers.received_branch_id is
    'Where it was counted: where it was sent, or where it came back to.'`.execute(db);
  await sql`comment on column stock_transfers.received_quantity is
    'As counted, in the base unit; where it differs, received_reason says why.'`.execute(db);
  await sql`create index stock_transfers_on_the_way on stock_transfers (tenant_id, lot_id)
    where received_at is null`.execute(db);
  await fenceByTenant(db, 'stock_transfers');
}

import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Prices, taxes, invoices, payments and the day's close. Amounts are whole numbers of the currency's smallest coin.
 *
 * Nothing that was issued is ever changed: invoices, their lines, payments and closes refuse update and delete; what
 * was wrong is put right by a credit note or a refund. Numbers are given by `number_series` inside the transaction that
 * issues the document, so a crash gives the number back and no gap can come about.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table money_settings (
    tenant_id uuid primary key references tenants (tenant_id),
    legal_name text not null default '',
    address text not null default '',
    gstin text check (gstin ~ '^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]$'),
    state_code text check (state_code ~ '^[0-9]{2}$'),
    upi_id text check (upi_id ~ '^[A-Za-z0-9._-]{2,255}@[A-Za-z0-9.-]{2,64}$'),
    year_start_month integer not null default 4 check (year_start_month between 1 and 12)
  )`.execute(db);
  await sql`comment on column money_settings.year_start_month is 'First month of the financial year: 4 in India.'`.execute(
    db,
  );
  await fenceByTenant(db, 'money_settings');

  await sql`create table tax_rates (
    tenant_id uuid not null references tenants (tenant_id),
    indication text not null check (indication in ('cosmetic', 'restoring', 'vitiligo', 'consultation')),
    valid_from date not null,
    rate_bp integer not null check (rate_bp between 0 and 10000),
    note text not null check (note <> ''),
    set_at timestamptz not null,
    set_by uuid not null,
    primary key (tenant_id, indication, valid_from)
  )`.execute(db);
  await sql`comment on column tax_rates.rate_bp is 'Hundredths of a percent: 1800 is 18 %.'`.execute(db);
  await sql`comment on column tax_rates.note is 'Who decided and why, in the accountant''s words.'`.execute(
    db,
  );
  await fenceByTenant(db, 'tax_rates');

  await sql`create table price_items (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    name text not null check (name <> ''),
    treatment text check (treatment in ('scalp', 'lip', 'vitiligo')),
    sac text check (sac ~ '^[0-9]{4,8}$'),
    unit_minor bigint not null check (unit_minor between 0 and 1000000000000),
    includes_tax boolean not null,
    sessions integer not null default 0 check (sessions between 0 and 24),
    retired_at timestamptz,
    created_at timestamptz not null,
    created_by uuid not null,
    primary key (tenant_id, id)
  )`.execute(db);
  await sql`comment on column price_items.sac is 'Services accounting code, as the tax invoice names it.'`.execute(
    db,
  );
  await sql`comment on column price_items.sessions is 'Sessions a package holds; 0 for what is no package.'`.execute(
    db,
  );
  await fenceByTenant(db, 'price_items');

  await sql`create table number_series (
    tenant_id uuid not null references tenants (tenant_id),
    series text not null check (series in ('invoice', 'credit-note', 'receipt')),
    financial_year text not null,
    last_number integer not null check (last_number > 0),
    primary key (tenant_id, series, financial_year)
  )`.execute(db);
  await fenceByTenant(db, 'number_series');

  await sql`create table invoices (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    kind text not null check (kind in ('invoice', 'credit-note')),
    credits_invoice_id uuid,
    financial_year text not null,
    number integer not null,
    label text not null,
    patient_id uuid not null,
    buyer_name text not null,
    buyer_gstin text,
    place_of_supply text,
    seller jsonb not null,
    issued_at timestamptz not null,
    issued_day date not null,
    issued_by uuid not null,
    reason text,
    taxable_minor bigint not null,
    cgst_minor bigint not null,
    sgst_minor bigint not null,
    igst_minor bigint not null,
    total_minor bigint not null,
    primary key (tenant_id, id),
    unique (tenant_id, kind, financial_year, number),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, credits_invoice_id) references invoices (tenant_id, id),
    check ((kind = 'credit-note') = (credits_invoice_id is not null)),
    check (total_minor = taxable_minor + cgst_minor + sgst_minor + igst_minor)
  )`.execute(db);
  await sql`create index invoices_of_patient on invoices (tenant_id, patient_id, issued_at)`.execute(db);
  await sql`create index invoices_of_day on invoices (tenant_id, issued_day)`.execute(db);
  await fenceByTenant(db, 'invoices');

  await sql`create table invoice_lines (
    tenant_id uuid not null,
    invoice_id uuid not null,
    line integer not null check (line > 0),
    price_item_id uuid,
    text text not null check (text <> ''),
    sac text,
    indication text not null,
    quantity integer not null check (quantity > 0),
    unit_minor bigint not null check (unit_minor >= 0),
    discount_minor bigint not null check (discount_minor >= 0),
    includes_tax boolean not null,
    rate_bp integer not null,
    sessions integer not null default 0,
    taxable_minor bigint not null check (taxable_minor >= 0),
    cgst_minor bigint not null check (cgst_minor >= 0),
    sgst_minor bigint not null check (sgst_minor >= 0),
    igst_minor bigint not null check (igst_minor >= 0),
    total_minor bigint not null,
    primary key (tenant_id, invoice_id, line),
    foreign key (tenant_id, invoice_id) references invoices (tenant_id, id),
    check (total_minor = taxable_minor + cgst_minor + sgst_minor + igst_minor)
  )`.execute(db);
  await fenceByTenant(db, 'invoice_lines');

  await sql`create table payments (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    kind text not null check (kind in ('payment', 'deposit', 'refund')),
    refunds_payment_id uuid,
    patient_id uuid not null,
    branch_id uuid not null,
    method text not null check (method in ('cash', 'card', 'upi', 'bank')),
    reference text not null default '',
    amount_minor bigint not null check (amount_minor between 1 and 1000000000000),
    reason text,
    financial_year text not null,
    number integer not null,
    label text not null,
    received_at timestamptz not null,
    day date not null,
    received_by uuid not null,
    primary key (tenant_id, id),
    unique (tenant_id, financial_year, number),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id),
    foreign key (tenant_id, refunds_payment_id) references payments (tenant_id, id),
    check ((kind = 'refund') = (refunds_payment_id is not null)),
    check (method not in ('upi', 'card', 'bank') or reference <> '')
  )`.execute(db);
  await sql`comment on column payments.reference is 'UPI, card or bank reference as the clinic''s own bank shows it: a QR code shown is no payment.'`.execute(
    db,
  );
  await sql`create index payments_of_patient on payments (tenant_id, patient_id, received_at)`.execute(db);
  await sql`create index payments_of_day on payments (tenant_id, branch_id, day)`.execute(db);
  await fenceByTenant(db, 'payments');

  await sql`create table package_uses (
    tenant_id uuid not null,
    id uuid not null,
    invoice_id uuid not null,
    line integer not null,
    patient_id uuid not null,
    used_at timestamptz not null,
    used_by uuid not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, invoice_id, line) references invoice_lines (tenant_id, invoice_id, line)
  )`.execute(db);
  await sql`create index package_uses_of_line on package_uses (tenant_id, invoice_id, line)`.execute(db);
  await fenceByTenant(db, 'package_uses');

  await sql`create table day_closes (
    tenant_id uuid not null references tenants (tenant_id),
    branch_id uuid not null,
    day date not null,
    expected_minor jsonb not null,
    cash_float_minor bigint not null check (cash_float_minor >= 0),
    cash_counted_minor bigint not null check (cash_counted_minor >= 0),
    cash_difference_minor bigint not null,
    note text not null default '',
    closed_at timestamptz not null,
    closed_by uuid not null,
    primary key (tenant_id, branch_id, day),
    foreign key (tenant_id, branch_id) references branches (tenant_id, id),
    check (cash_difference_minor = 0 or note <> '')
  )`.execute(db);
  await fenceByTenant(db, 'day_closes');

  for (const table of ['invoices', 'invoice_lines', 'payments', 'package_uses', 'day_closes']) {
    await sql`create trigger ${sql.id(`${table}_stand`)} before update or delete on ${sql.table(table)}
      for each row execute function refuse_change()`.execute(db);
    await sql`create trigger ${sql.id(`${table}_stay`)} before truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
  }
}

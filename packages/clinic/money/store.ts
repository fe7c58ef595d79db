import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Amounts } from './rules.ts';
import type { PaymentMethod, TaxIndication } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    money_settings: SettingsTable;
    tax_rates: TaxRatesTable;
    price_items: PriceItemsTable;
    number_series: { tenant_id: string; series: Series; financial_year: string; last_number: number };
    invoices: InvoicesTable;
    invoice_lines: InvoiceLinesTable;
    payments: PaymentsTable;
    package_uses: PackageUsesTable;
    day_closes: DayClosesTable;
  }
}

type Series = 'invoice' | 'credit-note' | 'receipt';

interface SettingsTable {
  tenant_id: string;
  legal_name: string;
  address: string;
  gstin: string | null;
  state_code: string | null;
  upi_id: string | null;
  year_start_month: number;
}

interface TaxRatesTable {
  tenant_id: string;
  indication: TaxIndication;
  valid_from: string;
  rate_bp: number;
  note: string;
  set_at: Date;
  set_by: string;
}

interface PriceItemsTable {
  tenant_id: string;
  id: string;
  name: string;
  treatment: string | null;
  sac: string | null;
  unit_minor: number;
  includes_tax: boolean;
  sessions: number;
  retired_at: Date | null;
  created_at: Date;
  created_by: string;
}

interface AmountColumns {
  taxable_minor: number;
  cgst_minor: number;
  sgst_minor: number;
  igst_minor: number;
  total_minor: number;
}

interface InvoicesTable extends AmountColumns {
  tenant_id: string;
  id: string;
  kind: 'invoice' | 'credit-note';
  credits_invoice_id: string | null;
  financial_year: string;
  number: number;
  label: string;
  patient_id: string;
  buyer_name: string;
  buyer_gstin: string | null;
  place_of_supply: string | null;
  seller: unknown;
  issued_at: Date;
  issued_day: string;
  issued_by: string;
  reason: string | null;
}

interface InvoiceLinesTable extends AmountColumns {
  tenant_id: string;
  invoice_id: string;
  line: number;
  price_item_id: string | null;
  text: string;
  sac: string | null;
  indication: TaxIndication;
  quantity: number;
  unit_minor: number;
  discount_minor: number;
  includes_tax: boolean;
  rate_bp: number;
  sessions: number;
}

interface PaymentsTable {
  tenant_id: string;
  id: string;
  kind: 'payment' | 'deposit' | 'refund';
  refunds_payment_id: string | null;
  patient_id: string;
  branch_id: string;
  method: PaymentMethod;
  reference: string;
  amount_minor: number;
  reason: string | null;
  financial_year: string;
  number: number;
  label: string;
  received_at: Date;
  day: string;
  received_by: string;
}

interface PackageUsesTable {
  tenant_id: string;
  id: string;
  invoice_id: string;
  line: number;
  patient_id: string;
  used_at: Date;
  used_by: string;
}

interface DayClosesTable {
  tenant_id: string;
  branch_id: string;
  day: string;
  expected_minor: unknown;
  cash_float_minor: number;
  cash_counted_minor: number;
  cash_difference_minor: number;
  note: string;
  closed_at: Date;
  closed_by: string;
}

export type SettingsRow = SettingsTable;
export type TaxRateRow = TaxRatesTable;
export type PriceItemRow = PriceItemsTable;
export type InvoiceRow = InvoicesTable;
export type InvoiceLineRow = InvoiceLinesTable;
export type PaymentRow = PaymentsTable;
export type DayCloseRow = DayClosesTable;

/** Holds other writers of the same account or till back until the transaction ends. */
export async function lockAccount(trx: Trx, tenantId: string, what: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`money ${tenantId} ${what}`}, 0))`.execute(trx);
}

/** The next number of a series. Taken back when the transaction fails, so the series has no gap. */
export async function nextNumber(trx: Trx, tenantId: string, series: Series, year: string): Promise<number> {
  const row = await trx
    .insertInto('number_series')
    .values({ tenant_id: tenantId, series, financial_year: year, last_number: 1 })
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'series', 'financial_year'])
        .doUpdateSet({ last_number: sql`number_series.last_number + 1` }),
    )
    .returning('last_number')
    .executeTakeFirstOrThrow();
  return row.last_number;
}

export function selectSettings(db: Db, tenantId: string): Promise<SettingsRow | undefined> {
  return db.selectFrom('money_settings').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();
}

export async function writeSettings(trx: Trx, row: SettingsRow): Promise<void> {
  const { tenant_id: _tenant, ...rest } = row;
  await trx
    .insertInto('money_settings')
    .values(row)
    .onConflict((c) => c.column('tenant_id').doUpdateSet(rest))
    .execute();
}

export async function writeTaxRate(trx: Trx, row: TaxRateRow): Promise<void> {
  const { rate_bp, note, set_at, set_by } = row;
  await trx
    .insertInto('tax_rates')
    .values(row)
    .onConflict((c) =>
      c.columns(['tenant_id', 'indication', 'valid_from']).doUpdateSet({ rate_bp, note, set_at, set_by }),
    )
    .execute();
}

export function selectTaxRates(db: Db, tenantId: string): Promise<TaxRateRow[]> {
  return db
    .selectFrom('tax_rates')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('indication')
    .orderBy('valid_from', 'desc')
    .execute();
}

export async function insertPriceItem(trx: Trx, row: PriceItemRow): Promise<void> {
  await trx.insertInto('price_items').values(row).execute();
}

export async function retirePriceItem(trx: Trx, tenantId: string, id: string, at: Date): Promise<boolean> {
  const written = await trx
    .updateTable('price_items')
    .set({ retired_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return written.numUpdatedRows > 0n;
}

/** What can be sold today, by name. */
export function selectPriceItems(db: Db, tenantId: string): Promise<PriceItemRow[]> {
  return db
    .selectFrom('price_items')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('retired_at', 'is', null)
    .orderBy(sql`name collate "und-x-icu"`)
    .execute();
}

export async function insertInvoice(
  trx: Trx,
  invoice: InvoiceRow,
  lines: readonly InvoiceLineRow[],
): Promise<void> {
  await trx
    .insertInto('invoices')
    .values({ ...invoice, seller: JSON.stringify(invoice.seller) })
    .execute();
  await trx
    .insertInto('invoice_lines')
    .values([...lines])
    .execute();
}

export function selectInvoice(db: Db, tenantId: string, id: string): Promise<InvoiceRow | undefined> {
  return db
    .selectFrom('invoices')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function selectLines(db: Db, tenantId: string, invoiceId: string): Promise<InvoiceLineRow[]> {
  return db
    .selectFrom('invoice_lines')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('invoice_id', '=', invoiceId)
    .orderBy('line')
    .execute();
}

export function selectCreditOf(db: Db, tenantId: string, invoiceId: string): Promise<InvoiceRow | undefined> {
  return db
    .selectFrom('invoices')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('credits_invoice_id', '=', invoiceId)
    .executeTakeFirst();
}

export async function insertPayment(trx: Trx, row: PaymentRow): Promise<void> {
  await trx.insertInto('payments').values(row).execute();
}

export function selectPayment(db: Db, tenantId: string, id: string): Promise<PaymentRow | undefined> {
  return db
    .selectFrom('payments')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function refundedMinor(db: Db, tenantId: string, paymentId: string): Promise<number> {
  const row = await db
    .selectFrom('payments')
    .select(sql<number>`coalesce(sum(amount_minor), 0)::bigint`.as('sum'))
    .where('tenant_id', '=', tenantId)
    .where('refunds_payment_id', '=', paymentId)
    .executeTakeFirstOrThrow();
  return row.sum;
}

export async function selectAccount(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<{ invoices: InvoiceRow[]; payments: PaymentRow[]; packages: PackageRow[] }> {
  const invoices = await db
    .selectFrom('invoices')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('patient_id', '=', patientId)
    .orderBy('issued_at', 'desc')
    .orderBy('number', 'desc')
    .execute();
  const payments = await db
    .selectFrom('payments')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('patient_id', '=', patientId)
    .orderBy('received_at', 'desc')
    .orderBy('number', 'desc')
    .execute();
  return { invoices, payments, packages: await selectPackages(db, tenantId, patientId) };
}

export interface PackageRow {
  readonly invoice_id: string;
  readonly line: number;
  readonly text: string;
  readonly bought: number;
  readonly used: number;
}

/** Packages on invoices that were not credited, with the sessions bought and used. */
export function selectPackages(db: Db, tenantId: string, patientId: string): Promise<PackageRow[]> {
  return db
    .selectFrom('invoice_lines as l')
    .innerJoin('invoices as i', (j) =>
      j.onRef('i.tenant_id', '=', 'l.tenant_id').onRef('i.id', '=', 'l.invoice_id'),
    )
    .select(['l.invoice_id', 'l.line', 'l.text', sql<number>`l.sessions * l.quantity`.as('bought')])
    .select(
      sql<number>`(select count(*)::int from package_uses u
        where u.tenant_id = l.tenant_id and u.invoice_id = l.invoice_id and u.line = l.line)`.as('used'),
    )
    .where('l.tenant_id', '=', tenantId)
    .where('i.patient_id', '=', patientId)
    .where('i.kind', '=', 'invoice')
    .where('l.sessions', '>', 0)
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('invoices as c')
            .select('c.id')
            .whereRef('c.tenant_id', '=', 'i.tenant_id')
            .whereRef('c.credits_invoice_id', '=', 'i.id'),
        ),
      ),
    )
    .orderBy('i.issued_at')
    .orderBy('l.line')
    .execute();
}

export async function insertPackageUse(trx: Trx, row: PackageUsesTable): Promise<void> {
  await trx.insertInto('package_uses').values(row).execute();
}

export function selectPackageUse(
  trx: Trx,
  tenantId: string,
  id: string,
): Promise<PackageUsesTable | undefined> {
  return trx
    .selectFrom('package_uses')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Takings of a day by method, refunds taken off. */
export async function selectTakings(
  db: Db,
  tenantId: string,
  branchId: string,
  day: string,
): Promise<Record<PaymentMethod, number>> {
  const rows = await db
    .selectFrom('payments')
    .select([
      'method',
      sql<number>`sum(case when kind = 'refund' then -amount_minor else amount_minor end)::bigint`.as('sum'),
    ])
    .where('tenant_id', '=', tenantId)
    .where('branch_id', '=', branchId)
    .where('day', '=', day)
    .groupBy('method')
    .execute();
  const takings = { cash: 0, card: 0, upi: 0, bank: 0 };
  for (const { method, sum } of rows) takings[method] = sum;
  return takings;
}

export function selectPaymentsOfDays(
  db: Db,
  tenantId: string,
  from: string,
  to: string,
): Promise<PaymentRow[]> {
  return db
    .selectFrom('payments')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('financial_year')
    .orderBy('number')
    .execute();
}

export function selectInvoicesOfDays(
  db: Db,
  tenantId: string,
  from: string,
  to: string,
): Promise<InvoiceRow[]> {
  return db
    .selectFrom('invoices')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('issued_day', '>=', from)
    .where('issued_day', '<=', to)
    .orderBy('kind')
    .orderBy('financial_year')
    .orderBy('number')
    .execute();
}

export function selectClose(
  db: Db,
  tenantId: string,
  branchId: string,
  day: string,
): Promise<DayCloseRow | undefined> {
  return db
    .selectFrom('day_closes')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('branch_id', '=', branchId)
    .where('day', '=', day)
    .executeTakeFirst();
}

/** The last day closed at a branch, `YYYY-MM-DD`. */
export async function lastClosedDay(db: Db, tenantId: string, branchId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('day_closes')
    .select('day')
    .where('tenant_id', '=', tenantId)
    .where('branch_id', '=', branchId)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.day;
}

export async function insertClose(trx: Trx, row: DayCloseRow): Promise<void> {
  await trx
    .insertInto('day_closes')
    .values({ ...row, expected_minor: JSON.stringify(row.expected_minor) })
    .execute();
}

export function amountColumns(amounts: Amounts): AmountColumns {
  return {
    taxable_minor: amounts.taxableMinor,
    cgst_minor: amounts.cgstMinor,
    sgst_minor: amounts.sgstMinor,
    igst_minor: amounts.igstMinor,
    total_minor: amounts.totalMinor,
  };
}

import { badForm } from '../platform/refusals.ts';
/*
 * Prices, taxes, invoices and credit notes; payments, refunds and the day's close are in till.ts. Every function asks
 * what the actor's role allows and leaves an entry in the audit chain.
 *
 *   readMoney(services, actor)                         { ok: true, settings, rates, items }
 *   saveSettings / setTaxRate / addPriceItem / retirePrice
 *   issueInvoice(services, actor, form)                { ok: true, invoice }; the same id again: the same invoice
 *   creditInvoice(services, actor, form)               { ok: true, invoice }: the credit note
 *   readInvoice(services, actor, id)                   { ok: true, invoice, lines, credit }
 *   readAccount(services, actor, patientId)            { ok: true, account }
 */

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import type { Plain } from '../audit/schema.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient } from '../record/commands.ts';
import { type Action, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { dayIn } from '../tenant/schema.ts';
import { balance, financialYear, numberLabel, priceLine, rateOn, sumAmounts } from './rules.ts';
import {
  type CreditForm,
  creditForm,
  type InvoiceForm,
  invoiceForm,
  type MoneyRefusal,
  type PriceItemForm,
  priceItemForm,
  type SettingsForm,
  settingsForm,
  type TaxIndication,
  type TaxRateForm,
  taxIndication,
  taxRateForm,
} from './schema.ts';
import {
  amountColumns,
  type InvoiceLineRow,
  type InvoiceRow,
  insertInvoice,
  insertPriceItem,
  lockAccount,
  nextNumber,
  type PackageRow,
  type PaymentRow,
  type PriceItemRow,
  retirePriceItem,
  type SettingsRow,
  selectAccount,
  selectCreditOf,
  selectInvoice,
  selectLines,
  selectPriceItems,
  selectSettings,
  selectTaxRates,
  type TaxRateRow,
  writeSettings,
  writeTaxRate,
} from './store.ts';

type MoneyServices = Pick<Services, 'db' | 'clock'>;

export interface Account {
  readonly invoices: readonly InvoiceRow[];
  readonly payments: readonly PaymentRow[];
  readonly packages: readonly PackageRow[];
  /** What the person owes; below zero, what the clinic holds for her. */
  readonly owesMinor: number;
}

export async function readMoney(
  services: MoneyServices,
  actor: Actor,
): Promise<
  | {
      ok: true;
      settings: SettingsRow | undefined;
      rates: readonly TaxRateRow[];
      items: readonly PriceItemRow[];
    }
  | MoneyRefusal
> {
  if (!can(actor.role, 'payment.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const { tenantId } = actor;
    const settings = await selectSettings(trx, tenantId);
    const rates = await selectTaxRates(trx, tenantId);
    const items = await selectPriceItems(trx, tenantId);
    await audit(services, trx, actor, 'money.read', { kind: 'tenant', id: tenantId });
    return { ok: true as const, settings, rates, items };
  });
}

/**
 * Tax in percent as the clinic charges it on a day, for everybody to see: undefined while nothing is set for an indication,
 * 0 for all without a GSTIN, and null while the clinic has not said what stands on its invoices.
 */
export async function publicTax(
  services: Pick<MoneyServices, 'db'>,
  tenantId: string,
  day: string,
): Promise<Readonly<Partial<Record<TaxIndication, number>>> | null> {
  const settings = await selectSettings(services.db, tenantId);
  if (!settings) return null;
  const rates = settings.gstin === null ? [] : await selectTaxRates(services.db, tenantId);
  return Object.fromEntries(
    taxIndication.options.map((one) => {
      const rateBp = settings.gstin === null ? 0 : rateOn(rates, one, day)?.rate_bp;
      return [one, rateBp === undefined ? undefined : rateBp / 100];
    }),
  );
}

export function saveSettings(services: MoneyServices, actor: Actor, form: SettingsForm) {
  return write(services, actor, 'settings.write', settingsForm, form, async (trx, parsed) => {
    const { legalName, address, gstin, upiId } = parsed;
    const before = await selectSettings(trx, actor.tenantId);
    const yearStartMonth = parsed.yearStartMonth ?? before?.year_start_month ?? 4;
    await writeSettings(trx, {
      tenant_id: actor.tenantId,
      legal_name: legalName,
      address,
      gstin,
      state_code: gstin?.slice(0, 2) ?? null,
      upi_id: upiId,
      year_start_month: yearStartMonth,
    });
    await audit(
      services,
      trx,
      actor,
      'money.settings-saved',
      { kind: 'tenant', id: actor.tenantId },
      {
        hasGstin: gstin !== null,
        hasUpi: upiId !== null,
        yearStartMonth,
      },
    );
    return { ok: true as const };
  });
}

/** The rate of an indication from a day on. Invoices issued before keep the rate they were issued with. */
export function setTaxRate(services: MoneyServices, actor: Actor, form: TaxRateForm) {
  return write(services, actor, 'settings.write', taxRateForm, form, async (trx, parsed) => {
    const { indication, validFrom, rateBp, note } = parsed;
    await writeTaxRate(trx, {
      tenant_id: actor.tenantId,
      indication,
      valid_from: validFrom,
      rate_bp: rateBp,
      note,
      set_at: services.clock.now(),
      set_by: actor.staffId,
    });
    await audit(
      services,
      trx,
      actor,
      'money.tax-set',
      { kind: 'tax-rate', id: indication },
      { validFrom, rateBp },
    );
    return { ok: true as const };
  });
}

export function addPriceItem(services: MoneyServices, actor: Actor, form: PriceItemForm) {
  return write(services, actor, 'settings.write', priceItemForm, form, async (trx, parsed) => {
    const { unitMinor, includesTax, ...rest } = parsed;
    const id = randomUUID();
    await insertPriceItem(trx, {
      ...rest,
      tenant_id: actor.tenantId,
      id,
      unit_minor: unitMinor,
      includes_tax: includesTax,
      retired_at: null,
      created_at: services.clock.now(),
      created_by: actor.staffId,
    });
    await audit(services, trx, actor, 'money.price-added', { kind: 'price', id }, { unitMinor, includesTax });
    return { ok: true as const, id };
  });
}

/** A price that changes is retired and a new one added: what was sold under the old one stays what it was. */
export async function retirePrice(
  services: MoneyServices,
  actor: Actor,
  id: string,
): Promise<{ ok: true } | MoneyRefusal> {
  if (!can(actor.role, 'settings.write')) return notAllowed;
  if (!isUuid(id)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    if (!(await retirePriceItem(trx, actor.tenantId, id, services.clock.now()))) return notFound;
    await audit(services, trx, actor, 'money.price-retired', { kind: 'price', id });
    return { ok: true as const };
  });
}

/**
 * Issues an invoice with the next number of the financial year. A clinic with a GSTIN issues a tax invoice and needs a
 * rate for every indication on it; one without charges no tax.
 */
export async function issueInvoice(
  services: MoneyServices,
  actor: Actor,
  form: InvoiceForm,
): Promise<{ ok: true; invoice: InvoiceRow } | MoneyRefusal> {
  if (!can(actor.role, 'payment.write')) return notAllowed;
  const read = invoiceForm.safeParse(form);
  if (!read.success) return badForm(read.error);
  const parsed = read.data;
  const patient = await getPatient(services, actor, parsed.patientId);
  if (!patient.ok) return noSuchPatient;
  const { tenantId } = actor;
  const zone = (await listTenants(services)).find(({ id }) => id === tenantId)?.zone ?? 'UTC';
  const at = services.clock.now();
  const today = dayIn(zone, at);
  return services.db.transaction().execute(async (trx) => {
    await lockAccount(trx, tenantId, parsed.patientId);
    const before = await selectInvoice(trx, tenantId, parsed.id);
    if (before) return sameInvoice(before, parsed.patientId);
    const settings = await selectSettings(trx, tenantId);
    if (!settings) return noSettings;
    const rates = await selectTaxRates(trx, tenantId);
    const items = new Map((await selectPriceItems(trx, tenantId)).map((item) => [item.id, item]));
    const place = parsed.placeOfSupply ?? settings.state_code;
    const lines: InvoiceLineRow[] = [];
    for (const [i, line] of parsed.lines.entries()) {
      const item = items.get(line.priceItemId);
      if (!item) return { ...notFound, field: `lines.${i}.priceItemId` };
      const rateBp = settings.gstin === null ? 0 : rateOn(rates, line.indication, today)?.rate_bp;
      if (rateBp === undefined) return noRate(i);
      if (line.discountMinor > line.quantity * item.unit_minor) return discountTooLarge(i);
      const asked = {
        quantity: line.quantity,
        unitMinor: item.unit_minor,
        discountMinor: line.discountMinor,
        includesTax: item.includes_tax,
        rateBp,
      };
      lines.push({
        tenant_id: tenantId,
        invoice_id: parsed.id,
        line: i + 1,
        price_item_id: item.id,
        text: item.name,
        sac: item.sac,
        indication: line.indication,
        quantity: line.quantity,
        unit_minor: item.unit_minor,
        discount_minor: line.discountMinor,
        includes_tax: item.includes_tax,
        rate_bp: rateBp,
        sessions: item.sessions,
        ...amountColumns(priceLine(asked, settings.state_code !== null && place === settings.state_code)),
      });
    }
    const year = financialYear(today, settings.year_start_month);
    const number = await nextNumber(trx, tenantId, 'invoice', year);
    const invoice: InvoiceRow = {
      tenant_id: tenantId,
      id: parsed.id,
      kind: 'invoice',
      credits_invoice_id: null,
      financial_year: year,
      number,
      label: numberLabel('invoice', year, number),
      patient_id: parsed.patientId,
      buyer_name:
        parsed.buyerName === undefined || parsed.buyerName === '' ? patient.patient.name : parsed.buyerName,
      buyer_gstin: parsed.buyerGstin,
      place_of_supply: place,
      seller: sellerOf(settings),
      issued_at: at,
      issued_day: today,
      issued_by: actor.staffId,
      reason: null,
      ...amountColumns(sumLines(lines)),
    };
    await insertInvoice(trx, invoice, lines);
    await audit(
      services,
      trx,
      actor,
      'invoice.issued',
      { kind: 'invoice', id: invoice.id },
      {
        patientId: invoice.patient_id,
        label: invoice.label,
        totalMinor: invoice.total_minor,
      },
    );
    return { ok: true as const, invoice };
  });
}

/** Takes a whole invoice back by a credit note of its own number; the invoice stays as it was issued. */
export async function creditInvoice(
  services: MoneyServices,
  actor: Actor,
  form: CreditForm,
): Promise<{ ok: true; invoice: InvoiceRow } | MoneyRefusal> {
  if (!can(actor.role, 'payment.refund')) return notAllowed;
  const read = creditForm.safeParse(form);
  if (!read.success) return badForm(read.error);
  const { id, invoiceId, reason } = read.data;
  const { tenantId } = actor;
  const zone = (await listTenants(services)).find((tenant) => tenant.id === tenantId)?.zone ?? 'UTC';
  const at = services.clock.now();
  const today = dayIn(zone, at);
  return services.db.transaction().execute(async (trx) => {
    const wanted = await selectInvoice(trx, tenantId, invoiceId);
    if (wanted?.kind !== 'invoice') return notFound;
    await lockAccount(trx, tenantId, wanted.patient_id);
    const credited = await selectCreditOf(trx, tenantId, invoiceId);
    if (credited) return credited.id === id ? { ok: true as const, invoice: credited } : alreadyCredited;
    const settings = await selectSettings(trx, tenantId);
    const year = financialYear(today, settings?.year_start_month ?? 4);
    const number = await nextNumber(trx, tenantId, 'credit-note', year);
    const note: InvoiceRow = {
      ...wanted,
      id,
      kind: 'credit-note',
      credits_invoice_id: invoiceId,
      financial_year: year,
      number,
      label: numberLabel('credit-note', year, number),
      issued_at: at,
      issued_day: today,
      issued_by: actor.staffId,
      reason,
    };
    const lines = await selectLines(trx, tenantId, invoiceId);
    await insertInvoice(
      trx,
      note,
      lines.map((line) => ({ ...line, invoice_id: id })),
    );
    await audit(
      services,
      trx,
      actor,
      'invoice.credited',
      { kind: 'invoice', id: invoiceId },
      {
        patientId: note.patient_id,
        label: note.label,
        totalMinor: note.total_minor,
      },
    );
    return { ok: true as const, invoice: note };
  });
}

export async function readInvoice(
  services: MoneyServices,
  actor: Actor,
  id: string,
): Promise<
  | {
      ok: true;
      invoice: InvoiceRow;
      lines: readonly InvoiceLineRow[];
      /** The credit note that took it back, or the invoice that this credit note takes back. */
      other: InvoiceRow | undefined;
    }
  | MoneyRefusal
> {
  if (!can(actor.role, 'payment.read')) return notAllowed;
  if (!isUuid(id)) return notFound;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const invoice = await selectInvoice(trx, tenantId, id);
    if (!invoice) return notFound;
    const lines = await selectLines(trx, tenantId, id);
    const other =
      invoice.credits_invoice_id === null
        ? await selectCreditOf(trx, tenantId, id)
        : await selectInvoice(trx, tenantId, invoice.credits_invoice_id);
    await audit(services, trx, actor, 'invoice.read', { kind: 'invoice', id });
    return { ok: true as const, invoice, lines, other };
  });
}

export async function readAccount(
  services: MoneyServices,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; account: Account } | MoneyRefusal> {
  if (!can(actor.role, 'payment.read')) return notAllowed;
  if (!isUuid(patientId)) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const account = await selectAccount(trx, actor.tenantId, patientId);
    const owesMinor = balance({
      invoices: account.invoices.map(({ kind, total_minor }) => ({ kind, totalMinor: total_minor })),
      payments: account.payments.map(({ kind, amount_minor }) => ({ kind, amountMinor: amount_minor })),
    });
    await audit(services, trx, actor, 'account.read', { kind: 'patient', id: patientId });
    return { ok: true as const, account: { ...account, owesMinor } };
  });
}

function sumLines(lines: readonly InvoiceLineRow[]) {
  return sumAmounts(
    lines.map((line) => ({
      taxableMinor: line.taxable_minor,
      cgstMinor: line.cgst_minor,
      sgstMinor: line.sgst_minor,
      igstMinor: line.igst_minor,
      totalMinor: line.total_minor,
    })),
  );
}

function sellerOf({ legal_name, address, gstin, state_code }: SettingsRow): Plain {
  return { legalName: legal_name, address, gstin, stateCode: state_code };
}

function sameInvoice(
  invoice: InvoiceRow,
  patientId: string,
): { ok: true; invoice: InvoiceRow } | MoneyRefusal {
  return invoice.patient_id === patientId ? { ok: true, invoice } : otherContent;
}

/** Parses, asks the role, runs in a transaction: what every write of a setting does. */
async function write<T, S extends z.ZodType>(
  services: MoneyServices,
  actor: Actor,
  action: Action,
  schema: S,
  form: z.input<S>,
  work: (trx: Trx, parsed: z.output<S>) => Promise<T>,
): Promise<T | MoneyRefusal> {
  if (!can(actor.role, action)) return notAllowed;
  const read = schema.safeParse(form);
  if (!read.success) return badForm(read.error);
  return services.db.transaction().execute((trx) => work(trx, read.data));
}

function audit(
  services: MoneyServices,
  trx: Trx,
  actor: Actor,
  action: string,
  subject: { kind: string; id: string | null },
  after?: Plain,
): Promise<void> {
  return recordAudit(services, trx, {
    tenantId: actor.tenantId,
    actor: { kind: 'staff', id: actor.staffId },
    action,
    subject,
    ...(after !== undefined && { change: { after } }),
  });
}

export const notAllowed: MoneyRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
export const notFound: MoneyRefusal = { ok: false, reason: 'not-found', message: 'There is no such entry.' };
export const noSuchPatient: MoneyRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such patient.',
  field: 'patientId',
};
export const otherContent: MoneyRefusal = {
  ok: false,
  reason: 'other-content',
  message: 'This form was sent before with other content; open the page again.',
};
const noSettings: MoneyRefusal = {
  ok: false,
  reason: 'no-settings',
  message: 'Fill in the name that stands on invoices first, in the money settings.',
};
const noRate = (i: number): MoneyRefusal => ({
  ok: false,
  reason: 'no-tax-rate',
  message: 'No tax rate holds today for this indication; the accountant sets it in the money settings.',
  field: `lines.${i}.indication`,
});
const discountTooLarge = (i: number): MoneyRefusal => ({
  ok: false,
  reason: 'discount-too-large',
  message: 'The discount is larger than the line.',
  field: `lines.${i}.discountMinor`,
});
const alreadyCredited: MoneyRefusal = {
  ok: false,
  reason: 'already-credited',
  message: 'This invoice has a credit note already.',
};

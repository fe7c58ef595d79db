/*
 * Invoices, credit notes and receipts on paper, in the reader's language. What they say is what was issued; nothing is
 * worked out again.
 *
 *   invoicePaper(services, actor, id, language)     { ok: true, pdf, name }
 *   receiptPaper(services, actor, id, language)     { ok: true, pdf, name }
 */
import { recordAudit } from '../audit/commands.ts';
import { instantText, renderDocument } from '../documents/index.ts';
import type { Block } from '../documents/schema.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient } from '../record/commands.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import type { Language } from '../tenant/schema.ts';
import { notAllowed, notFound, readInvoice } from './commands.ts';
import { type PaperWords, paperWords } from './paper-words.ts';
import type { MoneyRefusal } from './schema.ts';
import { type InvoiceLineRow, type InvoiceRow, selectPayment } from './store.ts';

type PaperServices = Pick<Services, 'db' | 'clock' | 'typesetter'>;
type Paper = { readonly ok: true; readonly pdf: Uint8Array; readonly name: string };

interface Seller {
  readonly legalName: string;
  readonly address: string;
  readonly gstin: string | null;
}

export async function invoicePaper(
  services: PaperServices,
  actor: Actor,
  id: string,
  language: Language,
): Promise<Paper | MoneyRefusal> {
  const read = await readInvoice(services, actor, id);
  if (!read.ok) return read;
  const { invoice, lines, other } = read;
  const words = paperWords[language];
  const { zone, money } = await placeOf(services, actor.tenantId, language);
  const seller = invoice.seller as Seller;
  const title =
    invoice.kind === 'credit-note'
      ? words.creditNote
      : seller.gstin === null
        ? words.invoice
        : words.taxInvoice;
  const facts: [string, string][] = [
    [words.number, invoice.label],
    [words.buyer, invoice.buyer_name],
    ...(invoice.buyer_gstin === null ? [] : [[words.buyerGstin, invoice.buyer_gstin] as [string, string]]),
    [words.seller, [seller.legalName, seller.address].filter((text) => text !== '').join(', ')],
    ...(seller.gstin === null ? [] : [['GSTIN', seller.gstin] as [string, string]]),
    ...(invoice.place_of_supply === null
      ? []
      : [[words.placeOfSupply, invoice.place_of_supply] as [string, string]]),
    ...(other
      ? [[invoice.kind === 'invoice' ? words.creditedBy : words.credits, other.label] as [string, string]]
      : []),
    ...(invoice.reason === null ? [] : [[words.reason, invoice.reason] as [string, string]]),
  ];
  const pdf = await renderDocument(services, actor.tenantId, {
    kind: 'receipt',
    title,
    language,
    issued: instantText(invoice.issued_at, zone, language),
    reference: invoice.label,
    facts,
    blocks: [linesTable(lines, words, money), totals(invoice, words, money)],
  });
  return { ok: true, pdf, name: fileName(invoice.label) };
}

export async function receiptPaper(
  services: PaperServices,
  actor: Actor,
  id: string,
  language: Language,
): Promise<Paper | MoneyRefusal> {
  if (!can(actor.role, 'payment.read')) return notAllowed;
  if (!isUuid(id)) return notFound;
  const payment = await services.db.transaction().execute(async (trx) => {
    const found = await selectPayment(trx, actor.tenantId, id);
    if (found) {
      await recordAudit(services, trx, {
        tenantId: actor.tenantId,
        actor: { kind: 'staff', id: actor.staffId },
        action: 'receipt.read',
        subject: { kind: 'payment', id },
      });
    }
    return found;
  });
  if (!payment) return notFound;
  const patient = can(actor.role, 'patient.read')
    ? await getPatient(services, actor, payment.patient_id)
    : undefined;
  const words = paperWords[language];
  const { zone, money } = await placeOf(services, actor.tenantId, language);
  const pdf = await renderDocument(services, actor.tenantId, {
    kind: 'receipt',
    title: payment.kind === 'refund' ? words.refundReceipt : words.receipt,
    branchId: payment.branch_id,
    language,
    issued: instantText(payment.received_at, zone, language),
    reference: payment.label,
    ...(patient?.ok === true && { patient: { name: patient.patient.name } }),
    facts: [
      [words.number, payment.label],
      [words.method, words.methods[payment.method]],
      ...(payment.reference === '' ? [] : [[words.reference, payment.reference] as [string, string]]),
      ...(payment.reason === null ? [] : [[words.reason, payment.reason] as [string, string]]),
      [payment.kind === 'refund' ? words.givenBack : words.received, money(payment.amount_minor)],
    ],
    blocks: [{ kind: 'signatures', lines: [{ role: words.forTheClinic }] }],
  });
  return { ok: true, pdf, name: fileName(payment.label) };
}

async function placeOf(services: Pick<Services, 'db'>, tenantId: string, language: Language) {
  const tenant = (await listTenants(services)).find(({ id }) => id === tenantId);
  const format = new Intl.NumberFormat(`${language === 'ne' ? 'ne-NP' : `${language}-IN`}-u-nu-latn`, {
    style: 'currency',
    currency: tenant?.currency ?? 'INR',
    currencyDisplay: 'code',
  });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return {
    zone: tenant?.zone ?? 'UTC',
    money: (minor: number) => format.format(minor / 10 ** maximumFractionDigits),
  };
}

function linesTable(
  lines: readonly InvoiceLineRow[],
  words: PaperWords,
  money: (minor: number) => string,
): Block {
  return {
    kind: 'table',
    head: [words.what, 'SAC', words.quantity, words.discount, words.taxable, words.rate, words.total],
    align: ['start', 'start', 'end', 'end', 'end', 'end', 'end'],
    rows: lines.map((line) => [
      line.text,
      line.sac ?? '',
      String(line.quantity),
      line.discount_minor === 0 ? '' : money(line.discount_minor),
      money(line.taxable_minor),
      `${line.rate_bp / 100} %`,
      money(line.total_minor),
    ]),
  };
}

function totals(invoice: InvoiceRow, words: PaperWords, money: (minor: number) => string): Block {
  const row = (name: string, minor: number): [string, string][] =>
    minor === 0 ? [] : [[name, money(minor)]];
  return {
    kind: 'facts',
    rows: [
      [words.taxable, money(invoice.taxable_minor)],
      ...row('CGST', invoice.cgst_minor),
      ...row('SGST', invoice.sgst_minor),
      ...row('IGST', invoice.igst_minor),
      [words.total, [{ strong: money(invoice.total_minor) }]],
    ],
  };
}

function fileName(label: string): string {
  return `${label.replaceAll('/', '-')}.pdf`;
}

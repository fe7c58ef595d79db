import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { readPdf } from '../documents/testing/read-pdf.ts';
import { openDatabase } from '../platform/database.ts';
import { testServices } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { openTenant } from '../tenant/commands.ts';
import {
  addPriceItem,
  creditInvoice,
  issueInvoice,
  readAccount,
  readInvoice,
  readMoney,
  retirePrice,
  saveSettings,
  setTaxRate,
} from './commands.ts';
import { paperWords } from './paper-words.ts';
import { invoicePaper, receiptPaper } from './papers.ts';
import { closeDay, exportDays, readDay, refundPayment, takePayment, usePackage } from './till.ts';

const services = await testServices();
services.clock.set('2026-04-10T06:00:00Z');

const gstin = '27AAPFU0939F1ZV';

function as(role: Role, tenantId: string): Actor {
  return { tenantId, staffId: randomUUID(), role, name: 'Test', sessionId: randomUUID() };
}

async function openedTenant(): Promise<string> {
  const id = randomUUID();
  const place = { zone: 'Asia/Kolkata', town: null };
  const facts = { addressLines: null, town: null, phone: null, email: null, licence: null, physician: null };
  const named = {
    name: 'Test clinic',
    country: 'IN',
    zone: place.zone,
    currency: 'INR',
    languages: ['en'],
  } as const;
  await services.db
    .transaction()
    .execute((trx) =>
      openTenant(
        services,
        trx,
        { id, ...named, facts, sample: true },
        { tenantId: id, id: randomUUID(), name: 'Test branch', ...place },
      ),
    );
  return id;
}

/** A clinic with a price list, tax rates and a patient. */
async function clinic(settings: { gstin?: string | null } = { gstin }) {
  const tenantId = await openedTenant();
  const owner = as('owner', tenantId);
  const desk = as('desk', tenantId);
  await must(
    saveSettings(services, owner, {
      legalName: 'Sample clinic',
      gstin: settings.gstin ?? null,
      upiId: 'clinic@bank',
    }),
  );
  const rates = { cosmetic: 1800, restoring: 0, consultation: 0 } as const;
  for (const [indication, rateBp] of Object.entries(rates)) {
    await must(
      setTaxRate(services, owner, {
        indication: indication as 'cosmetic',
        validFrom: '2026-04-01',
        rateBp,
        note: 'Example',
      }),
    );
  }
  const session = await must(
    addPriceItem(services, owner, {
      name: 'Session',
      unitMinor: 1_180_000,
      includesTax: true,
      sac: '999722',
    }),
  );
  const three = await must(
    addPriceItem(services, owner, {
      name: 'Three sessions',
      unitMinor: 3_000_000,
      includesTax: false,
      sessions: 3,
    }),
  );
  const made = await createPatient(services, desk, {
    name: 'Sample patient 014',
    language: 'en',
    synthetic: true,
  });
  if (!made.ok) throw new Error(made.message);
  return { tenantId, owner, desk, patientId: made.patient.id, session: session.id, three: three.id };
}

async function must<T extends { ok: boolean }>(answer: Promise<T>): Promise<Extract<T, { ok: true }>> {
  const given = await answer;
  if (!given.ok) throw new Error(JSON.stringify(given));
  return given as Extract<T, { ok: true }>;
}

function invoiceOf(at: { patientId: string; session: string }, change: object = {}) {
  return {
    id: randomUUID(),
    patientId: at.patientId,
    lines: [{ priceItemId: at.session, indication: 'cosmetic' as const, quantity: 1 }],
    ...change,
  };
}

describe('an invoice', () => {
  it('carries seller, buyer, lines and tax as they were, whatever changes afterwards', async () => {
    const at = await clinic();
    const { invoice } = await must(issueInvoice(services, at.desk, invoiceOf(at)));
    expect(invoice).toMatchObject({
      label: 'INV/26-27/000001',
      buyer_name: 'Sample patient 014',
      issued_day: '2026-04-10',
      taxable_minor: 1_000_000,
      cgst_minor: 90_000,
      sgst_minor: 90_000,
      total_minor: 1_180_000,
    });
    await must(
      setTaxRate(services, at.owner, {
        indication: 'cosmetic',
        validFrom: '2026-04-10',
        rateBp: 500,
        note: 'Changed',
      }),
    );
    await must(saveSettings(services, at.owner, { legalName: 'Another name' }));
    await must(retirePrice(services, at.owner, at.session));
    const kept = await must(readInvoice(services, at.desk, invoice.id));
    expect(kept.invoice).toMatchObject({
      total_minor: 1_180_000,
      seller: { legalName: 'Sample clinic', gstin },
    });
    expect(kept.lines).toMatchObject([
      { text: 'Session', rate_bp: 1800, sac: '999722', total_minor: 1_180_000 },
    ]);
  });

  it('splits no tax for a buyer of another state', async () => {
    const at = await clinic();
    const { invoice } = await must(issueInvoice(services, at.desk, invoiceOf(at, { placeOfSupply: '19' })));
    expect(invoice).toMatchObject({ cgst_minor: 0, igst_minor: 180_000, total_minor: 1_180_000 });
  });

  it('is the same one when the form is sent again, and refused when it speaks of another person', async () => {
    const at = await clinic();
    const form = invoiceOf(at);
    const first = await must(issueInvoice(services, at.desk, form));
    expect((await must(issueInvoice(services, at.desk, form))).invoice.label).toBe(first.invoice.label);
    const other = await createPatient(services, at.desk, { name: 'Sample patient 003', language: 'bn' });
    if (!other.ok) throw new Error(other.message);
    expect(await issueInvoice(services, at.desk, { ...form, patientId: other.patient.id })).toMatchObject({
      reason: 'other-content',
    });
  });

  it('waits for the accountant where the tax is open, and charges none for a clinic without a number', async () => {
    const at = await clinic();
    const open = invoiceOf(at, { lines: [{ priceItemId: at.session, indication: 'vitiligo', quantity: 1 }] });
    expect(await issueInvoice(services, at.desk, open)).toMatchObject({
      reason: 'no-tax-rate',
      field: 'lines.0.indication',
    });
    const small = await clinic({ gstin: null });
    const { invoice } = await must(
      issueInvoice(services, small.desk, {
        ...open,
        id: randomUUID(),
        patientId: small.patientId,
        lines: [{ priceItemId: small.session, indication: 'vitiligo', quantity: 1 }],
      }),
    );
    expect(invoice).toMatchObject({ taxable_minor: 1_180_000, total_minor: 1_180_000 });
  });

  it('is taken back whole by one credit note, and the account is even', async () => {
    const at = await clinic();
    const { invoice } = await must(issueInvoice(services, at.desk, invoiceOf(at)));
    const form = { id: randomUUID(), invoiceId: invoice.id, reason: 'Treatment put off' };
    expect(await creditInvoice(services, at.desk, form)).toMatchObject({ reason: 'not-allowed' });
    const note = await must(creditInvoice(services, at.owner, form));
    expect(note.invoice).toMatchObject({ label: 'CN/26-27/000001', total_minor: 1_180_000 });
    expect((await must(creditInvoice(services, at.owner, form))).invoice.id).toBe(form.id);
    expect(await creditInvoice(services, at.owner, { ...form, id: randomUUID() })).toMatchObject({
      reason: 'already-credited',
    });
    expect((await must(readAccount(services, at.desk, at.patientId))).account.owesMinor).toBe(0);
  });

  it.each(['invoices', 'invoice_lines', 'payments'])('stays: %s refuse change and removal', async (table) => {
    const at = await clinic();
    await must(issueInvoice(services, at.desk, invoiceOf(at)));
    await must(
      takePayment(services, at.desk, {
        id: randomUUID(),
        patientId: at.patientId,
        method: 'cash',
        amountMinor: 100,
      }),
    );
    const name = sql.table(table);
    await expect(
      sql`delete from ${name} where tenant_id = ${at.tenantId}`.execute(services.db),
    ).rejects.toThrow('refused');
    await expect(
      sql`update ${name} set tenant_id = tenant_id where tenant_id = ${at.tenantId}`.execute(services.db),
    ).rejects.toThrow('refused');
  });
});

describe('the numbers of a financial year', () => {
  const second = openDatabase(services.database.connection, { poolSize: 4, log: pino({ level: 'silent' }) });
  afterAll(() => second.close());

  it('have no gap and no double, with two programs at once and connections that die between', async () => {
    const at = await clinic();
    const programs = [services, { ...services, db: second.db }];
    const tries = Array.from({ length: 60 }, async (_, i) => {
      const program = programs[i % 2] ?? services;
      if (i % 5 === 4) {
        // A program that dies with a number in hand, before it is kept.
        await program.db
          .transaction()
          .execute(async (trx) => {
            await sql`insert into number_series values (${at.tenantId}, 'invoice', '2026-27', 1)
              on conflict (tenant_id, series, financial_year)
              do update set last_number = number_series.last_number + 1`.execute(trx);
            await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx);
          })
          .catch(() => undefined);
        return undefined;
      }
      return (await must(issueInvoice(program, at.desk, invoiceOf(at)))).invoice.number;
    });
    const numbers = (await Promise.all(tries)).filter((number) => number !== undefined);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 48 }, (_, i) => i + 1));
  });

  it('begin again on the first of April of the clinic', async () => {
    const at = await clinic();
    services.clock.set('2027-03-31T18:29:00Z');
    const last = await must(issueInvoice(services, at.desk, invoiceOf(at)));
    services.clock.set('2027-03-31T18:31:00Z');
    const first = await must(issueInvoice(services, at.desk, invoiceOf(at)));
    services.clock.set('2026-04-10T06:00:00Z');
    expect([last.invoice.label, first.invoice.label]).toEqual(['INV/26-27/000001', 'INV/27-28/000001']);
  });
});

describe('a payment', () => {
  const cash = (patientId: string, amountMinor: number) => ({
    id: randomUUID(),
    patientId,
    method: 'cash' as const,
    amountMinor,
  });

  it('settles what is owed; a retry takes nothing twice', async () => {
    const at = await clinic();
    await must(issueInvoice(services, at.desk, invoiceOf(at)));
    const form = cash(at.patientId, 1_180_000);
    const once = await must(takePayment(services, at.desk, form));
    const again = await must(takePayment(services, at.desk, form));
    expect(again.payment.label).toBe(once.payment.label);
    const { account } = await must(readAccount(services, at.desk, at.patientId));
    expect(account.owesMinor).toBe(0);
    expect(account.payments).toHaveLength(1);
    expect(await takePayment(services, at.desk, { ...form, amountMinor: 1 })).toMatchObject({
      reason: 'other-content',
    });
  });

  it.each(['upi', 'card', 'bank'] as const)('by %s needs the reference the bank shows', async (method) => {
    const at = await clinic();
    const form = { ...cash(at.patientId, 100), method };
    expect(await takePayment(services, at.desk, form)).toMatchObject({
      reason: 'bad-form',
      field: 'reference',
    });
    expect(await takePayment(services, at.desk, { ...form, reference: '512345678901' })).toMatchObject({
      ok: true,
    });
  });

  it('is given back up to what is left of it, by the owner, with a reason', async () => {
    const at = await clinic();
    const { payment } = await must(
      takePayment(services, at.desk, { ...cash(at.patientId, 500), kind: 'deposit' }),
    );
    const back = (amountMinor: number) => ({
      id: randomUUID(),
      paymentId: payment.id,
      method: 'cash' as const,
      amountMinor,
      reason: 'Visit cancelled in time',
    });
    expect(await refundPayment(services, at.desk, back(500))).toMatchObject({ reason: 'not-allowed' });
    const both = await Promise.all([
      refundPayment(services, at.owner, back(300)),
      refundPayment(services, at.owner, back(300)),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await refundPayment(services, at.owner, back(201))).toMatchObject({ reason: 'too-much' });
    await must(refundPayment(services, at.owner, back(200)));
    expect((await must(readAccount(services, at.desk, at.patientId))).account.owesMinor).toBe(0);
    expect(await refundPayment(services, at.owner, { ...back(1), reason: ' ' })).toMatchObject({
      field: 'reason',
    });
  });
});

describe('a package', () => {
  it('gives as many sessions as were bought, once each', async () => {
    const at = await clinic();
    const { invoice } = await must(
      issueInvoice(services, at.desk, {
        ...invoiceOf(at),
        lines: [{ priceItemId: at.three, indication: 'cosmetic', quantity: 1 }],
      }),
    );
    const use = (id = randomUUID()) =>
      usePackage(services, at.desk, { id, patientId: at.patientId, invoiceId: invoice.id, line: 1 });
    const id = randomUUID();
    expect(await use(id)).toEqual({ ok: true, left: 2 });
    expect(await use(id)).toEqual({ ok: true, left: 2 });
    const rest = await Promise.all([use(), use(), use()]);
    expect(rest.filter(({ ok }) => ok)).toHaveLength(2);
    // A retry of any of them, of the last one too, is the same use and no other.
    expect(await use(id)).toEqual({ ok: true, left: 0 });
    expect(await use()).toMatchObject({ reason: 'package-used-up' });
  });
});

describe('the close of a day', () => {
  it('compares the cash with what was taken, keeps the difference, and stands', async () => {
    const at = await clinic();
    const pay = (method: 'cash' | 'upi', amountMinor: number) =>
      must(
        takePayment(services, at.desk, {
          id: randomUUID(),
          patientId: at.patientId,
          method,
          amountMinor,
          ...(method === 'upi' && { reference: '5123' }),
        }),
      );
    await pay('cash', 700);
    await pay('upi', 900);
    expect((await must(readDay(services, at.desk))).takings).toEqual({
      cash: 700,
      card: 0,
      upi: 900,
      bank: 0,
    });
    const form = { day: '2026-04-10', floatMinor: 200, countedMinor: 850 };
    expect(await closeDay(services, at.desk, form)).toMatchObject({ reason: 'note-needed', field: 'note' });
    const { close } = await must(closeDay(services, at.desk, { ...form, note: 'Change given wrongly' }));
    expect(close.cash_difference_minor).toBe(-50);
    expect(await closeDay(services, at.desk, { ...form, note: 'x' })).toMatchObject({ reason: 'day-closed' });
    expect(await closeDay(services, at.desk, { ...form, day: '2026-04-11' })).toMatchObject({
      reason: 'day-not-over',
    });
    // What comes in later counts tomorrow; the closed day does not change.
    expect((await pay('cash', 100)).payment.day).toBe('2026-04-11');
    const after = await must(readDay(services, at.desk, '2026-04-10'));
    expect([after.takings.cash, after.close?.cash_difference_minor]).toEqual([700, -50]);
  });

  it('is of the day that is asked for, or of today where that is no day of a calendar', async () => {
    const at = await clinic();
    for (const day of ['2026-02-30', '0000-01-01', '9999-12-31', '1', '']) {
      expect(await must(readDay(services, at.desk, day))).toMatchObject({ day: '2026-04-10' });
      expect(await exportDays(services, at.desk, day, '2026-04-30')).toMatchObject({ field: 'from' });
      expect(await closeDay(services, at.desk, { day, floatMinor: 0, countedMinor: 0 })).toMatchObject({
        field: 'day',
      });
    }
  });

  it('exports each document once, and only those of the clinic', async () => {
    const at = await clinic();
    await must(issueInvoice(services, at.desk, invoiceOf(at)));
    const stranger = await clinic();
    const given = await must(exportDays(services, at.desk, '2026-04-01', '2026-04-30'));
    expect(given.invoices).toHaveLength(1);
    expect((await must(exportDays(services, stranger.desk, '2026-04-01', '2026-04-30'))).invoices).toEqual(
      [],
    );
    expect(await exportDays(services, at.desk, '2026-04-30', '2026-04-01')).toMatchObject({ field: 'from' });
  });
});

describe('on paper', () => {
  it.each(['en', 'hi', 'bn', 'ne'] as const)(
    'an invoice and its receipt say in %s what was issued',
    async (language) => {
      const at = await clinic();
      const { invoice } = await must(issueInvoice(services, at.desk, invoiceOf(at)));
      const { payment } = await must(
        takePayment(services, at.desk, {
          id: randomUUID(),
          patientId: at.patientId,
          method: 'cash',
          amountMinor: 1_180_000,
        }),
      );
      const bill = await must(invoicePaper(services, at.desk, invoice.id, language));
      const billText = readPdf(bill.pdf).pages.join(' ').replaceAll(/\s+/g, ' ');
      for (const part of [
        'INV/26-27/000001',
        'Sample patient 014',
        gstin,
        '999722',
        '10,000.00',
        '900.00',
        '11,800.00',
      ]) {
        expect(billText).toContain(part);
      }
      expect(billText).toContain(paperWords[language].taxInvoice);
      const receipt = await must(receiptPaper(services, at.desk, payment.id, language));
      const receiptText = readPdf(receipt.pdf).pages.join(' ').replaceAll(/\s+/g, ' ');
      expect(receiptText).toContain('R/26-27/0000001');
      expect(receiptText).toContain('11,800.00');
      const stranger = await clinic();
      expect(await invoicePaper(services, stranger.desk, invoice.id, language)).toMatchObject({
        reason: 'not-found',
      });
      expect(await receiptPaper(services, stranger.desk, payment.id, language)).toMatchObject({
        reason: 'not-found',
      });
    },
  );
});

describe('access', () => {
  it('is refused to roles without money, and other clinics’ entries do not exist', async () => {
    const at = await clinic();
    const { invoice } = await must(issueInvoice(services, at.desk, invoiceOf(at)));
    for (const role of ['physician', 'assistant'] as const) {
      const actor = as(role, at.tenantId);
      expect(await readMoney(services, actor)).toMatchObject({ reason: 'not-allowed' });
      expect(await readAccount(services, actor, at.patientId)).toMatchObject({ reason: 'not-allowed' });
      expect(await issueInvoice(services, actor, invoiceOf(at))).toMatchObject({ reason: 'not-allowed' });
    }
    expect(await readMoney(services, as('auditor', at.tenantId))).toMatchObject({ ok: true });
    expect(await saveSettings(services, at.desk, { legalName: 'X' })).toMatchObject({
      reason: 'not-allowed',
    });
    const stranger = await clinic();
    expect(await readInvoice(services, stranger.owner, invoice.id)).toMatchObject({ reason: 'not-found' });
  });
});

import { badForm } from '../platform/refusals.ts';
/*
 * Money that changes hands: payments, deposits, refunds, sessions taken from a package, the close of a day.
 *
 *   takePayment(services, actor, form)      { ok: true, payment }; the same id again: the same payment
 *   refundPayment(services, actor, form)    { ok: true, payment }: the refund
 *   usePackage(services, actor, { id, patientId, invoiceId, line })
 *   tillBranches(services, actor)               the branches whose day is open to the actor
 *   readDay(services, actor, day?, branchId?)   { ok: true, day, takings, payments, close }
 *   closeDay(services, actor, form)
 *   exportDays(services, actor, from, to)   { ok: true, payments, invoices }
 */

import { recordAudit } from '../audit/commands.ts';
import type { Plain } from '../audit/schema.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient } from '../record/commands.ts';
import { can, mayAt } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listBranches } from '../tenant/commands.ts';
import { addDays, dayIn, isCalendarDay } from '../tenant/schema.ts';
import { noSuchPatient, notAllowed, notFound, otherContent } from './commands.ts';
import { financialYear, numberLabel } from './rules.ts';
import {
  type CloseForm,
  closeForm,
  type MoneyRefusal,
  type PaymentForm,
  type PaymentMethod,
  paymentForm,
  type RefundForm,
  refundForm,
} from './schema.ts';
import {
  type DayCloseRow,
  type InvoiceRow,
  insertClose,
  insertPackageUse,
  insertPayment,
  lastClosedDay,
  lockAccount,
  nextNumber,
  type PaymentRow,
  refundedMinor,
  selectClose,
  selectInvoicesOfDays,
  selectPackages,
  selectPackageUse,
  selectPayment,
  selectPaymentsOfDays,
  selectSettings,
  selectTakings,
} from './store.ts';

type MoneyServices = Pick<Services, 'db' | 'clock'>;

export async function takePayment(
  services: MoneyServices,
  actor: Actor,
  form: PaymentForm,
): Promise<{ ok: true; payment: PaymentRow } | MoneyRefusal> {
  if (!can(actor.role, 'payment.write')) return notAllowed;
  const read = paymentForm.safeParse(form);
  if (!read.success) return badForm(read.error);
  const parsed = read.data;
  if (parsed.method !== 'cash' && parsed.reference === '') return referenceNeeded;
  const patient = await getPatient(services, actor, parsed.patientId);
  if (!patient.ok) return noSuchPatient;
  const branch = await branchOf(services, actor, parsed.branchId);
  if (!branch) return noSuchBranch;
  return services.db.transaction().execute(async (trx) => {
    await lockAccount(trx, actor.tenantId, parsed.patientId);
    const before = await selectPayment(trx, actor.tenantId, parsed.id);
    if (before) return samePayment(before, parsed);
    const { id, kind, patientId, method, reference, amountMinor } = parsed;
    const payment = await book(services, trx, actor, branch, {
      id,
      kind,
      patient_id: patientId,
      method,
      reference,
      amount_minor: amountMinor,
      refunds_payment_id: null,
      reason: null,
    });
    await audit(
      services,
      trx,
      actor,
      `${kind}.received`,
      { kind: 'payment', id },
      {
        patientId,
        method,
        amountMinor,
        label: payment.label,
      },
    );
    return { ok: true as const, payment };
  });
}

/** Gives back all or part of a payment; never more than is left of it. */
export async function refundPayment(
  services: MoneyServices,
  actor: Actor,
  form: RefundForm,
): Promise<{ ok: true; payment: PaymentRow } | MoneyRefusal> {
  if (!can(actor.role, 'payment.refund')) return notAllowed;
  const read = refundForm.safeParse(form);
  if (!read.success) return badForm(read.error);
  const { id, paymentId, method, amountMinor, reference, reason } = read.data;
  if (method !== 'cash' && reference === '') return referenceNeeded;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const paid = await selectPayment(trx, tenantId, paymentId);
    if (!paid || paid.kind === 'refund') return notFound;
    await lockAccount(trx, tenantId, paid.patient_id);
    const before = await selectPayment(trx, tenantId, id);
    if (before) return samePayment(before, { patientId: paid.patient_id, method, amountMinor });
    const left = paid.amount_minor - (await refundedMinor(trx, tenantId, paymentId));
    if (amountMinor > left) return tooMuch;
    const branch = await branchOf({ ...services, db: trx }, actor, paid.branch_id);
    if (!branch) return noSuchBranch;
    const payment = await book(services, trx, actor, branch, {
      id,
      kind: 'refund',
      patient_id: paid.patient_id,
      method,
      reference,
      amount_minor: amountMinor,
      refunds_payment_id: paymentId,
      reason,
    });
    await audit(
      services,
      trx,
      actor,
      'payment.refunded',
      { kind: 'payment', id: paymentId },
      {
        patientId: paid.patient_id,
        method,
        amountMinor,
        label: payment.label,
      },
    );
    return { ok: true as const, payment };
  });
}

/** Takes one session from a package the person bought. The same id again takes nothing more. */
export async function usePackage(
  services: MoneyServices,
  actor: Actor,
  use: {
    readonly id: string;
    readonly patientId: string;
    readonly invoiceId: string;
    readonly line: number;
  },
): Promise<{ ok: true; left: number } | MoneyRefusal> {
  if (!can(actor.role, 'payment.write')) return notAllowed;
  if (!isUuid(use.id) || !isUuid(use.patientId) || !isUuid(use.invoiceId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    await lockAccount(trx, actor.tenantId, use.patientId);
    const found = async () =>
      (await selectPackages(trx, actor.tenantId, use.patientId)).find(
        (one) => one.invoice_id === use.invoiceId && one.line === use.line,
      );
    const before = await found();
    if (!before) return notFound;
    const again = await selectPackageUse(trx, actor.tenantId, use.id);
    if (again) {
      const isSame = again.invoice_id === use.invoiceId && again.line === use.line;
      return isSame ? { ok: true as const, left: before.bought - before.used } : otherContent;
    }
    if (before.used >= before.bought) return usedUp;
    await insertPackageUse(trx, {
      tenant_id: actor.tenantId,
      id: use.id,
      invoice_id: use.invoiceId,
      line: use.line,
      patient_id: use.patientId,
      used_at: services.clock.now(),
      used_by: actor.staffId,
    });
    const after = (await found()) ?? before;
    await audit(
      services,
      trx,
      actor,
      'package.used',
      { kind: 'invoice', id: use.invoiceId },
      {
        patientId: use.patientId,
        line: use.line,
        left: after.bought - after.used,
      },
    );
    return { ok: true as const, left: after.bought - after.used };
  });
}

export interface MoneyDay {
  readonly branchId: string;
  readonly branchName: string;
  readonly zone: string;
  readonly day: string;
  readonly today: string;
  /** By method, refunds taken off. */
  readonly takings: Readonly<Record<PaymentMethod, number>>;
  readonly payments: readonly PaymentRow[];
  readonly close: DayCloseRow | undefined;
}

export async function readDay(
  services: MoneyServices,
  actor: Actor,
  day?: string,
  branchId?: string,
): Promise<({ ok: true } & MoneyDay) | MoneyRefusal> {
  if (!can(actor.role, 'payment.read')) return notAllowed;
  const branch = await branchOf(services, actor, branchId);
  if (!branch) return noSuchBranch;
  const today = dayIn(branch.zone, services.clock.now());
  const asked = day !== undefined && isCalendarDay(day) ? day : today;
  return services.db.transaction().execute(async (trx) => {
    const takings = await selectTakings(trx, actor.tenantId, branch.id, asked);
    const payments = (await selectPaymentsOfDays(trx, actor.tenantId, asked, asked)).filter(
      (payment) => payment.branch_id === branch.id,
    );
    const close = await selectClose(trx, actor.tenantId, branch.id, asked);
    await audit(services, trx, actor, 'day.read', { kind: 'branch', id: branch.id }, { day: asked });
    return {
      ok: true as const,
      branchId: branch.id,
      branchName: branch.name,
      zone: branch.zone,
      day: asked,
      today,
      takings,
      payments,
      close,
    };
  });
}

/**
 * Closes a day: the cash counted, less what the till began with, against what was taken. A difference needs a note. What
 * comes in afterwards counts for the next day, so that a closed day never changes.
 */
export async function closeDay(
  services: MoneyServices,
  actor: Actor,
  form: CloseForm,
): Promise<{ ok: true; close: DayCloseRow } | MoneyRefusal> {
  if (!can(actor.role, 'payment.write')) return notAllowed;
  const read = closeForm.safeParse(form);
  if (!read.success) return badForm(read.error);
  const { day, floatMinor, countedMinor, note } = read.data;
  const branch = await branchOf(services, actor, read.data.branchId);
  if (!branch) return noSuchBranch;
  if (day > dayIn(branch.zone, services.clock.now())) return dayNotOver;
  return services.db.transaction().execute(async (trx) => {
    await lockAccount(trx, actor.tenantId, branch.id);
    if (await selectClose(trx, actor.tenantId, branch.id, day)) return dayClosed;
    const takings = await selectTakings(trx, actor.tenantId, branch.id, day);
    const difference = countedMinor - floatMinor - takings.cash;
    if (difference !== 0 && note === '') return noteNeeded;
    const close: DayCloseRow = {
      tenant_id: actor.tenantId,
      branch_id: branch.id,
      day,
      expected_minor: takings,
      cash_float_minor: floatMinor,
      cash_counted_minor: countedMinor,
      cash_difference_minor: difference,
      note,
      closed_at: services.clock.now(),
      closed_by: actor.staffId,
    };
    await insertClose(trx, close);
    await audit(
      services,
      trx,
      actor,
      'day.closed',
      { kind: 'branch', id: branch.id },
      {
        day,
        takings,
        differenceMinor: difference,
      },
    );
    return { ok: true as const, close };
  });
}

/**
 * Everything issued and received in a span of days, both ends included, for the accountant. Invoices are the whole
 * clinic's, so who is bound to a branch does not get them.
 */
export async function exportDays(
  services: MoneyServices,
  actor: Actor,
  from: string,
  to: string,
): Promise<{ ok: true; payments: readonly PaymentRow[]; invoices: readonly InvoiceRow[] } | MoneyRefusal> {
  if (!can(actor.role, 'payment.read') || actor.branches !== undefined) return notAllowed;
  if (!isCalendarDay(from) || !isCalendarDay(to) || from > to) return badSpan;
  return services.db.transaction().execute(async (trx) => {
    const payments = await selectPaymentsOfDays(trx, actor.tenantId, from, to);
    const invoices = await selectInvoicesOfDays(trx, actor.tenantId, from, to);
    await audit(services, trx, actor, 'money.exported', { kind: 'tenant', id: actor.tenantId }, { from, to });
    return { ok: true as const, payments, invoices };
  });
}

interface Place {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
}

/** The branches whose till is open to the actor. */
export async function tillBranches(services: Pick<Services, 'db'>, actor: Actor): Promise<readonly Place[]> {
  return (await listBranches(services, actor.tenantId)).filter(({ id }) => mayAt(actor, id));
}

async function branchOf(
  services: Pick<Services, 'db'>,
  actor: Actor,
  branchId: string | undefined,
): Promise<Place | undefined> {
  const branches = await tillBranches(services, actor);
  return branchId === undefined ? branches[0] : branches.find(({ id }) => id === branchId);
}

/** Gives the money its day and its receipt number and writes it down. */
async function book(
  services: MoneyServices,
  trx: Trx,
  actor: Actor,
  branch: Place,
  given: Omit<
    PaymentRow,
    'tenant_id' | 'branch_id' | 'financial_year' | 'number' | 'label' | 'received_at' | 'day' | 'received_by'
  >,
): Promise<PaymentRow> {
  const { tenantId } = actor;
  await lockAccount(trx, tenantId, branch.id);
  const at = services.clock.now();
  const closed = await lastClosedDay(trx, tenantId, branch.id);
  const today = dayIn(branch.zone, at);
  const day = closed !== undefined && closed >= today ? addDays(closed, 1) : today;
  const settings = await selectSettings(trx, tenantId);
  const year = financialYear(day, settings?.year_start_month ?? 4);
  const number = await nextNumber(trx, tenantId, 'receipt', year);
  const payment: PaymentRow = {
    ...given,
    tenant_id: tenantId,
    branch_id: branch.id,
    financial_year: year,
    number,
    label: numberLabel('receipt', year, number),
    received_at: at,
    day,
    received_by: actor.staffId,
  };
  await insertPayment(trx, payment);
  return payment;
}

function samePayment(
  payment: PaymentRow,
  asked: { readonly patientId: string; readonly method: PaymentMethod; readonly amountMinor: number },
): { ok: true; payment: PaymentRow } | MoneyRefusal {
  const isSame =
    payment.patient_id === asked.patientId &&
    payment.method === asked.method &&
    payment.amount_minor === asked.amountMinor;
  return isSame ? { ok: true, payment } : otherContent;
}

function audit(
  services: MoneyServices,
  trx: Trx,
  actor: Actor,
  action: string,
  subject: { kind: string; id: string | null },
  after: Plain,
): Promise<void> {
  return recordAudit(services, trx, {
    tenantId: actor.tenantId,
    actor: { kind: 'staff', id: actor.staffId },
    action,
    subject,
    change: { after },
  });
}

const referenceNeeded: MoneyRefusal = {
  ok: false,
  reason: 'bad-form',
  message: 'Write the reference your bank or card machine shows: a code on a screen is no payment yet.',
  field: 'reference',
};
const noSuchBranch: MoneyRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such branch.',
  field: 'branchId',
};
const tooMuch: MoneyRefusal = {
  ok: false,
  reason: 'too-much',
  message: 'That is more than is left of this payment.',
  field: 'amountMinor',
};
const usedUp: MoneyRefusal = {
  ok: false,
  reason: 'package-used-up',
  message: 'Every session of this package has been used.',
};
const dayNotOver: MoneyRefusal = {
  ok: false,
  reason: 'day-not-over',
  message: 'A day that has not begun cannot be closed.',
  field: 'day',
};
const dayClosed: MoneyRefusal = {
  ok: false,
  reason: 'day-closed',
  message: 'This day is closed already.',
  field: 'day',
};
const noteNeeded: MoneyRefusal = {
  ok: false,
  reason: 'note-needed',
  message: 'The cash counted differs from what was taken; write down why.',
  field: 'note',
};
const badSpan: MoneyRefusal = {
  ok: false,
  reason: 'bad-form',
  message: 'Give two days, the first one first, for instance 2026-04-01 and 2026-04-30.',
  field: 'from',
};

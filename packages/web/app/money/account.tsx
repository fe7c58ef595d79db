import { randomUUID } from 'node:crypto';
import { creditInvoice, issueInvoice, readAccount, readMoney } from '@undertone/clinic/money/commands.ts';
import { upiLink } from '@undertone/clinic/money/rules.ts';
import type { MoneyRefusal, PaymentMethod, TaxIndication } from '@undertone/clinic/money/schema.ts';
import { refundPayment, takePayment, tillBranches, usePackage } from '@undertone/clinic/money/till.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';
import { Form, useNavigation } from 'react-router';
import { patientOf } from '../chart/patient.ts';
import { inDigitsOf, intlTag } from '../locales/index.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { qrPicture } from '../server/qr.ts';
import { branchWords } from '../setup/branch-words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/account.ts';
import { CreditForm, InvoiceForm, PaymentForm, RefundForm } from './account-forms.tsx';
import './money.css';
import { Notice } from './notice.tsx';
import { type Answer, amountReader, answerOf, askedContext, moneyWriter } from './shared.ts';
import { moneyWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'desk')];

/** `/desk/patients/:patientId/money`: what is owed, invoices, payments, packages. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const read = await readAccount(clinic, actor, params.patientId);
  const money = await readMoney(clinic, actor);
  if (!read.ok || !money.ok) throw new Response('This account cannot be shown', { status: 403 });
  const { account } = read;
  const write = await moneyWriter(clinic, locale);
  const tenant = await mainTenant(clinic);
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const upiId = money.settings?.upi_id ?? null;
  const link =
    // UPI moves rupees and nothing else.
    upiId !== null && tenant?.currency === 'INR' && account.owesMinor > 0
      ? upiLink({
          upiId,
          payee: money.settings?.legal_name ?? '',
          amountMinor: account.owesMinor,
          note: account.invoices[0]?.label ?? '',
        })
      : null;
  const credited = new Map(
    account.invoices.flatMap((one) =>
      one.credits_invoice_id === null ? [] : [[one.credits_invoice_id, one.label] as const],
    ),
  );
  const refunded = new Map<string, number>();
  for (const { refunds_payment_id: of, amount_minor } of account.payments) {
    if (of !== null) refunded.set(of, (refunded.get(of) ?? 0) + amount_minor);
  }
  return {
    locale,
    branches: (await tillBranches(clinic, actor)).map(({ id, name }) => ({ id, label: name })),
    mayRefund: can(actor.role, 'payment.refund'),
    mayWrite: can(actor.role, 'payment.write'),
    /** Fresh for each form shown: a form sent twice books once. */
    ids: { payment: randomUUID(), invoice: randomUUID(), credit: randomUUID(), refund: randomUUID() },
    state: account.owesMinor > 0 ? 'owes' : account.owesMinor < 0 ? 'holds' : 'even',
    balance: write(Math.abs(account.owesMinor)),
    upi: link === null ? null : { link, picture: qrPicture(link), amount: write(account.owesMinor) },
    items: money.items.map((item) => ({ id: item.id, label: `${item.name} · ${write(item.unit_minor)}` })),
    invoices: account.invoices.map((invoice) => ({
      id: invoice.id,
      label: invoice.label,
      kind: invoice.kind,
      date: date.format(invoice.issued_at),
      total: write(invoice.kind === 'invoice' ? invoice.total_minor : -invoice.total_minor),
      creditedBy: credited.get(invoice.id) ?? null,
    })),
    payments: account.payments.map((payment) => ({
      id: payment.id,
      label: payment.label,
      kind: payment.kind,
      method: payment.method,
      date: date.format(payment.received_at),
      amount: write(payment.kind === 'refund' ? -payment.amount_minor : payment.amount_minor),
      isOpen: payment.kind !== 'refund' && payment.amount_minor > (refunded.get(payment.id) ?? 0),
    })),
    packages: account.packages.map(({ invoice_id, line, text, bought, used }) => ({
      invoiceId: invoice_id,
      line,
      text,
      bought,
      left: bought - used,
      useId: randomUUID(),
    })),
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const amountIn = await amountReader(clinic, form);
  const intent = form.intent ?? '';
  const id = form.id ?? '';
  const { patientId } = params;
  // A link to a chart that is not the person's must not book on another's account.
  await patientOf(context);
  const act = async (): Promise<{ ok: true } | MoneyRefusal> => {
    switch (intent) {
      case 'payment': {
        const amount = amountIn('amountMinor');
        if (!amount.ok) return amount;
        return takePayment(clinic, actor, {
          id,
          patientId,
          ...(form.branchId !== undefined && { branchId: form.branchId }),
          kind: form.deposit === 'yes' ? 'deposit' : 'payment',
          method: (form.method ?? '') as PaymentMethod,
          amountMinor: amount.minor,
          reference: form.reference ?? '',
        });
      }
      case 'invoice': {
        const discount = amountIn('discount', 0);
        if (!discount.ok) return discount;
        return issueInvoice(clinic, actor, {
          id,
          patientId,
          placeOfSupply: form.placeOfSupply ?? '',
          lines: [
            {
              priceItemId: form.item ?? '',
              indication: (form.indication ?? '') as TaxIndication,
              quantity: typedNumber(form.quantity ?? '1'),
              discountMinor: discount.minor,
            },
          ],
        });
      }
      case 'credit':
        return creditInvoice(clinic, actor, {
          id,
          invoiceId: form.invoiceId ?? '',
          reason: form.reason ?? '',
        });
      case 'refund': {
        const amount = amountIn('amountMinor');
        if (!amount.ok) return amount;
        return refundPayment(clinic, actor, {
          id,
          paymentId: form.paymentId ?? '',
          method: (form.method ?? '') as PaymentMethod,
          amountMinor: amount.minor,
          reference: form.reference ?? '',
          reason: form.reason ?? '',
        });
      }
      default:
        return usePackage(clinic, actor, {
          id,
          patientId,
          invoiceId: form.invoiceId ?? '',
          line: Number(form.line ?? 0),
        });
    }
  };
  return answerOf(intent, await act(), form);
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: moneyWords[loaderData?.locale ?? 'en'].account }];
}

export default function AccountPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, ids, state, balance, upi, items, invoices, payments, packages, mayWrite, mayRefund } =
    loaderData;
  const { branches } = loaderData;
  const words = moneyWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const answer: Answer | undefined = actionData;
  const form = { answer, words };
  const open = payments.filter(({ isOpen }) => isOpen);
  const partlyUsed = packages
    .filter(({ bought, left }) => left < bought)
    .map(({ invoiceId, bought, left }) => {
      const label = invoices.find(({ id }) => id === invoiceId)?.label ?? '';
      const [given, all] = [bought - left, bought].map((count) => inDigitsOf(locale, String(count)));
      return words.creditWarning(label, given ?? '', all ?? '');
    });
  const creditable = invoices.filter(({ kind, creditedBy }) => kind === 'invoice' && creditedBy === null);
  return (
    <div className="stack-l">
      <Notice answer={answer} words={words} />
      <dl className="takings">
        <div className="takings-total">
          <dt>{words[state as 'owes' | 'holds' | 'even']}</dt>
          <dd className="figures" data-testid="balance">
            {balance}
          </dd>
        </div>
      </dl>
      {mayWrite ? (
        <div className="money-columns">
          <section className="stack">
            <h2>{words.takePayment}</h2>
            <PaymentForm
              key={ids.payment}
              id={ids.payment}
              branches={branches}
              branchLabel={branchWords[locale].branch}
              {...form}
            />
          </section>
          {upi ? (
            <section className="stack">
              <h2>{words.upiCode}</h2>
              <p className="upi-code">
                <img src={upi.picture} alt={`${words.upiCode}: ${upi.amount}`} width="176" height="176" />
              </p>
              <p className="soft measure">{words.upiCodeText}</p>
            </section>
          ) : null}
        </div>
      ) : null}
      <section className="stack">
        <h2>{words.invoices}</h2>
        {invoices.length === 0 ? (
          <p className="soft">{words.noInvoices}</p>
        ) : (
          <Table
            caption={words.invoices}
            rows={invoices}
            keyOf={(invoice) => invoice.id}
            columns={[
              {
                id: 'label',
                title: words.number,
                renderCell: (invoice) => <a href={`/desk/money/invoices/${invoice.id}`}>{invoice.label}</a>,
              },
              { id: 'kind', title: words.item, renderCell: (invoice) => words.kinds[invoice.kind] },
              { id: 'date', title: words.date, renderCell: (invoice) => invoice.date },
              {
                id: 'credited',
                title: words.credited,
                renderCell: (invoice) =>
                  invoice.creditedBy === null ? null : <Badge>{invoice.creditedBy}</Badge>,
              },
              { id: 'total', title: words.total, number: true, renderCell: (invoice) => invoice.total },
            ]}
          />
        )}
        {mayWrite && items.length > 0 ? (
          <InvoiceForm key={ids.invoice} id={ids.invoice} items={items} {...form} />
        ) : null}
        {mayWrite && items.length === 0 ? (
          <p className="row">
            <span className="soft">{words.noPricesText}</span>
            <ButtonLink to="/desk/money/prices">{words.settings}</ButtonLink>
          </p>
        ) : null}
        {mayRefund && creditable.length > 0 ? (
          <CreditForm
            key={ids.credit}
            id={ids.credit}
            warnings={partlyUsed}
            invoices={creditable.map(({ id, label, total }) => ({ id, label: `${label} · ${total}` }))}
            {...form}
          />
        ) : null}
      </section>
      {packages.length > 0 ? (
        <section className="stack">
          <h2>{words.packages}</h2>
          <Table
            caption={words.packages}
            rows={packages}
            keyOf={(one) => `${one.invoiceId} ${one.line}`}
            columns={[
              { id: 'text', title: words.item, renderCell: (one) => one.text },
              { id: 'left', title: words.sessions, renderCell: (one) => words.left(one.left, one.bought) },
              {
                id: 'use',
                title: words.takeOne,
                renderCell: (one) =>
                  mayWrite && one.left > 0 ? (
                    <Form method="post">
                      <input type="hidden" name="intent" value="package" />
                      <input type="hidden" name="id" value={one.useId} />
                      <input type="hidden" name="invoiceId" value={one.invoiceId} />
                      <input type="hidden" name="line" value={one.line} />
                      <Button type="submit" isDisabled={isBusy} aria-label={`${words.takeOne}: ${one.text}`}>
                        {words.takeOne}
                      </Button>
                    </Form>
                  ) : null,
              },
            ]}
          />
        </section>
      ) : null}
      {payments.length > 0 ? (
        <section className="stack">
          <h2>{words.payments}</h2>
          <Table
            caption={words.payments}
            rows={payments}
            keyOf={(payment) => payment.id}
            columns={[
              {
                id: 'label',
                title: words.receipt,
                renderCell: (payment) => <a href={`/desk/money/receipts/${payment.id}`}>{payment.label}</a>,
              },
              { id: 'kind', title: words.item, renderCell: (payment) => words.kinds[payment.kind] },
              { id: 'method', title: words.method, renderCell: (payment) => words.methods[payment.method] },
              { id: 'date', title: words.date, renderCell: (payment) => payment.date },
              { id: 'amount', title: words.amount, number: true, renderCell: (payment) => payment.amount },
            ]}
          />
          {mayRefund && open.length > 0 ? (
            <RefundForm
              key={ids.refund}
              id={ids.refund}
              payments={open.map(({ id, label, amount }) => ({ id, label: `${label} · ${amount}` }))}
              {...form}
            />
          ) : null}
        </section>
      ) : null}
    </div>
  );
}

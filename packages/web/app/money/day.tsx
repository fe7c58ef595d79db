import { paymentMethod } from '@undertone/clinic/money/schema.ts';
import { closeDay, readDay, tillBranches } from '@undertone/clinic/money/till.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { addDays } from '@undertone/clinic/tenant/schema.ts';
import { Form, Link, useNavigation } from 'react-router';
import { deskTag, intlTag } from '../locales/index.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { branchWords } from '../setup/branch-words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Badge, EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/day.ts';
import './money.css';
import { Notice } from './notice.tsx';
import { amountReader, answerOf, askedContext, faultAt, moneyWriter, typedIn } from './shared.ts';
import { moneyWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'desk', 'auditor')];

/** `/desk/money?day=&branch=`: what was received on a day at a branch, and its close. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const branch = url.searchParams.get('branch') ?? undefined;
  const read = await readDay(clinic, actor, url.searchParams.get('day') ?? undefined, branch);
  if (!read.ok) throw new Response(read.message, { status: read.reason === 'not-allowed' ? 403 : 404 });
  const write = await moneyWriter(clinic, locale);
  const time = new Intl.DateTimeFormat(deskTag(locale), { timeStyle: 'short', timeZone: read.zone });
  const date = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'full', timeZone: 'UTC' });
  const total = Object.values(read.takings).reduce((sum, minor) => sum + minor, 0);
  return {
    locale,
    branch: { id: read.branchId, name: read.branchName },
    branches: (await tillBranches(clinic, actor)).map(({ id, name }) => ({ id, name })),
    mayExport: actor.branches === undefined,
    day: read.day,
    dayText: date.format(new Date(`${read.day}T00:00:00Z`)),
    before: addDays(read.day, -1),
    after: read.day < read.today ? addDays(read.day, 1) : null,
    monthStart: `${read.day.slice(0, 8)}01`,
    mayClose: can(actor.role, 'payment.write') && read.day <= read.today,
    takings: paymentMethod.options.map((method) => ({ method, amount: write(read.takings[method]) })),
    total: write(total),
    payments: read.payments.map((payment) => ({
      id: payment.id,
      label: payment.label,
      time: time.format(payment.received_at),
      kind: payment.kind,
      method: payment.method,
      reference: payment.reference,
      patientId: can(actor.role, 'patient.read') ? payment.patient_id : null,
      amount: write(payment.kind === 'refund' ? -payment.amount_minor : payment.amount_minor),
    })),
    close: read.close
      ? {
          counted: write(read.close.cash_counted_minor),
          difference: write(read.close.cash_difference_minor),
          isEven: read.close.cash_difference_minor === 0,
          note: read.close.note,
          at: time.format(read.close.closed_at),
        }
      : null,
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const form = formTexts(await request.formData());
  const amountIn = await amountReader(clinic, form);
  const float = amountIn('float', 0);
  const counted = amountIn('counted');
  const close = async () => {
    if (!float.ok) return float;
    if (!counted.ok) return counted;
    return closeDay(clinic, actorOf(context), {
      day: form.day ?? '',
      ...(form.branchId !== undefined && { branchId: form.branchId }),
      floatMinor: float.minor,
      countedMinor: counted.minor,
      note: form.note ?? '',
    });
  };
  return answerOf('close', await close(), form);
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: moneyWords[loaderData?.locale ?? 'en'].title }];
}

export default function MoneyDayPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, day, dayText, before, after, takings, total, payments, close, mayClose } = loaderData;
  const { branch, branches, mayExport } = loaderData;
  const at = (to: string, id = branch.id) =>
    `/desk/money?day=${to}${branches.length > 1 ? `&branch=${id}` : ''}`;
  const words = moneyWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft">
            {branches.length > 1 ? `${branch.name} · ` : ''}
            {dayText}
          </p>
        </div>
        <div className="row">
          <ButtonLink to={at(before)}>{words.previousDay}</ButtonLink>
          {after === null ? null : <ButtonLink to={at(after)}>{words.nextDay}</ButtonLink>}
          <ButtonLink to="/desk/money/prices">{words.settings}</ButtonLink>
        </div>
      </header>
      <div className="stack-l">
        {branches.length > 1 ? (
          <nav className="row" aria-label={branchWords[locale].title}>
            {branches.map(({ id, name }) => (
              <Link
                key={id}
                className="button"
                to={at(day, id)}
                aria-current={id === branch.id ? 'true' : undefined}
              >
                {name}
              </Link>
            ))}
          </nav>
        ) : null}
        <Notice answer={actionData} words={words} />
        <dl className="takings" aria-label={words.takings}>
          {takings.map(({ method, amount }) => (
            <div key={method}>
              <dt>{words.methods[method]}</dt>
              <dd className="figures">{amount}</dd>
            </div>
          ))}
          <div className="takings-total">
            <dt>{words.total}</dt>
            <dd className="figures">{total}</dd>
          </div>
        </dl>
        <h2>{words.payments}</h2>
        {payments.length === 0 ? (
          <EmptyState title={words.noPayments}>{words.noPaymentsText}</EmptyState>
        ) : (
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
              { id: 'time', title: words.time, renderCell: (payment) => payment.time },
              {
                id: 'kind',
                title: words.payments,
                renderCell: (payment) => <Badge>{words.kinds[payment.kind]}</Badge>,
              },
              { id: 'method', title: words.method, renderCell: (payment) => words.methods[payment.method] },
              { id: 'reference', title: words.reference, renderCell: (payment) => payment.reference },
              {
                id: 'who',
                title: words.who,
                renderCell: (payment) =>
                  payment.patientId === null ? null : (
                    <Link to={`/desk/patients/${payment.patientId}/money`}>{words.account}</Link>
                  ),
              },
              { id: 'amount', title: words.amount, number: true, renderCell: (payment) => payment.amount },
            ]}
          />
        )}
        {close ? (
          <section className="stack-s">
            <h2>{words.closed}</h2>
            <dl className="facts">
              <dt>{words.time}</dt>
              <dd>{close.at}</dd>
              <dt>{words.counted}</dt>
              <dd className="figures">{close.counted}</dd>
              <dt>{words.difference}</dt>
              <dd className="figures">
                <Badge tone={close.isEven ? 'verdigris' : 'ochre'}>{close.difference}</Badge>
              </dd>
              {close.note === '' ? null : (
                <>
                  <dt>{words.note}</dt>
                  <dd>{close.note}</dd>
                </>
              )}
            </dl>
          </section>
        ) : mayClose ? (
          <section className="stack">
            <h2>{words.close}</h2>
            <p className="soft measure">{words.closeText}</p>
            <Form method="post" className="money-form">
              <input type="hidden" name="day" value={day} />
              <input type="hidden" name="branchId" value={branch.id} />
              <TextField
                label={words.float}
                name="float"
                inputMode="decimal"
                defaultValue={typedIn(actionData, 'close', 'float', '0')}
                error={faultAt(actionData, 'close', 'float', words)}
              />
              <TextField
                label={words.counted}
                name="counted"
                inputMode="decimal"
                isRequired
                defaultValue={typedIn(actionData, 'close', 'counted')}
                error={faultAt(actionData, 'close', 'counted', words)}
              />
              <TextField
                label={words.note}
                name="note"
                defaultValue={typedIn(actionData, 'close', 'note')}
                error={faultAt(actionData, 'close', 'note', words)}
              />
              <Button type="submit" look="strong" isDisabled={isBusy}>
                {words.close}
              </Button>
            </Form>
          </section>
        ) : null}
        {mayExport ? (
          <section className="stack">
            <h2>{words.export}</h2>
            <form method="get" action="/desk/money/export.csv" className="money-form">
              <TextField label={words.from} name="from" type="date" defaultValue={loaderData.monthStart} />
              <TextField label={words.to} name="to" type="date" defaultValue={day} />
              <Button type="submit">{words.export}</Button>
            </form>
          </section>
        ) : null}
      </div>
    </>
  );
}

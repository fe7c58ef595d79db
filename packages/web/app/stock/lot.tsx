import { randomUUID } from 'node:crypto';
import { staffNames } from '@undertone/clinic/staff/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import {
  countLot,
  holdLot,
  openLot,
  readLot,
  receiveTransfer,
  releaseLot,
  stockZone,
  transferLot,
  wasteFromLot,
} from '@undertone/clinic/stock/commands.ts';
import { type Unit, unitsOf } from '@undertone/clinic/stock/rules.ts';
import { data, Form, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/lot.ts';
import { numberOf, refusalText, statusOf } from './forms.ts';
import { OnTheWaySection } from './on-the-way.tsx';
import { AlertBadge, BranchField, BranchSwitch, Findings } from './parts.tsx';
import './stock.css';
import { amountText, atBranch, branchesOf, dayText, momentText } from './view.ts';
import { type StockWords, stockWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** `/desk/stock/lots/:lotId?branch=`: one lot, what may be done with it, and its ledger. */
export async function loader({ request, params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const page = await readLot(clinic, actor, params.lotId, url.searchParams.get('branch'));
  if (!page.ok) throw new Response(page.message, { status: page.reason === 'not-allowed' ? 403 : 404 });
  const { item, lot, fault, alerts, movements } = page;
  const locale = localeOf(request);
  const [names, zone] = await Promise.all([
    staffNames(clinic, actor.tenantId),
    stockZone(clinic.db, actor.tenantId),
  ]);
  const known = new Map(
    [...page.branches, ...page.destinations].map(({ branchId, name }) => [branchId, name]),
  );
  const branchName = (id: string) => known.get(id) ?? '–';
  return {
    locale,
    mayWrite: can(actor.role, 'stock.write'),
    mayRelease: can(actor.role, 'plan.write'),
    mayRecall: can(actor.role, 'patient.read'),
    branches: branchesOf(page),
    shelves: page.branches.map(({ branchId, name, balance }) => ({
      id: branchId,
      name,
      left: amountText(balance, item, locale),
    })),
    ways: page.onTheWay.map((way) => ({
      id: way.id,
      amount: amountText(way.quantity, item, locale),
      from: branchName(way.from),
      to: branchName(way.to),
      side:
        way.to === page.branchId
          ? ('to' as const)
          : way.from === page.branchId
            ? ('from' as const)
            : ('neither' as const),
      when: momentText(way.sentAt, zone, locale),
      who: way.sentBy === null ? null : (names.get(way.sentBy) ?? null),
      reason: way.reason,
    })),
    destinations: page.destinations.map(({ branchId, name }) => ({ id: branchId, label: name })),
    // New at every reading of the page; the same form sent twice carries the same one.
    actId: randomUUID(),
    item: { id: item.id, name: item.name, kind: item.kind, unit: item.unit, units: unitsOf[item.baseUnit] },
    lot: {
      id: lot.id,
      lotNumber: lot.lotNumber,
      left: amountText(lot.balance, item, locale),
      expires: dayText(lot.expiresOn, locale),
      opened: momentText(lot.openedAt, zone, locale),
      lastDay: dayText(lot.discardBy, locale),
      received: momentText(lot.receivedAt, zone, locale),
      supplier: lot.supplier,
      heldReason: lot.heldReason,
      hasCertificate: lot.sterilityFile !== null,
      acceptedReason: lot.acceptedReason,
      findings: lot.findings,
    },
    fault,
    alerts,
    movements: movements.map((one) => ({
      id: one.id,
      kind: one.kind,
      when: momentText(one.happenedAt, zone, locale),
      quantity: one.quantity === 0 ? '' : amountText(one.quantity, item, locale, true),
      after: amountText(one.book + one.quantity, item, locale),
      reason: one.reason,
      flags: one.flags,
      who: one.recordedBy === null ? null : (names.get(one.recordedBy) ?? null),
    })),
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const act = {
    lotId: params.lotId,
    actId: form.actId ?? '',
    reason: form.reason ?? '',
    quantity: numberOf(form.quantity) ?? Number.NaN,
    unit: form.unit as Unit,
    branchId: form.branch || null,
    to: form.to ?? '',
    transferId: form.transferId ?? '',
  };
  const acts = {
    open: openLot,
    count: countLot,
    waste: wasteFromLot,
    hold: holdLot,
    release: releaseLot,
    transfer: transferLot,
    receive: receiveTransfer,
  };
  const intent = Object.keys(acts).find((one): one is keyof typeof acts => one === form.intent);
  if (intent === undefined) throw new Response('Nothing to do', { status: 400 });
  const done = await acts[intent](clinic, actor, act);
  if (!done.ok) return data({ ok: false as const, intent, refusal: done }, { status: statusOf(done) });
  return { ok: true as const, intent };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: loaderData ? `${loaderData.item.name} · ${loaderData.lot.lotNumber}` : '' }];
}

type Loaded = Route.ComponentProps['loaderData'];

export default function LotPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, item, lot, fault, alerts, movements, mayWrite, mayRecall, branches, shelves } = loaderData;
  const { ways } = loaderData;
  const words = stockWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>
            {item.name} · {lot.lotNumber}
          </h1>
          <p className="row">
            <span className="stock-balance">{lot.left}</span>
            {alerts.map((alert) => (
              <AlertBadge key={alert} alert={alert} words={words} />
            ))}
            {alerts.length === 0 ? <Badge tone="verdigris">{words.fine}</Badge> : null}
          </p>
          <BranchSwitch branches={branches} to={`/desk/stock/lots/${lot.id}`} words={words} />
        </div>
        <div className="row">
          {mayRecall ? <ButtonLink to={`/desk/recall/${lot.id}`}>{words.recall}</ButtonLink> : null}
          <ButtonLink to={atBranch(`/desk/stock/items/${item.id}`, branches)}>{item.name}</ButtonLink>
        </div>
      </header>
      <div className="stack-l">
        {fault === undefined ? null : (
          <Alert tone="oxide" title={`${words.faultTitle}: ${words.alerts[fault]}`}>
            {fault === 'held' ? lot.heldReason : undefined}
          </Alert>
        )}
        {alerts.includes('below-zero') ? (
          <Alert tone="ochre" title={words.alerts['below-zero']}>
            {words.belowZeroText}
          </Alert>
        ) : null}
        {actionData?.ok === false ? (
          <Alert tone="oxide" title={`${words.notDone}: ${refusalText(actionData.refusal, words)}`} live />
        ) : null}
        <dl className="facts">
          <dt>{words.expires}</dt>
          <dd>{lot.expires ?? '–'}</dd>
          <dt>{words.opened}</dt>
          <dd>{lot.opened ?? '–'}</dd>
          <dt>{words.lastDay}</dt>
          <dd>{lot.lastDay ?? '–'}</dd>
          <dt>{words.receivedOn}</dt>
          <dd>{lot.received}</dd>
          {lot.supplier === null ? null : (
            <>
              <dt>{words.supplier}</dt>
              <dd>{lot.supplier}</dd>
            </>
          )}
          <dt>{words.certificate}</dt>
          <dd>
            {lot.hasCertificate ? (
              <a href={`/desk/stock/lots/${lot.id}/paper`}>{words.openPaper}</a>
            ) : (
              words.noPaper
            )}
          </dd>
          {lot.acceptedReason === null ? null : (
            <>
              <dt>{words.acceptedReason}</dt>
              <dd>{lot.acceptedReason}</dd>
            </>
          )}
          {shelves.length < 2 ? null : (
            <>
              <dt>{words.elsewhere}</dt>
              <dd>{shelves.map(({ name, left }) => `${name}: ${left}`).join(' · ')}</dd>
            </>
          )}
        </dl>
        {lot.findings.length === 0 ? null : <Findings findings={lot.findings} words={words} />}
        <OnTheWaySection
          ways={ways}
          item={item}
          branches={branches}
          mayWrite={mayWrite}
          isBusy={isBusy}
          words={words}
        />
        {mayWrite ? <Acts {...loaderData} words={words} /> : null}
        <section className="stack-s">
          <h2>{words.ledger}</h2>
          <Table
            caption={words.ledger}
            rows={movements}
            keyOf={(one) => one.id}
            columns={[
              { id: 'when', title: words.when, renderCell: (one) => one.when },
              { id: 'what', title: words.movement, renderCell: (one) => words.movements[one.kind] },
              { id: 'quantity', title: words.difference, number: true, renderCell: (one) => one.quantity },
              { id: 'after', title: words.after, number: true, renderCell: (one) => one.after },
              {
                id: 'why',
                title: words.why,
                renderCell: (one) => (
                  <>
                    {one.reason}{' '}
                    {one.flags.map((flag) => (
                      <AlertBadge key={flag} alert={flag} words={words} />
                    ))}
                  </>
                ),
              },
              { id: 'who', title: words.who, renderCell: (one) => one.who ?? '' },
            ]}
          />
        </section>
      </div>
    </>
  );
}

function Acts({
  item,
  lot,
  fault,
  actId,
  movements,
  mayRelease,
  branches,
  destinations,
  words,
}: Loaded & { readonly words: StockWords }) {
  const isBusy = useNavigation().state !== 'idle';
  const hidden = (intent: string) => (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="actId" value={actId} />
      <BranchField branches={branches} />
    </>
  );
  const amount = (label: string) => (
    <div className="stock-fields">
      <TextField label={label} name="quantity" inputMode="decimal" autoComplete="off" isRequired />
      <Select
        label={words.unit}
        name="unit"
        options={item.units.map((id) => ({ id, label: words.units[id] }))}
        defaultValue={item.unit}
      />
    </div>
  );
  const isHeld = fault === 'held' || (lot.heldReason !== null && fault !== undefined);
  return (
    <div className="stock-acts">
      <Form method="post" className="stack" aria-label={words.count} key={`count ${movements.length}`}>
        <h2>{words.count}</h2>
        {hidden('count')}
        {amount(words.counted)}
        <TextField label={words.countReason} name="reason" optional={words.optional} />
        <div>
          <Button type="submit" isDisabled={isBusy}>
            {words.count}
          </Button>
        </div>
      </Form>
      <Form method="post" className="stack" aria-label={words.waste} key={`waste ${movements.length}`}>
        <h2>{words.waste}</h2>
        {hidden('waste')}
        {amount(words.quantity)}
        <TextField label={words.wasteReason} name="reason" isRequired />
        <div>
          <Button type="submit" isDisabled={isBusy}>
            {words.waste}
          </Button>
        </div>
      </Form>
      {destinations.length === 0 ? null : (
        <Form
          method="post"
          className="stack"
          aria-label={words.transfer}
          key={`transfer ${movements.length} ${branches.here}`}
        >
          <h2>{words.transfer}</h2>
          {hidden('transfer')}
          {amount(words.quantity)}
          <Select
            label={words.transferTo}
            name="to"
            options={destinations}
            defaultValue={destinations[0]?.id ?? null}
          />
          <TextField label={words.transferReason} name="reason" optional={words.optional} />
          <div>
            <Button type="submit" isDisabled={isBusy}>
              {words.transfer}
            </Button>
          </div>
        </Form>
      )}
      <div className="stack">
        {fault === undefined || fault === 'discard-passed' ? (
          <Form method="post" className="stack-s" aria-label={words.openIt}>
            <h2>{words.openIt}</h2>
            {hidden('open')}
            <p className="soft small">{words.openHelp}</p>
            <div>
              <Button type="submit" isDisabled={isBusy}>
                {words.openIt}
              </Button>
            </div>
          </Form>
        ) : null}
        {isHeld && !mayRelease ? null : (
          <Form
            method="post"
            className="stack"
            aria-label={isHeld ? words.release : words.hold}
            key={`hold ${movements.length}`}
          >
            <h2>{isHeld ? words.release : words.hold}</h2>
            {hidden(isHeld ? 'release' : 'hold')}
            <TextField label={isHeld ? words.releaseReason : words.holdReason} name="reason" isRequired />
            <div>
              <Button type="submit" look={isHeld ? 'plain' : 'grave'} isDisabled={isBusy}>
                {isHeld ? words.release : words.hold}
              </Button>
            </div>
          </Form>
        )}
      </div>
    </div>
  );
}

import { can } from '@undertone/clinic/staff/rules.ts';
import {
  changeItem,
  createItem,
  listMeasuredPigments,
  readStock,
  retireItem,
} from '@undertone/clinic/stock/commands.ts';
import type { StockRefusal } from '@undertone/clinic/stock/rules.ts';
import { data, Form, Link, redirect } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/item.ts';
import { itemFormOf, paperOf, statusOf } from './forms.ts';
import { ItemFields } from './item-form.tsx';
import { AlertBadge, BranchSwitch } from './parts.tsx';
import './stock.css';
import { amountText, atBranch, branchesOf, dayText, type StockBranches } from './view.ts';
import { stockWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** `/desk/stock/items/:itemId?branch=`, or `new`: what an item is, and its lots. */
export async function loader({ request, params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const mayWrite = can(actor.role, 'stock.write');
  const branch = url.searchParams.get('branch');
  const listed = mayWrite ? await listMeasuredPigments(clinic, actor) : undefined;
  const pigments = (listed?.ok ? listed.pigments : []).map(({ setId, setName, id, name }) => ({
    id: `${setId} ${id}`,
    name: `${name} · ${setName}`,
  }));
  if (params.itemId === 'new') {
    if (!mayWrite) throw new Response('This page is not open to your role', { status: 403 });
    const branches: StockBranches = { here: branch, all: [] };
    return { locale, mayWrite, pigments, branches, item: null, usable: '', isLow: false, lots: [] };
  }
  const stock = await readStock(clinic, actor, params.itemId, branch);
  const found = stock.ok ? stock.items[0] : undefined;
  if (!stock.ok || found === undefined) throw new Response('There is no such item', { status: 404 });
  const { item, lots, usable, isLow } = found;
  return {
    locale,
    mayWrite,
    pigments,
    branches: branchesOf(stock),
    item,
    isLow,
    usable: amountText(usable, item, locale),
    lots: lots.map((lot) => ({
      id: lot.id,
      lotNumber: lot.lotNumber,
      left: amountText(lot.balance, item, locale),
      isUsedUp: lot.balance === 0,
      alerts: lot.alerts,
      expires: dayText(lot.expiresOn, locale),
      lastDay: dayText(lot.discardBy, locale),
    })),
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = await request.formData();
  const refuse = (refusal: StockRefusal) =>
    data({ ok: false as const, refusal }, { status: statusOf(refusal) });
  const intent = form.get('intent');
  if (intent === 'retire' || intent === 'restore') {
    const done = await retireItem(clinic, actor, params.itemId, intent === 'retire');
    return done.ok ? { ok: true as const } : refuse(done);
  }
  const sheet = await paperOf(form, 'safetySheet');
  const wish = itemFormOf(form);
  if (params.itemId === 'new') {
    const made = await createItem(clinic, actor, wish, sheet);
    const branch = wish.branchId ? `?branch=${wish.branchId}` : '';
    return made.ok ? redirect(`/desk/stock/items/${made.item.id}${branch}`) : refuse(made);
  }
  const at = { id: params.itemId, version: Number(form.get('version')) };
  const changed = await changeItem(clinic, actor, at, wish, sheet);
  return changed.ok ? { ok: true as const } : refuse(changed);
}

export function meta({ loaderData }: Route.MetaArgs) {
  const words = stockWords[loaderData?.locale ?? 'en'];
  return [{ title: loaderData?.item?.name ?? words.newItem }];
}

export default function ItemPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, item, lots, mayWrite, pigments, branches, usable, isLow } = loaderData;
  const words = stockWords[locale];
  const at = (to: string) => atBranch(to, branches);
  const refusal = actionData?.ok === false ? actionData.refusal : undefined;
  if (item === null) {
    return (
      <>
        <header className="desk-head">
          <h1>{words.newItem}</h1>
          <Link to="/desk/stock">{words.title}</Link>
        </header>
        <ItemFields pigments={pigments} branches={branches} refusal={refusal} words={words} />
      </>
    );
  }
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{item.name}</h1>
          <p className="row">
            <Badge>{words.kinds[item.kind]}</Badge>
            {item.maker === null ? null : <span className="soft">{item.maker}</span>}
            {isLow ? <AlertBadge alert="low" words={words} /> : null}
            {item.retiredAt === null ? null : <Badge>{words.retired}</Badge>}
          </p>
          <BranchSwitch branches={branches} to={`/desk/stock/items/${item.id}`} words={words} />
        </div>
        <div className="row">
          {mayWrite ? (
            <ButtonLink look="strong" to={at(`/desk/stock/receive?item=${item.id}`)}>
              {words.receive}
            </ButtonLink>
          ) : null}
          <ButtonLink to={at('/desk/stock')}>{words.title}</ButtonLink>
        </div>
      </header>
      <div className="stack-l">
        <dl className="facts">
          <dt>{words.usable}</dt>
          <dd>{usable}</dd>
          {item.kind === 'consumable' ? null : (
            <>
              <dt>{words.safetySheet}</dt>
              <dd>
                {item.safetySheetFile === null ? (
                  words.noPaper
                ) : (
                  <a href={`/desk/stock/items/${item.id}/paper`}>{words.openPaper}</a>
                )}
              </dd>
            </>
          )}
          {item.ingredients.length === 0 ? null : (
            <>
              <dt>{words.ingredients}</dt>
              <dd>
                {item.ingredients
                  .map(({ name, ciNumber, cas }) =>
                    [name, ciNumber && `CI ${ciNumber}`, cas].filter(Boolean).join(' '),
                  )
                  .join(', ')}
              </dd>
            </>
          )}
          {item.actives.length === 0 ? null : (
            <>
              <dt>{words.actives}</dt>
              <dd>
                {item.actives
                  .map(({ substance, mgPer, per }) => `${substance} ${mgPer} mg / ${words.units[per]}`)
                  .join(', ')}
              </dd>
            </>
          )}
          {item.needle === null ? null : (
            <>
              <dt>{words.arrangement}</dt>
              <dd>
                {item.needle.points} · {words.arrangements[item.needle.arrangement]} ·{' '}
                {item.needle.diameterMm} mm
              </dd>
            </>
          )}
        </dl>
        <section className="stack-s">
          <h2>{words.lot}</h2>
          {lots.length === 0 ? (
            <p className="soft">{words.noLots}</p>
          ) : (
            <Table
              caption={words.lot}
              rows={lots}
              keyOf={(lot) => lot.id}
              columns={[
                {
                  id: 'lot',
                  title: words.lot,
                  renderCell: (lot) => <Link to={at(`/desk/stock/lots/${lot.id}`)}>{lot.lotNumber}</Link>,
                },
                { id: 'left', title: words.left, number: true, renderCell: (lot) => lot.left },
                { id: 'expires', title: words.expires, renderCell: (lot) => lot.expires ?? '–' },
                { id: 'lastDay', title: words.lastDay, renderCell: (lot) => lot.lastDay ?? '–' },
                {
                  id: 'state',
                  title: words.state,
                  renderCell: (lot) =>
                    lot.isUsedUp ? (
                      <span className="soft">{words.usedUp}</span>
                    ) : lot.alerts.length === 0 ? (
                      words.fine
                    ) : (
                      lot.alerts.map((alert) => <AlertBadge key={alert} alert={alert} words={words} />)
                    ),
                },
              ]}
            />
          )}
        </section>
        {mayWrite ? (
          <section className="stack">
            <h2>{words.change}</h2>
            <ItemFields
              key={`${item.version} ${branches.here}`}
              item={item}
              pigments={pigments}
              branches={branches}
              refusal={refusal}
              words={words}
            />
            <Form method="post">
              <input type="hidden" name="intent" value={item.retiredAt === null ? 'retire' : 'restore'} />
              <Button type="submit" look="quiet">
                {item.retiredAt === null ? words.retire : words.restore}
              </Button>
            </Form>
          </section>
        ) : null}
      </div>
    </>
  );
}

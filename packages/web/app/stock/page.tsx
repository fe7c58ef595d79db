import { can } from '@undertone/clinic/staff/rules.ts';
import { readStock } from '@undertone/clinic/stock/commands.ts';
import { itemKinds } from '@undertone/clinic/stock/schema.ts';
import { Link } from 'react-router';
import { inDigitsOf } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Stipple } from '../ui/mark.tsx';
import { Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/page.ts';
import { statusOf } from './forms.ts';
import { AlertBadge, BranchSwitch } from './parts.tsx';
import './stock.css';
import { amountText, atBranch, branchesOf, dayText } from './view.ts';
import { stockWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** `/desk/stock?branch=`: what needs somebody first, then every item with what may be used of it. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const stock = await readStock(clinic, actor, undefined, url.searchParams.get('branch'));
  if (!stock.ok) throw new Response(stock.message, { status: statusOf(stock) });
  const locale = localeOf(request);
  const items = stock.items.map(({ item, lots, usable, isLow }) => {
    const inUse = lots.filter(({ balance }) => balance !== 0);
    const ends = inUse.filter(({ fault }) => fault === undefined).flatMap((lot) => lot.expiresOn ?? []);
    return {
      id: item.id,
      kind: item.kind,
      name: item.name,
      maker: item.maker,
      isRetired: item.retiredAt !== null,
      isLow,
      usable: amountText(usable, item, locale),
      lots: inDigitsOf(locale, String(inUse.length)),
      expires: dayText(ends[0] ?? null, locale),
      alerts: inUse.flatMap((lot) =>
        lot.alerts.map((alert) => ({
          alert,
          lotId: lot.id,
          lotNumber: lot.lotNumber,
          left: amountText(lot.balance, item, locale),
          ends: dayText(alert === 'discard-passed' ? lot.discardBy : lot.expiresOn, locale),
        })),
      ),
    };
  });
  const branches = branchesOf(stock);
  const ways = stock.onTheWay.flatMap((way) => {
    const of = stock.items.find(({ lots }) => lots.some(({ id }) => id === way.lotId));
    const lot = of?.lots.find(({ id }) => id === way.lotId);
    return of === undefined || lot === undefined
      ? []
      : [
          {
            id: way.id,
            isHere: way.to === stock.branchId,
            lotId: lot.id,
            name: `${of.item.name} · ${lot.lotNumber}`,
            amount: amountText(way.quantity, of.item, locale),
            other: branches.all.find(({ id }) => id === (way.to === stock.branchId ? way.from : way.to))
              ?.name,
          },
        ];
  });
  return { locale, items, ways, branches, mayWrite: can(actor.role, 'stock.write') };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: stockWords[loaderData?.locale ?? 'en'].title }];
}

export default function StockPage({ loaderData }: Route.ComponentProps) {
  const { locale, items, ways, branches, mayWrite } = loaderData;
  const words = stockWords[locale];
  const at = (to: string) => atBranch(to, branches);
  const toLookAt = items.flatMap((item) => [
    ...(item.isLow ? [{ item, alert: 'low' as const, lot: undefined }] : []),
    ...item.alerts.map((lot) => ({ item, alert: lot.alert, lot })),
  ]);
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
          <BranchSwitch branches={branches} to="/desk/stock" words={words} />
        </div>
        {mayWrite ? (
          <div className="row">
            <ButtonLink look="strong" to={at('/desk/stock/receive')}>
              {words.receive}
            </ButtonLink>
            <ButtonLink to={at('/desk/stock/count')}>{words.countAll}</ButtonLink>
            <ButtonLink to={at('/desk/stock/items/new')}>{words.newItem}</ButtonLink>
          </div>
        ) : null}
      </header>
      {items.length === 0 ? (
        <div className="empty">
          <Stipple columns={34} rows={14} tone="patch" />
          <h2>{words.empty}</h2>
          <p className="soft measure">{words.emptyText}</p>
        </div>
      ) : (
        <div className="stack-l">
          <section className="stack-s">
            <h2>{words.attention}</h2>
            {toLookAt.length + ways.length === 0 ? (
              <p className="soft">{words.allWell}</p>
            ) : (
              <ul className="stock-alerts">
                {ways.map((way) => (
                  <li key={way.id}>
                    <Badge tone={way.isHere ? 'ochre' : 'plain'}>{words.onTheWay}</Badge>
                    <Link to={at(`/desk/stock/lots/${way.lotId}`)}>{way.name}</Link>
                    <span className="soft figures">
                      {way.amount}
                      {way.other === undefined ? '' : ` ${way.isHere ? '←' : '→'} ${way.other}`}
                    </span>
                  </li>
                ))}
                {toLookAt.map(({ item, alert, lot }) => (
                  <li key={`${item.id} ${alert} ${lot?.lotId ?? ''}`}>
                    <AlertBadge alert={alert} words={words} />
                    <Link
                      to={at(
                        lot === undefined ? `/desk/stock/items/${item.id}` : `/desk/stock/lots/${lot.lotId}`,
                      )}
                    >
                      {item.name}
                      {lot === undefined ? '' : ` · ${lot.lotNumber}`}
                    </Link>
                    <span className="soft figures">
                      {lot === undefined ? item.usable : [lot.left, lot.ends].filter(Boolean).join(' · ')}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </section>
          {itemKinds.map((kind) => {
            const rows = items.filter((item) => item.kind === kind);
            return rows.length === 0 ? null : (
              <section className="stack-s" key={kind}>
                <div className="row-apart">
                  <h2>{words.kinds[kind]}</h2>
                  {kind === 'pigment' && mayWrite ? <Link to="/desk/pigments">{words.measured}</Link> : null}
                </div>
                <Table
                  caption={words.kinds[kind]}
                  rows={rows}
                  keyOf={(item) => item.id}
                  columns={[
                    {
                      id: 'item',
                      title: words.item,
                      renderCell: (item) => (
                        <span className="stock-name">
                          <Link to={at(`/desk/stock/items/${item.id}`)}>{item.name}</Link>
                          {item.maker === null ? null : <span className="soft small"> {item.maker}</span>}
                          {item.isRetired ? <Badge>{words.retired}</Badge> : null}
                        </span>
                      ),
                    },
                    { id: 'usable', title: words.usable, number: true, renderCell: (item) => item.usable },
                    { id: 'lots', title: words.lot, number: true, renderCell: (item) => item.lots },
                    { id: 'expires', title: words.expires, renderCell: (item) => item.expires ?? '–' },
                  ]}
                />
              </section>
            );
          })}
        </div>
      )}
    </>
  );
}

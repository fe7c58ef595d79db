import { randomUUID } from 'node:crypto';
import { can } from '@undertone/clinic/staff/rules.ts';
import { countLot, readStock } from '@undertone/clinic/stock/commands.ts';
import type { Unit } from '@undertone/clinic/stock/rules.ts';
import { useState } from 'react';
import { data, Link, type ShouldRevalidateFunctionArgs, useFetcher } from 'react-router';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import type { Route } from './+types/count.ts';
import { numberOf, refusalText, statusOf } from './forms.ts';
import { BranchField, BranchSwitch } from './parts.tsx';
import './stock.css';
import { amountText, atBranch, branchesOf, dayText, type StockBranches } from './view.ts';
import { type StockWords, stockWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** `/desk/stock/count?branch=`: every lot with a place for what is there, shelf by shelf, on a phone in the store room. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  if (!can(actor.role, 'stock.write'))
    throw new Response('This page is not open to your role', { status: 403 });
  const stock = await readStock(clinic, actor, undefined, url.searchParams.get('branch'));
  if (!stock.ok) throw new Response(stock.message, { status: statusOf(stock) });
  const locale = localeOf(request);
  return {
    locale,
    branches: branchesOf(stock),
    lots: stock.items.flatMap(({ item, lots }) =>
      lots
        .filter(({ balance }) => balance !== 0)
        .map((lot) => ({
          id: lot.id,
          item: item.name,
          lotNumber: lot.lotNumber,
          unit: item.unit,
          expires: dayText(lot.expiresOn, locale),
          actId: randomUUID(),
        })),
    ),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const lotId = form.lotId ?? '';
  const done = await countLot(clinic, actor, {
    lotId,
    actId: form.actId ?? '',
    branchId: form.branch || null,
    quantity: numberOf(form.quantity) ?? Number.NaN,
    unit: form.unit as Unit,
    reason: form.reason ?? '',
  });
  if (!done.ok) return data({ ok: false as const, refusal: done }, { status: statusOf(done) });
  const stock = await readStock(clinic, actor, done.lot.itemId);
  const item = stock.ok ? stock.items[0]?.item : undefined;
  const isSame = done.difference === 0 || item === undefined;
  const difference = isSame ? null : amountText(done.difference, item, localeOf(request), true);
  return { ok: true as const, difference };
}

/** The list stays as it is while somebody counts along it: a lot found empty does not vanish under their finger. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) {
  return currentUrl.search !== nextUrl.search;
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: stockWords[loaderData?.locale ?? 'en'].countAll }];
}

type Lot = Route.ComponentProps['loaderData']['lots'][number];

export default function CountPage({ loaderData }: Route.ComponentProps) {
  const { locale, lots, branches } = loaderData;
  const words = stockWords[locale];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.countAll}</h1>
          <p className="soft measure">{words.countLead}</p>
          <BranchSwitch branches={branches} to="/desk/stock/count" words={words} />
        </div>
        <Link to={atBranch('/desk/stock', branches)}>{words.title}</Link>
      </header>
      {lots.length === 0 ? <p className="soft">{words.empty}</p> : null}
      <ul className="stock-count">
        {lots.map((lot) => (
          <CountedLot key={lot.id} lot={lot} branches={branches} words={words} />
        ))}
      </ul>
    </>
  );
}

function CountedLot({
  lot,
  branches,
  words,
}: {
  readonly lot: Lot;
  readonly branches: StockBranches;
  readonly words: StockWords;
}) {
  const fetcher = useFetcher<typeof action>();
  const [asksWhy, setAsksWhy] = useState(false);
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined;
  const refusal = answer?.ok === false ? answer.refusal : undefined;
  if (refusal?.reason === 'needs-reason' && !asksWhy) setAsksWhy(true);
  return (
    <li>
      <div>
        <Link to={atBranch(`/desk/stock/lots/${lot.id}`, branches)}>{lot.item}</Link>
        <div className="soft small figures">
          {words.lot} {lot.lotNumber}
          {lot.expires === null ? '' : ` · ${lot.expires}`}
        </div>
      </div>
      {answer?.ok ? (
        <output>
          {answer.difference === null ? words.countSame : words.countDiffers(answer.difference)}
        </output>
      ) : (
        <fetcher.Form method="post" aria-label={`${lot.item} ${lot.lotNumber}`}>
          <input type="hidden" name="lotId" value={lot.id} />
          <BranchField branches={branches} />
          <input type="hidden" name="actId" value={lot.actId} />
          <input type="hidden" name="unit" value={lot.unit} />
          <TextField
            label={words.counted}
            name="quantity"
            inputMode="decimal"
            autoComplete="off"
            unit={words.units[lot.unit]}
            isRequired
            error={
              refusal === undefined || refusal.field === 'reason' ? undefined : refusalText(refusal, words)
            }
          />
          <Button type="submit" isPending={fetcher.state !== 'idle'}>
            {words.count}
          </Button>
          {asksWhy ? (
            <div className="wide">
              <TextField
                label={words.countReason}
                name="reason"
                isRequired
                error={refusal?.field === 'reason' ? refusalText(refusal, words) : undefined}
              />
            </div>
          ) : null}
        </fetcher.Form>
      )}
    </li>
  );
}

import { randomUUID } from 'node:crypto';
import { can } from '@undertone/clinic/staff/rules.ts';
import { readStock, receive } from '@undertone/clinic/stock/commands.ts';
import { unitsOf } from '@undertone/clinic/stock/rules.ts';
import { useState } from 'react';
import { data, Form, Link, redirect, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/receive.ts';
import { paperOf, receiptFormOf, refusalText, statusOf } from './forms.ts';
import { PaperField } from './paper-field.tsx';
import { BranchField, Findings } from './parts.tsx';
import './stock.css';
import { atBranch, branchesOf } from './view.ts';
import { stockWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** `/desk/stock/receive?item=&branch=`: a delivery goes on the shelf, checked first. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  if (!can(actor.role, 'stock.write'))
    throw new Response('This page is not open to your role', { status: 403 });
  const stock = await readStock(clinic, actor, undefined, url.searchParams.get('branch'));
  if (!stock.ok) throw new Response(stock.message, { status: statusOf(stock) });
  return {
    locale: localeOf(request),
    branches: branchesOf(stock),
    chosen: url.searchParams.get('item'),
    // One delivery, one number: sending the form again after a lost reply does not count it twice.
    receiptId: randomUUID(),
    items: stock.items
      .filter(({ item }) => item.retiredAt === null)
      .map(({ item }) => ({
        id: item.id,
        name: item.maker === null ? item.name : `${item.name} · ${item.maker}`,
        kind: item.kind,
        unit: item.unit,
        units: unitsOf[item.baseUnit],
      })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const form = await request.formData();
  const wish = receiptFormOf(form);
  const done = await receive(clinic, actorOf(context), wish, await paperOf(form, 'certificate'));
  const branch = wish.branchId ? `?branch=${wish.branchId}` : '';
  if (done.ok) return redirect(`/desk/stock/lots/${done.lot.id}${branch}`);
  return data({ refusal: done }, { status: statusOf(done) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: stockWords[loaderData?.locale ?? 'en'].receive }];
}

export default function ReceivePage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, items, chosen, receiptId, branches } = loaderData;
  const words = stockWords[locale];
  const [itemId, setItemId] = useState<string | null>(
    items.find(({ id }) => id === chosen)?.id ?? items[0]?.id ?? null,
  );
  // The loader runs again after a refusal; the delivery stays the same one.
  const [ownId] = useState(receiptId);
  const item = items.find(({ id }) => id === itemId);
  const refusal = actionData?.refusal;
  const isBusy = useNavigation().state !== 'idle';
  const faultAt = (field: string) => (refusal?.field === field ? refusalText(refusal, words) : undefined);
  const findings = refusal?.findings ?? [];
  const mayAccept = refusal?.reason === 'receipt-needs-reason';
  return (
    <>
      <header className="desk-head">
        <h1>{words.receive}</h1>
        <Link to={atBranch('/desk/stock', branches)}>{words.title}</Link>
      </header>
      {items.length === 0 ? (
        <p>
          {words.empty}. <Link to="/desk/stock/items/new">{words.newItem}</Link>
        </p>
      ) : (
        <Form method="post" encType="multipart/form-data" className="stock-form">
          {refusal === undefined ? null : (
            <Alert
              tone={mayAccept ? 'ochre' : 'oxide'}
              title={
                mayAccept
                  ? words.askedDelivery
                  : refusal.reason === 'receipt-refused'
                    ? words.refusedDelivery
                    : `${words.notDone}: ${refusalText(refusal, words)}`
              }
              live
            >
              {findings.length === 0 ? undefined : <Findings findings={findings} words={words} />}
            </Alert>
          )}
          <input type="hidden" name="receiptId" value={ownId} />
          {branches.all.length < 2 ? (
            <BranchField branches={branches} />
          ) : (
            <Select
              label={words.branch}
              name="branch"
              options={branches.all.map(({ id, name }) => ({ id, label: name }))}
              defaultValue={branches.here}
              error={faultAt('branchId')}
            />
          )}
          <Select
            label={words.item}
            name="itemId"
            options={items.map(({ id, name }) => ({ id, label: name }))}
            value={itemId}
            onChange={(next) => setItemId(next === null ? null : String(next))}
            error={faultAt('itemId')}
          />
          <div className="stock-fields">
            <TextField
              label={words.lotNumber}
              name="lotNumber"
              isRequired
              autoComplete="off"
              error={faultAt('lotNumber')}
            />
            <TextField label={words.expiresOn} name="expiresOn" type="date" error={faultAt('expiresOn')} />
          </div>
          <div className="stock-fields">
            <TextField
              label={words.quantity}
              name="quantity"
              inputMode="decimal"
              isRequired
              autoComplete="off"
              error={faultAt('quantity')}
            />
            <Select
              key={itemId}
              label={words.unit}
              name="unit"
              options={(item?.units ?? []).map((id) => ({ id, label: words.units[id] }))}
              defaultValue={item?.unit ?? null}
            />
          </div>
          <TextField label={words.supplier} name="supplier" optional={words.optional} />
          <PaperField
            name="certificate"
            label={words.certificate}
            error={faultAt('certificate')}
            words={words}
          />
          {mayAccept ? (
            <TextField
              label={words.acceptedReason}
              name="acceptedReason"
              lines={2}
              hint={words.acceptedHelp}
              isRequired
            />
          ) : null}
          <div>
            <Button type="submit" look="strong" isPending={isBusy}>
              {words.receive}
            </Button>
          </div>
        </Form>
      )}
    </>
  );
}

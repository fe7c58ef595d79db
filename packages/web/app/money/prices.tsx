import {
  addPriceItem,
  readMoney,
  retirePrice,
  saveSettings,
  setTaxRate,
} from '@undertone/clinic/money/commands.ts';
import { rateAfter, rateOn, taxAdvice } from '@undertone/clinic/money/rules.ts';
import { type MoneyRefusal, taxIndication } from '@undertone/clinic/money/schema.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn, typedNumber } from '@undertone/clinic/tenant/schema.ts';
import { Form, useNavigation } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Checkbox, Select, TextField } from '../ui/fields.tsx';
import { Badge, EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/prices.ts';
import './money.css';
import { Notice } from './notice.tsx';
import {
  type Answer,
  amountReader,
  answerOf,
  askedContext,
  faultAt,
  moneyWriter,
  typedIn,
} from './shared.ts';
import { moneyWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'desk', 'auditor')];

/** `/desk/money/prices`: what stands on invoices, the tax of each indication, the price list. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const read = await readMoney(clinic, actor);
  if (!read.ok) throw new Response(read.message, { status: 403 });
  const write = await moneyWriter(clinic, locale);
  const tenant = await mainTenant(clinic);
  const percent = new Intl.NumberFormat(intlTag(locale), { style: 'percent', maximumFractionDigits: 2 });
  const date = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  const dayOf = (rate: { valid_from: string }) => date.format(new Date(`${rate.valid_from}T00:00:00Z`));
  const today = dayIn(tenant?.zone ?? 'UTC', clinic.clock.now());
  return {
    locale,
    mayWrite: can(actor.role, 'settings.write'),
    settings: {
      legalName: read.settings?.legal_name ?? '',
      address: read.settings?.address ?? '',
      gstin: read.settings?.gstin ?? '',
      upiId: read.settings?.upi_id ?? '',
    },
    rates: taxIndication.options.map((indication) => {
      const rate = rateOn(read.rates, indication, today);
      const coming = rateAfter(read.rates, indication, today);
      return {
        indication,
        source: taxAdvice[indication].source,
        rate: rate ? percent.format(rate.rate_bp / 10_000) : null,
        from: rate ? dayOf(rate) : '',
        coming: coming ? { rate: percent.format(coming.rate_bp / 10_000), from: dayOf(coming) } : null,
        note: rate?.note ?? '',
      };
    }),
    items: read.items.map((item) => ({
      id: item.id,
      name: item.name,
      price: write(item.unit_minor),
      includesTax: item.includes_tax,
      sac: item.sac ?? '',
      sessions: item.sessions,
    })),
    today,
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const amountIn = await amountReader(clinic, form);
  const intent = form.intent ?? '';
  const act = async (): Promise<{ ok: true } | MoneyRefusal> => {
    switch (intent) {
      case 'settings':
        return saveSettings(clinic, actor, {
          legalName: form.legalName ?? '',
          address: form.address ?? '',
          gstin: form.gstin ?? '',
          upiId: form.upiId ?? '',
        });
      case 'rate': {
        return setTaxRate(clinic, actor, {
          indication: (form.indication ?? '') as 'cosmetic',
          validFrom: form.validFrom ?? '',
          rateBp: Math.round(typedNumber(form.rate ?? '') * 100),
          note: form.note ?? '',
        });
      }
      case 'price': {
        const price = amountIn('unitMinor');
        if (!price.ok) return price;
        return addPriceItem(clinic, actor, {
          name: form.name ?? '',
          sac: form.sac ?? '',
          unitMinor: price.minor,
          includesTax: form.includesTax === 'yes',
          sessions: typedNumber(form.sessions ?? ''),
        });
      }
      default:
        return retirePrice(clinic, actor, form.id ?? '');
    }
  };
  return answerOf(intent, await act(), form);
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: moneyWords[loaderData?.locale ?? 'en'].settings }];
}

export default function Prices({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, mayWrite, settings, rates, items, today } = loaderData;
  const words = moneyWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const answer: Answer | undefined = actionData;
  const field = (intent: string, name: string, otherwise = '') => ({
    name,
    defaultValue: typedIn(answer, intent, name, otherwise),
    error: faultAt(answer, intent, name, words),
  });
  return (
    <>
      <header className="desk-head">
        <h1>{words.settings}</h1>
        <ButtonLink to="/desk/money">{words.title}</ButtonLink>
      </header>
      <div className="stack-l">
        <Notice answer={answer} words={words} />
        <section className="stack">
          <h2>{words.prices}</h2>
          {items.length === 0 ? (
            <EmptyState title={words.noPrices}>{words.noPricesText}</EmptyState>
          ) : (
            <Table
              caption={words.prices}
              rows={items}
              keyOf={(item) => item.id}
              columns={[
                { id: 'name', title: words.item, renderCell: (item) => item.name },
                {
                  id: 'price',
                  title: words.price,
                  number: true,
                  renderCell: (item) => (
                    <>
                      {item.price}
                      {item.includesTax ? null : <span className="soft"> {words.beforeTax}</span>}
                    </>
                  ),
                },
                { id: 'sac', title: words.sac, renderCell: (item) => item.sac },
                {
                  id: 'sessions',
                  title: words.sessions,
                  number: true,
                  renderCell: (item) => (item.sessions === 0 ? '' : item.sessions),
                },
                {
                  id: 'act',
                  title: words.retire,
                  renderCell: (item) =>
                    mayWrite ? (
                      <Form method="post">
                        <input type="hidden" name="intent" value="retire" />
                        <input type="hidden" name="id" value={item.id} />
                        <Button
                          type="submit"
                          look="quiet"
                          isDisabled={isBusy}
                          aria-label={`${words.retire}: ${item.name}`}
                        >
                          {words.retire}
                        </Button>
                      </Form>
                    ) : null,
                },
              ]}
            />
          )}
          {mayWrite ? (
            <Form
              method="post"
              className="money-form"
              key={`price ${answer?.ok === true ? items.length : ''}`}
            >
              <input type="hidden" name="intent" value="price" />
              <TextField label={words.item} isRequired {...field('price', 'name')} />
              <TextField
                label={words.price}
                inputMode="decimal"
                isRequired
                {...field('price', 'unitMinor')}
              />
              <TextField label={words.sac} inputMode="numeric" {...field('price', 'sac')} />
              <TextField
                label={words.sessions}
                hint={words.sessionsHint}
                inputMode="numeric"
                {...field('price', 'sessions', '0')}
              />
              <Checkbox name="includesTax" value="yes" defaultSelected>
                {words.includesTax}
              </Checkbox>
              <Button type="submit" look="strong" isDisabled={isBusy}>
                {words.addPrice}
              </Button>
            </Form>
          ) : null}
        </section>
        <section className="stack">
          <h2>{words.tax}</h2>
          <p className="soft measure">{words.taxText}</p>
          <Table
            caption={words.tax}
            rows={rates}
            keyOf={(rate) => rate.indication}
            columns={[
              {
                id: 'indication',
                title: words.indication,
                renderCell: (rate) => words.indications[rate.indication],
              },
              {
                id: 'rate',
                title: words.rate,
                number: true,
                renderCell: (rate) => rate.rate ?? <Badge tone="ochre">{words.notSet}</Badge>,
              },
              {
                id: 'from',
                title: words.validFrom,
                renderCell: (rate) => (
                  <>
                    {rate.from}
                    {rate.coming === null ? null : (
                      <>
                        {rate.from === '' ? null : <br />}
                        <span className="soft">{words.coming(rate.coming.rate, rate.coming.from)}</span>
                      </>
                    )}
                  </>
                ),
              },
              { id: 'note', title: words.taxNote, renderCell: (rate) => rate.note },
              {
                id: 'advice',
                title: words.adviceTitle,
                renderCell: (rate) => (
                  <span className="soft">
                    {words.advice[rate.indication]}
                    <br />
                    <span className="small">
                      {words.source}: {rate.source}
                    </span>
                  </span>
                ),
              },
            ]}
          />
          {mayWrite ? (
            <Form method="post" className="money-form">
              <input type="hidden" name="intent" value="rate" />
              <Select
                label={words.indication}
                name="indication"
                defaultValue={typedIn(answer, 'rate', 'indication', 'cosmetic')}
                options={taxIndication.options.map((id) => ({ id, label: words.indications[id] }))}
              />
              <TextField
                label={words.rate}
                inputMode="decimal"
                isRequired
                name="rate"
                defaultValue={typedIn(answer, 'rate', 'rate')}
                error={faultAt(answer, 'rate', 'rateBp', words)}
              />
              <TextField label={words.validFrom} type="date" {...field('rate', 'validFrom', today)} />
              <TextField label={words.taxNote} isRequired {...field('rate', 'note')} />
              <Button type="submit" isDisabled={isBusy}>
                {words.setRate}
              </Button>
            </Form>
          ) : null}
        </section>
        {mayWrite ? (
          <section className="stack">
            <h2>{words.seller}</h2>
            <p className="soft measure">{words.sellerText}</p>
            <Form method="post" className="money-form">
              <input type="hidden" name="intent" value="settings" />
              <TextField
                label={words.legalName}
                isRequired
                {...field('settings', 'legalName', settings.legalName)}
              />
              <TextField label={words.address} {...field('settings', 'address', settings.address)} />
              <TextField
                label={words.gstin}
                hint={words.gstinHint}
                {...field('settings', 'gstin', settings.gstin)}
              />
              <TextField
                label={words.upiId}
                hint={words.upiHint}
                {...field('settings', 'upiId', settings.upiId)}
              />
              <Button type="submit" isDisabled={isBusy}>
                {words.save}
              </Button>
            </Form>
          </section>
        ) : null}
      </div>
    </>
  );
}

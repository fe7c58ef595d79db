import { typedOfMinor } from '@undertone/clinic/money/rules.ts';
import { exportDays } from '@undertone/clinic/money/till.ts';
import { csvText } from '@undertone/clinic/platform/csv.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/export.ts';
import { moneyDigits } from './shared.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'desk', 'auditor')];

/** `/desk/money/export.csv?from=&to=`: every document of a span of days, a row each; no names, only numbers. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const from = url.searchParams.get('from') ?? '';
  const to = url.searchParams.get('to') ?? '';
  const given = await exportDays(clinic, actorOf(context), from, to);
  if (!given.ok) throw new Response(given.message, { status: given.reason === 'not-allowed' ? 403 : 422 });
  const digits = await moneyDigits(clinic);
  /** An amount with a point before the decimals of the currency, as accounting programs read it. */
  const decimal = (minor: number) => Number(typedOfMinor(minor, digits));
  const invoices = given.invoices.map((one) => {
    const sign = one.kind === 'invoice' ? 1 : -1;
    return [
      one.kind,
      one.label,
      one.issued_day,
      '',
      '',
      one.place_of_supply,
      one.buyer_gstin,
      decimal(sign * one.taxable_minor),
      decimal(sign * one.cgst_minor),
      decimal(sign * one.sgst_minor),
      decimal(sign * one.igst_minor),
      decimal(sign * one.total_minor),
    ];
  });
  const payments = given.payments.map((one) => [
    one.kind,
    one.label,
    one.day,
    one.method,
    one.reference,
    null,
    null,
    null,
    null,
    null,
    null,
    decimal(one.kind === 'refund' ? -one.amount_minor : one.amount_minor),
  ]);
  const header = [
    'kind',
    'number',
    'day',
    'method',
    'reference',
    'place_of_supply',
    'buyer_gstin',
    'taxable',
    'cgst',
    'sgst',
    'igst',
    'total',
  ];
  return new Response(csvText(header, [...invoices, ...payments]), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="money-${from}-${to}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}

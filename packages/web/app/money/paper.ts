import { invoicePaper, receiptPaper } from '@undertone/clinic/money/papers.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import type { Route } from './+types/paper.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'desk', 'auditor')];

/** `/desk/money/invoices/:id` and `/desk/money/receipts/:id`: the paper, in the language of the page it was asked from. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const make =
    params.kind === 'invoices' ? invoicePaper : params.kind === 'receipts' ? receiptPaper : undefined;
  if (!make) throw new Response('There is no such paper', { status: 404 });
  const paper = await make(clinic, actorOf(context), params.id, localeOf(request));
  if (!paper.ok) throw new Response(paper.message, { status: paper.reason === 'not-allowed' ? 403 : 404 });
  return new Response(paper.pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${paper.name}"`,
      'Cache-Control': 'no-store',
    },
  });
}

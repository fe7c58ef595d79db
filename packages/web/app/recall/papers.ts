import { csvText } from '@undertone/clinic/platform/csv.ts';
import { readRecall, recallLetter, recallReport } from '@undertone/clinic/stock/recall.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { dayText } from '../stock/view.ts';
import type { Route } from './+types/papers.ts';
import { recallWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** `/desk/recall/:lotId/people.csv`, `…/report.pdf`, `…/letter/:patientId.pdf`. */
export async function loader({ request, params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { lotId } = params;
  const locale = localeOf(request);
  const words = recallWords[locale];
  const refuse = ({ reason, message }: { reason: string; message: string }) =>
    new Response(message, { status: reason === 'not-allowed' ? 403 : 404 });
  if (url.pathname.endsWith('.csv')) {
    const page = await readRecall(clinic, actor, lotId);
    if (!page.ok) throw refuse(page);
    const header = [
      'patient',
      'name',
      'telephone',
      'language',
      'sessions',
      'state',
      'attempts',
      'last_attempt',
    ];
    const rows = page.people.map((one) => [
      one.patientId,
      one.name,
      one.phone,
      one.language,
      one.sessions.map(({ at }) => at.toISOString()).join(' '),
      one.state,
      one.contacts.length,
      one.contacts.at(-1)?.at.toISOString() ?? null,
    ]);
    return paper(csvText(header, rows), 'text/csv; charset=utf-8', 'recall.csv');
  }
  const patientId = 'file' in params && params.file?.replace(/\.pdf$/, '');
  const made =
    typeof patientId === 'string'
      ? await recallLetter(clinic, actor, { lotId, patientId })
      : await recallReport(clinic, actor, lotId, {
          title: words.reportTitle,
          language: locale,
          facts: ({ item, lot, recall }, counts) => [
            [words.item, item.name],
            [words.maker, item.maker ?? '–'],
            [words.lot, lot.lotNumber],
            [words.expires, dayText(lot.expiresOn, locale) ?? '–'],
            [words.reason, recall?.reason ?? '–'],
            [words.people, String(counts.people)],
            [words.states.reached, String(counts.reached)],
            [words.states.declined, String(counts.declined)],
            [words.states.tried, String(counts.tried)],
            [words.states['not-yet'], String(counts.notYet)],
          ],
          head: [words.number, words.sessions, words.state, words.lastAttempt],
          row: (person, number, at) => {
            const last = person.contacts.at(-1);
            return [
              String(number),
              person.sessions.map((one) => at(one.at)).join(', '),
              words.states[person.state],
              last === undefined ? '–' : `${words.ways[last.way]}, ${at(last.at)}`,
            ];
          },
        });
  if (!made.ok) throw refuse(made);
  return paper(Buffer.from(made.pdf), 'application/pdf', 'recall.pdf');
}

function paper(body: string | Buffer, type: string, name: string): Response {
  return new Response(body as BodyInit, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Type': type,
      'Content-Disposition': `${type.startsWith('text') ? 'attachment' : 'inline'}; filename="${name}"`,
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

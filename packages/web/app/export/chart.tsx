import { askForRecord, makeRecordLink, recordExports } from '@undertone/clinic/export/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, useNavigation } from 'react-router';
import { deskTag, intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/chart.ts';
import './export.css';
import { exportWords, sizeText } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/patients/:patientId/export`: copies of the whole record, and a link for the patient. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const [found, tenant] = await Promise.all([
    recordExports(clinic, actorOf(context), params.patientId),
    mainTenant(clinic),
  ]);
  if (!found.ok) throw new Response(found.message, { status: found.reason === 'not-allowed' ? 403 : 404 });
  const tag = deskTag(locale);
  const moment = new Intl.DateTimeFormat(tag, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    copies: found.exports.map(({ id, state, askedAt, byLink, sizeBytes, expiresAt }) => ({
      id,
      state,
      asked: moment.format(askedAt),
      byLink,
      size: sizeText(sizeBytes, tag),
      until: expiresAt === null || state !== 'ready' ? '' : moment.format(expiresAt),
    })),
  };
}

interface Answer {
  readonly link?: { readonly url: string; readonly until: string };
  readonly refused?: string;
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { act } = formTexts(await request.formData());
  if (act === 'link') {
    const made = await makeRecordLink(clinic, actor, params.patientId);
    if (!made.ok) return data<Answer>({ refused: made.reason }, { status: 422 });
    const tenant = await mainTenant(clinic);
    const until = new Intl.DateTimeFormat(intlTag(localeOf(request)), {
      dateStyle: 'medium',
      timeZone: tenant?.zone ?? 'UTC',
    }).format(made.until);
    return data<Answer>({ link: { url: made.url, until } }, { headers: { 'Cache-Control': 'no-store' } });
  }
  const asked = await askForRecord(clinic, actor, params.patientId);
  return asked.ok ? data<Answer>({}) : data<Answer>({ refused: asked.reason }, { status: 422 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: exportWords[loaderData?.locale ?? 'en'].title }];
}

export default function Copies({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, copies } = loaderData;
  const words = exportWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const isMaking = copies.some(({ state }) => state === 'queued');
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h2>{words.title}</h2>
        <p className="soft measure">{words.lead}</p>
      </header>
      {actionData?.refused === undefined ? null : (
        <Alert tone="oxide" title={words.refusals[actionData.refused] ?? words.refusals.other ?? ''} live />
      )}
      {isMaking ? <Alert tone="nil" title={words.making} live /> : null}
      {copies.length === 0 ? (
        <p className="soft">{words.none}</p>
      ) : (
        <Table
          caption={words.title}
          rows={copies}
          keyOf={(copy) => copy.id}
          columns={[
            {
              id: 'asked',
              title: words.asked,
              renderCell: (copy) => (
                <>
                  {copy.asked}
                  {copy.byLink ? <span className="soft"> {words.byPatient}</span> : null}
                </>
              ),
            },
            {
              id: 'state',
              title: words.state,
              renderCell: (copy) => (
                <Badge
                  tone={copy.state === 'ready' ? 'verdigris' : copy.state === 'failed' ? 'oxide' : 'nil'}
                >
                  {words.states[copy.state]}
                </Badge>
              ),
            },
            { id: 'until', title: words.until, renderCell: (copy) => copy.until },
            {
              id: 'fetch',
              title: words.copy,
              renderCell: (copy) =>
                copy.state === 'ready' ? (
                  <a className="button" href={`/desk/exports/${copy.id}/record.zip`} download>
                    {words.fetch(copy.size)}
                  </a>
                ) : null,
            },
          ]}
        />
      )}
      <Form method="post">
        <Button type="submit" look="strong" name="act" value="copy" isDisabled={isBusy || isMaking}>
          {words.make}
        </Button>
      </Form>
      <section className="stack measure">
        <h3>{words.linkTitle}</h3>
        <p className="soft">{words.linkText}</p>
        {actionData?.link === undefined ? null : (
          <Alert tone="verdigris" title={words.linkMade(actionData.link.until)} live>
            <code className="export-address" data-testid="record-link">
              {actionData.link.url}
            </code>
          </Alert>
        )}
        <Form method="post">
          <input type="hidden" name="act" value="link" />
          <Button type="submit" isDisabled={isBusy}>
            {words.makeLink}
          </Button>
        </Form>
      </section>
    </div>
  );
}

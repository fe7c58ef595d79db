import { askByLink, openRecordLink, proveRecordLink } from '@undertone/clinic/export/commands.ts';
import type { Asks } from '@undertone/clinic/export/schema.ts';
import { data, redirect } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { formTexts } from '../server/form.ts';
import type { Route } from './+types/own.ts';
import { openedFor, passCookie, privately } from './opened.ts';
import { ProofField } from './proof-field.tsx';
import { exportWords, sizeText } from './words.ts';

/** `/:lang/record/:token`: a patient asks for her own record. Complete without scripts. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic, tenant, locale, pass } = await openedFor(request, params, context);
  const opened = await openRecordLink(clinic, tenant.id, params.token, pass);
  const page = {
    locale,
    clinicName: tenant.name,
    here: `/${locale}/record/${params.token}`,
    asks: null as Asks | null,
    gone: null as string | null,
    state: 'none' as 'none' | 'making' | 'ready',
    size: '',
  };
  if (!opened.ok) {
    if (opened.reason === 'proof-needed')
      return data({ ...page, asks: opened.asks ?? ('birth-date' as const) }, { headers: privately });
    const status = opened.reason === 'link-unknown' ? 404 : 410;
    return data({ ...page, gone: opened.reason as string }, { status, headers: privately });
  }
  const ready = opened.exports.find(({ state }) => state === 'ready');
  const isMaking = opened.exports.some(({ state }) => state === 'queued');
  return data(
    {
      ...page,
      state: ready ? ('ready' as const) : isMaking ? ('making' as const) : ('none' as const),
      size: ready ? sizeText(ready.sizeBytes, intlTag(locale)) : '',
    },
    { headers: privately },
  );
}

export function headers({ loaderHeaders }: Route.HeadersArgs) {
  return loaderHeaders;
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic, tenant, locale, pass, https } = await openedFor(request, params, context);
  const form = formTexts(await request.formData());
  const here = `/${locale}/record/${params.token}`;
  if (form.intent === 'prove') {
    const proved = await proveRecordLink(clinic, tenant.id, params.token, form.answer ?? '');
    if (!proved.ok) return data({ refused: proved.reason as string }, { status: 422 });
    return redirect(here, { headers: { 'Set-Cookie': passCookie(proved.linkId, proved.pass, https) } });
  }
  await askByLink(clinic, tenant.id, params.token, pass);
  return redirect(here);
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  return [
    { title: `${exportWords[loaderData.locale].ownTitle} · ${loaderData.clinicName}` },
    { name: 'robots', content: 'noindex' },
  ];
}

export default function OwnRecord({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, clinicName, here, asks, gone, state, size } = loaderData;
  const words = exportWords[locale];
  if (gone !== null) {
    return (
      <article className="text-page">
        <header className="text-head">
          <h1>{words.gone}</h1>
          <p className="text-lead">{words.refusals[gone] ?? words.refusals.other}</p>
        </header>
      </article>
    );
  }
  const refused = actionData?.refused;
  return (
    <article className="text-page">
      <header className="text-head">
        <h1>{words.ownTitle}</h1>
        <p className="text-lead">{asks === null ? words.ownLead(clinicName) : words.proveLead}</p>
      </header>
      {asks === null ? (
        <div className="stack">
          {state === 'ready' ? (
            <p>
              <a className="button" data-look="strong" href={`${here}/record.zip`} download>
                {words.fetch(size)}
              </a>
            </p>
          ) : (
            <form method="post" className="stack">
              <p role="status">{state === 'making' ? words.ownMaking : null}</p>
              <p>
                {state === 'making' ? (
                  <a className="button" href={here}>
                    {words.reload}
                  </a>
                ) : (
                  <button type="submit" className="button" data-look="strong" name="intent" value="make">
                    {words.ownMake}
                  </button>
                )}
              </p>
            </form>
          )}
          <p className="text-note">{words.keep}</p>
        </div>
      ) : (
        <form method="post" className="stack" autoComplete="off">
          <ProofField
            asks={asks}
            words={words}
            fault={refused === undefined ? undefined : (words.refusals[refused] ?? words.refusals.other)}
          />
          <p>
            <button type="submit" className="button" data-look="strong" name="intent" value="prove">
              {words.go}
            </button>
          </p>
        </form>
      )}
    </article>
  );
}

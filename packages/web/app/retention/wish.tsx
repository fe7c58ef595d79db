import { confirmErasure, openErasureLink } from '@undertone/clinic/retention/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, type RouterContextProvider } from 'react-router';
import { privately } from '../export/opened.ts';
import { ProofField } from '../export/proof-field.tsx';
import { isLocale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import type { Route } from './+types/wish.ts';
import { erasureWords } from './words.ts';

async function placeOf(lang: string, context: Readonly<RouterContextProvider>) {
  const { clinic } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  if (!isLocale(lang) || tenant === undefined) throw new Response('There is no page here', { status: 404 });
  return { clinic, tenant, locale: lang };
}

/** `/:lang/erase/:token`: a patient asks to be erased. Complete without scripts; it tells nothing about anybody. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic, tenant, locale } = await placeOf(params.lang, context);
  const opened = await openErasureLink(clinic, tenant.id, params.token);
  const page = { locale, clinicName: tenant.name };
  if (!opened.ok) {
    const status = opened.reason === 'link-unknown' ? 404 : 410;
    return data(
      { ...page, asked: null, isTaken: false, gone: opened.reason as string | null },
      { status, headers: privately },
    );
  }
  return data({ ...page, asked: opened.asked, isTaken: opened.isTaken, gone: null }, { headers: privately });
}

export function headers({ loaderHeaders }: Route.HeadersArgs) {
  return loaderHeaders;
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic, tenant } = await placeOf(params.lang, context);
  const { answer = '' } = formTexts(await request.formData());
  const asked = await confirmErasure(clinic, tenant.id, params.token, answer);
  return asked.ok ? data({ refused: null }) : data({ refused: asked.reason as string }, { status: 422 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  return [
    { title: `${erasureWords[loaderData.locale].wishTitle} · ${loaderData.clinicName}` },
    { name: 'robots', content: 'noindex' },
  ];
}

export default function ErasureWish({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, clinicName, asked, isTaken, gone } = loaderData;
  const words = erasureWords[locale];
  const isDone = isTaken || actionData?.refused === null;
  const title = gone !== null ? words.gone : isDone ? words.wishTaken : words.wishTitle;
  const lead =
    gone !== null ? words.refusals[gone] : isDone ? words.wishTakenLead : words.wishLead(clinicName);
  const refused = actionData?.refused ?? null;
  return (
    <article className="text-page">
      <header className="text-head">
        <h1>{title}</h1>
        <p className="text-lead">{lead}</p>
      </header>
      {gone !== null || isDone ? null : (
        <form method="post" className="stack" autoComplete="off">
          <p className="text-note">{words.wishStays}</p>
          {asked === null || asked === 'nothing' ? null : (
            <ProofField
              asks={asked}
              words={words}
              fault={refused === null ? undefined : words.refusals[refused]}
            />
          )}
          <p>
            <button type="submit" className="button" data-look="strong">
              {words.wishSend}
            </button>
          </p>
        </form>
      )}
    </article>
  );
}

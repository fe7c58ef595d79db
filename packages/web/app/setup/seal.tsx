import {
  installSealCertificate,
  readSealCertificate,
  removeSealCertificate,
} from '@undertone/clinic/consent/own-certificate.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, useNavigation } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/seal.ts';
import { sealWords } from './seal-words.ts';
import './setup.css';
import { setupWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/setup/seal`: whose certificate seals documents; the clinic's own is brought and taken away here. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const [read, tenant] = [await readSealCertificate(clinic, actorOf(context)), await mainTenant(clinic)];
  if (!read.ok) throw new Response(read.message, { status: 403 });
  const locale = localeOf(request);
  const day = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const { own, isUsed } = read;
  return {
    locale,
    isUsed,
    own: own === undefined ? null : { ...own, until: day.format(own.validUntil) },
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = await request.formData();
  if (form.get('intent') === 'remove') {
    const gone = await removeSealCertificate(clinic, actor);
    if (!gone.ok) throw new Response(gone.message, { status: 403 });
    return data({ did: 'removed' as const });
  }
  const file = form.get('file');
  const password = form.get('password');
  const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  const done = await installSealCertificate(
    clinic,
    actor,
    bytes,
    typeof password === 'string' ? password : '',
  );
  if (done.ok) return data({ did: 'installed' as const });
  if (done.reason === 'not-allowed') throw new Response(done.message, { status: 403 });
  return data({ did: 'refused' as const, reason: done.reason, field: done.field }, { status: 422 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: sealWords[loaderData?.locale ?? 'en'].title }];
}

export default function SealPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, own, isUsed } = loaderData;
  const words = sealWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const refused = actionData?.did === 'refused' ? actionData : undefined;
  const fault = refused === undefined ? undefined : (words.faults[refused.reason] ?? words.notDone);
  const fileFault = refused?.field === 'file' ? fault : undefined;
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        <ButtonLink to="/desk/setup">{setupWords[locale].back}</ButtonLink>
      </header>
      <div className="stack-l">
        {refused === undefined ? null : <Alert tone="oxide" title={`${words.notDone}: ${fault}`} live />}
        {actionData?.did === 'installed' ? <Alert tone="verdigris" title={words.installed} live /> : null}
        {actionData?.did === 'removed' ? <Alert tone="verdigris" title={words.removed} live /> : null}
        <section className="stack measure">
          <p>{own === null ? words.made : isUsed ? words.own : words.past}</p>
          {own === null ? null : (
            <dl className="facts">
              <dt>{words.subject}</dt>
              <dd>{own.subject}</dd>
              <dt>{words.issuer}</dt>
              <dd>{own.issuer}</dd>
              <dt>{words.until}</dt>
              <dd>{own.until}</dd>
              <dt>{words.chain}</dt>
              <dd>{own.chainLength}</dd>
              <dt>{words.fingerprint}</dt>
              <dd className="hash">{own.fingerprint}</dd>
            </dl>
          )}
        </section>
        <section className="stack measure">
          <h2>{own === null ? words.bring : words.replace}</h2>
          <Form method="post" encType="multipart/form-data" className="setup-form">
            <div className="field">
              <label className="field-label" htmlFor="file">
                {words.file}
              </label>
              <input
                className="input"
                type="file"
                id="file"
                name="file"
                accept=".p12,.pfx,application/x-pkcs12"
                required
                aria-invalid={fileFault !== undefined}
                aria-describedby={fileFault === undefined ? 'file-hint' : 'file-hint file-fault'}
              />
              {fileFault === undefined ? null : (
                <p className="field-error" id="file-fault">
                  {fileFault}
                </p>
              )}
              <p className="field-hint" id="file-hint">
                {words.fileHint}
              </p>
            </div>
            <TextField
              label={words.password}
              hint={words.passwordHint}
              name="password"
              type="password"
              autoComplete="off"
              error={refused?.field === 'password' ? fault : undefined}
            />
            <p>
              <Button type="submit" look="strong" isDisabled={isBusy}>
                {words.install}
              </Button>
            </p>
          </Form>
        </section>
        {own === null ? null : (
          <Form method="post" className="stack-s measure">
            <input type="hidden" name="intent" value="remove" />
            <p className="soft">{words.removeText}</p>
            <p>
              <Button type="submit" look="grave" isDisabled={isBusy}>
                {words.remove}
              </Button>
            </p>
          </Form>
        )}
      </div>
    </>
  );
}

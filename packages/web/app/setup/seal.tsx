import {
  installSealCertificate,
  mayChangeSeal,
  readSealCertificate,
  removeSealCertificate,
} from '@undertone/clinic/consent/own-certificate.ts';
import { sealCertificate } from '@undertone/clinic/consent/seal.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, useNavigation } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { proofStatus, proving } from '../staff/ask-proof.ts';
import { ProofPage } from '../staff/proof.tsx';
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
  const actor = actorOf(context);
  const [read, may, certificate, tenant] = await Promise.all([
    readSealCertificate(clinic, actor),
    mayChangeSeal(clinic, actor),
    sealCertificate(clinic, actor.tenantId),
    mainTenant(clinic),
  ]);
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
    /** A file cannot wait behind the question who is there: the form is shown once that is answered. */
    isProven: may.ok,
    hasSealed: certificate !== undefined,
    own: own === undefined ? null : { ...own, until: day.format(own.validUntil) },
  };
}

type Answer =
  | { readonly did: 'proved' | 'installed' | 'removed' | 'lapsed' }
  | { readonly did: 'refused'; readonly reason: string; readonly field: 'file' | 'password' | undefined };

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const answer = await proving({ request, context }, async (form): Promise<Answer | 'proof-needed'> => {
    const intent = form.get('intent');
    const done =
      intent === 'bring'
        ? await mayChangeSeal(clinic, actor)
        : intent === 'remove'
          ? await removeSealCertificate(clinic, actor)
          : await install(form);
    if (done.ok) {
      if (intent === 'bring') return { did: 'proved' };
      return { did: intent === 'remove' ? 'removed' : 'installed' };
    }
    if (done.reason === 'not-allowed') throw new Response(done.message, { status: 403 });
    if (done.reason !== 'proof-needed') return { did: 'refused', reason: done.reason, field: done.field };
    // Neither file nor password goes back to the page, so this form cannot be sent on by the proof.
    return intent === 'bring' || intent === 'remove' ? 'proof-needed' : { did: 'lapsed' };
  });
  if ('proof' in answer) return data(answer, { status: proofStatus(answer.proof) });
  return data(answer, { status: answer.did === 'refused' ? 422 : 200 });

  async function install(form: FormData) {
    const [file, password] = [form.get('file'), form.get('password')];
    const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
    return installSealCertificate(clinic, actor, bytes, typeof password === 'string' ? password : '');
  }
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: sealWords[loaderData?.locale ?? 'en'].title }];
}

export default function SealPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, own, isUsed, isProven, hasSealed } = loaderData;
  const isBusy = useNavigation().state !== 'idle';
  if (actionData !== undefined && 'proof' in actionData)
    return <ProofPage locale={locale} asked={actionData.proof} to="/desk/setup/seal" />;
  const words = sealWords[locale];
  const refused = actionData?.did === 'refused' ? actionData : undefined;
  const fault = refused === undefined ? undefined : (words.faults[refused.reason] ?? words.notDone);
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
        {actionData?.did === 'lapsed' ? <Alert tone="oxide" title={words.lapsed} live /> : null}
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
              <dd className="setup-hash">{own.fingerprint}</dd>
            </dl>
          )}
          {hasSealed ? (
            <p>
              <a href="/desk/setup/seal/certificate.pem" download>
                {words.forCheckers}
              </a>
            </p>
          ) : null}
        </section>
        <section className="stack measure">
          <h2>{own === null ? words.bring : words.replace}</h2>
          {isProven ? (
            <InstallForm
              // Emptied once its file is in use.
              key={own?.fingerprint}
              locale={locale}
              isBusy={isBusy}
              field={refused?.field}
              fault={fault}
            />
          ) : (
            <Form method="post" className="stack-s">
              <input type="hidden" name="intent" value="bring" />
              <p className="soft">{words.proofFirst}</p>
              <p>
                <Button type="submit" look="strong">
                  {words.chooseFile}
                </Button>
              </p>
            </Form>
          )}
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

function InstallForm({
  locale,
  isBusy,
  field,
  fault,
}: {
  readonly locale: Route.ComponentProps['loaderData']['locale'];
  readonly isBusy: boolean;
  readonly field: 'file' | 'password' | undefined;
  readonly fault: string | undefined;
}) {
  const words = sealWords[locale];
  const fileFault = field === 'file' ? fault : undefined;
  return (
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
        error={field === 'password' ? fault : undefined}
      />
      <p>
        <Button type="submit" look="strong" isDisabled={isBusy}>
          {words.install}
        </Button>
      </p>
    </Form>
  );
}

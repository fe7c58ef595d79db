import { createApiToken, listApiTokens, revokeApiToken } from '@undertone/clinic/api-tokens/commands.ts';
import { type Scope, scopes } from '@undertone/clinic/api-tokens/schema.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { listBranches, mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';
import { data, Form, useNavigation } from 'react-router';
import { deskTag, intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { proofStatus, proving } from '../staff/ask-proof.ts';
import { ProofPage } from '../staff/proof.tsx';
import { Button } from '../ui/button.tsx';
import { Checkbox, TextField } from '../ui/fields.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/tokens.ts';
import { apiWords } from './words.ts';
import '../export/export.css';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/programs`: which programs may ask in whose name, until when; new ones, and ending them. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const actor = actorOf(context);
  const [listed, tenant, branches] = await Promise.all([
    listApiTokens(clinic, actor),
    mainTenant(clinic),
    listBranches(clinic, actor.tenantId),
  ]);
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  const timeZone = tenant?.zone ?? 'UTC';
  const date = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone });
  const moment = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  return {
    locale,
    branches: branches.map(({ id, name }) => ({ id, name })),
    tokens: listed.tokens.map(
      ({ id, name, scopes: may, branches: at, madeBy, expiresAt, lastUsedAt, state }) => ({
        id,
        name,
        may,
        at: branches.filter((one) => at?.includes(one.id)).map((one) => one.name),
        madeBy,
        until: date.format(expiresAt),
        lastUsed: lastUsedAt === null ? null : moment.format(lastUsedAt),
        state,
      }),
    ),
  };
}

interface Answer {
  readonly secret?: string;
  readonly ended?: boolean;
  readonly fault?: 'name' | 'scopes' | 'days' | 'other';
  /** What was typed, so that nothing is lost. */
  readonly typed?: {
    readonly name: string;
    readonly scopes: readonly string[];
    readonly branches: readonly string[];
    readonly days: string;
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const answer = await proving({ request, context }, (form) => act(clinic, actor, form));
  const headers = { 'Cache-Control': 'no-store' };
  if ('proof' in answer) return data(answer, { status: proofStatus(answer.proof), headers });
  return data(answer, answer.fault === undefined ? { headers } : { status: 422 });
}

async function act(clinic: Clinic, actor: Actor, form: FormData): Promise<Answer | 'proof-needed'> {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  if (text('act') === 'end') {
    const done = await revokeApiToken(clinic, actor, text('id'));
    return done.ok ? { ended: true } : { fault: 'other' };
  }
  const typed = {
    name: text('name'),
    scopes: form.getAll('scope').filter((one) => typeof one === 'string'),
    branches: form.getAll('branch').filter((one) => typeof one === 'string'),
    days: text('days'),
  };
  const made = await createApiToken(clinic, actor, {
    name: typed.name,
    scopes: typed.scopes as Scope[],
    branches: typed.branches,
    days: typedNumber(typed.days),
  });
  if (made.ok) return { secret: made.secret };
  if (made.reason === 'proof-needed') return 'proof-needed';
  const known = ['name', 'scopes', 'days'] as const;
  const fault = known.find((field) => field === made.field) ?? 'other';
  return { fault, typed };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: apiWords[loaderData?.locale ?? 'en'].title }];
}

export default function Programs({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, tokens, branches } = loaderData;
  const words = apiWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  if (actionData !== undefined && 'proof' in actionData)
    return <ProofPage locale={locale} asked={actionData.proof} to="/desk/programs" />;
  const { fault, typed } = actionData ?? {};
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
      </header>
      <div className="stack-l">
        {fault === undefined ? null : <Alert tone="oxide" title={words.faults[fault]} live />}
        {actionData?.ended === true ? <Alert tone="verdigris" title={words.ended} live /> : null}
        {actionData?.secret === undefined ? null : (
          <Alert tone="verdigris" title={words.made} live>
            <p>
              <code className="export-address" data-testid="secret">
                {actionData.secret}
              </code>
            </p>
            <p className="soft">{words.madeText}</p>
          </Alert>
        )}
        {tokens.length === 0 ? (
          <p className="soft">{words.none}</p>
        ) : (
          <Table
            caption={words.title}
            rows={tokens}
            keyOf={(token) => token.id}
            columns={[
              {
                id: 'name',
                title: words.name,
                renderCell: (token) => (
                  <>
                    {token.name}
                    <br />
                    <span className="soft">
                      {[...token.may.map((scope) => words.scopes[scope]), ...token.at].join('; ')}
                    </span>
                  </>
                ),
              },
              { id: 'by', title: words.by, renderCell: (token) => token.madeBy },
              { id: 'until', title: words.until, renderCell: (token) => token.until },
              { id: 'used', title: words.lastUsed, renderCell: (token) => token.lastUsed ?? words.never },
              {
                id: 'state',
                title: words.state,
                renderCell: (token) =>
                  token.state === 'good' ? (
                    <Form method="post" className="row">
                      <Badge tone="verdigris">{words.states.good}</Badge>
                      <input type="hidden" name="act" value="end" />
                      <input type="hidden" name="id" value={token.id} />
                      <Button
                        type="submit"
                        look="grave"
                        isDisabled={isBusy}
                        aria-label={`${words.end}: ${token.name}`}
                      >
                        {words.end}
                      </Button>
                    </Form>
                  ) : (
                    <Badge tone="nil">{words.states[token.state]}</Badge>
                  ),
              },
            ]}
          />
        )}
        <section className="stack measure">
          <h2>{words.make}</h2>
          <Form method="post" className="stack" key={actionData?.secret ?? ''}>
            <TextField
              label={words.name}
              hint={words.nameHint}
              name="name"
              defaultValue={typed?.name ?? ''}
              error={fault === 'name' ? words.faults.name : undefined}
            />
            <fieldset className="export-scopes">
              <legend>{words.may}</legend>
              {scopes.map((scope) => (
                <Checkbox
                  key={scope}
                  name="scope"
                  value={scope}
                  defaultSelected={typed?.scopes.includes(scope) ?? false}
                >
                  {words.scopes[scope]}
                </Checkbox>
              ))}
            </fieldset>
            {branches.length < 2 ? null : (
              <fieldset className="export-scopes">
                <legend>{words.branches}</legend>
                <p className="soft small">{words.branchesHint}</p>
                {branches.map(({ id, name }) => (
                  <Checkbox
                    key={id}
                    name="branch"
                    value={id}
                    defaultSelected={typed?.branches.includes(id) ?? false}
                  >
                    {name}
                  </Checkbox>
                ))}
              </fieldset>
            )}
            <TextField
              label={words.days}
              name="days"
              inputMode="numeric"
              defaultValue={typed?.days ?? '90'}
              error={fault === 'days' ? words.faults.days : undefined}
            />
            <p>
              <Button type="submit" look="strong" isDisabled={isBusy}>
                {words.makeIt}
              </Button>
            </p>
          </Form>
        </section>
      </div>
    </>
  );
}

import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import {
  publishText,
  readPublicPage,
  reviewText,
  saveDraft,
  textHistory,
} from '@undertone/clinic/visitor/commands.ts';
import { parseText, problemsOf } from '@undertone/clinic/visitor/rules.ts';
import { languageSchema, pageKeySchema, textInputSchema } from '@undertone/clinic/visitor/schema.ts';
import { useState } from 'react';
import { data, Form, Link } from 'react-router';
import { intlTag, localeNames } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { TextBlocks } from '../site/text-blocks.tsx';
import { siteWords } from '../site/words.ts';
import '../site/text-page.css';
import { Said, useSaid } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/editor.ts';
import './texts.css';
import { textsWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

function nameOf(params: { language: string; page: string }) {
  const language = languageSchema.safeParse(params.language);
  const pageKey = pageKeySchema.safeParse(params.page);
  if (!language.success || !pageKey.success) throw new Response('There is no such text', { status: 404 });
  return { language: language.data, pageKey: pageKey.data };
}

/** `/desk/texts/:language/:page?version=`: one text, its versions, and what it would look like. */
export async function loader({ request, params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const { tenantId } = actorOf(context);
  const name = nameOf(params);
  const locale = localeOf(request);
  const [versions, shown, tenant] = await Promise.all([
    textHistory(clinic, tenantId, name),
    readPublicPage(clinic, tenantId, name),
    mainTenant(clinic),
  ]);
  const asked = Number(url.searchParams.get('version'));
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    ...name,
    lagsBehind: shown?.lagsBehind ?? false,
    versions: versions.map(({ version, state, publishedAt }) => ({
      version,
      state,
      published: publishedAt === null ? '' : date.format(new Date(publishedAt)),
    })),
    text: versions.find(({ version }) => version === asked) ?? versions[0] ?? null,
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const name = nameOf(params);
  const form = await request.formData();
  const version = Number(form.get('version'));
  const intent = form.get('intent');
  if (intent === 'draft') {
    const parsed = textInputSchema.safeParse({ ...Object.fromEntries(form), ...name });
    if (!parsed.success) {
      const faults = Object.fromEntries(
        parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]),
      );
      return data({ did: 'nothing' as const, faults }, { status: 422 });
    }
    const saved = await saveDraft(clinic, actor, parsed.data);
    return saved.ok
      ? data({ did: 'saved' as const, version: saved.version })
      : data({ did: 'refused' as const, message: saved.message }, { status: 403 });
  }
  const command = intent === 'review' ? reviewText : publishText;
  const done = await command(clinic, actor, { ...name, version });
  if (done.ok) return data({ did: intent === 'review' ? ('reviewed' as const) : ('published' as const) });
  return data(
    { did: 'refused' as const, message: done.message },
    { status: done.reason === 'not-allowed' ? 403 : 422 },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: textsWords[loaderData?.locale ?? 'en'].title }];
}

export default function TextEditor({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, language, pageKey, text, versions, lagsBehind } = loaderData;
  const words = textsWords[locale];
  const say = useSaid();
  const key = `${language}/${pageKey}/${text?.version ?? 0}`;
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>
            {siteWords[locale].menu[pageKey]} · {localeNames[language]}
          </h1>
          <p className="row">
            {text ? <Badge>{`${words.states[text.state]} ${text.version}`}</Badge> : null}
            <span className="soft">
              {text?.reviewedBy ? words.reviewed(text.reviewedBy) : words.unreviewed}
            </span>
            {lagsBehind ? <Badge tone="ochre">{words.lagging}</Badge> : null}
          </p>
        </div>
        <Link to="/desk/texts">{words.all}</Link>
      </header>
      {actionData?.did === 'refused' ? (
        <Alert tone="oxide" title={say(actionData.message).text} live />
      ) : null}
      {actionData?.did === 'saved' ? (
        <Alert tone="verdigris" title={words.saved(actionData.version)} live />
      ) : null}
      {actionData?.did === 'published' ? <Alert tone="verdigris" title={words.published} live /> : null}
      <Editor key={key} {...loaderData} faults={actionData?.did === 'nothing' ? actionData.faults : {}} />
      <section className="stack">
        <h2>{words.history}</h2>
        <Table
          caption={words.history}
          rows={versions}
          keyOf={(one) => String(one.version)}
          columns={[
            {
              id: 'version',
              title: words.version,
              renderCell: (one) => <Link to={`?version=${one.version}`}>{one.version}</Link>,
            },
            { id: 'state', title: words.state, renderCell: (one) => words.states[one.state] },
            {
              id: 'published',
              title: words.states.published,
              renderCell: (one) => one.published,
            },
          ]}
        />
      </section>
    </>
  );
}

type EditorProps = Route.ComponentProps['loaderData'] & { readonly faults: Readonly<Record<string, string>> };

/** The form and, beside it, the text as visitors would see it, with what keeps it from being published. */
function Editor({ locale, language, pageKey, text, faults }: EditorProps) {
  const words = textsWords[locale];
  const say = useSaid();
  const faultAt = (field: string) => (faults[field] === undefined ? undefined : say(faults[field]).text);
  const [title, setTitle] = useState(text?.title ?? '');
  const [description, setDescription] = useState(text?.description ?? '');
  const [body, setBody] = useState(text?.body ?? '');
  const parsed = parseText(body);
  const problems = problemsOf({ pageKey, language, title, description, body });
  const isChanged = title !== text?.title || description !== text?.description || body !== text?.body;
  return (
    <div className="text-editor">
      <div className="stack">
        <Form method="post" className="stack">
          <input type="hidden" name="intent" value="draft" />
          <TextField
            label={words.heading}
            name="title"
            value={title}
            onChange={setTitle}
            error={faultAt('title')}
          />
          <TextField
            label={words.description}
            name="description"
            lines={2}
            value={description}
            onChange={setDescription}
            error={faultAt('description')}
          />
          <TextField
            label={words.body}
            name="body"
            lines={26}
            hint={words.bodyHint}
            value={body}
            onChange={setBody}
            error={faultAt('body')}
          />
          <Button type="submit" look="strong" isDisabled={!isChanged}>
            {words.saveDraft}
          </Button>
        </Form>
        {text && !isChanged ? (
          <div className="row">
            <Decide
              intent="review"
              version={text.version}
              label={words.review}
              isDone={text.reviewedBy !== null}
            />
            <Decide
              intent="publish"
              version={text.version}
              label={words.publish}
              isDone={text.state === 'published' || problems.length > 0}
            />
          </div>
        ) : null}
      </div>
      <section className="text-body text-editor-preview" lang={language} aria-label={words.preview}>
        {problems.length === 0 ? null : (
          <Alert tone="ochre" title={words.problems}>
            <ul>
              {problems.map((problem) => (
                <li key={`${problem.line}${problem.message}`}>
                  {words.line(problem.line)}: <Said>{problem.message}</Said>
                </li>
              ))}
            </ul>
          </Alert>
        )}
        <TextBlocks blocks={parsed.blocks} locale={language} cited={parsed.sources} />
      </section>
    </div>
  );
}

interface DecideProps {
  readonly intent: 'review' | 'publish';
  readonly version: number;
  readonly label: string;
  readonly isDone: boolean;
}

function Decide({ intent, version, label, isDone }: DecideProps) {
  return (
    <Form method="post">
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="version" value={version} />
      <Button type="submit" isDisabled={isDone}>
        {label}
      </Button>
    </Form>
  );
}

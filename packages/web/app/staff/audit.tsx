import { checkLog, readLog } from '@undertone/clinic/staff/audit-log.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, Link, useNavigation } from 'react-router';
import { deskTag, intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/audit.ts';
import './audit.css';
import { staffWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'auditor')];

/** `/desk/audit?before=&subject=&actor=`: who did what, newest first; ids only, never a patient's name. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const before = Number(url.searchParams.get('before') ?? '');
  const subjectId = url.searchParams.get('subject');
  const actorId = url.searchParams.get('actor');
  const read = await readLog(clinic, actorOf(context), {
    ...(Number.isSafeInteger(before) && before > 0 && { before }),
    ...(subjectId !== null && { subjectId }),
    ...(actorId !== null && { actorId }),
  });
  if (!read.ok) throw new Response(read.message, { status: 403 });
  const tenant = await mainTenant(clinic);
  const when = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const kept = new URLSearchParams();
  if (subjectId !== null) kept.set('subject', subjectId);
  if (actorId !== null) kept.set('actor', actorId);
  if (read.next !== null) kept.set('before', String(read.next));
  return {
    locale,
    isFirst: url.search === '',
    older: read.next === null ? null : `/desk/audit?${kept}`,
    lines: read.lines.map(({ seq, entry, who, why }) => ({
      seq,
      when: entry ? when.format(new Date(entry.at)) : '',
      who,
      actorKind: entry?.actor.kind ?? '',
      what: entry?.action ?? '',
      subjectKind: entry?.subject.kind ?? '',
      subjectId: entry?.subject.id ?? null,
      why: why === null ? '' : why.state === 'said' ? why.words : staffWords[locale].reasonGone[why.state],
    })),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const checked = await checkLog(clinic, actorOf(context));
  if (!checked.ok) throw new Response(checked.message, { status: 403 });
  const number = new Intl.NumberFormat(intlTag(localeOf(request)));
  return data({
    entries: number.format(checked.entries),
    faults: checked.faults.map(({ message }) => message).slice(0, 20),
  });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: staffWords[loaderData?.locale ?? 'en'].log }];
}

export default function AuditLog({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, lines, older, isFirst } = loaderData;
  const words = staffWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const others: Readonly<Record<string, string>> = {
    system: words.program,
    visitor: words.visitor,
    link: words.link,
  };
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.log}</h1>
          <p className="soft measure">{words.logLead}</p>
        </div>
        <Form method="post">
          <Button type="submit" isPending={isBusy}>
            {words.checkLog}
          </Button>
        </Form>
      </header>
      <div className="stack">
        {actionData ? (
          actionData.faults.length === 0 ? (
            <Alert tone="verdigris" title={words.logWhole(actionData.entries)} live />
          ) : (
            <Alert tone="oxide" title={words.logBroken} live>
              <ul lang="en">
                {actionData.faults.map((fault) => (
                  <li key={fault}>{fault}</li>
                ))}
              </ul>
            </Alert>
          )
        ) : null}
        <div className="audit-log">
          <Table
            caption={words.log}
            rows={lines}
            keyOf={(line) => String(line.seq)}
            columns={[
              { id: 'seq', title: '#', number: true, renderCell: (line) => line.seq },
              { id: 'when', title: words.when, renderCell: (line) => line.when },
              {
                id: 'who',
                title: words.who,
                renderCell: (line) => line.who ?? others[line.actorKind] ?? line.actorKind,
              },
              { id: 'what', title: words.what, renderCell: (line) => <code>{line.what}</code> },
              {
                id: 'whom',
                title: words.whom,
                renderCell: (line) =>
                  line.subjectId === null ? (
                    line.subjectKind
                  ) : (
                    <Link
                      to={`/desk/audit?subject=${encodeURIComponent(line.subjectId)}`}
                      title={words.onlySubject}
                    >
                      {line.subjectKind} {line.subjectId.slice(-6)}
                    </Link>
                  ),
              },
              { id: 'why', title: words.why, renderCell: (line) => line.why },
            ]}
          />
        </div>
        <div className="row">
          {isFirst ? null : <ButtonLink to="/desk/audit">{words.newest}</ButtonLink>}
          {older === null ? null : <ButtonLink to={older}>{words.older}</ButtonLink>}
        </div>
      </div>
    </>
  );
}

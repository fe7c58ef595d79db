import {
  createInvite,
  createPasswordLink,
  listStaff,
  setDisabled,
  setRole,
} from '@undertone/clinic/staff/commands.ts';
import { type Role, role } from '@undertone/clinic/staff/schema.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, useNavigation } from 'react-router';
import { apiWords } from '../api/words.ts';
import { intlTag, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/members.ts';
import { staffWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/staff`: who works here, in which role; links for those who join or forgot their password. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const [listed, tenant] = await Promise.all([listStaff(clinic, actor), mainTenant(clinic)]);
  if ('ok' in listed) throw new Response(listed.message, { status: 403 });
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    members: listed.map(({ id, name, email, role: is, isDisabled, hasCode, createdAt }) => ({
      id,
      name,
      email,
      role: is,
      isDisabled,
      hasCode,
      since: date.format(createdAt),
      isSelf: id === actor.staffId,
    })),
  };
}

interface Answer {
  readonly link?: { readonly url: string; readonly until: string; readonly kind: 'invite' | 'password' };
  readonly done?: boolean;
  readonly fault?: 'last-owner' | 'other';
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const locale = localeOf(request);
  const tenant = await mainTenant(clinic);
  const when = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const answer = await act();
  return data(answer, answer.fault ? { status: 422 } : { headers: { 'Cache-Control': 'no-store' } });

  async function act(): Promise<Answer> {
    const id = form.id ?? '';
    const wanted = role.safeParse(form.role);
    switch (form.act) {
      case 'invite': {
        if (!wanted.success) return { fault: 'other' };
        const made = await createInvite(clinic, actor, wanted.data);
        return 'url' in made ? linkOf(made, 'invite') : { fault: 'other' };
      }
      case 'password': {
        const made = await createPasswordLink(clinic, actor, id);
        return 'url' in made ? linkOf(made, 'password') : { fault: 'other' };
      }
      case 'role': {
        if (!wanted.success) return { fault: 'other' };
        return outcomeOf(await setRole(clinic, actor, id, wanted.data));
      }
      case 'shut-out':
      case 'let-in':
        return outcomeOf(await setDisabled(clinic, actor, id, form.act === 'shut-out'));
      default:
        return { fault: 'other' };
    }
  }

  function linkOf(
    { url, expiresAt }: { readonly url: string; readonly expiresAt: Date },
    kind: 'invite' | 'password',
  ): Answer {
    return { link: { url, until: when.format(expiresAt), kind } };
  }
}

function outcomeOf(result: { readonly ok: boolean; readonly reason?: string }): Answer {
  if (result.ok) return { done: true };
  return { fault: result.reason === 'last-owner' ? 'last-owner' : 'other' };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: staffWords[loaderData?.locale ?? 'en'].title }];
}

export default function Members({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, members } = loaderData;
  const words = staffWords[locale];
  const { roles } = messagesFor(locale);
  const isBusy = useNavigation().state !== 'idle';
  const options = role.options.map((id) => ({ id, label: roles[id] }));
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        <ButtonLink to="/desk/programs">{apiWords[locale].title}</ButtonLink>
      </header>
      <div className="stack-l">
        {actionData?.fault ? (
          <Alert
            tone="oxide"
            title={actionData.fault === 'last-owner' ? words.lastOwner : words.notDone}
            live
          />
        ) : null}
        {actionData?.done === true ? <Alert tone="verdigris" title={words.done} live /> : null}
        {actionData?.link ? (
          <Alert
            tone="nil"
            title={actionData.link.kind === 'invite' ? words.linkInvite : words.linkPassword}
            live
          >
            <p>
              <code className="break" data-testid="link">
                {actionData.link.url}
              </code>
            </p>
            <p className="soft">{words.linkUntil(actionData.link.until)}</p>
          </Alert>
        ) : null}
        <Table
          caption={words.title}
          rows={members}
          keyOf={(member) => member.id}
          columns={[
            {
              id: 'name',
              title: words.name,
              renderCell: (member) => (
                <>
                  {member.name}
                  <br />
                  <span className="soft">{member.email}</span>
                </>
              ),
            },
            {
              id: 'role',
              title: words.role,
              renderCell: (member) =>
                member.isSelf || member.isDisabled ? (
                  roles[member.role]
                ) : (
                  <RoleForm member={member} words={words} options={options} isBusy={isBusy} />
                ),
            },
            {
              id: 'second',
              title: words.second,
              renderCell: (member) => (
                <Badge tone={member.hasCode ? 'verdigris' : 'ochre'}>
                  {member.hasCode ? words.on : words.off}
                </Badge>
              ),
            },
            { id: 'since', title: words.since, renderCell: (member) => member.since },
            {
              id: 'acts',
              title: words.acts,
              renderCell: (member) =>
                member.isSelf ? (
                  <Badge tone="nil">{words.self}</Badge>
                ) : (
                  <div className="row">
                    {member.isDisabled ? null : (
                      <MemberAct act="password" label={words.newPassword} member={member} isBusy={isBusy} />
                    )}
                    <MemberAct
                      act={member.isDisabled ? 'let-in' : 'shut-out'}
                      label={member.isDisabled ? words.letIn : words.shutOut}
                      member={member}
                      isBusy={isBusy}
                    />
                  </div>
                ),
            },
          ]}
        />
        <section className="stack measure">
          <h2>{words.invite}</h2>
          <p className="soft">{words.inviteText}</p>
          <Form method="post" className="row">
            <input type="hidden" name="act" value="invite" />
            <Select label={words.role} name="role" defaultValue="desk" options={options} />
            <Button type="submit" look="strong" isDisabled={isBusy}>
              {words.makeLink}
            </Button>
          </Form>
        </section>
      </div>
    </>
  );
}

interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

function RoleForm({
  member,
  words,
  options,
  isBusy,
}: {
  readonly member: Member;
  readonly words: (typeof staffWords)['en'];
  readonly options: readonly { id: string; label: string }[];
  readonly isBusy: boolean;
}) {
  return (
    <Form method="post" className="row" key={member.role}>
      <input type="hidden" name="act" value="role" />
      <input type="hidden" name="id" value={member.id} />
      <Select label={words.roleOf(member.name)} name="role" defaultValue={member.role} options={options} />
      <Button type="submit" look="quiet" isDisabled={isBusy} aria-label={`${words.change}: ${member.name}`}>
        {words.change}
      </Button>
    </Form>
  );
}

function MemberAct({
  act,
  label,
  member,
  isBusy,
}: {
  readonly act: string;
  readonly label: string;
  readonly member: Member;
  readonly isBusy: boolean;
}) {
  return (
    <Form method="post">
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="id" value={member.id} />
      <Button
        type="submit"
        look={act === 'shut-out' ? 'grave' : 'plain'}
        isDisabled={isBusy}
        aria-label={`${label}: ${member.name}`}
      >
        {label}
      </Button>
    </Form>
  );
}

import {
  createInvite,
  createPasswordLink,
  listStaff,
  setBranches,
  setDisabled,
  setRole,
  takeSecondStepOff,
} from '@undertone/clinic/staff/commands.ts';
import { type Role, role } from '@undertone/clinic/staff/schema.ts';
import { listBranches, mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, useNavigation } from 'react-router';
import { apiWords } from '../api/words.ts';
import { deskTag, intlTag, type Locale, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { branchWords } from '../setup/branch-words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Checkbox, Select } from '../ui/fields.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/members.ts';
import { proofStatus, proving } from './ask-proof.ts';
import { ProofPage } from './proof.tsx';
import { proofWords } from './proof-words.ts';
import { staffWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/staff`: who works here, in which role; links for those who join or forgot their password. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const [listed, tenant, open] = await Promise.all([
    listStaff(clinic, actor),
    mainTenant(clinic),
    listBranches(clinic, actor.tenantId),
  ]);
  if ('ok' in listed) throw new Response(listed.message, { status: 403 });
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    branches: open.map(({ id, name }) => ({ id, name })),
    members: listed.map(({ id, name, email, role: is, isDisabled, hasSecondStep, branches, createdAt }) => ({
      id,
      name,
      email,
      role: is,
      isDisabled,
      hasSecondStep,
      at: branches ?? [],
      since: date.format(createdAt),
      isSelf: id === actor.staffId,
    })),
  };
}

interface Answer {
  readonly link?: { readonly url: string; readonly until: string; readonly kind: 'invite' | 'password' };
  readonly done?: boolean;
  readonly fault?: 'last-owner' | 'owner-everywhere' | 'other';
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const tenant = await mainTenant(clinic);
  const when = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const headers = { 'Cache-Control': 'no-store' };
  const answer = await proving({ request, context }, async (sent) =>
    act(
      formTexts(sent),
      sent.getAll('branch').filter((one) => typeof one === 'string'),
    ),
  );
  if ('proof' in answer) return data(answer, { status: proofStatus(answer.proof), headers });
  return data(answer, answer.fault ? { status: 422 } : { headers });

  async function act(
    form: Partial<Record<string, string>>,
    at: readonly string[],
  ): Promise<Answer | 'proof-needed'> {
    const id = form.id ?? '';
    const wanted = role.safeParse(form.role);
    switch (form.act) {
      case 'invite': {
        if (!wanted.success) return { fault: 'other' };
        const made = await createInvite(clinic, actor, wanted.data);
        return 'url' in made ? linkOf(made, 'invite') : outcomeOf(made);
      }
      case 'password': {
        const made = await createPasswordLink(clinic, actor, id);
        return 'url' in made ? linkOf(made, 'password') : outcomeOf(made);
      }
      case 'role': {
        if (!wanted.success) return { fault: 'other' };
        return outcomeOf(await setRole(clinic, actor, id, wanted.data));
      }
      case 'shut-out':
      case 'let-in':
        return outcomeOf(await setDisabled(clinic, actor, id, form.act === 'shut-out'));
      case 'branches':
        return outcomeOf(await setBranches(clinic, actor, id, at));
      case 'second-step-off':
        return outcomeOf(await takeSecondStepOff(clinic, actor, id));
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

function outcomeOf(result: { readonly ok: boolean; readonly reason?: string }): Answer | 'proof-needed' {
  if (result.ok) return { done: true };
  if (result.reason === 'proof-needed') return 'proof-needed';
  const { reason } = result;
  return { fault: reason === 'last-owner' || reason === 'owner-everywhere' ? reason : 'other' };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: staffWords[loaderData?.locale ?? 'en'].title }];
}

export default function Members({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, members, branches } = loaderData;
  const words = staffWords[locale];
  const { roles } = messagesFor(locale);
  const isBusy = useNavigation().state !== 'idle';
  const options = role.options.map((id) => ({ id, label: roles[id] }));
  if (actionData !== undefined && 'proof' in actionData)
    return <ProofPage locale={locale} asked={actionData.proof} to="/desk/staff" />;
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        <div className="row">
          <ButtonLink to="/desk/staff/second-step">{proofWords[locale].rule}</ButtonLink>
          <ButtonLink to="/desk/programs">{apiWords[locale].title}</ButtonLink>
        </div>
      </header>
      <div className="stack-l">
        {actionData?.fault ? (
          <Alert
            tone="oxide"
            title={
              {
                'last-owner': words.lastOwner,
                'owner-everywhere': branchWords[locale].ownerEverywhere,
                other: words.notDone,
              }[actionData.fault]
            }
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
                <Badge tone={member.hasSecondStep ? 'verdigris' : 'ochre'}>
                  {member.hasSecondStep ? words.on : words.off}
                </Badge>
              ),
            },
            ...(branches.length > 1
              ? [
                  {
                    id: 'branches',
                    title: branchWords[locale].worksAt,
                    renderCell: (member: (typeof members)[number]) => (
                      <BranchForm member={member} branches={branches} locale={locale} isBusy={isBusy} />
                    ),
                  },
                ]
              : []),
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
                    {member.hasSecondStep && !member.isDisabled ? (
                      <MemberAct
                        act="second-step-off"
                        label={proofWords[locale].takeOff}
                        member={member}
                        isBusy={isBusy}
                      />
                    ) : null}
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

/** At which branches a member works, and a form to change it that stays folded until it is wanted. */
function BranchForm({
  member,
  branches,
  locale,
  isBusy,
}: {
  readonly member: Member & { readonly at: readonly string[]; readonly isDisabled: boolean };
  readonly branches: readonly { readonly id: string; readonly name: string }[];
  readonly locale: Locale;
  readonly isBusy: boolean;
}) {
  const words = branchWords[locale];
  const names = branches.filter(({ id }) => member.at.includes(id)).map(({ name }) => name);
  const text = names.length === 0 ? words.everywhere : names.join(', ');
  if (member.role === 'owner' || member.isDisabled) return text;
  return (
    <details>
      <summary aria-label={`${text}: ${member.name}`}>{text}</summary>
      <Form method="post" className="stack-s" key={member.at.join()}>
        <input type="hidden" name="act" value="branches" />
        <input type="hidden" name="id" value={member.id} />
        {branches.map(({ id, name }) => (
          <Checkbox key={id} name="branch" value={id} defaultSelected={member.at.includes(id)}>
            {name}
          </Checkbox>
        ))}
        <p className="soft small">{words.chooseText}</p>
        <div>
          <Button
            type="submit"
            look="quiet"
            isDisabled={isBusy}
            aria-label={`${staffWords[locale].change}: ${member.name}`}
          >
            {staffWords[locale].change}
          </Button>
        </div>
      </Form>
    </details>
  );
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

import { changeDay, changeHours, readWholeSetup, removeDay } from '@undertone/clinic/booking/commands.ts';
import { readHours, writeHours } from '@undertone/clinic/booking/rules.ts';
import { listBranches } from '@undertone/clinic/tenant/commands.ts';
import { Form, useNavigation } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/hours.ts';
import { type Answer, answerOf, formOf, textOf, typedOf } from './answer.ts';
import { Choice, Input, Notice, WeekFields, weekOf } from './parts.tsx';
import './setup.css';
import { setupWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/setup/hours`: the week of each branch, and the days that differ from it. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const setup = await readWholeSetup(clinic, actor);
  if (!setup.ok) throw new Response(setup.message, { status: 403 });
  const branches = await listBranches(clinic, actor.tenantId);
  const date = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'full', timeZone: 'UTC' });
  const nameOf = (list: readonly { id: string; name: string }[], id: string | null) =>
    list.find((one) => one.id === id)?.name ?? '';
  return {
    locale,
    branches: branches.map(({ id, name }) => ({
      id,
      name,
      week: setup.hours
        .filter((one) => one.branch_id === id && one.practitioner_id === null)
        .map((one) => ({ weekday: one.weekday, openMin: one.open_min, closeMin: one.close_min })),
    })),
    people: setup.people.map(({ id, name }) => ({ id, name })),
    days: setup.exceptions.map((one) => ({
      id: one.id,
      day: date.format(new Date(`${one.day}T00:00:00Z`)),
      branch: nameOf(branches, one.branch_id),
      person: nameOf(setup.people, one.practitioner_id),
      hours: writeHours(
        Array.from({ length: one.spans.length / 2 }, (_, i) => ({
          openMin: one.spans[2 * i] as number,
          closeMin: one.spans[2 * i + 1] as number,
        })),
      ),
      reason: one.reason ?? '',
    })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const typed = typedOf(await request.formData());
  const intent = textOf(typed, 'intent');
  const branchId = textOf(typed, 'branchId');
  if (intent === 'remove')
    return answerOf(intent, await removeDay(clinic, actor, textOf(typed, 'id')), typed);
  if (intent === 'day') {
    const spans = readHours(textOf(typed, 'hours'));
    if (spans === undefined) return answerOf(intent, { ok: false, reason: 'hours', field: 'hours' }, typed);
    const day = {
      branchId,
      practitionerId: textOf(typed, 'practitionerId') || null,
      day: textOf(typed, 'day'),
      spans,
      reason: textOf(typed, 'reason') || null,
    };
    return answerOf(intent, await changeDay(clinic, actor, day), typed);
  }
  const read = weekOf(typed, branchId);
  if (!read.ok) return answerOf(intent, read, typed);
  return answerOf(intent, await changeHours(clinic, actor, { branchId, week: read.week }), typed);
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: setupWords[loaderData?.locale ?? 'en'].hours }];
}

export default function HoursPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, branches, people, days } = loaderData;
  const words = setupWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const answer: Answer | undefined = actionData;
  const fill = formOf(answer, 'day', locale);
  return (
    <>
      <header className="desk-head">
        <h1>{words.hours}</h1>
        <ButtonLink to="/desk/setup">{words.back}</ButtonLink>
      </header>
      <div className="stack-l">
        <Notice answer={answer} locale={locale} />
        {branches.map((branch) => (
          <section className="stack" key={branch.id}>
            <h2>{branch.name}</h2>
            <Form method="post" className="setup-form">
              <input type="hidden" name="intent" value={`week ${branch.id}`} />
              <input type="hidden" name="branchId" value={branch.id} />
              <WeekFields
                prefix={branch.id}
                week={branch.week}
                fill={formOf(answer, `week ${branch.id}`, locale)}
                locale={locale}
              />
              <p className="field-hint">{words.hoursHint}</p>
              <p>
                <Button type="submit" look="strong" isDisabled={isBusy}>
                  {words.save}
                </Button>
              </p>
            </Form>
          </section>
        ))}
        <section className="stack">
          <h2>{words.days}</h2>
          <p className="soft measure">{words.daysText}</p>
          {days.length === 0 ? (
            <p className="soft">{words.noDays}</p>
          ) : (
            <Table
              caption={words.days}
              rows={days}
              keyOf={(one) => one.id}
              columns={[
                { id: 'day', title: words.day, renderCell: (one) => one.day },
                {
                  id: 'whom',
                  title: words.whom,
                  renderCell: (one) =>
                    [one.person || words.everybody, ...(branches.length > 1 ? [one.branch] : [])].join(', '),
                },
                { id: 'hours', title: words.dayHours, renderCell: (one) => one.hours || words.closed },
                { id: 'reason', title: words.reason, renderCell: (one) => one.reason },
                {
                  id: 'act',
                  title: words.removeDay,
                  renderCell: (one) => (
                    <Form method="post">
                      <input type="hidden" name="intent" value="remove" />
                      <input type="hidden" name="id" value={one.id} />
                      <Button
                        type="submit"
                        look="quiet"
                        isDisabled={isBusy}
                        aria-label={`${words.removeDay}: ${one.day}`}
                      >
                        {words.removeDay}
                      </Button>
                    </Form>
                  ),
                },
              ]}
            />
          )}
          <Form method="post" className="setup-form" key={days.length}>
            <input type="hidden" name="intent" value="day" />
            <div className="setup-row">
              <Input
                id="day"
                type="date"
                label={words.day}
                value={fill.value('day', '')}
                error={fill.error('day')}
              />
              <Input
                id="hours"
                label={words.dayHours}
                value={fill.value('hours', '')}
                error={fill.error('hours')}
                hint={words.dayHoursHint}
              />
            </div>
            <div className="setup-row">
              {branches.length > 1 ? (
                <Choice
                  id="branchId"
                  label={words.branch}
                  value={fill.value('branchId', branches[0]?.id ?? '')}
                  options={Object.fromEntries(branches.map(({ id, name }) => [id, name]))}
                />
              ) : (
                <input type="hidden" name="branchId" value={branches[0]?.id ?? ''} />
              )}
              <Choice
                id="practitionerId"
                label={words.whom}
                value={fill.value('practitionerId', '')}
                options={{
                  '': words.everybody,
                  ...Object.fromEntries(people.map(({ id, name }) => [id, name])),
                }}
              />
              <Input
                id="reason"
                label={words.reason}
                value={fill.value('reason', '')}
                error={fill.error('reason')}
                optional={words.optional}
              />
            </div>
            <p>
              <Button type="submit" look="strong" isDisabled={isBusy}>
                {words.addDay}
              </Button>
            </p>
          </Form>
        </section>
      </div>
    </>
  );
}

import { randomUUID } from 'node:crypto';
import { staffNames } from '@undertone/clinic/staff/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { stockZone } from '@undertone/clinic/stock/commands.ts';
import {
  closeRecall,
  countsOf,
  openRecall,
  readRecall,
  recordContact,
  sendRecallMessages,
} from '@undertone/clinic/stock/recall.ts';
import {
  type ContactOutcome,
  type ContactWay,
  contactOutcomes,
} from '@undertone/clinic/stock/recall-rules.ts';
import type { StockRefusal } from '@undertone/clinic/stock/rules.ts';
import { data, Form, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { refusalText, statusOf } from '../stock/forms.ts';
import '../stock/stock.css';
import { amountText, momentText } from '../stock/view.ts';
import { stockWords } from '../stock/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Alert, Badge, type Tone } from '../ui/surfaces.tsx';
import type { Route } from './+types/page.ts';
import './recall.css';
import { type RecallWords, recallWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** `/desk/recall/:lotId`: everyone a lot touched, and how far each has been reached. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const page = await readRecall(clinic, actor, params.lotId);
  if (!page.ok) throw new Response(page.message, { status: page.reason === 'not-allowed' ? 403 : 404 });
  const locale = localeOf(request);
  const [names, zone] = await Promise.all([
    staffNames(clinic, actor.tenantId),
    stockZone(clinic.db, actor.tenantId),
  ]);
  const day = (at: Date) => momentText(at, zone, locale) ?? '';
  const { recall, people } = page;
  return {
    locale,
    lotId: page.lot.id,
    name: `${page.item.name} · ${page.lot.lotNumber}`,
    mayOpen: can(actor.role, 'stock.write'),
    mayContact: can(actor.role, 'patient.write'),
    mayClose: can(actor.role, 'plan.write'),
    onTheWay: page.onTheWay.map(({ quantity }) => amountText(quantity, page.item, locale)).join(' · '),
    counts: countsOf(people),
    recall:
      recall === undefined
        ? null
        : {
            reason: recall.reason,
            openedAt: day(recall.openedAt),
            closedAt: recall.closedAt === null ? null : day(recall.closedAt),
            closing: recall.closing,
          },
    people: people.map((person) => ({
      id: person.patientId,
      actId: randomUUID(),
      name: person.name,
      phone: person.phone,
      state: person.state,
      sessions: person.sessions.map(({ id, at, treatment, zones, isSpot }) => ({
        id,
        isSpot,
        at: day(at),
        treatment,
        zones: zones.join(', '),
      })),
      contacts: person.contacts.map((one) => ({
        id: one.id,
        way: one.way,
        outcome: one.outcome,
        delivery: one.delivery,
        note: one.note,
        at: day(one.at),
        by: names.get(one.madeBy) ?? '',
      })),
    })),
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const { lotId } = params;
  const refuse = (refusal: StockRefusal) =>
    data({ ok: false as const, refusal, person: form.patientId ?? null }, { status: statusOf(refusal) });
  if (form.intent === 'send') {
    const sent = await sendRecallMessages(clinic, actor, lotId);
    return sent.ok
      ? { ok: true as const, sent: { written: sent.written, toCall: sent.toCall } }
      : refuse(sent);
  }
  const done =
    form.intent === 'open'
      ? await openRecall(clinic, actor, { lotId, reason: form.reason ?? '' })
      : form.intent === 'close'
        ? await closeRecall(clinic, actor, { lotId, closing: form.closing ?? '' })
        : await recordContact(clinic, actor, {
            lotId,
            patientId: form.patientId ?? '',
            way: form.way as ContactWay,
            outcome: form.outcome as ContactOutcome,
            note: form.note ?? '',
            actId: form.actId ?? '',
          });
  return done.ok ? { ok: true as const, sent: null } : refuse(done);
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: loaderData ? `${recallWords[loaderData.locale].title}: ${loaderData.name}` : '' }];
}

const tones: Record<string, Tone> = {
  'not-yet': 'oxide',
  tried: 'ochre',
  reached: 'verdigris',
  declined: 'plain',
};

export default function RecallPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, lotId, name, recall, people, counts, onTheWay } = loaderData;
  const { mayOpen, mayClose, mayContact } = loaderData;
  const words = recallWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const isOpen = recall !== null && recall.closedAt === null;
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>
            {words.title}: {name}
          </h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        <div className="row">
          {people.length === 0 ? null : (
            <>
              <a className="button" href={`/desk/recall/${lotId}/people.csv`}>
                {words.csv}
              </a>
              <a className="button" href={`/desk/recall/${lotId}/report.pdf`}>
                {words.report}
              </a>
            </>
          )}
          <ButtonLink to={`/desk/stock/lots/${lotId}`}>{words.toLot}</ButtonLink>
        </div>
      </header>
      <div className="stack-l">
        {actionData?.ok === false && actionData.person === null ? (
          <Alert
            tone="oxide"
            title={`${words.notDone}: ${refusalText(actionData.refusal, stockWords[locale])}`}
            live
          />
        ) : null}
        {actionData?.ok === true && actionData.sent ? (
          <Alert tone="verdigris" title={words.wrote(actionData.sent.written, actionData.sent.toCall)} live />
        ) : null}
        {recall === null ? null : (
          <Alert
            tone={isOpen ? 'oxide' : 'plain'}
            title={isOpen ? words.opened(recall.openedAt) : words.closed(recall.closedAt ?? '')}
          >
            <p>{isOpen ? recall.reason : recall.closing}</p>
            <p className="figures">
              {words.reached}: {words.of(counts.reached + counts.declined, counts.people)}
            </p>
          </Alert>
        )}
        {onTheWay === '' ? null : (
          <p>
            <Badge tone="ochre">{stockWords[locale].onTheWay}</Badge>{' '}
            <span className="figures">{onTheWay}</span>
          </p>
        )}
        {!isOpen && mayOpen ? (
          <Form method="post" className="recall-act" aria-label={words.open}>
            <input type="hidden" name="intent" value="open" />
            <TextField label={words.reason} name="reason" hint={words.openHelp} isRequired />
            <div>
              <Button type="submit" look="grave" isDisabled={isBusy}>
                {words.open}
              </Button>
            </div>
          </Form>
        ) : null}
        {isOpen && mayOpen && counts.notYet > 0 ? (
          <Form method="post" className="recall-act" aria-label={words.send}>
            <input type="hidden" name="intent" value="send" />
            <p className="soft small measure">{words.sendHelp}</p>
            <div>
              <Button type="submit" look="strong" isDisabled={isBusy}>
                {words.send}
              </Button>
            </div>
          </Form>
        ) : null}
        {people.length === 0 ? (
          <p>{words.nobody}</p>
        ) : (
          <ul className="recall-people">
            {people.map((person) => (
              <Person
                key={person.id}
                person={person}
                lotId={lotId}
                words={words}
                mayContact={isOpen && mayContact}
                fault={
                  actionData?.ok === false && actionData.person === person.id
                    ? refusalText(actionData.refusal, stockWords[locale])
                    : undefined
                }
                isBusy={isBusy}
              />
            ))}
          </ul>
        )}
        {isOpen && mayClose ? (
          <Form method="post" className="recall-act" aria-label={words.close}>
            <input type="hidden" name="intent" value="close" />
            <TextField label={words.closing} name="closing" lines={2} hint={words.closeHelp} isRequired />
            <div>
              <Button type="submit" isDisabled={isBusy}>
                {words.close}
              </Button>
            </div>
          </Form>
        ) : null}
      </div>
    </>
  );
}

function Person({
  person,
  lotId,
  words,
  mayContact,
  fault,
  isBusy,
}: {
  readonly person: Route.ComponentProps['loaderData']['people'][number];
  readonly lotId: string;
  readonly words: RecallWords;
  readonly mayContact: boolean;
  readonly fault: string | undefined;
  readonly isBusy: boolean;
}) {
  return (
    <li>
      <div className="stack-s">
        <div className="row">
          <h2>{person.name}</h2>
          <Badge tone={tones[person.state] ?? 'plain'}>{words.states[person.state]}</Badge>
        </div>
        <ul className="recall-lines soft small">
          {person.sessions.map(({ id, at, treatment, zones, isSpot }) => (
            <li key={id}>
              {at} · {words.treatments[treatment] ?? treatment}
              {isSpot ? ` · ${words.spot}` : ''}
              {zones === '' ? '' : ` · ${zones}`}
            </li>
          ))}
        </ul>
        <div className="row">
          {person.phone === null ? null : (
            <a className="button" href={`tel:${person.phone}`}>
              {words.call} {person.phone}
            </a>
          )}
          <a className="button" href={`/desk/recall/${lotId}/letter/${person.id}.pdf`}>
            {words.letter}
          </a>
          <ButtonLink look="quiet" to={`/desk/patients/${person.id}`}>
            {words.chart}
          </ButtonLink>
        </div>
      </div>
      <div className="stack-s">
        <h3>{words.attempts}</h3>
        {person.contacts.length === 0 ? (
          <p className="soft small">{words.noAttempts}</p>
        ) : (
          <ol className="recall-lines small">
            {person.contacts.map((one) => (
              <li key={one.id}>
                {words.ways[one.way]}:{' '}
                {one.delivery === null ? words.outcomes[one.outcome] : words.deliveries[one.delivery]}
                <span className="soft">
                  {' '}
                  {one.at} · {one.by}
                </span>
                {one.note === null ? null : <div>{one.note}</div>}
              </li>
            ))}
          </ol>
        )}
        {mayContact ? (
          <Form
            method="post"
            className="recall-contact"
            aria-label={person.name}
            // Empty again once the attempt stands above it; what is being typed outlives other changes of the page.
            key={person.contacts.length}
          >
            <input type="hidden" name="patientId" value={person.id} />
            <input type="hidden" name="actId" value={person.actId} />
            <Select
              label={words.way}
              name="way"
              options={(['call', 'visit', 'letter'] as const).map((id) => ({ id, label: words.ways[id] }))}
              defaultValue="call"
            />
            <Select
              label={words.outcome}
              name="outcome"
              options={contactOutcomes.map((id) => ({ id, label: words.outcomes[id] }))}
              defaultValue="reached"
            />
            <TextField
              label={words.note}
              name="note"
              optional={words.optional}
              {...(fault !== undefined && { error: fault })}
            />
            <div>
              <Button type="submit" isDisabled={isBusy}>
                {words.keep}
              </Button>
            </div>
          </Form>
        ) : null}
      </div>
    </li>
  );
}

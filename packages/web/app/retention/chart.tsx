import {
  decideErasure,
  erasureLink,
  inviteErasure,
  liftLegalHold,
  requestErasure,
  reviewErasure,
  setLegalHold,
} from '@undertone/clinic/retention/commands.ts';
import { legalBasis } from '@undertone/clinic/retention/legal-bases.ts';
import { isOpen } from '@undertone/clinic/retention/rules.ts';
import { grouped, retentionWords } from '@undertone/clinic/retention/words.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { data, Form, redirect } from 'react-router';
import { Field, tied, Words } from '../followup/fields.tsx';
import { writersFor } from '../followup/moments.ts';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Alert } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/chart.ts';
import '../followup/followup.css';
import './retention.css';
import { erasureWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'patient.read'))),
];

/** `/desk/patients/:patientId/erasure`: what would go, what stays, holds, and the wish with its decision. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic, publicUrl } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const read = await reviewErasure(clinic, actor, params.patientId);
  if (!read.ok && read.reason !== 'merged') {
    throw new Response(read.message, { status: read.reason === 'not-allowed' ? 403 : 404 });
  }
  const write = await writersFor(context, locale);
  const words = retentionWords[locale];
  const number = new Intl.NumberFormat(intlTag(locale));
  const isOwner = can(actor.role, 'patient.erase');
  const review = read.ok ? read.review : undefined;
  const open = review?.erasures.find(({ state }) => isOpen(state));
  const hold = review?.holds.find(({ liftedAt }) => liftedAt === null);
  return {
    locale,
    isOwner,
    isMerged: review === undefined,
    mayAsk: can(actor.role, 'patient.write') && open === undefined,
    now: grouped(review?.now ?? {}).map(([group, rows]) => ({
      label: words.groups[group],
      rows: number.format(rows),
    })),
    kept: (review?.kept ?? []).map((one) => ({
      kind: one.kind,
      label: words.kinds[one.kind],
      rows: number.format(one.rows),
      until: one.until === null ? '–' : write.onDay(one.until),
      basis: legalBasis(one.kind, one.source, locale),
    })),
    isUnreviewed: (review?.kept ?? []).some((one) => one.review === 'unreviewed'),
    visitsToCome: review?.visitsToCome ? number.format(review.visitsToCome) : null,
    otherName: review?.sameContactOtherName ? number.format(review.sameContactOtherName) : null,
    hold: hold === undefined ? null : { id: hold.id, since: write.day(hold.setAt), reason: hold.reason },
    open:
      open === undefined
        ? null
        : {
            id: open.id,
            state: open.state,
            note: open.note,
            link:
              open.state === 'invited'
                ? `${publicUrl}/${locale}/erase/${erasureLink(clinic, actor.tenantId, open.id)}`
                : null,
          },
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { act = '', id = '', note = '', reason = '', hold = '' } = formTexts(await request.formData());
  const here = `/desk/patients/${params.patientId}/erasure`;
  const answer = await (act === 'ask'
    ? requestErasure(clinic, actor, params.patientId, note)
    : act === 'link'
      ? inviteErasure(clinic, actor, params.patientId)
      : act === 'approve'
        ? decideErasure(clinic, actor, id, { approve: true })
        : act === 'refuse'
          ? decideErasure(clinic, actor, id, { approve: false, reason })
          : act === 'hold'
            ? setLegalHold(clinic, actor, params.patientId, hold)
            : liftLegalHold(clinic, actor, id, hold));
  if (answer.ok) return redirect(act === 'approve' ? '/desk/erasures' : here, 303);
  return data(
    { act, reason: answer.reason, given: { note, reason, hold } },
    { status: refusedStatus(answer) },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: erasureWords[loaderData?.locale ?? 'en'].title }];
}

export default function ChartErasure({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, isOwner, isMerged, mayAsk, now, kept, hold, open } = loaderData;
  const words = erasureWords[locale];
  const paper = retentionWords[locale];
  const fault = (act: string) =>
    actionData?.act === act ? (words.refusals[actionData.reason] ?? actionData.reason) : undefined;
  if (isMerged) return <Alert tone="ochre" title={words.refusals.merged ?? ''} />;
  const general = actionData !== undefined && !['ask', 'refuse', 'hold', 'lift'].includes(actionData.act);
  return (
    <div className="erasure">
      <p className="soft measure">{words.chartLead}</p>
      {general ? <Alert tone="oxide" title={fault(actionData.act) ?? ''} live /> : null}
      {open === null ? null : (
        <Alert tone={open.state === 'requested' ? 'ochre' : 'nil'} title={words.stands[open.state] ?? ''}>
          {open.note === '' ? null : <p>{open.note}</p>}
          {open.link === null ? null : (
            <div className="stack-s">
              <Field id="link" label={words.linkReady}>
                <input {...tied('link', undefined)} readOnly value={open.link} />
              </Field>
              <p className="small soft">{words.linkHint}</p>
            </div>
          )}
        </Alert>
      )}
      <section className="stack">
        <h2>{words.goesNow}</h2>
        {now.length === 0 ? (
          <p>{paper.nothingWent}</p>
        ) : (
          <Table
            caption={words.goesNow}
            rows={now}
            keyOf={(row) => row.label}
            columns={[
              { id: 'what', title: paper.what, renderCell: (row) => row.label },
              { id: 'rows', title: paper.rows, number: true, renderCell: (row) => row.rows },
            ]}
          />
        )}
        {loaderData.visitsToCome === null ? null : <p>{words.visitsToCome(loaderData.visitsToCome)}</p>}
        {loaderData.otherName === null ? null : (
          <p className="soft">{words.otherName(loaderData.otherName)}</p>
        )}
      </section>
      <section className="stack">
        <h2>{words.stays}</h2>
        {kept.length === 0 ? (
          <p>{words.nothingStays}</p>
        ) : (
          <>
            <p className="soft measure">{words.stayLead}</p>
            <Table
              caption={words.stays}
              rows={kept}
              keyOf={(row) => row.kind}
              columns={[
                { id: 'what', title: paper.what, renderCell: (row) => row.label },
                { id: 'rows', title: paper.rows, number: true, renderCell: (row) => row.rows },
                { id: 'until', title: paper.until, renderCell: (row) => row.until },
                {
                  id: 'why',
                  title: paper.why,
                  renderCell: (row) => <span lang={row.basis.language}>{row.basis.text}</span>,
                },
              ]}
            />
            {loaderData.isUnreviewed ? <p className="small soft">{paper.lawUnreviewed}</p> : null}
          </>
        )}
      </section>
      {mayAsk ? (
        <section className="stack">
          <h2>{words.ask}</h2>
          <Form method="post" className="followup-form">
            <Words
              id="note"
              label={words.note}
              error={fault('ask')}
              defaultValue={actionData?.given.note ?? ''}
            />
            <p className="small soft">{words.noteHint}</p>
            <p className="erasure-acts">
              <button type="submit" name="act" value="ask" className="button" data-look="strong">
                {words.record}
              </button>
              <button type="submit" name="act" value="link" className="button">
                {words.giveLink}
              </button>
            </p>
          </Form>
        </section>
      ) : null}
      {isOwner && (open?.state === 'requested' || open?.state === 'invited') ? (
        <section className="stack">
          <h2>{words.decide}</h2>
          {open.state === 'requested' ? (
            <Form method="post" className="stack-s">
              <input type="hidden" name="id" value={open.id} />
              <label className="erasure-tick">
                <input type="checkbox" name="understood" required />
                <span>{words.understood}</span>
              </label>
              <p>
                <button
                  type="submit"
                  name="act"
                  value="approve"
                  className="button"
                  data-look="grave"
                  disabled={hold !== null}
                >
                  {words.approve}
                </button>
              </p>
              {hold === null ? null : <p className="small soft">{words.refusals['on-hold']}</p>}
            </Form>
          ) : null}
          <Form method="post" className="followup-form">
            <input type="hidden" name="id" value={open.id} />
            <Words
              id="reason"
              label={words.why}
              lines={2}
              error={fault('refuse')}
              defaultValue={actionData?.given.reason ?? ''}
            />
            <p>
              <button type="submit" name="act" value="refuse" className="button">
                {words.refuse}
              </button>
            </p>
          </Form>
        </section>
      ) : null}
      <section className="stack">
        <h2>{words.holds}</h2>
        <p className="soft measure">{words.holdLead}</p>
        {hold === null ? (
          <p>{words.noHold}</p>
        ) : (
          <Alert tone="ochre" title={words.holdStands(hold.since)}>
            {hold.reason}
          </Alert>
        )}
        {isOwner ? (
          <Form method="post" className="followup-form" key={hold?.id ?? 'none'}>
            <input type="hidden" name="id" value={hold?.id ?? ''} />
            <Words
              id="hold"
              label={words.why}
              lines={2}
              error={fault(hold === null ? 'hold' : 'lift')}
              defaultValue={actionData?.given.hold ?? ''}
            />
            <p>
              <button type="submit" name="act" value={hold === null ? 'hold' : 'lift'} className="button">
                {hold === null ? words.setHold : words.liftHold}
              </button>
            </p>
          </Form>
        ) : null}
      </section>
    </div>
  );
}

import { listLotAlerts, settleLotAlert } from '@undertone/clinic/followup/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import {
  funnelOf,
  publicRates,
  type RateRow,
  readCusum,
  readRates,
} from '@undertone/clinic/surveillance/commands.ts';
import {
  followUpRule,
  type Grouping,
  groupings,
  leastPublished,
  measureIds,
  measures,
  runLengths,
} from '@undertone/clinic/surveillance/rules.ts';
import { data, Form, Link, redirect } from 'react-router';
import { Choice, Field, tied, Words } from '../followup/fields.tsx';
import { writersFor } from '../followup/moments.ts';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { useSaid } from '../shared/said.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert, Badge, EmptyState } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/page.ts';
import { cusumChart, funnelChart, type Verdict, verdictOf } from './charts.ts';
import { Cusum, Funnel } from './drawn.tsx';
import { askedOf } from './query.ts';
import '../calendar/calendar.css';
import '../followup/followup.css';
import './surveillance.css';
import { surveillanceWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'report.read'))),
];

/** `/desk/surveillance`: rates with what is unknown, funnel, CUSUM, alerts of lots, and what is public. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const write = await writersFor(context, locale);
  const { by, ...query } = askedOf(url.searchParams, write.isoDay(clinic.clock.now()));
  const [rates, chart, open, alerts] = [
    await readRates(clinic, actor, query, by),
    await readCusum(clinic, actor, query),
    await publicRates(clinic, actor.tenantId),
    await listLotAlerts(clinic, actor),
  ];
  if (!rates.ok || !chart.ok) throw new Response('Your role does not allow this.', { status: 403 });
  const words = surveillanceWords[locale];
  const tag = intlTag(locale);
  const percentText = new Intl.NumberFormat(tag, { style: 'percent', maximumSignificantDigits: 2 });
  const wholeText = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const numberText = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
  const percent = (share: number) => percentText.format(share);
  const whole = (count: number) => wholeText.format(count);
  const number = (value: number) => numberText.format(value);
  const measure = measures[query.measure];
  const lengths = runLengths[query.measure];
  const nameOf = (row: RateRow) => {
    if (row.key === null) return words.notCounted;
    return by === 'treatment' ? words.treatments[row.key as 'lip'] : (row.label ?? row.key);
  };
  const named = rates.rows.map((row) => ({ ...row, label: nameOf(row) }));
  const funnel = funnelOf(rates.total, named);
  const verdicts = new Map(funnel.map((point) => [point.key, verdictOf(point)]));
  const shown = (row: RateRow, label: string) => ({
    key: row.key,
    label,
    events: whole(row.events),
    followed: whole(row.followed),
    sessions: whole(row.sessions),
    unknown: whole(row.unknown),
    waiting: whole(row.waiting),
    rate: row.rate01 === undefined ? '–' : percent(row.rate01),
    interval: row.followed === 0 ? '–' : `${percent(row.low01)} – ${percent(row.high01)}`,
    verdict: verdicts.get(row.key) ?? null,
  });
  return {
    locale,
    query: { ...query, by },
    isBackwards: query.from > query.to,
    maySettle: can(actor.role, 'followup.answer'),
    total: shown(rates.total, words.total),
    rows: named.map((row) => shown(row, row.label)),
    sessions: rates.total.sessions,
    funnel:
      funnel.length < 2 || rates.total.rate01 === undefined
        ? null
        : funnelChart(funnel, rates.total.rate01, { percent, whole }),
    cusum: chart.points.length === 0 ? null : cusumChart(chart.points, measure.cusum.h, { number, whole }),
    signals: chart.points
      .filter(({ isSignal }) => isSignal)
      .map(({ performedOn, value }) => words.signalOn(write.onDay(performedOn), number(value))),
    design: {
      text: words.cusumText(percent(measure.cusum.p0), percent(measure.cusum.p1), number(measure.cusum.h)),
      lengths: words.runLengths(whole(lengths.inControl.mean), whole(lengths.outOfControl.mean)),
      source: measure.source,
    },
    howCounted: words.howCounted(whole(followUpRule.knownFromDay), whole(followUpRule.waitDays)),
    public:
      open.all === undefined
        ? words.publicNo(whole(open.followed), whole(leastPublished.sessions))
        : words.publicYes(whole(open.all.events), whole(open.all.people)),
    alerts: alerts.map((one) => ({
      id: one.id,
      lotId: one.lot_id,
      label: `${one.item_name} · ${one.lot_number}`,
      text: words.alert(whole(one.events), write.day(one.raised_at)),
      settled: one.settled_at === null ? null : words.settled(write.day(one.settled_at)),
      note: one.settled_note,
    })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const { id = '', note = '' } = formTexts(await request.formData());
  const answer = await settleLotAlert(clinic, actorOf(context), id, note);
  if (answer.ok) return redirect('/desk/surveillance#alerts', 303);
  return data(
    { id, field: answer.field ?? null, message: answer.message },
    { status: refusedStatus(answer) },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: surveillanceWords[loaderData?.locale ?? 'en'].title }];
}

export default function Surveillance({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, query, total, rows, funnel, cusum, signals, design, alerts } = loaderData;
  const words = surveillanceWords[locale];
  const say = useSaid();
  const verdictText: Readonly<Record<Verdict, string>> = {
    inside: words.insideAll,
    outside95: words.outside95,
    outside998: words.outside998,
  };
  const search = new URLSearchParams(query as Record<string, string>).toString();
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        <p className="row">
          <a className="button" href={`/desk/surveillance/rates.csv?${search}`} download>
            {words.csv}
          </a>
        </p>
      </header>
      <div className="stack-l">
        <Form method="get" className="surveillance-filter" key={search}>
          <Choice
            id="measure"
            label={words.measure}
            defaultValue={query.measure}
            options={measureIds.map((id) => ({ id, label: measures[id].label[locale] }))}
          />
          <Choice
            id="treatment"
            label={words.treatment}
            blank={words.all}
            defaultValue={query.treatment ?? ''}
            options={(['scalp', 'lip', 'vitiligo'] as const).map((id) => ({
              id,
              label: words.treatments[id],
            }))}
          />
          <Choice
            id="by"
            label={words.by}
            defaultValue={query.by}
            options={groupings.map((id: Grouping) => ({ id, label: words.groupings[id] }))}
          />
          <Field id="from" label={words.from}>
            <input {...tied('from', undefined)} type="date" defaultValue={query.from} />
          </Field>
          <Field id="to" label={words.to} error={loaderData.isBackwards ? words.badPeriod : undefined}>
            <input
              {...tied('to', loaderData.isBackwards ? words.badPeriod : undefined)}
              type="date"
              defaultValue={query.to}
            />
          </Field>
          <Button type="submit" look="strong">
            {words.show}
          </Button>
        </Form>
        {loaderData.sessions === 0 ? (
          <EmptyState title={words.empty}>{words.emptyText}</EmptyState>
        ) : (
          <>
            <section className="stack">
              <h2>{words.rates}</h2>
              <Table
                caption={words.rates}
                keyOf={(row) => row.key ?? row.label}
                rows={[...rows, total]}
                columns={[
                  {
                    id: 'name',
                    title: words.groupings[query.by],
                    renderCell: (row) => <span className="surveillance-name">{row.label}</span>,
                  },
                  { id: 'events', title: words.events, number: true, renderCell: (row) => row.events },
                  { id: 'followed', title: words.followed, number: true, renderCell: (row) => row.followed },
                  {
                    id: 'rate',
                    title: words.rate,
                    number: true,
                    renderCell: (row) => <strong>{row.rate}</strong>,
                  },
                  { id: 'interval', title: words.interval, number: true, renderCell: (row) => row.interval },
                  { id: 'unknown', title: words.unknown, number: true, renderCell: (row) => row.unknown },
                  { id: 'waiting', title: words.waiting, number: true, renderCell: (row) => row.waiting },
                  { id: 'sessions', title: words.sessions, number: true, renderCell: (row) => row.sessions },
                  {
                    id: 'funnel',
                    title: words.funnel,
                    renderCell: (row) =>
                      row.verdict === null ? null : (
                        <Badge
                          tone={
                            row.verdict === 'inside'
                              ? 'plain'
                              : row.verdict === 'outside95'
                                ? 'ochre'
                                : 'oxide'
                          }
                        >
                          {verdictText[row.verdict]}
                        </Badge>
                      ),
                  },
                ]}
              />
              <p className="small soft measure">{loaderData.howCounted}</p>
            </section>
            {funnel === null ? null : (
              <section className="stack">
                <h2>{words.funnel}</h2>
                <p className="small soft measure">{words.funnelText}</p>
                <Funnel chart={funnel} words={words} />
              </section>
            )}
            {cusum === null ? null : (
              <section className="stack">
                <h2>{words.cusum}</h2>
                <p className="small soft measure">{design.text}</p>
                <Cusum chart={cusum} words={words} />
                <p className="small soft measure">
                  {design.lengths} {words.unreviewed} {words.source}: {design.source}
                </p>
                <h3>{words.signals}</h3>
                {signals.length === 0 ? (
                  <p className="soft">{words.noSignal}</p>
                ) : (
                  <ul className="followup-list">
                    {signals.map((text) => (
                      <li key={text}>{text}</li>
                    ))}
                  </ul>
                )}
              </section>
            )}
          </>
        )}
        <section className="stack" id="alerts">
          <h2>{words.alerts}</h2>
          {actionData === undefined ? null : (
            <Alert
              tone="oxide"
              title={actionData.field === null ? say(actionData.message).text : words.settleMissing}
              live
            />
          )}
          {alerts.length === 0 ? (
            <p className="soft">{words.noAlerts}</p>
          ) : (
            <ul className="inbox-pile">
              {alerts.map((one) => (
                <li key={one.id} className="inbox-entry">
                  <div className="stack-s">
                    <h3 className="inbox-name">
                      <Link to={`/desk/recall/${one.lotId}`}>{one.label}</Link>
                    </h3>
                    <p className="row">
                      <Badge tone={one.settled === null ? 'oxide' : 'plain'}>{one.settled ?? one.text}</Badge>
                    </p>
                    {one.note === null ? null : <p>{one.note}</p>}
                  </div>
                  <div className="inbox-acts">
                    <ButtonLink
                      to={`/desk/recall/${one.lotId}`}
                      look={one.settled === null ? 'strong' : 'plain'}
                    >
                      {words.recall}
                    </ButtonLink>
                  </div>
                  {one.settled === null && loaderData.maySettle ? (
                    <details>
                      <summary>{words.settle}</summary>
                      <Form method="post" className="stack">
                        <input type="hidden" name="id" value={one.id} />
                        <Words
                          id="note"
                          label={words.settleNote}
                          lines={2}
                          error={actionData?.id === one.id ? words.settleMissing : undefined}
                        />
                        <Button type="submit">{words.settle}</Button>
                      </Form>
                    </details>
                  ) : null}
                </li>
              ))}
            </ul>
          )}
        </section>
        <section className="stack-s">
          <h2>{words.public}</h2>
          <p>{loaderData.public}</p>
        </section>
      </div>
    </>
  );
}

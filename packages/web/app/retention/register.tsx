import {
  countEnquiries,
  eraseEnquiries,
  listErasures,
  readSchedule,
  saveRetentionRule,
} from '@undertone/clinic/retention/commands.ts';
import { legalBasis } from '@undertone/clinic/retention/legal-bases.ts';
import type { RetentionRuleForm } from '@undertone/clinic/retention/schema.ts';
import { retentionWords } from '@undertone/clinic/retention/words.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { latinDigits } from '@undertone/clinic/tenant/schema.ts';
import { data, Form, Link } from 'react-router';
import { Field, tied } from '../followup/fields.tsx';
import { writersFor } from '../followup/moments.ts';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/register.ts';
import '../followup/followup.css';
import './retention.css';
import { erasureWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'patient.erase'))),
];

/** `/desk/erasures`: the register, old enquiries, and how long records are kept. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const write = await writersFor(context, locale);
  const [listed, periods, enquiries] = [
    await listErasures(clinic, actor),
    await readSchedule(clinic, actor),
    await countEnquiries(clinic, actor),
  ];
  if (!listed.ok || !periods.ok || !enquiries.ok) {
    throw new Response('Your role does not allow this.', { status: 403 });
  }
  return {
    locale,
    rows: listed.erasures.map((one) => ({
      id: one.id,
      patientId: one.patientId,
      state: one.state,
      source: one.source,
      recorded: write.day(one.recordedAt),
      next: one.resumeAt === null ? null : write.day(one.resumeAt),
      hasPatient: one.summary === null || one.summary.identity === 'kept',
      hasCertificate: one.state === 'done' || one.state === 'waiting',
    })),
    schedule: periods.schedule.map((rule) => ({
      ...rule,
      basis: legalBasis(rule.kind, rule.source, locale),
    })),
    enquiries:
      enquiries.count === 0
        ? null
        : {
            count: new Intl.NumberFormat(intlTag(locale)).format(enquiries.count),
            before: write.onDay(enquiries.before),
          },
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  if (form.act === 'enquiries') {
    const gone = await eraseEnquiries(clinic, actor);
    return data({ kind: null, isSaved: gone.ok, erased: gone.ok ? gone.erased : null, form });
  }
  const saved = await saveRetentionRule(clinic, actor, {
    kind: form.kind as RetentionRuleForm['kind'],
    lawMonths: latinDigits(form.lawMonths ?? ''),
    keepMonths: latinDigits(form.keepMonths ?? ''),
    source: form.source ?? '',
    review: form.review === 'on' ? 'reviewed' : 'unreviewed',
    erasesByItself: form.byItself === 'on',
  });
  return data(
    { kind: form.kind ?? null, isSaved: saved.ok, erased: null, form },
    { status: saved.ok ? 200 : 422 },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: erasureWords[loaderData?.locale ?? 'en'].register }];
}

export default function ErasureRegister({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, rows, schedule, enquiries } = loaderData;
  const words = erasureWords[locale];
  const paper = retentionWords[locale];
  const tone = (state: string) =>
    state === 'requested' ? 'ochre' : state === 'done' ? 'verdigris' : state === 'refused' ? 'plain' : 'nil';
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.register}</h1>
          <p className="soft measure">{words.registerLead}</p>
        </div>
      </header>
      <div className="erasure">
        {rows.length === 0 ? (
          <p>{words.registerEmpty}</p>
        ) : (
          <Table
            caption={words.register}
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
              {
                id: 'patient',
                title: words.patient,
                renderCell: (row) =>
                  row.hasPatient ? (
                    <Link to={`/desk/patients/${row.patientId}/erasure`}>{row.patientId.slice(0, 8)}</Link>
                  ) : (
                    row.patientId.slice(0, 8)
                  ),
              },
              {
                id: 'state',
                title: words.state,
                renderCell: (row) => <Badge tone={tone(row.state)}>{paper.states[row.state]}</Badge>,
              },
              { id: 'from', title: words.from, renderCell: (row) => words.sources[row.source] },
              { id: 'recorded', title: words.recorded, renderCell: (row) => row.recorded },
              { id: 'next', title: paper.next, renderCell: (row) => row.next ?? '–' },
              {
                id: 'certificate',
                title: words.certificate,
                renderCell: (row) =>
                  row.hasCertificate ? (
                    <a href={`/desk/erasures/${row.id}/certificate.pdf`}>{words.open}</a>
                  ) : (
                    '–'
                  ),
              },
            ]}
          />
        )}
        {actionData?.erased === null || actionData?.erased === undefined ? null : (
          <Alert tone="verdigris" title={words.enquiriesGone(String(actionData.erased))} live />
        )}
        {enquiries === null ? null : (
          <Form method="post" className="stack-s">
            <p>{words.enquiries(enquiries.count, enquiries.before)}</p>
            <label className="erasure-tick">
              <input type="checkbox" name="understood" required />
              <span>{words.understood}</span>
            </label>
            <p>
              <button type="submit" name="act" value="enquiries" className="button" data-look="grave">
                {words.eraseEnquiries}
              </button>
            </p>
          </Form>
        )}
        <section className="stack">
          <h2>{words.periods}</h2>
          <p className="soft measure">{words.periodsLead}</p>
          {schedule.map((rule) => {
            const mine = actionData?.kind === rule.kind ? actionData : undefined;
            const given = mine !== undefined && !mine.isSaved ? mine.form : undefined;
            const id = (name: string) => `${name}-${rule.kind}`;
            const field = (name: string) => ({ ...tied(id(name), undefined), name });
            return (
              <Form method="post" className="followup-form" key={rule.kind} id={rule.kind}>
                <h3>
                  {paper.kinds[rule.kind]} <span className="small soft">{words.counted[rule.kind]}</span>
                </h3>
                {mine?.isSaved ? <Alert tone="verdigris" title={words.saved} live /> : null}
                {mine !== undefined && !mine.isSaved ? (
                  <Alert tone="oxide" title={words.failed} live />
                ) : null}
                <input type="hidden" name="kind" value={rule.kind} />
                <div className="erasure-months">
                  <Field id={id('lawMonths')} label={words.law}>
                    <input
                      {...field('lawMonths')}
                      inputMode="numeric"
                      defaultValue={given?.lawMonths ?? rule.lawMonths}
                    />
                  </Field>
                  <Field id={id('keepMonths')} label={words.keep}>
                    <input
                      {...field('keepMonths')}
                      inputMode="numeric"
                      defaultValue={given?.keepMonths ?? rule.keepMonths}
                    />
                  </Field>
                </div>
                <Field id={id('source')} label={words.source}>
                  <textarea
                    {...field('source')}
                    rows={3}
                    maxLength={500}
                    lang={rule.basis.language}
                    defaultValue={given?.source ?? rule.basis.text}
                  />
                </Field>
                <label className="erasure-tick">
                  <input type="checkbox" name="review" defaultChecked={rule.review === 'reviewed'} />
                  <span>{words.reviewed}</span>
                </label>
                <label className="erasure-tick">
                  <input type="checkbox" name="byItself" defaultChecked={rule.erasesByItself} />
                  <span>{words.byItself}</span>
                </label>
                <p>
                  <button type="submit" className="button">
                    {words.save}
                  </button>
                </p>
              </Form>
            );
          })}
        </section>
      </div>
    </>
  );
}

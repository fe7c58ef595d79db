import { type Treatment, treatments } from '@undertone/clinic/candidacy/rules.ts';
import { treatmentSchema } from '@undertone/clinic/candidacy/schema.ts';
import { decide, readScreening, saveAnswers } from '@undertone/clinic/screening/commands.ts';
import { readinessFor } from '@undertone/clinic/screening/gate.ts';
import type { ScreeningRefusal } from '@undertone/clinic/screening/schema.ts';
import { placeSpot, readSpot, setSpotAside, waiveSpot } from '@undertone/clinic/screening/spot-commands.ts';
import type { SpotKind } from '@undertone/clinic/screening/spots.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { readStock } from '@undertone/clinic/stock/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { data, Link, useNavigation } from 'react-router';
import { patientOf } from '../chart/patient.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/page.ts';
import { AnswersForm } from './answers-form.tsx';
import { Checklist } from './checklist.tsx';
import { Decisions } from './decisions.tsx';
import { readAnswers, readDecision, readReading } from './forms.ts';
import './screening.css';
import { spotView } from './spot-view.ts';
import { Spots } from './spots.tsx';
import { screeningWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

function treatmentOf(url: URL): Treatment {
  const asked = treatmentSchema.safeParse(url.searchParams.get('treatment'));
  return asked.success ? asked.data : 'vitiligo';
}

/** `/desk/patients/:patientId/screening?treatment=`: gates, the physician's decision, spots, and what is still missing. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id } = await patientOf(context);
  const treatment = treatmentOf(url);
  const [read, ready, tenant, stock] = await Promise.all([
    readScreening(clinic, actor, id, treatment),
    readinessFor(clinic, actor, id, treatment),
    mainTenant(clinic),
    readStock(clinic, actor),
  ]);
  if (!read.ok || !ready.ok) throw new Response('This screening cannot be shown', { status: 403 });
  const { screening } = read;
  return {
    locale: localeOf(request),
    zone: tenant?.zone ?? 'UTC',
    patientId: id,
    treatment,
    mayDecide: can(actor.role, 'screening.decide'),
    readiness: ready.readiness,
    screening,
    // What is put into skin is found again by its lot.
    lots: stock.ok
      ? stock.items.flatMap(({ item, lots }) =>
          item.kind !== 'pigment'
            ? []
            : lots
                .filter(({ balance, fault }) => balance > 0 && fault === undefined)
                .map(({ id: lotId, lotNumber }) => ({ id: lotId, label: `${item.name} · ${lotNumber}` })),
        )
      : [],
    spots: screening.spots.map((spot) =>
      spotView(spot, clinic.clock.now(), tenant?.zone ?? 'UTC', screening.protocol.spots),
    ),
  };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id: patientId } = await patientOf(context);
  const treatment = treatmentOf(url);
  const sent = await request.formData();
  const form = formTexts(sent);
  const course = { patientId, treatment };
  const kind = form.kind as SpotKind;
  switch (form.do) {
    case 'answers': {
      const saved = await saveAnswers(clinic, actor, { ...course, answers: readAnswers(treatment, form) });
      return saved.ok ? { did: 'answers' as const, isReopened: saved.reopened } : refused('answers', saved);
    }
    case 'decide': {
      const done = await decide(clinic, actor, readDecision(patientId, treatment, form));
      return done.ok ? { did: 'decide' as const } : refused('decide', done);
    }
    case 'spot': {
      const placedAt = await placedOn(clinic, form.placedAt ?? '');
      const done = await placeSpot(clinic, actor, {
        ...course,
        kind,
        place: form.place ?? '',
        what: form.what ?? '',
        lotIds: sent.getAll('lot').filter((one) => typeof one === 'string'),
        ...(placedAt && { placedAt }),
      });
      return done.ok ? { did: 'spot' as const } : refused('spot', done);
    }
    case 'reading': {
      const reading = readReading(form);
      if (reading === null) {
        return refused('reading', { ok: false, reason: 'bad-form', message: '', field: 'lab' });
      }
      const done = await readSpot(clinic, actor, reading);
      return done.ok ? { did: 'reading' as const } : refused('reading', done);
    }
    case 'set-aside': {
      const done = await setSpotAside(clinic, actor, form.spotId ?? '', form.reason ?? '');
      return done.ok ? { did: 'set-aside' as const } : refused('set-aside', done);
    }
    case 'waive': {
      const done = await waiveSpot(clinic, actor, { ...course, kind, reason: form.reason ?? '' });
      return done.ok ? { did: 'set-aside' as const } : refused('waive', done);
    }
    default:
      throw new Response('There is no such act', { status: 400 });
  }
}

/** Noon of a day before today; now for today or nothing; a later day is the command's to refuse. */
async function placedOn(
  clinic: Parameters<typeof mainTenant>[0] & { clock: { now(): Date } },
  day: string,
): Promise<Date | undefined> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const zone = (await mainTenant(clinic))?.zone ?? 'UTC';
  if (day === dayIn(zone, clinic.clock.now())) return undefined;
  return new Date(`${day}T12:00:00Z`);
}

function refused(
  at: 'answers' | 'decide' | 'spot' | 'reading' | 'set-aside' | 'waive',
  refusal: ScreeningRefusal,
) {
  const { reason, field } = refusal;
  return data(
    { did: 'refused' as const, at, reason, field: field ?? '' },
    { status: reason === 'not-allowed' ? 403 : 422 },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: screeningWords[loaderData?.locale ?? 'en'].title }];
}

export default function ScreeningPage({ loaderData, actionData: answered }: Route.ComponentProps) {
  // What was done is said once the page shows it.
  const actionData = useNavigation().state === 'idle' ? answered : undefined;
  const { locale, zone, patientId, treatment, readiness, screening, spots, lots, mayDecide } = loaderData;
  const words = screeningWords[locale];
  const base = `/desk/patients/${patientId}`;
  const fault = actionData?.did === 'refused' ? actionData : undefined;
  // Asked first, looked up later.
  const answersForm = (
    <AnswersForm
      key={`answers-${treatment}-${screening.answers?.version ?? 0}`}
      locale={locale}
      screening={screening}
    />
  );
  return (
    <div className="stack-l">
      <nav aria-label={words.treatment}>
        <ul className="screening-choice">
          {treatments.map((one) => (
            <li key={one}>
              <Link
                className="button"
                to={`?treatment=${one}`}
                aria-current={one === treatment ? 'page' : undefined}
              >
                {words.treatments[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {fault ? (
        <Alert
          tone="oxide"
          title={`${words.notDone}: ${words.faults[fault.reason] ?? words.faults['bad-form'] ?? ''}`}
          live
        />
      ) : null}
      {actionData?.did === 'answers' ? (
        <Alert tone={actionData.isReopened ? 'ochre' : 'verdigris'} title={words.answersSaved} live>
          {actionData.isReopened ? words.reopened : undefined}
        </Alert>
      ) : null}
      {actionData?.did === 'decide' ? <Alert tone="verdigris" title={words.signed} live /> : null}
      {actionData?.did === 'spot' ? <Alert tone="verdigris" title={words.spotAdded} live /> : null}
      {actionData?.did === 'reading' ? <Alert tone="verdigris" title={words.readingSaved} live /> : null}
      {actionData?.did === 'set-aside' ? <Alert tone="verdigris" title={words.setAsideDone} live /> : null}
      <Checklist
        readiness={readiness}
        locale={locale}
        zone={zone}
        base={base}
        linked={['intake', 'plan', 'consent', 'cooling-off']}
      />
      <p className="soft small">{words.unreviewed}</p>
      {screening.answers === undefined ? answersForm : null}
      <Decisions
        key={`decision-${treatment}-${screening.answers?.version ?? 0}-${screening.decisions.length}`}
        locale={locale}
        zone={zone}
        screening={screening}
        mayDecide={mayDecide}
        fault={fault?.at === 'decide' ? fault : undefined}
      />
      {screening.answers === undefined ? null : answersForm}
      <Spots
        locale={locale}
        treatment={treatment}
        protocols={screening.protocol.spots}
        spots={spots}
        lots={lots}
        mayDecide={mayDecide}
        fault={fault !== undefined && fault.at !== 'decide' && fault.at !== 'answers' ? fault : undefined}
      />
    </div>
  );
}

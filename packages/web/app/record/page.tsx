import { changePatient, likePatients } from '@undertone/clinic/record/commands.ts';
import { endHealth, noteHealth, setContactConsent } from '@undertone/clinic/record/health.ts';
import { mergePatients, undoMerge } from '@undertone/clinic/record/merge.ts';
import { ageOn, phoneInWords } from '@undertone/clinic/record/rules.ts';
import {
  type ContactChannel,
  type ContactPurpose,
  contactChannels,
  contactPurposes,
  type HealthEntryForm,
} from '@undertone/clinic/record/schema.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { data, Form, useNavigation } from 'react-router';
import { patientOf, recordOf } from '../chart/patient.ts';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/page.ts';
import { typedOf } from './fields.tsx';
import { patientFormOf } from './form.ts';
import { ContactConsents, DetailsForm, Health, SamePerson } from './parts.tsx';
import './record.css';
import { recordWords } from './words.ts';

/** `/desk/patients/:patientId/record`: details, health, consents to be contacted, and records of the same person. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const { patient, health, consents, merged } = await recordOf(context);
  const tenant = await mainTenant(clinic);
  const day = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const dayOf = (iso: string) =>
    new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));
  const asked = url.searchParams.has('alike')
    ? await likePatients(
        clinic,
        actor,
        {
          ...patient,
          birthDate: patient.birthDateExact ? patient.birthDate : null,
          phones: [...patient.phones],
        },
        patient.id,
      )
    : undefined;
  const today = dayIn(tenant?.zone ?? 'UTC', clinic.clock.now());
  return {
    locale,
    mayWrite: can(actor.role, 'patient.write') && patient.mergedInto === null,
    version: patient.version,
    typed: typedOf(patient),
    ageTold: patient.birthDateExact ? null : (ageOn(today, patient)?.years ?? null),
    weighedOn: patient.weighedOn && dayOf(patient.weighedOn),
    health: health.map(({ id, kind, flag, note, source, endedAt }) => ({
      id,
      kind,
      flag,
      note,
      source,
      ended: endedAt && day.format(endedAt),
    })),
    consents: contactPurposes.map((purpose) => ({
      purpose,
      channels: contactChannels.map((channel) => {
        const standing = consents.find(
          (one) => one.channel === channel && one.purpose === purpose && one.withdrawnAt === null,
        );
        return { channel, since: standing ? day.format(standing.givenAt) : null };
      }),
    })),
    merged: merged.map(({ id, mergeId, mergedAt }) => ({ id, mergeId, on: day.format(mergedAt) })),
    alike: asked?.ok
      ? asked.alike.map((one) => ({
          id: one.patient.id,
          name: one.patient.name,
          phone: one.patient.phone && phoneInWords(one.patient.phone),
          age: ageOn(today, one.patient) ?? null,
          by: one.by,
        }))
      : null,
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id } = await patientOf(context);
  const typed = formTexts(await request.formData());
  const answer = await act();
  if (answer.ok) return data({ done: typed.intent ?? '', typed: undefined, refused: undefined });
  return data(
    {
      done: undefined,
      typed,
      refused: { reason: answer.reason, ...(answer.field !== undefined && { field: answer.field }) },
    },
    { status: refusedStatus(answer) },
  );

  function act() {
    switch (typed.intent) {
      case 'details':
        return changePatient(clinic, actor, id, { version: Number(typed.version), ...patientFormOf(typed) });
      case 'note':
        return noteHealth(clinic, actor, id, {
          kind: (typed.kind ?? '') as HealthEntryForm['kind'],
          flag: (typed.flag || null) as NonNullable<HealthEntryForm['flag']> | null,
          note: typed.note ?? '',
        });
      case 'end':
        return endHealth(clinic, actor, id, typed.entry ?? '');
      case 'contact':
        return setContactConsent(clinic, actor, id, {
          channel: typed.channel as ContactChannel,
          purpose: typed.purpose as ContactPurpose,
          given: typed.given === 'yes',
        });
      case 'merge':
        return mergePatients(clinic, actor, { fromId: typed.from ?? '', intoId: id });
      case 'undo':
        return undoMerge(clinic, actor, typed.merge ?? '');
      default:
        throw new Response('There is no such act', { status: 400 });
    }
  }
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: `${recordWords[loaderData?.locale ?? 'en'].record} · ${loaderData?.typed.name ?? ''}` }];
}

export default function RecordPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, mayWrite, version, health, consents, merged, alike, weighedOn, ageTold } = loaderData;
  const words = recordWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const refused = actionData?.refused;
  const typed = actionData?.typed;
  const isDetails = typed?.intent === 'details';
  return (
    <div className="stack-l">
      {refused && (refused.field === undefined || typed?.intent !== 'details') ? (
        <Alert tone="oxide" title={words.refusals[refused.reason]} live />
      ) : null}
      {actionData?.done === 'details' ? <Alert tone="verdigris" title={words.saved} live /> : null}
      {actionData?.done === 'merge' ? <Alert tone="verdigris" title={words.merged} live /> : null}
      <div className="record-columns">
        <section className="stack">
          <h2>{words.health}</h2>
          <Health {...{ locale, health, mayWrite, isBusy }} typed={typed?.intent === 'note' ? typed : {}} />
        </section>
        <section className="stack">
          <h2>{words.person}</h2>
          <DetailsForm
            key={version}
            {...{ locale, version, mayWrite, isBusy, weighedOn, ageTold }}
            typed={isDetails && typed ? typed : loaderData.typed}
            refused={isDetails ? refused : undefined}
          />
        </section>
      </div>
      <section className="stack">
        <h2>{words.contact}</h2>
        <p className="soft measure">{words.contactText}</p>
        <ContactConsents {...{ locale, consents, mayWrite, isBusy }} />
      </section>
      {mayWrite ? (
        <section className="stack">
          <h2>{words.same}</h2>
          <p className="soft measure">{words.sameText}</p>
          <SamePerson {...{ locale, alike, merged, isBusy }} />
          {alike === null ? (
            <Form method="get">
              <Button type="submit" name="alike" value="1" isPending={isBusy}>
                {words.look}
              </Button>
            </Form>
          ) : null}
        </section>
      ) : null}
    </div>
  );
}

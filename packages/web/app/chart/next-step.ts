import { type Treatment, treatments } from '@undertone/clinic/candidacy/rules.ts';
import { intakeStanding } from '@undertone/clinic/intake/commands.ts';
import { adultYears, ageOn } from '@undertone/clinic/record/rules.ts';
import type { Patient } from '@undertone/clinic/record/schema.ts';
import { readinessFor } from '@undertone/clinic/screening/gate.ts';
import type { Readiness, ReadinessStepId } from '@undertone/clinic/screening/readiness.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { intlTag, type Locale } from '../locales/index.ts';
import { screeningWords } from '../screening/words.ts';
import { chartPlaces } from './places.ts';
import { chartWords } from './words.ts';

export interface NextStep {
  /** Null when the step is not this role's to take: it is named all the same. */
  readonly to: string | null;
  readonly label: string;
}

type Person = Pick<Patient, 'id' | 'birthDate' | 'birthDateExact' | 'guardian' | 'mergedInto'>;

/**
 * The one act that brings this patient further: a guardian for a minor, a form that waits to be looked at, then the first
 * step of the checklist before a session that is not done. With `wanted`, of that treatment.
 */
export async function nextStepFor(
  clinic: Clinic,
  actor: Actor,
  locale: Locale,
  patient: Person,
  today: string,
  wanted?: Treatment,
): Promise<NextStep | undefined> {
  if (patient.mergedInto !== null) return undefined;
  const words = chartWords[locale];
  const at = (place: string, label: string): NextStep => {
    const action = chartPlaces.find(({ path }) => path === place)?.action;
    const isOpen = action !== undefined && can(actor.role, action);
    return { to: isOpen ? `/desk/patients/${patient.id}/${place}` : null, label };
  };
  const age = ageOn(today, patient);
  if (age !== undefined && age.years < adultYears && patient.guardian === null)
    return at('record', words.addGuardian);
  const forms = (await intakeStanding(clinic, actor, patient.id)).filter(
    ({ state }) => state !== 'withdrawn',
  );
  if (forms.some(({ state }) => state === 'submitted')) return at('intake', words.acceptIntake);
  const course = await courseOf(
    clinic,
    actor,
    patient.id,
    wanted === undefined ? [...new Set(forms.map(({ treatment }) => treatment))] : [wanted],
  );
  if (course === undefined) {
    return forms.some(({ state }) => state === 'open')
      ? at('intake', words.intakeOut)
      : at('intake', words.sendIntake);
  }
  const named = (text: string) => `${screeningWords[locale].treatments[course.treatment]}: ${text}`;
  if (course.next === undefined) return at('session', named(words.beginSession));
  const { step, state, untilDate } = course.next;
  if (step === 'intake' && forms.some((form) => form.state === 'open'))
    return at('intake', named(words.intakeOut));
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  const until =
    state === 'blocked' && untilDate !== undefined
      ? ` (${words.from(day.format(Date.parse(untilDate)))})`
      : '';
  return at(placeOf[step], `${named(screeningWords[locale].steps[step])}${until}`);
}

const placeOf: Readonly<Record<ReadinessStepId, string>> = {
  intake: 'intake',
  screening: 'screening',
  spots: 'screening',
  plan: 'plans',
  consent: 'consent',
  'cooling-off': 'consent',
};

/** The treatment under way: the latest asked about, or the first that anything was done for. */
async function courseOf(
  clinic: Clinic,
  actor: Actor,
  patientId: string,
  asked: readonly Treatment[],
): Promise<Readiness | undefined> {
  for (const treatment of asked.length > 0 ? asked : treatments) {
    const found = await readinessFor(clinic, actor, patientId, treatment);
    if (!found.ok) continue;
    const isBegun = found.readiness.steps.some(
      ({ state, reason }) => state === 'done' && reason !== 'spots-not-needed',
    );
    if (isBegun) return found.readiness;
  }
  return undefined;
}

/*
 * The sheet a person takes home after a session: what to expect and do by day, and when to call.
 *
 *   aftercareSheet(services, actor, { patientId, treatment, performedOn? })   { ok: true, pdf, name }
 *   aftercareBlocks(treatment, language, country, performedOn?)               the same as blocks, for other documents
 */
import { recordAudit } from '../audit/commands.ts';
import { numbersByCountry, numbersOf } from '../followup/local-numbers.ts';
import { type Condition, redFlags, type Sign, type Urgency } from '../followup/red-flags.ts';
import { followUpTexts } from '../followup/texts/index.ts';
import type { Services } from '../platform/services.ts';
import { getPatient } from '../record/commands.ts';
import type { RecordRefusal } from '../record/schema.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import type { Language } from '../tenant/schema.ts';
import {
  type AftercareTreatment,
  aftercareDays,
  aftercareSources,
  aftercareTexts,
} from './aftercare-texts.ts';
import { renderDocument } from './index.ts';
import type { Block, Words } from './schema.ts';

export interface AftercareRequest {
  readonly patientId: string;
  readonly treatment: AftercareTreatment;
  /** The patient's own language when left out. */
  readonly language?: Language;
  /** Day of the session in the clinic's zone, `YYYY-MM-DD`: the sheet then names dates. */
  readonly performedOn?: string;
  /** Where the session was. */
  readonly branchId?: string | null;
}

export async function aftercareSheet(
  services: Pick<Services, 'db' | 'clock' | 'typesetter'>,
  actor: Actor,
  { patientId, treatment, language, performedOn, branchId = null }: AftercareRequest,
): Promise<{ ok: true; pdf: Uint8Array; name: string } | RecordRefusal> {
  const found = await getPatient(services, actor, patientId);
  if (!found.ok) return found;
  const { patient } = found;
  const spoken = language ?? patient.language;
  const tenant = (await listTenants(services)).find(({ id }) => id === actor.tenantId);
  const country = tenant?.country ?? '';
  const texts = aftercareTexts[spoken];
  const pdf = await renderDocument(services, actor.tenantId, {
    kind: 'aftercare',
    branchId,
    language: spoken,
    patient: { name: patient.name },
    facts: [
      [
        texts.dayOf,
        [
          texts.treatmentNames[treatment],
          ...(performedOn ? [`, ${dateText(performedOn, 0, spoken)}`] : []),
        ].join(''),
      ],
    ],
    blocks: aftercareBlocks(treatment, spoken, country, performedOn),
    review: 'unreviewed',
    sources: aftercareSourceLines(treatment, country),
  });
  await services.db.transaction().execute((trx) =>
    recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'document.made',
      subject: { kind: 'patient', id: patientId },
      change: { after: { document: 'aftercare', treatment, language: spoken } },
    }),
  );
  return { ok: true, pdf, name: `aftercare-${treatment}-${spoken}.pdf` };
}

export function aftercareBlocks(
  treatment: AftercareTreatment,
  language: Language,
  country: string,
  performedOn?: string,
): readonly Block[] {
  const texts = aftercareTexts[language];
  const sentences = texts.treatments[treatment];
  const days = aftercareDays.map(({ from, to }, i): readonly Words[] => {
    const dates =
      performedOn === undefined
        ? ''
        : `\n${[...new Set([from, to])].map((day) => dateText(performedOn, day, language)).join(' – ')}`;
    return [[{ strong: texts.day(from, to) }, dates], (sentences[i] ?? []).join('\n')];
  });
  return [
    { kind: 'table', head: [texts.when, texts.whatToDo], rows: days, widths: [0, 1] },
    { kind: 'paragraph', text: texts.prescribed },
    { kind: 'heading', text: texts.whenToCall },
    { kind: 'paragraph', text: texts.lead },
    ...whenToCall(treatment, language, country),
  ];
}

export function aftercareSourceLines(treatment: AftercareTreatment, country: string): readonly string[] {
  const numbers = numbersByCountry[country];
  return [
    aftercareSources[treatment].source,
    ...new Set(redFlags.map(({ source }) => source)),
    ...(numbers ? [numbers.source] : []),
  ];
}

/** Signs of the lid say nothing to someone whose scalp or hand was treated. */
const onlyForLids: readonly Sign[] = ['lid', 'dry-eyes'];

const tones = { EMERG: 'stop', DAY: 'attention', '24H': 'attention', SELF: 'info' } as const;

/** The red-flag table as boxes, the most urgent first: each sign with what to do. */
function whenToCall(treatment: AftercareTreatment, language: Language, country: string): Block[] {
  const texts = followUpTexts(language);
  const numbers = numbersOf(country);
  const fill = (text: string) =>
    text
      .replaceAll('{emergency}', numbers.emergency.join(' / '))
      .replaceAll('{crisis}', `${numbers.crisis.name} ${numbers.crisis.number}`);
  return (['EMERG', 'DAY', '24H', 'SELF'] as const).map((urgency: Urgency): Block => {
    const items = redFlags
      .filter((row) => row.urgency === urgency)
      .map((row) => ({ row, signs: signsIn(row.when) }))
      .filter(({ signs }) => !signs.some((one) => onlyForLids.includes(one)))
      .filter(({ signs }) => treatment === 'scalp' || !signs.includes('shedding'))
      .map(
        ({ row, signs }): Words => [
          { strong: signs.map((one) => texts.signs[one]).join('; ') },
          ` → ${fill(texts.say[row.id])}`,
        ],
      );
    return { kind: 'note', tone: tones[urgency], title: aftercareTexts[language].urgency[urgency], items };
  });
}

function signsIn(condition: Condition): Sign[] {
  if ('sign' in condition) return [condition.sign];
  if ('any' in condition) return condition.any.flatMap(signsIn);
  if ('all' in condition) return condition.all.flatMap(signsIn);
  return [];
}

/** A calendar day some days later, as people of this language read it. */
function dateText(day: string, later: number, language: Language): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + later);
  return new Intl.DateTimeFormat(`${language === 'ne' ? 'ne-NP' : `${language}-IN`}-u-nu-latn-ca-gregory`, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(at);
}

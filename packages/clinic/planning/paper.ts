import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import { recordAudit } from '../audit/commands.ts';
import { instantText, renderDocument } from '../documents/index.ts';
import type { Block, DocumentPicture } from '../documents/schema.ts';
import { decodePhoto, encodeJpeg, shrinkForScreen } from '../platform/images/index.ts';
import type { Services } from '../platform/services.ts';
import { getPatient } from '../record/commands.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import type { Language } from '../tenant/schema.ts';
import { readPlan, readPlanPart } from './commands.ts';
import { type PlanPaperWords, planPaperWords, toldWarnings } from './paper-words.ts';
import { by, noSuchPatient } from './refusals.ts';
import type { PlanningRefusal, PlanSummary } from './rules.ts';

/** A plan for the person it is for, in her language or the one asked for: pictures, colour, sessions, what to know. */
export async function planPaper(
  services: Pick<Services, 'db' | 'clock' | 'files' | 'typesetter'>,
  actor: Actor,
  planId: string,
  { version, language }: { readonly version?: number; readonly language?: Language } = {},
): Promise<{ ok: true; pdf: Uint8Array; name: string } | PlanningRefusal> {
  const read = await readPlan(services, actor, planId, version);
  if (!read.ok) return read;
  const { plan, document } = read;
  const found = await getPatient(services, actor, plan.patientId);
  if (!found.ok) return noSuchPatient;
  const spoken = language ?? found.patient.language;
  const words = planPaperWords[spoken];
  const figures = figuresIn(spoken);
  const at = (moment: Date) => figures(instantText(moment, zone, spoken));
  const zone = (await listTenants(services)).find(({ id }) => id === actor.tenantId)?.zone ?? 'UTC';
  const pictures: DocumentPicture[] = [];
  for (const part of ['photo', 'day0', 'week6', 'month12'] as const) {
    const kept = read.parts.includes(part)
      ? await readPlanPart(services, actor, planId, part, plan.version)
      : undefined;
    const decoded = kept?.ok ? await decodePhoto(kept.bytes) : undefined;
    if (!decoded?.ok) continue;
    const bytes = await encodeJpeg(await shrinkForScreen(decoded.picture, 1000), 88);
    pictures.push({ bytes, alt: words.pictures[part], caption: words.pictures[part] });
  }
  const pdf = await renderDocument(services, actor.tenantId, {
    kind: 'plan',
    language: spoken,
    patient: { name: found.patient.name },
    facts: [
      [words.treatment, words.treatments[plan.treatment]],
      [words.made, `${at(plan.createdAt)}, ${words.version(figures(plan.version), plan.engineVersion)}`],
    ],
    blocks: [
      ...(pictures.length > 0 ? [{ kind: 'pictures' as const, pictures }] : []),
      { kind: 'paragraph', text: words.noPromise, small: true },
      ...planBlocks(document, words, spoken),
      ...signatures(plan, words, at),
    ],
    review: 'unreviewed',
    sources: [...new Set([document.needle.source, document.dots.source])],
    reference: `${planId} / ${plan.version}`,
  });
  await services.db.transaction().execute((trx) =>
    recordAudit(services, trx, {
      ...by(actor),
      action: 'plan.printed',
      subject: { kind: 'plan', id: planId },
      change: { after: { version: plan.version, language: spoken } },
    }),
  );
  return { ok: true, pdf, name: `plan-${plan.treatment}-${spoken}.pdf` };
}

/** What the plan says, without what only staff needs. */
export function planBlocks(plan: PlanDocument, words: PlanPaperWords, language: Language): readonly Block[] {
  const { match, region, sessions, warnings } = plan;
  const figures = figuresIn(language);
  const told = toldWarnings.filter((code) => warnings.some((one) => one.code === code));
  return [
    { kind: 'heading', text: words.match },
    {
      kind: 'paragraph',
      text:
        match.kind === 'recipe'
          ? (words.bands[match.verdict.band as keyof typeof words.bands] ?? '')
          : words.dilutions,
    },
    ...(match.kind === 'recipe'
      ? [
          {
            kind: 'table' as const,
            head: [words.pigment, words.drops],
            rows: match.recipe.parts.map((part) => [part.name, figures(part.drops)]),
            align: ['start', 'end'] as const,
            widths: [1, 0],
          },
        ]
      : []),
    ...(region.areaCm2 === undefined
      ? []
      : [{ kind: 'facts' as const, rows: [[words.area, figures(areaOf(region))] as const] }]),
    { kind: 'heading', text: words.sessions },
    {
      kind: 'list',
      items: sessions.map(({ number: n, afterDays, minutes }) =>
        [
          words.session(figures(n)),
          ...(afterDays
            ? [
                words.after(
                  figures(afterDays.low),
                  afterDays.high === undefined ? undefined : figures(afterDays.high),
                ),
              ]
            : []),
          ...(minutes ? [words.minutes(figures(minutes.low), figures(minutes.high))] : []),
        ].join(', '),
      ),
    },
    { kind: 'heading', text: words.know },
    { kind: 'list', items: told.map((code) => words.warnings[code]) },
  ];
}

const zeros: Readonly<Partial<Record<Language, string>>> = { bn: '০', ne: '०' };

/** Numbers and texts in the digits the language is read with; names and engine versions stay as they are. */
function figuresIn(language: Language): (text: string | number) => string {
  const zero = zeros[language]?.codePointAt(0);
  return (text) =>
    zero === undefined
      ? String(text)
      : String(text).replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

/** Area with two standard deviations, where its error is known. */
function areaOf({ areaCm2 = 0, areaCm2Sd }: PlanDocument['region']): string {
  const number = (value: number) => String(Number(value.toPrecision(3)));
  return areaCm2Sd === undefined
    ? `${number(areaCm2)} cm²`
    : `${number(areaCm2)} ± ${number(Number((2 * areaCm2Sd).toPrecision(2)))} cm²`;
}

function signatures(
  { signature }: PlanSummary,
  words: PlanPaperWords,
  text: (at: Date) => string,
): readonly Block[] {
  return [
    ...(signature ? [] : [{ kind: 'paragraph' as const, text: words.unsigned }]),
    {
      kind: 'signatures',
      lines: [
        signature
          ? { role: words.physician, name: signature.signerName, at: text(signature.signedAt) }
          : { role: words.physician },
        { role: words.patient },
      ],
    },
  ];
}

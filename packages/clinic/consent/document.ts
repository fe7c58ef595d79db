/** The consent as it is sealed: the text that was read, answers, signatures, and a page that says how it came about. */
import type { Treatment } from '../candidacy/rules.ts';
import { instantText, renderDocument } from '../documents/index.ts';
import type { Block, ReviewState } from '../documents/schema.ts';
import type { Services } from '../platform/services.ts';
import type { Language } from '../tenant/schema.ts';
import { consentLabels } from './labels.ts';
import { signatureSvg } from './rules.ts';
import type { AnswerTry, ConsentContent, Particulars, PhotoUse, SignaturePart, Stroke } from './schema.ts';

export interface GivenSignature {
  readonly part: SignaturePart;
  readonly name: string;
  readonly relation: string | undefined;
  readonly method: 'drawn' | 'typed';
  readonly strokes: readonly Stroke[];
}

/** Everything that is sealed. */
export interface SignedConsent {
  readonly consentId: string;
  readonly language: Language;
  readonly treatment: Treatment;
  readonly patientName: string;
  readonly birthDate: string | undefined;
  readonly content: ConsentContent;
  readonly textVersion: number;
  readonly textSha256: string;
  readonly review: ReviewState;
  readonly particulars: Particulars;
  readonly tries: readonly AnswerTry[];
  readonly photos: readonly { readonly use: PhotoUse; readonly identifiable: boolean }[];
  readonly signatures: readonly GivenSignature[];
  readonly offeredAt: Date;
  readonly openedAt: Date | undefined;
  readonly signedAt: Date;
  readonly coolingOffUntil: Date;
}

export function consentPdf(
  services: Pick<Services, 'db' | 'clock' | 'typesetter'>,
  tenantId: string,
  zone: string,
  consent: SignedConsent,
): Promise<Uint8Array> {
  const { language, content } = consent;
  const labels = consentLabels[language];
  const at = (instant: Date) => `${instantText(instant, zone, language)} (${instant.toISOString()})`;
  return renderDocument(services, tenantId, {
    kind: 'consent',
    language,
    title: content.title,
    patient: {
      name: consent.patientName,
      ...(consent.birthDate !== undefined && { birthDate: consent.birthDate }),
    },
    facts: [
      [labels.treatment, labels.treatments[consent.treatment]],
      [labels.explainedBy, consent.particulars.explainedBy],
    ],
    issued: instantText(consent.signedAt, zone, language),
    reference: consent.consentId,
    review: consent.review,
    sources: content.sources,
    blocks: [
      { kind: 'paragraph', text: content.lead },
      ...content.sections.flatMap((section) => sectionBlocks(section, consent)),
      { kind: 'heading', text: labels.questions },
      { kind: 'list', numbered: true, items: answers(consent) },
      { kind: 'heading', text: labels.photos },
      photoBlock(consent),
      { kind: 'heading', text: labels.declaration },
      ...consent.signatures.map(
        ({ part }): Block => ({
          kind: 'paragraph',
          text: [{ strong: `${labels.parts[part]}: ` }, content.declarations[part]],
        }),
      ),
      { kind: 'heading', text: labels.signatures },
      ...signatureBlocks(consent, instantText(consent.signedAt, zone, language)),
      { kind: 'page-break' },
      { kind: 'heading', text: labels.audit },
      { kind: 'paragraph', text: labels.auditText },
      {
        kind: 'facts',
        rows: [
          [labels.consentNumber, consent.consentId],
          [labels.textVersion, `${consent.treatment} ${language} v${consent.textVersion}`],
          ['SHA-256', consent.textSha256.replaceAll(/(.{16})(?=.)/g, '$1 ')],
          [labels.offered, at(consent.offeredAt)],
          ...(consent.openedAt === undefined ? [] : [[labels.opened, at(consent.openedAt)] as const]),
          ...consent.tries.map(
            ({ at: tried, wrong }, i) =>
              [
                `${labels.answered} ${i + 1}`,
                `${at(new Date(tried))}, ${content.questions.length - wrong.length}/${content.questions.length}`,
              ] as const,
          ),
          ...consent.signatures.map(
            ({ part, name, method }) => [labels.parts[part], `${name}, ${labels[method]}`] as const,
          ),
          [labels.signed, at(consent.signedAt)],
          [labels.coolingOffUntil, at(consent.coolingOffUntil)],
        ],
      },
    ],
  });
}

function sectionBlocks(section: ConsentContent['sections'][number], consent: SignedConsent): Block[] {
  const { particulars, content, language } = consent;
  const labels = consentLabels[language];
  const blocks: Block[] = [
    { kind: 'heading', text: section.heading },
    ...section.lines.map((text): Block => ({ kind: 'paragraph', text })),
  ];
  if (section.id === 'diagnosis' && particulars.diagnosis !== '') {
    blocks.push({ kind: 'paragraph', text: [{ strong: particulars.diagnosis }] });
  }
  if (section.id === 'operator') {
    blocks.push({ kind: 'facts', rows: [[labels.operator, particulars.operator]] });
  }
  if (section.id === 'pigments') {
    blocks.push(
      particulars.pigments.length === 0
        ? { kind: 'paragraph', text: labels.noPigments }
        : {
            kind: 'table',
            head: [labels.pigment, 'CI', labels.lot],
            rows: particulars.pigments.map(({ name, ci, lot }) => [name, ci, lot]),
            widths: [3, 2, 2],
          },
    );
  }
  if (section.id === 'risks') {
    blocks.push({
      kind: 'table',
      head: [labels.risk, labels.counted, labels.onset],
      rows: content.risks.map(({ label, figures, onset }) => [label, figures.join('\n'), onset]),
      widths: [3, 5, 3],
    });
  }
  if (section.id === 'cost' && particulars.price !== '') {
    blocks.push({ kind: 'facts', rows: [[labels.price, particulars.price]] });
  }
  return blocks;
}

/** Drawn ones over a line; typed ones in words, so that no line looks left empty. */
function signatureBlocks({ signatures, language }: SignedConsent, at: string): Block[] {
  const labels = consentLabels[language];
  const roleOf = ({ part, relation }: GivenSignature) =>
    labels.parts[part] + (relation === undefined ? '' : ` (${relation})`);
  const drawn = signatures.filter(({ method }) => method === 'drawn');
  const typed = signatures.filter(({ method }) => method === 'typed');
  return [
    ...(typed.length === 0
      ? []
      : [
          {
            kind: 'facts' as const,
            rows: typed.map(
              (one) => [roleOf(one), [{ strong: one.name }, `, ${labels.typed}, ${at}`]] as const,
            ),
          },
        ]),
    ...(drawn.length === 0
      ? []
      : [
          {
            kind: 'signatures' as const,
            lines: drawn.map((one) => ({
              role: roleOf(one),
              name: one.name,
              at: `${at}, ${labels.drawn}`,
              picture: new TextEncoder().encode(signatureSvg(one.strokes)),
            })),
          },
        ]),
  ];
}

function answers({ content, tries, language }: SignedConsent): string[] {
  return content.questions.map(({ id, question, options, right }) => {
    const text = options.find((option) => option.id === right)?.text ?? '';
    const tried = tries.findIndex((one) => !one.wrong.includes(id)) + 1;
    return `${question}\n→ ${text} (${consentLabels[language].tries(tried)})`;
  });
}

function photoBlock({ photos, language }: SignedConsent): Block {
  const labels = consentLabels[language];
  return photos.length === 0
    ? { kind: 'paragraph', text: labels.photosNone }
    : {
        kind: 'list',
        items: photos.map(
          ({ use, identifiable }) =>
            `${labels.photoUses[use]}: ${identifiable ? labels.identifiable : labels.notIdentifiable}`,
        ),
      };
}

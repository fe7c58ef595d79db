/*
 * Documents on paper, in the reader's language: one layout, tagged for screen readers, on the clinic's letterhead.
 *
 *   const pdf = await renderDocument(services, tenantId, {
 *     kind: 'letter', language: 'bn', patient: { name }, review: 'unreviewed',
 *     blocks: [{ kind: 'paragraph', text: '…' }],
 *   });
 *
 * Whoever asks has checked the role and writes the audit entry. docs/documents.md.
 */

import { documentFonts, type Typesetter } from '../platform/pdf.ts';
import type { Services } from '../platform/services.ts';
import { listTenants, selectEveryBranch } from '../tenant/commands.ts';
import { reachOf } from '../tenant/rules.ts';
import type { Branch, Language, Tenant } from '../tenant/schema.ts';
import { layout } from './layout.ts';
import type { Block, DocumentRequest, SignatureLine, Words } from './schema.ts';
import { type DocumentWords, documentWords } from './words.ts';

/** Who gives the document out. */
export interface Letterhead {
  readonly name: string;
  readonly zone: string;
  readonly facts: Tenant['facts'];
  readonly sample: boolean;
}

/**
 * Sets a document on the letterhead of the clinic.
 * @returns the bytes of a PDF; the same request gives the same bytes when `issued` is given.
 * @throws `no-such-clinic`; `typesetting-failed` when a picture cannot be read.
 */
export async function renderDocument(
  services: Pick<Services, 'db' | 'clock' | 'typesetter'>,
  tenantId: string,
  request: DocumentRequest,
): Promise<Uint8Array> {
  const tenant = (await listTenants(services)).find(({ id }) => id === tenantId);
  if (!tenant)
    throw Object.assign(new Error('There is no such clinic.'), { code: 'no-such-clinic' as const });
  const issued = request.issued ?? instantText(services.clock.now(), tenant.zone, request.language);
  const { branchId } = request;
  const branches = branchId ? await selectEveryBranch(services.db, tenantId) : [];
  return setDocument(services.typesetter, { ...request, issued }, letterheadAt(tenant, branches, branchId));
}

/** The clinic's letterhead with the street and telephone of a branch that has its own, and its name where there are several. */
function letterheadAt(
  tenant: Letterhead,
  branches: readonly Branch[],
  branchId: string | null | undefined,
): Letterhead {
  const { branchName, addressLines, town, phone } = reachOf(tenant.facts, branches, branchId);
  const street = branchName === null ? addressLines : [branchName, ...(addressLines ?? [])];
  return { ...tenant, facts: { ...tenant.facts, addressLines: street, town, phone } };
}

/** Date and time of an instant as people of this language read it, in the clinic's zone, with Latin digits. */
export function instantText(at: Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(`${language === 'ne' ? 'ne-NP' : `${language}-IN`}-u-nu-latn-ca-gregory`, {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at);
}

/** The same without a database; without a letterhead nothing stands above the title. */
export function setDocument(
  typesetter: Typesetter,
  request: DocumentRequest,
  letterhead?: Letterhead,
): Promise<Uint8Array> {
  const words = documentWords[request.language];
  const files: Record<string, Uint8Array> = {};
  const keep = (bytes: Uint8Array) => {
    const path = `/picture-${Object.keys(files).length}`;
    files[path] = bytes;
    return path;
  };
  const title = request.title ?? words.titles[request.kind];
  const { patient, review } = request;
  const document = {
    fonts: documentFonts,
    language: request.language,
    title,
    running: letterhead?.name ?? '',
    reference: request.reference ?? '',
    clinic: { name: letterhead?.name ?? '', lines: letterhead ? linesOf(letterhead, words) : [] },
    words: {
      page: words.page,
      sources: words.sources,
      stencil: words.stencil,
      printAtFullSize: words.printAtFullSize,
    },
    facts: [
      ...(patient ? [[words.patient, patient.name]] : []),
      ...(patient?.birthDate === undefined ? [] : [[words.born, patient.birthDate]]),
      ...(patient?.number === undefined ? [] : [[words.recordNumber, patient.number]]),
      ...(request.issued === undefined ? [] : [[words.issued, request.issued]]),
      ...(request.facts ?? []),
    ],
    blocks: request.blocks.map((block) => printed(block, words, keep)),
    review:
      review === undefined
        ? ''
        : review === 'unreviewed'
          ? words.unreviewed
          : words.reviewed(review.reviewedBy, review.on),
    sources: request.sources ?? [],
  };
  return typesetter.pdf(layout, {
    ...files,
    '/document.json': new TextEncoder().encode(JSON.stringify(document)),
  });
}

/** What stands beside the clinic's name. What the clinic has not said is left out, never invented. */
function linesOf({ facts, sample }: Letterhead, words: DocumentWords): string[] {
  const { physician } = facts;
  const said = (name: string, value: string | null | undefined) => (value ? [`${name}: ${value}`] : []);
  return [
    ...(facts.addressLines ?? []),
    ...(facts.town ? [facts.town] : []),
    ...said(words.phone, facts.phone),
    ...said(words.email, facts.email),
    ...said(words.licence, facts.licence),
    ...(physician ? [`${physician.name}, ${physician.degrees}`] : []),
    ...said(words.registration, physician?.registration),
    ...(sample ? [words.sample] : []),
  ];
}

/** Printed part of an A4 sheet for the stencil, mm. */
const sheetMm = { width: 180, height: 225 } as const;

/** A block with everything said, so that the layout decides nothing. */
function printed(block: Block, words: DocumentWords, keep: (bytes: Uint8Array) => string) {
  switch (block.kind) {
    case 'heading':
      return { ...block, level: block.level ?? 1 };
    case 'paragraph':
      return { ...block, small: block.small ?? false };
    case 'list':
      return { ...block, numbered: block.numbered ?? false };
    case 'table':
      return {
        ...block,
        align: block.head.map((_, i) => block.align?.[i] ?? 'start'),
        widths: block.head.map((_, i) => block.widths?.[i] ?? 0),
        // Wrapped, so that the layout can tell a cell from the pieces of its words.
        rows: block.rows.map((row) => block.head.map((_, i) => ({ words: row[i] ?? '' }))),
      };
    case 'pictures':
      return {
        kind: block.kind,
        pictures: block.pictures.map(({ bytes, alt, caption = '', widthMm = 0 }) => ({
          file: keep(bytes),
          alt,
          caption,
          widthMm,
        })),
      };
    case 'signatures':
      return { kind: block.kind, lines: block.lines.map((line) => signature(line, keep)) };
    case 'stencil':
      return stencil(block, words, keep);
    default:
      return block;
  }
}

function signature(
  { role, name = '', at = '', picture }: SignatureLine,
  keep: (bytes: Uint8Array) => string,
) {
  return { role, name, at, file: picture ? keep(picture) : '', alt: name === '' ? role : `${role}: ${name}` };
}

function stencil(
  { svg, widthMm, heightMm, alt }: Extract<Block, { kind: 'stencil' }>,
  words: DocumentWords,
  keep: (bytes: Uint8Array) => string,
) {
  const columns = Math.ceil(widthMm / sheetMm.width);
  const rows = Math.ceil(heightMm / sheetMm.height);
  return {
    kind: 'stencil',
    file: keep(new TextEncoder().encode(svg)),
    alt,
    widthMm,
    heightMm,
    sheetMm,
    sheets: Array.from({ length: columns * rows }, (_, i) => ({
      x: (i % columns) * sheetMm.width,
      y: Math.floor(i / columns) * sheetMm.height,
      label: columns * rows === 1 ? '' : words.stencilSheet(Math.floor(i / columns) + 1, (i % columns) + 1),
    })),
  };
}

/** Words as one line of plain text. */
export function plainText(words: Words): string {
  return typeof words === 'string'
    ? words
    : words.map((piece) => (typeof piece === 'string' ? piece : piece.strong)).join('');
}

/** What went, what stayed and why, on paper. It names a number, not the person: whoever hands it over writes the name. */
import { instantText, renderDocument } from '../documents/index.ts';
import type { Block } from '../documents/schema.ts';
import type { Services } from '../platform/services.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import type { Language } from '../tenant/schema.ts';
import { legalBasis } from './legal-bases.ts';
import { wrongState } from './refusals.ts';
import { readErasure } from './requests.ts';
import type { RetentionRefusal } from './schema.ts';
import { grouped, retentionWords } from './words.ts';

export async function erasureCertificate(
  services: Pick<Services, 'db' | 'keys' | 'clock' | 'typesetter'>,
  actor: Actor,
  erasureId: string,
  language: Language,
): Promise<{ ok: true; pdf: Uint8Array; name: string } | RetentionRefusal> {
  const read = await readErasure(services, actor, erasureId);
  if (!read.ok) return read;
  const { erasure } = read;
  const { summary } = erasure;
  if (summary === null || (erasure.state !== 'done' && erasure.state !== 'waiting')) return wrongState;
  const words = retentionWords[language];
  const zone = (await listTenants(services)).find(({ id }) => id === actor.tenantId)?.zone ?? 'UTC';
  const instant = (at: Date | null) => (at === null ? '–' : instantText(at, zone, language));
  const next = summary.kept.flatMap(({ until }) => (until === null ? [] : [until])).toSorted()[0];
  const went = grouped(summary.gone);
  const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
  const pdf = await renderDocument(services, actor.tenantId, {
    kind: 'letter',
    title: words.title,
    language,
    reference: erasure.id,
    facts: [
      [words.number, erasure.patientId],
      [words.requested, instant(erasure.requestedAt)],
      [words.decided, instant(erasure.decidedAt)],
      [words.finished, instant(erasure.finishedAt)],
      ...(next === undefined ? [] : [[words.next, next] as const]),
    ],
    blocks: [
      { kind: 'heading', text: words.wentHead },
      ...(went.length === 0
        ? [paragraph(words.nothingWent)]
        : [
            {
              kind: 'table' as const,
              head: [words.what, words.rows],
              align: ['start', 'end'] as const,
              rows: went.map(([group, rows]) => [words.groups[group], String(rows)]),
            },
            paragraph(words.filesGone(summary.filesGone)),
          ]),
      { kind: 'heading', text: words.stayedHead },
      paragraph(words.identity[summary.identity]),
      ...(summary.kept.length === 0
        ? summary.identity === 'gone'
          ? [paragraph(words.nothingStayed)]
          : []
        : [
            {
              kind: 'table' as const,
              head: [words.what, words.rows, words.until, words.why],
              align: ['start', 'end', 'start', 'start'] as const,
              widths: [3, 1, 2, 6],
              rows: summary.kept.map((one) => [
                words.kinds[one.kind],
                String(one.rows),
                one.until ?? '–',
                legalBasis(one.kind, one.source, language).text,
              ]),
            },
          ]),
      ...(summary.kept.some(({ review }) => review === 'unreviewed') ? [paragraph(words.lawUnreviewed)] : []),
      paragraph(words.auditNote),
      ...(summary.auditEntries.length === 0
        ? []
        : [paragraph(words.auditFound(summary.auditEntries.join(', ')))]),
      paragraph(words.backups),
    ],
  });
  return { ok: true, pdf, name: `erasure-${erasure.id}.pdf` };
}

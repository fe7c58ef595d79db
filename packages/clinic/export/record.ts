/**
 * A person's whole record as a zip: a page to read, documents as PDF, photographs, every row as JSON, and the same as FHIR.
 * Made piece by piece: one photograph at a time is in memory.
 */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { collection, fhirBase, mapContext, resourcesOfPatient } from '../fhir/commands.ts';
import { adverseEventReport } from '../followup/commands.ts';
import { invoicePaper, receiptPaper } from '../money/papers.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { subjectsOf } from '../retention/subjects.ts';
import { sessionAftercare, sessionNote } from '../session/papers.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import type { Language } from '../tenant/schema.ts';
import { type Copy, type CopyPaper, copyPage } from './page.ts';
import { filesOf, type Row, rowsOfPerson } from './rows.ts';

export type RecordServices = Pick<
  Services,
  'db' | 'clock' | 'config' | 'files' | 'keys' | 'typesetter' | 'log'
>;

interface Entry {
  readonly path: string;
  /** Whether it is text, which gets smaller; pictures and PDF do not. */
  readonly compress: boolean;
  readonly bytes: () => Promise<Buffer>;
}

/** What {@link recordEntries} made, for the audit chain. */
export interface RecordSummary {
  readonly patientIds: readonly string[];
  readonly tables: number;
  readonly rows: number;
  readonly documents: number;
  readonly missing: number;
  readonly pictures: number;
}

/**
 * The bytes of the zip, in pieces, and what is in it once they were read. Documents are set under the actor's name and role.
 * @returns undefined when there is no such patient, or the record was merged into another
 */
export async function recordZip(
  services: RecordServices,
  trx: Trx,
  actor: Actor,
  patientId: string,
): Promise<{ readonly chunks: AsyncIterable<Buffer>; readonly summary: RecordSummary } | undefined> {
  const { tenantId } = actor;
  const subjects = await subjectsOf(services, trx, tenantId, patientId);
  if (subjects === undefined) return undefined;
  const rows = await rowsOfPerson(trx, tenantId, subjects);
  // A person's own copy is whole: it does not depend on the branches of who makes it.
  const context = mapContext(services, { tenantId });
  const found = await resourcesOfPatient(trx, context, actor.role, patientId);
  const tenant = (await listTenants(services)).find(({ id }) => id === tenantId);
  const language = (rows.get('patients')?.find(({ id }) => id === patientId)?.language ?? 'en') as Language;
  const asOf = services.clock.now();

  const entries: Entry[] = [];
  const text = (path: string, value: string) =>
    entries.push({ path, compress: true, bytes: () => Promise.resolve(Buffer.from(value)) });
  const { papers, made } = await paperEntries(services, trx, actor, rows, language);
  entries.push(...made);
  const pictures: { path: string; label: string }[] = [];
  const otherFiles: string[] = [];
  for (const { fileId, table, row, column } of filesOf(rows)) {
    const stored = await services.files.find(trx, tenantId, fileId);
    if (stored === undefined || isPaper(table, row)) continue;
    const isPicture = stored.mediaType.startsWith('image/') && stored.mediaType !== 'image/svg+xml';
    const path = `${isPicture ? 'photographs' : 'files'}/${nameOf(table, row, column, fileId)}.${extensionOf(stored.mediaType)}`;
    entries.push({ path, compress: !isPicture, bytes: () => bytesOf(services, trx, tenantId, fileId) });
    if (isPicture && table !== 'plan_files') pictures.push({ path, label: labelOf(table, row, column) });
    else otherFiles.push(path);
  }
  for (const [table, list] of rows) text(`data/${table}.json`, `${JSON.stringify(list, null, 1)}\n`);
  text(
    'data/fhir.json',
    `${JSON.stringify(collection(fhirBase(services), found?.resources ?? [], asOf), null, 1)}\n`,
  );
  const copy: Copy = {
    language,
    clinicName: tenant?.name ?? 'Undertone',
    zone: tenant?.zone ?? 'UTC',
    currency: tenant?.currency ?? 'INR',
    asOf,
    patientId,
    rows,
    papers,
    pictures,
    otherFiles,
  };
  // First, so that whoever lists the zip sees it first.
  entries.unshift({
    path: 'index.html',
    compress: true,
    bytes: () => Promise.resolve(Buffer.from(copyPage(copy))),
  });
  return {
    chunks: zipped(entries, asOf),
    summary: {
      patientIds: subjects.patients,
      tables: rows.size,
      rows: [...rows.values()].reduce((sum, list) => sum + list.length, 0),
      documents: papers.filter(({ path }) => path !== undefined).length,
      missing: papers.filter(({ path }) => path === undefined).length,
      pictures: pictures.length,
    },
  };
}

/** Whether the file is one of the documents already. */
function isPaper(table: string, row: Row): boolean {
  return table === 'consents' || (table === 'plan_files' && row.part === 'pdf');
}

async function bytesOf(
  services: Pick<Services, 'files'>,
  trx: Trx,
  tenantId: string,
  fileId: string,
): Promise<Buffer> {
  const file = await services.files.get(trx, tenantId, fileId);
  if (file === undefined)
    throw Object.assign(new Error(`file ${fileId} has no row`), { code: 'file-missing' as const });
  return file.bytes;
}

/** Sealed documents as they were sealed, and what the clinic prints from the record. */
async function paperEntries(
  services: RecordServices,
  trx: Trx,
  actor: Actor,
  rows: ReadonlyMap<string, readonly Row[]>,
  language: Language,
): Promise<{ readonly papers: readonly CopyPaper[]; readonly made: readonly Entry[] }> {
  const papers: CopyPaper[] = [];
  const made: Entry[] = [];
  const add = (kind: CopyPaper['kind'], label: string, id: unknown, bytes: () => Promise<Buffer>) => {
    const path = `documents/${kind}-${fileName(label)}-${idText(id).slice(0, 8)}.pdf`;
    papers.push({ kind, label, path });
    made.push({ path, compress: false, bytes });
  };
  const of = (table: string) => rows.get(table) ?? [];
  for (const row of of('consents').filter(({ file_id }) => file_id !== null))
    add('consent', dayOf(row.signed_at), row.id, () =>
      bytesOf(services, trx, actor.tenantId, idText(row.file_id)),
    );
  const plans = new Map(of('plans').map((row) => [`${idText(row.plan_id)} ${String(row.version)}`, row]));
  for (const row of of('plan_files').filter(({ part }) => part === 'pdf')) {
    const plan = plans.get(`${idText(row.plan_id)} ${String(row.version)}`);
    add('plan', `${dayOf(plan?.created_at)} v${String(row.version)}`, row.file_id, () =>
      bytesOf(services, trx, actor.tenantId, idText(row.file_id)),
    );
  }
  type Made =
    | { readonly ok: true; readonly pdf: Uint8Array }
    | { readonly ok: false; readonly reason: string };
  const set = async (
    kind: CopyPaper['kind'],
    label: string,
    id: string,
    paper: () => Promise<Made>,
  ): Promise<void> => {
    // One document that cannot be set must not keep a person from all the rest: the page says which is missing.
    const answer = await paper().catch((error: unknown) => {
      services.log.error({ err: error, paper: kind, id }, 'a document of a record could not be made');
      return { ok: false as const, reason: 'failed' };
    });
    if (answer.ok) add(kind, label, id, () => Promise.resolve(Buffer.from(answer.pdf)));
    else papers.push({ kind, label, path: undefined });
  };
  for (const row of of('sessions').filter(({ state, performed_at }) => state !== 'open' && performed_at)) {
    const id = idText(row.id);
    const day = dayOf(row.performed_at);
    await set('session-note', day, id, () => sessionNote(services, actor, id, language));
    await set('aftercare', day, id, () => sessionAftercare(services, actor, id));
  }
  for (const row of of('invoices'))
    await set('invoice', idText(row.label), idText(row.id), () =>
      invoicePaper(services, actor, idText(row.id), language),
    );
  for (const row of of('payments'))
    await set('receipt', idText(row.label), idText(row.id), () =>
      receiptPaper(services, actor, idText(row.id), language),
    );
  for (const row of of('adverse_events').filter(({ withdrawn_reason }) => withdrawn_reason === null))
    await set('event', dayOf(row.onset_on), idText(row.id), () =>
      adverseEventReport(services, actor, idText(row.id), language),
    );
  return { papers, made };
}

/** A zip, as it comes into being. Entries are asked for one after the other. */
async function* zipped(entries: readonly Entry[], at: Date): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  let fault: unknown;
  for (const { path, compress, bytes } of entries) {
    zip.addReadStreamLazy(path, { mtime: at, compress, mode: 0o100600 }, (give) => {
      bytes().then(
        (content) => give(null, Readable.from([content])),
        (error: unknown) => {
          fault = error;
          give(error, Readable.from([]));
        },
      );
    });
  }
  const failed = new Promise<never>((_, reject) => zip.once('error', reject));
  failed.catch(() => undefined);
  zip.end();
  const chunks = zip.outputStream[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([chunks.next(), failed]);
    if (fault !== undefined) throw fault;
    if (next.done === true) return;
    yield Buffer.from(next.value as Buffer);
  }
}

function idText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function dayOf(value: unknown): string {
  return idText(value).slice(0, 10);
}

/** What every file system takes. */
function fileName(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replaceAll(/^-+|-+$/g, '');
}

function labelOf(table: string, row: Row, column: string): string {
  const day = dayOf(row.taken_at ?? row.made_at ?? row.answered_at ?? row.consented_at);
  const what = idText(
    row.view ?? row.healing_state ?? (table === 'outcome_pairs' ? column.split('_')[0] : ''),
  );
  return [day, what].filter((part) => part !== '').join(', ');
}

function nameOf(table: string, row: Row, column: string, fileId: string): string {
  const part = table === 'plan_files' ? idText(row.part) : column.replace(/_?file(_id)?$/, '');
  return fileName([table, labelOf(table, row, column), part, fileId.slice(0, 8)].filter(Boolean).join('-'));
}

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'image/svg+xml': 'svg',
  'application/pdf': 'pdf',
  'application/json': 'json',
};
function extensionOf(mediaType: string): string {
  return extensions[mediaType] ?? 'bin';
}

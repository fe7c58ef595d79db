/*
 * Copies of records.
 *
 *   askForRecord(services, actor, patientId)        { ok: true, exportId }: a person's whole record as a zip (data.export)
 *   recordExports(services, actor, patientId)       { ok: true, exports }: the newest first
 *   readRecordExport(services, actor, exportId)     { ok: true, file }: its bytes, piece by piece
 *   makeRecordLink(services, actor, patientId)      { ok: true, url, until }: by which the patient asks herself
 *   proveRecordLink(services, tenantId, token, said)   { ok: true, pass }: she is who she says
 *   openRecordLink(services, tenantId, token, pass)    { ok: true, exports, … } behind the proof
 *   askByLink, readByLink                           the same two for her
 *   askForBulk, bulkState, readBulkFile, cancelBulk FHIR in bulk, for programs (export:run)
 *   exportJobs(services)
 *
 * A copy is made by a job, encrypted by the file store, kept for days and then removed; asking, making and fetching each
 * leave an entry.
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { countAttempt } from '../booking/limits.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import { inTenant } from '../platform/scope.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { patientFacts } from '../record/commands.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import type { Language } from '../tenant/schema.ts';
import { isPass, isProof, linkOfToken, passFor, proofFor, recordToken } from './links.ts';
import { dropFiles, makeExportJob } from './making.ts';
import { type BulkWish, type ExportRefusal, type ExportView, linkDays } from './schema.ts';
import {
  type ExportsTable,
  insertExport,
  insertLink,
  type RecordLinksTable,
  selectExport,
  selectExportFiles,
  selectExportsOf,
  selectLink,
  updateExport,
} from './store.ts';

export { exportJobs, makeExport, makeExportJob, sweepExports, sweepExportsJob } from './making.ts';

type Asking = Pick<Services, 'db' | 'clock' | 'jobs'>;

/** A copy as it is fetched: pieces in order, decrypted one by one. */
export interface FetchedFile {
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly name: string;
  readonly pieces: () => AsyncGenerator<Buffer>;
}

export async function askForRecord(
  services: Asking,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; exportId: string } | ExportRefusal> {
  if (!can(actor.role, 'data.export')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const facts = await patientFacts(services, trx, actor.tenantId, patientId);
    if (facts === undefined) return notFound;
    if (facts.patient.mergedInto !== null) return mergedAway;
    const known = await selectExportsOf(trx, actor.tenantId, { patientId });
    if (known.some(isUnderWay)) return alreadyAsked;
    return begin(services, trx, { tenantId: actor.tenantId, patientId, askedBy: actor.staffId });
  });
}

export async function recordExports(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; exports: readonly ExportView[] } | ExportRefusal> {
  if (!can(actor.role, 'data.export')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => ({
    ok: true as const,
    exports: (await selectExportsOf(trx, actor.tenantId, { patientId })).map(viewOf),
  }));
}

export async function readRecordExport(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  actor: Actor,
  exportId: string,
): Promise<{ ok: true; file: FetchedFile } | ExportRefusal> {
  if (!can(actor.role, 'data.export')) return notAllowed;
  if (!isUuid(exportId)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const row = await selectExport(trx, actor.tenantId, exportId);
    if (row?.kind !== 'record') return notFound;
    return fetchRecord(services, trx, row, { kind: 'staff', id: actor.staffId });
  });
}

export async function makeRecordLink(
  services: Pick<Services, 'db' | 'clock' | 'keys' | 'config'>,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; url: string; until: Date; language: Language } | ExportRefusal> {
  if (!can(actor.role, 'data.export')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const facts = await patientFacts(services, trx, actor.tenantId, patientId);
    if (facts === undefined) return notFound;
    const { patient } = facts;
    if (patient.mergedInto !== null) return mergedAway;
    const id = randomUUID();
    const proof = proofFor(services.keys, id, {
      birthDate: patient.birthDateExact ? patient.birthDate : null,
      phone: patient.phones[0] ?? null,
    });
    if (proof === undefined) return nothingToAsk;
    const now = services.clock.now();
    const until = new Date(now.getTime() + linkDays * 86_400_000);
    await insertLink(trx, {
      tenant_id: actor.tenantId,
      id,
      patient_id: patientId,
      ...proof,
      made_by: actor.staffId,
      made_at: now,
      expires_at: until,
    });
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'record.link-made',
      subject: { kind: 'patient', id: patientId },
      change: { after: { linkId: id, asks: proof.asks } },
    });
    const token = recordToken(services.keys, actor.tenantId, id);
    const { language } = patient;
    return {
      ok: true as const,
      url: `${services.config.http.publicUrl}/${language}/record/${token}`,
      until,
      language,
    };
  });
}

/** Wrong answers to one link, by the hour. */
const proofRate = { name: 'record-proof', most: 8, windowMinutes: 60 } as const;

type LinkServices = Pick<Services, 'db' | 'clock' | 'keys'>;

export async function proveRecordLink(
  services: LinkServices,
  tenantId: string,
  token: string,
  answer: string,
): Promise<{ ok: true; pass: string; linkId: string } | ExportRefusal> {
  return asTenant(services.db, tenantId, async (trx) => {
    const link = await linkFor(services, trx, tenantId, token);
    if (!link.ok) return link;
    const counted = await countAttempt(services, trx, tenantId, proofRate, link.row.id);
    if (!counted.ok) return counted;
    if (!isProof(services.keys, link.row, answer)) return proofWrong;
    const pass = passFor(services.keys, link.row.id, services.clock.now());
    return { ok: true as const, pass, linkId: link.row.id };
  });
}

/** @param pass what {@link proveRecordLink} gave; without it only what is asked for is told */
export async function openRecordLink(
  services: LinkServices,
  tenantId: string,
  token: string,
  pass: string | undefined,
): Promise<{ ok: true; exports: readonly ExportView[] } | ExportRefusal> {
  return asTenant(services.db, tenantId, async (trx) => {
    const link = await provenLink(services, trx, tenantId, token, pass);
    if (!link.ok) return link;
    const exports = await selectExportsOf(trx, tenantId, { linkId: link.row.id });
    return { ok: true as const, exports: exports.map(viewOf) };
  });
}

export async function askByLink(
  services: LinkServices & Asking,
  tenantId: string,
  token: string,
  pass: string | undefined,
): Promise<{ ok: true; exportId: string } | ExportRefusal> {
  return asTenant(services.db, tenantId, async (trx) => {
    const link = await provenLink(services, trx, tenantId, token, pass);
    if (!link.ok) return link;
    const { id, patient_id, made_by } = link.row;
    const known = await selectExportsOf(trx, tenantId, { linkId: id });
    if (known.some((row) => isUnderWay(row) || row.state === 'ready')) return alreadyAsked;
    return begin(services, trx, { tenantId, patientId: patient_id, askedBy: made_by, linkId: id });
  });
}

export async function readByLink(
  services: LinkServices & Pick<Services, 'files'>,
  tenantId: string,
  token: string,
  pass: string | undefined,
): Promise<{ ok: true; file: FetchedFile } | ExportRefusal> {
  return asTenant(services.db, tenantId, async (trx) => {
    const link = await provenLink(services, trx, tenantId, token, pass);
    if (!link.ok) return link;
    const [row] = (await selectExportsOf(trx, tenantId, { linkId: link.row.id })).filter(
      ({ state }) => state === 'ready',
    );
    return row ? fetchRecord(services, trx, row, { kind: 'link', id: link.row.id }) : notFound;
  });
}

/** The link a token in a browser's cookie belongs to; for the name of the cookie. */
export function recordLinkId(keys: Services['keys'], tenantId: string, token: string): string | undefined {
  return linkOfToken(keys, tenantId, token);
}

// ---- FHIR in bulk -----------------------------------------------------------------------------------------------

export async function askForBulk(
  services: Asking,
  member: Actor & { readonly tokenId: string },
  wish: BulkWish,
): Promise<{ ok: true; exportId: string } | ExportRefusal> {
  if (!can(member.role, 'data.export')) return notAllowed;
  return asTenant(services.db, member.tenantId, (trx) =>
    begin(services, trx, {
      tenantId: member.tenantId,
      patientId: null,
      askedBy: member.staffId,
      tokenId: member.tokenId,
      wish,
    }),
  );
}

export interface BulkState {
  readonly row: ExportsTable;
  readonly files: readonly { readonly seq: number; readonly type: string; readonly resources: number }[];
}

export async function bulkState(
  services: Pick<Services, 'db' | 'clock'>,
  member: Actor,
  exportId: string,
): Promise<({ ok: true } & BulkState) | ExportRefusal> {
  if (!can(member.role, 'data.export')) return notAllowed;
  if (!isUuid(exportId)) return notFound;
  return asTenant(services.db, member.tenantId, async (trx) => {
    const row = await selectExport(trx, member.tenantId, exportId);
    if (row?.kind !== 'fhir') return notFound;
    const files = await selectExportFiles(trx, member.tenantId, exportId);
    return {
      ok: true as const,
      row,
      files: files.map(({ seq, type, resources }) => ({ seq, type: type ?? '', resources: resources ?? 0 })),
    };
  });
}

export async function readBulkFile(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  member: Actor,
  exportId: string,
  seq: number,
): Promise<{ ok: true; bytes: Uint8Array } | ExportRefusal> {
  if (!can(member.role, 'data.export')) return notAllowed;
  if (!isUuid(exportId)) return notFound;
  return asTenant(services.db, member.tenantId, async (trx) => {
    const row = await selectExport(trx, member.tenantId, exportId);
    if (row?.kind !== 'fhir' || !isOpen(row, services.clock.now())) return notFound;
    const one = (await selectExportFiles(trx, member.tenantId, exportId)).find((file) => file.seq === seq);
    const file = one && (await services.files.get(trx, member.tenantId, one.file_id));
    if (one === undefined || file === undefined) return notFound;
    await recordAudit(services, trx, {
      tenantId: member.tenantId,
      actor: { kind: 'staff', id: member.staffId },
      action: 'fhir.fetched',
      subject: { kind: 'export', id: exportId },
      change: { after: { token: member.sessionId, type: one.type, resources: one.resources } },
    });
    return { ok: true as const, bytes: file.bytes };
  });
}

/** Stops what is under way and removes what is there. */
export async function cancelBulk(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  member: Actor,
  exportId: string,
): Promise<{ ok: true } | ExportRefusal> {
  if (!can(member.role, 'data.export')) return notAllowed;
  if (!isUuid(exportId)) return notFound;
  return asTenant(services.db, member.tenantId, async (trx) => {
    const row = await selectExport(trx, member.tenantId, exportId, true);
    if (row?.kind !== 'fhir' || row.state === 'cancelled' || row.state === 'expired') return notFound;
    await dropFiles(services, trx, member.tenantId, exportId);
    await updateExport(trx, member.tenantId, exportId, { state: 'cancelled' });
    await recordAudit(services, trx, {
      tenantId: member.tenantId,
      actor: { kind: 'staff', id: member.staffId },
      action: 'fhir.export-cancelled',
      subject: { kind: 'export', id: exportId },
      change: { after: { token: member.sessionId } },
    });
    return { ok: true as const };
  });
}

// ---- Common -----------------------------------------------------------------------------------------------------

async function begin(
  services: Asking,
  trx: Trx,
  asked: {
    readonly tenantId: string;
    readonly patientId: string | null;
    readonly askedBy: string;
    readonly linkId?: string;
    readonly tokenId?: string;
    readonly wish?: BulkWish;
  },
): Promise<{ ok: true; exportId: string }> {
  const { tenantId, patientId, askedBy, linkId = null, tokenId = null, wish } = asked;
  const exportId = randomUUID();
  await insertExport(trx, {
    tenant_id: tenantId,
    id: exportId,
    kind: patientId === null ? 'fhir' : 'record',
    patient_id: patientId,
    link_id: linkId,
    token_id: tokenId,
    asked_by: askedBy,
    asked_at: services.clock.now(),
    ...(wish !== undefined && { wish }),
  });
  await services.jobs.send(trx, makeExportJob, { tenantId, exportId }, { id: exportId });
  await recordAudit(services, trx, {
    tenantId,
    actor: linkId === null ? { kind: 'staff', id: askedBy } : { kind: 'link', id: linkId },
    action: patientId === null ? 'fhir.export-asked' : 'record.export-asked',
    subject: patientId === null ? { kind: 'tenant', id: tenantId } : { kind: 'patient', id: patientId },
    change: {
      after: {
        exportId,
        ...(tokenId !== null && { token: tokenId }),
        ...(wish !== undefined && { types: [...wish.types], since: wish.since }),
      },
    },
  });
  return { ok: true, exportId };
}

async function fetchRecord(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  trx: Trx,
  row: ExportsTable,
  who: { readonly kind: 'staff' | 'link'; readonly id: string },
): Promise<{ ok: true; file: FetchedFile } | ExportRefusal> {
  const { tenant_id: tenantId, id } = row;
  if (!isOpen(row, services.clock.now())) return notFound;
  const pieces = await selectExportFiles(trx, tenantId, id);
  await recordAudit(services, trx, {
    tenantId,
    actor: who,
    action: 'record.fetched',
    subject: { kind: 'patient', id: row.patient_id },
    change: { after: { exportId: id } },
  });
  return {
    ok: true,
    file: {
      sizeBytes: pieces.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
      mediaType: 'application/zip',
      name: `record-${(row.patient_id ?? '').slice(0, 8)}.zip`,
      pieces: async function* pieceByPiece() {
        for (const { file_id } of pieces) {
          const piece = await inTenant(tenantId, () => services.files.get(services.db, tenantId, file_id));
          if (piece === undefined)
            throw Object.assign(new Error(`a piece of export ${id} has gone`), {
              code: 'file-missing' as const,
            });
          yield piece.bytes;
        }
      },
    },
  };
}

async function linkFor(
  services: LinkServices,
  trx: Trx,
  tenantId: string,
  token: string,
): Promise<{ ok: true; row: RecordLinksTable } | ExportRefusal> {
  const id = linkOfToken(services.keys, tenantId, token);
  const row = id === undefined ? undefined : await selectLink(trx, tenantId, id);
  if (row === undefined) return linkUnknown;
  return row.expires_at <= services.clock.now() ? linkExpired : { ok: true, row };
}

async function provenLink(
  services: LinkServices,
  trx: Trx,
  tenantId: string,
  token: string,
  pass: string | undefined,
): Promise<{ ok: true; row: RecordLinksTable } | ExportRefusal> {
  const link = await linkFor(services, trx, tenantId, token);
  if (!link.ok || isPass(services.keys, link.row.id, pass, services.clock.now())) return link;
  return {
    ok: false,
    reason: 'proof-needed',
    message: 'Say first who you are.',
    asks: link.row.asks,
  };
}

function isUnderWay({ state }: Pick<ExportsTable, 'state'>): boolean {
  return state === 'queued';
}

function isOpen(row: ExportsTable, now: Date): boolean {
  return row.state === 'ready' && row.expires_at !== null && row.expires_at > now;
}

function viewOf(row: ExportsTable & { readonly size_bytes: string | number | null }): ExportView {
  return {
    id: row.id,
    state: row.state,
    askedAt: row.asked_at,
    byLink: row.link_id !== null,
    sizeBytes: Number(row.size_bytes ?? 0),
    expiresAt: row.expires_at,
  };
}

const notAllowed: ExportRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const notFound: ExportRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such copy, or it has expired. Ask for a new one.',
};
const mergedAway: ExportRefusal = {
  ok: false,
  reason: 'merged',
  message: 'This record was merged into another one; ask for a copy of that one.',
};
const alreadyAsked: ExportRefusal = {
  ok: false,
  reason: 'already-asked',
  message: 'A copy was asked for already. It is here as soon as it is made.',
};
const nothingToAsk: ExportRefusal = {
  ok: false,
  reason: 'nothing-to-ask',
  message:
    'The record has neither a date of birth nor a telephone number by which the patient could show who they are. Add one first.',
};
const linkUnknown: ExportRefusal = {
  ok: false,
  reason: 'link-unknown',
  message: 'This link is not known here. Please copy it whole, or ask the clinic for a new one.',
};
const linkExpired: ExportRefusal = {
  ok: false,
  reason: 'link-expired',
  message: 'This link has expired. Please ask the clinic for a new one.',
};
const proofWrong: ExportRefusal = {
  ok: false,
  reason: 'proof-wrong',
  message: 'This is not what the clinic has. Please check it.',
};

/*
 * The audit log as the owner and the auditor read it. Reading it is an entry too.
 *
 *   readLog(services, actor, filter)     { ok: true, entries, next }
 *   checkLog(services, actor)            { ok: true, report }: every chain of this clinic walked
 */
import { z } from 'zod';
import { listAudit, recordAudit, verifyAudit } from '../audit/commands.ts';
import type { AuditEntry, AuditFault } from '../audit/schema.ts';
import type { Services } from '../platform/services.ts';
import { staffNames } from './commands.ts';
import { type KeptReason, selectReasons } from './emergency-store.ts';
import { can } from './rules.ts';
import type { Actor, StaffRefusal } from './schema.ts';

export interface LogFilter {
  readonly subjectKind?: string;
  readonly subjectId?: string;
  readonly actorId?: string;
  /** Entries before this number: the `next` of the page before. */
  readonly before?: number;
}

export interface LogLine {
  readonly seq: number;
  readonly entry: AuditEntry | undefined;
  /** Of a member of staff; null for a link, a visitor or the program. */
  readonly who: string | null;
  /** The reason that was given: its words, or that they were erased or are not those the chain knows. */
  readonly why:
    | { readonly state: 'said'; readonly words: string }
    | { readonly state: 'erased' | 'altered' }
    | null;
}

const pageSize = 100;

export async function readLog(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  filter: LogFilter,
): Promise<{ ok: true; lines: readonly LogLine[]; next: number | null } | StaffRefusal> {
  if (!can(actor.role, 'audit.read')) return notAllowed;
  const { tenantId } = actor;
  const entries = await listAudit(services, tenantId, { ...filter, limit: pageSize });
  const names = await staffNames(services, tenantId);
  await services.db.transaction().execute((trx) =>
    recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'audit.read',
      subject: { kind: filter.subjectKind ?? 'tenant', id: filter.subjectId ?? null },
    }),
  );
  const kept = entries.map(({ entry }) => keptReason(entry));
  const said = await selectReasons(
    services.db,
    tenantId,
    kept.flatMap((one) => (one === undefined ? [] : [one.reasonId])),
  );
  return {
    ok: true,
    lines: entries.map(({ seq, entry }, i) => ({
      seq,
      entry,
      why: whyOf(entry, kept[i], said),
      who: entry?.actor.kind === 'staff' ? (names.get(entry.actor.id ?? '') ?? null) : null,
    })),
    next: entries.length === pageSize ? (entries.at(-1)?.seq ?? null) : null,
  };
}

export async function checkLog(
  services: Pick<Services, 'db' | 'config' | 'keys'>,
  actor: Actor,
): Promise<{ ok: true; entries: number; faults: readonly AuditFault[] } | StaffRefusal> {
  if (!can(actor.role, 'audit.read')) return notAllowed;
  const report = await verifyAudit(services);
  const faults = report.faults.filter(({ tenantId }) => tenantId === actor.tenantId);
  const entries = report.chains.find(({ tenantId }) => tenantId === actor.tenantId)?.seq ?? 0;
  return { ok: true, entries, faults };
}

function whyOf(
  entry: AuditEntry | undefined,
  kept: KeptReason | undefined,
  said: Awaited<ReturnType<typeof selectReasons>>,
): LogLine['why'] {
  // Entries from before the words were kept apart carry them themselves.
  if (kept === undefined) return entry?.reason === undefined ? null : { state: 'said', words: entry.reason };
  const found = said.get(kept.reasonId);
  if (found === undefined) return { state: 'erased' };
  return found.sha256 === kept.reasonSha256 ? { state: 'said', words: found.reason } : { state: 'altered' };
}

const reasonShape = z.object({ after: z.object({ reasonId: z.uuid(), reasonSha256: z.string() }) });

function keptReason(entry: AuditEntry | undefined): KeptReason | undefined {
  return reasonShape.safeParse(entry?.change).data?.after;
}

const notAllowed: StaffRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};

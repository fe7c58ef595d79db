import { z } from 'zod';
import type { Db, Trx } from '../platform/database.ts';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import type { Services } from '../platform/services.ts';
import { type Anchor, isAnchorGenuine, readAnchors, signAnchor, writeAnchors } from './anchors.ts';
import { chainWalker, linkHash } from './chain.ts';
import { entryText } from './rules.ts';
import { type Act, type AuditEntry, type AuditFault, type AuditReport, auditEntry } from './schema.ts';
import {
  appendLink,
  countEntries,
  lockHead,
  selectChains,
  selectEntries,
  selectHeads,
  selectLinks,
} from './store.ts';

/**
 * Records an act in the clinic's chain, with the transaction that does it. Call it last in the transaction: until the
 * commit, no other entry of this clinic can be written.
 */
export async function recordAudit(services: Pick<Services, 'clock'>, trx: Trx, act: Act): Promise<void> {
  const head = await lockHead(trx, act.tenantId);
  const seq = head.seq + 1;
  const entry = entryText(act, seq, services.clock.now());
  await appendLink(trx, act.tenantId, { seq, entry, hash: linkHash(head.hash, entry) });
}

/** A page of the log, newest first. Entries of a later version that this one cannot read are given as `undefined`. */
export async function listAudit(
  services: Pick<Services, 'db'>,
  tenantId: string,
  filter: {
    subjectKind?: string;
    subjectId?: string;
    actorId?: string;
    before?: number;
    limit?: number;
  } = {},
): Promise<readonly { seq: number; entry: AuditEntry | undefined }[]> {
  const rows = await selectEntries(services.db, tenantId, {
    ...filter,
    limit: Math.min(filter.limit ?? 100, 1000),
  });
  return rows.map(({ seq, entry }) => {
    const read = auditEntry.safeParse(JSON.parse(entry));
    return { seq, entry: read.success ? read.data : undefined };
  });
}

/** How many entries of one kind an actor left since an instant, among the last 500 of hers. */
export function countRecent(
  db: Db,
  of: { readonly tenantId: string; readonly actorId: string; readonly action: string; readonly since: Date },
): Promise<number> {
  return countEntries(db, of);
}

/** Writes the present end of every chain to the file outside the database. */
export async function anchorAudit(
  services: Pick<Services, 'db' | 'config' | 'keys' | 'clock'>,
): Promise<void> {
  const latest = new Map((await readAnchors(services.config)).map((one) => [one.tenantId, one.seq]));
  const at = services.clock.now().toISOString();
  const anchors = (await selectHeads(services.db))
    .filter((head) => head.seq > 0 && latest.get(head.tenantId) !== head.seq)
    .map(({ tenantId, seq, hash }) =>
      signAnchor(services.keys, { tenantId, seq, hash: hash.toString('hex'), at }),
    );
  await writeAnchors(services.config, anchors);
}

/**
 * Walks every chain and compares it with its head and with the anchors outside the database. Any entry altered,
 * removed, added or moved is found; one cut off at the end is found back to the last anchor.
 */
export async function verifyAudit(
  services: Pick<Services, 'db' | 'config' | 'keys'>,
  onProgress: (entries: number) => void = () => undefined,
): Promise<AuditReport> {
  const anchors = await readAnchors(services.config);
  const heads = new Map((await selectHeads(services.db)).map((head) => [head.tenantId, head]));
  const faults: AuditFault[] = [];
  const chains: { tenantId: string; seq: number; hash: string }[] = [];
  let entries = 0;
  const anchored = new Set(anchors.map((one) => one.tenantId));
  for (const tenantId of new Set([...(await selectChains(services.db)), ...anchored])) {
    const due = anchorsBySeq(services.keys, anchors, tenantId, faults);
    const walker = chainWalker(tenantId);
    let reading = selectLinks(services.db, tenantId, 0, pageLength);
    for (;;) {
      const links = await reading;
      const last = links.at(-1);
      const isLast = last === undefined || links.length < pageLength;
      // The next page is fetched while this one is hashed.
      if (!isLast) reading = selectLinks(services.db, tenantId, last.seq, pageLength);
      for (const link of links) {
        walker.follow(link);
        const stated = due.get(link.seq);
        due.delete(link.seq);
        if (stated !== undefined && stated !== link.hash.toString('hex')) {
          const message = `entry ${link.seq} is not the one that was anchored outside the database.`;
          faults.push({ tenantId, seq: link.seq, reason: 'anchor-differs', message });
        }
      }
      entries += links.length;
      onProgress(entries);
      if (isLast) break;
    }
    const end = walker.end();
    faults.push(...end.faults);
    for (const seq of due.keys()) {
      if (seq <= end.seq) continue; // a gap inside the chain is already told
      const message = `the chain ends at entry ${end.seq}, but entry ${seq} was anchored: its end was cut off.`;
      faults.push({ tenantId, seq, reason: 'cut-off', message });
    }
    const head = heads.get(tenantId);
    if (end.seq > 0 && (head?.seq !== end.seq || !head.hash.equals(end.hash))) {
      const message = `the chain's head says entry ${head?.seq ?? 'none'}, the last entry is ${end.seq}.`;
      faults.push({ tenantId, seq: end.seq, reason: 'head-differs', message });
    } else if (end.seq === 0 && (head?.seq ?? 0) > 0) {
      const message = `the chain's head says entry ${head?.seq}, but there are no entries.`;
      faults.push({ tenantId, seq: head?.seq ?? 0, reason: 'head-differs', message });
    }
    chains.push({ tenantId, seq: end.seq, hash: end.hash.toString('hex') });
  }
  return { ok: faults.length === 0, entries, chains, anchors: anchors.length, faults };
}

const pageLength = 5000;

function anchorsBySeq(
  keys: Services['keys'],
  anchors: readonly Anchor[],
  tenantId: string,
  faults: AuditFault[],
): Map<number, string> {
  const bySeq = new Map<number, string>();
  for (const one of anchors) {
    if (one.tenantId !== tenantId) continue;
    if (isAnchorGenuine(keys, one)) bySeq.set(one.seq, one.hash);
    else {
      const message = `the anchor for entry ${one.seq} was not signed with this clinic's key.`;
      faults.push({ tenantId, seq: one.seq, reason: 'anchor-forged', message });
    }
  }
  return bySeq;
}

/** Every hour: the ends of the chains leave the database. */
export const anchorJob: Job = { name: 'audit.anchor', payload: z.object({}), schedule: '3 * * * *' };

export function auditJobs(services: Pick<Services, 'db' | 'config' | 'keys' | 'clock'>): readonly Handler[] {
  return [handle(anchorJob, () => anchorAudit(services))];
}

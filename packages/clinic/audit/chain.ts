import { hash as hashOnce } from 'node:crypto';
import type { AuditFault } from './schema.ts';

/** What the first entry of a chain follows. */
export const emptyHash: Buffer = Buffer.alloc(32);

/** SHA-256 of the previous entry's hash followed by this entry's text. */
export function linkHash(previous: Uint8Array, entry: string): Buffer {
  return hashOnce('sha256', Buffer.concat([previous, Buffer.from(entry)]), 'buffer');
}

export interface Link {
  readonly seq: number;
  readonly entry: string;
  readonly hash: Buffer;
}

/**
 * Walks one tenant's chain from its start, link by link in order of `seq`, and collects what is wrong. After a fault
 * it goes on from the stored hash, so that each fault is told once.
 */
export function chainWalker(tenantId: string): {
  follow(link: Link): void;
  end(): { seq: number; hash: Buffer; faults: readonly AuditFault[] };
} {
  const faults: AuditFault[] = [];
  let seq = 0;
  let hash = emptyHash;
  const ending = `"tenantId":"${tenantId}","v":1}`;
  const fault = (at: number, reason: AuditFault['reason'], message: string) =>
    faults.push({ tenantId, seq: at, reason, message });
  return {
    follow(link) {
      if (link.seq !== seq + 1) {
        const gap =
          link.seq - seq === 2 ? `entry ${seq + 1} is` : `entries ${seq + 1} to ${link.seq - 1} are`;
        fault(seq + 1, 'missing', `${gap} missing from the chain.`);
      } else if (!linkHash(hash, link.entry).equals(link.hash)) {
        fault(
          link.seq,
          'altered',
          `entry ${link.seq} is not what was written, or does not follow entry ${seq}.`,
        );
      }
      // The text of an entry is canonical (rules.ts): its end names the clinic. Only what looks otherwise is parsed.
      const told =
        link.entry.endsWith(ending) && link.entry.includes(`,"seq":${link.seq},"subject":`)
          ? { seq: link.seq, tenantId }
          : placeOf(link.entry);
      if (told.seq !== link.seq || told.tenantId !== tenantId) {
        fault(
          link.seq,
          'misplaced',
          `entry ${link.seq} says it is entry ${told.seq} of clinic ${told.tenantId}.`,
        );
      }
      seq = link.seq;
      hash = link.hash;
    },
    end: () => ({ seq, hash, faults }),
  };
}

function placeOf(entry: string): { readonly seq?: number; readonly tenantId?: string } {
  try {
    return JSON.parse(entry) as { seq?: number; tenantId?: string };
  } catch {
    return {};
  }
}

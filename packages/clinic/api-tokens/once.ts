/** What a program makes with one key, it makes once, in one transaction with the key: there is no half of it. */
import {
  claimKey,
  contentHash,
  earlierReply,
  idempotencyKey,
  keepReply,
  keyMissing,
} from '../booking/once.ts';
import type { Refusal } from '../booking/queries.ts';
import { asTenant } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import type { Actor } from '../staff/schema.ts';

/** What a command answered: ids of what it made, and the value the program is given. */
export type Made<R> =
  | { readonly ok: true; readonly ids: Readonly<Record<string, string>>; readonly value: unknown }
  | R;

interface RefusedError extends Error {
  readonly code: 'made-nothing';
  readonly refused: unknown;
}

export interface Once<R> {
  readonly operation: string;
  /** As the header says it. */
  readonly key: string | null;
  readonly content: unknown;
  /** Asks its commands with the services it is given: they work in the transaction of the key. */
  readonly make: (services: Services) => Promise<Made<R>>;
  /** Reads what was made. */
  readonly again: (
    ids: Readonly<Record<string, string>>,
  ) => Promise<{ readonly ok: true; readonly value: unknown } | R>;
}

/** Runs `make` unless this token has sent the key before; then `again`. A refusal leaves the key unused. */
export async function once<R extends { readonly ok: false }>(
  services: Services,
  member: Actor,
  request: Once<R>,
): Promise<
  | { readonly ok: true; readonly value: unknown; readonly isReplayed: boolean }
  | R
  | Refusal<'idempotency-key-missing' | 'idempotency-key-reused'>
> {
  const read = idempotencyKey.safeParse(request.key ?? undefined);
  if (!read.success) return keyMissing;
  const { tenantId, sessionId } = member;
  // The blank keeps it apart from keys of the site's visitors, which have none.
  const key = `program ${contentHash([sessionId, request.operation, read.data]).toString('hex')}`;
  const hash = contentHash(request.content);
  const earlier = async () => {
    const found = await earlierReply(services.db, tenantId, key, hash);
    if (found === undefined || !found.ok) return found;
    const now = await request.again(found.ids as Readonly<Record<string, string>>);
    return now.ok ? { ...now, isReplayed: true } : now;
  };
  const perform = () =>
    asTenant(services.db, tenantId, async (trx) => {
      if (!(await claimKey(services, trx, tenantId, key, hash))) return undefined;
      const made = await request.make({ ...services, db: trx });
      // The refusal leaves by an error: key and all go with it.
      if (!made.ok)
        throw Object.assign(new Error('refused'), { code: 'made-nothing' as const, refused: made });
      await keepReply(trx, tenantId, key, made.ids);
      return { ok: true as const, value: made.value, isReplayed: false };
    });
  const before = await earlier();
  if (before !== undefined) return before;
  try {
    const made = await perform().catch((error: { code?: string }) => {
      // The database ended a circle of waiting by undoing us; the others have gone on, so once more.
      if (error.code === '40P01') return perform();
      throw error;
    });
    // Somebody sent the same key at the same moment and was first; what they made is ours.
    return made ?? (await earlier()) ?? keyMissing;
  } catch (error) {
    if ((error as RefusedError).code !== 'made-nothing') throw error;
    return (error as RefusedError).refused as R;
  }
}

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Db, Trx } from '../platform/database.ts';

declare module '../platform/database.ts' {
  interface Tables {
    emergency_reasons: EmergencyReasonsTable;
  }
}

interface EmergencyReasonsTable {
  tenant_id: string;
  id: string;
  staff_id: string;
  from_at: Date;
  until_at: Date;
  reason: string;
  salt: Buffer;
}

/** What the audit chain keeps in place of the words. */
export interface KeptReason {
  readonly reasonId: string;
  /** SHA-256 of salt and reason, hexadecimal. */
  readonly reasonSha256: string;
}

const hashOf = (salt: Uint8Array, reason: string) =>
  createHash('sha256').update(salt).update(reason).digest('hex');

export async function insertReason(
  trx: Trx,
  tenantId: string,
  said: { readonly staffId: string; readonly from: Date; readonly until: Date; readonly reason: string },
): Promise<KeptReason> {
  const id = randomUUID();
  const salt = randomBytes(16);
  await trx
    .insertInto('emergency_reasons')
    .values({
      tenant_id: tenantId,
      id,
      staff_id: said.staffId,
      from_at: said.from,
      until_at: said.until,
      reason: said.reason,
      salt,
    })
    .execute();
  return { reasonId: id, reasonSha256: hashOf(salt, said.reason) };
}

/** Words and the hash they have now, by id; those an erasure removed are not there. */
export async function selectReasons(
  db: Db,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly reason: string; readonly sha256: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('emergency_reasons')
    .select(['id', 'reason', 'salt'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, reason, salt }) => [id, { reason, sha256: hashOf(salt, reason) }]));
}

import type { Db, Trx } from '../platform/database.ts';

declare module '../platform/database.ts' {
  interface Tables {
    staff_passkeys: StaffPasskeysTable;
    staff_challenges: StaffChallengesTable;
  }
}

export interface StaffPasskeysTable {
  tenant_id: string;
  credential_id: string;
  staff_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  backed_up: boolean;
  created_at: Date;
  last_used_at: Date | null;
}

interface StaffChallengesTable {
  tenant_id: string;
  id: string;
  kind: 'passkey-register' | 'passkey-sign-in' | 'passkey-proof';
  staff_id: string | null;
  challenge: string;
  expires_at: Date;
}

export async function insertChallenge(trx: Trx, row: StaffChallengesTable): Promise<void> {
  await trx.insertInto('staff_challenges').values(row).execute();
}

/** Takes a challenge out: it can be answered once, and in time. */
export function takeChallenge(
  trx: Trx,
  tenantId: string,
  id: string,
  kind: StaffChallengesTable['kind'],
  at: Date,
): Promise<StaffChallengesTable | undefined> {
  return trx
    .deleteFrom('staff_challenges')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('expires_at', '>', at)
    .returningAll()
    .executeTakeFirst();
}

/** False when the passkey is registered already. */
export async function insertPasskey(trx: Trx, row: StaffPasskeysTable): Promise<boolean> {
  const written = await trx
    .insertInto('staff_passkeys')
    .values(row)
    .onConflict((c) => c.columns(['tenant_id', 'credential_id']).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export function selectPasskeys(db: Db, tenantId: string, staffId: string): Promise<StaffPasskeysTable[]> {
  return db
    .selectFrom('staff_passkeys')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .orderBy('created_at')
    .execute();
}

/** Takes every passkey of a member away. */
export async function deletePasskeys(trx: Trx, tenantId: string, staffId: string): Promise<void> {
  await trx
    .deleteFrom('staff_passkeys')
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .execute();
}

/** The members who have a passkey. */
export async function selectPasskeyOwners(db: Db, tenantId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('staff_passkeys')
    .select('staff_id')
    .distinct()
    .where('tenant_id', '=', tenantId)
    .execute();
  return new Set(rows.map((row) => row.staff_id));
}

/** The passkey, held until the transaction ends, so that its counter cannot be used twice. */
export function lockPasskey(
  trx: Trx,
  tenantId: string,
  credentialId: string,
): Promise<StaffPasskeysTable | undefined> {
  return trx
    .selectFrom('staff_passkeys')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('credential_id', '=', credentialId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updatePasskey(
  trx: Trx,
  tenantId: string,
  credentialId: string,
  change: Pick<StaffPasskeysTable, 'counter' | 'backed_up' | 'last_used_at'>,
): Promise<void> {
  await trx
    .updateTable('staff_passkeys')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('credential_id', '=', credentialId)
    .execute();
}

export async function deletePasskey(
  trx: Trx,
  tenantId: string,
  staffId: string,
  credentialId: string,
): Promise<boolean> {
  const gone = await trx
    .deleteFrom('staff_passkeys')
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

import { selectPasskeys } from './passkey-store.ts';
import type { Actor } from './schema.ts';
import type { StaffServices } from './sessions.ts';
import { selectStaff } from './store.ts';

/** What a member's own account page shows. */
export interface OwnAccount {
  readonly name: string;
  readonly email: string;
  /** Whether a code is asked for at sign-in. */
  readonly hasCode: boolean;
  /** A code or a passkey. */
  readonly hasSecondStep: boolean;
}

/** The actor's own account; undefined when it was removed meanwhile. */
export async function ownAccount(services: StaffServices, actor: Actor): Promise<OwnAccount | undefined> {
  const [member, passkeys] = await Promise.all([
    selectStaff(services.db, actor.tenantId, actor.staffId),
    selectPasskeys(services.db, actor.tenantId, actor.staffId),
  ]);
  if (member === undefined) return undefined;
  const hasCode = member.totp_confirmed_at !== null;
  return { name: member.name, email: member.email, hasCode, hasSecondStep: hasCode || passkeys.length > 0 };
}

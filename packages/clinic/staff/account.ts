import type { Actor } from './schema.ts';
import type { StaffServices } from './sessions.ts';
import { selectStaff } from './store.ts';

/** What a member's own account page shows. */
export interface OwnAccount {
  readonly name: string;
  readonly email: string;
  /** Whether a code is asked for at sign-in. */
  readonly hasCode: boolean;
}

/** The actor's own account; undefined when it was removed meanwhile. */
export async function ownAccount(services: StaffServices, actor: Actor): Promise<OwnAccount | undefined> {
  const member = await selectStaff(services.db, actor.tenantId, actor.staffId);
  return member && { name: member.name, email: member.email, hasCode: member.totp_confirmed_at !== null };
}

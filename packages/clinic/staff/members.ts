import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { listBranches } from '../tenant/commands.ts';
import { replaceStaffBranches, selectStaffBranches } from './branch-store.ts';
import { selectPasskeyOwners } from './passkey-store.ts';
import { notAllowed, notFound, refusable } from './refusals.ts';
import { can } from './rules.ts';
import type { Actor, Role, StaffRefusal, StaffView } from './schema.ts';
import { managerFault } from './second-step.ts';
import { revokeSessions } from './session-store.ts';
import type { StaffServices } from './sessions.ts';
import { lockOwners, lockStaff, type StaffTable, selectAllStaff, updateStaff } from './store.ts';

/** All members, the first to join first. */
export async function listStaff(
  services: StaffServices,
  actor: Actor,
): Promise<readonly StaffView[] | StaffRefusal> {
  if (!can(actor.role, 'staff.manage')) return notAllowed;
  const [rows, withPasskey, bound] = await Promise.all([
    selectAllStaff(services.db, actor.tenantId),
    selectPasskeyOwners(services.db, actor.tenantId),
    selectStaffBranches(services.db, actor.tenantId),
  ]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    isDisabled: row.disabled_at !== null,
    hasSecondStep: row.totp_confirmed_at !== null || withPasskey.has(row.id),
    branches: bound.get(row.id),
    createdAt: row.created_at,
  }));
}

/** The names of the clinic's members by id, for pages that say who did something; those who left included. */
export async function staffNames(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<ReadonlyMap<string, string>> {
  return new Map((await selectAllStaff(services.db, tenantId)).map(({ id, name }) => [id, name]));
}

/** The active members with their role and address, for messages the program writes to them. */
export async function membersToTell(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<readonly { id: string; name: string; email: string; role: Role }[]> {
  const rows = await selectAllStaff(services.db, tenantId);
  return rows
    .filter((row) => row.disabled_at === null)
    .map(({ id, name, email, role }) => ({ id, name, email, role }));
}

/** Gives a member another role; the last owner stays one. */
export function setRole(
  services: StaffServices,
  actor: Actor,
  staffId: string,
  role: Role,
): Promise<{ ok: true } | StaffRefusal> {
  return manage(services, actor, staffId, role === 'owner', async (trx, member) => {
    await updateStaff(trx, actor.tenantId, staffId, { role });
    if (role === 'owner') await replaceStaffBranches(trx, actor.tenantId, staffId, []);
    return { action: 'staff.role-changed', before: { role: member.role }, after: { role } };
  });
}

/** Binds a member to some branches, or to none in particular with an empty list. Owners are bound to none. */
export function setBranches(
  services: StaffServices,
  actor: Actor,
  staffId: string,
  branchIds: readonly string[],
): Promise<{ ok: true } | StaffRefusal> {
  return manage(services, actor, staffId, true, async (trx, member) => {
    const { tenantId } = actor;
    const open = new Set((await listBranches({ db: trx }, tenantId)).map(({ id }) => id));
    const wanted = [...new Set(branchIds)].filter((id) => open.has(id)).toSorted();
    if (wanted.length < new Set(branchIds).size) return noSuchBranch;
    if (member.role === 'owner' && wanted.length > 0) return ownerEverywhere;
    const before = (await selectStaffBranches(trx, tenantId)).get(staffId) ?? [];
    await replaceStaffBranches(trx, tenantId, staffId, wanted);
    return {
      action: 'staff.branches-changed',
      before: { branches: before.join(' ') },
      after: { branches: wanted.join(' ') },
    };
  });
}

/** Shuts a member out at once, or lets them in again; the last owner cannot be shut out. */
export function setDisabled(
  services: StaffServices,
  actor: Actor,
  staffId: string,
  isDisabled: boolean,
): Promise<{ ok: true } | StaffRefusal> {
  return manage(services, actor, staffId, !isDisabled, async (trx, member) => {
    const at = services.clock.now();
    await updateStaff(trx, actor.tenantId, staffId, { disabled_at: isDisabled ? at : null });
    if (isDisabled) await revokeSessions(trx, actor.tenantId, staffId, 'all', at);
    return {
      action: isDisabled ? 'staff.disabled' : 'staff.enabled',
      before: { disabled: member.disabled_at !== null },
      after: { disabled: isDisabled },
    };
  });
}

async function manage(
  services: StaffServices,
  actor: Actor,
  staffId: string,
  keepsOwner: boolean,
  change: (
    trx: Trx,
    member: StaffTable,
  ) => Promise<
    | {
        action: string;
        before: Record<string, string | boolean>;
        after: Record<string, string | boolean>;
      }
    | StaffRefusal
  >,
): Promise<{ ok: true } | StaffRefusal> {
  const fault = await managerFault(services, actor);
  if (fault !== undefined) return fault;
  if (!isUuid(staffId)) return notFound;
  return refusable(services, async (trx): Promise<{ ok: true } | StaffRefusal> => {
    const owners = await lockOwners(trx, actor.tenantId);
    const member = await lockStaff(trx, actor.tenantId, staffId);
    if (member === undefined) return notFound;
    if (!keepsOwner && owners.length === 1 && owners[0] === staffId) {
      return {
        ok: false,
        reason: 'last-owner',
        message: 'The clinic needs an owner; make another member owner first.',
      };
    }
    const changed = await change(trx, member);
    if ('ok' in changed) return changed;
    const { action, before, after } = changed;
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action,
      subject: { kind: 'staff', id: staffId },
      change: { before, after },
    });
    return { ok: true };
  });
}

const noSuchBranch: StaffRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'One of these branches is closed or unknown; look at the list again.',
  field: 'branch',
};

const ownerEverywhere: StaffRefusal = {
  ok: false,
  reason: 'owner-everywhere',
  message: 'An owner works at all branches; give another role first.',
};

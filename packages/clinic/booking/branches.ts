/*
 * The clinic's branches, from its set-up pages (settings.write).
 *
 *   listAllBranches(services, actor)                 open and closed ones, with visits still to come
 *   changeBranch(services, actor, form)              adds one (no id), or changes name, town and zone
 *   setBranchClosed(services, actor, id, isClosed)   a closed branch is offered nowhere; what happened there stays
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Trx } from '../platform/database.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { type BranchOfAll, selectEveryBranch, writeBranch } from '../tenant/commands.ts';
import { isZone } from '../tenant/schema.ts';
import { minuteOf } from './queries.ts';
import { type Changed, changeSetup, type SetupRefusal, type SetupServices } from './settings.ts';

export type BranchInSetup = BranchOfAll & {
  /** Visits and blocked times from now on. */
  readonly ahead: number;
};

export async function listAllBranches(
  services: SetupServices,
  actor: Actor,
): Promise<{ ok: true; branches: readonly BranchInSetup[] } | SetupRefusal> {
  if (!can(actor.role, 'settings.write')) return notAllowed;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const branches: BranchInSetup[] = [];
    for (const branch of await selectEveryBranch(trx, tenantId))
      branches.push({ ...branch, ahead: await ahead(services, trx, tenantId, branch.id) });
    return { ok: true as const, branches };
  });
}

const branchForm = z.object({
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(200),
  town: z.string().trim().max(200),
  /** A line each. */
  address: z.string().trim().max(600, 'At most 600 characters.').default(''),
  phone: z.string().trim().max(40, 'At most 40 characters.').default(''),
  zone: z.string().trim().max(100).refine(isZone, 'Use the name of a time zone, as Asia/Kolkata.'),
});

/** The zone stays while visits are ahead: they stand at instants, and the wall clock they were promised by would shift. */
export function changeBranch(services: SetupServices, actor: Actor, form: unknown): Promise<Changed> {
  return changeSetup(services, actor, branchForm, form, 'branch', async (trx, given) => {
    const { tenantId } = actor;
    const known = (await selectEveryBranch(trx, tenantId)).find(({ id }) => id === given.id);
    if (given.id !== undefined && known === undefined) return notFound;
    const id = known?.id ?? randomUUID();
    const isMoved = known !== undefined && known.zone !== given.zone;
    if (isMoved && (await ahead(services, trx, tenantId, id)) > 0) return zoneFixed;
    const town = given.town === '' ? null : given.town;
    const at = services.clock.now();
    const lines = given.address.split(/\r?\n/).map((line) => line.trim());
    const addressLines = lines.filter((line) => line !== '');
    const reach = {
      addressLines: addressLines.length === 0 ? null : addressLines,
      phone: given.phone === '' ? null : given.phone,
    };
    await writeBranch(trx, { tenantId, id, name: given.name, town, zone: given.zone, ...reach }, at);
    return { id };
  });
}

const closeForm = z.object({ id: z.uuid(), isClosed: z.boolean() });

export function setBranchClosed(
  services: SetupServices,
  actor: Actor,
  id: string,
  isClosed: boolean,
): Promise<Changed> {
  return changeSetup(services, actor, closeForm, { id, isClosed }, 'branch', async (trx, given) => {
    const { tenantId } = actor;
    const every = await selectEveryBranch(trx, tenantId);
    const known = every.find((one) => one.id === given.id);
    if (known === undefined) return notFound;
    if (given.isClosed) {
      if (every.every((one) => one.id === known.id || one.closedAt !== null)) return lastBranch;
      if ((await ahead(services, trx, tenantId, known.id)) > 0) return inUse;
    }
    const { closedAt: _, ...branch } = known;
    const at = services.clock.now();
    await writeBranch(trx, branch, at, given.isClosed ? at : null);
    return { id: known.id };
  });
}

async function ahead(services: SetupServices, trx: Trx, tenantId: string, branchId: string): Promise<number> {
  const row = await trx
    .selectFrom('bookings')
    .select((e) => e.fn.countAll<string>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('branch_id', '=', branchId)
    .where('status', 'in', ['held', 'confirmed', 'arrived'])
    .where('end_min', '>', minuteOf(services.clock.now()))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

const notAllowed: SetupRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const notFound: SetupRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'This is not there any more. Load the page again.',
};
const lastBranch: SetupRefusal = {
  ok: false,
  reason: 'last-branch',
  message: 'The clinic needs an open branch; open another one first.',
};
const inUse: SetupRefusal = {
  ok: false,
  reason: 'branch-in-use',
  message: 'There are visits ahead at this branch; move or cancel them in the calendar first.',
};
const zoneFixed: SetupRefusal = {
  ok: false,
  reason: 'zone-fixed',
  message: 'There are visits ahead at this branch; its time zone stays until they are over or moved.',
  field: 'zone',
};

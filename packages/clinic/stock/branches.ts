/*
 * Where stock lies. The branch opened first is the main one: what names no branch lies there.
 *
 *   placeFor(db, actor, asked?)          the branch asked for, or hers, or the main one; refused where it is not open to her
 *   placeOfSession(db, tenantId, branch) where a session takes from, whoever writes it down
 *   listPlaces(db, actor)                the branches whose stock she sees
 */
import type { Db } from '../platform/database.ts';
import { mayAt } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { selectEveryBranch } from '../tenant/commands.ts';
import type { StockRefusal } from './rules.ts';

/** A clinic in which no branch was opened yet has one place, which has no id. */
export interface Place {
  readonly branchId: string | null;
  readonly isMain: boolean;
}

export interface NamedPlace {
  readonly branchId: string;
  readonly name: string;
  readonly isMain: boolean;
  readonly isClosed: boolean;
}

const nowhere: Place = { branchId: null, isMain: true };
/** The clinic as a whole: balances are those of all branches together. */
export const everywhere: Place = { branchId: null, isMain: false };

async function placesOf(db: Db, tenantId: string): Promise<readonly NamedPlace[]> {
  return (await selectEveryBranch(db, tenantId)).map(({ id, name, closedAt }, i) => ({
    branchId: id,
    name,
    isMain: i === 0,
    isClosed: closedAt !== null,
  }));
}

/** Closed ones too: what lies there is still there. */
export async function listPlaces(
  db: Db,
  actor: Pick<Actor, 'tenantId' | 'branches'>,
): Promise<readonly NamedPlace[]> {
  return (await placesOf(db, actor.tenantId)).filter(({ branchId }) => mayAt(actor, branchId));
}

export async function placeFor(
  db: Db,
  actor: Pick<Actor, 'tenantId' | 'branches'>,
  asked?: string | null,
): Promise<Place | StockRefusal> {
  const open = await listPlaces(db, actor);
  if (asked === undefined || asked === null) {
    const usual = open.find(({ isClosed }) => !isClosed) ?? open[0];
    return usual ?? (actor.branches === undefined ? nowhere : noSuchBranch('branchId'));
  }
  return open.find(({ branchId }) => branchId === asked) ?? noSuchBranch('branchId');
}

export async function placeOfSession(db: Db, tenantId: string, branchId?: string | null): Promise<Place> {
  const places = await placesOf(db, tenantId);
  return places.find((one) => one.branchId === branchId) ?? places[0] ?? nowhere;
}

/** A branch to which something can be brought; where it lies is hers, where it goes need not be. */
export async function destinationOf(
  db: Db,
  tenantId: string,
  branchId: string,
): Promise<Place | StockRefusal> {
  const found = (await placesOf(db, tenantId)).find((one) => one.branchId === branchId);
  return found === undefined || found.isClosed ? noSuchBranch('to') : found;
}

export function isRefusal(given: Place | StockRefusal): given is StockRefusal {
  return 'ok' in given;
}

function noSuchBranch(field: string): StockRefusal {
  return {
    ok: false,
    reason: 'no-such-branch',
    message: 'This branch is closed, unknown, or not one of yours; choose another.',
    field,
  };
}

/*
 * What numbs counts over all sessions of a person, whichever of her records they were written under. A session that is open
 * hears of doses given in others since it began: in another treatment's session, or because two records became one; and of
 * what her record rules out since.
 */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import { healthOfPerson } from '../record/commands.ts';
import { personOf } from '../record/same-person.ts';
import { recordOf } from './journal.ts';
import { ledgerHours } from './numbing-limits.ts';
import { knowing, ruledOutBy, withRuledOut } from './ruled-out.ts';
import type { EarlierDose, Opening, Push } from './schema.ts';
import { type Session, selectJournal, selectSessionsOf, updateSession } from './store.ts';

/** What the ledger counts from other sessions of the person, of the hours before `now` and since. */
export async function earlierNumbing(
  db: Db,
  tenantId: string,
  patientId: string,
  now: Date,
  exceptSessionId?: string,
): Promise<readonly EarlierDose[]> {
  const before = await selectSessionsOf(db, tenantId, patientId);
  const from = now.getTime() - ledgerHours.hours * 3_600_000;
  // A session may have begun the day before and gone on.
  const recent = before.filter(
    ({ id, startedAt }) => id !== exceptSessionId && startedAt.getTime() >= from - 24 * 3_600_000,
  );
  const earlier: EarlierDose[] = [];
  for (const { id } of recent) {
    const { numbing } = recordOf(await selectJournal(db, tenantId, id));
    for (const one of numbing)
      if (Date.parse(one.at) >= from) earlier.push({ at: one.at, given: one.body, of: one.id });
  }
  return earlier;
}

/** Lets two sessions of one person take doses one after the other, so that each counts what the other took. */
export async function lockPerson(trx: Trx, tenantId: string, patientId: string): Promise<void> {
  const { id } = await personOf(trx, tenantId, patientId);
  const key = `numbing ${tenantId} ${id}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
}

/**
 * The list of doses elsewhere as it is to be now; undefined when nothing changed. Nothing is taken out of it, so that its
 * first part stays what a tablet knew that knew so many: what was taken back there is marked.
 */
export function withNews(
  known: readonly EarlierDose[],
  there: readonly EarlierDose[],
  now: Date,
): readonly EarlierDose[] | undefined {
  const isSame = (a: EarlierDose, b: EarlierDose) =>
    a.of === undefined || b.of === undefined ? a.at === b.at && sameGiven(a, b) : a.of === b.of;
  const fresh = there.filter((dose) => !known.some((one) => isSame(one, dose)));
  const kept = known.map((one) => {
    const isThere = there.some((dose) => isSame(one, dose));
    // What was there from the beginning and has no entry to look for is believed.
    if (one.of === undefined || isThere === (one.isGone === undefined)) return one;
    const { isGone: _, ...rest } = one;
    return isThere ? rest : { ...rest, isGone: true as const };
  });
  if (fresh.length === 0 && kept.every((one, i) => one === known[i])) return undefined;
  return [...kept, ...fresh.map((dose) => ({ ...dose, heardAt: now.toISOString() }))];
}

function sameGiven({ given: a }: EarlierDose, { given: b }: EarlierDose): boolean {
  return a.product.id === b.product.id && a.amount === b.amount;
}

/** Brings what a session knows of other sessions up to date; one that is signed stays as it was signed. */
export async function hearElsewhere(trx: Trx, session: Session, now: Date): Promise<Opening> {
  const { tenantId, id, patientId, opening, startedAt } = session;
  if (session.state === 'signed') return opening;
  const there = await earlierNumbing(trx, tenantId, patientId, startedAt, id);
  const earlier = withNews(opening.earlier, there, now) ?? opening.earlier;
  const ruledOut = ruledOutBy(await healthOfPerson(trx, tenantId, patientId));
  const next = withRuledOut(earlier === opening.earlier ? opening : { ...opening, earlier }, ruledOut, now);
  if (next !== opening) await updateSession(trx, tenantId, id, { opening: next });
  return next;
}

/** What a tablet had heard of that says how much it knows; without a word, what was so from the beginning. */
export function knownTo(
  opening: Opening,
  { knownEarlier, knownRuledOut }: Pick<Push, 'knownEarlier' | 'knownRuledOut'>,
): Opening {
  return {
    ...knowing(opening, knownRuledOut),
    earlier: opening.earlier.filter((one, i) =>
      knownEarlier === undefined ? one.heardAt === undefined : i < knownEarlier,
    ),
  };
}

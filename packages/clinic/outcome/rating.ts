import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { by, notAllowed, notFound } from './refusals.ts';
import { firstShown, type Rating } from './rules.ts';
import { type OutcomeRefusal, ratingSchema } from './schema.ts';
import { insertRating, selectPair, selectPairsToRate } from './store.ts';

/** The two pictures of a pair, as a rater knows them. */
export type Side = 'a' | 'b';

const notBlind: OutcomeRefusal = {
  ok: false,
  reason: 'not-blind',
  message: 'You had a hand in this treatment, so you cannot rate it blind. Somebody else will.',
};
const alreadyRated: OutcomeRefusal = {
  ok: false,
  reason: 'already-rated',
  message: 'This pair has been rated.',
};

/** How many pairs wait for this person, and the next one. Nothing about whose they are. */
export async function nextToRate(
  services: Pick<Services, 'db'>,
  actor: Actor,
): Promise<{ ok: true; pairId: string | undefined; waiting: number } | OutcomeRefusal> {
  if (!can(actor.role, 'outcome.rate')) return notAllowed;
  const waiting = await selectPairsToRate(services.db, actor.tenantId, actor.staffId, 200);
  return { ok: true, pairId: waiting[0], waiting: waiting.length };
}

/** Whether the pair is there to be rated by this person. */
export async function openPair(
  services: Pick<Services, 'db'>,
  actor: Actor,
  pairId: string,
): Promise<{ ok: true } | OutcomeRefusal> {
  const found = await blindPair(services, actor, pairId);
  return found.ok ? { ok: true } : found;
}

/** One picture of the pair: bytes alone, cut and encoded alike, without name, date or order. */
export async function pairPicture(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  actor: Actor,
  pairId: string,
  side: Side,
): Promise<{ ok: true; bytes: Uint8Array } | OutcomeRefusal> {
  const found = await blindPair(services, actor, pairId);
  if (!found.ok) return found;
  const { pair } = found;
  const shown = (side === 'a') === (firstShown(pair.seed) === 'before') ? pair.before_file : pair.after_file;
  return services.db.transaction().execute(async (trx) => {
    const file = await services.files.get(trx, actor.tenantId, shown);
    if (!file) return notFound;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'outcome.pair-seen',
      subject: { kind: 'outcome-pair', id: pairId },
      change: { after: { side } },
    });
    return { ok: true as const, bytes: file.bytes };
  });
}

/** Keeps the blind rating of both pictures. The one of the later picture counts; the other checks that the scale is used. */
export async function ratePair(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  pairId: string,
  ratings: { readonly a: unknown; readonly b: unknown },
): Promise<{ ok: true } | OutcomeRefusal> {
  for (const side of ['a', 'b'] as const) {
    if (!ratingSchema.safeParse(ratings[side]).success)
      return { ok: false, reason: 'bad-form', message: 'Choose one of the four.', field: side };
  }
  const found = await blindPair(services, actor, pairId);
  if (!found.ok) return found;
  const { pair } = found;
  const [ofA, ofB] = [ratings.a as Rating, ratings.b as Rating];
  const aIsBefore = firstShown(pair.seed) === 'before';
  return services.db.transaction().execute(async (trx) => {
    const isNew = await insertRating(trx, {
      tenant_id: actor.tenantId,
      id: randomUUID(),
      outcome_id: pair.outcome_id,
      kind: 'blinded',
      rater_id: actor.staffId,
      rating: aIsBefore ? ofB : ofA,
      rating_before: aIsBefore ? ofA : ofB,
      rated_at: services.clock.now(),
    });
    if (!isNew) return alreadyRated;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'outcome.rated-blind',
      subject: { kind: 'outcome-pair', id: pairId },
    });
    return { ok: true as const };
  });
}

async function blindPair(services: Pick<Services, 'db'>, actor: Actor, pairId: string) {
  if (!can(actor.role, 'outcome.rate')) return notAllowed;
  if (!isUuid(pairId)) return notFound;
  const pair = await selectPair(services.db, actor.tenantId, pairId, actor.staffId);
  if (!pair) return notFound;
  if (pair.isRated) return alreadyRated;
  return pair.isBlind ? ({ ok: true, pair } as const) : notBlind;
}

/*
 * Outcomes. Every function asks what the actor's role allows; every read and write of health data is in the audit chain.
 *
 *   recordOutcome(services, actor, form, photos?)   { ok: true, outcome }; refused before week 6
 *   listOutcomes(services, actor, patientId)        { ok: true, outcomes }
 *   withdrawOutcome(services, actor, id, reason)    { ok: true }
 *   nextToRate(services, actor)                     { ok: true, pairId, waiting }
 *   pairPicture(services, actor, pairId, 'a' | 'b') { ok: true, bytes }: nothing says which is the later one
 *   ratePair(services, actor, pairId, { a, b })     { ok: true }
 *   outcomeReport(services, actor)                  { ok: true, report }
 *   learnedHealingFor(services, actor)              { ok: true, learned }: for `PlanInput.learned`
 */
export { learnedHealingFor, type OutcomeReport, outcomeReport } from './learning.ts';
export { nextToRate, openPair, pairPicture, ratePair, type Side } from './rating.ts';
export { listOutcomes, type OutcomePhotos, recordOutcome, withdrawOutcome } from './record.ts';

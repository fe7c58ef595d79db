/*
 * Sessions. Every command asks what the actor's role allows and leaves an entry in the audit chain.
 *
 *   startSession(services, actor, { sessionId, patientId, treatment, physicianId, … })   { ok: true, sessionId, isNew }
 *   readSession(services, actor, sessionId)                  { ok: true, session, opening, journal, serverNow }
 *   pushEntries(services, actor, sessionId, { sentAt, knownSeq, entries })   { ok: true, session, journal, refused }
 *   keepSession(services, actor, sessionId, knownSeq)        { ok: true, session }; stock goes down, check-ins are planned
 *   signSession(services, actor, sessionId, knownSeq)        { ok: true, session, sha256 }; closed, hash in the chain
 *   verifySession(services, actor, sessionId)                { ok: true, isWhole, sha256 }
 *   listSessions(services, actor, patientId)                 { ok: true, sessions }, newest first
 *   unsignedSessions(services, actor)                        { ok: true, count, sessions }, kept and not signed
 *   sessionPeople(services, actor)                           who may work in a session, who countersigns
 *   sessionNote(services, actor, sessionId, language)        { ok: true, pdf, name }
 *   sessionAftercare(services, actor, sessionId)             { ok: true, pdf, name }, in the patient's language
 *
 * For other subjects, in their own transactions:
 *
 *   sessionsOfLots(trx, tenantId, lotIds)        who was touched by a lot, open sessions included
 *   sessionFacts(trx, tenantId, sessionId)       one session
 *   performedSessions(trx, tenantId, range)      the denominator of rates
 */
export { keepSession, signSession, verifySession } from './keep.ts';
export { sessionAftercare, sessionNote } from './papers.ts';
export { type PushAnswer, pushEntries, readSession, type SessionView } from './push.ts';
export {
  type LotTouch,
  listSessions,
  performedSessions,
  type Session,
  sessionFacts,
  sessionsOfLots,
  type UnsignedSession,
  unsignedSessions,
} from './queries.ts';
export { sessionPeople, startSession } from './start.ts';

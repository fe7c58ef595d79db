/*
 * After the session. Every function about a person asks what the actor's role allows and leaves an audit entry.
 *
 *   scheduleCheckIns(services, trx, { tenantId, patientId, sessionId, treatment, performedAt })   with the session's keeping
 */
export { type PerformedSession, scheduleCheckIns } from './schedule.ts';

/*
 * After the session. Every function about a person asks what the actor's role allows and leaves an audit entry.
 *
 *   scheduleCheckIns(services, trx, { tenantId, patientId, sessionId, treatment, performedAt })   with the session's keeping
 *   openCheckIn(services, tenantId, token), answerCheckIn(services, tenantId, token, form, photo?)   behind the link
 *   readInbox(services, actor), readCase(services, actor, id)                                      most urgent first
 *   answerCase, handOver, noteOnCase (services, actor, caseId, form)
 *   reportAtDesk(services, actor, { patientId, form })                                              always opens a case
 *   settleCall, answerForPatient (services, actor, checkInId, …)                                    the call list
 *   followUpOf, stopCheckIns (services, actor, patientId)                                           for the chart
 */
export { answerCheckIn, answerForPatient, type CheckInPage, openCheckIn } from './answers.ts';
export { escalateCases } from './cases.ts';
export { adverseEventReport, asFhirAdverseEvent, eventsAsCsv, eventsAsFhir } from './event-papers.ts';
export type { EventRow, LotAlertRow } from './event-store.ts';
export * from './events.ts';
export * from './inbox.ts';
export { followUpJobs, sweepJob } from './jobs.ts';
export { checkInToken } from './links.ts';
export { advanceCheckIns, type PerformedSession, scheduleCheckIns } from './schedule.ts';
export { readLocalNumbers, saveLocalNumbers } from './settings.ts';

/*
 * Retention and erasure. docs/data.md
 *
 *   reviewErasure(services, actor, patientId)         { ok: true, review }: what would go, what stays until when and why
 *   requestErasure(services, actor, patientId, note)  the desk records the wish
 *   inviteErasure(services, actor, patientId)         { ok: true, token }: a link by which the patient asks
 *   openErasureLink, confirmErasure                   behind that link
 *   decideErasure(services, actor, id, decision)      the owner; approved, a job carries it out
 *   listErasures, readErasure, erasureCertificate     the register, and its paper
 *   setLegalHold, liftLegalHold                       while one stands nothing goes
 *   readSchedule, saveRetentionRule                   the periods
 *   countEnquiries, eraseEnquiries                    people who asked and never came
 *   carryOut(services, tenantId, id)                  one erasure, as often as it takes
 *   reapplyErasures(services)                         after a restore: those erased since are erased again
 *   retentionJobs(services)
 */
export { erasureCertificate } from './certificate.ts';
export { carryOut, reapplyErasures } from './erase.ts';
export { liftLegalHold, readSchedule, saveRetentionRule, setLegalHold } from './holds.ts';
export { countEnquiries, eraseEnquiries, retentionJobs, reviewRetention } from './passed.ts';
export {
  confirmErasure,
  decideErasure,
  type ErasureReview,
  erasureLink,
  inviteErasure,
  listErasures,
  openErasureLink,
  readErasure,
  requestErasure,
  reviewErasure,
} from './requests.ts';

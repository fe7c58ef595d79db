/**
 * What other subjects may know of consent, read in their own transaction and without an entry of its own: the act that
 * asks leaves one.
 *
 *   consentFacts(trx, tenantId, patientId, treatment)   state, end of the reflection time, the plan that was read
 *   photoConsents(trx, tenantId, patientId)             what photographs may be used for, per use
 */
import type { Treatment } from '../candidacy/rules.ts';
import type { Db } from '../platform/database.ts';
import type { ConsentState } from '../screening/readiness.ts';
import { type PhotoUse, photoUses } from './schema.ts';
import { selectConsents, selectPhotoConsents } from './store.ts';

/**
 * The newest consent that was not cancelled speaks for the treatment; an offer beside a signed one leaves the signed
 * one in force.
 */
export async function consentFacts(
  trx: Db,
  tenantId: string,
  patientId: string,
  treatment: Treatment,
): Promise<ConsentState> {
  const rows = (await selectConsents(trx, tenantId, patientId, treatment)).filter(
    ({ state }) => state !== 'cancelled',
  );
  const row = rows.find(({ state }) => state !== 'offered') ?? rows[0];
  // After a withdrawal a new offer asks again; until it is signed the withdrawal stands.
  if (row === undefined || row.state === 'cancelled') return { state: 'none' };
  return {
    state: row.state,
    ...(row.cooling_off_until !== null && { coolingOffUntil: row.cooling_off_until }),
    ...(row.withdrawn_at !== null && { withdrawnAt: row.withdrawn_at }),
    ...(row.plan_id !== null && { planId: row.plan_id }),
    ...(row.plan_version !== null && { planVersion: row.plan_version }),
  };
}

export interface PhotoConsent {
  readonly isGiven: boolean;
  /** Whether the person may be recognisable in it. */
  readonly isIdentifiable: boolean;
  readonly givenAt?: Date;
}

/** Per use; false where nothing was ticked or it was withdrawn. */
export async function photoConsents(
  trx: Db,
  tenantId: string,
  patientId: string,
): Promise<Readonly<Record<PhotoUse, PhotoConsent>>> {
  const rows = await selectPhotoConsents(trx, tenantId, patientId);
  const inForce = (use: PhotoUse): PhotoConsent => {
    const given = rows.filter((row) => row.use === use && row.withdrawn_at === null);
    const newest = given[0];
    if (newest === undefined) return { isGiven: false, isIdentifiable: false };
    // The narrowest of several holds.
    return {
      isGiven: true,
      isIdentifiable: given.every(({ identifiable }) => identifiable),
      givenAt: newest.given_at,
    };
  };
  return Object.fromEntries(photoUses.map((use) => [use, inForce(use)])) as Record<PhotoUse, PhotoConsent>;
}

import { randomUUID } from 'node:crypto';
import { requestBooking } from '@undertone/clinic/booking/commands.ts';
import { readConfig } from '@undertone/clinic/platform/config.ts';
import { inTenant } from '@undertone/clinic/platform/scope.ts';
import { type Clinic, startClinic } from '@undertone/clinic/start.ts';
import { startsOn, type TrialClinic, trialService } from '../trial/clinic.ts';
import { someAddress } from '../trial/visitors.ts';

export interface FenceCost {
  /** Median milliseconds of one booking, behind the fence and as the owner of the tables. */
  readonly fencedMs: number;
  readonly ownerMs: number;
}

/**
 * What the fence between clinics (row-level security, platform/fence.ts) costs a booking: the same command as the role that
 * may not pass it and as the owner, in turns of twenty, without pages in between.
 */
export async function fenceCost(
  home: string,
  trial: TrialClinic,
  bookings: number,
  chance: () => number,
): Promise<FenceCost> {
  const started = await startClinic(readConfig({ UNDERTONE_HOME: home, LOG_LEVEL: 'silent' }), {
    beside: 'join',
    work: false,
    migrate: false,
    fenced: true,
  });
  if (started.clinic.fence?.role === undefined) throw new Error('there is no fence to measure');
  const took = { fenced: [] as number[], owner: [] as number[] };
  try {
    const book = async (clinic: Clinic, into: number[]) => {
      const starts = startsOn(70 + Math.floor(chance() * 200));
      const request = {
        service: trialService,
        start: starts[Math.floor(chance() * starts.length)] ?? '',
        staff: trial.practitionerIds[Math.floor(chance() * trial.practitionerIds.length)] ?? '',
        name: 'Sample visitor of a trial',
        email: `${randomUUID()}@example.org`,
        language: 'en' as const,
        series: false,
        altcha: await trial.challenge(),
      };
      const context = { idempotencyKey: randomUUID(), address: someAddress(chance) };
      const begunMs = performance.now();
      const done = await inTenant(trial.tenantId, () =>
        requestBooking(clinic, trial.tenantId, request, context),
      );
      if (done.ok) into.push(performance.now() - begunMs);
    };
    for (let round = 0; round * 40 < bookings + 40; round++) {
      for (let n = 0; n < 20; n++) await book(started.clinic, took.fenced);
      for (let n = 0; n < 20; n++) await book(trial.clinic, took.owner);
      // The first round opens connections and makes plans.
      if (round === 0) took.fenced.length = took.owner.length = 0;
    }
  } finally {
    await started.stop();
  }
  const median = (of: number[]) => of.sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;
  return { fencedMs: median(took.fenced), ownerMs: median(took.owner) };
}

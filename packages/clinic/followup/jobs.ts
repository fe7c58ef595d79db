import { z } from 'zod';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import type { Services } from '../platform/services.ts';
import { escalateCases } from './cases.ts';
import type { ReachServices } from './reach.ts';
import { advanceCheckIns } from './schedule.ts';

/**
 * Every minute: unanswered cases first, then check-ins. What is due stands in the tables, not in the queue, so a run that is
 * lost, late or done twice changes nothing about what happens.
 */
export const sweepJob: Job = {
  name: 'follow-up.sweep',
  payload: z.object({}),
  schedule: '* * * * *',
  expiresAfterSeconds: 120,
};

export function followUpJobs(
  services: Omit<ReachServices, 'jobs'> &
    Pick<Services, 'db' | 'log'> & { readonly jobs: () => Services['jobs'] },
): readonly Handler[] {
  return [
    handle(sweepJob, async () => {
      const ready = { ...services, jobs: services.jobs() };
      await escalateCases(ready);
      await advanceCheckIns(ready);
    }),
  ];
}

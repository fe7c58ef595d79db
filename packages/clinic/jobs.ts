import { anchorJob, auditJobs } from './audit/commands.ts';
import { bookingJobs } from './booking/commands.ts';
import { isStillWanted } from './booking/messages.ts';
import { exportJobs } from './export/commands.ts';
import { followUpJobs } from './followup/commands.ts';
import { importJobs } from './import/commands.ts';
import { notifyJobs } from './notify/commands.ts';
import { photoJobs } from './photos/commands.ts';
import { draftJobs } from './planning/commands.ts';
import { fileJobs, sweepFiles } from './platform/file-jobs.ts';
import type { Handler } from './platform/jobs.ts';
import { asSystem, inTenant, type SystemDoor } from './platform/scope.ts';
import type { Services } from './platform/services.ts';
import { recordJobs } from './record/commands.ts';
import { retentionJobs } from './retention/commands.ts';
import { staffJobs } from './staff/commands.ts';
import { tenantSites } from './tenant/commands.ts';
import { visitorJobs } from './visitor/preview-picture.ts';

/** What a handler may use: everything but the queue, which exists only once the handlers are known. */
export type HandlerServices = Omit<Services, 'jobs'> & {
  /** The queue; call it only while running a job. */
  readonly jobs: () => Services['jobs'];
};

/** Every background job with its one handler, each run for the clinic it belongs to. */
export function allHandlers(services: HandlerServices): readonly Handler[] {
  return handlersOf(services).map((handler) => forItsClinic(services, handler));
}

/** Jobs that are one work for all clinics together, each with its door in the fence. */
const doors: Readonly<Record<string, SystemDoor>> = {
  [sweepFiles.name]: 'file-sweep',
  [anchorJob.name]: 'audit-anchor',
};

/**
 * A job that names a clinic runs for it. A scheduled one names none and is run for every clinic in turn; when it fails
 * for one, the others still get theirs, and the queue tries again.
 */
function forItsClinic(services: HandlerServices, { job, run }: Handler): Handler {
  const door = doors[job.name];
  return {
    job,
    run: async (payload, context) => {
      if (door !== undefined) return asSystem(door, () => run(payload, context));
      const { tenantId } = payload as { tenantId?: string };
      const tenants = await tenantSites(services);
      const due = tenantId === undefined ? tenants : tenants.filter(({ id }) => id === tenantId);
      const failures: unknown[] = [];
      for (const { id, publicUrl } of due) {
        await inTenant(id, () => run(payload, context), publicUrl).catch((error: unknown) =>
          failures.push(error),
        );
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** A subject with jobs adds its line here. */
function handlersOf(services: HandlerServices): readonly Handler[] {
  return [
    ...fileJobs(services),
    ...photoJobs(services),
    ...draftJobs(services),
    ...auditJobs(services),
    ...recordJobs(services),
    ...staffJobs(services),
    ...notifyJobs({ ...services, isStillWanted: (message) => isStillWanted(services, message) }),
    ...bookingJobs(services),
    ...followUpJobs(services),
    ...visitorJobs(services),
    ...retentionJobs(services),
    ...importJobs(services),
    ...exportJobs(services),
  ];
}

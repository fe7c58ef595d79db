import { auditJobs } from './audit/commands.ts';
import { bookingJobs } from './booking/commands.ts';
import { followUpJobs } from './followup/commands.ts';
import { notifyJobs } from './notify/commands.ts';
import { photoJobs } from './photos/commands.ts';
import { fileJobs } from './platform/file-jobs.ts';
import type { Handler } from './platform/jobs.ts';
import type { Services } from './platform/services.ts';
import { recordJobs } from './record/commands.ts';
import { staffJobs } from './staff/commands.ts';
import { visitorJobs } from './visitor/preview-picture.ts';

/** What a handler may use: everything but the queue, which exists only once the handlers are known. */
export type HandlerServices = Omit<Services, 'jobs'> & {
  /** The queue; call it only while running a job. */
  readonly jobs: () => Services['jobs'];
};

/** Every background job of the clinic with its one handler. A subject with jobs adds its line here. */
export function allHandlers(services: HandlerServices): readonly Handler[] {
  return [
    ...fileJobs(services),
    ...photoJobs(services),
    ...auditJobs(services),
    ...recordJobs(services),
    ...staffJobs(services),
    ...notifyJobs(services),
    ...bookingJobs(services),
    ...followUpJobs(services),
    ...visitorJobs(services),
  ];
}

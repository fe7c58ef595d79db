import { z } from 'zod';
import { type Handler, handle, type Job } from './jobs.ts';
import type { Services } from './services.ts';

/** Once a night: bytes that lost their row (a delete, a transaction that failed after the upload) leave the disk. */
export const sweepFiles: Job = { name: 'files.sweep', payload: z.object({}), schedule: '17 21 * * *' };

export function fileJobs(services: Pick<Services, 'db' | 'files' | 'log'>): readonly Handler[] {
  return [
    handle(sweepFiles, async () => {
      const { removed, missing } = await services.files.sweep(services.db);
      services.log.info({ removed, missing: missing.length }, 'file store swept');
      if (missing.length > 0)
        services.log.error({ missing }, 'rows whose bytes are missing; restore a backup');
    }),
  ];
}

import { z } from 'zod';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import type { Services } from '../platform/services.ts';
import { copyOf } from './copies.ts';
import { deleteParts, deleteUpload, selectOldUploads, selectPhoto } from './store.ts';

/** After a photograph has come: its small copies, so that the first look at it is quick. */
export const makeCopies: Job<{ tenantId: string; photoId: string }> = {
  name: 'photos.copies',
  payload: z.object({ tenantId: z.uuid(), photoId: z.uuid() }),
};

/** Once a night: uploads nobody went on with for two weeks are forgotten with their pieces. */
export const forgetUploads: Job = {
  name: 'photos.forget-uploads',
  payload: z.object({}),
  schedule: '41 20 * * *',
};

const keptMs = 14 * 24 * 3600 * 1000;

export function photoJobs(services: Pick<Services, 'db' | 'files' | 'clock'>): readonly Handler[] {
  return [
    handle(makeCopies, async ({ tenantId, photoId }) => {
      await services.db.transaction().execute(async (trx) => {
        const photo = await selectPhoto(trx, tenantId, photoId);
        if (photo) await copyOf(services, trx, tenantId, photo, 'thumb');
      });
    }),
    handle(forgetUploads, async () => {
      const before = new Date(services.clock.now().getTime() - keptMs);
      for (const { tenantId, id } of await selectOldUploads(services.db, before)) {
        await services.db.transaction().execute(async (trx) => {
          for (const fileId of await deleteParts(trx, tenantId, id))
            await services.files.delete(trx, tenantId, fileId);
          await deleteUpload(trx, tenantId, id);
        });
      }
    }),
  ];
}

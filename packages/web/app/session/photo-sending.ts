/*
 * Photographs taken within a session, on their way to the record. They wait in the same store as those of the chart
 * (photos/queue.ts), so whichever page has a line sends them; this one sends those of its session.
 */
import type { UploadForm } from '@undertone/clinic/photos/schema.ts';
import { dequeue, enqueue, keepForSending, type Queued, queued, send } from '../photos/queue.ts';

export type WaitingPhoto = Queued;
export type PhotoAbout = Pick<UploadForm, 'patientId' | 'treatment' | 'view' | 'origin'>;

export function photoSending({
  sessionId,
  staffId,
  onChange,
}: {
  readonly sessionId: string;
  readonly staffId: string;
  /** Something waits that did not, or no longer. */
  readonly onChange: (waiting: readonly WaitingPhoto[]) => void;
}) {
  let waiting: readonly WaitingPhoto[] = [];
  let busy = false;

  async function look(): Promise<void> {
    const found = (await queued()).filter((one) => one.form.sessionId === sessionId);
    const isNews = JSON.stringify(found.map(stateOf)) !== JSON.stringify(waiting.map(stateOf));
    waiting = found;
    if (isNews) onChange(found);
  }

  return {
    look,
    /** Ids the record does not have yet. */
    pendingIds: (): ReadonlySet<string> => new Set(waiting.map(({ form }) => form.uploadId)),

    /** On the device when the promise is kept. @returns the id it will have in the record */
    async keep(file: Blob, about: PhotoAbout): Promise<string> {
      const takenAt = new Date().toISOString();
      const id = await keepForSending(file, { ...about, takenAt, sessionId }, staffId);
      await look();
      return id;
    },

    async discard(id: string): Promise<void> {
      await dequeue(id);
      await look();
    },

    /** Sends one after the other until nothing waits or the line breaks; what the server refuses waits for a person. */
    async sendAll(): Promise<void> {
      if (busy) return;
      busy = true;
      try {
        for (;;) {
          await look();
          const next = waiting.find((one) => one.refusal === undefined && one.staffId === staffId);
          if (next === undefined) return;
          const refusal = await send(next, () => undefined);
          if (refusal) await enqueue({ ...next, refusal: refusal.message });
          else await dequeue(next.form.uploadId);
        }
      } catch {
        // The line broke: asked again with the next beat.
      } finally {
        busy = false;
      }
    },
  };
}

const stateOf = ({ form, refusal }: WaitingPhoto) => [form.uploadId, refusal ?? null];

import type { UploadForm } from '@undertone/clinic/photos/schema.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useRevalidator } from 'react-router';
import { dequeue, enqueue, keepForSending, type Queued, queued, send } from './queue.ts';

/** How long to wait after the line broke, ms. */
const pauseMs = 4000;

/** The photographs of this patient that are not yet saved, sent one after the other for as long as the page is open. */
export function useQueue(patientId: string, staffId: string) {
  const [waiting, setWaiting] = useState<readonly Queued[]>([]);
  const [sent01, setSent01] = useState(0);
  const busy = useRef(false);
  const { revalidate } = useRevalidator();

  const look = useCallback(async () => {
    const mine = (await queued()).filter(
      (one) => one.staffId === staffId && one.form.patientId === patientId,
    );
    setWaiting(mine);
    return mine;
  }, [patientId, staffId]);

  /** @returns whether the line broke. */
  const sendAll = useCallback(async (): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    try {
      for (;;) {
        const next = (await look()).find(({ refusal }) => refusal === undefined);
        if (!next) return false;
        const refusal = await send(next, setSent01);
        if (refusal) await enqueue({ ...next, refusal: refusal.message });
        else await dequeue(next.form.uploadId);
        setSent01(0);
        await look();
        await revalidate();
      }
    } catch {
      return true;
    } finally {
      busy.current = false;
    }
  }, [look, revalidate]);

  const go = useRef(() => undefined as void);
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    const start = async () => {
      clearTimeout(again);
      if (await sendAll()) again = setTimeout(() => void start(), pauseMs);
    };
    go.current = () => void start();
    go.current();
    addEventListener('online', go.current);
    return () => {
      removeEventListener('online', go.current);
      clearTimeout(again);
    };
  }, [sendAll]);

  const add = useCallback(
    async (file: Blob, about: Omit<UploadForm, 'uploadId' | 'sizeBytes' | 'sha256' | 'patientId'>) => {
      await keepForSending(file, { ...about, patientId }, staffId);
      await look();
      go.current();
    },
    [look, patientId, staffId],
  );

  const discard = useCallback(
    async (uploadId: string) => {
      await dequeue(uploadId);
      await look();
    },
    [look],
  );

  return { waiting, sent01, add, discard };
}

import { type DraftForm, type DraftRefusal, stepsOf } from '@undertone/clinic/planning/draft-schema.ts';
import { send as sendPhotograph } from '../photos/queue.ts';
import type { DraftContent } from './draft-content.ts';
import { type DeviceDraft, dropDraft, writeDraft } from './draft-device.ts';

/**
 * Where the work stands. `unsaved`: changed, not yet anywhere; `device`: on this device alone, because no patient is
 * chosen; `waiting`: on this device, the line is down; `saving`; `saved`: on the server with its photograph; `refused`.
 */
export type KeptState =
  | { readonly kind: 'none' | 'unsaved' | 'device' | 'waiting' }
  | { readonly kind: 'saving'; readonly photo01: number | null }
  | { readonly kind: 'saved'; readonly atMs: number }
  | { readonly kind: 'refused'; readonly message: string };

export interface Work {
  readonly patientId: string | null;
  readonly planId: string | null;
  readonly content: DraftContent;
  readonly file: File;
}

export interface Keeper {
  /** Tells how the work stands now; the same again changes nothing. */
  change(work: Work): void;
  /** Holds back saves and waits for the one under way; before the plan itself is saved. @returns what the server has of it */
  pause(): Promise<{ readonly draftId: string; readonly revision: number }>;
  resume(): void;
  /** The draft has become a plan: what comes next is another draft. */
  finish(): Promise<void>;
  /** What follows is other work than the draft that was opened, which stays as it is. */
  apart(): void;
  stop(): void;
}

export interface KeeperOptions {
  readonly draftId: string;
  readonly revision: number;
  /** Steps the server has. */
  readonly known: readonly string[];
  readonly isPhotoThere: boolean;
  /** What is already kept as it is; null when nothing is. */
  readonly kept: string | null;
  /** Whose draft the server has; null while it has none. */
  readonly savedFor: string | null;
  readonly staffId: string;
  readonly newId: () => string;
  readonly onState: (state: KeptState) => void;
  /** Under which id the work is kept, as soon as it is, and whenever that changes. */
  readonly onDraft: (draftId: string, because: 'first' | Apart) => void;
}

/** Quiet after a change before it is sent, and the pause after a line broke, ms. */
const quietMs = 1200;
const brokenMs = 4000;

/** Why the work goes on as another draft. */
export type Apart = 'other-device' | 'draft-gone' | 'other-patient';

/** What tells one state of the work from another. */
export const fingerprintOf = ({ patientId, content }: Pick<Work, 'patientId' | 'content'>): string =>
  JSON.stringify([patientId, content.state]);

type Answer = { readonly ok: true; readonly revision: number; readonly savedAt: string } | DraftRefusal;

/** @throws when the line is down or the server does not answer as itself. */
async function ask(draftId: string, form: DraftForm): Promise<Answer> {
  const response = await fetch(`/studio/plan-drafts/${draftId}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(form),
  });
  if (response.redirected || !response.headers.get('content-type')?.includes('json'))
    throw new Error('The server did not answer.');
  return (await response.json()) as Answer;
}

/** Keeps studio work as it goes: first on the device, then, for a patient, on the server with its photograph. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { staffId, newId, onState, onDraft } = options;
  let { draftId, revision, isPhotoThere, kept, savedFor } = options;
  let known = new Set(options.known);
  let isNamed = revision > 0 || kept !== null;
  let work: Work | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let isPaused = false;
  /** The work that becomes a plan: what changes meanwhile is not kept by it. */
  let pausedAt: string | null = null;
  let isStopped = false;

  const anew = () => {
    draftId = newId();
    revision = 0;
    known = new Set();
    savedFor = null;
  };
  const begin = (because: Apart) => {
    const old = draftId;
    anew();
    onDraft(draftId, because);
    return dropDraft(old).catch(() => undefined);
  };
  /**
   * The patient was corrected: a draft never moves from one record to another. The old one goes, unless another device has
   * saved it since.
   */
  const leaveRecord = async () => {
    const old = `/studio/plan-drafts/${draftId}?revision=${revision}`;
    await begin('other-patient');
    isPhotoThere = false;
    await fetch(old, { method: 'DELETE' }).catch(() => undefined);
  };

  const onDevice = (now: Work, isSaved: boolean): DeviceDraft => ({
    ...now.content,
    draftId,
    staffId,
    patientId: now.patientId,
    planId: now.planId,
    revision,
    isSaved,
    isPhotoThere,
    file: now.file,
    changedAtMs: Date.now(),
  });

  /** @returns false when the server will not take it as it is */
  const sendState = async (now: Work, patientId: string): Promise<boolean> => {
    for (let turn = 0; turn < 4; turn += 1) {
      const { state, steps } = now.content;
      const form: DraftForm = {
        patientId,
        planId: now.planId,
        baseRevision: revision,
        state,
        steps: steps.filter(({ id }) => !known.has(id)),
      };
      const answer = await ask(draftId, form);
      if (answer.ok) {
        revision = answer.revision;
        savedFor = patientId;
        known = new Set(stepsOf(state));
        return true;
      }
      if (answer.reason === 'steps-missing') for (const id of answer.stepIds ?? []) known.delete(id);
      else if (answer.reason === 'other-device' || answer.reason === 'draft-gone') {
        await begin(answer.reason);
        await writeDraft(onDevice(now, false));
      } else {
        onState({ kind: 'refused', message: answer.message });
        return false;
      }
    }
    throw new Error('The server asks for the same again and again.');
  };

  const sendPhoto = async (now: Work, patientId: string): Promise<boolean> => {
    const { photo, treatment } = now.content.state;
    if (isPhotoThere || !photo) return true;
    const refusal = await sendPhotograph(
      {
        staffId,
        file: now.file,
        form: {
          uploadId: photo.photoId,
          patientId,
          treatment,
          // What the studio gets shows the region itself; "middle distance" belongs to every treatment.
          view: 'mid',
          origin: 'upload',
          takenAt: new Date(now.file.lastModified).toISOString(),
          sizeBytes: now.file.size,
          sha256: photo.sha256,
        },
      },
      (photo01) => onState({ kind: 'saving', photo01 }),
    );
    if (refusal) {
      onState({ kind: 'refused', message: refusal.message });
      return false;
    }
    isPhotoThere = true;
    return true;
  };

  /** The work as it stands, if that is not kept and may be. */
  const newest = () => (work && !isPaused && !isStopped && fingerprintOf(work) !== kept ? work : undefined);

  /** Saves the newest state; again while there is a newer one. */
  const run = async () => {
    for (;;) {
      const now = newest();
      if (!now) return;
      try {
        await writeDraft(onDevice(now, false));
        if (!isNamed) onDraft(draftId, 'first');
        isNamed = true;
      } catch {
        // No storage on this device: the server alone must do.
        if (now.patientId === null) return onState({ kind: 'unsaved' });
      }
      if (now.patientId === null) {
        kept = fingerprintOf(now);
        onState({ kind: 'device' });
        continue;
      }
      onState({ kind: 'saving', photo01: null });
      if (savedFor !== null && savedFor !== now.patientId) {
        await leaveRecord();
        await writeDraft(onDevice(now, false)).catch(() => undefined);
      }
      try {
        if (!(await sendState(now, now.patientId))) return;
        if (!(await sendPhoto(now, now.patientId))) return;
      } catch {
        onState({ kind: 'waiting' });
        schedule(brokenMs);
        return;
      }
      kept = fingerprintOf(now);
      // What was found out about the photograph meanwhile is no other work.
      if (work && fingerprintOf(work) === kept) {
        await dropDraft(draftId).catch(() => undefined);
        onState({ kind: 'saved', atMs: Date.now() });
      }
    }
  };

  const start = () => {
    clearTimeout(timer);
    running ??= run().finally(() => {
      running = undefined;
    });
  };
  const schedule = (afterMs: number) => {
    clearTimeout(timer);
    if (!isStopped && !isPaused) timer = setTimeout(start, afterMs);
  };
  const onLine = () => schedule(0);
  addEventListener('online', onLine);

  return {
    change(next) {
      if (work && next.content.state.photo?.photoId !== work.content.state.photo?.photoId)
        isPhotoThere = false;
      const isSame = work !== undefined && fingerprintOf(next) === fingerprintOf(work);
      work = next;
      if (isSame || fingerprintOf(next) === kept) return;
      onState({ kind: 'unsaved' });
      // On the device at once, so that a tab closed now loses nothing; to the server when the hand rests.
      void writeDraft(onDevice(next, false))
        .then(() => {
          if (!isNamed) onDraft(draftId, 'first');
          isNamed = true;
          if (work === next && next.patientId !== null && !running)
            onState({ kind: 'saving', photo01: null });
        })
        .catch(() => undefined);
      schedule(next.patientId === null ? 0 : quietMs);
    },
    async pause() {
      isPaused = true;
      pausedAt = work ? fingerprintOf(work) : null;
      clearTimeout(timer);
      await running;
      return { draftId, revision };
    },
    resume() {
      isPaused = false;
      schedule(0);
    },
    async finish() {
      await dropDraft(draftId).catch(() => undefined);
      anew();
      isNamed = false;
      kept = pausedAt;
      isPaused = false;
      onState({ kind: 'none' });
      if (newest()) schedule(0);
    },
    apart() {
      anew();
      isNamed = false;
      isPhotoThere = false;
      kept = null;
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      removeEventListener('online', onLine);
    },
  };
}

/*
 * A session on a tablet: what is known, what waits, and the sending of it. One object for one page.
 *
 *   const tablet = openTablet({ sessionId, staffId });
 *   tablet.subscribe(listener); tablet.snapshot();
 *   await tablet.write('pigment', { … });   on the device when the promise is kept; sent as soon as there is a line
 *   await tablet.ask('keep');
 *
 * Entries go in order, again and again until the server has them; it knows each by its id. docs/session.md.
 */
import { type KnownEntry, recordOf, type SessionRecord } from '@undertone/clinic/session/journal.ts';
import type {
  BodyOf,
  DeviceEntry,
  EntryKind,
  FieldName,
  FieldValues,
  JournalEntry,
  Opening,
  SessionRefusal,
} from '@undertone/clinic/session/schema.ts';
import {
  dropEntry,
  enqueue,
  forget,
  forgetOld,
  type Mirror,
  newId,
  type Queued,
  queueOf,
  readMirror,
  type SessionHead,
  settle,
} from './device-store.ts';
import { type PhotoAbout, photoSending, type WaitingPhoto } from './photo-sending.ts';

/** `up`: saved as it is written. `down`: kept here. `signed-out`: the server wants to know who asks. */
export type Line = 'up' | 'down' | 'signed-out';

export interface Snapshot {
  /** `none`: this device has nothing of the session and no line to ask. */
  readonly phase: 'opening' | 'ready' | 'none' | 'missing' | 'no-storage';
  readonly line: Line;
  readonly mirror: Mirror | undefined;
  readonly record: SessionRecord;
  readonly waiting: number;
  readonly refused: readonly Queued[];
  /** Photographs of this session that are still on the device only. */
  readonly photosWaiting: readonly WaitingPhoto[];
  /** The page can be opened again without a line. */
  readonly isKeptForOffline: boolean;
}

interface RecordAnswer {
  readonly ok: true;
  readonly patientName: string;
  readonly session: SessionHead;
  readonly opening: Opening;
  readonly journal: readonly JournalEntry[];
  readonly serverNow: string;
}
interface PushAnswer {
  readonly ok: true;
  readonly session: SessionHead;
  readonly journal: readonly JournalEntry[];
  readonly earlier: Opening['earlier'];
  readonly ruledOut: Pick<Opening, 'mayHaveAmides' | 'mayHavePrilocaine' | 'learnt' | 'stops'>;
  readonly refused: readonly (Omit<SessionRefusal, 'ok'> & { readonly id: string })[];
}

export type Tablet = ReturnType<typeof openTablet>;
const empty = recordOf([]);
const beatMs = 5000;
/** Entries in one sending. */
const most = 200;

export function openTablet({ sessionId, staffId }: { readonly sessionId: string; readonly staffId: string }) {
  const base = `/desk/sessions/${sessionId}`;
  const listeners = new Set<() => void>();
  let state: Snapshot = {
    phase: 'opening',
    line: 'up',
    mirror: undefined,
    record: empty,
    waiting: 0,
    refused: [],
    photosWaiting: [],
    isKeptForOffline: false,
  };
  let queue: readonly Queued[] = [];
  let sending: Promise<void> | undefined;
  let isClosed = false;
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('undertone-sessions');

  /** Other pages of this browser that show the same session. */
  const tellOthers = () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target; it never leaves the origin
    channel?.postMessage(sessionId);
  };

  const change = (next: Partial<Snapshot>) => {
    const mirror = next.mirror ?? state.mirror;
    const waiting = queue.filter(({ refusal }) => refusal === undefined);
    const entries: KnownEntry[] = [...(mirror?.journal ?? []), ...waiting.map(({ entry }) => entry)];
    state = {
      ...state,
      ...next,
      mirror,
      record: recordOf(entries),
      waiting: waiting.length,
      refused: queue.filter(({ refusal }) => refusal !== undefined),
    };
    for (const listener of listeners) listener();
  };

  const photos = photoSending({
    sessionId,
    staffId,
    onChange: (photosWaiting) => change({ photosWaiting }),
  });

  /** Entries the server may have now: that of a photograph only after the photograph. */
  const sendable = () => {
    const pending = photos.pendingIds();
    return queue.filter(
      ({ refusal, entry }) =>
        refusal === undefined && !(entry.kind === 'photo' && pending.has(entry.body.photoId)),
    );
  };

  /** @returns the answer's value, or what keeps it from coming */
  async function call<T>(path: string, body?: unknown): Promise<T | 'down' | 'signed-out' | 'missing'> {
    let answer: Response;
    try {
      answer = await fetch(`${base}/${path}`, {
        redirect: 'manual',
        ...(body !== undefined && {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
        signal: AbortSignal.timeout(15_000),
      });
    } catch {
      return 'down';
    }
    if (answer.type === 'opaqueredirect' || answer.status === 401) return 'signed-out';
    if (answer.status === 404 || answer.status === 403) return 'missing';
    if (answer.status >= 500 || answer.status === 429) return 'down';
    return (await answer.json()) as T;
  }

  const skewOf = (serverNow: string) => Date.parse(serverNow) - Date.now();

  async function open(): Promise<void> {
    try {
      await forgetOld(Date.now());
      const mirror = await readMirror(sessionId);
      queue = await queueOf(sessionId);
      await photos.look();
      if (mirror) change({ phase: 'ready', mirror });
    } catch {
      change({ phase: 'no-storage' });
      return;
    }
    await refresh();
    await send();
    await sendPhotos();
  }

  /** The whole session from the server. */
  async function refresh(): Promise<void> {
    const answer = await call<RecordAnswer>('record');
    if (answer === 'down' || answer === 'signed-out') {
      change({ line: answer, phase: state.mirror ? 'ready' : 'none' });
      return;
    }
    if (answer === 'missing' || !answer.ok) {
      change({ phase: 'missing' });
      return;
    }
    const { patientName, session, opening, journal, serverNow } = answer;
    await hear(
      {
        sessionId,
        patientName,
        session,
        opening,
        journal,
        clockSkewMs: skewOf(serverNow),
        savedAtMs: Date.now(),
      },
      [],
    );
  }

  async function hear(mirror: Mirror, refused: PushAnswer['refused']): Promise<void> {
    await settle(mirror, refused);
    queue = await queueOf(sessionId);
    change({ phase: 'ready', line: 'up', mirror });
    tellOthers();
  }

  async function sendOnce(): Promise<void> {
    const { mirror } = state;
    if (!mirror) return refresh();
    const waiting = sendable().slice(0, most);
    const answer = await call<PushAnswer>('entries', {
      sentAt: new Date().toISOString(),
      knownSeq: mirror.journal.at(-1)?.seq ?? 0,
      knownEarlier: mirror.opening.earlier.length,
      knownRuledOut: Object.keys(mirror.opening.learnt ?? {}),
      entries: waiting.map(({ entry }) => entry),
    });
    if (answer === 'down' || answer === 'signed-out') return change({ line: answer });
    if (answer === 'missing' || !answer.ok) return change({ line: 'down' });
    const { learnt: _, stops: __, ...before } = mirror.opening;
    const opening = { ...before, ...answer.ruledOut, earlier: answer.earlier };
    const isNews =
      answer.journal.length > 0 ||
      JSON.stringify(opening) !== JSON.stringify(mirror.opening) ||
      answer.refused.length > 0 ||
      answer.session.state !== mirror.session.state;
    if (!isNews) {
      if (state.line !== 'up') change({ line: 'up' });
      return;
    }
    const known = new Set(mirror.journal.map(({ id }) => id));
    const journal = [...mirror.journal, ...answer.journal.filter(({ id }) => !known.has(id))];
    await hear(
      { ...mirror, session: answer.session, opening, journal, savedAtMs: Date.now() },
      answer.refused,
    );
  }

  /** Sends until nothing waits or the line is down; one sending at a time. */
  function send(): Promise<void> {
    sending ??= (async () => {
      try {
        let isMore = true;
        while (isMore) {
          await sendOnce();
          isMore = !isClosed && state.line === 'up' && sendable().length > 0;
        }
      } finally {
        sending = undefined;
      }
    })();
    return sending;
  }

  /** The photographs that wait, then the entries that waited for them. */
  async function sendPhotos(): Promise<void> {
    if (state.line !== 'up') return photos.look();
    await photos.sendAll();
    if (sendable().length > 0) await send();
  }

  const sendEverything = async () => {
    await send();
    await sendPhotos();
  };
  const beat = () => {
    if (document.visibilityState === 'visible' || state.waiting > 0) void sendEverything();
  };
  const timer = setInterval(beat, beatMs);
  const wake = () => void sendEverything();
  globalThis.addEventListener('online', wake);
  document.addEventListener('visibilitychange', beat);
  const heed = ({ data }: MessageEvent<unknown>) => {
    if (data !== sessionId) return;
    void (async () => {
      queue = await queueOf(sessionId);
      const mirror = await readMirror(sessionId);
      change(mirror ? { mirror } : {});
    })();
  };
  channel?.addEventListener('message', heed);
  void open();

  async function write<K extends EntryKind>(kind: K, body: BodyOf<K>, minutesAgo = 0): Promise<void> {
    const seenSeq = state.mirror?.journal.at(-1)?.seq ?? 0;
    const saidAt = new Date(Date.now() - minutesAgo * 60_000).toISOString();
    await enqueue(
      sessionId,
      (deviceId, counter) =>
        ({
          id: newId(),
          deviceId,
          counter,
          seenSeq,
          saidAt,
          madeBy: staffId,
          kind,
          body,
        }) as unknown as DeviceEntry,
    );
    queue = await queueOf(sessionId);
    change({});
    tellOthers();
    void send();
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    write,

    /** Writes a field in place of the values it shows now. */
    set<F extends FieldName>(field: F, value: FieldValues[F]): Promise<void> {
      const replaces = (state.record.fields[field] ?? []).map(({ id }) => id);
      return write('set', { field, value, replaces } as BodyOf<'set'>);
    },

    async dismiss(id: string): Promise<void> {
      await dropEntry(id);
      queue = await queueOf(sessionId);
      change({});
    },

    /** Takes a photograph into the session: kept on the device at once, its entry follows it to the server. */
    async attach(file: Blob, about: PhotoAbout, moment: BodyOf<'photo'>['moment']): Promise<void> {
      const photoId = await photos.keep(file, about);
      await write('photo', { photoId, view: about.view, moment });
      void sendPhotos();
    },

    /** A photograph that did not reach the record, and what was written of it here, go. */
    async discardPhoto(photoId: string): Promise<void> {
      for (const { entry } of queue)
        if (entry.kind === 'photo' && entry.body.photoId === photoId) await dropEntry(entry.id);
      await photos.discard(photoId);
      queue = await queueOf(sessionId);
      change({});
    },

    /** Keeps or signs. Everything that waits is sent first; without a line nothing happens. */
    async ask(act: 'keep' | 'sign'): Promise<{ ok: true } | SessionRefusal> {
      await sendEverything();
      if (state.line === 'up' && state.photosWaiting.length > 0) return photoSendingRefusal;
      if (state.line !== 'up' || state.waiting > 0) return noLine;
      const answer = await call<{ ok: true; session: SessionHead } | SessionRefusal>('act', {
        act,
        knownSeq: state.mirror?.journal.at(-1)?.seq ?? 0,
      });
      if (answer === 'down' || answer === 'signed-out') {
        change({ line: answer });
        return noLine;
      }
      if (answer === 'missing') return { ok: false, reason: 'not-allowed', message: '' };
      if (answer.ok && state.mirror) await hear({ ...state.mirror, session: answer.session }, []);
      return answer.ok ? { ok: true } : answer;
    },

    sendNow: sendEverything,

    offlineReady: () => {
      if (!state.isKeptForOffline) change({ isKeptForOffline: true });
    },

    /** The page goes: a session that is kept and saved leaves nothing on the device. */
    close() {
      isClosed = true;
      clearInterval(timer);
      globalThis.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', beat);
      channel?.close();
      const { mirror } = state;
      if (mirror && mirror.session.state !== 'open' && !mirror.session.isBehind && queue.length === 0)
        void forget(sessionId);
    },
  };
}

const photoSendingRefusal: SessionRefusal = { ok: false, reason: 'photo-sending', message: '' };
const noLine: SessionRefusal = { ok: false, reason: 'no-line', message: '' };

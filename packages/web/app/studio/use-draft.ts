import type { Draft, DraftStep } from '@undertone/clinic/planning/draft-schema.ts';
import { parsePigments, samplePaints } from '@undertone/engine/match/index.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { newId } from '../session/device-store.ts';
import {
  contentOf,
  createDraftIds,
  type DraftContent,
  type DraftIds,
  restoredStudio,
  whichGoesOn,
} from './draft-content.ts';
import { type DeviceDraft, draftHere } from './draft-device.ts';
import { type Apart, createKeeper, fingerprintOf, type Keeper, type KeptState } from './draft-keeper.ts';
import { openPhoto } from './photo-file.ts';
import type { StudioPhoto, StudioState } from './state.ts';

/** A draft as the server gave it with the page; dates as text. */
export interface OpenedDraft {
  readonly draft: Pick<Draft, 'draftId' | 'patientId' | 'planId' | 'revision' | 'state'>;
  readonly steps: readonly DraftStep[];
}

/**
 * Something the physician should know: her work goes on apart from another device's, the draft asked for is nowhere, its
 * photograph has not arrived from the device where it was chosen, or cannot be shown here as it was there.
 */
export type DraftNotice = Apart | 'no-such-draft' | 'photo-elsewhere' | 'not-restored';

interface UseDraft {
  readonly staffId: string;
  /** The id in the page's address, if one was asked for. */
  readonly asked: string | null;
  readonly opened: OpenedDraft | null;
  readonly patientId: string | null;
  readonly planId: string | null;
  readonly state: StudioState;
  readonly onRestored: (studio: StudioState, patientId: string | null) => void;
}

/** Keeps the studio's work as it goes and brings back what was kept. Nothing is kept before `isReady`. */
export function useDraft({ staffId, asked, opened, patientId, planId, state, onRestored }: UseDraft) {
  const [kept, setKept] = useState<KeptState>({ kind: 'none' });
  const [notice, setNotice] = useState<DraftNotice | null>(null);
  const [isReady, setReady] = useState(asked === null);
  /** A draft whose photograph is not at hand; choosing the same file brings it back. */
  const [awaited, setAwaited] = useState<DraftContent | null>(null);
  const keeper = useRef<Keeper>(null);
  /** An opened draft that is not shown here: other work must not be laid over it. */
  const isUnshown = useRef(false);
  /** Whose photograph it is already: in another record it gets an id of its own. */
  const owners = useRef(new WeakMap<object, string>());
  const ids = useRef<DraftIds>(null);
  ids.current ??= createDraftIds();
  const first = useRef({ asked, opened, onRestored });

  useEffect(() => {
    const { asked: draftId, opened: server, onRestored: restore } = first.current;
    let isOver = false;
    const open = (
      from: Omit<Parameters<typeof createKeeper>[0], 'staffId' | 'newId' | 'onState' | 'onDraft'>,
    ) => {
      if (isOver) return;
      keeper.current = createKeeper({
        ...from,
        staffId,
        newId,
        onState: setKept,
        onDraft: (id, because) => {
          const address = new URL(location.href);
          address.searchParams.set('draft', id);
          history.replaceState(history.state, '', address);
          if (because !== 'first') setNotice(because);
        },
      });
      setReady(true);
    };
    const nothing = { revision: 0, known: [], isPhotoThere: false, kept: null, savedFor: null };
    const begin = async () => {
      if (draftId === null) return open({ ...nothing, draftId: newId() });
      const device = await draftHere(draftId, staffId).catch(() => undefined);
      const which = whichGoesOn({ ...(device && { device }), ...(server && { server: server.draft }) });
      if (which === 'none') {
        setNotice('no-such-draft');
        return open({ ...nothing, draftId: newId() });
      }
      const content: DraftContent =
        which === 'server' && server
          ? { state: server.draft.state, steps: server.steps }
          : (device as DeviceDraft);
      const patient = (which === 'server' ? server?.draft.patientId : device?.patientId) ?? null;
      const found = await photoOf(content, device);
      if (isOver) return undefined;
      const restored =
        found && restoredStudio(content, found.photo, await pigmentsOf(content), ids.current as DraftIds);
      if (isOver) return undefined;
      if (restored?.ok) restore(restored.studio, patient);
      else {
        if (!found) setAwaited(content);
        isUnshown.current = true;
        setNotice(found ? 'not-restored' : 'photo-elsewhere');
      }
      const isPhotoThere = found?.isThere ?? false;
      if (which === 'server' && server) {
        return open({
          draftId,
          revision: server.draft.revision,
          known: server.steps.map(({ id }) => id),
          savedFor: patient,
          isPhotoThere,
          kept: isPhotoThere || !found ? fingerprintOf({ patientId: patient, content }) : null,
        });
      }
      if (which === 'apart') {
        setNotice(server ? 'other-device' : 'draft-gone');
        return open({ ...nothing, draftId: newId(), isPhotoThere });
      }
      const known = server?.steps.map(({ id }) => id) ?? [];
      const revision = device?.revision ?? 0;
      const savedFor = revision > 0 ? (server?.draft.patientId ?? patient) : null;
      return open({ draftId, revision, known, isPhotoThere, kept: null, savedFor });
    };
    void begin();
    return () => {
      isOver = true;
      keeper.current?.stop();
      keeper.current = null;
    };
  }, [staffId]);

  useEffect(() => {
    if (state.photo && patientId !== null) {
      const owner = owners.current.get(state.photo);
      if (owner !== undefined && owner !== patientId) ids.current?.remember(state.photo, newId());
      owners.current.set(state.photo, patientId);
    }
    const content = isReady ? contentOf(state, ids.current as DraftIds) : undefined;
    if (content && state.photo)
      keeper.current?.change({ patientId, planId, content, file: state.photo.file });
  }, [isReady, state, patientId, planId]);

  const isNowhere = kept.kind === 'unsaved';
  useEffect(() => {
    if (!isNowhere) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isNowhere]);

  /** What the photograph just chosen brings back: the draft that waits for this very file. */
  const resume = useCallback(
    async (photo: StudioPhoto, signal: AbortSignal): Promise<StudioState | undefined> => {
      if (!isUnshown.current) return undefined;
      const restored =
        awaited?.state.photo?.sha256 === photo.sha256 &&
        restoredStudio(awaited, photo, await pigmentsOf(awaited), ids.current as DraftIds);
      // Given up: the draft waits on for its photograph, and nothing is laid over it.
      signal.throwIfAborted();
      isUnshown.current = false;
      setAwaited(null);
      setNotice(null);
      if (restored && restored.ok) return restored.studio;
      keeper.current?.apart();
      return undefined;
    },
    [awaited],
  );

  return { kept, notice, isReady, keeper, resume };
}

/** The photograph from this device, else from the record; undefined when it is at neither. */
async function photoOf(
  { state }: DraftContent,
  device: DeviceDraft | undefined,
): Promise<{ photo: StudioPhoto; isThere: boolean } | undefined> {
  if (!state.photo) return undefined;
  const isOwn = device?.state.photo?.photoId === state.photo.photoId;
  if (device && isOwn) {
    const opened = await openPhoto(device.file);
    if (opened.ok) return { photo: opened.photo, isThere: device.isPhotoThere };
  }
  try {
    const answer = await fetch(`/desk/photos/${state.photo.photoId}/original`);
    const type = answer.headers.get('content-type') ?? '';
    if (!answer.ok || !type.startsWith('image/')) return undefined;
    const file = new File([await answer.blob()], state.photo.name, { type });
    const opened = await openPhoto(file);
    return opened.ok ? { photo: opened.photo, isThere: true } : undefined;
  } catch {
    return undefined;
  }
}

async function pigmentsOf({ state }: DraftContent): Promise<StudioState['pigments']> {
  const sample = { id: 'sample', set: samplePaints };
  if (state.pigmentsId === 'sample') return sample;
  const answer = await fetch(`/desk/pigments/${state.pigmentsId}/pigments.json`).catch(() => undefined);
  const parsed = answer?.ok ? parsePigments(await answer.text()) : undefined;
  return parsed?.ok ? { id: state.pigmentsId, set: parsed.set } : sample;
}

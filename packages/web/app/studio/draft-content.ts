import {
  type DraftState,
  type DraftStep,
  draftTrailMost,
  stepsOf,
} from '@undertone/clinic/planning/draft-schema.ts';
import type { DensityStroke } from '@undertone/engine/plan/index.ts';
import { newId } from '../session/device-store.ts';
import { emptyStudio, type StudioPhoto, type StudioState, type TakenBack } from './state.ts';

/** What a draft holds: how the studio stands, and the steps of its region. The pixels are in the photograph. */
export interface DraftContent {
  readonly state: DraftState;
  readonly steps: readonly DraftStep[];
}

/** The ids under which steps and photographs are kept; each object has one for as long as it lives. */
export interface DraftIds {
  of(thing: object): string;
  /** Says which id a thing that was read back already has. */
  remember(thing: object, id: string): void;
}

export function createDraftIds(make: () => string = newId): DraftIds {
  const known = new WeakMap<object, string>();
  return {
    of(thing) {
      const id = known.get(thing) ?? make();
      known.set(thing, id);
      return id;
    },
    remember: (thing, id) => void known.set(thing, id),
  };
}

/** What is kept of the studio; undefined while there is no photograph, because then nothing was done. */
export function contentOf(state: StudioState, ids: DraftIds): DraftContent | undefined {
  const { photo, history, pigments } = state;
  if (!photo) return undefined;
  const trail = keptTrail(state);
  return {
    state: {
      format: 'undertone/studio-draft',
      version: 1,
      treatment: state.treatment,
      site: state.site,
      photo: {
        photoId: ids.of(photo),
        name: photo.file.name.slice(-300),
        sha256: photo.sha256,
        widthPx: photo.picture.widthPx,
        heightPx: photo.picture.heightPx,
      },
      tool: state.tool,
      brushPx: state.brushPx,
      steps: history.map((step) => ids.of(step)),
      at: state.at,
      ...typedOf(state),
      densityStrokes: state.densityStrokes.map(strokeOf),
      densityFactor: state.densityFactor,
      irisScale: state.irisScale,
      trail: {
        steps: trail.steps.map((step) => ids.of(step)),
        strokes: trail.strokes.map(strokeOf),
        past: trail.past,
        ahead: trail.ahead,
      },
      readings: {
        patch: short(state.readings.patch),
        surround: short(state.readings.surround),
        tanned: short(state.readings.tanned),
      },
      spectra: {
        patch: spectrumOf(state.spectra.patch),
        surround: spectrumOf(state.spectra.surround),
        tanned: spectrumOf(state.spectra.tanned),
      },
      conditions: state.conditions,
      pigmentsId: pigments.id,
      only: state.only && [...state.only],
      seed: state.seed,
      view: state.view,
      range: state.range,
    },
    steps: [...history, ...trail.steps].map((step) => {
      const { runs, source, taps, front, head, line, confidence01, notes } = step;
      return {
        id: ids.of(step),
        runs: [...runs],
        source,
        taps: [...taps],
        ...(front && { front: [...front] }),
        ...(head && { head }),
        ...(line && { line }),
        ...(confidence01 !== undefined && { confidence01 }),
        ...(notes && { notes: [...notes] }),
      };
    }),
  };
}

/** Texts as they were typed, as far as a draft keeps them. */
const typedOf = ({
  ruler,
  mmPerPxTyped,
  existingHairTyped,
}: Pick<TakenBack, 'ruler' | 'mmPerPxTyped' | 'existingHairTyped'>) => ({
  ruler: ruler && { ...ruler, lengthMm: ruler.lengthMm.slice(0, 40) },
  mmPerPxTyped: mmPerPxTyped.slice(0, 40),
  existingHairTyped: existingHairTyped?.slice(0, 40) ?? null,
});

const strokeOf = ({ points, ...stroke }: DensityStroke) => ({
  ...stroke,
  points: points.map(([x, y]) => [x, y] as [number, number]),
});

/** The acts next to now that can be kept, with the steps and strokes that only they know. */
function keptTrail({ history, densityStrokes, trail }: StudioState) {
  const steps = placesIn(history, draftTrailMost.steps);
  const strokes = placesIn(densityStrokes, draftTrailMost.strokes);
  /** @param acts the one next to now last, as `past` and `ahead` are */
  const kept = (acts: readonly TakenBack[], most: number) => {
    const places: TrailPlace[] = [];
    for (const { treatment, site, at, irisScale, ...one } of acts.slice(-most).toReversed()) {
      if (!steps.hasRoomFor(one.history) || !strokes.hasRoomFor(one.densityStrokes)) break;
      places.unshift({
        treatment,
        site,
        steps: steps.placesOf(one.history),
        at,
        ...typedOf(one),
        irisScale,
        densityStrokes: strokes.placesOf(one.densityStrokes),
      });
    }
    return places;
  };
  const [past, ahead] = [kept(trail.past, draftTrailMost.past), kept(trail.ahead, draftTrailMost.ahead)];
  return { steps: steps.own, strokes: strokes.own, past, ahead };
}

type TrailPlace = NonNullable<DraftState['trail']>['past'][number];

/** Where things stand among those there already, then among the ones that are added to them. */
function placesIn<T extends object>(there: readonly T[], mostOwn: number) {
  const places = new Map(there.map((one, n) => [one, n]));
  const own: T[] = [];
  const freshOf = (things: readonly T[]) => new Set(things.filter((one) => !places.has(one)));
  return {
    own,
    hasRoomFor: (things: readonly T[]) => own.length + freshOf(things).size <= mostOwn,
    placesOf(things: readonly T[]): number[] {
      for (const one of freshOf(things)) {
        places.set(one, there.length + own.length);
        own.push(one);
      }
      return things.map((one) => places.get(one) ?? 0);
    },
  };
}

const short = ({ L, a, b }: StudioState['readings']['patch']) => ({
  L: L.slice(0, 40),
  a: a.slice(0, 40),
  b: b.slice(0, 40),
});
const spectrumOf = (one: StudioState['spectra']['patch']) =>
  one && {
    fileName: one.fileName.slice(-200),
    startNm: one.reflectance01.startNm,
    stepNm: one.reflectance01.stepNm,
    reflectance01: Array.from(one.reflectance01.values),
  };
const readSpectrumOf = (one: DraftState['spectra']['patch']) =>
  one && {
    fileName: one.fileName,
    reflectance01: {
      startNm: one.startNm,
      stepNm: one.stepNm,
      values: Float64Array.from(one.reflectance01),
    },
  };

export type Restored =
  | { readonly ok: true; readonly studio: StudioState }
  /** `other-size`: this device opens the photograph at another size than the one the region was drawn at. */
  | { readonly ok: false; readonly reason: 'other-photo' | 'other-size' | 'broken' };

/**
 * The studio as it stood. What was found out about the photograph is found out again; a set of pigments that is no longer
 * there leaves the sample set.
 */
export function restoredStudio(
  { state, steps }: DraftContent,
  photo: StudioPhoto,
  pigments: StudioState['pigments'],
  ids: DraftIds,
): Restored {
  const { widthPx, heightPx } = photo.picture;
  if (!state.photo) return { ok: false, reason: 'other-photo' };
  if (state.photo.widthPx !== widthPx || state.photo.heightPx !== heightPx)
    return { ok: false, reason: 'other-size' };
  const byId = new Map(steps.map((step) => [step.id, step]));
  const named = stepsOf(state).map((id) => byId.get(id));
  const isWhole = named.every(
    (step) => step && step.runs.reduce((sum, v, i) => sum + (i % 2 ? 0 : v), 0) === widthPx * heightPx,
  );
  if (!isWhole) return { ok: false, reason: 'broken' };
  const kept = named.flatMap((step) => {
    if (!step) return [];
    const { id, front, head, line, confidence01, notes, ...rest } = step;
    const one = {
      ...rest,
      ...(front && { front }),
      ...(head && { head }),
      ...(line && { line }),
      ...(confidence01 !== undefined && { confidence01 }),
      ...(notes && { notes }),
    };
    ids.remember(one, id);
    return [one];
  });
  ids.remember(photo, state.photo.photoId);
  const {
    format: _,
    version: __,
    photo: ___,
    steps: ____,
    trail,
    pigmentsId,
    conditions,
    only,
    ...plain
  } = state;
  const strokes = [...(state.densityStrokes ?? []), ...(trail?.strokes ?? [])];
  const actsOf = (places: readonly TrailPlace[] = []) =>
    places.map(
      ({ steps: own, densityStrokes: drawn, ...one }): TakenBack => ({
        ...one,
        history: own.flatMap((n) => kept[n] ?? []),
        densityStrokes: drawn.flatMap((n) => strokes[n] ?? []),
      }),
    );
  const isSet = pigments.id === pigmentsId;
  return {
    ok: true,
    studio: {
      ...emptyStudio,
      ...plain,
      // The schema knows this for a light and an observer by its pattern.
      conditions: conditions as StudioState['conditions'],
      spectra: {
        patch: readSpectrumOf(state.spectra.patch),
        surround: readSpectrumOf(state.spectra.surround),
        tanned: readSpectrumOf(state.spectra.tanned),
      },
      photo,
      history: kept.slice(0, state.steps.length),
      trail: { past: actsOf(trail?.past), ahead: actsOf(trail?.ahead), typing: null },
      pigments,
      only: isSet ? only : null,
    },
  };
}

/** A draft on this device and the same on the server. */
export interface Meeting {
  /** The revision the device's copy was made over, and whether it holds what no server has. */
  readonly device?: { readonly revision: number; readonly isSaved: boolean };
  readonly server?: { readonly revision: number };
}

/**
 * Which of two copies goes on. `apart`: both have something the other has not, so the device's goes on as a draft of its
 * own and nobody's work is written over.
 */
export function whichGoesOn({ device, server }: Meeting): 'device' | 'server' | 'apart' | 'none' {
  if (!device) return server ? 'server' : 'none';
  if (!server) return device.revision === 0 ? 'device' : device.isSaved ? 'none' : 'apart';
  if (device.isSaved) return 'server';
  return device.revision === server.revision ? 'device' : 'apart';
}

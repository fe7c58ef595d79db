import type { LearnedHealing } from '@undertone/engine/match/index.ts';
import type { Picture, Point } from '@undertone/engine/photo/index.ts';
import { dotAdvice, type PlanInput, scalpProfile } from '@undertone/engine/plan/index.ts';
import { beneathStroke, type DarkSpot, hairField, leaveOut } from '@undertone/engine/region/index.ts';
import type {
  Hairline,
  LandmarkModels,
  NoLandmarks,
  ScalpGround,
} from '@undertone/engine/region/landmarks/index.ts';
import { useCallback, useRef, useState } from 'react';
import { type ExistingHairCount, existingHairOf } from './existing-hair.ts';
import { fetchLandmarkModels } from './landmark-models.ts';
import { openPhotoAside, type PhotoFault } from './photo-file.ts';
import { readingsOf } from './readings.ts';
import {
  currentStep,
  emptyStudio,
  maskOf,
  type StudioAct,
  type StudioPhoto,
  type StudioState,
  scaleOf,
} from './state.ts';
import { labOf } from './typed.ts';
import { studioReducer } from './undo.ts';
import { useWork } from './use-work.ts';
import type { StudioWords } from './words.ts';

/** Why a hairline could not be moved: what looks for the face is not there, has failed, or found none. */
type HairlineFault = 'not-loaded' | 'failed' | NoLandmarks['reason'];

/** Whether the photograph's colour chart is being looked for, was, or shall not be. */
export type ChartSearch = 'under-way' | 'over' | 'skipped';

interface UseStudio {
  readonly words: StudioWords;
  readonly learned: LearnedHealing | null;
}

/** Whether hair counts here: in a zone of scalp of known scale. */
const seesHair = (state: StudioState) => state.treatment === 'scalp' && scaleOf(state).ok;

/** What a plan is asked with, or why it cannot be asked. */
export function readinessOf(state: StudioState) {
  const labs = {
    patch: labOf(state.readings.patch),
    surround: labOf(state.readings.surround),
    tanned: labOf(state.readings.tanned),
  };
  const readings = readingsOf(labs, state.spectra, state.conditions);
  const hasPigments = state.only === null || state.only.length >= 2;
  const isHairUsable = !seesHair(state) || existingHairOf(state.existingHairTyped).ok;
  return {
    labs,
    readings,
    hasPigments,
    isHairUsable,
    canPlan: state.photo !== null && state.at >= 0 && readings.ok && hasPigments && isHairUsable,
  };
}

/** The studio's state and what a hand can start in it. Each long step can be given up, and says nothing after that. */
export function useStudio({ words, learned }: UseStudio) {
  const [state, setState] = useState(emptyStudio);
  /** As it stands now, for what goes on after waiting. */
  const latest = useRef(state);
  const send = useCallback((act: StudioAct) => {
    latest.current = studioReducer(latest.current, act);
    setState(latest.current);
  }, []);
  const work = useWork();
  const { run, cancel } = work;
  const [opening01, setOpening01] = useState<number | null>(null);
  const opening = useRef<AbortController>(null);
  const [photoFault, setPhotoFault] = useState<PhotoFault | null>(null);
  /** What the engine or the device refused last, with its sentence. */
  const [refusal, setRefusal] = useState<string | null>(null);
  const [chart, setChart] = useState<ChartSearch>('over');
  /** The photo's calibration, under way or done: a plan waits for it. */
  const looking = useRef<Promise<StudioState['calibration']>>(Promise.resolve(null));
  /** What a step waits for before a worker can begin it. */
  const [waitsFor, setWaitsFor] = useState<'chart' | 'hair' | 'face-models' | null>(null);
  const models = useRef<Promise<LandmarkModels>>(null);
  /** The count of hair that was asked for last, and of what. */
  const counting = useRef<{
    readonly of: readonly unknown[];
    readonly answer: Promise<ExistingHairCount | 'cancelled'>;
  }>(null);
  /** What a hairline is moved on, and the picture it is of. */
  const ground = useRef<{ readonly picture: Picture; readonly ground: ScalpGround }>(null);
  const [hairlineFault, setHairlineFault] = useState<HairlineFault | null>(null);
  /** Strokes are drawn one after the other, none is lost to the next; counted up, those not yet begun are let go. */
  const strokes = useRef({ turn: 0, last: Promise.resolve() });

  /** Whether a plan is being made again because the density was changed by hand. */
  const follows = useRef(false);

  /** Gives up whatever is shown to be under way. */
  const stop = useCallback(() => {
    strokes.current.turn += 1;
    follows.current = false;
    setWaitsFor(null);
    cancel();
  }, [cancel]);

  /** Runs a job and tells its refusal; `undefined` when there is nothing to go on with. */
  async function attempt<T>(job: Promise<T | 'cancelled'>): Promise<T | undefined> {
    setRefusal(null);
    try {
      const output = await job;
      if (output === 'cancelled') return undefined;
      if (typeof output === 'object' && output !== null && 'ok' in output && output.ok === false) {
        setRefusal((output as unknown as { message: string }).message);
        return undefined;
      }
      return output;
    } catch {
      setRefusal(words.failed);
      return undefined;
    }
  }

  /**
   * Opens a photograph; the one before stays until that is done, and if it fails or is given up.
   * @param resume gives the work that waits for this very file; rejects when the signal fires before it has
   */
  async function choosePhoto(
    file: File,
    resume: (photo: StudioPhoto, signal: AbortSignal) => Promise<StudioState | undefined>,
  ) {
    opening.current?.abort();
    const control = new AbortController();
    opening.current = control;
    const { signal } = control;
    setOpening01(0);
    setPhotoFault(null);
    setRefusal(null);
    setHairlineFault(null);
    try {
      const found = await openPhotoAside(file, { signal, onProgress: setOpening01 });
      if (!found.ok) return setPhotoFault(found.reason);
      const waiting = await resume(found.photo, signal);
      stop();
      if (waiting) return restore(waiting);
      send({ type: 'photo', photo: found.photo });
      lookAt(found.photo.picture);
    } catch {
      if (!signal.aborted) setPhotoFault('not-an-image');
    } finally {
      if (opening.current === control) setOpening01(null);
    }
  }

  const stopOpening = () => {
    opening.current?.abort();
    setOpening01(null);
  };

  function restore(studio: StudioState) {
    send({ type: 'restored', studio });
    if (studio.photo) lookAt(studio.photo.picture);
  }

  /** What a photograph says of its colours, its scale and its faults. */
  function lookAt(picture: Picture) {
    lookForChart(picture);
    void attempt(run('quality', { picture }, { quiet: true })).then(
      (quality) => quality && send({ type: 'judged', quality }),
    );
  }

  function lookForChart(picture: Picture, options: { readonly chart?: 'none' } = {}) {
    const mine = () => latest.current.photo?.picture === picture;
    setChart(options.chart === 'none' ? 'skipped' : 'under-way');
    const found = attempt(run('calibrate', { picture, options }, { quiet: true })).then((calibration) => {
      if (!calibration || !mine()) return null;
      send({ type: 'calibrated', calibration });
      return calibration;
    });
    looking.current = found;
    void found.then(() => looking.current === found && setChart((now) => (now === 'skipped' ? now : 'over')));
  }

  /** Goes on without a chart: the search that is under way ends. */
  const skipChart = () => {
    const { photo } = latest.current;
    if (photo) lookForChart(photo.picture, { chart: 'none' });
  };
  const seekChart = () => {
    const { photo } = latest.current;
    if (photo) lookForChart(photo.picture);
  };

  async function tap(point: Point) {
    const of = latest.current;
    if (!of.photo) return;
    const taps = [point];
    const options = { treatment: of.treatment };
    const proposal = await attempt(run('propose', { picture: of.photo.picture, taps, options }));
    if (!proposal?.ok) return;
    const { mask, confidence01 } = proposal;
    send({ type: 'region', mask, source: 'tap', taps, confidence01, of });
  }

  async function findByFace(treatment: 'lip' | 'scalp') {
    const of = latest.current;
    if (!of.photo) return;
    setRefusal(null);
    const { picture } = of.photo;
    const { turn } = strokes.current;
    try {
      setWaitsFor('face-models');
      models.current ??= fetchLandmarkModels();
      const input = { picture, models: await models.current };
      if (turn !== strokes.current.turn) return;
      setWaitsFor(null);
      const found = await run(treatment === 'lip' ? 'lips' : 'scalp', input);
      if (found === 'cancelled') return;
      if (!found.ok) return setRefusal(words.faceFaults[found.reason]);
      const { mask, scale: irisScale } = found;
      if ('ground' in found) ground.current = { picture, ground: found.ground };
      setHairlineFault(null);
      send({
        type: 'region',
        mask: 'zone' in found ? found.zone : mask,
        source: 'landmarks',
        taps: [],
        of,
        ...(irisScale && { irisScale }),
        ...('hairline' in found && { front: found.front, head: found.head, line: found.line }),
        notes: found.notes.map(({ message }) => message),
      });
    } catch {
      models.current = null;
      if (turn !== strokes.current.turn) return;
      setWaitsFor(null);
      setRefusal(words.failed);
    }
  }

  function stroke(points: readonly Point[]) {
    const { turn, last } = strokes.current;
    const { tool, brushPx } = latest.current;
    if (tool === 'density') return changeDensity({ type: 'densityStroke', points });
    const drawn = { mode: tool === 'remove' ? 'remove' : 'add', points, radiusPx: brushPx } as const;
    strokes.current.last = last.then(() => (turn === strokes.current.turn ? drawStroke(drawn) : undefined));
  }

  /** The dots follow the brush: a plan that was there, or is being made anew for it, is made again. */
  function changeDensity(act: StudioAct) {
    const { plan, densityStrokes, treatment, at } = latest.current;
    send(act);
    const now = latest.current;
    if (now.densityStrokes === densityStrokes || now.treatment !== treatment || now.at !== at) return;
    follows.current = follows.current || plan !== null;
    if (!follows.current) return;
    void makePlan().finally(() => {
      if (latest.current.plan) follows.current = false;
    });
  }

  async function drawStroke(drawn: {
    readonly mode: 'add' | 'remove';
    readonly points: readonly Point[];
    readonly radiusPx: number;
  }) {
    const of = latest.current;
    const mask = maskOf(of);
    if (!of.photo || !mask || drawn.points.length === 0) return;
    const { confidence01, taps = [] } = currentStep(of) ?? {};
    const beneath = beneathStroke(mask, confidence01, drawn.mode);
    const input = {
      picture: of.photo.picture,
      mask: beneath,
      stroke: drawn,
      options: {
        snap: of.treatment !== 'scalp',
        inside: of.treatment === 'vitiligo' ? 'lighter' : 'any',
        isProposal: confidence01 !== undefined,
      },
    } as const;
    const after = await attempt(run('stroke', input));
    // Where the stroke has replaced a doubtful proposal, its tap is no part of the region's story.
    if (after) send({ type: 'region', mask: after, source: 'brush', taps: beneath === mask ? taps : [], of });
  }

  /** Moves the hairline of a scalp found from the face; the zone is made again, with what a hand drew on it since. */
  function moveHairline(to: Hairline): Promise<void> {
    const { turn, last } = strokes.current;
    const moved = last.then(() => (turn === strokes.current.turn ? drawHairline(to) : undefined));
    strokes.current.last = moved;
    return moved;
  }

  /** What the line is moved on: kept since it was found, or looked for again after work that was kept came back. */
  async function groundOf(picture: Picture): Promise<ScalpGround | HairlineFault | 'cancelled'> {
    if (ground.current?.picture === picture) return ground.current.ground;
    models.current ??= fetchLandmarkModels();
    const read = await models.current.catch(() => null);
    if (!read) {
      models.current = null;
      return 'not-loaded';
    }
    const found = await run('scalpGround', { picture, models: read });
    if (found === 'cancelled') return found;
    if (!found.ok) return found.reason;
    ground.current = { picture, ground: found };
    return found;
  }

  async function drawHairline(to: Hairline) {
    const of = latest.current;
    const region = maskOf(of);
    const step = currentStep(of);
    if (!of.photo || !region || !step?.line) return;
    const { line, head, notes } = step;
    setHairlineFault(null);
    try {
      const on = await groundOf(of.photo.picture);
      if (on === 'cancelled') return;
      if (typeof on === 'string') return setHairlineFault(on);
      const moved = await run('moveHairline', { ground: on, region, line, to });
      if (moved === 'cancelled') return;
      send({
        type: 'region',
        mask: moved.zone,
        source: moved.isByHand ? 'brush' : 'landmarks',
        taps: [],
        of,
        front: moved.front,
        line: { ...line, hairline: to },
        ...(head && { head }),
        ...(notes && { notes }),
      });
    } catch {
      setHairlineFault('failed');
    }
  }

  /** The region keeps its story: it is the same one, with places left free. */
  function leaveSpotsOut(spots: readonly DarkSpot[]) {
    const step = currentStep(latest.current);
    const region = maskOf(latest.current);
    const scale = scaleOf(latest.current);
    if (!region || !step) return;
    const { source, taps, front, head, line } = step;
    send({
      type: 'region',
      mask: leaveOut(region, spots, scale.ok ? scale.scale.mmPerPx : undefined),
      source,
      taps,
      ...(front && { front }),
      ...(head && { head }),
      ...(line && { line }),
    });
  }

  /** Counts the hair in the zone that is shown, once for each zone and scale. */
  const countHair = useCallback(
    (state: StudioState, mmPerPx: number): Promise<ExistingHairCount | 'cancelled'> => {
      const of = [state.photo, currentStep(state), mmPerPx];
      if (counting.current && of.every((one, n) => one === counting.current?.of[n]))
        return counting.current.answer;
      const zone = maskOf(state);
      const field = state.photo && zone && hairField(state.photo.picture, zone, mmPerPx);
      // An emptied zone: what is planned of it is for the engine to refuse.
      if (!field) return Promise.resolve('failed');
      const answer = run('existingHair', { ...field, mmPerPx }, { quiet: true }).catch(
        () => 'failed' as const,
      );
      counting.current = { of, answer };
      return answer;
    },
    [run],
  );

  async function makePlan() {
    const of = latest.current;
    const step = currentStep(of);
    const region = maskOf(of);
    const { readings, canPlan } = readinessOf(of);
    if (!canPlan || !of.photo || !region || !step || !readings.ok) return;
    let { calibration } = of;
    if (!calibration) {
      const { turn } = strokes.current;
      setWaitsFor('chart');
      calibration = await looking.current;
      if (turn !== strokes.current.turn) return;
      setWaitsFor(null);
    }
    const scale = scaleOf({ ...of, calibration });
    let count: ExistingHairCount | undefined;
    if (of.treatment === 'scalp' && scale.ok && of.existingHairTyped === null) {
      const { turn } = strokes.current;
      setWaitsFor('hair');
      const counted = await countHair(of, scale.scale.mmPerPx);
      if (turn !== strokes.current.turn) return;
      setWaitsFor(null);
      if (counted === 'cancelled') return;
      count = counted;
    }
    const hair = existingHairOf(of.existingHairTyped, count);
    const existingHairPerCm2 = hair.ok ? hair.perCm2 : 0;
    const existingHairSdPerCm2 = hair.ok ? hair.sdPerCm2 : undefined;
    const input: PlanInput = {
      treatment: of.treatment,
      photo: { picture: of.photo.picture, sha256: of.photo.sha256, name: of.photo.file.name },
      region: { mask: region, source: step.source, ...(step.taps.length > 0 && { taps: step.taps }) },
      pigments: of.pigments.set,
      ...(learned && { learned }),
      seed: of.seed,
      ...(of.densityStrokes.length > 0 && { densityStrokes: of.densityStrokes }),
      ...(scale.ok && { scale: scale.scale }),
      ...(of.treatment === 'scalp' &&
        scale.ok &&
        (step.front || step.head || existingHairPerCm2 > 0) && {
          density: scalpProfile(
            dotAdvice('scalp').densityPerCm2,
            {
              ...step,
              existingHairPerCm2,
              ...(existingHairSdPerCm2 !== undefined && { existingHairSdPerCm2 }),
            },
            scale.scale.mmPerPx,
          ),
        }),
      ...(calibration && { calibration }),
      ...(of.site && { site: of.site }),
      ...(of.only && { only: of.only }),
      ...(readings.readings && { readings: readings.readings }),
    };
    const previews = (['day0', 'week6', 'month12', 'month24'] as const).flatMap((healing) =>
      (['light', 'expected', 'dark'] as const).map((range) => ({ state: healing, range })),
    );
    const answer = await attempt(run('plan', { plan: input, previews }));
    if (answer?.ok) send({ type: 'planned', plan: answer, of: { ...of, calibration } });
  }

  return {
    state,
    send,
    work,
    waitsFor,
    stop,
    opening01,
    stopOpening,
    photoFault,
    refusal,
    chart,
    skipChart,
    seekChart,
    choosePhoto,
    restore,
    tap,
    stroke,
    changeDensity,
    findByFace,
    moveHairline,
    hairlineFault,
    leaveSpotsOut,
    countHair,
    makePlan,
  };
}

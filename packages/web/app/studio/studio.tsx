import type { LearnedHealing } from '@undertone/engine/match/index.ts';
import type { Picture, Point } from '@undertone/engine/photo/index.ts';
import { dotAdvice, measureOnHead, type PlanInput, scalpProfile } from '@undertone/engine/plan/index.ts';
import { beneathStroke, leaveOut } from '@undertone/engine/region/index.ts';
import type { LandmarkModels } from '@undertone/engine/region/landmarks/index.ts';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { intlTag, type Locale } from '../locales/index.ts';
import { useSaid } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { PictureWell } from '../ui/pictures.tsx';
import { Alert, Progress } from '../ui/surfaces.tsx';
import { DarkSpots, useDarkSpots } from './dark-spots.tsx';
import { draftsHere } from './draft-device.ts';
import { DraftList, type ListedDraft } from './draft-list.tsx';
import { DraftPanel } from './draft-panel.tsx';
import { draftWords } from './draft-words.ts';
import { fetchLandmarkModels } from './landmark-models.ts';
import { measureWords } from './measure-words.ts';
import { openPhoto, type PhotoFault } from './photo-file.ts';
import { PhotoPanel } from './photo-panel.tsx';
import { PictureCanvas } from './picture-canvas.tsx';
import { type OfferedSet, PigmentPanel } from './pigment-panel.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { readingsOf } from './readings.ts';
import { ReadingsPanel } from './readings-panel.tsx';
import { RegionPanel } from './region-panel.tsx';
import { type Patient, SavePanel, type SaveTo } from './save-panel.tsx';
import { currentStep, emptyStudio, maskOf, type StudioState, scaleOf, studioReducer } from './state.ts';
import { labOf } from './typed.ts';
import { type OpenedDraft, useDraft } from './use-draft.ts';
import { useWork } from './use-work.ts';
import { studioWords } from './words.ts';

interface StudioProps {
  readonly locale: Locale;
  readonly zone: string;
  readonly staffId: string;
  /** The draft the address asks for, and what the server has of it. */
  readonly draftId: string | null;
  readonly opened: OpenedDraft | null;
  /** Other drafts of the person the studio was opened for. */
  readonly drafts: readonly ListedDraft[];
  readonly patients: readonly Patient[];
  /** Pigment sets of the clinic's own, besides the sample set. */
  readonly sets: readonly OfferedSet[];
  /** What the clinic's own results say of healing; null where the role may not know. */
  readonly learned: LearnedHealing | null;
  /** Whose plan it will be, when the studio was opened from a chart. */
  readonly saveTo: SaveTo | null;
}

/**
 * One screen from photo to plan. Everything is calculated in workers on this device; what is sent is sent to be kept: the
 * work as it goes, once there is a patient, and the plan.
 */
export function Studio({
  locale,
  zone,
  staffId,
  draftId,
  opened,
  drafts,
  patients,
  sets,
  learned,
  saveTo,
}: StudioProps) {
  const words = studioWords[locale];
  const measureTerms = measureWords[locale];
  const [state, send] = useReducer(studioReducer, emptyStudio);
  const [patientId, setPatientId] = useState<string | null>(saveTo?.patientId ?? null);
  const [opening, setOpening] = useState(false);
  const [photoFault, setPhotoFault] = useState<PhotoFault | null>(null);
  /** What the engine or the device refused last, with its sentence. */
  const say = useSaid();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [compare01, setCompare01] = useState(0);
  const [showDots, setShowDots] = useState(false);
  const work = useWork();
  const models = useRef<Promise<LandmarkModels>>(null);
  /** The photo's calibration, under way or done: a plan waits for it. */
  const looking = useRef<Promise<StudioState['calibration']>>(Promise.resolve(null));
  const planId = saveTo?.planId ?? null;
  const draft = useDraft({
    staffId,
    asked: draftId,
    opened,
    patientId,
    planId,
    state,
    onRestored: (studio, patient) => {
      if (!saveTo) setPatientId(patient);
      restore(studio);
    },
  });
  const [draftsOnDevice, setDraftsOnDevice] = useState<readonly ListedDraft[]>([]);
  useEffect(() => {
    if (draftId !== null) return;
    void draftsHere(staffId, Date.now())
      .catch(() => [])
      .then((all) =>
        setDraftsOnDevice(
          all
            .filter((one) => one.patientId === (saveTo?.patientId ?? null) || !saveTo)
            .map((one) => ({
              draftId: one.draftId,
              patientId: one.patientId,
              planId: one.planId,
              treatment: one.state.treatment,
              changedAt: new Date(one.changedAtMs),
              isOnlyHere: true,
            })),
        ),
      );
  }, [draftId, staffId, saveTo]);
  const listed = [
    ...draftsOnDevice,
    ...drafts.filter((one) => !draftsOnDevice.some((other) => other.draftId === one.draftId)),
  ];

  const { photo, plan, history, at } = state;
  const region = useMemo(() => (at < 0 ? undefined : maskOf({ photo, history, at })), [photo, history, at]);
  const scale = scaleOf(state);
  const head = state.treatment === 'scalp' ? currentStep(state)?.head : undefined;
  const mmPerPx = scale.ok ? scale.scale.mmPerPx : undefined;
  const measure = useMemo(
    () => region && measureOnHead(region, scale.ok ? scale.scale : undefined, head),
    // oxlint-disable-next-line react/exhaustive-deps -- the scale is a new object each time, its numbers are what counts
    [region, head, mmPerPx],
  );
  const darkSpots = useDarkSpots({
    picture: photo?.picture,
    region,
    mmPerPx,
    isLip: state.treatment === 'lip',
    run: work.run,
  });
  const labs = {
    patch: labOf(state.readings.patch),
    surround: labOf(state.readings.surround),
    tanned: labOf(state.readings.tanned),
  };
  const readings = readingsOf(labs, state.spectra, state.conditions);
  const prediction = plan?.pictures.find(
    (one) => one.state === state.view && one.range === state.range,
  )?.picture;
  const dots = useMemo(() => {
    if (!showDots || !plan || !mmPerPx) return undefined;
    const { count, xMm, yMm } = plan.dots;
    const places = new Float32Array(count * 2);
    for (let n = 0; n < count; n += 1) {
      places[2 * n] = (xMm[n] ?? 0) / mmPerPx;
      places[2 * n + 1] = (yMm[n] ?? 0) / mmPerPx;
    }
    return places;
  }, [showDots, plan, mmPerPx]);

  async function choosePhoto(file: File) {
    setOpening(true);
    setPhotoFault(null);
    setRefusal(null);
    const found = await openPhoto(file);
    setOpening(false);
    if (!found.ok) {
      setPhotoFault(found.reason);
      return;
    }
    const waiting = await draft.resume(found.photo);
    if (waiting) return restore(waiting);
    send({ type: 'photo', photo: found.photo });
    await lookAt(found.photo.picture);
  }

  function restore(studio: StudioState) {
    send({ type: 'restored', studio });
    if (studio.photo) void lookAt(studio.photo.picture);
  }

  /** What a photograph says of its colours, its scale and its faults. */
  async function lookAt(picture: Picture) {
    looking.current = attempt(work.run('calibrate', { picture }, { quiet: true })).then((calibration) => {
      if (calibration) send({ type: 'calibrated', calibration });
      return calibration ?? null;
    });
    const quality = await attempt(work.run('quality', { picture }, { quiet: true }));
    if (quality) send({ type: 'judged', quality });
    await looking.current;
  }

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

  async function tap(point: Point) {
    if (!photo) return;
    const taps = [point];
    const options = { treatment: state.treatment };
    const proposal = await attempt(work.run('propose', { picture: photo.picture, taps, options }));
    if (!proposal?.ok) return;
    const { mask, confidence01 } = proposal;
    send({ type: 'region', mask, source: 'tap', taps, confidence01 });
  }

  async function findByFace(treatment: 'lip' | 'scalp') {
    if (!photo) return;
    setRefusal(null);
    const { picture } = photo;
    try {
      models.current ??= fetchLandmarkModels();
      const input = { picture, models: await models.current };
      const found = await work.run(treatment === 'lip' ? 'lips' : 'scalp', input);
      if (found === 'cancelled') return;
      if (!found.ok) return setRefusal(words.faceFaults[found.reason]);
      const { mask, scale: irisScale } = found;
      send({
        type: 'region',
        mask: 'zone' in found ? found.zone : mask,
        source: 'landmarks',
        taps: [],
        ...(irisScale && { irisScale }),
        ...('hairline' in found && { front: found.front, head: found.head }),
      });
    } catch {
      models.current = null;
      setRefusal(words.failed);
    }
  }

  async function stroke(points: readonly Point[]) {
    const mask = maskOf(state);
    if (!photo || !mask || points.length === 0) return;
    const mode = state.tool === 'remove' ? 'remove' : 'add';
    const { confidence01, taps = [] } = currentStep(state) ?? {};
    const beneath = beneathStroke(mask, confidence01, mode);
    const input = {
      picture: photo.picture,
      mask: beneath,
      stroke: { mode, points, radiusPx: state.brushPx },
      options: {
        snap: state.treatment !== 'scalp',
        inside: state.treatment === 'vitiligo' ? 'lighter' : 'any',
        isProposal: confidence01 !== undefined,
      },
    } as const;
    const drawn = await attempt(work.run('stroke', input));
    // Where the stroke has replaced a doubtful proposal, its tap is no part of the region's story.
    if (drawn) send({ type: 'region', mask: drawn, source: 'brush', taps: beneath === mask ? taps : [] });
  }

  /** The region keeps its story: it is the same one, with places left free. */
  function leaveSpotsOut() {
    const step = currentStep(state);
    if (!region || !step) return;
    const { source, taps, front, head } = step;
    send({
      type: 'region',
      mask: leaveOut(region, darkSpots.spots, mmPerPx),
      source,
      taps,
      ...(front && { front }),
      ...(head && { head }),
    });
  }

  const hasPigments = state.only === null || state.only.length >= 2;
  const canPlan = photo !== null && region !== undefined && readings.ok && hasPigments;

  async function makePlan() {
    const step = currentStep(state);
    if (!photo || !region || !step || !readings.ok || !hasPigments) return;
    const calibration = state.calibration ?? (await looking.current);
    const input: PlanInput = {
      treatment: state.treatment,
      photo: { picture: photo.picture, sha256: photo.sha256, name: photo.file.name },
      region: { mask: region, source: step.source, ...(step.taps.length > 0 && { taps: step.taps }) },
      pigments: state.pigments.set,
      ...(learned && { learned }),
      seed: state.seed,
      ...(scale.ok && { scale: scale.scale }),
      ...(state.treatment === 'scalp' &&
        scale.ok &&
        (step.front || step.head) && {
          density: scalpProfile(dotAdvice('scalp').densityPerCm2, step, scale.scale.mmPerPx),
        }),
      ...(calibration && { calibration }),
      ...(state.site && { site: state.site }),
      ...(state.only && { only: state.only }),
      ...(readings.readings && { readings: readings.readings }),
    };
    const previews = (['day0', 'week6', 'month12', 'month24'] as const).flatMap((healing) =>
      (['light', 'expected', 'dark'] as const).map((range) => ({ state: healing, range })),
    );
    const answer = await attempt(work.run('plan', { plan: input, previews }));
    if (answer?.ok) send({ type: 'planned', plan: answer, of: { ...state, calibration } });
  }

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      if ((event.target as HTMLElement).closest('input, textarea')) return;
      event.preventDefault();
      send({ type: event.shiftKey ? 'redo' : 'undo' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  const number = new Intl.NumberFormat(intlTag(locale), { maximumSignificantDigits: 3 });
  return (
    <>
      <div
        className="studio-well"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const file = event.dataTransfer.files[0];
          if (file) void choosePhoto(file);
        }}
      >
        <PictureWell>
          {photo ? (
            <PictureCanvas
              label={words.canvas}
              help={words.canvasHelp}
              words={words}
              picture={photo.picture}
              region={region}
              prediction={prediction}
              compare01={compare01}
              dots={dots}
              marks={darkSpots.spots}
              tool={state.tool}
              brushPx={state.brushPx}
              ruler={state.ruler}
              onTap={(point) => void tap(point)}
              onStroke={(points) => void stroke(points)}
              onRuler={(from, to) =>
                send({ type: 'ruler', ruler: { from, to, lengthMm: state.ruler?.lengthMm ?? '' } })
              }
              onBrush={(brushPx) => send({ type: 'brush', brushPx })}
            />
          ) : (
            <p className="studio-empty">
              {draft.isReady ? (opening ? words.opening : words.dropHere) : draftWords[locale].opening}
            </p>
          )}
        </PictureWell>
        {prediction ? (
          <label className="studio-compare">
            <span>{words.before}</span>
            <input
              type="range"
              min={0}
              max={100}
              value={Math.round(compare01 * 100)}
              aria-label={words.compare}
              onChange={(event) => setCompare01(Number(event.currentTarget.value) / 100)}
            />
            <span>{words.after}</span>
          </label>
        ) : null}
      </div>
      <div className="studio-tools">
        {photo || draft.notice !== null ? (
          <DraftPanel
            locale={locale}
            kept={draft.kept}
            notice={draft.notice}
            patients={saveTo ? null : patients}
            patientId={patientId}
            placeholder={words.findPatient}
            onPatient={setPatientId}
          />
        ) : (
          <DraftList heading="h2" locale={locale} zone={zone} drafts={listed} />
        )}
        <PhotoPanel
          words={words}
          locale={locale}
          number={number}
          state={state}
          fault={photoFault}
          opening={opening || !draft.isReady}
          onFile={(file) => void choosePhoto(file)}
          send={send}
        />
        {photo ? (
          <>
            <RegionPanel
              words={words}
              number={number}
              state={state}
              scale={scale}
              measure={measure}
              isBusy={work.state !== null}
              onFind={(treatment) => void findByFace(treatment)}
              send={send}
            />
            <DarkSpots locale={locale} number={number} search={darkSpots} onLeaveOut={leaveSpotsOut} />
            <ReadingsPanel
              words={words}
              measure={measureTerms}
              state={state}
              labs={labs}
              choice={readings}
              send={send}
            />
            {state.treatment === 'scalp' ? null : (
              <PigmentPanel
                words={measureTerms}
                sets={sets}
                pigments={state.pigments}
                only={state.only}
                send={send}
              />
            )}
            <section className="studio-step" aria-labelledby="step-plan">
              <h2 id="step-plan">{words.plan}</h2>
              {work.state ? (
                <Progress
                  label={
                    work.state.kind === 'plan'
                      ? (words.planSteps[work.state.step as keyof typeof words.planSteps] ?? words.plan)
                      : work.state.kind === 'lips' || work.state.kind === 'scalp'
                        ? words.findingFace
                        : words.proposing
                  }
                  {...(work.state.kind === 'plan' && { value01: work.state.done01 })}
                  cancelLabel={words.cancel}
                  onCancel={work.cancel}
                />
              ) : (
                <Button look="strong" wide isDisabled={!canPlan} onPress={() => void makePlan()}>
                  {words.makePlan}
                </Button>
              )}
              {canPlan || work.state ? null : (
                <p className="field-hint">
                  {readings.ok
                    ? hasPigments
                      ? words.needRegion
                      : measureTerms.tooFew
                    : measureTerms.faults[readings.reason]}
                </p>
              )}
              {refusal === null ? null : <Alert tone="oxide" title={say(refusal).text} live />}
            </section>
            {plan ? (
              <>
                <PlanPanel
                  words={words}
                  measure={measureTerms}
                  number={number}
                  plan={plan}
                  view={state.view}
                  range={state.range}
                  showDots={showDots}
                  onShowDots={setShowDots}
                  send={send}
                />
                <SavePanel
                  words={words}
                  state={state}
                  patient={patients.find(({ id }) => id === patientId)}
                  planId={planId}
                  keeper={draft.keeper}
                  send={send}
                />
              </>
            ) : null}
          </>
        ) : null}
        <p className="field-hint">
          {words.unreviewed} {words.colourSpace}
        </p>
      </div>
    </>
  );
}

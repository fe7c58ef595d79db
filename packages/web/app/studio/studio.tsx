import type { LearnedHealing } from '@undertone/engine/match/index.ts';
import { measureOnHead } from '@undertone/engine/plan/index.ts';
import { useEffect, useMemo, useState } from 'react';
import { intlTag, type Locale } from '../locales/index.ts';
import { useSaid } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { PictureWell } from '../ui/pictures.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { DarkSpots, useDarkSpots } from './dark-spots.tsx';
import { DensityPanel } from './density-panel.tsx';
import { draftsHere } from './draft-device.ts';
import { DraftList, type ListedDraft } from './draft-list.tsx';
import { DraftPanel } from './draft-panel.tsx';
import { draftWords } from './draft-words.ts';
import { HairPanel, useHairCount } from './hair-panel.tsx';
import { HairlineHandles, HairlinePanel } from './hairline-handles.tsx';
import { hairlineWords } from './hairline-words.ts';
import { measureWords } from './measure-words.ts';
import { PhotoPanel } from './photo-panel.tsx';
import { PictureCanvas } from './picture-canvas.tsx';
import { type OfferedSet, PigmentPanel } from './pigment-panel.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { ReadingsPanel } from './readings-panel.tsx';
import { RegionPanel } from './region-panel.tsx';
import { type Patient, SavePanel, type SaveTo } from './save-panel.tsx';
import { type ShownMap, SkinMapBar, useSkinMap } from './skin-map.tsx';
import { skinMapWords } from './skin-map-words.ts';
import { currentStep, maskOf, scaleOf } from './state.ts';
import { type OpenedDraft, useDraft } from './use-draft.ts';
import { useHairline } from './use-hairline.ts';
import { readinessOf, useStudio } from './use-studio.ts';
import type { View } from './view.ts';
import { studioWords } from './words.ts';
import { WorkProgress } from './work-progress.tsx';

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
  const studio = useStudio({ words, learned });
  const { state, send, work, refusal, hairlineFault, changeDensity } = studio;
  const [patientId, setPatientId] = useState<string | null>(saveTo?.patientId ?? null);
  const say = useSaid();
  const [compare01, setCompare01] = useState(0);
  const [showDots, setShowDots] = useState(false);
  const [shownMap, setShownMap] = useState<ShownMap>('photo');
  const [easelView, setEaselView] = useState<View | null>(null);
  const planId = saveTo?.planId ?? null;
  const draft = useDraft({
    staffId,
    asked: draftId,
    opened,
    patientId,
    planId,
    state,
    onRestored: (restored, patient) => {
      if (!saveTo) setPatientId(patient);
      studio.restore(restored);
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
  const skinMap = useSkinMap({ picture: photo?.picture, region, mmPerPx, shown: shownMap, run: work.run });
  const line = state.treatment === 'scalp' ? currentStep(state)?.line : undefined;
  const hairline = useHairline(line, studio.moveHairline);
  const hairCount = useHairCount(state, mmPerPx, studio.countHair);
  const { labs, readings, hasPigments, isHairUsable, canPlan } = readinessOf(state);
  const isBusy = studio.waitsFor !== null || work.state !== null;
  const choosePhoto = (file: File) => void studio.choosePhoto(file, draft.resume);
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

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      if ((event.target as HTMLElement).closest('input, textarea')) return;
      event.preventDefault();
      changeDensity({ type: event.shiftKey ? 'redo' : 'undo' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  /** A map takes the place of a prediction while it is looked at. */
  const overlay = skinMap.answer?.picture ?? prediction;
  const isMap = skinMap.answer !== undefined;
  const number = new Intl.NumberFormat(intlTag(locale), { maximumSignificantDigits: 3 });
  return (
    <>
      <div
        className="studio-well"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const file = event.dataTransfer.files[0];
          if (file) choosePhoto(file);
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
              prediction={overlay}
              isMap={isMap}
              compare01={compare01}
              dots={dots}
              dotPx={plan && mmPerPx ? plan.document.dots.dotMm / mmPerPx : undefined}
              marks={darkSpots.spots}
              {...(state.tool === 'density' && { densityStrokes: state.densityStrokes })}
              tool={state.tool}
              brushPx={state.brushPx}
              ruler={state.ruler}
              over={
                hairline && easelView ? (
                  <HairlineHandles
                    locale={locale}
                    inHand={hairline}
                    view={easelView}
                    fault={
                      hairlineFault &&
                      {
                        ...words.faceFaults,
                        failed: words.failed,
                        'not-loaded': hairlineWords[locale].notLoaded,
                      }[hairlineFault]
                    }
                  />
                ) : null
              }
              {...(line && { onView: setEaselView })}
              onTap={(point) => void studio.tap(point)}
              onStroke={studio.stroke}
              onRuler={(from, to) =>
                send({ type: 'ruler', ruler: { from, to, lengthMm: state.ruler?.lengthMm ?? '' } })
              }
              onBrush={(brushPx) => send({ type: 'brush', brushPx })}
            />
          ) : (
            <p className="studio-empty">
              {draft.isReady
                ? studio.opening01 === null
                  ? words.dropHere
                  : words.opening
                : draftWords[locale].opening}
            </p>
          )}
        </PictureWell>
        {photo ? (
          <SkinMapBar
            locale={locale}
            shown={shownMap}
            state={skinMap}
            hasRegion={region !== undefined}
            onShow={setShownMap}
          />
        ) : null}
        {overlay ? (
          <label className="studio-compare">
            <span>{isMap ? skinMapWords[locale].names.photo : words.before}</span>
            <input
              type="range"
              min={0}
              max={100}
              value={Math.round(compare01 * 100)}
              aria-label={words.compare}
              onChange={(event) => setCompare01(Number(event.currentTarget.value) / 100)}
            />
            <span>{isMap ? skinMapWords[locale].names[shownMap] : words.after}</span>
          </label>
        ) : null}
      </div>
      <div className="studio-tools">
        {photo || draft.notice !== null ? (
          <DraftPanel
            locale={locale}
            zone={zone}
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
          fault={studio.photoFault}
          isReady={draft.isReady}
          opening01={studio.opening01}
          onStopOpening={studio.stopOpening}
          chart={studio.chart}
          onSkipChart={studio.skipChart}
          onSeekChart={studio.seekChart}
          onFile={choosePhoto}
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
              isBusy={isBusy}
              onFind={(treatment) => void studio.findByFace(treatment)}
              send={send}
            />
            {hairline ? <HairlinePanel locale={locale} inHand={hairline} /> : null}
            <DarkSpots
              locale={locale}
              number={number}
              search={darkSpots}
              onLeaveOut={() => studio.leaveSpotsOut(darkSpots.spots)}
            />
            {state.treatment === 'scalp' && mmPerPx !== undefined && (region || hairCount) ? (
              <HairPanel
                locale={locale}
                words={words}
                number={number}
                typed={state.existingHairTyped}
                count={hairCount}
                send={send}
              />
            ) : null}
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
              {isBusy ? (
                <WorkProgress
                  words={words}
                  waitsFor={studio.waitsFor}
                  job={work.state}
                  onStop={studio.stop}
                />
              ) : (
                <Button look="strong" wide isDisabled={!canPlan} onPress={() => void studio.makePlan()}>
                  {words.makePlan}
                </Button>
              )}
              {canPlan || isBusy ? null : (
                <p className="field-hint">
                  {readings.ok
                    ? hasPigments
                      ? isHairUsable
                        ? words.needRegion
                        : words.badHair
                      : measureTerms.tooFew
                    : measureTerms.faults[readings.reason]}
                </p>
              )}
              {refusal === null ? null : <Alert tone="oxide" title={say(refusal).text} live />}
            </section>
            {at >= 0 && (plan || state.densityStrokes.length > 0) ? (
              <DensityPanel
                locale={locale}
                words={words}
                number={number}
                state={state}
                send={(act) => {
                  if (act.type === 'densityFactor') setShowDots(true);
                  send(act);
                }}
                onChange={changeDensity}
              />
            ) : null}
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

import type { Mask, Picture, Point } from '@undertone/engine/photo/index.ts';
import type { PreviewRange, PreviewStatement } from '@undertone/engine/plan/index.ts';
import { beneathStroke, isDoubtful } from '@undertone/engine/region/index.ts';
import type {
  FaceLandmarks,
  LandmarkModels,
  LandmarkProposal,
  NoLandmarks,
} from '@undertone/engine/region/landmarks/index.ts';
import { scalpFront } from '@undertone/engine/region/landmarks/index.ts';
import type { Jobs } from '@undertone/engine/work/index.ts';
import { useId, useRef, useState } from 'react';
import type { Locale } from '../locales/index.ts';
import { fetchLandmarkModels } from '../studio/landmark-models.ts';
import { openPhoto } from '../studio/photo-file.ts';
import { PictureCanvas } from '../studio/picture-canvas.tsx';
import type { StudioPhoto, Treatment } from '../studio/state.ts';
import { useWork } from '../studio/use-work.ts';
import { studioWords } from '../studio/words.ts';
import { Button } from '../ui/button.tsx';
import { RadioGroup, Slider } from '../ui/fields.tsx';
import { CompareSlider, PictureWell } from '../ui/pictures.tsx';
import { Alert, Progress } from '../ui/surfaces.tsx';
import { Camera } from './camera.tsx';
import {
  dotsPerCm2,
  hairlineMm,
  inTone,
  mmPerPxAtEyes,
  planOf,
  proportionsAt,
  type Tone,
  tones,
} from './forecast.ts';
import { type Mark, pictureToSave, pictureToSend, saveFile } from './keepsake.ts';
import { keepPicture } from './kept-picture.ts';
import { HairlinePicture, Painted } from './painted.tsx';
import { type PreviewDay, ResultControls } from './result-controls.tsx';
import { previewWords } from './words.ts';

/** What a phone three years old draws without running out of memory. */
const mostPixels = 1_200_000;

/** How the found patch is put right, by finger or mouse. */
const patchTools = ['tap', 'add', 'remove'] as const;
type PatchTool = (typeof patchTools)[number];

/** The treated place: tapped, or found from the face. */
interface Place {
  readonly mask: Mask;
  readonly taps: readonly Point[];
  readonly face?: FaceLandmarks;
  /** How likely a tapped border is right; gone once a stroke has changed it. */
  readonly confidence01?: number;
  readonly mmPerPx: number;
}

/** All that is needed to draw any day and range. */
interface Forecast {
  readonly source: Jobs['preview']['input']['source'];
  readonly statements: readonly PreviewStatement[];
  /** More than a twentieth of the place is burnt out in the photo: there the picture is filled in, not read. */
  readonly isPartlyOverexposed: boolean;
}

/** From the visitor's own photograph to a range of predictions, wholly on this device, three controls at a time. */
export function Preview({ locale, clinicName }: { readonly locale: Locale; readonly clinicName: string }) {
  const words = previewWords[locale];
  const shared = studioWords[locale];
  const fileId = useId();
  const work = useWork();
  const models = useRef<Promise<LandmarkModels>>(null);
  const [treatment, setTreatment] = useState<Treatment>('vitiligo');
  const [photo, setPhoto] = useState<StudioPhoto | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const [tool, setTool] = useState<PatchTool>('tap');
  const [brushPx, setBrushPx] = useState(30);
  const [midFrontalMm, setMidFrontalMm] = useState<number>(hairlineMm.usual);
  const [densityPerCm2, setDensityPerCm2] = useState<number>(dotsPerCm2.usual);
  const [tone, setTone] = useState<Tone>('own');
  const [forecast, setForecast] = useState<Forecast | null>(null);
  const [day, setDay] = useState<PreviewDay>('week6');
  const [range, setRange] = useState<PreviewRange>('expected');
  const [shown, setShown] = useState<Picture | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [hasCamera, setCamera] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  /** The picture shown lies in this tab for the booking form to offer. */
  const [isKept, setKept] = useState(false);

  /** Does something that may be refused or fail; the fault is told in plain words. */
  async function busily(job: () => Promise<string | undefined>) {
    setBusy(true);
    setFault(null);
    try {
      setFault((await job()) ?? null);
    } catch {
      models.current = null;
      setFault(words.failed);
    } finally {
      setBusy(false);
    }
  }

  function startAgain() {
    setPhoto(null);
    setPlace(null);
    setForecast(null);
    setShown(null);
    setFault(null);
  }

  const choosePhoto = (file: File) =>
    busily(async () => {
      setCamera(false);
      const opened = await openPhoto(file, mostPixels);
      if (!opened.ok) return shared.photoFaults[opened.reason];
      setPlace(null);
      setForecast(null);
      setShown(null);
      if (treatment !== 'vitiligo') {
        models.current ??= fetchLandmarkModels();
        const input = { picture: opened.photo.picture, models: await models.current };
        const found: LandmarkProposal | NoLandmarks | 'cancelled' = await work.run(
          treatment === 'lip' ? 'lips' : 'scalp',
          input,
        );
        if (found === 'cancelled') return undefined;
        if (!found.ok) return words.faceFaults[found.reason];
        const { mask, face, scale } = found;
        setPlace({ mask, taps: [], face, mmPerPx: scale?.mmPerPx ?? mmPerPxAtEyes(face) });
      }
      setTool('tap');
      setBrushPx(Math.round(Math.min(opened.photo.picture.widthPx, opened.photo.picture.heightPx) / 30));
      setPhoto(opened.photo);
      return undefined;
    });

  const tap = (point: Point) =>
    busily(async () => {
      if (!photo) return undefined;
      const taps = [point];
      const found = await work.run('propose', { picture: photo.picture, taps, options: { treatment } });
      if (found === 'cancelled') return undefined;
      if (!found.ok) return words.noPatch;
      const { mask, confidence01 } = found;
      setPlace({ mask, taps, confidence01, mmPerPx: 1 });
      if (isDoubtful(confidence01)) setTool('add');
      return undefined;
    });

  const stroke = (points: readonly Point[]) =>
    busily(async () => {
      if (!photo || !place || tool === 'tap' || points.length === 0) return undefined;
      const { confidence01, ...painted } = place;
      const input = {
        picture: photo.picture,
        mask: beneathStroke(place.mask, confidence01, tool),
        stroke: { mode: tool, points, radiusPx: brushPx },
        options: { snap: true, inside: 'lighter', isProposal: confidence01 !== undefined },
      } as const;
      const mask = await work.run('stroke', input, { quiet: true });
      if (mask !== 'cancelled') setPlace({ ...painted, mask });
      return undefined;
    });

  const foresee = () =>
    busily(async () => {
      if (!photo || !place) return undefined;
      const { picture, sha256 } = photo;
      let { mask } = place;
      let front: Point[] | undefined;
      if (treatment === 'scalp' && models.current) {
        const proportions = proportionsAt(midFrontalMm);
        const found = await work.run('scalp', { picture, models: await models.current, proportions });
        if (found === 'cancelled') return undefined;
        if (!found.ok) return words.faceFaults[found.reason];
        mask = found.mask;
        front = scalpFront(mask, found.hairline);
      }
      const wish = {
        treatment,
        picture,
        sha256,
        mask,
        taps: place.taps,
        mmPerPx: place.mmPerPx,
        densityPerCm2,
        ...(front && { front }),
      };
      const plan = await work.run('plan', { plan: planOf(wish), previews: [] });
      if (plan === 'cancelled') return undefined;
      if (!plan.ok) return planFault(plan.reason);
      const { previews, warnings } = plan.document;
      const isPartlyOverexposed = warnings.some(({ code }) => code === 'region-clipped');
      const made: Forecast =
        treatment === 'scalp'
          ? {
              statements: previews,
              isPartlyOverexposed,
              source: { kind: 'dots', picture, dots: plan.dots, mmPerPx: place.mmPerPx },
            }
          : {
              statements: treatment === 'lip' ? inTone(previews, tone) : previews,
              isPartlyOverexposed,
              source: {
                kind: 'region',
                picture,
                mask,
                treatment,
                ...(treatment === 'vitiligo' && { expected: 'lighter' as const }),
                // As the forecast's plan takes it: a region found by the face.
                ...(treatment === 'lip' && { isWholeLip: true }),
              },
            };
      if (!(await drawn(made, day, range))) return words.cannot;
      setForecast(made);
      return undefined;
    });

  /** Draws one day and range; false when the engine refused. */
  async function drawn({ source, statements }: Forecast, at: PreviewDay, of: PreviewRange) {
    const statement = statements.find((one) => one.state === at && one.range === of);
    if (!statement) return false;
    const answer = await work.run('preview', { source, previews: [statement] }, { quiet: true });
    if (answer === 'cancelled') return true;
    const picture = answer.ok ? answer.pictures[0] : undefined;
    if (picture) {
      setShown(picture);
      setKept(false);
    }
    return picture !== undefined;
  }

  function look(at: PreviewDay, of: PreviewRange) {
    setDay(at);
    setRange(of);
    if (forecast) void drawn(forecast, at, of).catch(() => setFault(words.failed));
  }

  /** Why nothing could be calculated from this photo, and what to do about it. */
  function planFault(reason: string): string {
    if (reason === 'region-overexposed') return words.overexposed;
    if (reason === 'no-border' || reason === 'no-difference') return words.noDifference;
    return words.cannot;
  }

  function markOf(): Mark {
    const what = `${shared.treatments[treatment]} · ${shared.states[day]} · ${shared.ranges[range]}`;
    return {
      lines: [`${clinicName} · ${words.mark}`, `${what} · ${words.unreviewed}`],
      across: words.mark,
    };
  }

  const save = () =>
    busily(async () => {
      if (!shown) return undefined;
      saveFile(await pictureToSave(shown, markOf()), `preview-${treatment}-${day}-${range}.png`);
      return undefined;
    });

  const keep = () =>
    busily(async () => {
      if (!shown) return undefined;
      const jpeg = await pictureToSend(shown, markOf());
      if (!(await keepPicture(jpeg, { treatment, state: day, range }))) return words.notKept;
      setKept(true);
      return undefined;
    });

  const aspect = photo ? photo.picture.widthPx / photo.picture.heightPx : 1;
  const frame = { '--aspect': aspect } as React.CSSProperties;
  const face = place?.face;
  return (
    <div className="preview-tool" data-stage={forecast ? 'result' : photo ? 'place' : 'photo'}>
      <PictureWell>
        {hasCamera && !photo ? (
          <Camera
            words={words}
            onPhoto={(file) => void choosePhoto(file)}
            onClose={() => setCamera(false)}
            onFault={() => {
              setCamera(false);
              setFault(words.cameraFault);
            }}
          />
        ) : photo && forecast && shown ? (
          <div className="preview-frame" style={frame}>
            <CompareSlider
              label={shared.compare}
              start={25}
              beforeLabel={shared.before}
              afterLabel={shared.after}
              before={<Painted picture={photo.picture} label={shared.before} />}
              after={<Painted picture={shown} label={`${shared.after}, ${shared.states[day]}`} />}
            />
          </div>
        ) : photo && treatment === 'scalp' && face ? (
          <div className="preview-frame" style={frame}>
            <HairlinePicture
              picture={photo.picture}
              label={words.hairlinePicture}
              points={face.points}
              mmPerPx={mmPerPxAtEyes(face)}
              midFrontalMm={midFrontalMm}
              onMove={setMidFrontalMm}
            />
          </div>
        ) : photo ? (
          <PictureCanvas
            label={words.picture}
            help={shared.canvasHelp}
            words={shared}
            picture={photo.picture}
            region={place?.mask}
            prediction={undefined}
            compare01={0}
            dots={undefined}
            tool={treatment === 'vitiligo' ? tool : 'move'}
            brushPx={brushPx}
            ruler={null}
            onTap={(point) => void tap(point)}
            onStroke={(points) => void stroke(points)}
            onRuler={() => undefined}
            onBrush={setBrushPx}
          />
        ) : (
          <p className="preview-empty">{words.empty[treatment]}</p>
        )}
      </PictureWell>
      <div className="preview-controls stack">
        {forecast ? (
          <ResultControls
            locale={locale}
            day={day}
            range={range}
            isPartlyOverexposed={forecast.isPartlyOverexposed}
            onLook={look}
            isBusy={isBusy}
            isKept={isKept}
            onSave={() => void save()}
            onKeep={() => void keep()}
            onChange={() => {
              setForecast(null);
              setShown(null);
            }}
          />
        ) : photo ? (
          <>
            {treatment !== 'vitiligo' ? null : isDoubtful(place?.confidence01) ? (
              <Alert tone="ochre" title={words.patchDoubtful} live />
            ) : (
              <p>{place ? words.patchFound : words.tapPatch}</p>
            )}
            {treatment === 'vitiligo' && place ? (
              <RadioGroup
                label={words.correct}
                orientation="horizontal"
                value={tool}
                onChange={(one) => setTool(one as PatchTool)}
                options={patchTools.map((id) => ({ id, label: shared.tools[id] }))}
              />
            ) : null}
            {treatment === 'lip' ? (
              <RadioGroup
                label={words.tone}
                hint={words.toneHint}
                value={tone}
                onChange={(one) => setTone(one as Tone)}
                options={tones.map((id) => ({ id, label: words.tones[id] }))}
              />
            ) : null}
            {treatment === 'scalp' ? (
              <>
                <Slider
                  label={words.hairline}
                  hint={words.hairlineHint}
                  minValue={hairlineMm.least}
                  maxValue={hairlineMm.most}
                  value={midFrontalMm}
                  onChange={setMidFrontalMm}
                />
                <Slider
                  label={words.density}
                  minValue={dotsPerCm2.least}
                  maxValue={dotsPerCm2.most}
                  step={5}
                  value={densityPerCm2}
                  onChange={setDensityPerCm2}
                />
              </>
            ) : null}
            {isBusy ? null : (
              <div className="row">
                <Button look="strong" isDisabled={!place} onPress={() => void foresee()}>
                  {words.show}
                </Button>
                <Button look="quiet" onPress={startAgain}>
                  {shared.otherPhoto}
                </Button>
              </div>
            )}
          </>
        ) : (
          <>
            <RadioGroup
              label={shared.treatment}
              orientation="horizontal"
              value={treatment}
              onChange={(one) => {
                setTreatment(one as Treatment);
                setFault(null);
              }}
              options={(['scalp', 'lip', 'vitiligo'] as const).map((id) => ({
                id,
                label: shared.treatments[id],
              }))}
            />
            <div className="row preview-file">
              <label htmlFor={fileId} className="button" data-look="strong">
                {shared.choosePhoto}
              </label>
              <input
                id={fileId}
                className="visually-hidden"
                type="file"
                accept="image/*"
                disabled={isBusy}
                onChange={(event) => {
                  const file = event.currentTarget.files?.[0];
                  if (file) void choosePhoto(file);
                  event.currentTarget.value = '';
                }}
              />
              <Button
                isDisabled={isBusy || hasCamera}
                onPress={() => {
                  setFault(null);
                  setCamera(true);
                }}
              >
                {shared.takePhoto}
              </Button>
            </div>
            <p className="field-hint">{words.staysHere}</p>
          </>
        )}
        {isBusy ? (
          <Progress
            label={work.state?.kind === 'plan' ? words.calculating : words.looking}
            {...(work.state?.kind === 'plan' && { value01: work.state.done01 })}
            cancelLabel={shared.cancel}
            onCancel={work.cancel}
          />
        ) : null}
        {fault === null ? null : <Alert tone="oxide" title={fault} live />}
      </div>
    </div>
  );
}

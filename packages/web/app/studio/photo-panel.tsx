import { type ActionDispatch, useEffect, useId, useRef } from 'react';
import { inDigitsOf, intlTag, type Locale } from '../locales/index.ts';
import { Said } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { RadioGroup, Select } from '../ui/fields.tsx';
import { Alert, Progress } from '../ui/surfaces.tsx';
import type { PhotoFault } from './photo-file.ts';
import type { StudioAct, StudioState, Treatment } from './state.ts';
import type { ChartSearch } from './use-studio.ts';
import type { StudioWords } from './words.ts';

interface PhotoPanelProps {
  readonly words: StudioWords;
  readonly locale: Locale;
  readonly number: Intl.NumberFormat;
  readonly state: StudioState;
  readonly fault: PhotoFault | null;
  readonly isReady: boolean;
  /** How far a photograph is opened; null when none is being opened. */
  readonly opening01: number | null;
  readonly onStopOpening: () => void;
  readonly chart: ChartSearch;
  readonly onSkipChart: () => void;
  readonly onSeekChart: () => void;
  readonly onFile: (file: File) => void;
  readonly send: ActionDispatch<[StudioAct]>;
}

const siteIds = ['auto', 'face', 'trunk-limb', 'hand-foot', 'lip', 'scalp', 'brow'] as const;

export function PhotoPanel({
  words,
  locale,
  number,
  state,
  fault,
  isReady,
  opening01,
  onStopOpening,
  onFile,
  send,
  ...colour
}: PhotoPanelProps) {
  const id = useId();
  const { photo } = state;
  const factor = new Intl.NumberFormat(intlTag(locale), { maximumFractionDigits: 1 });
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    const file = input.current?.files?.[0];
    if (!file) return;
    onFile(file);
    if (input.current) input.current.value = '';
  };
  const takeFirst = useRef(take);
  // A file chosen before the page came alive: nobody heard its event.
  useEffect(() => takeFirst.current(), []);
  return (
    <section className="studio-step" aria-labelledby="step-photo">
      <h2 id="step-photo">{words.photo}</h2>
      <div className="studio-file">
        <label htmlFor={id} className="button" data-look={photo ? 'plain' : 'strong'}>
          {photo ? words.otherPhoto : words.choosePhoto}
        </label>
        <input
          ref={input}
          id={id}
          className="visually-hidden"
          type="file"
          accept="image/*"
          disabled={!isReady || opening01 !== null}
          aria-describedby={fault ? `${id}-fault` : undefined}
          onChange={take}
        />
        {photo ? (
          <p className="field-hint figures">
            {photo.file.name}
            <br />
            {inDigitsOf(locale, words.size(photo.picture.widthPx, photo.picture.heightPx))}
            {photo.reducedBy > 1 ? `, ${words.reduced(factor.format(photo.reducedBy))}` : ''}
          </p>
        ) : null}
      </div>
      {opening01 === null ? null : (
        <Progress
          label={words.opening}
          value01={opening01}
          cancelLabel={words.cancel}
          onCancel={onStopOpening}
        />
      )}
      {fault ? (
        <div id={`${id}-fault`}>
          <Alert tone="oxide" title={words.photoFaults[fault]} live />
        </div>
      ) : null}
      {photo ? <ColourState words={words} number={number} state={state} {...colour} /> : null}
      <RadioGroup
        label={words.treatment}
        orientation="horizontal"
        value={state.treatment}
        onChange={(treatment) => send({ type: 'treatment', treatment: treatment as Treatment })}
        options={(['vitiligo', 'lip', 'scalp'] as const).map((one) => ({
          id: one,
          label: words.treatments[one],
        }))}
      />
      {photo ? (
        <Select
          label={words.site}
          options={siteIds.map((one) => ({ id: one, label: words.sites[one] }))}
          value={state.site ?? 'auto'}
          onChange={(key) =>
            send({
              type: 'site',
              site: (siteIds.find((one) => one === key && one !== 'auto') as never) ?? null,
            })
          }
        />
      ) : null}
    </section>
  );
}

/** What is known of the photo's colours, and what would make them better. */
function ColourState({
  words,
  number,
  state,
  chart,
  onSkipChart,
  onSeekChart,
}: Pick<PhotoPanelProps, 'words' | 'number' | 'state' | 'chart' | 'onSkipChart' | 'onSeekChart'>) {
  const { calibration, quality } = state;
  if (chart === 'under-way')
    return <Progress label={words.lookingForChart} cancelLabel={words.cancel} onCancel={onSkipChart} />;
  if (!calibration && chart === 'skipped') return <p className="field-hint">{words.chartSkipped}</p>;
  // The search has failed on this device.
  if (!calibration)
    return (
      <>
        <Alert tone="ochre" title={words.uncalibrated} />
        <div>
          <Button onPress={onSeekChart}>{words.lookForChart}</Button>
        </div>
      </>
    );
  const findings = (quality?.findings ?? []).filter((finding) => finding.severity >= 2);
  return (
    <>
      {calibration.calibrated ? (
        <Alert
          tone="verdigris"
          title={words.calibrated(
            number.format(calibration.leftOutError ?? 0),
            number.format(calibration.sdDeltaE),
          )}
        />
      ) : (
        <Alert tone="ochre" title={words.uncalibrated} />
      )}
      {chart === 'skipped' ? (
        <>
          <p className="field-hint">{words.chartSkipped}</p>
          <div>
            <Button onPress={onSeekChart}>{words.lookForChart}</Button>
          </div>
        </>
      ) : null}
      {calibration.correction?.tone ? (
        <p className="field-hint">{words.bentTones(number.format(100 * (calibration.toneBend ?? 0)))}</p>
      ) : null}
      {calibration.card || calibration.mmPerPx !== undefined ? null : (
        <p className="field-hint">
          <a href="/desk/scale-card.pdf">{words.printScaleCard}</a>
        </p>
      )}
      {findings.length === 0 ? null : (
        <ul className="studio-warnings">
          {findings.map((finding) => (
            <li key={finding.problem}>
              <Said>{finding.message}</Said>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

import { isDoubtful, type RegionMeasure, timesInTen } from '@undertone/engine/region/index.ts';
import type { ActionDispatch } from 'react';
import { useSaid } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { Slider, TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { currentStep, type ScaleChoice, type StudioAct, type StudioState, type Tool } from './state.ts';
import { canRedo, canUndo } from './undo.ts';
import type { StudioWords } from './words.ts';

interface RegionPanelProps {
  readonly words: StudioWords;
  readonly number: Intl.NumberFormat;
  readonly state: StudioState;
  readonly scale: ScaleChoice;
  readonly measure: RegionMeasure | undefined;
  readonly isBusy: boolean;
  readonly onFind: (treatment: 'lip' | 'scalp') => void;
  readonly send: ActionDispatch<[StudioAct]>;
}

export function RegionPanel({
  words,
  number,
  state,
  scale,
  measure,
  isBusy,
  onFind,
  send,
}: RegionPanelProps) {
  const { treatment } = state;
  const tools: readonly Exclude<Tool, 'density'>[] =
    treatment === 'vitiligo'
      ? ['tap', 'add', 'remove', 'measure', 'move']
      : ['add', 'remove', 'measure', 'move'];
  const scaleFault = scaleFaultOf(scale, words);
  const { confidence01, notes = [] } = currentStep(state) ?? {};
  const say = useSaid();
  return (
    <section className="studio-step" aria-labelledby="step-region">
      <h2 id="step-region">{words.region}</h2>
      {treatment === 'vitiligo' ? null : (
        <Button wide isDisabled={isBusy} onPress={() => onFind(treatment)}>
          {words.find[treatment]}
        </Button>
      )}
      {currentStep(state)?.source === 'landmarks' ? <p className="field-hint">{words.foundByFace}</p> : null}
      {notes.map((note) => (
        <Alert key={note} tone="ochre" title={say(note).text} live />
      ))}
      {confidence01 === undefined ? null : isDoubtful(confidence01) ? (
        <Alert tone="ochre" title={words.doubtful} live>
          {words.likelihood(number.format(timesInTen(confidence01)))}
        </Alert>
      ) : (
        <p className="field-hint">{words.likelihood(number.format(timesInTen(confidence01)))}</p>
      )}
      <fieldset className="studio-toolbox">
        <legend className="visually-hidden">{words.region}</legend>
        {tools.map((tool) => (
          <label key={tool} data-on={state.tool === tool || undefined}>
            <input
              type="radio"
              name="tool"
              className="visually-hidden"
              checked={state.tool === tool}
              onChange={() => send({ type: 'tool', tool })}
            />
            {words.tools[tool]}
          </label>
        ))}
      </fieldset>
      {state.tool === 'density' ? null : <p className="field-hint">{words.toolHelp[state.tool]}</p>}
      {state.tool === 'add' || state.tool === 'remove' ? (
        <Slider
          label={words.brush}
          minValue={3}
          maxValue={Math.max(60, Math.round((state.photo?.picture.widthPx ?? 600) / 8))}
          value={state.brushPx}
          onChange={(brushPx) => send({ type: 'brush', brushPx })}
        />
      ) : null}
      <div className="row">
        <Button isDisabled={!canUndo(state)} onPress={() => send({ type: 'undo' })}>
          {words.undo}
        </Button>
        <Button isDisabled={!canRedo(state)} onPress={() => send({ type: 'redo' })}>
          {words.redo}
        </Button>
        <Button look="quiet" isDisabled={state.history.length === 0} onPress={() => send({ type: 'clear' })}>
          {words.clear}
        </Button>
      </div>
      <dl className="studio-facts">
        <dt>{words.area}</dt>
        <dd className="figures" data-testid="area">
          {measure === undefined
            ? words.noRegion
            : measure.areaCm2 === undefined
              ? words.areaPx(number.format(measure.areaPx))
              : words.areaCm2(number.format(measure.areaCm2), number.format(2 * (measure.areaCm2Sd ?? 0)))}
        </dd>
        <dt>{words.scale}</dt>
        <dd className="figures">
          {scale.ok
            ? words.scaleIs(number.format(scale.scale.mmPerPx), number.format(200 * scale.scale.relativeSd))
            : words.scaleHelp}
        </dd>
      </dl>
      <div className="studio-pair">
        {state.ruler ? (
          <TextField
            label={words.lengthMm}
            unit="mm"
            inputMode="decimal"
            value={state.ruler.lengthMm}
            error={scaleFault}
            onChange={(lengthMm) =>
              state.ruler && send({ type: 'ruler', ruler: { ...state.ruler, lengthMm } })
            }
          />
        ) : null}
        <TextField
          label={words.mmPerPx}
          unit="mm"
          inputMode="decimal"
          value={state.mmPerPxTyped}
          error={state.ruler ? undefined : scaleFault}
          onChange={(typed) => send({ type: 'mmPerPx', typed })}
        />
      </div>
    </section>
  );
}

function scaleFaultOf(scale: ScaleChoice, words: StudioWords): string | undefined {
  if (scale.ok || scale.reason === 'none') return undefined;
  return scale.reason === 'out-of-range' ? words.faults['scale-range'] : words.faults[scale.reason];
}

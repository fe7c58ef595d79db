import type { ActionDispatch } from 'react';
import type { Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { Slider } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { mostDensityStrokes } from './density-stroke.ts';
import { densityWords } from './density-words.ts';
import type { StudioAct, StudioState } from './state.ts';
import { canRedo, canUndo } from './undo.ts';
import type { StudioWords } from './words.ts';

interface DensityPanelProps {
  readonly locale: Locale;
  readonly words: StudioWords;
  readonly number: Intl.NumberFormat;
  readonly state: StudioState;
  readonly send: ActionDispatch<[StudioAct]>;
  /** Sends what changes the density, and has the dots follow. */
  readonly onChange: (act: StudioAct) => void;
}

const factors = [0.5, 0.75, 1, 1.25, 1.5] as const;

/** Makes places of the region denser or sparser than planned. */
export function DensityPanel({ locale, words, number, state, send, onChange }: DensityPanelProps) {
  const terms = densityWords[locale];
  const { tool, densityFactor, densityStrokes, brushPx, photo } = state;
  return (
    <section className="studio-step" aria-labelledby="step-density">
      <h2 id="step-density">{terms.title}</h2>
      <fieldset className="studio-toolbox">
        <legend className="visually-hidden">{terms.title}</legend>
        {factors.map((factor) => {
          const isOn = tool === 'density' && densityFactor === factor;
          return (
            <label key={factor} data-on={isOn || undefined}>
              <input
                type="radio"
                name="density-factor"
                className="visually-hidden"
                checked={isOn}
                onChange={() => send({ type: 'densityFactor', factor })}
              />
              {factor === 1 ? terms.asPlanned : `× ${number.format(factor)}`}
            </label>
          );
        })}
      </fieldset>
      <p className="field-hint">{terms.help}</p>
      {tool === 'density' ? (
        <Slider
          label={terms.size}
          minValue={3}
          maxValue={Math.max(60, Math.round((photo?.picture.widthPx ?? 600) / 8))}
          value={brushPx}
          onChange={(px) => send({ type: 'brush', brushPx: px })}
        />
      ) : null}
      {densityStrokes.length >= mostDensityStrokes ? <Alert tone="ochre" title={terms.full} live /> : null}
      {tool === 'density' || densityStrokes.length > 0 ? (
        <>
          <p className="figures" role="status" data-testid="density-strokes">
            {terms.strokes(number.format(densityStrokes.length))}
          </p>
          <div className="row">
            <Button isDisabled={!canUndo(state)} onPress={() => onChange({ type: 'undo' })}>
              {words.undo}
            </Button>
            <Button isDisabled={!canRedo(state)} onPress={() => onChange({ type: 'redo' })}>
              {words.redo}
            </Button>
            <Button
              look="quiet"
              isDisabled={densityStrokes.length === 0}
              onPress={() => onChange({ type: 'densityAsPlanned' })}
            >
              {terms.allAsPlanned}
            </Button>
          </div>
        </>
      ) : null}
    </section>
  );
}

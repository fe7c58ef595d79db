import type { ActionDispatch } from 'react';
import { TextField } from '../ui/fields.tsx';
import type { LabChoice, StudioAct, TypedLab } from './state.ts';
import type { StudioWords } from './words.ts';

interface ReadingsPanelProps {
  readonly words: StudioWords;
  readonly readings: { readonly patch: TypedLab; readonly surround: TypedLab };
  readonly patch: LabChoice;
  readonly surround: LabChoice;
  readonly send: ActionDispatch<[StudioAct]>;
}

export function ReadingsPanel({ words, readings, patch, surround, send }: ReadingsPanelProps) {
  const row = (of: 'patch' | 'surround', choice: LabChoice) => (
    <fieldset className="studio-lab">
      <legend>{words[of]}</legend>
      {(['L', 'a', 'b'] as const).map((key) => (
        <TextField
          key={key}
          label={`${key}*`}
          inputMode="decimal"
          value={readings[of][key]}
          error={!choice.ok && choice.field === key ? words.faults[choice.reason] : undefined}
          onChange={(typed) => send({ type: 'reading', of, lab: { ...readings[of], [key]: typed } })}
        />
      ))}
    </fieldset>
  );
  return (
    <details className="studio-step" open={!patch.ok || !surround.ok || undefined}>
      <summary>
        <h2>{words.readings}</h2>
      </summary>
      <p className="field-hint">{words.readingsHelp}</p>
      {row('patch', patch)}
      {row('surround', surround)}
    </details>
  );
}

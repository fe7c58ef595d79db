import { parsePigments, samplePaints } from '@undertone/engine/match/index.ts';
import { type ActionDispatch, useState } from 'react';
import { Checkbox, Select } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { MeasureWords } from './measure-words.ts';
import type { StudioAct, StudioState } from './state.ts';

/** A set of the clinic's own that can be chosen. */
export interface OfferedSet {
  readonly setId: string;
  readonly name: string;
}

interface PigmentPanelProps {
  readonly words: MeasureWords;
  readonly sets: readonly OfferedSet[];
  readonly pigments: StudioState['pigments'];
  readonly only: StudioState['only'];
  readonly send: ActionDispatch<[StudioAct]>;
}

/** Which set the recipe is searched in, and which of its pigments. */
export function PigmentPanel({ words, sets, pigments, only, send }: PigmentPanelProps) {
  const [hasFailed, setHasFailed] = useState(false);
  const { id, set } = pigments;

  async function choose(next: string) {
    setHasFailed(false);
    if (next === 'sample') return send({ type: 'pigments', id: next, set: samplePaints });
    const answer = await fetch(`/desk/pigments/${next}/pigments.json`).catch(() => undefined);
    const parsed = answer?.ok ? parsePigments(await answer.text()) : undefined;
    if (parsed?.ok) send({ type: 'pigments', id: next, set: parsed.set });
    else setHasFailed(true);
  }

  const chosen = only ?? set.pigments.map((pigment) => pigment.id);
  return (
    <details className="studio-step">
      <summary>
        <h2>{words.pigments}</h2>
      </summary>
      <Select
        label={words.set}
        value={id}
        onChange={(next) => void choose(String(next))}
        options={[
          { id: 'sample', label: words.sample },
          ...sets.map(({ setId, name }) => ({ id: setId, label: name })),
        ]}
      />
      {hasFailed ? <Alert tone="oxide" title={words.setFailed} live /> : null}
      {set.doseCalibrated ? null : <p className="field-hint">{words.doseAssumed}</p>}
      <fieldset className="studio-pigments">
        <legend>{words.which}</legend>
        <Checkbox
          isSelected={only === null}
          onChange={(all) => send({ type: 'only', only: all ? null : chosen })}
        >
          {words.all}
        </Checkbox>
        {only === null
          ? null
          : set.pigments.map((pigment) => (
              <Checkbox
                key={pigment.id}
                isSelected={only.includes(pigment.id)}
                onChange={(isOn) =>
                  send({
                    type: 'only',
                    only: isOn ? [...only, pigment.id] : only.filter((one) => one !== pigment.id),
                  })
                }
              >
                {pigment.name}
              </Checkbox>
            ))}
      </fieldset>
      {only && only.length < 2 ? <Alert tone="ochre" title={words.tooFew} /> : null}
    </details>
  );
}

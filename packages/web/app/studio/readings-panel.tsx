import { type ActionDispatch, useId, useState } from 'react';
import { Said } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { MeasureWords } from './measure-words.ts';
import {
  type Conditions,
  instruments,
  type Place,
  places,
  type ReadingsChoice,
  spectrumOf,
  whites,
} from './readings.ts';
import type { StudioAct, StudioState } from './state.ts';
import type { LabChoice } from './typed.ts';
import type { StudioWords } from './words.ts';

interface ReadingsPanelProps {
  readonly words: StudioWords;
  readonly measure: MeasureWords;
  readonly state: Pick<StudioState, 'readings' | 'spectra' | 'conditions'>;
  readonly labs: Readonly<Record<Place, LabChoice>>;
  readonly choice: ReadingsChoice;
  readonly send: ActionDispatch<[StudioAct]>;
}

/** Readings of an instrument, with how they were taken; all of one plan are taken the same way. */
export function ReadingsPanel({ words, measure, state, labs, choice, send }: ReadingsPanelProps) {
  const { readings, spectra, conditions } = state;
  const title = (place: Place) => (place === 'tanned' ? measure.tanned : words[place]);
  const row = (of: Place) => {
    const lab = labs[of];
    return (
      <div key={of} className="studio-reading">
        <fieldset className="studio-lab">
          <legend>{title(of)}</legend>
          {(['L', 'a', 'b'] as const).map((key) => (
            <TextField
              key={key}
              label={`${key}*`}
              inputMode="decimal"
              isDisabled={spectra[of] !== null}
              value={readings[of][key]}
              error={
                spectra[of] === null && !lab.ok && lab.field === key ? words.faults[lab.reason] : undefined
              }
              onChange={(typed) => send({ type: 'reading', of, lab: { ...readings[of], [key]: typed } })}
            />
          ))}
        </fieldset>
        <SpectrumFile measure={measure} title={title(of)} of={of} spectrum={spectra[of]} send={send} />
        <p className="field-hint" data-testid={`read-${of}`}>
          {measure.instruments[conditions.instrument]} ·{' '}
          {spectra[of] ? measure.spectrum : measure.whiteName(conditions.white)}
        </p>
      </div>
    );
  };
  return (
    <details className="studio-step">
      <summary>
        <h2>{words.readings}</h2>
      </summary>
      <p className="field-hint">{measure.help}</p>
      <div className="studio-pair">
        <Select
          label={measure.instrument}
          value={conditions.instrument}
          onChange={(next) =>
            send({
              type: 'conditions',
              conditions: { ...conditions, instrument: next as Conditions['instrument'] },
            })
          }
          options={instruments.map((id) => ({ id, label: measure.instruments[id] }))}
        />
        <Select
          label={measure.white}
          value={conditions.white}
          onChange={(next) =>
            send({ type: 'conditions', conditions: { ...conditions, white: next as Conditions['white'] } })
          }
          options={whites.map((id) => ({ id, label: measure.whiteName(id) }))}
        />
      </div>
      {places.map(row)}
      {choice.ok || choice.reason === 'bad-lab' ? null : (
        <Alert tone="ochre" title={measure.faults[choice.reason]} live />
      )}
      <p className="field-hint">{measure.scattering}</p>
    </details>
  );
}

interface SpectrumFileProps {
  readonly measure: MeasureWords;
  readonly title: string;
  readonly of: Place;
  readonly spectrum: StudioState['spectra'][Place];
  readonly send: ActionDispatch<[StudioAct]>;
}

function SpectrumFile({ measure, title, of, spectrum, send }: SpectrumFileProps) {
  const id = useId();
  const [fault, setFault] = useState<{ readonly title: string; readonly detail?: string } | null>(null);

  async function choose(file: File) {
    const read = spectrumOf(file.name, await file.text());
    if (read.ok) {
      setFault(null);
      send({ type: 'spectrum', of, spectrum: read.spectrum });
    } else if (read.reason === 'many-samples') setFault({ title: measure.manySamples(read.message) });
    else setFault({ title: measure.unreadable, detail: read.message });
  }

  return (
    <>
      <div className="studio-file">
        <label htmlFor={id} className="button">
          {measure.chooseSpectrum}
          <span className="visually-hidden"> {title}</span>
        </label>
        <input
          id={id}
          className="visually-hidden"
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          data-spectrum={of}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void choose(file);
            event.currentTarget.value = '';
          }}
        />
        {spectrum ? (
          <>
            <p className="field-hint">{spectrum.fileName}</p>
            <Button look="quiet" onPress={() => send({ type: 'spectrum', of, spectrum: null })}>
              {measure.dropSpectrum}
            </Button>
          </>
        ) : null}
      </div>
      {fault ? (
        <Alert tone="oxide" title={fault.title} live>
          {fault.detail === undefined ? undefined : (
            <p>
              <Said>{fault.detail}</Said>
            </p>
          )}
        </Alert>
      ) : null}
    </>
  );
}

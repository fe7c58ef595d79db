import { useId, useState } from 'react';
import { Form } from 'react-router';
import { intlTag, type Locale } from '../locales/index.ts';
import { Said } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { Checkbox, RadioGroup, TextField } from '../ui/fields.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import { Curve } from './curve.tsx';
import {
  type DerivedFile,
  type DerivedPigment,
  deriveFile,
  documentOf,
  type SetLabels,
  wrongNumbers,
} from './derive.ts';
import { pigmentWords } from './words.ts';

const noLabels: SetLabels = { name: '', kind: 'ink', source: '', ciNumbers: {} };
const tableNm = [400, 450, 500, 550, 600, 650, 700] as const;

/** Takes a file of drawdowns, shows what it says about each pigment, and saves it as a set. All but saving is done here. */
export function DrawdownReader({ locale }: { readonly locale: Locale }) {
  const words = pigmentWords[locale];
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [fileName, setFileName] = useState('');
  const [gloss, setGloss] = useState(false);
  const [file, setFile] = useState<DerivedFile | null>(null);
  const [labels, setLabels] = useState(noLabels);

  function read(content: string, glossIncluded: boolean) {
    const derived = deriveFile(content, glossIncluded);
    setText(content);
    setFile(derived);
    return derived;
  }

  async function choose(chosen: File) {
    setFileName(chosen.name);
    const derived = read(await chosen.text(), gloss);
    if (!derived.ok) return;
    const { set } = derived;
    const isDocument = set.pigments.some(({ provenance }) => provenance.source !== 'table of drawdowns');
    setLabels({
      name: isDocument ? set.name : chosen.name.replace(/\.[a-z]+$/i, ''),
      kind: isDocument ? set.kind : 'ink',
      source: isDocument ? (set.pigments[0]?.provenance.source ?? '') : '',
      ciNumbers: Object.fromEntries(set.pigments.map((pigment) => [pigment.id, pigment.ciNumber ?? ''])),
    });
  }

  return (
    <section className="pigment-frame" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words.file}</h2>
      <div className="row pigment-file">
        <label htmlFor={id} className="button" data-look={file?.ok ? 'plain' : 'strong'}>
          {words.choose}
        </label>
        <input
          id={id}
          className="visually-hidden"
          type="file"
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            if (chosen) void choose(chosen);
            event.currentTarget.value = '';
          }}
        />
        <span className="soft">{fileName}</span>
      </div>
      <Checkbox
        isSelected={gloss}
        onChange={(next) => {
          setGloss(next);
          if (text !== null) read(text, next);
        }}
      >
        {words.gloss}
      </Checkbox>
      {file && !file.ok ? (
        <Alert tone="oxide" title={words.unusable} live>
          <p>
            <Said>{file.message}</Said>
          </p>
          <p>{words.whatToDo}</p>
        </Alert>
      ) : null}
      {file?.ok ? <DerivedSet locale={locale} file={file} labels={labels} onLabels={setLabels} /> : null}
    </section>
  );
}

interface DerivedSetProps {
  readonly locale: Locale;
  readonly file: Extract<DerivedFile, { ok: true }>;
  readonly labels: SetLabels;
  readonly onLabels: (labels: SetLabels) => void;
}

function DerivedSet({ locale, file, labels, onLabels }: DerivedSetProps) {
  const words = pigmentWords[locale];
  const number = new Intl.NumberFormat(intlTag(locale), {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  const wrong = wrongNumbers(labels);
  const at = (values: Float64Array, nm: number) => number.format(values[(nm - 400) / 10] ?? 0);
  const doubtful = file.pigments.filter(({ checks }) => checks.some(({ severity }) => severity === 'doubt'));
  return (
    <div className="pigment-frame" data-testid="derived">
      <Alert
        tone={doubtful.length > 0 ? 'ochre' : 'verdigris'}
        title={
          doubtful.length > 0
            ? words.drawAgain(doubtful.map(({ pigment }) => pigment.name).join(', '))
            : words.everyCheckPassed
        }
        live
      />
      <ul className="pigment-list">
        {file.pigments.map((one) => (
          <li key={one.pigment.id}>
            <svg
              className="pigment-swatch"
              viewBox="0 0 10 10"
              role="img"
              aria-label={words.swatch(one.pigment.name)}
            >
              <rect x="2" y="2" width="6" height="6" fill={one.colour} />
            </svg>
            <div className="stack-s">
              <h3>{one.pigment.name}</h3>
              <TextField
                label={`${words.ciNumber}: ${one.pigment.name}`}
                inputMode="numeric"
                value={labels.ciNumbers[one.pigment.id] ?? ''}
                error={wrong.includes(one.pigment.id) ? words.ciFault : undefined}
                onChange={(typed) =>
                  onLabels({ ...labels, ciNumbers: { ...labels.ciNumbers, [one.pigment.id]: typed } })
                }
              />
            </div>
            <Curve
              label={words.curve(
                one.pigment.name,
                at(one.masstone01, 400),
                at(one.masstone01, 550),
                at(one.masstone01, 700),
              )}
              masstone01={one.masstone01}
              tint01={one.tint01}
            />
            <Checks one={one} locale={locale} />
          </li>
        ))}
      </ul>
      <p className="field-hint">{words.curveHelp}</p>
      <Table
        caption={words.reflectance}
        rows={file.pigments}
        keyOf={({ pigment }) => pigment.id}
        columns={[
          { id: 'name', title: words.pigment, renderCell: ({ pigment }) => pigment.name },
          ...tableNm.map((nm) => ({
            id: String(nm),
            title: `${nm} nm`,
            number: true,
            renderCell: ({ masstone01 }: DerivedPigment) => at(masstone01, nm),
          })),
        ]}
      />
      <Form method="post" className="stack">
        <div className="pigment-labels">
          <TextField
            label={words.name}
            value={labels.name}
            onChange={(name) => onLabels({ ...labels, name })}
          />
          <TextField
            label={words.source}
            hint={words.sourceHelp}
            value={labels.source}
            onChange={(source) => onLabels({ ...labels, source })}
          />
          <RadioGroup
            label={words.kind}
            orientation="horizontal"
            value={labels.kind}
            onChange={(kind) => onLabels({ ...labels, kind: kind as SetLabels['kind'] })}
            options={(['ink', 'paint'] as const).map((kind) => ({ id: kind, label: words.kinds[kind] }))}
          />
        </div>
        <p className="field-hint">{file.set.doseCalibrated ? words.doseCalibrated : words.doseHelp}</p>
        <input type="hidden" name="document" value={documentOf(file.set, labels)} />
        <div>
          <Button type="submit" look="strong" isDisabled={labels.name.trim() === '' || wrong.length > 0}>
            {words.save}
          </Button>
        </div>
      </Form>
    </div>
  );
}

function Checks({ one, locale }: { readonly one: DerivedPigment; readonly locale: Locale }) {
  const words = pigmentWords[locale];
  const isDoubtful = one.checks.some(({ severity }) => severity === 'doubt');
  const percent = new Intl.NumberFormat(intlTag(locale), { style: 'percent' });
  return (
    <div className="stack-s">
      <Badge tone={isDoubtful ? 'ochre' : 'verdigris'}>{isDoubtful ? words.doubtful : words.good}</Badge>
      <p className="soft figures">{words.uncertainty(percent.format(one.pigment.relativeSd.K))}</p>
      {one.checks.map(({ code, message }) => (
        <p key={code + message}>
          <Said>{message}</Said>
        </p>
      ))}
    </div>
  );
}

import type { FieldName, FieldValues } from '@undertone/clinic/session/schema.ts';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { NumberField, Select, TextField } from '../ui/fields.tsx';
import { Badge } from '../ui/surfaces.tsx';
import { fieldText, type Part } from './part.ts';
import { PhotoList } from './photo-list.tsx';

const shown = [
  'weightKg',
  'heightCm',
  'sex',
  'machine',
  'diluentParts',
  'depth',
  'operatorId',
  'physicianId',
] as const;

/** Who and with what: proposed from plan and last time, confirmed with one press, changed where it is different. */
export function BeforePanel({ part }: { readonly part: Part }) {
  const { words, snapshot, mirror, tablet, canWrite } = part;
  const { record } = snapshot;
  const proposal: Partial<FieldValues> = {
    ...mirror.opening.proposal.fields,
    operatorId: mirror.session.operatorId,
    physicianId: mirror.session.physicianId,
  };
  const open = shown.filter((field) => proposal[field] !== undefined && record.fields[field] === undefined);
  const takeOver = async () => {
    for (const field of open) await tablet.set(field, proposal[field] as never);
  };
  return (
    <div className="session-panel">
      {open.length > 0 && canWrite ? (
        <div className="session-takeover">
          <Button look="strong" onPress={() => void takeOver()}>
            {mirror.opening.proposal.lastSessionId === undefined ? words.takeOverProposed : words.takeOver}
          </Button>
          <span className="soft small">{words.takeOverText}</span>
        </div>
      ) : null}
      <div className="session-fields">
        {shown.map((field) => (
          <FieldLine key={field} part={part} field={field} proposed={proposal[field]} />
        ))}
      </div>
      {canWrite ? <PhotoList part={part} moment="before" /> : null}
    </div>
  );
}

/** One field: what stands, what is proposed, and a place to change it. */
function FieldLine<F extends (typeof shown)[number]>({
  part,
  field,
  proposed,
}: {
  readonly part: Part;
  readonly field: F;
  readonly proposed: FieldValues[F] | undefined;
}) {
  const { words, snapshot, mirror, tablet, canWrite } = part;
  const held = snapshot.record.fields[field];
  const [isOpen, setOpen] = useState(false);
  const isEditing = canWrite && (isOpen || (held === undefined && proposed === undefined));
  const value = (held?.[0]?.value ?? proposed) as FieldValues[F] | undefined;
  const save = (next: FieldValues[F]) => {
    setOpen(false);
    void tablet.set(field, next);
  };
  if (isEditing) return <FieldEditor part={part} field={field} value={value} onSave={save} />;
  return (
    <div className="session-field" data-testid={`field-${field}`} data-confirmed={held !== undefined}>
      <span className="soft small">{words.fields[field]}</span>
      <span className="figures">
        {value === undefined ? '–' : fieldText(part, field, value, mirror)}
        {held?.some(({ isSaved }) => !isSaved) ? <Badge tone="ochre">{words.notYetSaved}</Badge> : null}
      </span>
      {canWrite ? (
        <span className="row">
          {held === undefined && value !== undefined ? (
            <Button onPress={() => save(value)} aria-label={`${words.confirm}: ${words.fields[field]}`}>
              {words.confirm}
            </Button>
          ) : null}
          <Button
            look="quiet"
            onPress={() => setOpen(true)}
            aria-label={`${words.change}: ${words.fields[field]}`}
          >
            {words.change}
          </Button>
        </span>
      ) : null}
    </div>
  );
}

const numbers: Partial<Record<FieldName, { unit?: string; min: number; max: number; step: number }>> = {
  weightKg: { unit: 'kg', min: 1, max: 300, step: 0.5 },
  heightCm: { unit: 'cm', min: 40, max: 230, step: 1 },
  diluentParts: { min: 0, max: 50, step: 1 },
};

function FieldEditor<F extends (typeof shown)[number]>({
  part: { words, mirror },
  field,
  value,
  onSave,
}: {
  readonly part: Part;
  readonly field: F;
  readonly value: FieldValues[F] | undefined;
  readonly onSave: (value: FieldValues[F]) => void;
}) {
  const [draft, setDraft] = useState<FieldValues[FieldName] | undefined>(value);
  const label = words.fields[field];
  const range = numbers[field];
  const depth = draft as FieldValues['depth'] | undefined;
  const isWrong = field === 'depth' && depth !== undefined && !(depth.lowMm <= depth.highMm);
  const isEmpty = draft === undefined || draft === '' || Number.isNaN(draft);
  const options =
    field === 'sex'
      ? Object.entries(words.sexes).map(([id, text]) => ({ id, label: text }))
      : mirror.opening.people
          .filter(({ isPhysician }) => field !== 'physicianId' || isPhysician)
          .map(({ id, name }) => ({ id, label: name }));
  return (
    <div className="session-field session-editor">
      {range ? (
        <NumberField
          label={label}
          {...(range.unit !== undefined && { unit: range.unit })}
          minValue={range.min}
          maxValue={range.max}
          step={range.step}
          {...(typeof draft === 'number' && { value: draft })}
          onChange={setDraft}
        />
      ) : field === 'depth' ? (
        <div className="session-pair">
          {(['lowMm', 'highMm'] as const).map((end) => (
            <NumberField
              key={end}
              label={end === 'lowMm' ? words.depthLow : words.depthHigh}
              unit="mm"
              minValue={0}
              maxValue={10}
              step={0.05}
              {...(depth?.[end] !== undefined && { value: depth[end] })}
              onChange={(mm) =>
                setDraft({ lowMm: depth?.lowMm ?? mm, highMm: depth?.highMm ?? mm, [end]: mm })
              }
            />
          ))}
        </div>
      ) : field === 'machine' ? (
        <TextField
          label={label}
          value={typeof draft === 'string' ? draft : ''}
          onChange={setDraft}
          maxLength={120}
        />
      ) : (
        <Select
          label={label}
          options={options}
          {...(typeof draft === 'string' && { selectedKey: draft })}
          onSelectionChange={(key) => setDraft(String(key))}
        />
      )}
      <Button
        look="strong"
        isDisabled={isEmpty || isWrong}
        onPress={() => onSave(draft as FieldValues[F])}
        aria-label={`${words.confirm}: ${label}`}
      >
        {words.confirm}
      </Button>
    </div>
  );
}

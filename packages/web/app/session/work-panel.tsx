import type { UsableLot } from '@undertone/clinic/session/schema.ts';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { NumberField, Select, TextField } from '../ui/fields.tsx';
import type { Part } from './part.ts';
import { ZoneField, zonesOf } from './zone-field.tsx';

/** What goes into the skin: pigment and needle by lot, passes; proposed lines are recorded with one press. */
export function WorkPanel({ part }: { readonly part: Part }) {
  const { words, mirror, snapshot, tablet, canWrite } = part;
  const { proposal, lots } = mirror.opening;
  const { record } = snapshot;
  const [zone, setZone] = useState(proposal.zones[0] ?? zonesOf(part)[0] ?? '');
  const lotOf = (id: string | undefined) => lots.find((lot) => lot.id === id);
  const pigments = proposal.pigments.filter(
    (one) => !record.pigments.some(({ body }) => body.name === one.name),
  );
  const needles = proposal.needles.filter(
    (one) => !record.needles.some(({ body }) => body.name === one.name),
  );
  const passes = record.passes.length === 0 ? proposal.passes : undefined;
  const depth = record.fields.depth?.[0]?.value ?? proposal.fields.depth;
  const ready = [...pigments, ...needles].filter(({ lotId }) => lotOf(lotId) !== undefined);
  const recordAll = async () => {
    for (const one of pigments) {
      const lot = lotOf(one.lotId);
      if (lot)
        await tablet.write('pigment', {
          lotId: lot.id,
          name: lot.name,
          zone: one.zone || zone,
          drops: one.drops,
        });
    }
    for (const one of needles) {
      const lot = lotOf(one.lotId);
      if (lot)
        await tablet.write('needle', { lotId: lot.id, name: lot.name, zone: one.zone || zone, count: 1 });
    }
    if (passes !== undefined)
      await tablet.write('pass', { zone, passes, ...(depth && { depthMm: depth.highMm }) });
  };
  if (!canWrite) return null;
  return (
    <div className="session-panel">
      <div className="session-fields">
        <ZoneField part={part} zone={zone} onChange={setZone} />
      </div>
      {ready.length > 0 ? (
        <div className="session-takeover">
          <Button look="strong" onPress={() => void recordAll()} isDisabled={zone === ''}>
            {words.work.all}
          </Button>
          <span className="soft small">{words.work.allText}</span>
        </div>
      ) : null}
      <h2>{words.work.pigments}</h2>
      {pigments.map((one) => (
        <TakeLine
          key={`${one.name} ${one.drops}`}
          part={part}
          kind="pigment"
          zone={one.zone || zone}
          proposed={one}
        />
      ))}
      <TakeLine part={part} kind="pigment" zone={zone} />
      <h2>{words.work.needles}</h2>
      {needles
        .filter(({ lotId }) => lotOf(lotId) === undefined)
        .map(({ name }) => (
          <p key={name} className="soft">
            {words.from.plan}: {name}
          </p>
        ))}
      {needles
        .filter(({ lotId }) => lotOf(lotId) !== undefined)
        .map((one) => (
          <TakeLine key={one.name} part={part} kind="needle" zone={one.zone || zone} proposed={one} />
        ))}
      <TakeLine part={part} kind="needle" zone={zone} />
      <h2>{words.work.passes}</h2>
      <PassLine part={part} zone={zone} passes={proposal.passes} depthMm={depth?.highMm} />
      <TextLine part={part} kind="deviation" label={words.work.deviation} />
      <TextLine part={part} kind="note" label={words.work.note} />
    </div>
  );
}

/** A lot, an amount, and the press that records it. */
function TakeLine({
  part,
  kind,
  zone,
  proposed,
}: {
  readonly part: Part;
  readonly kind: 'pigment' | 'needle';
  readonly zone: string;
  readonly proposed?: { readonly name: string; readonly lotId?: string; readonly drops?: number };
}) {
  const { words, mirror, tablet } = part;
  const lots = mirror.opening.lots.filter((lot) => lot.kind === kind);
  const [lotId, setLotId] = useState(proposed?.lotId ?? '');
  const [amount, setAmount] = useState(proposed?.drops ?? (kind === 'needle' ? 1 : Number.NaN));
  const lot = lots.find(({ id }) => id === lotId);
  const label = kind === 'pigment' ? words.work.pigment : words.work.needle;
  const isReady = lot !== undefined && amount > 0 && zone !== '';
  const press = async () => {
    if (lot === undefined) return;
    if (kind === 'pigment') await tablet.write('pigment', { lotId, name: lot.name, zone, drops: amount });
    else await tablet.write('needle', { lotId, name: lot.name, zone, count: Math.round(amount) });
    setLotId('');
    setAmount(kind === 'needle' ? 1 : Number.NaN);
  };
  if (lots.length === 0) return <p className="soft">{words.work.noLots}</p>;
  const missing =
    proposed !== undefined && lot === undefined ? `${proposed.name}: ${words.work.noLot}` : undefined;
  return (
    <div className="session-take">
      <Select
        label={proposed ? `${label}: ${proposed.name}` : label}
        placeholder={words.work.chooseLot}
        options={lots.map((one) => ({ id: one.id, label: lotLabel(one) }))}
        selectedKey={lotId === '' ? null : lotId}
        onSelectionChange={(key) => setLotId(String(key))}
      />
      <NumberField
        label={kind === 'pigment' ? words.work.drops : words.work.count}
        minValue={0}
        maxValue={kind === 'pigment' ? 2000 : 50}
        step={1}
        value={amount}
        onChange={setAmount}
      />
      <Button
        isDisabled={!isReady}
        onPress={() => void press()}
        aria-label={`${words.work.record}: ${proposed?.name ?? label}`}
      >
        {words.work.record}
      </Button>
      {missing === undefined ? null : <p className="soft small session-take-note">{missing}</p>}
    </div>
  );
}

function lotLabel({ name, lotNumber, isOpen }: UsableLot): string {
  return `${name} · ${lotNumber}${isOpen ? ' ·' : ''}`;
}

function PassLine({
  part: { words, tablet },
  zone,
  passes: proposed,
  depthMm: proposedDepth,
}: {
  readonly part: Part;
  readonly zone: string;
  readonly passes: number | undefined;
  readonly depthMm: number | undefined;
}) {
  const [passes, setPasses] = useState(proposed ?? 1);
  const [depthMm, setDepth] = useState(proposedDepth ?? Number.NaN);
  const press = () =>
    void tablet.write('pass', {
      zone,
      passes: Math.round(passes),
      ...(Number.isFinite(depthMm) && { depthMm }),
    });
  return (
    <div className="session-take">
      <NumberField
        label={words.work.passes}
        minValue={1}
        maxValue={50}
        step={1}
        value={passes}
        onChange={setPasses}
      />
      <NumberField
        label={words.work.depth}
        unit="mm"
        minValue={0}
        maxValue={10}
        step={0.05}
        value={depthMm}
        onChange={setDepth}
      />
      <Button
        isDisabled={!(passes >= 1) || zone === ''}
        onPress={press}
        aria-label={`${words.work.record}: ${words.work.passes}`}
      >
        {words.work.record}
      </Button>
    </div>
  );
}

export function TextLine({
  part: { words, tablet },
  kind,
  label,
}: {
  readonly part: Part;
  readonly kind: 'deviation' | 'note' | 'addendum';
  readonly label: string;
}) {
  const [text, setText] = useState('');
  const press = async () => {
    await tablet.write(kind, { text: text.trim() });
    setText('');
  };
  return (
    <div className="session-take">
      <TextField label={label} value={text} onChange={setText} lines={2} maxLength={1000} />
      <Button
        isDisabled={text.trim() === ''}
        onPress={() => void press()}
        aria-label={`${words.work.write}: ${label}`}
      >
        {words.work.write}
      </Button>
    </div>
  );
}

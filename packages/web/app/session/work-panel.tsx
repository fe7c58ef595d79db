import { isDiluent, type UsableLot } from '@undertone/clinic/session/schema.ts';
import { Fragment, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { NumberField, Select, TextField } from '../ui/fields.tsx';
import { type Part, zoneText } from './part.ts';
import { PhotoList } from './photo-list.tsx';
import { ZoneField, zonesOf } from './zone-field.tsx';

const kinds = ['pigment', 'diluent', 'needle', 'consumable'] as const;
type Kind = (typeof kinds)[number];

/** A line of what is proposed: from the plan or last time, with the lot it would be taken from. */
interface Proposed {
  readonly name: string;
  readonly zone: string;
  readonly lotId?: string;
  readonly drops?: number;
  readonly count?: number;
}

const headings = {
  pigment: 'pigments',
  diluent: 'diluents',
  needle: 'needles',
  consumable: 'consumables',
} as const;

/** What is proposed and not recorded yet. */
function openLines({ mirror, snapshot }: Part): Readonly<Record<Kind, readonly Proposed[]>> {
  const { proposal } = mirror.opening;
  const { record } = snapshot;
  const left = <T extends Proposed>(
    lines: readonly T[] | undefined,
    done: readonly { readonly body: { readonly name?: string | undefined; readonly zone: string } }[],
  ) =>
    (lines ?? []).filter(
      (one) =>
        !done.some(({ body }) => body.name === one.name && (one.zone === '' || body.zone === one.zone)),
    );
  return {
    pigment: left(proposal.pigments, record.pigments),
    // Of a mixture there is one diluent: whichever lot it was, it is recorded.
    diluent: record.diluents.length > 0 ? [] : (proposal.diluents ?? []),
    needle: left(proposal.needles, record.needles),
    consumable: left(proposal.consumables, record.consumables),
  };
}

const lotsFor = (lots: readonly UsableLot[], kind: Kind) =>
  lots.filter((lot) =>
    kind === 'diluent'
      ? isDiluent(lot)
      : lot.kind === kind && (kind !== 'consumable' || lot.unit === 'piece'),
  );

/** Writes one line down. */
function take({ tablet }: Part, kind: Kind, lot: UsableLot, zone: string, amount: number): Promise<void> {
  const { id: lotId, name } = lot;
  return kind === 'pigment' || kind === 'diluent'
    ? tablet.write(kind, { lotId, name, zone, drops: amount })
    : tablet.write(kind, { lotId, name, zone, count: Math.round(amount) });
}

/** What goes into the skin: pigment, diluent, needle by lot, passes; proposed lines are recorded with one press. */
export function WorkPanel({ part }: { readonly part: Part }) {
  const { words, number, mirror, snapshot, tablet, canWrite } = part;
  const { proposal, lots } = mirror.opening;
  const { record } = snapshot;
  const [zone, setZone] = useState(proposal.zones[0] ?? zonesOf(part)[0] ?? '');
  const lotOf = (id: string | undefined) => lots.find((lot) => lot.id === id);
  const open = openLines(part);
  const depth = record.fields.depth?.[0]?.value ?? proposal.fields.depth;
  const passLines = proposal.passLines?.length
    ? proposal.passLines
    : proposal.passes === undefined
      ? []
      : [{ zone, passes: proposal.passes, ...(depth && { depthMm: depth.highMm }) }];
  const isReady = kinds.some((kind) => open[kind].some(({ lotId }) => lotOf(lotId) !== undefined));
  const recordAll = async () => {
    for (const kind of kinds) {
      for (const one of open[kind]) {
        const lot = lotOf(one.lotId);
        if (lot) await take(part, kind, lot, one.zone || zone, one.drops ?? one.count ?? 1);
      }
    }
    if (record.passes.length === 0)
      for (const line of passLines) await tablet.write('pass', { ...line, zone: line.zone || zone });
  };
  if (!canWrite) return null;
  return (
    <div className="session-panel">
      <div className="session-fields">
        <ZoneField part={part} zone={zone} onChange={setZone} />
      </div>
      {isReady ? (
        <div className="session-takeover">
          <Button look="strong" onPress={() => void recordAll()} isDisabled={zone === ''}>
            {words.work.all}
          </Button>
          <span className="soft small">{words.work.allText}</span>
        </div>
      ) : null}
      {kinds.map((kind) => {
        const shelf = lotsFor(lots, kind);
        // Many clinics count neither: then the page says nothing of it.
        if (shelf.length === 0 && open[kind].length === 0 && (kind === 'diluent' || kind === 'consumable'))
          return null;
        const named = open[kind].filter(
          ({ lotId, name }) => kind !== 'needle' || lotOf(lotId) || name === '',
        );
        return (
          <Fragment key={kind}>
            <h2>{words.work[headings[kind]]}</h2>
            {open[kind]
              .filter((one) => !named.includes(one))
              .map(({ name }) => (
                <p key={name} className="soft">
                  {words.from.plan}: {name}
                </p>
              ))}
            {named.map((one) => (
              <TakeLine
                key={`${one.name} ${one.zone} ${one.drops ?? one.count ?? 1}`}
                part={part}
                kind={kind}
                zone={one.zone || zone}
                proposed={one}
              />
            ))}
            <TakeLine part={part} kind={kind} zone={zone} />
          </Fragment>
        );
      })}
      <h2>{words.work.passes}</h2>
      {isReady && record.passes.length === 0 ? (
        <ul className="session-pass-lines soft">
          {passLines.map((line) => (
            <li key={`${line.zone} ${line.passes}`}>
              {zoneText(part, line.zone || zone)}: {number.format(line.passes)}
              {line.depthMm === undefined ? null : `, ${number.format(line.depthMm)} mm`}
            </li>
          ))}
        </ul>
      ) : null}
      <PassLine part={part} zone={zone} passes={proposal.passes} depthMm={depth?.highMm} />
      <TextLine part={part} kind="deviation" label={words.work.deviation} />
      <TextLine part={part} kind="note" label={words.work.note} />
      <PhotoList part={part} moment="during" />
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
  readonly kind: Kind;
  readonly zone: string;
  readonly proposed?: Proposed;
}) {
  const { words, mirror } = part;
  const lots = lotsFor(mirror.opening.lots, kind);
  const isDrops = kind === 'pigment' || kind === 'diluent';
  const [lotId, setLotId] = useState(proposed?.lotId ?? '');
  const [amount, setAmount] = useState(proposed?.drops ?? proposed?.count ?? (isDrops ? Number.NaN : 1));
  const lot = lots.find(({ id }) => id === lotId);
  const label = words.work[kind];
  const isReady = lot !== undefined && amount > 0 && zone !== '';
  const press = async () => {
    if (lot === undefined) return;
    await take(part, kind, lot, zone, amount);
    setLotId('');
    setAmount(isDrops ? Number.NaN : 1);
  };
  if (lots.length === 0) return <p className="soft">{words.work.noLots}</p>;
  const isNamed = proposed !== undefined && proposed.name !== '';
  const missing = isNamed && lot === undefined ? `${proposed.name}: ${words.work.noLot}` : undefined;
  return (
    <div className="session-take">
      <Select
        label={isNamed ? `${label}: ${proposed.name}` : label}
        placeholder={words.work.chooseLot}
        options={lots.map((one) => ({ id: one.id, label: lotLabel(one) }))}
        selectedKey={lotId === '' ? null : lotId}
        onSelectionChange={(key) => setLotId(String(key))}
      />
      <NumberField
        label={isDrops ? words.work.drops : words.work.count}
        minValue={0}
        maxValue={isDrops ? 2000 : kind === 'needle' ? 50 : 200}
        step={1}
        value={amount}
        onChange={setAmount}
      />
      <Button
        isDisabled={!isReady}
        onPress={() => void press()}
        aria-label={`${words.work.record}: ${isNamed ? proposed.name : label}`}
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

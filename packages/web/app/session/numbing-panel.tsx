import { givenIn, mayNumb, type Numbed, numbingFacts } from '@undertone/clinic/session/journal.ts';
import { amountLeft, commonProducts, isMixedCream } from '@undertone/clinic/session/numbing.ts';
import type { Application, NumbingProduct } from '@undertone/clinic/session/schema.ts';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Checkbox, NumberField, RadioGroup, Select, TextField } from '../ui/fields.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Meter } from './meter.tsx';
import { numbingClock } from './next-act.ts';
import { type Part, zoneText } from './part.ts';
import { ZoneField, zonesOf } from './zone-field.tsx';

interface Choice {
  readonly id: string;
  readonly label: string;
  readonly product: NumbingProduct;
  readonly lotId?: string;
}

export function NumbingPanel({ part }: { readonly part: Part }) {
  const { words, snapshot, mirror, canWrite } = part;
  const { numbing } = snapshot.record;
  const { opening } = mirror;
  const elsewhere = opening.earlier.filter(({ isGone }) => isGone === undefined).length;
  return (
    <div className="session-panel">
      {opening.mayHaveAmides ? null : <Alert tone="oxide" title={words.numbing.noAmides} />}
      {opening.mayHavePrilocaine ? null : <Badge tone="oxide">{words.numbing.noPrilocaine}</Badge>}
      {elsewhere > 0 ? <Badge tone="ochre">{words.numbing.earlier(elsewhere)}</Badge> : null}
      <h2>{words.numbing.given}</h2>
      {numbing.length === 0 ? <p className="soft">{words.numbing.nothing}</p> : null}
      <ul className="session-given">
        {numbing.map((one) => (
          <GivenLine key={one.id} part={part} one={one} />
        ))}
      </ul>
      {canWrite && opening.mayHaveAmides ? <AgainLines part={part} /> : null}
      {canWrite && opening.mayHaveAmides ? <GiveForm part={part} /> : null}
    </div>
  );
}

function GivenLine({ part, one }: { readonly part: Part; readonly one: Numbed }) {
  const { words, number, snapshot, mirror, nowMs, clock, atMs, tablet, canWrite } = part;
  const { worksFromMs, bestFromMs, removeByMs } = numbingClock(one, snapshot.record, mirror.opening, atMs);
  const unit = one.body.product.route === 'injected' ? 'mL' : 'g';
  const isLate = removeByMs !== undefined && one.removedAt === undefined && removeByMs <= nowMs;
  const minutes = Math.max(0, Math.floor((nowMs - atMs(one)) / 60_000));
  return (
    <li data-late={isLate || undefined}>
      <div>
        <strong>
          {one.body.product.name}, {number.format(one.body.amount)} {unit}
        </strong>{' '}
        <span className="soft">{zoneText(part, one.body.zone)}</span>
        {one.isSaved ? null : <Badge tone="ochre">{words.notYetSaved}</Badge>}
        {one.flags.includes('over-limit') ? <Badge tone="oxide">{words.overLimitFlag}</Badge> : null}
        {one.flags.includes('ruled-out') ? <Badge tone="oxide">{words.ruledOutFlag}</Badge> : null}
        <p className="figures small">
          {clock(atMs(one))} · {words.time.since(minutes)} ·{' '}
          {one.removedAt === undefined
            ? [
                words.numbing.worksFrom(clock(worksFromMs)),
                ...(bestFromMs === undefined ? [] : [words.numbing.bestFrom(clock(bestFromMs))]),
                ...(removeByMs === undefined ? [] : [words.numbing.offBy(clock(removeByMs))]),
              ].join(' · ')
            : words.numbing.offAt(clock(atMs({ at: one.removedAt, isSaved: one.isSaved })))}
        </p>
        {isLate ? <Badge tone="oxide">{words.numbing.offNow}</Badge> : null}
      </div>
      {removeByMs !== undefined && one.removedAt === undefined && canWrite ? (
        <Button
          look={isLate ? 'strong' : 'plain'}
          onPress={() => void tablet.write('numbing-removed', { of: one.id })}
        >
          {words.numbing.takeOff}
        </Button>
      ) : null}
    </li>
  );
}

/** What was given last time, each dose with a press of its own and only while the limit allows it. */
function AgainLines({ part }: { readonly part: Part }) {
  const { words, number, snapshot, mirror, nowMs, tablet } = part;
  const { record } = snapshot;
  const given = record.numbing.map(({ body }) => `${body.product.id} ${body.zone}`);
  const left = (mirror.opening.proposal.numbing ?? []).filter(
    ({ product, zone }) => !given.includes(`${product.id} ${zone}`),
  );
  if (left.length === 0) return null;
  const at = new Date(nowMs + mirror.clockSkewMs).toISOString();
  return (
    <section aria-labelledby="numbing-again">
      <h2 id="numbing-again">{words.numbing.again}</h2>
      <ul className="session-given">
        {left.map((next) => {
          const answer = mayNumb(record, mirror.opening, next, at);
          const unit = next.product.route === 'injected' ? 'mL' : 'g';
          const said = `${next.product.name}, ${number.format(next.amount)} ${unit}`;
          return (
            <li key={`${next.product.id} ${next.zone} ${next.amount}`}>
              <div>
                <strong>{said}</strong> <span className="soft">{zoneText(part, next.zone)}</span>
                {next.areaCm2 === undefined ? null : (
                  <span className="soft"> · {number.format(next.areaCm2)} cm²</span>
                )}
                {answer.ok ? null : (
                  <p className="small">{words.refusals[answer.reason] ?? answer.message}</p>
                )}
              </div>
              <Button
                isDisabled={!answer.ok}
                aria-label={`${words.numbing.giveAgain}: ${said}`}
                onPress={() => void tablet.write('numbing', next)}
              >
                {words.numbing.giveAgain}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function choicesOf({ mirror }: Part): readonly Choice[] {
  const stocked = mirror.opening.lots.flatMap((lot): Choice[] =>
    lot.numbing === undefined
      ? []
      : [{ id: lot.id, label: `${lot.name} · ${lot.lotNumber}`, product: lot.numbing, lotId: lot.id }],
  );
  return [...stocked, ...commonProducts.map((product) => ({ id: product.id, label: product.name, product }))];
}

function GiveForm({ part }: { readonly part: Part }) {
  const { words, number, snapshot, mirror, nowMs, tablet } = part;
  const { opening, clockSkewMs } = mirror;
  const choices = choicesOf(part).map((choice) => ({
    ...choice,
    isRuledOut:
      !opening.mayHavePrilocaine &&
      choice.product.actives.some(({ substance }) => substance === 'prilocaine'),
  }));
  const [choiceId, setChoiceId] = useState(choices.find(({ isRuledOut }) => !isRuledOut)?.id ?? '');
  const [zone, setZone] = useState(zonesOf(part)[0] ?? '');
  const [amount, setAmount] = useState(Number.NaN);
  const [areaCm2, setArea] = useState(Number.NaN);
  const [skin, setSkin] = useState<Application['skin']>('intact');
  const [nearEye, setNearEye] = useState(false);
  const [reason, setReason] = useState('');
  const [minutesAgo, setMinutesAgo] = useState(0);
  const choice = choices.find(({ id }) => id === choiceId);
  if (choice === undefined) return null;
  const { product } = choice;
  const isTopical = product.route === 'topical';
  const unit = isTopical ? 'g' : 'mL';
  const next: Application = {
    product,
    ...(choice.lotId !== undefined && { lotId: choice.lotId }),
    zone,
    amount: Number.isFinite(amount) ? amount : 0,
    ...(isTopical && Number.isFinite(areaCm2) && areaCm2 > 0 && { areaCm2 }),
    skin: isTopical ? skin : 'intact',
    nearEye: isTopical && nearEye,
    ...(isTopical && reason.trim() !== '' && { reason: reason.trim() }),
  };
  const hasAmount = next.amount > 0;
  const at = new Date(nowMs + clockSkewMs).toISOString();
  const { record } = snapshot;
  // Without an amount only what stops any amount is asked for.
  const answer = mayNumb(record, opening, hasAmount ? next : { ...next, amount: 0.001 }, at);
  const left = amountLeft(numbingFacts(record, opening), givenIn(record, opening, at), next);
  const give = async () => {
    await tablet.write('numbing', next, minutesAgo);
    setAmount(Number.NaN);
    setArea(Number.NaN);
    setReason('');
    setMinutesAgo(0);
  };
  const showsRefusal = !answer.ok && (hasAmount || !['needs-area', 'needs-reason'].includes(answer.reason));
  const hasEpinephrine = product.actives.some(({ substance }) => substance === 'epinephrine');
  return (
    <div className="session-form">
      <div className="session-fields">
        <Select
          label={words.numbing.product}
          options={choices.map(({ id, label, isRuledOut }) => ({ id, label, disabled: isRuledOut }))}
          selectedKey={choiceId}
          onSelectionChange={(key) => setChoiceId(String(key))}
        />
        <ZoneField part={part} zone={zone} onChange={setZone} />
        <NumberField
          label={words.numbing.amount}
          unit={unit}
          minValue={0}
          maxValue={500}
          step={0.1}
          value={amount}
          onChange={setAmount}
          hint={
            answer.ok || answer.reason === 'over-limit'
              ? words.numbing.fits(`${number.format(left)} ${unit}`)
              : undefined
          }
        />
        {isTopical ? (
          <NumberField
            label={words.numbing.area}
            unit="cm²"
            minValue={0}
            maxValue={5000}
            step={1}
            value={areaCm2}
            onChange={setArea}
            {...(!isMixedCream(product) && { hint: undefined })}
          />
        ) : null}
        <NumberField
          label={words.numbing.minutesAgo}
          minValue={0}
          maxValue={720}
          step={5}
          value={minutesAgo}
          onChange={(value) => setMinutesAgo(Number.isFinite(value) ? value : 0)}
        />
      </div>
      {isTopical ? (
        <>
          <RadioGroup
            label={words.numbing.skin}
            orientation="horizontal"
            value={skin}
            onChange={(value) => setSkin(value as Application['skin'])}
            options={Object.entries(words.numbing.skins).map(([id, label]) => ({ id, label }))}
          />
          <Checkbox isSelected={nearEye} onChange={setNearEye}>
            {words.numbing.nearEye}
          </Checkbox>
          {skin === 'broken' ? (
            <TextField label={words.numbing.reason} value={reason} onChange={setReason} maxLength={400} />
          ) : null}
        </>
      ) : null}
      {hasEpinephrine ? <p className="soft small">{words.numbing.epinephrine}</p> : null}
      {showsRefusal ? (
        <Alert tone="oxide" title={words.refusals[answer.reason] ?? answer.message} live>
          {answer.reason === 'over-limit' ? words.numbing.fits(`${number.format(left)} ${unit}`) : undefined}
        </Alert>
      ) : null}
      {hasAmount && answer.ok ? <Meter part={part} next={next} /> : null}
      <Button
        look="strong"
        wide
        isDisabled={!hasAmount || !answer.ok || zone === ''}
        onPress={() => void give()}
      >
        {words.numbing.give}
      </Button>
    </div>
  );
}

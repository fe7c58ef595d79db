import { givenIn, numbingFacts, numbingLedger } from '@undertone/clinic/session/journal.ts';
import { ledgerOf } from '@undertone/clinic/session/numbing.ts';
import type { Application } from '@undertone/clinic/session/schema.ts';
import { Badge } from '../ui/surfaces.tsx';
import type { Part } from './part.ts';

/** The numbing ledger as it stands; with `next`, also what it would be. */
export function Meter({ part, next }: { readonly part: Part; readonly next?: Application | undefined }) {
  const { words, number, snapshot, mirror, nowMs } = part;
  const { record } = snapshot;
  const { opening, clockSkewMs } = mirror;
  const at = new Date(nowMs + clockSkewMs).toISOString();
  const ledger = numbingLedger(record, opening, at);
  const facts = numbingFacts(record, opening);
  const after = next && ledgerOf(facts, [...givenIn(record, opening, at), next]);
  const percent = (fraction: number) => (Number.isFinite(fraction) ? Math.round(fraction * 100) : 100);
  const used = percent(ledger.fraction);
  const tone = ledger.isOver || used >= 100 ? 'oxide' : used >= 75 ? 'ochre' : 'verdigris';
  const isLean = ledger.countedKg !== undefined && ledger.countedKg < (facts.weightKg ?? 0);
  return (
    <section className="session-meter" data-testid="meter" data-tone={tone} aria-label={words.meter.label}>
      <div className="row-apart">
        <h2>{words.meter.label}</h2>
        <span className="figures">
          <strong className="session-percent">{used} %</strong>{' '}
          <span className="soft small">{words.meter.ofAllowance}</span>
        </span>
      </div>
      <div
        className="meter-track"
        role="meter"
        aria-label={words.meter.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, used)}
        aria-valuetext={`${used} %`}
      >
        {after ? (
          <div
            className="meter-next"
            style={{ transform: `scaleX(${Math.min(1, percent(after.fraction) / 100)})` }}
          />
        ) : null}
        <div className="meter-used" style={{ transform: `scaleX(${Math.min(1, used / 100)})` }} />
      </div>
      {after ? (
        <p className="figures small">
          {words.meter.with}: {percent(after.fraction)} %
        </p>
      ) : null}
      {ledger.isOver ? (
        <Badge tone="oxide">{words.meter.over}</Badge>
      ) : used >= 100 ? (
        <Badge tone="oxide">{words.meter.stop}</Badge>
      ) : null}
      <dl className="facts figures">
        <dt>mg</dt>
        <dd>
          {words.meter.substances.lidocaine} {number.format(ledger.mg.lidocaine)} ·{' '}
          {words.meter.substances.prilocaine} {number.format(ledger.mg.prilocaine)}
        </dd>
        {ledger.lines.map(({ line, used: amount, most }) => (
          <FactsRow
            key={line}
            name={words.meter.lines[line]}
            value={words.meter.of(
              number.format(amount),
              `${number.format(most)} ${line === 'cream' ? 'g' : 'mg'}`,
            )}
          />
        ))}
      </dl>
      <p className="soft small">
        {ledger.countedKg === undefined
          ? null
          : `${words.meter.counted(number.format(ledger.countedKg))}${isLean ? ` (${words.meter.lean})` : ''}. `}
        {words.meter.limits}
      </p>
    </section>
  );
}

function FactsRow({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

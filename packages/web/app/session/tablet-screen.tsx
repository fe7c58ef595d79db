import { sessionCaps } from '@undertone/clinic/session/protocol.ts';
import { useEffect, useState } from 'react';
import { deskTag } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { BeforePanel } from './before-panel.tsx';
import { EndPanel } from './end-panel.tsx';
import { SignIn } from './given.tsx';
import { Meter } from './meter.tsx';
import { type NextAct, nextAct, type Step } from './next-act.ts';
import { NumbingPanel } from './numbing-panel.tsx';
import { fieldText, type Part } from './part.ts';
import { SoFar } from './so-far.tsx';
import { type SessionWords, sessionWords } from './words.ts';
import { WorkPanel } from './work-panel.tsx';

const steps: readonly Step[] = ['before', 'numbing', 'work', 'end'];
const tickMs = 5000;

export function TabletScreen({
  tablet,
  snapshot,
  mirror,
  given,
}: Pick<Part, 'tablet' | 'snapshot' | 'mirror' | 'given'>) {
  const words = sessionWords[given.locale];
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  const tag = deskTag(given.locale);
  const time = new Intl.DateTimeFormat(tag, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: given.zone,
  });
  const { record } = snapshot;
  const { session, opening, clockSkewMs } = mirror;
  const part: Part = {
    tablet,
    snapshot,
    mirror,
    given,
    words,
    number: new Intl.NumberFormat(tag, { maximumFractionDigits: 2 }),
    clock: (ms) => time.format(ms + clockSkewMs),
    nowMs,
    atMs: ({ at, isSaved }) => Date.parse(at) - (isSaved ? clockSkewMs : 0),
    canWrite: given.canWrite && session.state !== 'signed',
  };
  const next = nextAct(record, opening, session, nowMs, part.atMs);
  // The page goes along with what comes next, but does not leave the work while somebody may still be recording it.
  const [shown, setShown] = useState<{ act: NextAct['act']; step: Step }>({ act: next.act, step: next.step });
  if (shown.act !== next.act) {
    const stays = session.state === 'open' && (next.act === 'observe' || next.act === 'keep');
    setShown({ act: next.act, step: stays ? shown.step : next.step });
  }
  const { step } = shown;
  const goTo = (to: Step) => setShown({ act: next.act, step: to });
  return (
    <>
      <a className="skip-link" href="#content">
        {words.next.label}
      </a>
      <header className="session-head">
        <a className="button" data-look="quiet" href={`/desk/patients/${session.patientId}/session`}>
          ← {words.back}
        </a>
        <div className="session-who">
          <h1>{mirror.patientName}</h1>
          <span className="soft">{words.treatments[session.treatment]}</span>
        </div>
        <Elapsed part={part} />
        <LineState part={part} />
      </header>
      <main className="session-body" id="content">
        <div className="session-main">
          <section className="session-next" aria-label={words.next.label}>
            <span className="soft small">{words.next.label}</span>
            <div className="row-apart">
              <strong aria-live="polite">{nextText(words, next, part)}</strong>
              {next.step === step ? null : (
                <Button look="strong" onPress={() => goTo(next.step)}>
                  {words.steps[next.step]} →
                </Button>
              )}
            </div>
          </section>
          <nav className="session-steps" aria-label={words.title}>
            {steps.map((one) => (
              <button
                key={one}
                type="button"
                className="session-step"
                aria-current={one === step ? 'step' : undefined}
                data-next={one === next.step || undefined}
                onClick={() => goTo(one)}
              >
                {words.steps[one]}
              </button>
            ))}
          </nav>
          <Stopped part={part} />
          <Conflicts part={part} />
          {step === 'before' ? <BeforePanel part={part} /> : null}
          {step === 'numbing' ? <NumbingPanel part={part} /> : null}
          {step === 'work' ? <WorkPanel part={part} /> : null}
          {step === 'end' ? <EndPanel part={part} /> : null}
        </div>
        <aside className="session-side" aria-label={words.soFar}>
          <Meter part={part} />
          <Refused part={part} />
          <SoFar part={part} />
        </aside>
      </main>
    </>
  );
}

function nextText(
  words: SessionWords,
  next: NextAct,
  { clock, nowMs }: Pick<Part, 'clock' | 'nowMs'>,
): string {
  if (next.act !== 'wait-numbing') return words.next[next.act];
  const minutes = Math.ceil((next.worksFromMs - nowMs) / 60_000);
  return `${words.next['wait-numbing'](clock(next.worksFromMs))} · ${words.time.since(minutes)}`;
}

function Elapsed({ part: { words, snapshot, mirror, nowMs, atMs } }: { readonly part: Part }) {
  const { record } = snapshot;
  const first = record.firstNeedleAt;
  if (first === undefined) return <p className="session-elapsed soft">{words.time.notBegun}</p>;
  const isSaved =
    record.passes.length > 0 ? record.passes.some((one) => one.at === first && one.isSaved) : true;
  const isOpen = mirror.session.state === 'open';
  const endMs = isOpen || record.lastAt === undefined ? nowMs : atMs({ at: record.lastAt, isSaved: true });
  const minutes = Math.max(0, Math.floor((endMs - atMs({ at: first, isSaved })) / 60_000));
  const { mostMinutes } = sessionCaps[mirror.session.treatment];
  const isOver = isOpen && mostMinutes !== undefined && minutes >= mostMinutes;
  return (
    <div className="session-elapsed" data-over={isOver || undefined}>
      <span className="soft small">{words.time.needle}</span>
      <span className="figures">
        <strong>{words.time.since(minutes)}</strong>
        {mostMinutes === undefined ? null : (
          <span className="soft small"> {words.time.cap(mostMinutes)}</span>
        )}
      </span>
      {isOver ? <span role="alert">{words.time.over}</span> : null}
    </div>
  );
}

/** Whether what was written is with the server, and what to do when it is not. */
function LineState({ part: { words, snapshot, given, tablet } }: { readonly part: Part }) {
  const { line, waiting, isKeptForOffline } = snapshot;
  return (
    <div
      className="session-line"
      role="status"
      data-testid="line"
      data-line={line}
      data-waiting={waiting}
      data-offline={isKeptForOffline}
    >
      {waiting > 0 ? (
        <Badge tone="ochre">{words.line.waiting(waiting)}</Badge>
      ) : line === 'up' ? (
        <Badge tone="verdigris">{words.line.saved}</Badge>
      ) : null}
      {line === 'down' ? <Badge tone="ochre">{words.line.down}</Badge> : null}
      {line === 'signed-out' ? (
        <>
          <Badge tone="oxide">{words.line.signedOut}</Badge>
          <SignIn given={given} />
        </>
      ) : null}
      {line === 'down' ? (
        <Button look="quiet" onPress={() => void tablet.sendNow()}>
          {words.tryAgain}
        </Button>
      ) : null}
      <span className="soft small">
        {isKeptForOffline ? words.line.offlineReady : line === 'up' ? null : words.line.offlineNot}
      </span>
    </div>
  );
}

/** What has stopped the session from outside, above everything else. */
function Stopped({ part }: { readonly part: Part }) {
  const { words, mirror } = part;
  const { consentWithdrawnAt, heldLots = [] } = mirror.opening.stops ?? {};
  const names = heldLots.flatMap(({ id }) => {
    const lot = mirror.opening.lots.find((one) => one.id === id);
    return lot === undefined ? [] : [`${lot.name} · ${lot.lotNumber}`];
  });
  return (
    <>
      {consentWithdrawnAt === undefined ? null : (
        <Alert tone="oxide" title={words.consentWithdrawn} live>
          {words.consentWithdrawnText}
        </Alert>
      )}
      {heldLots.length === 0 ? null : (
        <Alert tone="oxide" title={[words.heldLot, ...names].join(': ')} live>
          {words.heldLotText}
        </Alert>
      )}
    </>
  );
}

function Conflicts({ part }: { readonly part: Part }) {
  const { words, snapshot, tablet, given, mirror } = part;
  const { conflicts, fields } = snapshot.record;
  if (conflicts.length === 0) return null;
  return (
    <Alert tone="oxide" title={words.conflict.title} live>
      {conflicts.map((field) => (
        <div key={field} className="row">
          <span>{words.fields[field]}:</span>
          {(fields[field] ?? []).map(({ id, value }) => {
            const said = fieldText(part, field, value, mirror);
            return given.canSign && part.canWrite ? (
              <Button key={id} onPress={() => void tablet.set(field, value as never)}>
                {words.conflict.use(said)}
              </Button>
            ) : (
              <strong key={id}>{said}</strong>
            );
          })}
        </div>
      ))}
      {given.canSign ? null : <p>{words.conflict.physician}</p>}
    </Alert>
  );
}

/** What the server did not take stays in sight until somebody has read it. */
function Refused({ part: { words, snapshot, tablet } }: { readonly part: Part }) {
  if (snapshot.refused.length === 0) return null;
  return (
    <Alert tone="oxide" title={words.refusedTitle} live>
      <ul className="session-refused">
        {snapshot.refused.map(({ entry, refusal }) => (
          <li key={entry.id}>
            <span>
              {words.refusals[refusal?.reason ?? 'other'] ?? refusal?.message ?? words.refusals.other}
            </span>
            <Button look="quiet" onPress={() => void tablet.dismiss(entry.id)}>
              {words.understood}
            </Button>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

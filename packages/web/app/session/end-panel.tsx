import { keepFaults } from '@undertone/clinic/session/journal.ts';
import type { SessionRefusal } from '@undertone/clinic/session/schema.ts';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { RadioGroup } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Part } from './part.ts';
import { PhotoList } from './photo-list.tsx';
import { TextLine } from './work-panel.tsx';

/** How the skin looks, how it ended; then keeping, signing, and what the patient takes home. */
export function EndPanel({ part }: { readonly part: Part }) {
  const { words, snapshot, mirror, canWrite } = part;
  const { session, opening } = mirror;
  const { record } = snapshot;
  const faults = session.state === 'signed' ? [] : keepFaults(record, opening, session.state === 'kept');
  return (
    <div className="session-panel">
      {canWrite ? (
        <>
          <Choice part={part} field="bleeding" options={words.bleedings} />
          <Choice part={part} field="endpoint" options={words.endpoints} />
          <Choice part={part} field="stopReason" options={words.stopReasons} />
          <PhotoList part={part} moment="after" />
          {faults.includes('over-limit-note-missing') && part.given.canSign ? (
            <OverLimitNote part={part} />
          ) : null}
        </>
      ) : null}
      {faults.length > 0 ? (
        <Alert tone="ochre" title={words.missingTitle}>
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{words.faults[fault]}</li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <Acts part={part} isWhole={faults.length === 0} />
    </div>
  );
}

function Choice({
  part: { words, snapshot, tablet },
  field,
  options,
}: {
  readonly part: Part;
  readonly field: 'bleeding' | 'endpoint' | 'stopReason';
  readonly options: Readonly<Record<string, string>>;
}) {
  const held = snapshot.record.fields[field]?.[0]?.value;
  // Shown at once; the record follows as soon as the entry is on the disk.
  const [pressed, setPressed] = useState<{ value: string; over: typeof held }>();
  const shown = pressed !== undefined && pressed.over === held ? pressed.value : held;
  return (
    <RadioGroup
      label={words.fields[field]}
      orientation="horizontal"
      value={shown ?? null}
      onChange={(value) => {
        setPressed({ value, over: held });
        void tablet.set(field, value as never);
      }}
      options={Object.entries(options).map(([id, label]) => ({ id, label }))}
    />
  );
}

function OverLimitNote({ part: { words, tablet } }: { readonly part: Part }) {
  const [text, setText] = useState('');
  return (
    <div className="session-take">
      <label className="field">
        <span className="field-label">{words.fields.overLimitNote}</span>
        <textarea
          className="input"
          rows={3}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={1000}
        />
      </label>
      <Button isDisabled={text.trim() === ''} onPress={() => void tablet.set('overLimitNote', text.trim())}>
        {words.work.write}
      </Button>
    </div>
  );
}

function Acts({ part, isWhole }: { readonly part: Part; readonly isWhole: boolean }) {
  const { words, mirror, tablet, given } = part;
  const { session } = mirror;
  const [refusal, setRefusal] = useState<SessionRefusal>();
  const [asking, setAsking] = useState(false);
  const ask = async (act: 'keep' | 'sign') => {
    setAsking(true);
    const answer = await tablet.ask(act);
    setRefusal(answer.ok ? undefined : answer);
    setAsking(false);
  };
  const mayKeep = given.canWrite && (session.state === 'open' || session.isBehind);
  const maySign = given.canSign && session.state === 'kept' && !session.isBehind;
  const base = `/desk/sessions/${session.id}`;
  return (
    <div className="session-acts">
      {refusal ? (
        <Alert tone="oxide" title={words.refusals[refusal.reason] ?? words.refusals.other ?? ''} live>
          {words.refusals[refusal.reason] === undefined ? refusal.message : undefined}
        </Alert>
      ) : null}
      {session.state === 'kept' ? (
        <Alert
          tone={session.isBehind ? 'ochre' : 'verdigris'}
          title={session.isBehind ? words.behind : words.kept}
          live
        />
      ) : null}
      {session.state === 'signed' ? (
        <Alert tone="verdigris" title={words.signed} live>
          <span className="figures small session-hash">SHA-256 {session.sha256}</span>
        </Alert>
      ) : null}
      {mayKeep ? (
        <Button look="strong" wide isDisabled={!isWhole} isPending={asking} onPress={() => void ask('keep')}>
          {words.keep}
        </Button>
      ) : null}
      {maySign ? (
        <Button look="strong" wide isDisabled={!isWhole} isPending={asking} onPress={() => void ask('sign')}>
          {words.sign}
        </Button>
      ) : null}
      {session.state === 'open' ? null : (
        <div className="row">
          <a className="button" href={`${base}/aftercare.pdf`} download>
            {words.aftercare}
          </a>
          <a className="button" href={`${base}/note.pdf`} download>
            {words.sessionNote}
          </a>
        </div>
      )}
      {session.state === 'signed' && given.canWrite ? (
        <TextLine part={part} kind="addendum" label={words.addendum} />
      ) : null}
    </div>
  );
}

import { type Finding, textOf } from '@undertone/clinic/candidacy/rules.ts';
import type { Screening } from '@undertone/clinic/screening/commands.ts';
import { gateWords } from '@undertone/clinic/screening/rules.ts';
import { useState } from 'react';
import { Form, useNavigation } from 'react-router';
import { deskTag, intlTag, type Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { Alert, Badge, type Tone } from '../ui/surfaces.tsx';
import { screeningWords } from './words.ts';

const toneOf: Readonly<Record<Finding['action'], Tone>> = {
  STOP: 'oxide',
  DEFER: 'ochre',
  REVIEW: 'nil',
  INFORM: 'plain',
};

interface Fault {
  readonly reason: string;
  readonly field: string;
}

/** What the gates say, a word of the physician at each, and the decisions signed so far. */
export function Decisions({
  locale,
  zone,
  screening,
  mayDecide,
  fault,
}: {
  readonly locale: Locale;
  readonly zone: string;
  readonly screening: Screening;
  readonly mayDecide: boolean;
  readonly fault: Fault | undefined;
}) {
  const words = screeningWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const [overall, setOverall] = useState('');
  const { findings, answers, decisions, undecided } = screening;
  const moment = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  });
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  const faultAt = (field: string) =>
    fault?.field === field ? (words.faults[fault.reason] ?? words.faults['bad-form']) : undefined;
  const latest = decisions[0];
  return (
    <section className="stack">
      <h2>{words.findings}</h2>
      {answers === undefined ? (
        <p className="soft">{words.reasons['answers-missing']}</p>
      ) : (
        <Form method="post" className="screening-form">
          <input type="hidden" name="do" value="decide" />
          <input type="hidden" name="answersVersion" value={answers.version} />
          {findings.length === 0 ? <p>{words.noFindings}</p> : null}
          {findings.map((finding) => (
            <FindingCard
              key={finding.gate}
              finding={finding}
              protocol={screening.protocol}
              locale={locale}
              isOpen={undecided.includes(finding.gate)}
              mayDecide={mayDecide}
              faultAt={faultAt}
            />
          ))}
          {mayDecide ? (
            <>
              <h3>{words.decision}</h3>
              <p className="soft small">{words.decisionHint}</p>
              <fieldset className="choice-row">
                <legend>{words.overall}</legend>
                {gateWords.map((word) => (
                  <label key={word}>
                    <input
                      type="radio"
                      name="overall"
                      value={word}
                      required
                      onChange={() => setOverall(word)}
                    />
                    {words.overallWords[word]}
                  </label>
                ))}
              </fieldset>
              <FaultLine text={faultAt('overall')} />
              {overall === 'wait' ? (
                <div className="field">
                  <label className="field-label" htmlFor="until-date">
                    {words.waitUntil}
                  </label>
                  <input className="input" type="date" id="until-date" name="untilDate" />
                  <FaultLine text={faultAt('untilDate')} />
                </div>
              ) : null}
              <div className="field">
                <label className="field-label" htmlFor="decision-reason">
                  {words.why}
                </label>
                <textarea className="input" id="decision-reason" name="reason" rows={3} maxLength={2000} />
                <FaultLine text={faultAt('reason')} />
              </div>
              <div>
                <Button type="submit" look="strong" isPending={isBusy}>
                  {words.sign}
                </Button>
              </div>
            </>
          ) : (
            <Alert title={words.onlyPhysician} />
          )}
        </Form>
      )}
      <h2>{words.history}</h2>
      {latest === undefined ? <p className="soft">{words.noDecision}</p> : null}
      <ul className="spot-readings">
        {decisions.map((decision) => (
          <li key={decision.id}>
            <div className="row">
              <Badge tone={decision.overall === 'go' ? 'verdigris' : 'ochre'}>
                {words.overallWords[decision.overall]}
              </Badge>
              {decision.untilDate === null ? null : (
                <span>{words.until(day.format(Date.parse(decision.untilDate)))}</span>
              )}
              {decision.reopening === undefined ? null : (
                <Badge tone="ochre">{words.reopenedOn(moment.format(decision.reopening.at))}</Badge>
              )}
            </div>
            {decision.reason === '' ? null : <p>{decision.reason}</p>}
            {decision.findings
              .filter(({ reason }) => reason !== '')
              .map(({ gate, word, reason }) => (
                <p key={gate} className="small">
                  {gate}: {words.words[word]}. {reason}
                </p>
              ))}
            <p className="small">
              {words.signedBy(decision.signedBy.name, moment.format(Date.parse(decision.signedAt)))}
            </p>
            <p className="hash">SHA-256 {decision.sha256}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FindingCard({
  finding,
  protocol,
  locale,
  isOpen,
  mayDecide,
  faultAt,
}: {
  readonly finding: Finding;
  readonly protocol: Screening['protocol'];
  readonly locale: Locale;
  readonly isOpen: boolean;
  readonly mayDecide: boolean;
  readonly faultAt: (field: string) => string | undefined;
}) {
  const words = screeningWords[locale];
  const texts = textOf(locale);
  const gate = protocol.gates.find(({ id }) => id === finding.gate);
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  const { options } = texts.gates[finding.gate];
  const text = protocol.words[locale][finding.gate];
  return (
    <article className="finding" data-tone={toneOf[finding.action]}>
      <div className="row">
        <Badge tone={toneOf[finding.action]}>{`${finding.gate} ${finding.action}`}</Badge>
        {finding.untilDate === undefined ? null : (
          <strong>{words.until(day.format(Date.parse(finding.untilDate)))}</strong>
        )}
        {isOpen ? <Badge tone="ochre">{words.open}</Badge> : null}
      </div>
      <h3>{text.question}</h3>
      <p className="small">
        <strong>
          {finding.choice === 'unknown'
            ? texts.common.unsure
            : (options?.[finding.choice] ?? texts.common.yes)}
        </strong>
        {' · '}
        {text.reason}
      </p>
      <p className="soft small">
        {words.source}: {gate?.source} [{gate?.mark}, {gate?.reviewState}]
      </p>
      {mayDecide && finding.action !== 'INFORM' ? (
        <div className="finding-words">
          <fieldset className="choice-row">
            <legend className="visually-hidden">
              {words.decision}: {finding.gate}
            </legend>
            {gateWords.map((word) => (
              <label key={word}>
                <input type="radio" name={`word-${finding.gate}`} value={word} />
                {words.words[word]}
              </label>
            ))}
          </fieldset>
          <div className="field">
            <label className="field-label" htmlFor={`reason-${finding.gate}`}>
              {words.why}
            </label>
            <input
              className="input"
              id={`reason-${finding.gate}`}
              name={`reason-${finding.gate}`}
              maxLength={2000}
            />
          </div>
        </div>
      ) : null}
      <FaultLine text={faultAt(`gate.${finding.gate}`) ?? faultAt(`reason.${finding.gate}`)} />
    </article>
  );
}

export function FaultLine({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : <p className="field-error">{text}</p>;
}

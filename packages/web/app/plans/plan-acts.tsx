import type { PlanningRefusal, PlanSummary, Remade } from '@undertone/clinic/planning/rules.ts';
import { useFetcher } from 'react-router';
import type { Locale } from '../locales/index.ts';
import { Said } from '../shared/said.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { DifferenceTable } from './difference-table.tsx';
import './plans.css';
import type { PlanWords } from './words.ts';

/** What the page of a saved plan answers to its two acts. */
export type PlanAnswer = { readonly ok: true; readonly remade: Remade | null } | PlanningRefusal;

interface PlanActsProps {
  readonly locale: Locale;
  readonly words: PlanWords;
  readonly plan: PlanSummary;
  readonly latestVersion: number;
  readonly maySign: boolean;
  readonly mayMake: boolean;
  readonly at: Intl.DateTimeFormat;
  readonly number: Intl.NumberFormat;
}

/** Who signed a plan, signing it, and whether it still comes out the same when it is made again. */
export function PlanActs({
  locale,
  words,
  plan,
  latestVersion,
  maySign,
  mayMake,
  at,
  number,
}: PlanActsProps) {
  const sign = useFetcher<PlanAnswer>();
  const again = useFetcher<PlanAnswer>();
  const isLatest = plan.version === latestVersion;
  const remade = again.data?.ok ? again.data.remade : null;
  const refusal = [sign.data, again.data].flatMap((answer) => (answer && !answer.ok ? [answer] : []))[0];
  return (
    <section className="stack plans plan-acts" aria-label={words.signature}>
      {isLatest ? null : (
        <Alert tone="ochre" title={words.notLatest}>
          <ButtonLink to={`/desk/plans/${plan.planId}`}>{words.toLatest}</ButtonLink>
        </Alert>
      )}
      {plan.signature ? (
        <Alert
          tone="verdigris"
          title={words.signedBy(plan.signature.signerName, at.format(plan.signature.signedAt))}
        >
          <p className="field-hint plan-hash">
            {words.contentHash}: {plan.signature.contentSha256}
          </p>
        </Alert>
      ) : (
        <p className="soft">
          {words.unsigned}. {words.signText}
        </p>
      )}
      <div className="row">
        {maySign && isLatest && !plan.signature ? (
          <Button
            look="strong"
            isPending={sign.state !== 'idle'}
            onPress={() => void sign.submit({ intent: 'sign', version: plan.version }, { method: 'post' })}
          >
            {words.sign}
          </Button>
        ) : null}
        <Button
          isPending={again.state !== 'idle'}
          onPress={() => void again.submit({ intent: 'again', version: plan.version }, { method: 'post' })}
        >
          {words.again}
        </Button>
        <a className="button" href={`/desk/plan-papers/${plan.planId}?version=${plan.version}`}>
          {words.print}
        </a>
        {mayMake && isLatest ? (
          <ButtonLink look="quiet" to={`/studio?patient=${plan.patientId}&plan=${plan.planId}`}>
            {words.nextVersion}
          </ButtonLink>
        ) : null}
      </div>
      <p className="field-hint">{words.againText}</p>
      {refusal ? (
        <Alert tone="oxide" title={words.failed} live>
          <Said>{refusal.message}</Said>
        </Alert>
      ) : null}
      {remade?.isIdentical ? <Alert tone="verdigris" title={words.identical} live /> : null}
      {remade && !remade.isIdentical ? (
        <Alert tone="ochre" title={words.differs(remade.differences.length)} live>
          <div className="stack">
            <ul>
              {remade.reasons.map((reason) => (
                <li key={reason}>{words.reasons[reason]}</li>
              ))}
            </ul>
            <DifferenceTable
              locale={locale}
              words={words}
              differences={remade.differences}
              before={remade.engine.madeBy}
              after={remade.engine.now}
              number={number}
            />
          </div>
        </Alert>
      ) : null}
    </section>
  );
}

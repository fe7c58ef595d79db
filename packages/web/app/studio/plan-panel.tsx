import type { PlanAnswer } from '@undertone/engine/work/index.ts';
import type { ActionDispatch } from 'react';
import { Checkbox, RadioGroup } from '../ui/fields.tsx';
import type { MeasureWords } from './measure-words.ts';
import { PlanFacts } from './plan-facts.tsx';
import type { HealingView, StudioAct, StudioState } from './state.ts';
import type { StudioWords } from './words.ts';

interface PlanPanelProps {
  readonly words: StudioWords;
  readonly measure: MeasureWords;
  readonly number: Intl.NumberFormat;
  readonly plan: Extract<PlanAnswer, { ok: true }>;
  readonly view: HealingView;
  readonly range: StudioState['range'];
  readonly showDots: boolean;
  readonly onShowDots: (show: boolean) => void;
  readonly send: ActionDispatch<[StudioAct]>;
}

/** What of the plan is drawn over the photograph, and the plan itself. */
export function PlanPanel({
  words,
  measure,
  number,
  plan,
  view,
  range,
  showDots,
  onShowDots,
  send,
}: PlanPanelProps) {
  return (
    <section className="studio-step" aria-label={words.after} data-testid="plan">
      <RadioGroup
        label={words.after}
        orientation="horizontal"
        value={view}
        onChange={(next) => send({ type: 'view', view: next as HealingView })}
        options={(['day0', 'week6', 'month12', 'month24'] as const).map((one) => ({
          id: one,
          label: words.states[one],
        }))}
      />
      <RadioGroup
        label={words.range}
        orientation="horizontal"
        value={range}
        onChange={(next) => send({ type: 'range', range: next as StudioState['range'] })}
        options={(['light', 'expected', 'dark'] as const).map((one) => ({
          id: one,
          label: words.ranges[one],
        }))}
      />
      <Checkbox isSelected={showDots} isDisabled={plan.document.dots.count === null} onChange={onShowDots}>
        {words.showDots}
      </Checkbox>

      <PlanFacts words={words} measure={measure} number={number} document={plan.document} view={view} />
    </section>
  );
}

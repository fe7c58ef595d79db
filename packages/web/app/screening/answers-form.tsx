import { gatesFor, type StepId, textOf } from '@undertone/clinic/candidacy/rules.ts';
import type { Screening } from '@undertone/clinic/screening/commands.ts';
import { useState } from 'react';
import { Form, useNavigation } from 'react-router';
import type { Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { asksDate } from './forms.ts';
import { screeningWords } from './words.ts';

const stepOrder: readonly StepId[] = ['you', 'area', 'skin', 'medicines', 'health', 'good-to-know'];

/** Every gate of the treatment with its answer; the physician's own gates too. */
export function AnswersForm({
  locale,
  screening,
}: {
  readonly locale: Locale;
  readonly screening: Pick<Screening, 'treatment' | 'answers' | 'findings' | 'today' | 'protocol'>;
}) {
  const words = screeningWords[locale];
  const texts = textOf(locale);
  const isBusy = useNavigation().state !== 'idle';
  const gates = gatesFor(screening.treatment, 'physician', screening.protocol.gates);
  const given = screening.answers?.answers ?? {};
  const [choices, setChoices] = useState<Partial<Record<string, string>>>(
    Object.fromEntries(gates.map(({ id }) => [id, given[id]?.choice ?? ''])),
  );
  const raised = new Set(
    screening.findings.filter(({ choice }) => choice !== 'unknown').map(({ gate }) => gate),
  );
  const labelOf = (gateId: (typeof gates)[number]['id'], option: string) =>
    option === 'no'
      ? texts.common.no
      : (texts.gates[gateId].options?.[option] ?? (option === 'yes' ? texts.common.yes : option));
  return (
    <Form method="post" className="stack">
      <h2>{words.answers}</h2>
      <p className="soft small">{words.answersHint}</p>
      <input type="hidden" name="do" value="answers" />
      {stepOrder.map((step) => {
        const own = gates.filter((gate) => gate.step === step);
        if (own.length === 0) return null;
        return (
          <fieldset key={step} className="gate-group">
            <legend>{texts.steps[step]}</legend>
            {own.map((gate) => (
              <div key={gate.id} className="gate-row" data-raised={raised.has(gate.id) || undefined}>
                <span className="gate-id">{gate.id}</span>
                <label htmlFor={`choice-${gate.id}`}>
                  {screening.protocol.words[locale][gate.id].question}
                </label>
                <select
                  className="input"
                  id={`choice-${gate.id}`}
                  name={`choice-${gate.id}`}
                  value={choices[gate.id] ?? ''}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setChoices((before) => ({ ...before, [gate.id]: value }));
                  }}
                >
                  <option value="">{words.notAsked}</option>
                  {gate.options.map(({ id }) => (
                    <option key={id} value={id}>
                      {labelOf(gate.id, id)}
                    </option>
                  ))}
                  <option value="unsure">{texts.common.unsure}</option>
                </select>
                {asksDate(gate, choices[gate.id] ?? '') ? (
                  <input
                    className="input"
                    type="date"
                    name={`date-${gate.id}`}
                    max={screening.today}
                    aria-label={`${gate.id}: ${texts.gates[gate.id].date ?? ''}`}
                    defaultValue={given[gate.id]?.date}
                  />
                ) : null}
              </div>
            ))}
          </fieldset>
        );
      })}
      <div>
        <Button type="submit" isPending={isBusy}>
          {words.saveAnswers}
        </Button>
      </div>
    </Form>
  );
}

import { Form } from 'react-router';
import type { Locale } from '../locales/index.ts';
import { recordWords } from '../record/words.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/fields.tsx';
import { Badge } from '../ui/surfaces.tsx';
import type { intakeView } from './view.ts';
import { intakeWords } from './words.ts';

type View = ReturnType<typeof intakeView>;

/** What was sent in, what it raises first, and the acts: accept, give back. */
export function Answers({
  locale,
  formId,
  view,
  mayAct,
  isBusy,
}: {
  readonly locale: Locale;
  readonly formId: string;
  readonly view: View;
  readonly mayAct: boolean;
  readonly isBusy: boolean;
}) {
  const words = intakeWords[locale];
  const record = recordWords[locale];
  const raised = view.gates.filter(({ action }) => action !== null);
  const label = {
    name: record.name,
    birthDate: record.birthDate,
    sex: record.sex,
    phone: record.phone,
    email: record.email,
    guardianName: record.guardianName,
    relation: record.relation,
    guardianPhone: record.guardianPhone,
  };
  return (
    <div className="stack-l">
      <section className="stack">
        <h3>{words.findings}</h3>
        {raised.length === 0 ? <p className="soft">{words.noFindings}</p> : null}
        <ul className="record-entries">
          {raised.map((gate) => (
            <li key={gate.id} className="stack-s">
              <span className="row">
                <Badge tone={gate.action === 'STOP' ? 'oxide' : gate.action === 'INFORM' ? 'nil' : 'ochre'}>
                  {gate.id} {gate.action}
                </Badge>
                <strong>
                  {gate.label}
                  {gate.date === null ? '' : ` (${gate.date})`}
                </strong>
              </span>
              <span>{gate.question}</span>
              <span className="soft small">{gate.reason}</span>
            </li>
          ))}
        </ul>
        <p className="soft small">{words.unreviewed}</p>
      </section>
      <section className="stack">
        <h3>{words.said}</h3>
        <dl className="facts">
          {view.words.map(({ field, lines }) => (
            <div key={field} className="intake-said">
              <dt>{words[field]}</dt>
              <dd>{lines.length === 0 ? '—' : lines.map((line) => <div key={line}>{line}</div>)}</dd>
            </div>
          ))}
          {view.wishes === '' ? null : (
            <div className="intake-said">
              <dt>{words.wishes}</dt>
              <dd className="intake-lines">{view.wishes}</dd>
            </div>
          )}
        </dl>
        <details>
          <summary>{words.all}</summary>
          <dl className="facts">
            {view.gates.map((gate) => (
              <div key={gate.id} className="intake-said">
                <dt>{gate.question}</dt>
                <dd>
                  {gate.label}
                  {gate.date === null ? '' : ` (${gate.date})`}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      </section>
      {mayAct ? (
        <Form method="post" className="stack">
          <input type="hidden" name="form" value={formId} />
          {view.person.map(({ field, told, kept, isTaken }) => (
            <Checkbox key={field} name="take" value={field} defaultSelected={isTaken}>
              {words.take}: {label[field]} <strong>{told}</strong>
              {kept === '' ? null : (
                <span className="soft">
                  {' '}
                  · {words.inRecord}: {kept}
                </span>
              )}
            </Checkbox>
          ))}
          <div className="row">
            <Button type="submit" name="intent" value="accept" look="strong" isPending={isBusy}>
              {words.accept}
            </Button>
            <Button type="submit" name="intent" value="return" isDisabled={isBusy}>
              {words.giveBack}
            </Button>
          </div>
        </Form>
      ) : null}
    </div>
  );
}

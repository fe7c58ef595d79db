/** The parts of a patient's record page. */
import { healthKinds } from '@undertone/clinic/record/flags.ts';
import type { Age, HealthFlag, Likeness } from '@undertone/clinic/record/rules.ts';
import type { ContactChannel, ContactPurpose, RecordRefusal } from '@undertone/clinic/record/schema.ts';
import { Form, Link } from 'react-router';
import type { Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import { BirthFields, faultAt, flagOptions, LanguageField, SexField, type Typed } from './fields.tsx';
import { recordWords } from './words.ts';

interface Shared {
  readonly locale: Locale;
  readonly isBusy: boolean;
}

export function DetailsForm({
  locale,
  version,
  typed,
  refused,
  mayWrite,
  isBusy,
  weighedOn,
  ageTold,
}: Shared & {
  readonly version: number;
  readonly typed: Typed;
  readonly refused: Pick<RecordRefusal, 'reason' | 'field'> | undefined;
  readonly mayWrite: boolean;
  readonly weighedOn: string | null;
  readonly ageTold: number | null;
}) {
  const words = recordWords[locale];
  const fault = (field: string) => faultAt(words, refused, field);
  const field = (
    name: string,
    label: string,
    more: { hint?: string; lines?: number; type?: 'email' | 'tel' } = {},
  ) => (
    <TextField
      label={label}
      name={name}
      defaultValue={typed[name] ?? ''}
      error={fault(name)}
      autoComplete="off"
      isReadOnly={!mayWrite}
      {...more}
    />
  );
  const scale = (name: string, label: string, hint: string, values: readonly string[]) => (
    <Select
      label={label}
      hint={hint}
      name={name}
      defaultValue={typed[name] ?? ''}
      isDisabled={!mayWrite}
      options={[
        { id: '', label: words.notSaid },
        ...values.map((value, at) => ({ id: String(at + 1), label: value })),
      ]}
    />
  );
  return (
    <Form method="post" className="stack record-form">
      <input type="hidden" name="version" value={version} />
      {field('name', words.name)}
      {field('phones', words.phones, { hint: words.phonesHint, lines: 2 })}
      {field('email', words.email, { type: 'email' })}
      <BirthFields
        words={words}
        typed={{ ageYears: ageTold === null ? '' : String(ageTold), ...typed }}
        refused={refused}
      />
      <div className="record-pair">
        <SexField words={words} chosen={typed.sex ?? ''} />
        <LanguageField words={words} chosen={typed.language ?? locale} />
      </div>
      <div className="record-pair">
        {scale('fitzpatrick', words.fitzpatrick, words.fitzpatrickHint, ['I', 'II', 'III', 'IV', 'V', 'VI'])}
        {scale('monk', words.monk, words.monkHint, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])}
      </div>
      <TextField
        label={words.weight}
        name="weightKg"
        unit="kg"
        inputMode="decimal"
        defaultValue={typed.weightKg ?? ''}
        error={fault('weightKg')}
        isReadOnly={!mayWrite}
        {...(weighedOn !== null && { hint: words.weighedOn(weighedOn) })}
      />
      {field('guardianName', words.guardianName)}
      <div className="record-pair">
        {field('relation', words.relation)}
        {field('guardianPhone', words.guardianPhone, { type: 'tel' })}
      </div>
      {fault('guardian') ? <p className="field-error">{fault('guardian')}</p> : null}
      {mayWrite ? (
        <p>
          <Button type="submit" name="intent" value="details" look="strong" isPending={isBusy}>
            {words.save}
          </Button>
        </p>
      ) : null}
    </Form>
  );
}

interface HealthLine {
  readonly id: string;
  readonly kind: (typeof healthKinds)[number];
  readonly flag: HealthFlag | null;
  readonly note: string;
  readonly source: 'desk' | 'intake';
  readonly ended: string | null;
}

export function Health({
  locale,
  health,
  mayWrite,
  isBusy,
  typed,
}: Shared & { readonly health: readonly HealthLine[]; readonly mayWrite: boolean; readonly typed: Typed }) {
  const words = recordWords[locale];
  return (
    <>
      {healthKinds.map((kind) => {
        const lines = health.filter((line) => line.kind === kind);
        return (
          <section key={kind} className="stack-s" aria-label={words.kinds[kind]}>
            <h3>{words.kinds[kind]}</h3>
            {lines.length === 0 ? <p className="soft">{words.nothingNoted}</p> : null}
            <ul className="record-entries">
              {lines.map((line) => (
                <li key={line.id} className={line.ended === null ? 'row' : 'row record-ended'}>
                  <span className="stack-s record-entry">
                    <span>
                      {line.flag === null ? null : <strong>{words.codes[line.flag]}</strong>}
                      {line.flag !== null && line.note !== '' ? ': ' : ''}
                      {line.note}
                    </span>
                    <span className="row">
                      {line.source === 'intake' ? <Badge>{words.fromIntake}</Badge> : null}
                      {line.ended === null ? null : <span className="small">{words.ended(line.ended)}</span>}
                    </span>
                  </span>
                  {mayWrite && line.ended === null ? (
                    <Form method="post">
                      <input type="hidden" name="entry" value={line.id} />
                      <Button type="submit" name="intent" value="end" look="quiet" isDisabled={isBusy}>
                        {words.endEntry}
                      </Button>
                    </Form>
                  ) : null}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {mayWrite ? (
        <Form method="post" className="stack record-form" key={health.length}>
          <div className="record-pair">
            <Select
              label={words.kind}
              name="kind"
              defaultValue={typed.kind ?? 'allergy'}
              options={healthKinds.map((id) => ({ id, label: words.kinds[id] }))}
            />
            <Select
              label={words.flag}
              name="flag"
              defaultValue={typed.flag ?? ''}
              options={flagOptions(words)}
            />
          </div>
          <TextField
            label={words.note}
            hint={words.noteHint}
            name="note"
            defaultValue={typed.note ?? ''}
            autoComplete="off"
          />
          <p>
            <Button type="submit" name="intent" value="note" isPending={isBusy}>
              {words.add}
            </Button>
          </p>
        </Form>
      ) : null}
      <p className="soft small">{words.unreviewed}</p>
    </>
  );
}

export function ContactConsents({
  locale,
  consents,
  mayWrite,
  isBusy,
}: Shared & {
  readonly consents: readonly {
    readonly purpose: ContactPurpose;
    readonly channels: readonly { readonly channel: ContactChannel; readonly since: string | null }[];
  }[];
  readonly mayWrite: boolean;
}) {
  const words = recordWords[locale];
  const channels = consents[0]?.channels.map(({ channel }) => channel) ?? [];
  return (
    <div className="record-consents">
      <Table
        caption={words.contact}
        rows={consents}
        keyOf={(row) => row.purpose}
        columns={[
          { id: 'purpose', title: words.purpose, renderCell: (row) => words.purposes[row.purpose] },
          ...channels.map((channel) => ({
            id: channel,
            title: words.channels[channel],
            renderCell: (row: (typeof consents)[number]) => {
              const since = row.channels.find((one) => one.channel === channel)?.since ?? null;
              const said = since === null ? words.notAllowed : words.allowed(since);
              return (
                <span className="stack-s">
                  <span className="small">{said}</span>
                  {mayWrite ? (
                    <Form method="post">
                      <input type="hidden" name="intent" value="contact" />
                      <input type="hidden" name="channel" value={channel} />
                      <input type="hidden" name="purpose" value={row.purpose} />
                      <Button
                        type="submit"
                        name="given"
                        value={since === null ? 'yes' : 'no'}
                        look={since === null ? 'plain' : 'quiet'}
                        isDisabled={isBusy}
                        aria-label={`${since === null ? words.allow : words.withdraw}: ${words.channels[channel]}, ${words.purposes[row.purpose]}`}
                      >
                        {since === null ? words.allow : words.withdraw}
                      </Button>
                    </Form>
                  ) : null}
                </span>
              );
            },
          })),
        ]}
      />
    </div>
  );
}

export function SamePerson({
  locale,
  alike,
  merged,
  isBusy,
}: Shared & {
  readonly alike:
    | readonly {
        readonly id: string;
        readonly name: string;
        readonly phone: string | null;
        readonly age: Age | null;
        readonly by: readonly Likeness[];
      }[]
    | null;
  readonly merged: readonly { readonly id: string; readonly mergeId: string; readonly on: string }[];
}) {
  const words = recordWords[locale];
  return (
    <>
      {merged.length === 0 ? null : (
        <>
          <h3>{words.mergedRecords}</h3>
          <ul className="record-entries">
            {merged.map((one) => (
              <li key={one.mergeId} className="row">
                <Link to={`/desk/patients/${one.id}`}>{one.on}</Link>
                <Form method="post">
                  <input type="hidden" name="merge" value={one.mergeId} />
                  <Button type="submit" name="intent" value="undo" look="quiet" isDisabled={isBusy}>
                    {words.undo}
                  </Button>
                </Form>
              </li>
            ))}
          </ul>
        </>
      )}
      {alike !== null && alike.length === 0 ? <p role="status">{words.noneAlike}</p> : null}
      <ul className="record-alike">
        {(alike ?? []).map((one) => (
          <li key={one.id} className="row">
            <span className="stack-s record-alike-who">
              <Link to={`/desk/patients/${one.id}`}>{one.name}</Link>
              <span className="soft small figures">
                {[one.phone, one.age && words.years(one.age.years, one.age.isExact)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="small">{one.by.map((by) => words.likeBy[by]).join(', ')}</span>
            </span>
            <Dialog
              trigger={<Button>{words.merge}</Button>}
              title={words.merge}
              renderActions={(close) => (
                <>
                  <Button look="quiet" onPress={close}>
                    {words.cancel}
                  </Button>
                  <Form method="post" onSubmit={close}>
                    <input type="hidden" name="from" value={one.id} />
                    <input type="hidden" name="intent" value="merge" />
                    <Button type="submit" look="strong">
                      {words.merge}
                    </Button>
                  </Form>
                </>
              )}
            >
              {words.mergeText(one.name)}
            </Dialog>
          </li>
        ))}
      </ul>
    </>
  );
}

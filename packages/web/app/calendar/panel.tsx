import { useState } from 'react';
import { Link } from 'react-router';
import { moneyWords } from '../money/words.ts';
import { deskPictureWords } from '../preview/desk-words.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, Select, TextField } from '../ui/fields.tsx';
import { StatusBadge } from './agenda.tsx';
import { clockText } from './layout-rules.ts';
import { type Person, PersonField } from './person-field.tsx';
import { Reach } from './reach.tsx';
import type { CalendarData, CalendarVisit } from './view.ts';
import type { CalendarWords } from './words.ts';

/** Sends one of the calendar's forms. */
export type Send = (form: Readonly<Record<string, string>>) => void;

/** Everything about one visit, and what can be done with it. */
export function VisitPanel({
  visit,
  data,
  words,
  mayWrite,
  mayTakePayment,
  madePatientId,
  isBusy,
  send,
}: {
  readonly visit: CalendarVisit;
  readonly data: CalendarData;
  readonly words: CalendarWords;
  readonly mayWrite: boolean;
  readonly mayTakePayment: boolean;
  /** The record a refused try has made. */
  readonly madePatientId: string | undefined;
  readonly isBusy: boolean;
  readonly send: Send;
}) {
  const { id, status } = visit;
  const isOpen = status === 'held' || status === 'confirmed' || status === 'arrived';
  const mark = (next: string, label: string, look: 'plain' | 'strong' = 'plain') => (
    <Button look={look} isDisabled={isBusy} onPress={() => send({ intent: 'status', id, status: next })}>
      {label}
    </Button>
  );
  return (
    <div className="stack">
      <div className="stack-s">
        <p className="figures">
          {visit.dayText}, {visit.timeText}
        </p>
        <p className="row">
          <StatusBadge visit={visit} words={words} />
        </p>
      </div>
      <dl className="facts">
        {visit.kind === 'block' ? null : (
          <>
            <dt>{words.service}</dt>
            <dd>{visit.service}</dd>
          </>
        )}
        {visit.withWhom === null ? null : (
          <>
            <dt>{words.withWhom}</dt>
            <dd>{visit.withWhom}</dd>
          </>
        )}
        {visit.place === null ? null : (
          <>
            <dt>{words.room}</dt>
            <dd>{visit.place}</dd>
          </>
        )}
        {visit.email === null ? null : (
          <>
            <dt>{words.email}</dt>
            <dd>{visit.email}</dd>
          </>
        )}
        {visit.note === null ? null : (
          <>
            <dt>{words.note}</dt>
            <dd>{visit.note}</dd>
          </>
        )}
      </dl>
      {visit.phone === null && visit.patientId === null && !visit.hasPicture ? null : (
        <div className="row">
          {visit.phone === null ? null : <Reach phone={visit.phone} chat={visit.chat} words={words} />}
          {visit.patientId === null ? null : (
            <Link className="button" to={`/desk/patients/${visit.patientId}`}>
              {words.record}
            </Link>
          )}
          {mayTakePayment && visit.patientId !== null && visit.status !== 'cancelled' ? (
            <Link className="button" to={`/desk/patients/${visit.patientId}/money`}>
              {moneyWords[data.locale].takePayment}
            </Link>
          ) : null}
          {visit.hasPicture ? (
            <Link className="button" to={`/desk/previews/booking/${id}`}>
              {deskPictureWords[data.locale].title}
            </Link>
          ) : null}
        </div>
      )}
      {mayWrite && visit.kind === 'visit' ? (
        <div className="row">
          {status === 'held' ? (
            <Button look="strong" isDisabled={isBusy} onPress={() => send({ intent: 'confirm', id })}>
              {words.confirm}
            </Button>
          ) : null}
          {status === 'confirmed' ? mark('arrived', words.markArrived, 'strong') : null}
          {status === 'arrived' ? mark('completed', words.markCompleted, 'strong') : null}
          {status === 'confirmed' && visit.startMinute <= data.nowMinute
            ? mark('no-show', words.markNoShow)
            : null}
        </div>
      ) : null}
      {mayWrite && visit.kind === 'visit' && visit.patientId === null ? (
        <LinkForm key={`link ${id}`} {...{ visit, words, madePatientId, isBusy, send }} />
      ) : null}
      {mayWrite && visit.kind === 'visit' && isOpen ? (
        <MoveForm key={`${id} ${visit.version}`} {...{ visit, data, words, isBusy, send }} />
      ) : null}
      {mayWrite && (visit.kind === 'block' || isOpen) ? (
        <Button look="quiet" isDisabled={isBusy} onPress={() => send({ intent: 'cancel', id })}>
          {visit.kind === 'block' ? words.unblock : words.cancel}
        </Button>
      ) : null}
    </div>
  );
}

function MoveForm({
  visit,
  data,
  words,
  isBusy,
  send,
}: {
  readonly visit: CalendarVisit;
  readonly data: CalendarData;
  readonly words: CalendarWords;
  readonly isBusy: boolean;
  readonly send: Send;
}) {
  return (
    <form
      className="cal-move"
      aria-label={words.moveTo}
      onSubmit={(event) => {
        event.preventDefault();
        const { roomId = '', machineId = '', ...form } = formOf(event.currentTarget);
        send({
          ...form,
          // Said only when it is to change: a room that is taken at the new time may then give way to a free one.
          ...(roomId !== '' && roomId !== visit.roomId && { roomId }),
          ...(machineId !== '' && machineId !== visit.machineId && { machineId }),
          intent: 'move',
          id: visit.id,
          version: String(visit.version),
        });
      }}
    >
      <div className="cal-pair">
        <TextField label={words.date} name="day" type="date" defaultValue={visit.day} isRequired />
        <TextField label={words.time} name="clock" type="time" defaultValue={visit.clock} isRequired />
      </div>
      <Select
        label={words.withWhom}
        name="practitionerId"
        options={data.staff.map(({ id, name }) => ({ id, label: name }))}
        defaultValue={visit.practitionerId}
      />
      {visit.roomId === null || data.rooms.length < 2 ? null : (
        <PlaceSelect name="roomId" label={words.room} places={data.rooms} now={visit.roomId} />
      )}
      {visit.machineId === null || data.machines.length < 2 ? null : (
        <PlaceSelect name="machineId" label={words.machine} places={data.machines} now={visit.machineId} />
      )}
      <Button type="submit" isDisabled={isBusy}>
        {words.move}
      </Button>
    </form>
  );
}

function PlaceSelect({
  name,
  label,
  places,
  now,
}: {
  readonly name: string;
  readonly label: string;
  readonly places: readonly { readonly id: string; readonly name: string }[];
  readonly now: string;
}) {
  const options = places.map((one) => ({ id: one.id, label: one.name }));
  return <Select label={label} name={name} options={options} defaultValue={now} />;
}

/** Ties a booking made on the site to a record: one that is found, or a new one from what the person gave. */
function LinkForm({
  visit,
  words,
  madePatientId,
  isBusy,
  send,
}: {
  readonly visit: CalendarVisit;
  readonly words: CalendarWords;
  readonly madePatientId: string | undefined;
  readonly isBusy: boolean;
  readonly send: Send;
}) {
  const [name, setName] = useState(visit.name);
  const [chosen, setChosen] = useState<Person>();
  const patientId = chosen?.id ?? madePatientId;
  return (
    <form
      className="stack-s cal-link"
      aria-label={words.linkTo}
      onSubmit={(event) => {
        event.preventDefault();
        send({
          intent: 'link',
          id: visit.id,
          name,
          language: visit.language,
          phone: visit.phone ?? '',
          email: visit.email ?? '',
          ...(patientId !== undefined && { patientId }),
        });
      }}
    >
      <h3>{words.linkTo}</h3>
      <PersonField
        words={words}
        name={name}
        chosen={chosen}
        also={visit.phone ?? ''}
        hint={chosen === undefined ? words.isNew : chosen.languageName}
        onName={(text) => {
          setName(text);
          setChosen(undefined);
        }}
        onChoose={(person) => {
          setChosen(person);
          setName(person.name);
        }}
      />
      <Button type="submit" isDisabled={isBusy}>
        {chosen === undefined ? words.linkNew : words.link}
      </Button>
    </form>
  );
}

/** The texts of a form by name. */
function formOf(form: HTMLFormElement): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') texts[name] = value;
  return texts;
}

/** What a request to be called back already says. */
export interface Prefill {
  readonly callback: string;
  /** When they would like to come, by the branch's clock. */
  readonly clock: string | null;
  readonly name: string;
  readonly phone: string;
  readonly language: string;
  readonly service: string | null;
}

/** A booking made at the desk. The person is found while the name is typed, or gets a record in the same step. */
export function BookingForm({
  data,
  words,
  languages,
  prefill,
  madePatientId,
  isBusy,
  send,
}: {
  readonly data: CalendarData;
  readonly words: CalendarWords;
  readonly languages: readonly { readonly id: string; readonly label: string }[];
  readonly prefill: Prefill | null;
  /** The record a refused try has made. */
  readonly madePatientId: string | undefined;
  readonly isBusy: boolean;
  readonly send: Send;
}) {
  const [name, setName] = useState(prefill?.name ?? '');
  const [language, setLanguage] = useState(prefill?.language ?? data.locale);
  const [chosen, setChosen] = useState<Person>();
  const patientId = chosen?.id ?? madePatientId;
  const isToday = data.day === data.today;
  const soon = Math.min(23 * 60 + 55, Math.ceil(data.now.minuteOfDay / 5) * 5);
  const clock = prefill?.clock ?? (isToday ? clockText(soon) : '');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send({
          ...formOf(event.currentTarget),
          intent: 'book',
          ...(patientId !== undefined && { patientId }),
          ...(prefill !== null && { callback: prefill.callback }),
        });
      }}
    >
      <PersonField
        words={words}
        name={name}
        chosen={chosen}
        also={prefill?.phone ?? ''}
        hint={
          chosen || madePatientId ? chosen?.languageName : name.trim() === '' ? words.nameHint : words.isNew
        }
        onName={(text) => {
          setName(text);
          setChosen(undefined);
        }}
        onChoose={(person) => {
          setChosen(person);
          setName(person.name);
          setLanguage(person.language);
        }}
      />
      <div className="cal-pair">
        <TextField
          label={words.phone}
          name="phone"
          type="tel"
          defaultValue={prefill?.phone ?? ''}
          autoComplete="off"
          optional={words.optional}
        />
        <TextField
          label={words.email}
          name="email"
          type="email"
          autoComplete="off"
          optional={words.optional}
        />
      </div>
      <div className="cal-pair">
        <Select
          label={words.service}
          name="service"
          options={data.services.map((one) => ({ id: one.slug, label: one.name }))}
          defaultValue={prefill?.service ?? data.services[0]?.slug ?? null}
        />
        <Select
          label={words.language}
          name="language"
          options={languages}
          value={language}
          onChange={(key) => setLanguage(String(key))}
        />
      </div>
      <div className="cal-pair">
        <TextField label={words.date} name="day" type="date" defaultValue={data.day} isRequired />
        <TextField label={words.time} name="clock" type="time" defaultValue={clock} isRequired />
      </div>
      <Select
        label={words.withWhom}
        name="practitionerId"
        options={[
          { id: '', label: words.anyone },
          ...data.staff.map(({ id, name: label }) => ({ id, label })),
        ]}
        defaultValue=""
      />
      <TextField label={words.note} name="note" lines={2} optional={words.optional} />
      <div className="stack-s">
        <Checkbox name="arrived" value="1" defaultSelected={isToday && prefill === null}>
          {words.isHere}
        </Checkbox>
        <Checkbox name="outside" value="1">
          {words.outsideHours}
        </Checkbox>
      </div>
      <Button type="submit" look="strong" isDisabled={isBusy}>
        {words.save}
      </Button>
    </form>
  );
}

/** Takes a stretch of time of a person, a room or a machine out of what can be booked. */
export function BlockForm({
  data,
  words,
  isBusy,
  send,
}: {
  readonly data: CalendarData;
  readonly words: CalendarWords;
  readonly isBusy: boolean;
  readonly send: Send;
}) {
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send({ ...formOf(event.currentTarget), intent: 'block' });
      }}
    >
      <Select
        label={words.whatIsBlocked}
        name="what"
        options={[...data.staff, ...data.rooms, ...data.machines].map(({ id, name }) => ({
          id,
          label: name,
        }))}
        defaultValue={data.staff[0]?.id ?? null}
      />
      <TextField label={words.date} name="day" type="date" defaultValue={data.day} isRequired />
      <div className="cal-pair">
        <TextField label={words.time} name="clock" type="time" isRequired />
        <TextField label={words.until} name="until" type="time" isRequired />
      </div>
      <TextField label={words.note} name="note" optional={words.optional} />
      <Button type="submit" look="strong" isDisabled={isBusy}>
        {words.save}
      </Button>
    </form>
  );
}

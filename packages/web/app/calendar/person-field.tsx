import { useEffect, useState } from 'react';
import { TextField } from '../ui/fields.tsx';
import type { CalendarWords } from './words.ts';

/** Somebody with a record. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly languageName: string;
}

/** A name while it is typed, and the people with records who bear it; choosing one means that one. */
export function PersonField({
  words,
  name,
  chosen,
  hint,
  also = '',
  onName,
  onChoose,
}: {
  readonly words: CalendarWords;
  readonly name: string;
  readonly chosen: Person | undefined;
  readonly hint: string | undefined;
  /** Something else they may be known by: a telephone number. */
  readonly also?: string;
  readonly onName: (name: string) => void;
  readonly onChoose: (person: Person) => void;
}) {
  const named = usePeople(chosen === undefined ? name : '');
  const reached = usePeople(chosen === undefined ? also : '');
  const people = [...named, ...reached.filter(({ id }) => named.every((one) => one.id !== id))];
  return (
    <>
      <TextField
        label={words.name}
        name="name"
        value={name}
        onChange={onName}
        hint={hint}
        autoComplete="off"
        isRequired
      />
      {people.length === 0 ? null : (
        <ul className="cal-people" aria-label={words.known}>
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" className="cal-person" onClick={() => onChoose(person)}>
                {person.name} <span className="soft small">{person.languageName}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** People with records whose names hold the typed words; asked a moment after the last key. */
function usePeople(text: string): readonly Person[] {
  const [found, setFound] = useState<{ text: string; people: readonly Person[] }>();
  const wanted = text.trim();
  useEffect(() => {
    if (wanted.length < 2) return undefined;
    const stop = new AbortController();
    const ask = async () => {
      try {
        const response = await fetch(`/desk/calendar/people?q=${encodeURIComponent(wanted)}`, {
          signal: stop.signal,
        });
        const { people } = (await response.json()) as { people: readonly Person[] };
        setFound({ text: wanted, people });
      } catch {
        // The network is gone or the text has changed: the person can still be typed in.
      }
    };
    const timer = setTimeout(() => void ask(), 250);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);
  return found !== undefined && found.text === wanted ? found.people : [];
}

import type { CalendarWords } from './words.ts';

/** One tap to speak or write to a person. */
export function Reach({
  phone,
  chat,
  words,
}: {
  readonly phone: string;
  readonly chat: string | null;
  readonly words: CalendarWords;
}) {
  return (
    <>
      <a className="button" href={`tel:${phone}`}>
        {words.call}
      </a>
      {chat === null ? null : (
        <a className="button" href={chat} target="_blank" rel="noreferrer">
          {words.whatsApp}
        </a>
      )}
    </>
  );
}

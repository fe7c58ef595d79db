import { Alert } from '../ui/surfaces.tsx';
import { type Answer, sentenceOf } from './shared.ts';
import type { MoneyWords } from './words.ts';

/** What became of the last form, where a reader of the page finds it. */
export function Notice({
  answer,
  words,
}: {
  readonly answer: Answer | undefined;
  readonly words: MoneyWords;
}) {
  if (!answer) return null;
  if (answer.ok) return <Alert tone="verdigris" title={words.saved} live />;
  return (
    <Alert tone="oxide" title={words.notSaved} live>
      <p>{sentenceOf(answer, words)}</p>
    </Alert>
  );
}

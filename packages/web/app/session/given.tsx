import type { Locale } from '../locales/index.ts';
import { sessionWords } from './words.ts';

/** What the server says to the page of a session; nothing about the person. */
export interface Given {
  readonly locale: Locale;
  readonly zone: string;
  readonly sessionId: string;
  readonly staffId: string;
  readonly canWrite: boolean;
  readonly canSign: boolean;
}

export function SignIn({ given }: { readonly given: Given }) {
  const words = sessionWords[given.locale].line;
  const to = encodeURIComponent(`/desk/sessions/${given.sessionId}`);
  return (
    <a className="button" data-look="strong" href={`/sign-in?to=${to}`}>
      {words.signIn}
    </a>
  );
}

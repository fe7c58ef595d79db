import { isRouteErrorResponse } from 'react-router';
import { type Locale, messagesFor } from './locales/index.ts';
import { usePageInfo } from './page-info.ts';
import { Stipple } from './ui/mark.tsx';

/** What a person sees when a page is missing, refused or broken: what happened, what to do, and a number to quote. */
export function FaultPage({ error, locale }: { readonly error: unknown; readonly locale: Locale }) {
  const { requestId } = usePageInfo();
  const words = messagesFor(locale).faults;
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const [title, text] =
    status === 404
      ? [words.missing, words.missingText]
      : status === 403
        ? [words.refused, words.refusedText]
        : [words.ours, words.oursText];
  return (
    <main className="site-section stack" id="content">
      <title>{title}</title>
      <div style={{ maxWidth: '22rem' }} className="soft">
        <Stipple columns={60} rows={8} seed={status} />
      </div>
      <h1>{title}</h1>
      <p className="measure">{text}</p>
      {status >= 500 ? <p className="soft figures">{requestId}</p> : null}
      <p>
        <a className="button" href="/">
          {words.home}
        </a>
      </p>
    </main>
  );
}

import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { intlTag, type Locale, localeNames, locales, type Messages } from '../locales/index.ts';
import { Mark, Stipple } from '../ui/mark.tsx';

/** The pages before one is inside: a short form beside the ramp of dots. */
export function Door({
  locale,
  words,
  children,
}: {
  readonly locale: Locale;
  readonly words: Messages;
  readonly children: ReactNode;
}) {
  return (
    <I18nProvider locale={intlTag(locale)}>
      <div className="door">
        <a className="skip-link" href="#content">
          {words.common.skip}
        </a>
        <header className="door-picture">
          <a className="wordmark" href={`/${locale}`}>
            <Mark />
            Undertone
          </a>
          <p className="door-words">{words.door.words}</p>
          <Stipple columns={60} rows={30} seed={21} />
        </header>
        <main className="door-form" id="content">
          {children}
          <form method="post" action="/preferences">
            <input type="hidden" name="to" value="/sign-in" />
            <div className="language-list">
              {locales.map((other) => (
                <button
                  key={other}
                  name="lang"
                  value={other}
                  lang={other}
                  className="language-button"
                  aria-current={other === locale ? 'true' : undefined}
                >
                  {localeNames[other]}
                </button>
              ))}
            </div>
          </form>
        </main>
      </div>
    </I18nProvider>
  );
}

import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { intlTag, type Locale } from '../locales/index.ts';
import { Preview } from './preview.tsx';

/** Puts the tool where the page offered it. Loaded only when a visitor asks for it. */
export function mountPreview(host: HTMLElement, locale: Locale, clinicName: string): void {
  createRoot(host).render(
    <I18nProvider locale={intlTag(locale)}>
      <Preview locale={locale} clinicName={clinicName} />
    </I18nProvider>,
  );
}

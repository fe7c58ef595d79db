/** The preview's tool, on its own: loaded when a visitor asks for it, it takes the place the page keeps for it. */

import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { intlTag, isLocale } from '../locales/index.ts';
import { Preview } from './preview.tsx';

const place = document.querySelector<HTMLElement>('[data-preview]');
if (place) {
  const locale = isLocale(place.dataset.locale) ? place.dataset.locale : 'en';
  createRoot(place).render(
    <I18nProvider locale={intlTag(locale)}>
      <Preview locale={locale} clinicName={place.dataset.clinic ?? ''} />
    </I18nProvider>,
  );
  place.focus();
}

import { cardPx } from '@undertone/clinic/visitor/card-size.ts';
import { intlTag, type Locale } from '../locales/index.ts';
import type { CardKey } from './card-picture.ts';

interface Described {
  readonly locale: Locale;
  readonly pageKey: CardKey;
  readonly title: string;
  readonly description: string;
  readonly publicUrl: string;
}

/** What messengers and networks show when a page is passed on (ogp.me, Twitter cards). */
export function cardMeta({ locale, pageKey, title, description, publicUrl }: Described) {
  const address = `${publicUrl}/${locale}${pageKey === 'home' ? '' : `/${pageKey}`}`;
  const picture = `${publicUrl}/${locale}/og/${pageKey}.png`;
  return [
    { property: 'og:title', content: title },
    { property: 'og:description', content: description },
    { property: 'og:type', content: 'website' },
    { property: 'og:url', content: address },
    { property: 'og:locale', content: intlTag(locale).replace('-', '_') },
    { property: 'og:image', content: picture },
    { property: 'og:image:type', content: 'image/png' },
    { property: 'og:image:width', content: String(cardPx.width) },
    { property: 'og:image:height', content: String(cardPx.height) },
    { property: 'og:image:alt', content: title },
    { name: 'twitter:card', content: 'summary_large_image' },
    { name: 'twitter:image', content: picture },
  ];
}

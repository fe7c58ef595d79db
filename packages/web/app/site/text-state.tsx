import type { PublicPage } from '@undertone/clinic/visitor/commands.ts';
import { intlTag, type Locale } from '../locales/index.ts';
import { siteWords } from './words.ts';

type ShownState = Pick<PublicPage, 'language' | 'reviewedBy' | 'reviewedAt' | 'publishedAt' | 'lagsBehind'>;

/** What a visitor may know about how a text came to stand there. */
export const stateOf = ({ language, reviewedBy, reviewedAt, publishedAt, lagsBehind }: ShownState) => ({
  language,
  reviewedBy,
  reviewedAt,
  publishedAt,
  lagsBehind,
});

/** Who reviewed the text or that nobody has, when it was published, and whether the translation is behind. */
export function TextState({
  locale,
  zone,
  language,
  reviewedBy,
  reviewedAt,
  publishedAt,
  lagsBehind,
}: ShownState & { readonly locale: Locale; readonly zone: string }) {
  const words = siteWords[locale];
  const date = (at: string | null) =>
    at === null
      ? ''
      : new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'long', timeZone: zone }).format(new Date(at));
  return (
    <p className="text-state" lang={locale}>
      {reviewedBy ? words.reviewedBy(reviewedBy, date(reviewedAt)) : words.unreviewed}
      {publishedAt ? ` ${words.published(date(publishedAt))}` : ''}
      {language === locale ? '' : ` ${words.onlyEnglish}`}
      {lagsBehind ? ` ${words.lagsBehind}` : ''}
    </p>
  );
}

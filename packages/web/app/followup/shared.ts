/** What the pages of the follow-up share. */
import type { Urgency } from '@undertone/clinic/followup/red-flags.ts';
import { followUpTexts } from '@undertone/clinic/followup/texts/index.ts';
import type { Locale } from '../locales/index.ts';
import type { Tone } from '../ui/surfaces.tsx';

export const urgencyTone: Readonly<Record<Urgency, Tone>> = {
  EMERG: 'oxide',
  DAY: 'oxide',
  '24H': 'ochre',
  SELF: 'plain',
};

/** Rows and doubts of an answer in the reader's language. */
export function reasonsInWords(
  locale: Locale,
  matched: readonly string[],
  doubts: readonly string[],
): readonly string[] {
  const texts = followUpTexts(locale);
  return [
    ...matched.map((id) => `${id} ${(texts.suspects as Record<string, string>)[id] ?? ''}`),
    ...doubts.map((id) => (texts.doubts as Record<string, string>)[id] ?? id),
  ];
}

export function telephone(phone: string): string {
  return `tel:${phone.replaceAll(/[^\d+]/g, '')}`;
}

/** What a refusal answers a page with. */
export function statusOf(reason: string): number {
  if (reason === 'not-allowed') return 403;
  return reason === 'not-found' ? 404 : 422;
}

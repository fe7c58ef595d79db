import { type Said as SaidWords, said } from '@undertone/engine/words/index.ts';
import { useRouteLoaderData } from 'react-router';
import { intlTag } from '../locales/index.ts';
import type { loader as rootLoader } from '../root.tsx';

/** Says what the engine wrote in the page's language, where the catalogue has it. */
export function useSaid(): (english: string) => SaidWords {
  const locale = useRouteLoaderData<typeof rootLoader>('root')?.locale ?? 'en';
  return (english) => said(english, locale, intlTag(locale));
}

/** A sentence of the engine in the page's language; in English, and marked so, where there is no translation. */
export function Said({ children }: { readonly children: string }) {
  const { text, language } = useSaid()(children);
  return language === 'en' ? <span lang="en">{text}</span> : text;
}

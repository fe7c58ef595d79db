import { type Said as SaidWords, sayings, speakerOf } from '@undertone/engine/words/index.ts';
import { useRouteLoaderData } from 'react-router';
import { intlTag } from '../locales/index.ts';
import type { loader as rootLoader } from '../root.tsx';
import { refusals } from './refusals/index.ts';

const { said } = speakerOf([...sayings, ...refusals]);

/** Says what the engine or a command wrote in the page's language, where the catalogues have it. */
export function useSaid(): (english: string) => SaidWords {
  const locale = useRouteLoaderData<typeof rootLoader>('root')?.locale ?? 'en';
  return (english) => said(english, locale, intlTag(locale));
}

/** A sentence of the engine or of a command in the page's language; in English, and marked so, without a translation. */
export function Said({ children }: { readonly children: string }) {
  const { text, language } = useSaid()(children);
  return language === 'en' ? <span lang="en">{text}</span> : text;
}

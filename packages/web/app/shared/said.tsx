import { type Said as SaidWords, speakerOf } from '@undertone/engine/words/speaker.ts';
import type { SomeSaying } from '@undertone/engine/words/template.ts';
import { useRouteLoaderData } from 'react-router';
import { intlTag } from '../locales/index.ts';
import type { loader as rootLoader } from '../root.tsx';

/**
 * The catalogue: whole on the server; on a page that of its language alone, loaded with the page's code (`vite.config.ts`
 * makes one file a language). English needs none. Where the file does not come, sentences stay English and say so.
 */
async function ownSayings(): Promise<readonly SomeSaying[]> {
  if (import.meta.env.SSR) return (await import('./every-saying.ts')).everySaying;
  const files: Readonly<Record<string, () => Promise<{ readonly sayings: readonly SomeSaying[] }>>> = {
    hi: () => import('virtual:sayings/hi'),
    bn: () => import('virtual:sayings/bn'),
    ne: () => import('virtual:sayings/ne'),
  };
  const file = files[document.documentElement.lang];
  return file
    ? file().then(
        ({ sayings }) => sayings,
        () => [],
      )
    : [];
}

const { said } = speakerOf(await ownSayings());

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

import { findPatients } from '@undertone/clinic/record/commands.ts';
import { localeNames } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf } from '../server/guard.ts';
import type { Route } from './+types/people.ts';
import { readersOnly } from './access.ts';

export const middleware: Route.MiddlewareFunction[] = [readersOnly];

/** `/desk/calendar/people?q=`: people with records whose names hold the words, for booking; the search is audited. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const text = (url.searchParams.get('q') ?? '').trim();
  if (text.length < 2) return { people: [] };
  const found = await findPatients(context.get(askedContext).clinic, actorOf(context), text, 8);
  if (!found.ok) return { people: [] };
  return {
    people: found.patients.map(({ id, name, language }) => ({
      id,
      name,
      language,
      languageName: localeNames[language],
    })),
  };
}

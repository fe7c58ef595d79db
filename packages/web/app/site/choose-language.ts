import { redirect } from 'react-router';
import { localeOf } from '../server/preferences.ts';
import type { Route } from './+types/choose-language.ts';

/** The bare address leads to the visitor's language. */
export function loader({ request }: Route.LoaderArgs) {
  return redirect(`/${localeOf(request)}`, {
    headers: { Vary: 'Cookie, Accept-Language', 'Cache-Control': 'private, no-cache' },
  });
}

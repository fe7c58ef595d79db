import { problemResponse } from '../../server/problem.ts';
import type { Route } from './+types/missing.ts';

/** Any address that no route knows. */
export function loader({ url }: Route.LoaderArgs) {
  if (url.pathname.startsWith('/api/')) {
    throw problemResponse({ status: 404, code: 'not-found', title: 'There is no such resource' });
  }
  throw new Response('There is no page here', { status: 404 });
}

export default function Missing() {
  return null;
}

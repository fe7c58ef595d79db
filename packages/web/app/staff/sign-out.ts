import { signOut } from '@undertone/clinic/staff/commands.ts';
import { redirect } from 'react-router';
import { askedContext } from '../server/context.ts';
import { endedSessionCookie, readSessionToken } from '../server/session-cookie.ts';
import type { Route } from './+types/sign-out.ts';

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic, https } = context.get(askedContext);
  const token = readSessionToken(request.headers.get('Cookie'), https);
  if (token !== undefined) await signOut(clinic, token);
  return redirect('/sign-in?out', { headers: { 'Set-Cookie': endedSessionCookie(https) } });
}

export function loader() {
  return redirect('/sign-in');
}

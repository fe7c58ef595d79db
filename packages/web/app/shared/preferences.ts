import { redirect } from 'react-router';
import { isLocale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { ownPath, preferenceCookie } from '../server/preferences.ts';
import type { Route } from './+types/preferences.ts';

/** Remembers the appearance and language a person chose, and returns to where they were. */
export async function action({ request, context }: Route.ActionArgs) {
  const { https } = context.get(askedContext);
  const form = await request.formData();
  const headers = new Headers();
  const theme = form.get('theme');
  if (theme !== null) {
    headers.append(
      'Set-Cookie',
      preferenceCookie('theme', theme === 'light' || theme === 'dark' ? theme : undefined, https),
    );
  }
  const lang = form.get('lang');
  if (isLocale(lang)) headers.append('Set-Cookie', preferenceCookie('lang', lang, https));
  return redirect(ownPath(form.get('to'), '/'), { headers });
}

export function loader() {
  return redirect('/');
}

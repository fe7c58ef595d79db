import { beginPasskeySignIn, finishPasskeySignIn } from '@undertone/clinic/staff/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { askedContext } from '../server/context.ts';
import { sessionCookie } from '../server/session-cookie.ts';
import type { Route } from './+types/passkey-sign-in.ts';
import { passkeyStep, takeStep } from './passkey-step.ts';

/** `POST /sign-in/passkey`: the two steps of a sign-in by passkey; the second opens the session. */
export async function action({ request, context }: Route.ActionArgs) {
  const { clinic, address, https } = context.get(askedContext);
  const tenantId = (await mainTenant(clinic))?.id ?? '';
  return takeStep(request, passkeyStep, async (sent, headers) => {
    if (sent.step === 'begin') return { ok: true, ...(await beginPasskeySignIn(clinic, tenantId)) };
    const from = { address, userAgent: request.headers.get('User-Agent') ?? '' };
    const answer = await finishPasskeySignIn(clinic, tenantId, sent, from);
    if (!answer.ok) return { ok: false, reason: answer.reason };
    headers.set('Set-Cookie', sessionCookie(answer.session.token, https));
    return { ok: true };
  });
}

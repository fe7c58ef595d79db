import { beginPasskeySignIn, finishPasskeySignIn } from '@undertone/clinic/staff/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { z } from 'zod';
import { askedContext } from '../server/context.ts';
import { sessionCookie } from '../server/session-cookie.ts';
import type { Route } from './+types/passkey-sign-in.ts';

const step = z.discriminatedUnion('step', [
  z.object({ step: z.literal('begin') }),
  z.object({ step: z.literal('finish'), challengeId: z.string(), response: z.unknown() }),
]);

/** `POST /sign-in/passkey`: the two steps of a sign-in by passkey; the second opens the session. */
export async function action({ request, context }: Route.ActionArgs) {
  const { clinic, address, https } = context.get(askedContext);
  const read = step.safeParse(await request.json().catch(() => undefined));
  if (!read.success) return Response.json({ ok: false, reason: 'bad-form' }, { status: 422 });
  const tenantId = (await mainTenant(clinic))?.id ?? '';
  const headers = { 'Cache-Control': 'no-store' };
  if (read.data.step === 'begin') {
    return Response.json({ ok: true, ...(await beginPasskeySignIn(clinic, tenantId)) }, { headers });
  }
  const from = { address, userAgent: request.headers.get('User-Agent') ?? '' };
  const answer = await finishPasskeySignIn(clinic, tenantId, read.data, from);
  if (!answer.ok) {
    const status = answer.reason === 'too-many-attempts' ? 429 : 422;
    return Response.json({ ok: false, reason: answer.reason }, { status, headers });
  }
  return Response.json(
    { ok: true },
    { headers: { ...headers, 'Set-Cookie': sessionCookie(answer.session.token, https) } },
  );
}

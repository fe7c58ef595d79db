import { z } from 'zod';

const begin = z.object({ step: z.literal('begin') });
const finish = z.object({ step: z.literal('finish'), challengeId: z.string(), response: z.unknown() });

/** What the browser sends: that it begins, then what the authenticator answered. */
export const passkeyStep = z.discriminatedUnion('step', [begin, finish]);
/** The same where the passkey is new and gets a name. */
export const namedPasskeyStep = z.discriminatedUnion('step', [
  begin,
  finish.extend({ name: z.string().max(100) }),
]);

/** Reads one of the two steps of a passkey and answers what `take` makes of it; `take` may add headers. */
export async function takeStep<Step>(
  request: Request,
  shape: z.ZodType<Step>,
  take: (step: Step, headers: Headers) => Promise<{ readonly ok: boolean; readonly reason?: string }>,
): Promise<Response> {
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  const read = shape.safeParse(await request.json().catch(() => undefined));
  const answer = read.success ? await take(read.data, headers) : { ok: false, reason: 'bad-form' };
  const refused = answer.reason === 'too-many-attempts' ? 429 : 422;
  return Response.json(answer, { status: answer.ok ? 200 : refused, headers });
}

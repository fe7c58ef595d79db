/**
 * Hands a message to the clinic's own adapter for SMS or WhatsApp, over HTTP.
 *
 * `POST` with a JSON body (`WebhookBody`) and the header
 * `X-Undertone-Signature: t=<unix seconds>,v1=<hex of HMAC-SHA-256(secret, "<t>.<body>")>`. A 2xx answer means taken;
 * its JSON may carry `id`. Anything else, or silence for ten seconds, is tried again.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../platform/config.ts';
import { postOutward } from '../platform/outbound.ts';
import type { WebhookBody } from './schema.ts';

function signWebhook(secret: Uint8Array, unixSeconds: number, body: string): string {
  const mac = createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${mac}`;
}

/** For adapters written in JavaScript: whether a signature is genuine and no older than five minutes. */
export function verifyWebhook(
  secret: Uint8Array,
  header: string,
  body: string,
  nowUnixSeconds: number,
): boolean {
  const match = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header);
  if (match === null) return false;
  const at = Number(match[1]);
  if (Math.abs(nowUnixSeconds - at) > 300) return false;
  return timingSafeEqual(Buffer.from(signWebhook(secret, at, body)), Buffer.from(header));
}

export async function postWebhook(
  config: Pick<Config, 'outbound'>,
  url: string,
  secret: Uint8Array,
  body: WebhookBody,
  now: Date,
): Promise<{ id: string | null }> {
  const text = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json',
    'x-undertone-signature': signWebhook(secret, Math.floor(now.getTime() / 1000), text),
  };
  const reply = await postOutward(config, url, headers, text);
  if (reply.status < 200 || reply.status > 299) {
    throw Object.assign(new Error(`the message adapter answered ${reply.status}`), {
      code: 'webhook-refused' as const,
    });
  }
  const id = idIn(reply.body.toString('utf8'));
  return { id: typeof id === 'string' ? id.slice(0, 200) : null };
}

function idIn(body: string): unknown {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : null;
  } catch {
    return null;
  }
}

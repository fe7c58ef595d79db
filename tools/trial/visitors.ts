import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type TrialClinic, trialService } from './clinic.ts';

/** One intent to book, and what the clinic has said to it. Times are of `performance.now()`. */
export interface Intent {
  readonly key: string;
  readonly start: string;
  readonly begunMs: number;
  readonly answeredMs: number;
  /** What was said in the end; `none` when nobody answered within {@link VisitorOptions.giveUpMs}. */
  readonly said: 'booked' | 'refused' | 'none';
  readonly bookingId?: string;
  /** How often it had to be sent. */
  readonly tries: number;
  /** Set when the booking was given back, and that was acknowledged; `asked` when it was sent and never answered. */
  cancelled?: 'yes' | 'asked';
  /** Status of a refusal, for the report. */
  readonly status?: number;
}

export interface VisitorOptions {
  readonly url: () => string;
  readonly trial: TrialClinic;
  readonly starts: readonly string[];
  readonly chance: () => number;
  readonly signal: AbortSignal;
  /** One answer is waited for so long, then the same is sent again. Default 5000. */
  readonly tryMs?: number;
  /** A visitor tries for so long altogether. Default 60 000. */
  readonly giveUpMs?: number;
}

/**
 * One visitor after the other books a time of their own choice, with an idempotency key, and sends the same again until
 * there is an answer; three in ten give the booking back. Ends with the signal, never in the middle of an intent.
 */
export async function visit(options: VisitorOptions, note: (intent: Intent) => void): Promise<void> {
  const { trial, starts, chance, signal } = options;
  while (!signal.aborted) {
    const start = starts[Math.floor(chance() * starts.length)] ?? '';
    const staff = trial.practitionerIds[Math.floor(chance() * trial.practitionerIds.length)] ?? '';
    const intent = await book(options, start, staff);
    note(intent.intent);
    if (intent.token !== undefined && chance() < 0.3) await giveBack(options, intent.token, intent.intent);
  }
}

async function book(
  options: VisitorOptions,
  start: string,
  staff: string,
): Promise<{ intent: Intent; token?: string }> {
  const key = randomUUID();
  const begunMs = performance.now();
  const altcha = await options.trial.challenge();
  const body = JSON.stringify({
    service: trialService,
    start,
    staff,
    name: 'Sample visitor of a trial',
    email: `${key}@example.org`,
    altcha,
  });
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const { reply, tries } = await askUntilAnswered(options, '/api/v1/bookings', 'POST', { headers, body });
  const answeredMs = performance.now();
  const made = { key, start, begunMs, answeredMs, tries };
  if (reply === undefined) return { intent: { ...made, said: 'none' } };
  if (reply.status >= 300) return { intent: { ...made, said: 'refused', status: reply.status } };
  const { token, booking } = reply.body as { token: string; booking: { id: string } };
  return { intent: { ...made, said: 'booked', bookingId: booking.id }, token };
}

async function giveBack(options: VisitorOptions, token: string, intent: Intent): Promise<void> {
  intent.cancelled = 'asked';
  const { reply, tries } = await askUntilAnswered(options, `/api/v1/bookings/${token}`, 'DELETE', {});
  // Sent again after a lost answer, the first may have done it: then there is nothing left to give back.
  if (reply !== undefined && (reply.status < 300 || (tries > 1 && reply.status < 500)))
    intent.cancelled = 'yes';
}

async function askUntilAnswered(
  { url, chance, tryMs = 5000, giveUpMs = 60_000 }: VisitorOptions,
  path: string,
  method: string,
  init: { headers?: Record<string, string>; body?: string },
): Promise<{ reply?: { status: number; body: unknown }; tries: number }> {
  const until = performance.now() + giveUpMs;
  for (let tries = 1; performance.now() < until; tries++) {
    try {
      const answer = await fetch(`${url()}${path}`, {
        method,
        // Each visitor comes from an address of their own, through the one proxy the site believes.
        headers: { ...init.headers, 'x-forwarded-for': someAddress(chance) },
        ...(init.body !== undefined && { body: init.body }),
        signal: AbortSignal.timeout(tryMs),
      });
      const text = await answer.text();
      if (answer.status < 500 && answer.status !== 429)
        return { reply: { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }, tries };
    } catch {
      // The line was cut, or nobody answers: the same again.
    }
    await pause(50 + chance() * 150);
  }
  return { tries: -1 };
}

export function someAddress(chance: () => number): string {
  return `10.${[1, 2, 3].map(() => Math.floor(chance() * 256)).join('.')}`;
}

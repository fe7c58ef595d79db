import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { freePort } from '../site.ts';
import type { TrialClinic } from '../trial/clinic.ts';
import { type TrialOptions, underTraffic } from './stage.ts';

/** A mail server on this machine that can be away. */
export interface Post {
  readonly port: number;
  /** How often each message has arrived, by its Message-ID. */
  readonly arrived: ReadonlyMap<string, number>;
  open(): Promise<void>;
  close(): Promise<void>;
}

export async function newPost(): Promise<Post> {
  const port = await freePort();
  const arrived = new Map<string, number>();
  let server: SMTPServer | undefined;
  return {
    port,
    arrived,
    open: () => {
      const opened = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS', 'AUTH'],
        onData: (stream, _session, done) => {
          let text = '';
          stream.on('data', (part: Buffer) => (text += part.toString('latin1')));
          stream.on('end', () => {
            const id = /^message-id:\s*(\S+)/im.exec(text)?.[1] ?? '';
            arrived.set(id, (arrived.get(id) ?? 0) + 1);
            done();
          });
        },
      });
      opened.on('error', () => undefined);
      server = opened;
      return new Promise((resolve) => void opened.listen(port, '127.0.0.1', resolve));
    },
    close: () =>
      new Promise((resolve) => {
        if (server === undefined) return resolve();
        server.close(() => resolve());
        server = undefined;
      }),
  };
}

/**
 * So many minutes go by for everything that waits for its time: messages and jobs become due that much earlier, which is
 * what they would see had the clocks of program and database gone on.
 */
export async function letPass({ clinic, tenantId }: TrialClinic, minutes: number): Promise<void> {
  await sql`update messages set due_at = due_at - make_interval(mins => ${minutes})
    where tenant_id = ${tenantId} and state = 'queued'`.execute(clinic.db);
  await sql`update jobs.job set start_after = start_after - make_interval(mins => ${minutes})
    where state in ('created', 'retry')`.execute(clinic.db);
}

const outageMinutes = 60;
const stepMinutes = 5;

/** The mail server is away for an hour while visitors book; then it is back. Every message arrives, each once. */
export async function mailAway({ say, seed, visitors }: TrialOptions): Promise<readonly string[]> {
  const post = await newPost();
  await post.open();
  try {
    const env = { SMTP_URL: `smtp://127.0.0.1:${post.port}` };
    const { verdict, faults } = await underTraffic(
      { seed, visitors, server: { args: ['--processes', '2', '--workers', '1'], env } },
      async (stage) => {
        await post.close();
        const before = stage.booked();
        for (let passed = 0; passed < outageMinutes; passed += stepMinutes) {
          await stage.bookedMore(3);
          await pause(1500);
          await letPass(stage.trial, stepMinutes);
        }
        const left = async () => {
          const { rows } = await sql<{ waiting: number; given: number; most: number }>`
            select count(*) filter (where state = 'queued') as waiting, count(*) filter (where state = 'failed') as given,
              coalesce(max(attempts), 0)::int as most from messages where due_at < now() + interval '3 hours'`.execute(
            stage.trial.clinic.db,
          );
          return rows[0] ?? { waiting: 0, given: 0, most: 0 };
        };
        const held = await left();
        say(
          `mail away for ${outageMinutes} min: ${stage.booked() - before} booked meanwhile, ${held.waiting} messages waiting after up to ${held.most} tries, ${held.given} given up`,
        );
        if (held.given > 0) stage.faults.push(`${held.given} messages given up`);
        await post.open();
        const [backMs, backAt] = [performance.now(), new Date()];
        // Those whose next try is still to come wait too; reminders of the days to come do not.
        const waiting = async () => {
          const { rows } = await sql<{ n: number }>`select count(*) as n from messages
            where state = 'queued' and due_at < now() + interval '3 hours' and created_at < ${backAt}`.execute(
            stage.trial.clinic.db,
          );
          return rows[0]?.n ?? 0;
        };
        // Half an hour is the longest pause an outage of an hour brings about; a busy machine may need one try more.
        for (let passed = 0; passed < 120 && (await waiting()) > 0; passed += stepMinutes) {
          await letPass(stage.trial, stepMinutes);
          await pause(1500);
        }
        const still = await waiting();
        if (still > 0) stage.faults.push(`${still} messages still wait`);
        say(`worked off ${((performance.now() - backMs) / 1000).toFixed(1)} s after it was back`);
      },
    );
    const twice = [...post.arrived.values()].filter((count) => count > 1).length;
    say(`${post.arrived.size} messages arrived, ${twice} of them more than once`);
    say(JSON.stringify(verdict));
    if (post.arrived.size < verdict.booked) return [...faults, 'fewer messages than bookings'];
    return twice > 0 ? [...faults, `${twice} messages arrived twice`] : faults;
  } finally {
    await post.close();
  }
}

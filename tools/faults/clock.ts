import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { newPost } from './mail.ts';
import { backWithinMs, type TrialOptions, underTraffic } from './stage.ts';

const minuteMs = 60_000;
/** Where the program's clock stands against the database's, one after the other. */
const jumpsMin = [0, 20, -20, 180, 0, -180, 0];

/**
 * The clock of the machine jumps while visitors book: forwards, backwards, by hours, as after a battery that died or a time
 * server that lied. The database's clock stays: the two machines differ by the jump.
 */
export async function clockJumps({ say, seed, visitors }: TrialOptions): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'undertone-clock-'));
  const file = join(folder, 'shift');
  let shiftMs = 0;
  const set = (ms: number) => {
    shiftMs = ms;
    writeFileSync(file, String(ms));
  };
  set(0);
  const post = await newPost();
  await post.open();
  try {
    const env = {
      SMTP_URL: `smtp://127.0.0.1:${post.port}`,
      SHIFTED_CLOCK: file,
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'shifted-clock.ts')).href}`,
    };
    const { verdict, faults } = await underTraffic(
      {
        seed,
        visitors,
        server: { args: ['--processes', '2', '--workers', '1'], env },
        clockMs: () => Date.now() + shiftMs,
      },
      async (stage) => {
        for (const minutes of jumpsMin) {
          set(minutes * minuteMs);
          // Until every process has seen it, a challenge may be of another time than the one that judges it.
          await pause(300);
          const tookMs = await stage.answered();
          await stage.bookedMore(8);
          say(`clock at ${minutes} min: answered after ${tookMs.toFixed(0)} ms`);
          if (tookMs > backWithinMs) stage.faults.push(`back after ${tookMs.toFixed(0)} ms (${minutes} min)`);
        }
        // What answers somebody goes out at once, whichever clock it was written by.
        const left = async () => {
          const { rows } = await sql<{ n: number }>`select count(*) as n from messages
            where state = 'queued' and urgent and due_at > now() + interval '10 minutes'`.execute(
            stage.trial.clinic.db,
          );
          return rows[0]?.n ?? 0;
        };
        for (const sinceMs = performance.now(); (await left()) > 0; await pause(200)) {
          if (performance.now() - sinceMs < 60_000) continue;
          stage.faults.push(`${await left()} messages are held up by a clock that was elsewhere`);
          break;
        }
      },
    );
    const twice = [...post.arrived.values()].filter((count) => count > 1).length;
    say(`${post.arrived.size} messages arrived, ${twice} of them more than once`);
    say(JSON.stringify(verdict));
    return twice > 0 ? [...faults, `${twice} messages arrived twice`] : faults;
  } finally {
    await post.close();
    await rm(folder, { recursive: true, force: true });
  }
}

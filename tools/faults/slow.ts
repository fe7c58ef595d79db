import { setTimeout as pause } from 'node:timers/promises';
import { newCluster } from './cluster.ts';
import { type Line, openLine } from './line.ts';
import { backWithinMs, type TrialOptions, underTraffic } from './stage.ts';

/**
 * A slow network before the database and before the pages: lag, little width, a line that goes silent for some seconds, and
 * one that is cut. Visitors book through it all.
 */
export async function slowNetwork({ say, seed, visitors }: TrialOptions): Promise<readonly string[]> {
  const cluster = await newCluster();
  const toDatabase = await openLine({ port: cluster.port });
  let toPages: Line | undefined;
  try {
    const { verdict, faults } = await underTraffic(
      {
        seed,
        visitors,
        server: {
          args: ['--processes', '2', '--workers', '1'],
          env: { DATABASE_URL: cluster.url(toDatabase.port) },
        },
        join: { DATABASE_URL: cluster.url() },
        url: (server) => (toPages === undefined ? server.url : `http://localhost:${toPages.port}`),
        tryMs: 15_000,
      },
      async (stage) => {
        toPages = await openLine({ port: Number(new URL(stage.server.url).port) });
        const lines = { database: toDatabase, pages: toPages };
        const during = async (what: string, bookings: number) => {
          const sinceMs = performance.now();
          await stage.bookedMore(bookings);
          const perSecond = (bookings * 1000) / (performance.now() - sinceMs);
          say(`${what}: ${perSecond.toFixed(1)} bookings/s`);
        };
        await during('as it is', 20);
        toPages.state.lagMs = 150;
        toPages.state.bytesPerSecond = 20_000;
        await during('pages: 150 ms each way, 20 kB/s', 10);
        toDatabase.state.lagMs = 10;
        await during('and the database 10 ms away', 10);
        Object.assign(toPages.state, { lagMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY });
        toDatabase.state.lagMs = 0;
        for (const [name, line] of Object.entries(lines)) {
          for (const how of ['silent', 'cut'] as const) {
            if (how === 'silent') {
              line.state.isSilent = true;
              await pause(8000);
              line.state.isSilent = false;
            } else line.cut();
            const tookMs = await stage.answered();
            say(
              `line to the ${name} ${how === 'silent' ? 'silent for 8 s' : 'cut'}: answered ${tookMs.toFixed(0)} ms after`,
            );
            if (tookMs > backWithinMs)
              stage.faults.push(`back after ${tookMs.toFixed(0)} ms (${name} ${how})`);
            await stage.bookedMore(5);
          }
        }
      },
    );
    say(JSON.stringify(verdict));
    return faults;
  } finally {
    toDatabase.close();
    toPages?.close();
    await cluster.stop();
    cluster.remove();
  }
}

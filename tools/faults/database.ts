import { newCluster } from './cluster.ts';
import { backWithinMs, silenceAfter, type TrialOptions, underTraffic } from './stage.ts';

/**
 * The database server is restarted under load: the embedded one asked to end (the program starts it again), ended at once,
 * and a server of its own that is away for a while.
 */
export async function databaseRestarts({ say, seed, visitors }: TrialOptions): Promise<readonly string[]> {
  const embedded = await underTraffic(
    { seed, visitors, server: { args: ['--processes', '2', '--workers', '1'] } },
    async (stage) => {
      for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
        const server = stage.server.running().database[0];
        if (server === undefined) throw new Error('the embedded server is not running');
        const atMs = performance.now();
        process.kill(server.pid, signal);
        const silence = await silenceAfter(stage.history, atMs);
        say(`embedded server sent ${signal}: ${silence.toFixed(0)} ms without an answer`);
        if (silence > backWithinMs) stage.faults.push(`back after ${silence.toFixed(0)} ms (${signal})`);
        await stage.bookedMore(10);
      }
    },
  );
  say(JSON.stringify(embedded.verdict));
  const cluster = await newCluster();
  try {
    const env = { DATABASE_URL: cluster.url() };
    const own = await underTraffic(
      { seed, visitors, server: { args: ['--processes', '2', '--workers', '1'], env }, join: env },
      async (stage) => {
        for (const how of ['stop', 'kill'] as const) {
          await cluster[how]();
          await new Promise((resolve) => setTimeout(resolve, 5000));
          await cluster.start();
          const tookMs = await stage.answered();
          say(
            `server of its own: ${how}, away for 5 s, answered ${tookMs.toFixed(0)} ms after it was there again`,
          );
          if (tookMs > backWithinMs) stage.faults.push(`back after ${tookMs.toFixed(0)} ms (${how})`);
          await stage.bookedMore(10);
        }
      },
    );
    say(JSON.stringify(own.verdict));
    return [...embedded.faults, ...own.faults];
  } finally {
    await cluster.stop();
    cluster.remove();
  }
}

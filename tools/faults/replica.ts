import { setTimeout as pause } from 'node:timers/promises';
import { newHome, removeHome } from '../site.ts';
import { newCluster } from './cluster.ts';
import { openLine } from './line.ts';
import { backWithinMs, type TrialOptions, underTraffic } from './stage.ts';

/**
 * A synchronous replica takes over. Two database servers, the second following the first; a commit is acknowledged when both
 * have it on disk. Under load the first is killed with all its processes, the second promoted, and the address the program
 * knows is turned to it (what a load balancer or a floating address does). Whatever a visitor was told must be in the second.
 */
export async function replica({ say, seed, visitors }: TrialOptions): Promise<readonly string[]> {
  const primary = await newCluster();
  const line = await openLine({ port: primary.port });
  const home = await newHome();
  let follower: Awaited<ReturnType<typeof newCluster>> | undefined;
  try {
    const env = { DATABASE_URL: primary.url(line.port) };
    const { verdict, faults } = await underTraffic(
      {
        seed,
        visitors,
        server: { home, args: ['--processes', '2', '--workers', '1'], env },
        join: { DATABASE_URL: primary.url() },
        joinAtLast: () => ({ DATABASE_URL: follower?.url() ?? '' }),
      },
      async (stage) => {
        follower = await primary.follow('undertone_replica');
        // On the first server alone, after the copy: the second has nobody to wait for once it is promoted.
        await primary.ask(`alter system set synchronous_standby_names = 'FIRST 1 (undertone_replica)'`);
        await primary.ask('select pg_reload_conf()');
        for (let waitedMs = 0; ; waitedMs += 50) {
          const [row] = await primary.ask<{ sync_state: string }>(
            'select sync_state from pg_stat_replication',
          );
          if (row?.sync_state === 'sync') break;
          if (waitedMs > 30_000) throw new Error('the second server does not follow');
          await pause(50);
        }
        await stage.bookedMore(40);
        const told = stage.booked();
        const killedMs = performance.now();
        await primary.kill();
        await follower.ask('select pg_promote(true, 30)');
        const promotedMs = performance.now() - killedMs;
        line.state.port = follower.port;
        line.cut();
        await stage.answered();
        const backMs = performance.now() - killedMs;
        say(
          `first server killed after ${told} bookings told; second promoted after ${promotedMs.toFixed(0)} ms, visitors answered again after ${backMs.toFixed(0)} ms`,
        );
        if (backMs > backWithinMs) stage.faults.push(`back after ${backMs.toFixed(0)} ms`);
        await stage.bookedMore(20);
      },
    );
    say(JSON.stringify(verdict));
    return faults;
  } finally {
    line.close();
    await follower?.stop();
    follower?.remove();
    primary.remove();
    await removeHome(home);
  }
}

import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { backWithinMs, type TrialOptions, underTraffic } from './stage.ts';

const diskMegabytes = 400;

/**
 * The disk of the data folder is full, twice: for a moment, and for longer than the database can be kept alive, so that the
 * program ends and is started again as a service manager does. It is a file system in memory of its own (needs root on Linux).
 */
export async function fullDisk({ say, seed, visitors }: TrialOptions): Promise<readonly string[]> {
  const place = await mkdtemp(join(tmpdir(), 'undertone-disk-'));
  const mounted = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${diskMegabytes}m,mode=0711`,
    'undertone',
    place,
  ]);
  if (mounted.status !== 0) {
    await rmdir(place);
    return [`not tried: a small file system could not be made (${mounted.stderr.toString().trim()})`];
  }
  chmodSync(place, 0o711);
  const home = join(place, 'data');
  const ballast = join(place, 'ballast');
  try {
    const { verdict, faults } = await underTraffic(
      { seed, visitors, giveUpMs: 240_000, server: { home, args: ['--processes', '2', '--workers', '1'] } },
      async (stage) => {
        let restarts = 0;
        const over = new AbortController();
        // A service manager starts again what has ended, a second later.
        const manager = (async () => {
          while (!over.signal.aborted) {
            await pause(1000);
            if (stage.server.isUp() || over.signal.aborted) continue;
            restarts++;
            await stage.server.revive().catch(() => undefined);
          }
        })();
        for (const forMs of [8000, 45_000]) {
          const from = stage.history.length;
          fill(ballast);
          await pause(forMs);
          const booked = stage.history.slice(from).filter(({ said }) => said === 'booked').length;
          rmSync(ballast);
          const freeMs = performance.now();
          await stage.answered();
          const backMs = performance.now() - freeMs;
          say(
            `disk full for ${forMs / 1000} s (${booked} still booked, ${restarts} restarts so far): answered ${(backMs / 1000).toFixed(1)} s after there was room`,
          );
          if (backMs > backWithinMs) stage.faults.push(`back after ${backMs.toFixed(0)} ms`);
          await stage.bookedMore(10);
        }
        over.abort();
        await manager;
      },
    );
    say(JSON.stringify(verdict));
    return faults;
  } finally {
    rmSync(`${home}-secrets`, { recursive: true, force: true });
    for (let tries = 0; tries < 20 && spawnSync('umount', [place]).status !== 0; tries++) await pause(250);
    await rmdir(place);
  }
}

/** Writes until there is no room for another byte. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let size = 1 << 20; size >= 1; ) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOSPC') throw error;
        size >>= 1;
      }
    }
  } finally {
    closeSync(file);
  }
}

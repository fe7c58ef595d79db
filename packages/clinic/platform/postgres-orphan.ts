import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from './log.ts';
import { startFailed } from './postgres-process.ts';

/** The lines of the cluster's `postmaster.pid`; undefined when there is none. */
export function pidFileLines(cluster: string): string[] | undefined {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8')
      .split('\n')
      .map((line) => line.trim());
  } catch {
    return undefined;
  }
}

/** Whether the process is a PostgreSQL server on this very cluster (process ids are reused, after a reboot above all). */
export function isServerOf(cluster: string, pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  let command: string;
  try {
    command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    if (process.platform === 'linux') return false;
    command =
      process.platform === 'win32'
        ? spawnSync('tasklist', ['/FI', `PID eq ${pid}`], { encoding: 'utf8' }).stdout.replace(
            '.exe',
            ` ${cluster}`,
          )
        : spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  }
  return command.includes('postgres') && command.includes(cluster);
}

/**
 * Stops a server that outlived the program that started it. Where the process file names a stranger (the number was
 * given to another program since) or a dead process nobody has collected, PostgreSQL would refuse to start for ever: the
 * number is replaced by one that is surely free. The rest of the file stays, because PostgreSQL learns from it whether
 * backends of the old server still hold its shared memory.
 */
export async function stopOrphan(cluster: string, log: Logger): Promise<void> {
  const lines = pidFileLines(cluster);
  const pid = Number(lines?.[0]);
  if (lines === undefined || !Number.isInteger(pid) || pid <= 0) {
    // Cut off while it was written: no server ran yet.
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  if (!isServerOf(cluster, pid)) {
    if (!isTaken(pid)) return;
    const over = spawnSync(process.execPath, ['--version']).pid;
    writeFileSync(join(cluster, 'postmaster.pid'), [over, ...lines.slice(1)].join('\n'));
    return;
  }
  log.warn({ pid }, 'stopping a database server left by an earlier run');
  for (const [signal, waitMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < waitMs; waited += 50) {
      await pause(50);
      if (!isServerOf(cluster, pid)) return;
    }
  }
  throw startFailed(`a server left by an earlier run (process ${pid}) does not stop`);
}

/** Whether some process, however dead, has this number. */
function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

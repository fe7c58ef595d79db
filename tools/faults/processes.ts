import { readdirSync, readFileSync } from 'node:fs';

export interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process of this machine, from `/proc` (Linux). */
function all(): Running[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      // The name in parentheses may hold spaces; the parent is the second field after it.
      const parent = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1];
      return [{ pid: Number(name), parent: Number(parent), command }];
    } catch {
      return [];
    }
  });
}

/** The children of a process and theirs, the nearest first. */
export function childrenOf(pid: number): readonly Running[] {
  const everyone = all();
  const found: Running[] = [];
  for (let parents = new Set([pid]); parents.size > 0; ) {
    const next = everyone.filter(({ parent }) => parents.has(parent));
    found.push(...next);
    parents = new Set(next.map((one) => one.pid));
  }
  return found;
}

/** Kills without a chance to clean up; a process that is gone already is no fault. */
export function killHard(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { removeHome } from '../site.ts';
import { seededChance } from '../trial/chance.ts';
import { joinTrial, startsOn } from '../trial/clinic.ts';
import { type Intent, visit } from '../trial/visitors.ts';
import { faultsOf, judge, type Verdict } from './history.ts';
import { killHard } from './processes.ts';
import { startServer, type Target } from './server.ts';

export interface KillsResult {
  readonly rounds: Readonly<Record<Target, number>>;
  /** Longest time without an answer to anybody after a kill, by what was killed, in milliseconds. */
  readonly silenceMs: Readonly<Record<Target, number>>;
  readonly verdict: Verdict;
  readonly faults: readonly string[];
}

const targets: readonly Target[] = ['web', 'worker', 'database', 'backend', 'first'];
/** Nobody may be without an answer for longer. */
const backWithinMs = 10_000;

/**
 * Visitors book and give back while, round after round, one of the program's processes is killed without warning: a web
 * process, a worker, the database server, one of its backends, or the first process and everything with it.
 */
export async function kills(options: {
  readonly rounds: number;
  readonly seed: number;
  readonly visitors: number;
  readonly say: (line: string) => void;
}): Promise<KillsResult> {
  const chance = seededChance(options.seed);
  const server = await startServer({ args: ['--processes', '2', '--workers', '1'] });
  const trial = await joinTrial(server, 6);
  const history: Intent[] = [];
  const starts = Array.from({ length: 60 }, (_, day) => startsOn(day + 1)).flat();
  const over = new AbortController();
  const rounds: Record<Target, number> = { web: 0, worker: 0, database: 0, backend: 0, first: 0 };
  const silenceMs = { ...rounds };
  try {
    const visiting = Array.from({ length: options.visitors }, (_, i) =>
      visit(
        {
          url: () => server.url,
          trial,
          starts,
          chance: seededChance(options.seed * 1000 + i),
          signal: over.signal,
        },
        (intent) => history.push(intent),
      ),
    );
    await pause(1000);
    for (let round = 0; round < options.rounds; round++) {
      await pause(300 + chance() * 1200);
      const target = targets[Math.floor(chance() * targets.length)] ?? 'web';
      const those = server.running()[target];
      const victim = those[Math.floor(chance() * those.length)];
      if (victim === undefined || !killHard(victim.pid)) continue;
      const killedMs = performance.now();
      rounds[target]++;
      if (target === 'first') await server.revive();
      const silence = await silenceAfter(history, killedMs);
      silenceMs[target] = Math.max(silenceMs[target], silence);
      options.say(`round ${round + 1}: ${target} killed, ${Math.round(silence)} ms without an answer`);
    }
    await pause(1000);
    over.abort();
    await Promise.all(visiting);
    const verdict = await judge(trial, history);
    const slow = targets.filter((target) => silenceMs[target] > backWithinMs);
    return {
      rounds,
      silenceMs,
      verdict,
      faults: [
        ...faultsOf(verdict),
        ...slow.map((target) => `back after ${silenceMs[target]} ms (${target})`),
      ],
    };
  } finally {
    over.abort();
    await trial.leave();
    await server.stop();
    await removeHome(server.home);
  }
}

/**
 * Waits until somebody was answered who was not yet so a second after the kill, when nothing that was under way before
 * hides a pause any more. @returns the longest pause between answers until then.
 */
async function silenceAfter(history: readonly Intent[], sinceMs: number): Promise<number> {
  const isLater = ({ answeredMs, said }: Intent) => said !== 'none' && answeredMs > sinceMs + 1000;
  for (let waitedMs = 0; !history.some(isLater) && waitedMs < 60_000; waitedMs += 20) await pause(20);
  const times = history
    .filter(({ answeredMs, said }) => said !== 'none' && answeredMs > sinceMs)
    .map(({ answeredMs }) => answeredMs)
    .sort((a, b) => a - b);
  let [longest, last] = [0, sinceMs];
  for (const at of [...times, performance.now()]) {
    longest = Math.max(longest, at - last);
    last = at;
  }
  return longest;
}

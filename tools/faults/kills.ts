import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { seededChance } from '../trial/chance.ts';
import type { Verdict } from './history.ts';
import { killHard } from './processes.ts';
import type { Target } from './server.ts';
import { backWithinMs, silenceAfter, type TrialOptions, underTraffic } from './stage.ts';

export interface KillsResult {
  readonly rounds: Readonly<Record<Target, number>>;
  /** Longest time without an answer to anybody after a kill, by what was killed, in milliseconds. */
  readonly silenceMs: Readonly<Record<Target, number>>;
  readonly verdict: Verdict;
  readonly faults: readonly string[];
}

const every: readonly Target[] = ['web', 'worker', 'database', 'backend', 'first'];

/**
 * Visitors book and give back while, round after round, one of the program's processes is killed without warning: a web
 * process, a worker, the database server, one of its backends, or the first process and everything with it.
 */
export async function kills(
  options: TrialOptions & {
    readonly targets?: readonly Target[];
    /** One target after the other instead of at random. */
    readonly inTurn?: boolean;
    /** One answer is waited for so long, then the same is sent again. */
    readonly tryMs?: number;
    /** A visitor tries for so long altogether. */
    readonly giveUpMs?: number;
  },
): Promise<KillsResult> {
  const targets = options.targets ?? every;
  const chance = seededChance(options.seed);
  const rounds: Record<Target, number> = { web: 0, worker: 0, database: 0, backend: 0, first: 0 };
  const silenceMs = { ...rounds };
  const { verdict, faults } = await underTraffic(
    { ...options, server: { args: ['--processes', '2', '--workers', '1'] } },
    async ({ server, history }) => {
      for (let round = 0; round < options.rounds; round++) {
        await pause(300 + chance() * 1200);
        const at = options.inTurn === true ? round % targets.length : Math.floor(chance() * targets.length);
        const target = targets[at] ?? 'web';
        const those = server.running()[target];
        const victim = those[Math.floor(chance() * those.length)];
        if (victim === undefined || !killHard(victim.pid)) continue;
        const killedMs = performance.now();
        rounds[target]++;
        if (target === 'first') await server.revive();
        const silence = await silenceAfter(history, killedMs);
        silenceMs[target] = Math.max(silenceMs[target], silence);
        options.say(
          `round ${round + 1}: ${target} killed, ${Math.round(silence)} ms without an answer (load of the machine ${loadavg()[0]?.toFixed(1)})`,
        );
      }
      await pause(1000);
    },
  );
  const slow = every.filter((target) => silenceMs[target] > backWithinMs);
  return {
    rounds,
    silenceMs,
    verdict,
    faults: [...faults, ...slow.map((target) => `back after ${silenceMs[target]} ms (${target})`)],
  };
}

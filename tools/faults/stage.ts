import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newHome, removeHome } from '../site.ts';
import { seededChance } from '../trial/chance.ts';
import { joinClinic, joinTrial, startsOn, type TrialClinic } from '../trial/clinic.ts';
import { type Intent, visit } from '../trial/visitors.ts';
import { faultsOf, judge, type Verdict } from './history.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';

/** What a trial is told to do. */
export interface TrialOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly visitors: number;
  readonly say: (line: string) => void;
}

/** Nobody may be without an answer for longer, once what failed is there again. */
export const backWithinMs = 10_000;

/** A clinic with visitors who book and give back all the time, to whom something is about to happen. */
export interface Stage {
  readonly server: Server;
  readonly trial: TrialClinic;
  readonly history: readonly Intent[];
  /**
   * Waits until somebody who asked after now has been answered. @returns how long that took, in milliseconds.
   */
  answered(): Promise<number>;
  /** Waits until so many more have been booked. */
  bookedMore(count: number, withinMs?: number): Promise<void>;
  /** Of the bookings told so far. */
  booked(): number;
  /** What has gone wrong beyond the visitors' history. */
  readonly faults: string[];
}

export interface StageOptions extends Pick<TrialOptions, 'seed' | 'visitors'> {
  readonly server: ServerOptions;
  /** Settings with which the trial itself reaches the database, where they are not the server's. */
  readonly join?: Readonly<Record<string, string>>;
  /** The database that is asked in the end, where it is another than at the start. */
  readonly joinAtLast?: () => Readonly<Record<string, string>>;
  /** How the trial prepares itself, where the server is of another version. */
  readonly joinTrial?: typeof joinTrial;
  /** Where visitors turn to. Default the server. */
  readonly url?: (server: Server) => string;
  /** The time of a challenge, in milliseconds, where the server's clock is not the machine's. */
  readonly clockMs?: () => number;
  /** One answer is waited for so long, then the same is sent again. */
  readonly tryMs?: number;
  /** A visitor tries for so long altogether. */
  readonly giveUpMs?: number;
}

/** Lets visitors come while `work` does something to the clinic, then holds what they were told against the database. */
export async function underTraffic(
  options: StageOptions,
  work: (stage: Stage) => Promise<void>,
): Promise<{ readonly verdict: Verdict; readonly faults: readonly string[] }> {
  const home = options.server.home ?? (await newHome());
  const server = await startServer({ ...options.server, home });
  const over = new AbortController();
  const history: Intent[] = [];
  const faults: string[] = [];
  let trial: TrialClinic | undefined;
  try {
    trial = await (options.joinTrial ?? joinTrial)(server, 6, {
      env: options.join,
      clockMs: options.clockMs,
    });
    const those = trial;
    const starts = Array.from({ length: 60 }, (_, day) => startsOn(day + 1)).flat();
    const visiting = Promise.all(
      Array.from({ length: options.visitors }, (_, i) =>
        visit(
          {
            url: () => options.url?.(server) ?? server.url,
            trial: those,
            starts,
            chance: seededChance(options.seed * 1000 + i),
            signal: over.signal,
            ...(options.tryMs !== undefined && { tryMs: options.tryMs }),
            ...(options.giveUpMs !== undefined && { giveUpMs: options.giveUpMs }),
          },
          (intent) => history.push(intent),
        ),
      ),
    );
    // It ends with the signal alone; should it fail before, that is seen when it is waited for.
    visiting.catch(() => undefined);
    const stage = stageOf(server, trial, history, faults);
    await stage.bookedMore(5);
    await work(stage);
    over.abort();
    await visiting;
    if (options.joinAtLast !== undefined) {
      await trial.leave();
      const again = await joinClinic(home, options.joinAtLast());
      trial = { ...trial, clinic: again.clinic, leave: () => again.stop() };
    }
    const verdict = await judge(trial, history);
    return { verdict, faults: [...faultsOf(verdict), ...faults] };
  } finally {
    over.abort();
    await trial?.leave().catch(() => undefined);
    await server.stop();
    if (options.server.home === undefined) await removeHome(home);
  }
}

function stageOf(server: Server, trial: TrialClinic, history: readonly Intent[], faults: string[]): Stage {
  const booked = () => history.filter(({ said }) => said === 'booked').length;
  return {
    server,
    trial,
    history,
    faults,
    booked,
    async answered() {
      const sinceMs = performance.now();
      const isLater = ({ answeredMs, said }: Intent) => said !== 'none' && answeredMs > sinceMs;
      for (; !history.some(isLater); await pause(10)) {
        if (performance.now() - sinceMs > 120_000)
          throw new Error(`nobody has been answered for two minutes\n${lastWords(server)}`);
      }
      return performance.now() - sinceMs;
    },
    async bookedMore(count, withinMs = 120_000) {
      const [before, sinceMs] = [booked(), performance.now()];
      for (; booked() < before + count; await pause(20)) {
        if (performance.now() - sinceMs > withinMs)
          throw new Error(`only ${booked() - before} of ${count} bookings in ${withinMs} ms`);
      }
    },
  };
}

/** The ends of what the program and its database have written, for whoever reads why a trial failed. */
function lastWords(server: Server): string {
  const logs = ['undertone.log', 'postgres.log'].map((name) => {
    const path = join(server.home, 'log', name);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-12) : [];
  });
  return [server.printed().slice(-1000), ...logs.flat().map((line) => line.slice(0, 400))].join('\n');
}

/**
 * Waits until somebody was answered who was not yet so `settleMs` after the fault, when nothing that was under way before
 * hides a pause any more. @returns the longest pause between answers until then.
 */
export async function silenceAfter(
  history: readonly Intent[],
  sinceMs: number,
  settleMs = 1000,
): Promise<number> {
  const isLater = ({ answeredMs, said }: Intent) => said !== 'none' && answeredMs > sinceMs + settleMs;
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

import { fromKysely, PgBoss, type Queue } from 'pg-boss';
import type { z } from 'zod';
import { type Connection, clientSettings, type Trx } from './database.ts';
import type { Logger } from './log.ts';

/** A kind of work done later. Payloads carry ids, not people's data; they are checked when sent and when run. */
export interface Job<P extends object = object> {
  /** For instance `audit.anchor`: subject, then act. */
  readonly name: string;
  readonly payload: z.ZodType<P>;
  /** How often a failed run is tried again, with pauses growing to ten minutes. Default 16: more than an hour in all. */
  readonly retries?: number;
  /** Seconds after which a run counts as lost and is given to another worker. Default 300. */
  readonly expiresAfterSeconds?: number;
  /** A cron expression (UTC) on which an empty payload is sent. */
  readonly schedule?: string;
}

/**
 * The one function that does a job. It may run twice for the same job (a worker can be killed after the effect and
 * before the tick), so key every effect by `jobId` or by the payload's own ids.
 */
export interface Handler {
  readonly job: Job;
  readonly run: (payload: object, context: RunContext) => Promise<void>;
}

export interface RunContext {
  readonly jobId: string;
  /** 0 on the first try. */
  readonly attempt: number;
  /** Aborts when the program stops or the run has taken too long. */
  readonly signal: AbortSignal;
}

/** Binds a job to its handler with the payload's type. */
export function handle<P extends object>(
  job: Job<P>,
  run: (payload: P, context: RunContext) => Promise<void>,
): Handler {
  return { job: job as unknown as Job, run: run as Handler['run'] };
}

export interface Jobs {
  /**
   * Sends a job with the transaction: it exists if and only if the transaction commits.
   * @param options.id deterministic id (uuid): sending the same again does nothing.
   * @throws `job-unknown` when no handler was given for it at start.
   */
  send<P extends object>(
    trx: Trx,
    job: Job<P>,
    payload: P,
    options?: { readonly id?: string; readonly startAfter?: Date },
  ): Promise<void>;
  /** Starts working; before this, jobs are accepted and wait. */
  work(): Promise<void>;
  /** Waits for runs under way, up to `graceMs`, then closes. */
  stop(graceMs?: number): Promise<void>;
}

/** How often the processes of a clinic look after the queue they share; in one of them at a time each. */
export interface JobsPace {
  /** A worker that has not been heard of for so long was killed: its runs are given to another. At least 10. */
  readonly lostAfterSeconds: number;
  /** Between two looks for lost runs. */
  readonly lookEverySeconds: number;
  /** Between two looks at the schedules, 1 to 45. */
  readonly scheduleEverySeconds: number;
}

const usualPace: JobsPace = { lostAfterSeconds: 30, lookEverySeconds: 15, scheduleEverySeconds: 30 };

/**
 * Opens the queue in schema `jobs` of the same database and makes every job's queue.
 * @throws `job-without-one-handler` when two handlers name the same job.
 */
export async function openJobs(
  connection: Connection,
  log: Logger,
  handlers: readonly Handler[],
  pace: JobsPace = usualPace,
): Promise<Jobs> {
  const byName = new Map<string, Handler>();
  for (const handler of handlers) {
    if (byName.has(handler.job.name)) {
      throw Object.assign(new Error(`job ${handler.job.name} has two handlers; keep one.`), {
        code: 'job-without-one-handler' as const,
      });
    }
    byName.set(handler.job.name, handler);
  }
  const boss = new PgBoss({
    ...(clientSettings(connection) as object),
    application_name: 'undertone-jobs',
    schema: 'jobs',
    max: 4,
    useListenNotify: true,
    superviseIntervalSeconds: pace.lookEverySeconds,
    monitorIntervalSeconds: pace.lookEverySeconds,
    cronMonitorIntervalSeconds: pace.scheduleEverySeconds,
    cronWorkerIntervalSeconds: Math.min(5, pace.scheduleEverySeconds),
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue'));
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'job queue'));
  await boss.start();
  // Most starts find everything as it should be, and after a crash each statement is time nobody is served in.
  const queues = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  const schedules = new Map((await boss.getSchedules()).map((schedule) => [schedule.name, schedule]));
  for (const { job } of byName.values()) {
    const options = {
      // What a job needs may be away for an hour: a mail server, a bucket.
      retryLimit: job.retries ?? 16,
      retryDelay: 2,
      retryBackoff: true,
      retryDelayMax: 600,
      expireInSeconds: job.expiresAfterSeconds ?? 300,
      heartbeatSeconds: pace.lostAfterSeconds,
      notify: true,
    };
    const queue = queues.get(job.name);
    if (queue === undefined) await boss.createQueue(job.name, options);
    // Another process may have made it this very moment, or an earlier version otherwise.
    const isAsked = Object.entries(options).every(([name, value]) => queue?.[name as keyof Queue] === value);
    if (!isAsked) await boss.updateQueue(job.name, options);
    const schedule = schedules.get(job.name);
    if (job.schedule !== undefined && (schedule?.cron !== job.schedule || schedule.timezone !== 'UTC'))
      await boss.schedule(job.name, job.schedule, {}, { tz: 'UTC' });
  }

  // A notice wakes a worker at once; jobs that wait for their time or for another try are found by asking.
  const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 };

  return {
    async send(trx, job, payload, options = {}) {
      if (!byName.has(job.name)) {
        throw Object.assign(new Error(`job ${job.name} has no handler; add it to packages/clinic/jobs.ts.`), {
          code: 'job-unknown' as const,
        });
      }
      await boss.send(job.name, job.payload.parse(payload), {
        db: fromKysely(trx),
        ...(options.id !== undefined && { id: options.id }),
        ...(options.startAfter !== undefined && { startAfter: options.startAfter }),
      });
    },

    async work() {
      for (const { job, run } of byName.values()) {
        let worker: string | undefined;
        worker = await boss.work(job.name, polling, async (batch) => {
          for (const one of batch) {
            const context = { jobId: one.id, attempt: one.retryCount, signal: one.signal };
            // Where one was, there may be more: the next is asked for without a pause, so that what has piled up in an
            // outage is worked off in one go.
            if (worker !== undefined) boss.notifyWorker(worker);
            try {
              await run(job.payload.parse(one.data ?? {}), context);
            } catch (error) {
              log.error({ err: error, job: job.name, jobId: one.id, attempt: one.retryCount }, 'job failed');
              throw error;
            }
          }
        });
      }
    },

    stop: (graceMs = 10_000) => boss.stop({ graceful: true, timeout: graceMs }),
  };
}

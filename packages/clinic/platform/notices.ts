import { Client } from 'pg';
import { type Connection, clientSettings } from './database.ts';
import type { Logger } from './log.ts';

/** Hears what other processes of the same database tell (`LISTEN`), through one connection of its own. */
export interface Notices {
  /**
   * @param onNotice what was told; undefined when the connection was lost and is back: something may have been missed.
   * @returns ends the subscription.
   */
  subscribe(channel: string, onNotice: (payload: string | undefined) => void): () => void;
  /** Ends the connection and every subscription. */
  close(): Promise<void>;
  /** Aborts when the program stops: whoever keeps a stream open for notices ends it then. */
  readonly closing: AbortSignal;
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** A connection that died without a word (a switched-off router) is found by asking. */
const askEveryMs = 30_000;

/**
 * Connects when the first channel is asked for, and again with growing pauses whenever the connection is lost. Nobody
 * waits for it: until it stands, nothing is heard, and the first thing heard then is that something may have been missed.
 */
export function openNotices(connection: Connection, log: Logger): Notices {
  const listeners = new Map<string, Set<(payload: string | undefined) => void>>();
  const stop = new AbortController();
  let client: Client | undefined;
  let pauseMs = firstPauseMs;
  let timer: NodeJS.Timeout | undefined;
  let asking: NodeJS.Timeout | undefined;

  const tell = (channel: string, payload: string | undefined) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload);
  };

  const lost = (which: Client, error?: Error) => {
    if (which !== client) return;
    client = undefined;
    clearInterval(asking);
    which.removeAllListeners();
    which.on('error', () => undefined);
    void which.end().catch(() => undefined);
    if (stop.signal.aborted) return;
    if (error !== undefined) log.warn({ err: error }, 'notices of the database lost');
    timer = setTimeout(() => void connect(), pauseMs);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  };

  const connect = async () => {
    if (stop.signal.aborted || client !== undefined || listeners.size === 0) return;
    const fresh = new Client({
      ...clientSettings(connection),
      application_name: 'undertone-notices',
      connectionTimeoutMillis: 15_000,
    });
    client = fresh;
    fresh.on('error', (error) => lost(fresh, error));
    fresh.on('end', () => lost(fresh));
    fresh.on('notification', ({ channel, payload }) => tell(channel, payload ?? ''));
    try {
      await fresh.connect();
      for (const channel of listeners.keys()) await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`);
      pauseMs = firstPauseMs;
      asking = setInterval(() => {
        fresh.query('select 1').catch((error: unknown) => lost(fresh, error as Error));
      }, askEveryMs);
      for (const channel of listeners.keys()) tell(channel, undefined);
    } catch (error) {
      lost(fresh, error as Error);
    }
  };

  return {
    closing: stop.signal,

    subscribe(channel, onNotice) {
      const isNew = !listeners.has(channel);
      const of = listeners.get(channel) ?? new Set();
      listeners.set(channel, of);
      of.add(onNotice);
      if (client === undefined) void connect();
      else if (isNew) {
        const at = client;
        at.query(`listen ${at.escapeIdentifier(channel)}`).catch((error: unknown) =>
          lost(at, error as Error),
        );
      }
      return () => {
        of.delete(onNotice);
      };
    },

    async close() {
      stop.abort();
      clearTimeout(timer);
      clearInterval(asking);
      listeners.clear();
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}

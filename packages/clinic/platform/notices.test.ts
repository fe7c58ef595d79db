import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openNotices } from './notices.ts';
import { testDatabase } from './testing/database.ts';

const database = await testDatabase();
const log = pino({ level: 'silent' });
const open: ReturnType<typeof openNotices>[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function heardOn(channel: string) {
  const notices = openNotices(database.connection, log);
  open.push(notices);
  const heard: (string | undefined)[] = [];
  const end = notices.subscribe(channel, (payload) => heard.push(payload));
  return { heard, end, notices };
}

/** A busy machine may take longer over a notice than the second Vitest waits of itself. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });

const tell = (channel: string, payload: string) =>
  sql`select pg_notify(${channel}, ${payload})`.execute(database.db);

describe('a notice', () => {
  it('reaches every process that listens on its channel, when the transaction commits and not before', async () => {
    const one = heardOn('a');
    const other = heardOn('a');
    const deaf = heardOn('b');
    // The first thing heard is that something may have been missed.
    await eventually(() =>
      expect([one.heard, other.heard, deaf.heard]).toEqual([[undefined], [undefined], [undefined]]),
    );
    await database.db.transaction().execute(async (trx) => {
      await sql`select pg_notify('a', 'x')`.execute(trx);
      await pause(100);
      expect(one.heard).toHaveLength(1);
    });
    await eventually(() => expect(one.heard).toEqual([undefined, 'x']));
    await eventually(() => expect(other.heard).toEqual([undefined, 'x']));
    expect(deaf.heard).toEqual([undefined]);
  });

  it('after a lost connection begins with a word that something may have been missed', async () => {
    const { heard } = heardOn('c');
    await eventually(() => expect(heard).toEqual([undefined]));
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'undertone-notices' and datname = current_database()`.execute(database.db);
    await eventually(() => expect(heard).toEqual([undefined, undefined]));
    await tell('c', 'again');
    await eventually(() => expect(heard.at(-1)).toBe('again'));
  });

  it('is no longer told to whoever has left', async () => {
    const { heard, end, notices } = heardOn('d');
    const stays: (string | undefined)[] = [];
    notices.subscribe('d', (payload) => stays.push(payload));
    await eventually(() => expect(stays).toEqual([undefined]));
    end();
    await tell('d', 'late');
    await eventually(() => expect(stays.at(-1)).toBe('late'));
    expect(heard).toEqual([undefined]);
    expect(notices.closing.aborted).toBe(false);
    await notices.close();
    expect(notices.closing.aborted).toBe(true);
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, inject, it } from 'vitest';
import { newCluster } from '../tools/faults/cluster.ts';
import { kills } from '../tools/faults/kills.ts';
import { journeys } from './journey.ts';

journeys('processes killed under load', () => {
  it('lose nothing that was confirmed, sell nothing twice, answer everybody and send every message', {
    timeout: 420_000,
  }, async () => {
    expect(inject('site')).toBeDefined();
    const { verdict, rounds } = await kills({
      rounds: 3,
      seed: 5,
      visitors: 4,
      // One of each that every visitor notices.
      targets: ['backend', 'database', 'first'],
      inTurn: true,
      // One try: a request that is neither answered nor refused is given up as unanswered.
      tryMs: 150_000,
      giveUpMs: 150_000,
      say: () => undefined,
    });
    expect(rounds).toMatchObject({ backend: 1, database: 1, first: 1 });
    expect(verdict.booked).toBeGreaterThan(0);
    expect(verdict).toMatchObject({
      unanswered: 0,
      lost: 0,
      comeBack: 0,
      vanished: 0,
      doubleBookings: 0,
      twice: 0,
      halves: 0,
      auditFaults: 0,
      unsent: 0,
    });
  });
});

it('a synchronous replica has everything that was confirmed when its primary is killed and it is promoted', {
  timeout: 120_000,
}, async () => {
  const primary = await newCluster();
  const follower = await primary.follow('replica');
  try {
    await primary.ask('create table told (n int primary key)');
    await primary.ask('grant all on told to undertone');
    await primary.ask(`alter system set synchronous_standby_names = 'FIRST 1 (replica)'`);
    await primary.ask('select pg_reload_conf()');
    const isSynchronous = async () =>
      (await primary.ask<{ sync_state: string }>('select sync_state from pg_stat_replication')).some(
        ({ sync_state }) => sync_state === 'sync',
      );
    while (!(await isSynchronous())) await pause(50);
    const told: number[] = [];
    const write = async (who: number) => {
      const client = new Client({ connectionString: primary.url() });
      client.on('error', () => undefined);
      await client.connect();
      try {
        for (let n = who; ; n += 4) {
          await client.query('insert into told values ($1)', [n]);
          told.push(n);
        }
      } catch {
        // The primary is gone: what was under way was not confirmed.
      } finally {
        await client.end().catch(() => undefined);
      }
    };
    const writing = Promise.all([0, 1, 2, 3].map(write));
    while (told.length < 200) await pause(10);
    await primary.kill();
    await writing;
    await follower.ask('select pg_promote(true, 60)');
    const there = new Set((await follower.ask<{ n: number }>('select n from told')).map(({ n }) => n));
    expect(told.filter((n) => !there.has(n))).toEqual([]);
    // It takes writes, and waits for nobody.
    await follower.ask('insert into told values (-1)');
  } finally {
    await follower.stop();
    follower.remove();
    primary.remove();
  }
});

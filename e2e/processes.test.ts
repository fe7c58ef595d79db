import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { solved } from '@undertone/clinic/booking/testing/clinic.ts';
import { readConfig } from '@undertone/clinic/platform/config.ts';
import { startClinic } from '@undertone/clinic/start.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { childrenOf } from '../tools/faults/processes.ts';
import { newHome, removeHome, type Site, spawnServe, startSite } from '../tools/site.ts';
import { journeys, owner } from './journey.ts';

/*
 * One clinic served by several processes on one data folder: `serve --processes 2 --workers 2`, and beside it a
 * `serve --web` of its own, so that a request can be sent to the one or to the other.
 */
journeys('several processes of one clinic', () => {
  let home: string;
  let first: Site;
  let beside: Site;
  let cookie: string;
  let tenantId: string;
  let started: Awaited<ReturnType<typeof startClinic>>;

  beforeAll(async () => {
    if (inject('chromium') === undefined) return;
    home = await newHome();
    first = await startSite({ home, args: ['--processes', '2', '--workers', '2'] });
    beside = await startSite({ home, args: ['--web'] });
    started = await startClinic(readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file' }), {
      beside: 'join',
      work: false,
      migrate: false,
    });
    tenantId = (await mainTenant(started.clinic))?.id ?? '';
    const made = await fetch(first.ownerLink ?? '', {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: first.url },
      body: new URLSearchParams({ ...owner }),
    });
    expect(made.status).toBe(302);
    cookie = made.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  }, 240_000);

  afterAll(async () => {
    await started?.stop();
    await beside?.stop();
    await first?.stop();
    if (home) await removeHome(home);
  }, 60_000);

  const book = async (site: Site, start: string, options: { key?: string; altcha?: string } = {}) => {
    const key = options.key ?? randomUUID();
    const reply = await fetch(`${site.url}/api/v1/bookings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({
        service: 'consultation',
        start,
        name: 'Sample visitor of the processes',
        email: `${key}@example.org`,
        altcha: options.altcha ?? (await solved(started.clinic, tenantId)),
      }),
    });
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };
  const freeStarts = async () => {
    const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    const address = `${beside.url}/api/v1/availability?service=consultation&from=${day(2)}&to=${day(20)}`;
    const { slots } = (await (await fetch(address)).json()) as { slots: { start: string }[] };
    return slots.map(({ start }) => start);
  };
  const mails = async () => {
    const folder = join(home, 'outbox');
    const names = await readdir(folder).catch(() => []);
    return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  };

  it('know each other’s sessions, and that one has ended', async () => {
    const desk = (site: Site) =>
      fetch(`${site.url}/desk`, { redirect: 'manual', headers: { cookie } }).then(({ status }) => status);
    expect([await desk(first), await desk(beside)]).toEqual([200, 200]);
    const other = await fetch(`${first.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: first.url },
      body: new URLSearchParams({ email: owner.email, password: owner.password }),
    });
    const second = other.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const out = await fetch(`${beside.url}/sign-out`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: beside.url, cookie: second },
    });
    expect(out.status).toBe(302);
    const after = await fetch(`${first.url}/desk`, { redirect: 'manual', headers: { cookie: second } });
    expect(after.status).toBe(302);
  });

  it('tell a screen of one what was booked through another, and send one message for it', async () => {
    const starts = await freeStarts();
    const leave = new AbortController();
    const stream = await fetch(`${beside.url}/desk/calendar/live`, {
      headers: { cookie },
      signal: AbortSignal.any([leave.signal, AbortSignal.timeout(60_000)]),
    });
    expect(stream.status).toBe(200);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const isHeard = () => heard.includes('event: changed');
    const listening = (async () => {
      while (!isHeard()) heard += (await reader?.read())?.value ?? '';
    })();
    // The stream stands, its LISTEN may not yet: what was told before it is told by the next one.
    const key = randomUUID();
    for (let nth = 0; nth === 0 || !isHeard(); nth += 1) {
      const booked = await book(first, starts[8 * nth] ?? '', nth === 0 ? { key } : {});
      expect(booked.status).toBe(201);
      await Promise.race([listening, pause(3000)]);
    }
    leave.abort();
    for (let waited = 0; waited < 20_000; waited += 250) {
      if ((await mails()).some((mail) => mail.includes(key))) break;
      await pause(250);
    }
    await pause(1000);
    expect((await mails()).filter((mail) => new RegExp(`^To:.*${key}`, 'm').test(mail))).toHaveLength(1);
  });

  it('take one request sent to two of them as one booking, and a solved challenge once', async () => {
    const [start = '', next = ''] = (await freeStarts()).slice(100);
    const key = randomUUID();
    const altcha = await solved(started.clinic, tenantId);
    const replies = await Promise.all(
      [first, beside, first].map((site) => book(site, start, { key, altcha })),
    );
    expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 201]);
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await book(beside, next, { altcha })).toMatchObject({ body: { code: 'challenge-used' } });
  });

  it('go on when one of them is killed, and are as many again', async () => {
    const before = childrenOf(first.pid).filter(({ command }) => command.includes('--web'));
    expect(before).toHaveLength(2);
    const pid = before[0]?.pid ?? 0;
    // Nobody is left waiting, not even whose connection went to the one that is about to be killed.
    const ask = async () =>
      (await fetch(`${first.url}/readyz`, { signal: AbortSignal.timeout(60_000) })).status;
    process.kill(pid, 'SIGSTOP');
    const asked = Array.from({ length: 20 }, () => ask().catch((error: Error) => error.name));
    await pause(200);
    process.kill(pid, 'SIGKILL');
    expect(await Promise.all(asked)).not.toContain('TimeoutError');
    for (let i = 0; i < 20; i++) expect(await ask().catch(ask)).toBe(200);
    for (let waited = 0; waited < 20_000 && !first.printed().includes('starting it again'); waited += 100)
      await pause(100);
    const webs = () => childrenOf(first.pid).filter(({ command }) => command.includes('--web'));
    for (let waited = 0; waited < 20_000 && webs().length < 2; waited += 100) await pause(100);
    expect(webs()).toHaveLength(2);
  });

  it('keep a whole second clinic off the data folder', async () => {
    const { child, printed } = spawnServe({ UNDERTONE_HOME: home, PORT: '0' });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(2);
    expect(printed()).toContain('already running');
  });
});

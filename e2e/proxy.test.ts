import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '@undertone/clinic/platform/config.ts';
import { startPostgres } from '@undertone/clinic/platform/postgres.ts';
import { startClinic } from '@undertone/clinic/start.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, newHome, removeHome, spawnServe } from '../tools/site.ts';
import { owner } from './journey.ts';

/*
 * The program behind a proxy, as docs/operations.md sets one up: a small one in Node does what nginx does there, so that
 * this runs everywhere. It hands Host on, adds the visitor's address, and neither holds answers back nor reads bodies ahead.
 */
const host = 'clinic.example.org';
const publicUrl = `https://${host}`;
/** As the proxy sees them, one after the other. */
const visitor = '203.0.113.9';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function startProxy(upstreamPort: number): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((req, res) => {
    const chain = [req.headers['x-forwarded-for'], visitor].filter(Boolean).join(', ');
    const headers = { ...req.headers, 'x-forwarded-for': chain, 'x-forwarded-proto': 'https' };
    const onward = request(
      { host: '127.0.0.1', port: upstreamPort, path: req.url, method: req.method, headers },
      (reply) => {
        res.writeHead(reply.statusCode ?? 502, reply.headers);
        res.flushHeaders();
        reply.pipe(res);
        reply.on('error', () => res.destroy());
      },
    );
    onward.on('error', () => (res.headersSent ? res.destroy() : res.writeHead(502).end('no answer')));
    res.on('close', () => onward.destroy());
    req.pipe(onward);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, port: (server.address() as { port: number }).port }),
    );
  });
}

function ask(
  port: number,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: init.method ?? 'GET',
        headers: { Host: host, ...init.headers },
      },
      (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('error', reject);
        reply.on('end', () =>
          resolve({
            status: reply.statusCode ?? 0,
            headers: reply.headers,
            body: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(init.body);
  });
}

/** Waits until something was printed, or tells what was printed instead. */
async function untilSaid(printed: () => string, said: RegExp): Promise<void> {
  for (const until = Date.now() + 180_000; !said.test(printed()); await pause(100))
    if (Date.now() > until) throw new Error(`not said: ${said.source}; but:\n${printed()}`);
}

describe('behind a proxy with a certificate', () => {
  let home: string;
  let site: ReturnType<typeof spawnServe>;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let sitePort: number;
  let cookie = '';

  beforeAll(async () => {
    home = await newHome();
    sitePort = await freePort();
    const settings = { PUBLIC_URL: publicUrl, TRUSTED_PROXIES: '1' };
    site = spawnServe({ UNDERTONE_HOME: home, PORT: String(sitePort), DRAIN_SECONDS: '8', ...settings });
    await untilSaid(site.printed, /Ctrl-C stops everything/);
    proxy = await startProxy(sitePort);
  }, 240_000);
  afterAll(async () => {
    proxy?.server.closeAllConnections();
    proxy?.server.close();
    if (site.child.exitCode === null) {
      const ended = new Promise((resolve) => void site.child.once('exit', resolve));
      site.child.kill('SIGINT');
      await ended;
    }
    await removeHome(home);
  }, 120_000);

  it('every address the pages give out is the public one, and browsers are told to stay on https', async () => {
    const answer = await ask(proxy.port, '/en');
    expect(answer.status).toBe(200);
    expect(answer.headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);
    expect(answer.body).toContain(publicUrl);
    expect(answer.body).not.toMatch(new RegExp(`https?://(localhost|127\\.0\\.0\\.1)`));
    expect(site.printed()).toContain(`Ready`);
    expect(site.printed()).toMatch(new RegExp(`${publicUrl}/invite/`));
  });

  it('an account is made and used with cookies for https alone; a form of another site is refused', async () => {
    const path = new URL(/https:\S+\/invite\/\S+/.exec(site.printed())?.[0] ?? publicUrl).pathname;
    const form = (origin: string) => ({
      method: 'POST',
      // What a visitor writes into this header is not believed: the proxy's own entry is the last.
      headers: {
        Origin: origin,
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-Forwarded-For': '198.51.100.1',
      },
      body: new URLSearchParams({ ...owner }).toString(),
    });
    expect((await ask(proxy.port, path, form('https://elsewhere.example'))).status).toBe(403);
    const made = await ask(proxy.port, path, form(publicUrl));
    expect(made.status).toBe(302);
    const lines = made.headers['set-cookie'] ?? [];
    expect(
      lines.filter((line) => line.startsWith('__Host-undertone=') && line.includes('; Secure')),
    ).toHaveLength(1);
    cookie = lines.map((line) => line.split(';')[0]).join('; ');
    for (const page of [
      '/desk',
      '/desk.data',
      '/desk/patients',
      '/desk/staff',
      '/desk/nothing-here',
      '/en',
    ]) {
      const seen = await ask(proxy.port, page, { headers: { Cookie: cookie } });
      expect({ page, kept: seen.headers['cache-control'] }).toEqual({ page, kept: 'private, no-store' });
    }
    expect((await ask(proxy.port, '/desk', { headers: { Cookie: cookie } })).status).toBe(200);
    const account = await ask(proxy.port, '/desk/account', { headers: { Cookie: cookie } });
    expect(account.body).toContain(visitor);
    expect(account.body).not.toContain('198.51.100.1');
  });

  it('the calendar’s stream comes through line by line, and ends when either side leaves', async () => {
    const started = await startClinic(readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file' }), {
      beside: 'join',
      work: false,
      migrate: false,
    });
    try {
      const tenantId = (await mainTenant(started.clinic))?.id ?? '';
      let said = '';
      let type: string | undefined;
      const stream = request({
        host: '127.0.0.1',
        port: proxy.port,
        path: '/desk/calendar/live',
        headers: { Host: host, Cookie: cookie, Accept: 'text/event-stream' },
      });
      stream.on('error', () => undefined);
      stream.on('response', (reply) => {
        type = reply.headers['content-type'];
        reply.on('data', (part: Buffer) => {
          said += part.toString();
        });
        reply.on('error', () => undefined);
      });
      stream.end();
      await expect.poll(() => said, { timeout: 30_000 }).toContain('retry:');
      expect(type).toContain('text/event-stream');
      expect(said).not.toContain('changed');
      await sql`select pg_notify('undertone_desk', ${`${tenantId} requests`})`.execute(started.clinic.db);
      await expect.poll(() => said, { timeout: 30_000 }).toContain('event: changed');
      stream.destroy();
    } finally {
      await started.stop();
    }
  });

  it('a table of several megabytes is taken; a body beyond the limit is refused', async () => {
    const boundary = 'a-boundary-of-this-test';
    const rows = Array.from(
      { length: 120_000 },
      (_, n) => `Proxy Person ${n},${9_740_000_000 + n},some words of a note`,
    );
    const body = Buffer.from(
      [
        `--${boundary}\r\nContent-Disposition: form-data; name="kind"\r\n\r\npatients\r\n`,
        `--${boundary}\r\nContent-Disposition: form-data; name="table"; filename="t.csv"\r\nContent-Type: text/csv\r\n\r\n`,
        `name,phone,notes\n${rows.join('\n')}\r\n--${boundary}--\r\n`,
      ].join(''),
    );
    expect(body.length).toBeGreaterThan(5_000_000);
    const headers = {
      Cookie: cookie,
      Origin: publicUrl,
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
    };
    const taken = await ask(proxy.port, '/desk/imports', {
      method: 'POST',
      headers: { ...headers, 'Content-Length': String(body.length) },
      body,
    });
    expect(taken.status).toBe(303);
    expect(taken.headers.location).toContain('/desk/imports/');
    const refused = await ask(sitePort, '/desk/imports', {
      method: 'POST',
      headers: { ...headers, 'Content-Length': String(65 * 1024 * 1024) },
      body: 'only the beginning',
    }).catch((error: { code?: string }) => ({ status: 0, body: String(error.code) }));
    expect(refused).toMatchObject({
      status: 413,
      body: expect.stringContaining('Send a smaller file') as string,
    });
  });

  it('the measures stay on the machine; health is told', async () => {
    expect((await ask(proxy.port, '/metrics')).status).toBe(404);
    expect((await ask(sitePort, '/metrics')).status).toBe(200);
    expect(await ask(proxy.port, '/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
    expect(await ask(proxy.port, '/readyz')).toMatchObject({ status: 200, body: 'ready\n' });
  });

  it('told to stop, it says so at once, serves on while a balancer turns away, finishes what is under way, and ends', async () => {
    const drained: (number | undefined)[] = [];
    const closes: string[] = [];
    // A form on its way: its second half comes after the signal.
    const text = new URLSearchParams({
      email: 'nobody@example.org',
      password: 'not a password of anybody',
    }).toString();
    const answered = new Promise<number>((resolve, reject) => {
      const slow = request(
        {
          host: '127.0.0.1',
          port: proxy.port,
          path: '/sign-in',
          method: 'POST',
          headers: {
            Host: host,
            Origin: publicUrl,
            'Content-Type': 'application/x-www-form-urlencoded',
            'Content-Length': String(text.length),
          },
        },
        (reply) => {
          reply.resume();
          reply.on('end', () => resolve(reply.statusCode ?? 0));
        },
      );
      slow.on('error', reject);
      slow.write(text.slice(0, 10));
      // The first half must have arrived before the signal: an answer to a later question says so.
      void ask(proxy.port, '/healthz').then(() => {
        site.child.kill('SIGTERM');
        return untilSaid(site.printed, /Stopping/)
          .then(async () => {
            const [ready, alive, page] = await Promise.all(
              ['/readyz', '/healthz', '/en'].map((path) => ask(proxy.port, path)),
            );
            drained.push(ready?.status, alive?.status, page?.status);
            closes.push(String((await ask(sitePort, '/readyz')).headers.connection));
            // Later than repeats that count as the same wish: a supervisor that says it twice cuts nothing short.
            await pause(2200);
            site.child.kill('SIGTERM');
          })
          .finally(() => slow.end(text.slice(10)));
      }, reject);
    });
    expect(await answered).toBeLessThan(500);
    expect(drained).toEqual([503, 200, 200]);
    expect(closes).toEqual(['close']);
    await expect.poll(() => site.child.exitCode, { timeout: 60_000 }).toBe(0);
    expect(site.printed()).toContain('Stopped.');
    expect((await ask(proxy.port, '/readyz')).status).toBe(502);
  });
});

it('says that it lives and is not ready while its database is away, and is ready again when it is back', async () => {
  const [home, other] = [await newHome(), await newHome()];
  const database = { binaries: process.env.UNDERTONE_POSTGRES_BIN, account: undefined, folder: undefined };
  const begin = () =>
    startPostgres({ home: other, database, log: pino({ level: 'silent' }), durable: false });
  let postgres = await begin();
  const {
    host: socket,
    port,
    password,
  } = postgres.connection as { host: string; port: number; password: string };
  const query = new URLSearchParams({ host: socket, port: String(port) }).toString();
  const url = `postgres://undertone:${encodeURIComponent(password)}@localhost/undertone?${query}`;
  const sitePort = await freePort();
  const site = spawnServe({ UNDERTONE_HOME: home, PORT: String(sitePort), DATABASE_URL: url });
  const status = (path: string) =>
    fetch(`http://localhost:${sitePort}${path}`).then(
      (reply) => reply.status,
      () => 0,
    );
  try {
    await untilSaid(site.printed, /Ctrl-C stops everything/);
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 200]);
    await postgres.stop();
    await expect.poll(() => status('/readyz'), { timeout: 60_000 }).toBe(503);
    expect(await status('/healthz')).toBe(200);
    postgres = await begin();
    await expect.poll(() => status('/readyz'), { timeout: 60_000 }).toBe(200);
    expect(await status('/healthz')).toBe(200);
  } finally {
    const ended = new Promise((resolve) => void site.child.once('exit', resolve));
    site.child.kill('SIGINT');
    await ended;
    await postgres.stop();
    for (const folder of [home, other]) await removeHome(folder);
  }
}, 240_000);

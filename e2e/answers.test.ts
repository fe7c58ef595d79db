import { expect } from 'vitest';
import { journeys, test } from './journey.ts';

journeys('every answer', () => {
  test('carries the security headers and a policy without inline code', async ({ site }) => {
    for (const path of ['/en', '/sign-in', '/nowhere', '/healthz', '/api/v1/nothing', '/mark.svg']) {
      const { headers } = await fetch(site + path);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBeTruthy();
      expect(headers.get('X-Request-Id')).toMatch(/^[\w-]{12}$/);
      expect(headers.get('Permissions-Policy')).toContain('camera=(self)');
      if (!headers.get('Content-Type')?.startsWith('text/html')) continue;
      const policy = headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("'unsafe-inline'");
      expect(policy).not.toContain("'unsafe-eval'");
    }
  });

  test('to a page has a nonce of its own', async ({ site }) => {
    const nonces = new Set<string>();
    for (let turn = 0; turn < 5; turn++) {
      const policy = (await fetch(`${site}/sign-in`)).headers.get('Content-Security-Policy') ?? '';
      nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
    }
    expect(nonces.size).toBe(5);
  });

  test('to a foreign or missing origin is a refusal, for every method that changes something', async ({
    site,
  }) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const origin of ['https://evil.test', 'null', undefined]) {
        const answer = await fetch(`${site}/sign-in`, {
          method,
          headers: origin === undefined ? {} : { Origin: origin },
        });
        expect(answer.status).toBe(403);
      }
    }
  });

  test('to too large a form is 413, whether its length is declared or not', async ({ site }) => {
    const big = new Uint8Array(2 * 1024 * 1024);
    const declared = await fetch(`${site}/sign-in`, { method: 'POST', headers: { Origin: site }, body: big });
    expect(declared.status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let piece = 0; piece < 32; piece++) controller.enqueue(big.subarray(0, 65_536));
        controller.close();
      },
    });
    const undeclared = fetch(`${site}/sign-in`, {
      method: 'POST',
      headers: { Origin: site, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    const outcome = await undeclared.then(
      ({ status }) => status,
      () => 'connection closed',
    );
    expect(outcome).not.toBe(200);
    expect(outcome).not.toBe(422);
  });

  test('to an unknown resource of the API is a problem object with a code', async ({ site }) => {
    const answer = await fetch(`${site}/api/v1/nothing`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found' });
  });

  test('for a file with a hash in its name may be kept for ever, and is compressed', async ({ site }) => {
    const html = await (await fetch(`${site}/sign-in`)).text();
    const sheet = /href="(\/assets\/[^"]+\.css)"/.exec(html)?.[1] ?? '';
    const answer = await fetch(site + sheet, { headers: { 'Accept-Encoding': 'br' } });
    expect(answer.headers.get('Cache-Control')).toContain('immutable');
    expect(answer.headers.get('Content-Encoding')).toBe('br');
    const again = await fetch(site + sheet, {
      headers: { 'If-None-Match': answer.headers.get('ETag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test('never comes from outside the folder of public files', async ({ site }) => {
    for (const path of [
      '/..%2fserver%2findex.js',
      '/assets/..%2f..%2fserver/index.js',
      '/.vite/manifest.json.br',
      '/%00',
    ]) {
      const answer = await fetch(site + path, { redirect: 'manual' });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });

  test('about health says that the process lives and the database answers', async ({ site }) => {
    expect((await fetch(`${site}/healthz`)).status).toBe(200);
    expect((await fetch(`${site}/readyz`)).status).toBe(200);
  });
});

import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect } from 'vitest';
import { ask, enter, faultIn, type Keys, show, signIn } from '../tools/fuzz/asking.ts';
import { climbOut, formulasGivenOut, hostileFiles, sendHostileFiles } from '../tools/fuzz/uploads.ts';
import { knownOfTheProgram, wishes } from '../tools/fuzz/wishes.ts';
import { removeHome, type Site, startSite } from '../tools/site.ts';
import { journeys, test } from './journey.ts';

// A small part of `npm run fuzz`, with a seed that stays: the same requests every time.
const seed = 20_260_302;

journeys('hostile input', () => {
  let site: Site;
  let keys: Keys;

  beforeAll(async () => {
    site = await startSite({ env: { TRUSTED_PROXIES: '1', LOG_LEVEL: 'error' } });
    keys = await enter(site);
  });

  afterAll(async () => {
    await site.stop();
    await removeHome(site.home);
  });

  test('comes from a member and from a program that are let in', async () => {
    const plain = { method: 'GET', headers: {}, fields: [], as: 'none' } as const;
    expect(await ask(site, { ...plain, path: '/desk', who: 'member' }, keys)).toMatchObject({ status: 200 });
    const path = '/fhir/R4/Patient?_count=1';
    expect(await ask(site, { ...plain, path, who: 'program' }, keys)).toMatchObject({ status: 200 });
  });

  test('as a file is refused or kept as nothing that runs, at every address that takes one', async () => {
    expect(await sendHostileFiles(site, keys, hostileFiles(seed))).toEqual([]);
  });

  test('too large for what is asked leaves the connection to whoever asks next', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { port } = new URL(site.url);
    const statusOf = (method: string, path: string, body: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { Origin: site.url, 'Content-Type': 'text/plain' };
        const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (reply) => {
          reply.resume().on('end', () => resolve(reply.statusCode));
        });
        sent.on('error', reject);
        sent.end(body);
      });
    for (const path of ['/fhir/R4/Patient', '/robots.txt', '/en'])
      expect(await statusOf('POST', path, 'x'.repeat(600_000))).toBeGreaterThanOrEqual(400);
    expect(await statusOf('GET', '/healthz', '')).toBe(200);
    agent.destroy();
  });

  test('asks for a stream as data, or for its head alone, and is answered at once', async () => {
    const plain = { headers: {}, fields: [], as: 'none', who: 'member' } as const;
    const live = '/desk/calendar/live';
    for (const method of ['GET', 'HEAD'])
      expect(await ask(site, { ...plain, method, path: `${live}.data` }, keys)).toMatchObject({
        status: 404,
      });
    expect(await ask(site, { ...plain, method: 'HEAD', path: live }, keys)).toMatchObject({
      status: 200,
      body: '',
    });
  });

  test('as a text the database cannot hold is refused where no form looks for it', async () => {
    const fields: [string, string][] = [
      ['intent', 'settings'],
      ['legalName', 'a\0b'],
      ['yearStartMonth', '4'],
    ];
    const wish = { method: 'POST', path: '/desk/money/prices', headers: {}, fields, as: 'form' } as const;
    for (const path of [wish.path, `${wish.path}.data`])
      expect(await ask(site, { ...wish, path, who: 'member' }, keys)).toMatchObject({ status: 400 });
  });

  test('as an address that climbs leads to no file of the machine', async () => {
    expect(await climbOut(site, keys)).toEqual([]);
  });

  test('as a name that is a formula runs in no table that is given out', async () => {
    expect(await formulasGivenOut(site, keys)).toEqual([]);
  });

  test('as forms, JSON and odd methods is answered by a refusal or a page', async () => {
    const faults: string[] = [];
    let sent = 0;
    for (const wish of wishes(await knownOfTheProgram(), seed)) {
      if (sent === 300) break;
      if (sent % 150 === 149) keys = await signIn(site, keys);
      sent++;
      const fault = faultIn(await ask(site, wish, keys));
      if (fault !== undefined) faults.push(`${fault}: ${show(wish)}`);
    }
    expect(faults).toEqual([]);
  });
});

import { readConfig } from '@undertone/clinic/platform/config.ts';
import type { TenantSite } from '@undertone/clinic/tenant/commands.ts';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openSites } from './sites.ts';

const config = readConfig({ UNDERTONE_HOME: '/nowhere', PUBLIC_URL: 'https://first.example.org' });
const site = (id: string, host: string | null): TenantSite => ({
  id,
  host,
  publicUrl: `https://${host ?? 'first.example.org'}`,
});

/** Sites over a list that can be added to, and how often it was read. */
async function sitesOver(...known: TenantSite[]) {
  let reads = 0;
  const list = () => {
    reads++;
    return Promise.resolve([...known]);
  };
  const sites = await openSites({ config, log: pino({ level: 'silent' }) }, list);
  return { sites, known, reads: () => reads };
}

describe('the clinic of a host name', () => {
  it('is the new one for its first visitor too, never the first clinic', async () => {
    const { sites, known } = await sitesOver(site('a', null));
    expect((await sites.of('second.example.org'))?.id).toBe('a');
    known.push(site('b', 'second.example.org'));
    const answers = await Promise.all(
      ['second.example.org', 'SECOND.example.org:3000'].map(async (name) => await sites.of(name)),
    );
    expect(answers.map((one) => one?.id)).toEqual(['b', 'b']);
    expect((await sites.of('first.example.org'))?.id).toBe('a');
  });

  it('is told without waiting for names that are known, and for those no clinic can have', async () => {
    const { sites, reads } = await sitesOver(site('a', null), site('b', 'second.example.org'));
    const names = ['first.example.org', 'second.example.org:3000', 'localhost:3000', '127.0.0.1', '[::1]:80'];
    expect(names.map((name) => sites.of(name))).toEqual(
      names.map((name) => expect.objectContaining({ id: name.startsWith('second') ? 'b' : 'a' }) as unknown),
    );
    expect(sites.of(undefined)).toMatchObject({ id: 'a' });
    expect(sites.of('web-1', true)).toMatchObject({ id: 'a' });
    expect(reads()).toBe(1);
  });

  it('is nobody where the first clinic has a name of its own', async () => {
    const { sites } = await sitesOver(site('a', 'first.example.org'));
    expect(await sites.of('other.example.org')).toBeUndefined();
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programFolder, readConfig, settingNames } from './config.ts';

describe('settings', () => {
  it('all have a default that runs', () => {
    const config = readConfig({});
    expect(config.home).toBe(join(programFolder(), 'data'));
    expect(config.http).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      trustedProxies: 0,
      drainSeconds: 5,
      hstsSubdomains: false,
    });
    expect(config.database.url).toBeUndefined();
    expect(config.mail.url).toBeUndefined();
  });

  it('follow one another where they depend', () => {
    const config = readConfig({ UNDERTONE_HOME: '/srv/clinic', PORT: '8080', PUBLIC_URL: '' });
    expect(config.files.url).toBe('file:///srv/clinic/files');
    expect(config.http.publicUrl).toBe('http://localhost:8080');
    expect(readConfig({ PUBLIC_URL: 'https://clinic.example/' }).http.publicUrl).toBe(
      'https://clinic.example',
    );
    expect(readConfig({ UNDERTONE_HOME: 'here' }).home).toBe(join(process.cwd(), 'here'));
  });

  it('cannot be changed afterwards, at any depth', () => {
    const config = readConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(
      Object.values(config).filter((branch) => typeof branch === 'object' && !Object.isFrozen(branch)),
    ).toEqual([]);
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://host/db'],
    ['FILES_URL', 's3://bucket'],
    ['SMTP_URL', 'localhost'],
    ['PUBLIC_URL', 'clinic.example'],
    ['UNDERTONE_MASTER_KEY', 'c2hvcnQ='],
    ['UNDERTONE_SAMPLE', 'maybe'],
    ['LOG_LEVEL', 'loud'],
  ])('name %s when it is "%s"', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining(name) as string,
      }) as Error,
    );
  });

  it('are each explained to the owner', () => {
    const path = join(programFolder(), 'docs', 'operations.md');
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    expect(settingNames.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

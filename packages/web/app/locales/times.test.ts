import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../../../../tools/run.ts';
import { deskTag, inDigitsOf, intlTag, locales } from './index.ts';

const app = join(rootDir, 'packages/web/app');

/** Pages that visitors and patients read; all others are the desk's. */
const visitors = /^(book|check|estimate|site|preview\/page|consent\/public|followup\/checkin|intake\/page)/;

/** Calls that write a moment, by file. */
const moments = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
  .flatMap((path) => {
    const source = readFileSync(join(app, path), 'utf8');
    const found = source.match(/new Intl\.DateTimeFormat\((?:[^()]|\([^()]*\))*\)/g) ?? [];
    return found.map((call) => ({ path, call, source }));
  });

const calls = moments.filter(({ call }) => /timeStyle|hour:|hourCycle|hour12/.test(call));

it('a moment is written in a zone that is named, never in that of the machine', () => {
  expect(moments.length).toBeGreaterThan(50);
  // A style made beforehand and handed over by name.
  const named = ({ call, source }: (typeof moments)[number]) =>
    /timeZone/.test(call) || (/, style\)/.test(call) && /const style = \{[^}]*timeZone/.test(source));
  expect(moments.filter((one) => !named(one)).map(({ path, call }) => `${path}: ${call}`)).toEqual([]);
});

it.each(locales)('a number put together without Intl has the digits Intl gives it, in %s', (locale) => {
  for (const number of [0, 7, 12, 345, 6789])
    expect(inDigitsOf(locale, `${number}`)).toBe(
      new Intl.NumberFormat(intlTag(locale), { useGrouping: false }).format(number),
    );
});

describe('a time of day', () => {
  it('is written on the desk by the tag of the desk, and nowhere by a choice of its own', () => {
    expect(calls.length).toBeGreaterThan(20);
    const faults = calls.filter(({ path, call, source }) => {
      const ofDesk = /deskTag\(/.test(call) || (/\(tag,/.test(call) && /const tag = deskTag\(/.test(source));
      return /hourCycle|hour12/.test(call) || visitors.test(path) === ofDesk;
    });
    expect(faults.map(({ path, call }) => `${path}: ${call}`)).toEqual([]);
  });

  it.each(locales)('reads the same by the clock’s 24 hours on the desk, in %s', (locale) => {
    const at = (tag: string, hour: number) =>
      new Intl.DateTimeFormat(tag, { timeStyle: 'short', timeZone: 'UTC' }).format(
        Date.UTC(2026, 10, 23, hour, 5),
      );
    const shown = Array.from({ length: 24 }, (_, hour) => at(deskTag(locale), hour));
    expect(new Set(shown).size).toBe(24);
    expect(shown.filter((time) => /[ap]m/i.test(time))).toEqual([]);
    // The digits stay those of the language.
    expect(at(deskTag(locale), 9)[0]).toBe(
      new Intl.NumberFormat(intlTag(locale), { minimumIntegerDigits: 2 }).format(9)[0],
    );
  });
});

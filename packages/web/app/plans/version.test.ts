import fc from 'fast-check';
import { expect, it } from 'vitest';
import { versionOf } from './version.ts';

const asked = (text: string) =>
  versionOf(new URL(`https://clinic.example/plan?version=${encodeURIComponent(text)}`));

it('the version an address asks for is the latest, or a number the database can look for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (version) => {
      expect(asked(String(version))).toBe(version);
    }),
  );
  for (const text of ['', '0', '-1', '1.5', 'NaN', 'latest'])
    expect([text, asked(text)]).toEqual([text, undefined]);
  // Not the latest: of so high a number there is none.
  for (const text of ['2147483648', '9007199254740991']) expect(asked(text)).toBe(2 ** 31 - 1);
});

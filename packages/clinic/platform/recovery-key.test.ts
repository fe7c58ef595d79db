import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMasterKey, recoveryKeyLines } from './recovery-key.ts';

const masterKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

describe('the printed recovery key', () => {
  it('reads back as the key it was made from, also copied in small letters without spaces', () => {
    fc.assert(
      fc.property(masterKey, (key) => {
        const lines = recoveryKeyLines(key);
        expect(lines).toHaveLength(4);
        for (const text of [
          lines.join('\n'),
          `# printed on a Monday\n${lines.join(' ')}\n`,
          lines.join('').replaceAll('-', '').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'),
          key.toString('base64'),
        ]) {
          expect(parseMasterKey(text)).toEqual({ ok: true, key });
        }
      }),
    );
  });

  it('is refused with the line in which one character was copied wrongly, and when two lines changed places', () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7));
    const lines = recoveryKeyLines(key);
    for (let line = 0; line < 4; line++) {
      for (let at = 0; at < 19; at++) {
        const wrong = [...lines];
        const text = wrong[line] ?? '';
        if (text[at] === '-') continue;
        wrong[line] = `${text.slice(0, at)}${text[at] === 'Z' ? 'Y' : 'Z'}${text.slice(at + 1)}`;
        expect(parseMasterKey(wrong.join('\n'))).toMatchObject({
          ok: false,
          message: expect.stringContaining(`line ${line + 1} `) as string,
        });
      }
    }
    expect(parseMasterKey([lines[1], lines[0], lines[2], lines[3]].join('\n')).ok).toBe(false);
  });

  it.each(['', 'c2hvcnQ=', 'not a key', 'U'.repeat(64)])('is not "%s"', (text) => {
    expect(parseMasterKey(text).ok).toBe(false);
  });
});

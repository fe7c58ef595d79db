import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';

it('knows passwords of breaches that are long enough to be taken otherwise', async () => {
  for (const one of ['1qaz2wsx3edc', 'q1w2e3r4t5y6', 'qwerty123456', 'websolutions', 'sonyericsson'])
    expect(await isCommonPassword(one)).toBe(true);
});

it('knows them in capitals, twice over, and with digits and signs around them', async () => {
  for (const one of [
    'WebSolutions',
    'Sunshine2026!',
    '!!princess1234',
    'liverpoolliverpool',
    'leavemealone99',
  ])
    expect(await isCommonPassword(one)).toBe(true);
});

it('takes a sentence, and chance', async () => {
  for (const one of [
    'nine grey herons over the weir',
    'seven slow barges under the bridge',
    'নদীর ধারে সাতটি বক',
  ])
    expect(await isCommonPassword(one)).toBe(false);
  for (let i = 0; i < 200; i++)
    expect(await isCommonPassword(randomBytes(12).toString('base64url'))).toBe(false);
});

import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { openTypesetter } from '../platform/pdf.ts';
import { cardPng } from './card.ts';
import { cardPx } from './card-size.ts';
import { readSeedTexts } from './seed-texts.ts';

const typesetter = openTypesetter();
afterAll(() => typesetter.close());

const bare = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="#fff"/></svg>`;

/** Where ink lies: its outermost columns and rows, and how many pixels are dark. */
async function inkOf(png: Uint8Array) {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const ink = { left: info.width, right: 0, top: info.height, bottom: 0, dark: 0 };
  for (const [at, grey] of data.entries()) {
    if (grey > 128) continue;
    const [x, y] = [at % info.width, Math.floor(at / info.width)];
    ink.left = Math.min(ink.left, x);
    ink.right = Math.max(ink.right, x);
    ink.top = Math.min(ink.top, y);
    ink.bottom = Math.max(ink.bottom, y);
    ink.dark += 1;
  }
  return { ...ink, width: info.width, height: info.height };
}

const card = { clinicName: 'A clinic', pictureSvg: bare };

describe('the picture of a page for link previews', () => {
  it('has the size promised, and keeps every title of the program inside its margins', async () => {
    for (const { title, language } of await readSeedTexts('sample')) {
      const ink = await inkOf(await cardPng(typesetter, { ...card, title, language }));
      const inside = ink.left > 60 && ink.right < cardPx.width - 60 && ink.bottom < 400 && ink.dark > 1500;
      expect({ title, inside, width: ink.width, height: ink.height }).toEqual({
        title,
        inside: true,
        ...cardPx,
      });
    }
  });

  it('joins letters as their scripts do: क्ष is one sign, narrower than its letters apart', async () => {
    for (const [joined, apart, language] of [
      ['क्षक्षक्षक्षक्षक्ष', 'क्‌षक्‌षक्‌षक्‌षक्‌षक्‌ष', 'hi'],
      ['ক্ষক্ষক্ষক্ষক্ষক্ষ', 'ক্‌ষক্‌ষক্‌ষক্‌ষক্‌ষক্‌ষ', 'bn'],
    ] as const) {
      const one = await inkOf(
        await cardPng(typesetter, { ...card, clinicName: '.', title: joined, language }),
      );
      const two = await inkOf(
        await cardPng(typesetter, { ...card, clinicName: '.', title: apart, language }),
      );
      expect(one.right).toBeLessThan(two.right * 0.85);
    }
  });

  it('draws a title of 120 letters whole', async () => {
    const title = 'Twelve words of ten '.repeat(6).trim();
    const ink = await inkOf(await cardPng(typesetter, { ...card, title, language: 'en' }));
    expect(ink.bottom).toBeLessThan(400);
  });
});

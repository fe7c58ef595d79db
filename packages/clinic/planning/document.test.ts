import { inflateSync } from 'node:zlib';
import { said } from '@undertone/engine/words/index.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { readPdf } from '../documents/testing/read-pdf.ts';
import { openTypesetter } from '../platform/pdf.ts';
import { mapOfSheet, planPdf } from './document.ts';
import { planDocumentWords } from './document-words.ts';
import { samplePlan } from './testing.ts';

const typesetter = openTypesetter();
afterAll(() => typesetter.close());

const tight = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, '');

/** All streams of a PDF that inflate to text. */
function streamsOf(pdf: Uint8Array): string[] {
  const bytes = Buffer.from(pdf);
  const found: string[] = [];
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    const start = at + 6 + (bytes[at + 6] === 13 ? 2 : 1);
    const end = bytes.indexOf('endstream', start);
    if (end < 0) break;
    try {
      found.push(inflateSync(bytes.subarray(start, end)).toString('latin1'));
    } catch {
      // Not packed by Flate: a picture.
    }
    at = end;
  }
  return found;
}

/** Lengths of all straight lines on the pages in the order they are drawn, mm, scaled by the transformations around them. */
function linesMm(pdf: Uint8Array): number[] {
  const lines: number[] = [];
  for (const stream of streamsOf(pdf)) {
    const stack: [number, number][] = [];
    let scale: [number, number] = [1, 1];
    let from: [number, number] | undefined;
    const numbers: number[] = [];
    for (const token of stream.split(/\s+/)) {
      const value = Number(token);
      if (token !== '' && !Number.isNaN(value)) {
        numbers.push(value);
        continue;
      }
      if (token === 'q') stack.push(scale);
      else if (token === 'Q') scale = stack.pop() ?? [1, 1];
      else if (token === 'cm') {
        const [a = 1, b = 0, c = 0, d = 1] = numbers.slice(-6);
        scale = [scale[0] * Math.hypot(a, b), scale[1] * Math.hypot(c, d)];
      } else if (token === 'm') from = [numbers.at(-2) ?? 0, numbers.at(-1) ?? 0];
      else if (token === 'l' && from) {
        const to: [number, number] = [numbers.at(-2) ?? 0, numbers.at(-1) ?? 0];
        lines.push(Math.hypot((to[0] - from[0]) * scale[0], (to[1] - from[1]) * scale[1]) * (25.4 / 72));
        from = to;
      }
      numbers.length = 0;
    }
  }
  return lines;
}

describe('a plan on paper', () => {
  it('carries a line of exactly 100 mm, and the outline of the map as long, side by side, as its SVG says', async () => {
    const { plan, pictures } = await samplePlan({ mmPerPx: 0.3 });
    const drawn = linesMm(await planPdf(typesetter, plan.document, plan.mapSvg, pictures));
    const near = (a: number | undefined, b: number | undefined) => Math.abs((a ?? -1) - (b ?? -2)) < 0.02;
    expect(drawn.some((mm) => near(mm, 100))).toBe(true);
    const corners = (/<polygon points="([^"]+)"/.exec(plan.mapSvg)?.[1] ?? '')
      .split(' ')
      .map((corner) => corner.split(',').map(Number));
    const sides = corners.slice(1).map(([x = 0, y = 0], i) => {
      const [fromX = 0, fromY = 0] = corners[i] ?? [];
      return Math.hypot(x - fromX, y - fromY);
    });
    expect(sides.length).toBeGreaterThan(10);
    expect(drawn.some((_, at) => sides.every((side, k) => near(drawn[at + k], side)))).toBe(true);
  });

  it('needs more sheets for a larger map, and none without a scale', async () => {
    const pages = async (mmPerPx: number | undefined) => {
      const { plan, pictures } = await samplePlan(mmPerPx === undefined ? {} : { mmPerPx });
      const pdf = Buffer.from(await planPdf(typesetter, plan.document, plan.mapSvg, pictures));
      return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    };
    const [none, one, several] = [await pages(undefined), await pages(0.3), await pages(1)];
    expect(one).toBe(none + 1);
    expect(several).toBe(none + 2);
  });

  it('shares the dots of a large map out among its sheets, and loses none', async () => {
    const { plan } = await samplePlan({ mmPerPx: 1 });
    const dotsOf = (svg: string) => svg.match(/<circle[^>]*>/g) ?? [];
    const corners = [0, 1, 2].flatMap((column) => [0, 1].map((row) => ({ x: 180 * column, y: 225 * row })));
    const sheets = corners.map((corner) => dotsOf(mapOfSheet(plan.mapSvg, corner)));
    const all = dotsOf(plan.mapSvg);
    expect(new Set(sheets.flat())).toEqual(new Set(all));
    expect(Math.max(...sheets.map((dots) => dots.length))).toBeLessThan(0.8 * all.length);
  });

  it('leaves a stencil of more sheets than anybody glues together out, and says so', async () => {
    const { plan, pictures } = await samplePlan({ mmPerPx: 0.3 });
    const wide = plan.mapSvg.replace(/width="[\d.]+mm" height="[\d.]+mm"/, 'width="5000mm" height="5000mm"');
    const read = readPdf(await planPdf(typesetter, plan.document, wide, pictures));
    expect(tight(read.pages.join(''))).toContain(tight(planDocumentWords.en.noStencil('644')));
  });

  it('is the same, byte for byte, from the same plan', async () => {
    const { plan, pictures } = await samplePlan({ mmPerPx: 0.3 });
    const set = async () => {
      const own = openTypesetter();
      const pdf = await planPdf(own, plan.document, plan.mapSvg, pictures);
      await own.close();
      return Buffer.from(pdf);
    };
    expect(Buffer.compare(await set(), await set())).toBe(0);
  });

  it('says everything in its reader’s language, names and sources aside, and the stencil stays as long', async () => {
    const { plan, pictures } = await samplePlan({ mmPerPx: 0.3 });
    const { dots, warnings } = plan.document;
    const document = {
      ...plan.document,
      dots: { ...dots, profile: { ...dots.profile, existingHairPerCm2: 43, existingHairSdPerCm2: 6.2 } },
    };
    const english = linesMm(await planPdf(typesetter, document, plan.mapSvg, pictures));
    for (const language of ['hi', 'bn', 'ne'] as const) {
      const pdf = await planPdf(typesetter, document, plan.mapSvg, pictures, language);
      const tag = language === 'ne' ? 'ne-NP' : `${language}-IN`;
      const numerals = new Intl.NumberFormat(tag);
      const words = planDocumentWords[language];
      const text = tight(readPdf(pdf).pages.join(''));
      expect(text).toContain(tight(words.perCm2(numerals.format(43), numerals.format(12))));
      // What has to be known stands before the mixture, all of it.
      const told = warnings.map(({ message }) => text.indexOf(tight(said(message, language, tag).text)));
      expect(told.every((at) => at >= 0 && at < text.indexOf(tight(words.toneHead[1] ?? '')))).toBe(true);
      expect(Buffer.from(pdf).toString('latin1')).toContain(`/Lang (${language}`);
      expect(linesMm(pdf).filter((mm) => Math.abs(mm - 100) < 0.02)).toHaveLength(
        english.filter((mm) => Math.abs(mm - 100) < 0.02).length,
      );
    }
  });

  it('holds its fonts', async () => {
    const { plan, pictures } = await samplePlan();
    const pdf = Buffer.from(await planPdf(typesetter, plan.document, plan.mapSvg, pictures)).toString(
      'latin1',
    );
    expect(pdf).toMatch(/\/FontFile[23]/);
    expect(pdf).toContain('AnekDevanagari');
  });
});

describe('the typesetter', () => {
  it('shapes Devanagari and Bengali: a conjunct is fewer glyphs than its letters', async () => {
    /** Glyphs shown for a text: two bytes each in the strings of the text operators. */
    const glyphs = async (text: string) => {
      const pdf = await typesetter.pdf(
        '#set document(date: none)\n#set page(width: 200mm, height: 40mm)\n#set text(font: ("Anek Devanagari", "Anek Bangla"))\n#json("/t.json")',
        { '/t.json': new TextEncoder().encode(JSON.stringify(text)) },
      );
      const page = streamsOf(pdf).find((stream) => /\bTJ?\b/.test(stream) && stream.includes('BT')) ?? '';
      const shown = [...page.matchAll(/\(((?:\\[\s\S]|[^\\()])*)\)/g)].map((match) => match[1] ?? '');
      return shown.join('').replaceAll(/\\([0-7]{3}|[\s\S])/g, '.').length / 2;
    };
    expect(await glyphs('कषत')).toBe(3);
    expect(await glyphs('क्षत')).toBe(2);
    expect(await glyphs('কষত')).toBe(3);
    expect(await glyphs('ক্ষত')).toBe(2);
  });

  it('says what is wrong with a source', async () => {
    await expect(typesetter.pdf('#image("/none.png")', {})).rejects.toThrow(
      expect.objectContaining({ code: 'typesetting-failed' }),
    );
  });
});

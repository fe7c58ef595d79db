import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openTypesetter } from '../platform/pdf.ts';
import { sampleTenant } from '../sample/clinic.ts';
import { readSeedTexts } from '../visitor/seed-texts.ts';
import { setDocument } from './index.ts';
import type { Block, DocumentRequest } from './schema.ts';
import { readPdf } from './testing/read-pdf.ts';
import { documentWords } from './words.ts';

const typesetter = openTypesetter();
afterAll(() => typesetter.close());

const photo = await readFile(
  new URL('../../engine/fixtures/photos/cc0-061-man-shaved-scalp-front.jpg', import.meta.url),
);

const letter = (blocks: readonly Block[], more: Partial<DocumentRequest> = {}) =>
  setDocument(typesetter, { kind: 'letter', language: 'en', title: 'T', blocks, ...more });

/** Without the gaps a page break or a line end leaves. */
const tight = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, '');

describe('what a document says', () => {
  it('is what was written, letter for letter, in every text the program ships', async () => {
    const texts = await readSeedTexts('sample');
    for (const language of ['bn', 'hi', 'ne', 'en'] as const) {
      const words = [
        ...new Set(texts.filter((one) => one.language === language).flatMap(({ body }) => body.split(/\s+/))),
      ].filter((word) => word !== '');
      expect(words.length).toBeGreaterThan(500);
      const pdf = await letter([{ kind: 'paragraph', text: words.join(' ') }], { language });
      const [first = '', ...rest] = readPdf(pdf).pages;
      expect(tight([first.slice(1), ...rest].join(''))).toBe(tight(words.join('')));
    }
  });

  it('keeps two equal syllables two, and one syllable one, wherever its signs hang', async () => {
    const syllables = fc.constantFrom('हु', 'हू', 'दु', 'र्जा', 'ढ्न', 'ट्रां', 'क', 'ा', ' ', 'খু', 'র্যা', 'ঠোঁ', 'ন');
    await fc.assert(
      fc.asyncProperty(fc.array(syllables, { minLength: 1, maxLength: 12 }), async (parts) => {
        const text = parts.join('');
        fc.pre(text.trim() !== '');
        const pdf = await letter([{ kind: 'paragraph', text }], { language: 'hi' });
        expect(tight(readPdf(pdf).pages.join('').slice(1))).toBe(tight(text));
      }),
      { numRuns: 40 },
    );
  });

  it('is in its structure too: headings, lists, header cells, alternatives, language, title', async () => {
    const pdf = await setDocument(
      typesetter,
      {
        kind: 'session-note',
        language: 'hi',
        patient: { name: 'Sample patient 014' },
        review: 'unreviewed',
        sources: ['A source'],
        blocks: [
          { kind: 'heading', text: 'एक' },
          { kind: 'list', items: ['a', ['b ', { strong: 'c' }]] },
          { kind: 'table', head: ['रंग', 'बूँदें'], rows: [['Iron red', '3']], align: ['start', 'end'] },
          { kind: 'note', tone: 'stop', title: 'अभी', items: ['x', 'y'] },
          { kind: 'pictures', pictures: [{ bytes: photo, alt: 'A scalp from the front' }] },
          { kind: 'signatures', lines: [{ role: 'मरीज़' }, { role: 'चिकित्सक', name: 'X', picture: photo }] },
        ],
      },
      sampleTenant,
    );
    const read = readPdf(pdf);
    expect(read.language).toBe('hi');
    expect(read.title).toBe(documentWords.hi.titles['session-note']);
    expect(read.alternatives).toEqual(['A scalp from the front', 'चिकित्सक: X']);
    expect(read.tags).toEqual(
      expect.arrayContaining(['Title', 'H1', 'L', 'LI', 'Table', 'THead', 'TH', 'TD', 'Figure']),
    );
    const text = read.pages.join('');
    for (const said of [sampleTenant.name, documentWords.hi.sample, documentWords.hi.unreviewed, 'A source'])
      expect(tight(text)).toContain(tight(said));
    expect(text).not.toContain(documentWords.hi.licence);
  });

  it('never takes a word for a command', async () => {
    const hostile = '#panic("x") $x$ *b* _i_ <a> @r \\ // `raw` = H ~ [c] {d} "q"';
    const pdf = await letter([
      { kind: 'paragraph', text: hostile },
      { kind: 'table', head: [hostile], rows: [[hostile]] },
      { kind: 'list', items: [hostile], numbered: true },
    ]);
    expect(tight(readPdf(pdf).pages.join('')).split(tight(hostile))).toHaveLength(5);
  });

  it('is the same, byte for byte, when asked for again', async () => {
    const blocks: Block[] = [{ kind: 'paragraph', text: 'हुई पढ्नुहोस् পর্যালোচনা' }];
    expect(Buffer.compare(Buffer.from(await letter(blocks)), Buffer.from(await letter(blocks)))).toBe(0);
  });
});

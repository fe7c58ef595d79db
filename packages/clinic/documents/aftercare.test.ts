import { describe, expect, it } from 'vitest';
import { redFlags } from '../followup/red-flags.ts';
import { followUpTexts } from '../followup/texts/index.ts';
import { forbiddenWords } from '../visitor/forbidden-words.ts';
import { aftercareBlocks, aftercareSourceLines } from './aftercare.ts';
import { aftercareDays, aftercareTexts } from './aftercare-texts.ts';
import { plainText } from './index.ts';
import type { Block } from './schema.ts';

const languages = ['en', 'hi', 'bn', 'ne'] as const;
const treatments = ['scalp', 'lip', 'vitiligo'] as const;

function textOf(block: Block): string {
  if (block.kind === 'paragraph') return plainText(block.text);
  if (block.kind === 'heading') return block.text;
  if (block.kind === 'note') return [block.title, ...block.items.map(plainText)].join('\n');
  if (block.kind === 'table') return block.rows.flat().map(plainText).join('\n');
  return '';
}

describe('the aftercare sheet', () => {
  it.each(languages)('says something for every stretch of days, in %s', (language) => {
    for (const treatment of treatments) {
      const rows = aftercareTexts[language].treatments[treatment];
      expect(rows).toHaveLength(aftercareDays.length);
      expect(rows.every((row) => row.length > 0 && row.every((line) => line.trim() !== ''))).toBe(true);
      expect(rows.map((row) => row.length)).toEqual(
        aftercareTexts.en.treatments[treatment].map((row) => row.length),
      );
    }
  });

  it.each(languages)('promises nothing and stops no medicine, in %s', (language) => {
    for (const treatment of treatments) {
      const text = aftercareBlocks(treatment, language, 'IN', '2026-03-02').map(textOf).join('\n');
      for (const { pattern } of forbiddenWords[language]) expect(text.match(pattern)).toBeNull();
      expect(text).not.toMatch(/\{\w+\}/);
    }
  });

  it('tells every sign of the table that the treatment can bring, the most urgent first', () => {
    const text = aftercareBlocks('scalp', 'en', 'IN').map(textOf).join('\n');
    const told = redFlags.filter(({ id }) => !['R05', 'R14'].includes(id));
    for (const { id } of told) {
      const say = followUpTexts('en').say[id].split('{')[0] ?? '';
      expect(text).toContain(say);
    }
    const { urgency } = aftercareTexts.en;
    const places = [urgency.EMERG, urgency.DAY, urgency['24H'], urgency.SELF].map((one) => text.indexOf(one));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('names dates counted from the session', () => {
    const [table] = aftercareBlocks('lip', 'en', 'IN', '2026-02-27');
    expect(table && textOf(table)).toMatch(/Days 1 to 3\n28 February – 2 March/);
  });

  it('names its sources', () => {
    expect(aftercareSourceLines('vitiligo', 'IN')[0]).toContain('Background knowledge');
  });
});

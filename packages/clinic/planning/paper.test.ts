import { describe, expect, it } from 'vitest';
import { plainText } from '../documents/index.ts';
import { readPdf } from '../documents/testing/read-pdf.ts';
import { testServices } from '../platform/testing/database.ts';
import { testPatient } from '../record/testing/patient.ts';
import { testActor } from '../staff/testing.ts';
import { forbiddenWords } from '../visitor/forbidden-words.ts';
import { savePlan, signPlan } from './commands.ts';
import { planBlocks, planPaper } from './paper.ts';
import { planPaperWords } from './paper-words.ts';
import { samplePlan } from './testing.ts';

const services = await testServices();
const { plan, photo, pictures } = await samplePlan({ mmPerPx: 0.3 });
const tight = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, '');

describe('a plan for its patient', () => {
  it('is in her language, with its pictures, its sessions, its warnings and who signed it', async () => {
    const actor = await testActor(services, 'physician', undefined, 'Test physician');
    const { id: patientId } = await testPatient(services, actor, { language: 'bn' });
    const saved = await savePlan(services, actor, {
      patientId,
      document: JSON.stringify(plan.document),
      parts: {
        photo: { bytes: photo, mediaType: 'image/jpeg' },
        week6: { bytes: pictures.week6, mediaType: 'image/jpeg' },
      },
    });
    const planId = saved.ok ? saved.plan.planId : '';
    const words = planPaperWords.bn;
    const draft = await planPaper(services, actor, planId);
    expect(draft.ok && tight(readPdf(draft.pdf).pages.join(''))).toContain(tight(words.unsigned));
    await signPlan(services, actor, planId, 1);
    const paper = await planPaper(services, actor, planId);
    const read = readPdf(paper.ok ? paper.pdf : new Uint8Array());
    const text = tight(read.pages.join(''));
    expect(read.language).toBe('bn');
    expect(read.alternatives).toEqual([words.pictures.photo, words.pictures.week6]);
    for (const said of [
      'Sample patient 014',
      'Test physician',
      words.noPromise,
      words.warnings['no-clinical-accuracy'],
      words.session(new Intl.NumberFormat('bn-IN').format(plan.document.sessions.length)),
    ])
      expect(text).toContain(tight(said));
  });

  it.each(['en', 'hi', 'bn', 'ne'] as const)(
    'tells what is unsure of head, hair and dots, in %s',
    (language) => {
      const words = planPaperWords[language];
      const told = ['head-unsure', 'hair-at-target', 'no-dots'] as const;
      const document = {
        ...plan.document,
        warnings: [...told, 'needle-note'].map((code) => ({ code, message: 'For staff.' })),
      };
      const lists = planBlocks(document, words, language).flatMap((block) =>
        block.kind === 'list' ? block.items.map(plainText) : [],
      );
      for (const code of told) expect(lists).toContain(words.warnings[code]);
      expect(lists).not.toContain('For staff.');
      const hasLatin = lists.some((one) => /[0-9]/.test(one));
      expect(hasLatin).toBe(language === 'en' || language === 'hi');
    },
  );

  it.each(['en', 'hi', 'bn', 'ne'] as const)('promises nothing, in %s', (language) => {
    const words = planPaperWords[language];
    const text = [
      words.noPromise,
      ...Object.values(words.bands),
      ...Object.values(words.warnings),
      ...planBlocks(plan.document, words, language).flatMap((block) =>
        block.kind === 'list' ? block.items.map(plainText) : [],
      ),
    ].join('\n');
    for (const { pattern } of forbiddenWords[language]) expect(text.match(pattern)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { readPdf } from '../documents/testing/read-pdf.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import type { Language } from '../tenant/schema.ts';
import { consentPdf, type SignedConsent } from './document.ts';
import { consentLabels } from './labels.ts';
import { shippedContent } from './text.ts';

const services = await testServices();
const names: Readonly<Record<Language, string>> = {
  en: 'Sample patient 014',
  hi: 'रश्मि श्रेष्ठा',
  bn: 'ঋদ্ধি চক্রবর্ত্তী',
  ne: 'कृष्ण ढुङ्गेल',
};

function consentIn(language: Language): SignedConsent {
  const at = services.clock.now();
  return {
    consentId: '4d9f5f3c-0000-4000-8000-000000000001',
    language,
    treatment: 'vitiligo',
    patientName: names[language],
    birthDate: '1990-05-21',
    content: shippedContent('vitiligo', language),
    textVersion: 1,
    textSha256: '0123456789abcdef'.repeat(4),
    review: 'unreviewed',
    particulars: {
      diagnosis: '',
      operator: 'Sample operator',
      explainedBy: 'Sample physician',
      pigments: [{ name: 'Sample beige', ci: 'CI 77491', lot: 'LOT-7' }],
      price: '',
      isMinor: false,
      parts: ['patient', 'witness'],
    },
    tries: [{ at: at.toISOString(), answers: {}, wrong: [] }],
    photos: [{ use: 'record', identifiable: false }],
    signatures: [
      {
        part: 'patient',
        name: names[language],
        relation: undefined,
        method: 'drawn',
        strokes: [
          [
            [100, 300],
            [260, 80],
            [400, 320],
          ],
        ],
      },
      { part: 'witness', name: 'Sample witness', relation: undefined, method: 'typed', strokes: [] },
    ],
    offeredAt: at,
    openedAt: at,
    signedAt: at,
    coolingOffUntil: new Date(at.getTime() + 86_400_000),
  };
}

const tight = (text: string) => text.replaceAll(/\s/g, '');

describe('a consent on paper', () => {
  it.each(['en', 'hi', 'bn', 'ne'] as const)(
    'says every sentence that was read, as it was written, tagged and in its language (%s)',
    async (language) => {
      const consent = consentIn(language);
      const tenantId = await testTenant(services.db);
      const read = readPdf(await consentPdf(services, tenantId, 'Asia/Kolkata', consent));
      const said = tight(read.pages.join(''));
      const { content } = consent;
      const sentences = [
        content.title,
        content.lead,
        ...content.sections.flatMap(({ heading, lines }) => [heading, ...lines]),
        ...content.risks.flatMap(({ label, figures, onset }) => [label, ...figures, onset]),
        ...content.questions.map(({ question }) => question),
        content.declarations.patient,
        content.declarations.witness,
        names[language],
        'CI 77491',
        'LOT-7',
        consent.consentId,
        consent.textSha256,
      ];
      expect(sentences.filter((sentence) => !said.includes(tight(sentence)))).toEqual([]);
      expect(read.language).toBe(language);
      expect(read.title).toBe(content.title);
      expect(read.tags).toEqual(expect.arrayContaining(['H1', 'P', 'Table', 'L', 'Figure']));
      expect(read.alternatives).toContain(`${consentLabels[language].parts.patient}: ${names[language]}`);
    },
  );
});

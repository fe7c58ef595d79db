import type { Language } from './schema.ts';

/**
 * Words that promise what no clinic can keep. Indian law names several of them for exactly these conditions (Schedule J
 * of the Drugs Rules, the Magic Remedies Act, the 2022 guidelines on misleading advertisements); elsewhere they are
 * simply untrue of this treatment. English words are looked for in every language, because they are borrowed.
 *
 * `\b` does not know Indic letters, so those patterns look for letters and marks on both sides instead.
 */
const word = (source: string) => ({
  pattern: new RegExp(`(?<![\\p{L}\\p{M}])(?:${source})(?![\\p{L}\\p{M}])`, 'giu'),
});

export const forbiddenWords: Record<Language, { pattern: RegExp }[]> = {
  en: [
    word('cur(?:e|es|ed|ing|able)'),
    word('permanent(?:ly)?'),
    word('guarante(?:e|es|ed|eing)'),
    word('safe(?:ly|st|r)?'),
    word('risk-free|riskless|painless(?:ly)?|miracle|best results?'),
    { pattern: /100\s?(?:%|per ?cent)/giu },
    word('stop (?:taking|using) (?:your|the) (?:medicines?|medications?|tablets?|drugs?)'),
  ],
  hi: [
    word('इलाज पक्का|पक्का इलाज|जड़ से ख़?त्म|जड़ से खत्म'),
    word('स्थायी|स्थाई|परमानेंट'),
    word('गारंटी|गारंटीड|गारन्टी'),
    word('सुरक्षित|पूर्णतः सुरक्षित'),
    word('दवा बंद (?:करें|कर दें|कर दीजिए)|दवाइयाँ बंद करें'),
    { pattern: /(?:१००|100)\s?(?:%|प्रतिशत)/giu },
  ],
  bn: [
    word('আরোগ্য|নিরাময়|সম্পূর্ণ সেরে'),
    word('স্থায়ী|চিরস্থায়ী|পার্মানেন্ট'),
    word('গ্যারান্টি|নিশ্চয়তা'),
    word('নিরাপদ'),
    word('ওষুধ বন্ধ করুন|ওষুধ বন্ধ করে দিন'),
    { pattern: /(?:১০০|100)\s?(?:%|শতাংশ)/giu },
  ],
  ne: [
    word('निको पार्ने ग्यारेन्टी|पूर्ण रूपमा निको|जरैदेखि निको'),
    word('स्थायी|परमानेन्ट'),
    word('ग्यारेन्टी|ग्यारेन्टीड|प्रत्याभूति'),
    word('सुरक्षित'),
    word('औषधि बन्द गर्नुहोस्|औषधी बन्द गर्नुहोस्'),
    { pattern: /(?:१००|100)\s?(?:%|प्रतिशत)/giu },
  ],
};

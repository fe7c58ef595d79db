/**
 * Where the periods that come with the program are from, in every language. What a clinic writes over them is shown as it
 * wrote it. No lawyer has read these, and no native speaker the translations.
 */
import { type Language, languages } from '../tenant/schema.ts';
import { shippedSchedule } from './schedule.ts';
import type { RecordKind } from './schema.ts';

const translated: Readonly<Record<RecordKind, Readonly<Record<Exclude<Language, 'en'>, string>>>> = {
  enquiry: {
    hi: 'कार्यक्रम का प्रस्ताव: पूछने वाला व्यक्ति कभी नहीं आया तो एक साल। इससे अधिक माँगने वाला कोई कानून नहीं मिला।',
    bn: 'প্রোগ্রামের প্রস্তাব: কেউ জিজ্ঞাসা করে আর না এলে এক বছর। এর বেশি চায় এমন কোনও আইন পাওয়া যায়নি।',
    ne: 'कार्यक्रमको प्रस्ताव: सोधेर कहिल्यै नआएको एक वर्षसम्म। योभन्दा लामो माग्ने कुनै कानुन भेटिएन।',
  },
  contact: {
    hi: 'कार्यक्रम का प्रस्ताव: जब तक उपचार का रिकॉर्ड रखना होता है।',
    bn: 'প্রোগ্রামের প্রস্তাব: চিকিৎসার নথি যতদিন রাখতে হয় ততদিন।',
    ne: 'कार्यक्रमको प्रस्ताव: उपचारको अभिलेख राख्नुपर्ने अवधिसम्म।',
  },
  treatment: {
    hi:
      'कानून: तीन साल, भारतीय चिकित्सा परिषद (पेशेवर आचरण, शिष्टाचार और नैतिकता) विनियम 2002, 1.3.1, स्मृति से। ' +
      'रखा जाता है: दस साल, क्योंकि रंगद्रव्य की प्रतिक्रियाएँ देर से आती हैं (निष्कर्ष)। नाबालिग रहते उपचार हुआ हो तो तीन साल सबसे पहले अठारहवें जन्मदिन से गिने जाते हैं (स्मृति से)।',
    bn:
      'আইন: তিন বছর, ভারতীয় চিকিৎসা পরিষদ (পেশাগত আচরণ, শিষ্টাচার ও নৈতিকতা) প্রবিধান 2002, 1.3.1, স্মৃতি থেকে। ' +
      'রাখা হয়: দশ বছর, কারণ রঞ্জকের প্রতিক্রিয়া দেরিতে আসে (অনুমিত)। নাবালক অবস্থায় চিকিৎসা হলে তিন বছর সবচেয়ে আগে আঠারোতম জন্মদিন থেকে গোনা হয় (স্মৃতি থেকে)।',
    ne:
      'कानुन: तीन वर्ष, भारतीय चिकित्सा परिषद् (पेसागत आचरण, शिष्टाचार र नैतिकता) नियमावली 2002, 1.3.1, स्मृतिबाट। ' +
      'राखिन्छ: दस वर्ष, किनभने रङ्गद्रव्यको प्रतिक्रिया ढिलो आउँछ (निष्कर्ष)। नाबालक हुँदा उपचार भएको भए तीन वर्ष सबैभन्दा छिटो अठारौँ जन्मदिनदेखि गनिन्छ (स्मृतिबाट)।',
  },
  tax: {
    hi: 'केंद्रीय वस्तु एवं सेवा कर अधिनियम 2017, धारा 36: वार्षिक विवरणी की अंतिम तिथि से 72 महीने; वह तिथि साल के नौ महीने बाद आती है (स्मृति से)।',
    bn: 'কেন্দ্রীয় পণ্য ও পরিষেবা কর আইন 2017, ধারা 36: বার্ষিক রিটার্নের শেষ তারিখ থেকে 72 মাস; সেই তারিখ বছরের নয় মাস পরে (স্মৃতি থেকে)।',
    ne: 'केन्द्रीय वस्तु तथा सेवा कर ऐन 2017, दफा 36: वार्षिक विवरणको अन्तिम मितिदेखि 72 महिना; त्यो मिति वर्ष सकिएको नौ महिनापछि हुन्छ (स्मृतिबाट)।',
  },
};

function shippedSource(kind: RecordKind): string {
  return shippedSchedule.find((rule) => rule.kind === kind)?.source ?? '';
}

/** What is shown, and the language it is in; what the clinic wrote itself has none that is known. */
export function legalBasis(
  kind: RecordKind,
  source: string,
  language: Language,
): { readonly text: string; readonly language: Language | undefined } {
  if (source !== shippedSource(kind)) return { text: source, language: undefined };
  return { text: language === 'en' ? source : translated[kind][language], language };
}

/** What is kept of a text that was given: one of the program's own, in any language, stays that in every language. */
export function basisToKeep(kind: RecordKind, given: string): string {
  const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
  const shipped = shippedSource(kind);
  const isShipped = languages.some(
    (language) => plain(legalBasis(kind, shipped, language).text) === plain(given),
  );
  return isShipped ? shipped : given;
}

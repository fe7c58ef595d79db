import type { Rating, TimePoint } from '@undertone/clinic/outcome/rules.ts';
import type { HealingState, PigmentClass, SkinGroup } from '@undertone/engine/match/request.ts';
import type { Locale } from '../locales/index.ts';

/** States of healing that results are learned in. */
export type LearnedState = Exclude<HealingState, 'day0'>;

/** What the pages on healed results say. */
export interface OutcomeWords {
  readonly title: string;
  readonly lead: string;
  readonly empty: string;
  readonly emptyText: string;
  readonly record: string;
  readonly timePoints: Readonly<Record<TimePoint, string>>;
  readonly treatments: Readonly<Record<'vitiligo' | 'lip' | 'scalp', string>>;
  readonly ratings: Readonly<Record<Rating, string>>;
  readonly takenOn: (day: string, days: number) => string;
  readonly predicted: string;
  readonly healed: string;
  readonly interval: string;
  readonly coordinate: string;
  readonly within: string;
  readonly outside: string;
  readonly miss: (deltaE: string) => string;
  readonly toSurround: (predicted: string, low: string, high: string, healed: string) => string;
  readonly retention: (healed: string, expected: string) => string;
  readonly noPlan: string;
  readonly photos: (error: string, before: string, after: string) => string;
  readonly photosSure: string;
  readonly photosUnsure: string;
  readonly coverage: (share: string, low: string, high: string) => string;
  readonly dots: (found: string, planned: string) => string;
  readonly photosNot: string;
  readonly patientScore: (score: number) => string;
  readonly physician: string;
  readonly blinded: string;
  readonly blindedWaits: string;
  readonly withdrawn: string;
  readonly withdraw: string;
  readonly withdrawReason: string;
  readonly session: string;
  readonly noSession: string;
  readonly performedOn: string;
  readonly treatment: string;
  readonly plan: string;
  readonly planOfSession: string;
  readonly day: string;
  readonly dayHint: string;
  readonly white: string;
  readonly region: string;
  readonly surround: string;
  readonly readingHint: string;
  readonly readingFault: string;
  readonly earlierPhoto: string;
  readonly laterPhoto: string;
  readonly noPhoto: string;
  readonly photoOfPlan: string;
  readonly score: string;
  readonly scoreHint: string;
  readonly rating: string;
  readonly noRating: string;
  readonly note: string;
  readonly optional: string;
  readonly save: string;
  readonly saving: string;
  readonly saved: string;
  readonly refused: string;
  readonly rate: string;
  readonly rateLead: string;
  readonly rateNone: string;
  readonly rateNoneText: string;
  readonly rateWaiting: (count: number) => string;
  readonly picture: (letter: 'A' | 'B') => string;
  readonly pictureAlt: (letter: 'A' | 'B') => string;
  readonly howWell: (letter: 'A' | 'B') => string;
  readonly rateSave: string;
  readonly rated: string;
  readonly report: string;
  readonly reportLead: string;
  readonly results: (results: number, people: number) => string;
  readonly few: string;
  readonly fewText: (least: number) => string;
  readonly calibration: string;
  readonly calibrationText: (within: number, all: number, low: number, high: number) => string;
  readonly calibrationFew: string;
  readonly expected: string;
  readonly observed: string;
  readonly result: string;
  readonly chart: string;
  readonly agreement: string;
  readonly kappa: (kappa: string, low: string, high: string, pairs: number) => string;
  readonly kappaNone: (pairs: number) => string;
  readonly kappaFew: string;
  readonly blindSaid: (better: number, same: number, worse: number) => string;
  readonly drift: string;
  readonly driftText: string;
  readonly driftNone: string;
  readonly driftCaption: string;
  readonly pigment: string;
  readonly pigments: Readonly<Record<PigmentClass, string>>;
  readonly skin: string;
  readonly skins: Readonly<Record<SkinGroup, string>>;
  readonly state: string;
  readonly states: Readonly<Record<LearnedState, string>>;
  readonly countOfResults: string;
  readonly driftRange: (low: string, high: string) => string;
  readonly download: string;
  readonly unreviewed: string;
}

const en: OutcomeWords = {
  title: 'Results',
  lead: 'Healed results beside what was planned. No verdict before week 6.',
  empty: 'No result yet',
  emptyText:
    'From week 6 on, read the healed skin, choose a photo and ask the person. It teaches the next plan.',
  record: 'Record a result',
  timePoints: {
    week6: 'Week 6',
    month3: 'Month 3',
    month6: 'Month 6',
    month12: 'Month 12',
    month18: 'Month 18',
    month24: 'Month 24',
  },
  treatments: { vitiligo: 'Vitiligo', lip: 'Lips', scalp: 'Scalp' },
  ratings: { poor: 'Poor', fair: 'Fair', good: 'Good', excellent: 'Excellent' },
  takenOn: (day, days) => `${day}, day ${days}`,
  predicted: 'Predicted',
  healed: 'Healed',
  interval: '90 of 100 between',
  coordinate: 'Coordinate',
  within: 'Within the predicted range',
  outside: 'Outside the predicted range',
  miss: (e) => `ΔE00 ${e} from the predicted colour`,
  toSurround: (p, l, h, r) => `To the skin around, ΔE00: ${p} predicted (${l} to ${h}), ${r} healed`,
  retention: (h, e) => `Pigment still at work: ${h} of what went in, ${e} expected`,
  noPlan: 'No plan to compare with',
  photos: (error, before, after) =>
    `Photos aligned within ${error} px. Region against the skin around, ΔE00: ${before} before, ${after} after.`,
  photosSure: 'The change is larger than what the photos leave open.',
  photosUnsure: 'The change is within what the photos leave open.',
  coverage: (s, l, h) => `Within tolerance of the skin around: ${s} of the region (${l} to ${h})`,
  dots: (f, p) => `${f} of ${p} planned dots found`,
  photosNot: 'The photos could not be compared',
  patientScore: (s) => `The person’s own score: ${s} of 10`,
  physician: 'Physician',
  blinded: 'Second rater, blind',
  blindedWaits: 'waiting for a blind rating',
  withdrawn: 'Withdrawn',
  withdraw: 'Withdraw',
  withdrawReason: 'Why is it withdrawn?',
  session: 'Session',
  noSession: 'Not in this program: give the day',
  performedOn: 'Day it was done',
  treatment: 'Treatment',
  plan: 'Plan',
  planOfSession: 'That of the session',
  day: 'Day of the result',
  dayHint: 'From day 35 on',
  white: 'Light and observer of the readings',
  region: 'Treated skin: L* a* b*',
  surround: 'Skin around: L* a* b*',
  readingHint: 'One reading a line, three lines at most; the median counts. Example: 61.2 11.0 18.4',
  readingFault: 'Give three numbers a line: L* a* b*.',
  earlierPhoto: 'Earlier photo',
  laterPhoto: 'Photo of the result',
  noPhoto: 'None',
  photoOfPlan: 'The photo of the plan',
  score: 'The person’s own score',
  scoreHint: '0 not at all, 10 as wished',
  rating: 'Your rating of the match',
  noRating: 'Not now',
  note: 'Note',
  optional: 'if any',
  save: 'Record',
  saving: 'Recording and comparing photos',
  saved: 'The result is recorded.',
  refused: 'Not recorded',
  rate: 'Blind ratings',
  rateLead:
    'Two pictures of one place. Which one is later is not told. Rate how well the place matches the skin around it in each.',
  rateNone: 'Nothing to rate',
  rateNoneText:
    'Pairs appear here when a colleague records a result with photos. You are not shown those you had a hand in.',
  rateWaiting: (n) => (n === 1 ? '1 pair waits' : `${n} pairs wait`),
  picture: (l) => `Picture ${l}`,
  pictureAlt: (l) => `Skin, picture ${l}`,
  howWell: (l) => `How well does it match in ${l}?`,
  rateSave: 'Save and go on',
  rated: 'Saved. Thank you.',
  report: 'Planned and healed',
  reportLead: 'What the clinic’s own results say about its plans, and what the next plans assume.',
  results: (r, p) => `${r} ${r === 1 ? 'reading' : 'readings'} of ${p} ${p === 1 ? 'person' : 'people'}`,
  few: 'Few results',
  fewText: (n) => `Below ${n} results nothing is learned: plans keep to the assumed healing and say so.`,
  calibration: 'Do the ranges hold?',
  calibrationText: (w, all, l, h) =>
    `${w} of ${all} results lie within the range expected from the others. With right ranges it would be ${l} to ${h}, nine times in ten.`,
  calibrationFew: 'Too few results to judge the ranges.',
  expected: 'Expected',
  observed: 'Healed',
  result: 'Result',
  chart: 'Pigment still at work: expected range and what was read, one line a result',
  agreement: 'Do two raters agree?',
  kappa: (k, l, h, n) =>
    `Weighted kappa ${k} (95 of 100: ${l} to ${h}) over ${n} results. 1 is full agreement, 0 is chance.`,
  kappaNone: (n) =>
    `${n} ${n === 1 ? 'result' : 'results'} rated by both: too few, or too much alike, to tell kappa.`,
  kappaFew: 'Few pairs: read this with care.',
  blindSaid: (b, s, w) => `Rated blind, the later picture was better in ${b}, level in ${s}, worse in ${w}.`,
  drift: 'Does the colour drift?',
  driftText:
    'Healed colour less what fading alone explains: Δa* above zero is redder, Δb* above zero yellower. Plans add the middle to the predicted colour and widen its range. New results lie in the range nine times in ten.',
  driftNone: 'Nothing is learned of colour drift yet: plans expect none and say so.',
  driftCaption: 'Learned colour drift by treatment, skin and pigment',
  pigment: 'Pigment',
  pigments: { white: 'White', yellow: 'Yellow', red: 'Red', black: 'Black', other: 'Other' },
  skin: 'Skin group (ITA)',
  skins: {
    'very-light': 'Very light',
    light: 'Light',
    intermediate: 'Intermediate',
    tan: 'Tan',
    brown: 'Brown',
    dark: 'Dark',
  },
  state: 'Time',
  states: { week6: 'Week 6', month6: 'Month 6', month12: 'Month 12', month24: 'Month 24' },
  countOfResults: 'Results',
  driftRange: (l, h) => `(${l} to ${h})`,
  download: 'Learned healing (JSON, for plans)',
  unreviewed: 'How the assumed spread is divided is a proposal; no clinician has reviewed it yet.',
};

const hi: OutcomeWords = {
  title: 'परिणाम',
  lead: 'भर चुके परिणाम, योजना के साथ। छठे सप्ताह से पहले कोई निर्णय नहीं।',
  empty: 'अभी कोई परिणाम नहीं',
  emptyText: 'छठे सप्ताह से भरी त्वचा को मापें, फ़ोटो चुनें और व्यक्ति से पूछें। इससे अगली योजना सीखती है।',
  record: 'परिणाम दर्ज करें',
  timePoints: {
    week6: 'सप्ताह 6',
    month3: 'महीना 3',
    month6: 'महीना 6',
    month12: 'महीना 12',
    month18: 'महीना 18',
    month24: 'महीना 24',
  },
  treatments: { vitiligo: 'विटिलिगो', lip: 'होंठ', scalp: 'सिर की त्वचा' },
  ratings: { poor: 'ख़राब', fair: 'ठीक-ठाक', good: 'अच्छा', excellent: 'बहुत अच्छा' },
  takenOn: (day, days) => `${day}, दिन ${days}`,
  predicted: 'अनुमानित',
  healed: 'भरने पर',
  interval: '100 में 90 इसके बीच',
  coordinate: 'निर्देशांक',
  within: 'अनुमानित सीमा के भीतर',
  outside: 'अनुमानित सीमा के बाहर',
  miss: (e) => `अनुमानित रंग से ΔE00 ${e}`,
  toSurround: (p, l, h, r) => `आस-पास की त्वचा से ΔE00: अनुमान ${p} (${l} से ${h}), भरने पर ${r}`,
  retention: (h, e) => `काम कर रहा रंजक: डाले गए का ${h}, अपेक्षित ${e}`,
  noPlan: 'तुलना के लिए योजना नहीं है',
  photos: (error, before, after) =>
    `फ़ोटो ${error} px के भीतर मिलाई गईं। आस-पास की त्वचा से ΔE00: पहले ${before}, बाद में ${after}।`,
  photosSure: 'बदलाव फ़ोटो की अनिश्चितता से बड़ा है।',
  photosUnsure: 'बदलाव फ़ोटो की अनिश्चितता के भीतर है।',
  coverage: (s, l, h) => `आस-पास की त्वचा की सहनसीमा में: क्षेत्र का ${s} (${l} से ${h})`,
  dots: (f, p) => `${p} योजित बिंदुओं में से ${f} मिले`,
  photosNot: 'फ़ोटो की तुलना नहीं हो सकी',
  patientScore: (s) => `व्यक्ति का अपना अंक: 10 में ${s}`,
  physician: 'चिकित्सक',
  blinded: 'दूसरा, बिना जाने',
  blindedWaits: 'बिना जाने आकलन बाक़ी',
  withdrawn: 'वापस लिया गया',
  withdraw: 'वापस लें',
  withdrawReason: 'क्यों वापस लिया जा रहा है?',
  session: 'सत्र',
  noSession: 'इस प्रोग्राम में नहीं: दिन बताएँ',
  performedOn: 'किस दिन किया गया',
  treatment: 'उपचार',
  plan: 'योजना',
  planOfSession: 'सत्र की योजना',
  day: 'परिणाम का दिन',
  dayHint: 'दिन 35 से',
  white: 'माप का प्रकाश और प्रेक्षक',
  region: 'उपचारित त्वचा: L* a* b*',
  surround: 'आस-पास की त्वचा: L* a* b*',
  readingHint: 'हर पंक्ति में एक माप, अधिक से अधिक तीन; माध्यिका गिनी जाती है। उदाहरण: 61.2 11.0 18.4',
  readingFault: 'हर पंक्ति में तीन अंक दें: L* a* b*।',
  earlierPhoto: 'पहले की फ़ोटो',
  laterPhoto: 'परिणाम की फ़ोटो',
  noPhoto: 'कोई नहीं',
  photoOfPlan: 'योजना की फ़ोटो',
  score: 'व्यक्ति का अपना अंक',
  scoreHint: '0 बिल्कुल नहीं, 10 जैसा चाहा',
  rating: 'मेल का आपका आकलन',
  noRating: 'अभी नहीं',
  note: 'टिप्पणी',
  optional: 'यदि हो',
  save: 'दर्ज करें',
  saving: 'दर्ज और फ़ोटो की तुलना हो रही है',
  saved: 'परिणाम दर्ज हुआ।',
  refused: 'दर्ज नहीं हुआ',
  rate: 'बिना जाने आकलन',
  rateLead:
    'एक ही जगह की दो तस्वीरें। कौन बाद की है, यह नहीं बताया जाता। हर एक में जगह आस-पास की त्वचा से कितनी मिलती है, बताएँ।',
  rateNone: 'आकलन के लिए कुछ नहीं',
  rateNoneText: 'जब कोई सहकर्मी फ़ोटो के साथ परिणाम दर्ज करता है, तब जोड़े यहाँ आते हैं। जिनमें आपका हाथ था, वे नहीं दिखते।',
  rateWaiting: (n) => `${n} जोड़े बाक़ी`,
  picture: (l) => `तस्वीर ${l}`,
  pictureAlt: (l) => `त्वचा, तस्वीर ${l}`,
  howWell: (l) => `${l} में कितना मेल है?`,
  rateSave: 'सहेजें और आगे बढ़ें',
  rated: 'सहेजा गया। धन्यवाद।',
  report: 'योजना और परिणाम',
  reportLead: 'क्लिनिक के अपने परिणाम योजनाओं के बारे में क्या कहते हैं, और अगली योजनाएँ क्या मानेंगी।',
  results: (r, p) => `${p} लोगों के ${r} माप`,
  few: 'कम परिणाम',
  fewText: (n) => `${n} से कम परिणामों पर कुछ नहीं सीखा जाता: योजनाएँ मानी हुई बातों पर रहती हैं और यह बताती हैं।`,
  calibration: 'क्या सीमाएँ सही हैं?',
  calibrationText: (w, all, l, h) =>
    `${all} में से ${w} परिणाम उस सीमा में हैं जो बाक़ी से अपेक्षित थी। सही सीमाओं पर दस में नौ बार ${l} से ${h} होते।`,
  calibrationFew: 'सीमाएँ परखने के लिए परिणाम कम हैं।',
  expected: 'अपेक्षित',
  observed: 'भरने पर',
  result: 'परिणाम',
  chart: 'काम कर रहा रंजक: अपेक्षित सीमा और मापा गया, हर परिणाम की एक पंक्ति',
  agreement: 'क्या दो आकलनकर्ता सहमत हैं?',
  kappa: (k, l, h, n) => `भारित कप्पा ${k} (100 में 95: ${l} से ${h}), ${n} परिणाम। 1 पूरी सहमति, 0 संयोग।`,
  kappaNone: (n) => `दोनों ने ${n} परिणाम आँके; कप्पा नहीं बताया जा सकता।`,
  kappaFew: 'जोड़े कम हैं: सावधानी से पढ़ें।',
  blindSaid: (b, s, w) => `बिना जाने: बाद की तस्वीर ${b} में बेहतर, ${s} में बराबर, ${w} में ख़राब।`,
  drift: 'क्या रंग बदलता है?',
  driftText:
    'भरने पर रंग, हल्का पड़ने से समझाए गए रंग को घटाकर: Δa* शून्य से ऊपर हो तो ज़्यादा लाल, Δb* शून्य से ऊपर हो तो ज़्यादा पीला। योजनाएँ बीच का मान अनुमानित रंग में जोड़ती हैं और उसकी सीमा चौड़ी करती हैं। नए परिणाम दस में नौ बार इस सीमा में होते हैं।',
  driftNone: 'रंग के बदलाव के बारे में अभी कुछ नहीं सीखा गया: योजनाएँ कोई बदलाव नहीं मानतीं और यह बताती हैं।',
  driftCaption: 'उपचार, त्वचा और रंजक के अनुसार सीखा हुआ रंग-बदलाव',
  pigment: 'रंजक',
  pigments: { white: 'सफ़ेद', yellow: 'पीला', red: 'लाल', black: 'काला', other: 'अन्य' },
  skin: 'त्वचा समूह (ITA)',
  skins: {
    'very-light': 'बहुत गोरी',
    light: 'गोरी',
    intermediate: 'मध्यम',
    tan: 'गेहुँआ',
    brown: 'भूरी',
    dark: 'गहरी',
  },
  state: 'समय',
  states: { week6: 'सप्ताह 6', month6: 'महीना 6', month12: 'महीना 12', month24: 'महीना 24' },
  countOfResults: 'परिणाम',
  driftRange: (l, h) => `(${l} से ${h})`,
  download: 'सीखा हुआ भरना (JSON, योजनाओं के लिए)',
  unreviewed: 'मानी हुई फैलाव का बँटवारा एक प्रस्ताव है; किसी चिकित्सक ने इसे अभी नहीं जाँचा।',
};

const bn: OutcomeWords = {
  title: 'ফলাফল',
  lead: 'সেরে ওঠা ফল, পরিকল্পনার পাশে। ষষ্ঠ সপ্তাহের আগে কোনো রায় নয়।',
  empty: 'এখনও কোনো ফল নেই',
  emptyText: 'ষষ্ঠ সপ্তাহ থেকে সেরে ওঠা ত্বক মাপুন, ছবি বাছুন এবং মানুষটিকে জিজ্ঞাসা করুন। পরের পরিকল্পনা এ থেকে শেখে।',
  record: 'ফল লিখুন',
  timePoints: {
    week6: 'সপ্তাহ ৬',
    month3: 'মাস ৩',
    month6: 'মাস ৬',
    month12: 'মাস ১২',
    month18: 'মাস ১৮',
    month24: 'মাস ২৪',
  },
  treatments: { vitiligo: 'শ্বেতী', lip: 'ঠোঁট', scalp: 'মাথার ত্বক' },
  ratings: { poor: 'খারাপ', fair: 'মোটামুটি', good: 'ভালো', excellent: 'খুব ভালো' },
  takenOn: (day, days) => `${day}, দিন ${days}`,
  predicted: 'অনুমিত',
  healed: 'সেরে ওঠার পর',
  interval: '১০০-তে ৯০ এর মধ্যে',
  coordinate: 'স্থানাঙ্ক',
  within: 'অনুমিত সীমার মধ্যে',
  outside: 'অনুমিত সীমার বাইরে',
  miss: (e) => `অনুমিত রং থেকে ΔE00 ${e}`,
  toSurround: (p, l, h, r) => `চারপাশের ত্বক থেকে ΔE00: অনুমান ${p} (${l} থেকে ${h}), সেরে ওঠার পর ${r}`,
  retention: (h, e) => `কাজ করছে এমন রঞ্জক: দেওয়ার ${h}, প্রত্যাশা ${e}`,
  noPlan: 'তুলনার জন্য পরিকল্পনা নেই',
  photos: (error, before, after) =>
    `ছবি ${error} px-এর মধ্যে মেলানো হয়েছে। চারপাশের ত্বক থেকে ΔE00: আগে ${before}, পরে ${after}।`,
  photosSure: 'পরিবর্তনটি ছবির অনিশ্চয়তার চেয়ে বড়।',
  photosUnsure: 'পরিবর্তনটি ছবির অনিশ্চয়তার মধ্যে।',
  coverage: (s, l, h) => `চারপাশের ত্বকের সহনসীমায়: অঞ্চলের ${s} (${l} থেকে ${h})`,
  dots: (f, p) => `পরিকল্পিত ${p}টি বিন্দুর ${f}টি পাওয়া গেছে`,
  photosNot: 'ছবির তুলনা করা যায়নি',
  patientScore: (s) => `মানুষটির নিজের নম্বর: ১০-এ ${s}`,
  physician: 'চিকিৎসক',
  blinded: 'দ্বিতীয় জন, না জেনে',
  blindedWaits: 'না জেনে মূল্যায়ন বাকি',
  withdrawn: 'ফিরিয়ে নেওয়া',
  withdraw: 'ফিরিয়ে নিন',
  withdrawReason: 'কেন ফিরিয়ে নেওয়া হচ্ছে?',
  session: 'সেশন',
  noSession: 'এই প্রোগ্রামে নেই: দিন দিন',
  performedOn: 'যেদিন করা হয়েছে',
  treatment: 'চিকিৎসা',
  plan: 'পরিকল্পনা',
  planOfSession: 'সেশনের পরিকল্পনা',
  day: 'ফলের দিন',
  dayHint: 'দিন ৩৫ থেকে',
  white: 'মাপের আলো ও দর্শক',
  region: 'চিকিৎসা করা ত্বক: L* a* b*',
  surround: 'চারপাশের ত্বক: L* a* b*',
  readingHint: 'প্রতি লাইনে একটি মাপ, বড়জোর তিনটি; মধ্যমা ধরা হয়। উদাহরণ: 61.2 11.0 18.4',
  readingFault: 'প্রতি লাইনে তিনটি সংখ্যা দিন: L* a* b*।',
  earlierPhoto: 'আগের ছবি',
  laterPhoto: 'ফলের ছবি',
  noPhoto: 'নেই',
  photoOfPlan: 'পরিকল্পনার ছবি',
  score: 'মানুষটির নিজের নম্বর',
  scoreHint: '০ একেবারেই নয়, ১০ যেমন চাওয়া',
  rating: 'মিলের আপনার মূল্যায়ন',
  noRating: 'এখন নয়',
  note: 'মন্তব্য',
  optional: 'থাকলে',
  save: 'লিখে রাখুন',
  saving: 'লেখা ও ছবির তুলনা হচ্ছে',
  saved: 'ফল লেখা হয়েছে।',
  refused: 'লেখা হয়নি',
  rate: 'না জেনে মূল্যায়ন',
  rateLead: 'একই জায়গার দুটি ছবি। কোনটি পরের, বলা হয় না। প্রতিটিতে জায়গাটি চারপাশের ত্বকের সঙ্গে কতটা মেলে বলুন।',
  rateNone: 'মূল্যায়নের কিছু নেই',
  rateNoneText: 'সহকর্মী ছবি-সহ ফল লিখলে জোড়া এখানে আসে। যাতে আপনার হাত ছিল, তা দেখানো হয় না।',
  rateWaiting: (n) => `${n}টি জোড়া বাকি`,
  picture: (l) => `ছবি ${l}`,
  pictureAlt: (l) => `ত্বক, ছবি ${l}`,
  howWell: (l) => `${l}-তে কতটা মেলে?`,
  rateSave: 'রাখুন ও এগোন',
  rated: 'রাখা হয়েছে। ধন্যবাদ।',
  report: 'পরিকল্পনা ও ফল',
  reportLead: 'ক্লিনিকের নিজের ফল পরিকল্পনা সম্পর্কে কী বলে, আর পরের পরিকল্পনা কী ধরে নেবে।',
  results: (r, p) => `${p} জনের ${r}টি মাপ`,
  few: 'ফল কম',
  fewText: (n) => `${n}টির কম ফলে কিছু শেখা হয় না: পরিকল্পনা ধরে নেওয়া সেরে ওঠায় থাকে এবং তা বলে।`,
  calibration: 'সীমাগুলি কি ঠিক?',
  calibrationText: (w, all, l, h) =>
    `${all}টির মধ্যে ${w}টি ফল অন্যদের থেকে প্রত্যাশিত সীমায়। সীমা ঠিক হলে দশে নয় বার ${l} থেকে ${h} হত।`,
  calibrationFew: 'সীমা বিচার করার মতো ফল নেই।',
  expected: 'প্রত্যাশিত',
  observed: 'সেরে ওঠার পর',
  result: 'ফল',
  chart: 'কাজ করছে এমন রঞ্জক: প্রত্যাশিত সীমা ও মাপ, প্রতি ফলে এক লাইন',
  agreement: 'দুই মূল্যায়নকারী কি একমত?',
  kappa: (k, l, h, n) => `ভারযুক্ত কাপ্পা ${k} (১০০-তে ৯৫: ${l} থেকে ${h}), ${n}টি ফল। ১ পূর্ণ মিল, ০ দৈব।`,
  kappaNone: (n) => `দুজনে ${n}টি ফল মূল্যায়ন করেছেন; কাপ্পা বলা যায় না।`,
  kappaFew: 'জোড়া কম: সাবধানে পড়ুন।',
  blindSaid: (b, s, w) => `না জেনে: পরের ছবি ${b}টিতে ভালো, ${s}টিতে সমান, ${w}টিতে খারাপ।`,
  drift: 'রং কি সরে যায়?',
  driftText:
    'সেরে ওঠার পরের রং থেকে শুধু ফিকে হওয়ায় যা হয় তা বাদ দিয়ে: Δa* শূন্যের উপরে হলে বেশি লাল, Δb* শূন্যের উপরে হলে বেশি হলুদ। পরিকল্পনা মাঝের মানটি অনুমিত রঙে যোগ করে ও তার সীমা চওড়া করে। নতুন ফল দশবারে নয়বার এই সীমায় থাকে।',
  driftNone: 'রং সরে যাওয়া নিয়ে এখনও কিছু শেখা হয়নি: পরিকল্পনা কোনো সরে যাওয়া ধরে না এবং তা জানায়।',
  driftCaption: 'চিকিৎসা, ত্বক ও রঞ্জক অনুযায়ী শেখা রঙের সরে যাওয়া',
  pigment: 'রঞ্জক',
  pigments: { white: 'সাদা', yellow: 'হলুদ', red: 'লাল', black: 'কালো', other: 'অন্য' },
  skin: 'ত্বকের দল (ITA)',
  skins: {
    'very-light': 'খুব ফর্সা',
    light: 'ফর্সা',
    intermediate: 'মাঝারি',
    tan: 'শ্যামলা',
    brown: 'বাদামি',
    dark: 'গাঢ়',
  },
  state: 'সময়',
  states: { week6: 'সপ্তাহ ৬', month6: 'মাস ৬', month12: 'মাস ১২', month24: 'মাস ২৪' },
  countOfResults: 'ফল',
  driftRange: (l, h) => `(${l} থেকে ${h})`,
  download: 'শেখা সেরে ওঠা (JSON, পরিকল্পনার জন্য)',
  unreviewed: 'ধরে নেওয়া বিস্তারের ভাগ একটি প্রস্তাব; কোনো চিকিৎসক এখনও দেখেননি।',
};

const ne: OutcomeWords = {
  title: 'परिणाम',
  lead: 'निको भएको परिणाम, योजनासँगै। छैटौँ हप्ताअघि निर्णय हुँदैन।',
  empty: 'अहिलेसम्म परिणाम छैन',
  emptyText: 'छैटौँ हप्तादेखि निको भएको छाला नाप्नुहोस्, तस्बिर छान्नुहोस् र व्यक्तिलाई सोध्नुहोस्। यसबाट अर्को योजनाले सिक्छ।',
  record: 'परिणाम लेख्नुहोस्',
  timePoints: {
    week6: 'हप्ता ६',
    month3: 'महिना ३',
    month6: 'महिना ६',
    month12: 'महिना १२',
    month18: 'महिना १८',
    month24: 'महिना २४',
  },
  treatments: { vitiligo: 'दुबी', lip: 'ओठ', scalp: 'टाउकोको छाला' },
  ratings: { poor: 'नराम्रो', fair: 'ठीकै', good: 'राम्रो', excellent: 'धेरै राम्रो' },
  takenOn: (day, days) => `${day}, दिन ${days}`,
  predicted: 'अनुमानित',
  healed: 'निको भएपछि',
  interval: '१०० मा ९० यसबीच',
  coordinate: 'निर्देशाङ्क',
  within: 'अनुमानित सीमाभित्र',
  outside: 'अनुमानित सीमाबाहिर',
  miss: (e) => `अनुमानित रङबाट ΔE00 ${e}`,
  toSurround: (p, l, h, r) => `वरपरको छालासँग ΔE00: अनुमान ${p} (${l} देखि ${h}), निको भएपछि ${r}`,
  retention: (h, e) => `काम गरिरहेको रङ: हालिएको ${h}, अपेक्षित ${e}`,
  noPlan: 'तुलना गर्ने योजना छैन',
  photos: (error, before, after) =>
    `तस्बिरहरू ${error} px भित्र मिलाइए। वरपरको छालासँग ΔE00: पहिले ${before}, पछि ${after}।`,
  photosSure: 'परिवर्तन तस्बिरको अनिश्चितताभन्दा ठूलो छ।',
  photosUnsure: 'परिवर्तन तस्बिरको अनिश्चितताभित्र छ।',
  coverage: (s, l, h) => `वरपरको छालाको सहनसीमामा: क्षेत्रको ${s} (${l} देखि ${h})`,
  dots: (f, p) => `योजनाका ${p} थोप्लामध्ये ${f} भेटिए`,
  photosNot: 'तस्बिर तुलना गर्न सकिएन',
  patientScore: (s) => `व्यक्तिको आफ्नै अङ्क: १० मा ${s}`,
  physician: 'चिकित्सक',
  blinded: 'दोस्रो, नजानी',
  blindedWaits: 'नजानी मूल्याङ्कन बाँकी',
  withdrawn: 'फिर्ता लिइएको',
  withdraw: 'फिर्ता लिनुहोस्',
  withdrawReason: 'किन फिर्ता लिइँदै छ?',
  session: 'सत्र',
  noSession: 'यस प्रोग्राममा छैन: दिन दिनुहोस्',
  performedOn: 'गरिएको दिन',
  treatment: 'उपचार',
  plan: 'योजना',
  planOfSession: 'सत्रको योजना',
  day: 'परिणामको दिन',
  dayHint: 'दिन ३५ देखि',
  white: 'नापको प्रकाश र दर्शक',
  region: 'उपचार गरिएको छाला: L* a* b*',
  surround: 'वरपरको छाला: L* a* b*',
  readingHint: 'हरेक लाइनमा एक नाप, बढीमा तीन; मध्यिका गनिन्छ। उदाहरण: 61.2 11.0 18.4',
  readingFault: 'हरेक लाइनमा तीन अङ्क दिनुहोस्: L* a* b*।',
  earlierPhoto: 'पहिलेको तस्बिर',
  laterPhoto: 'परिणामको तस्बिर',
  noPhoto: 'छैन',
  photoOfPlan: 'योजनाको तस्बिर',
  score: 'व्यक्तिको आफ्नै अङ्क',
  scoreHint: '० पटक्कै होइन, १० चाहेजस्तै',
  rating: 'मेलको तपाईंको मूल्याङ्कन',
  noRating: 'अहिले होइन',
  note: 'टिप्पणी',
  optional: 'भए',
  save: 'लेख्नुहोस्',
  saving: 'लेख्दै र तस्बिर तुलना गर्दै',
  saved: 'परिणाम लेखियो।',
  refused: 'लेखिएन',
  rate: 'नजानी मूल्याङ्कन',
  rateLead: 'एउटै ठाउँका दुई तस्बिर। कुन पछिको हो भनिँदैन। हरेकमा ठाउँ वरपरको छालासँग कति मिल्छ भन्नुहोस्।',
  rateNone: 'मूल्याङ्कन गर्ने केही छैन',
  rateNoneText: 'सहकर्मीले तस्बिरसहित परिणाम लेखेपछि जोडी यहाँ आउँछ। तपाईंको हात भएका देखाइँदैनन्।',
  rateWaiting: (n) => `${n} जोडी बाँकी`,
  picture: (l) => `तस्बिर ${l}`,
  pictureAlt: (l) => `छाला, तस्बिर ${l}`,
  howWell: (l) => `${l} मा कति मिल्छ?`,
  rateSave: 'राखेर अघि बढ्नुहोस्',
  rated: 'राखियो। धन्यवाद।',
  report: 'योजना र परिणाम',
  reportLead: 'क्लिनिकका आफ्नै परिणामले योजनाबारे के भन्छन्, र अर्को योजनाले के मान्छ।',
  results: (r, p) => `${p} जनाका ${r} नाप`,
  few: 'थोरै परिणाम',
  fewText: (n) => `${n} भन्दा कम परिणाममा केही सिकिँदैन: योजना मानिएको निको हुने तरिकामै रहन्छ र त्यो भन्छ।`,
  calibration: 'सीमा ठीक छन्?',
  calibrationText: (w, all, l, h) =>
    `${all} मध्ये ${w} परिणाम अरूबाट अपेक्षित सीमाभित्र छन्। सीमा ठीक भए दसमा नौ पटक ${l} देखि ${h} हुन्थ्यो।`,
  calibrationFew: 'सीमा जाँच्न परिणाम थोरै छन्।',
  expected: 'अपेक्षित',
  observed: 'निको भएपछि',
  result: 'परिणाम',
  chart: 'काम गरिरहेको रङ: अपेक्षित सीमा र नापिएको, हरेक परिणामको एक लाइन',
  agreement: 'दुई मूल्याङ्कनकर्ता सहमत छन्?',
  kappa: (k, l, h, n) => `भारित काप्पा ${k} (१०० मा ९५: ${l} देखि ${h}), ${n} परिणाम। १ पूरा सहमति, ० संयोग।`,
  kappaNone: (n) => `दुवैले ${n} परिणाम मूल्याङ्कन गरे; काप्पा भन्न सकिँदैन।`,
  kappaFew: 'जोडी थोरै छन्: होसियारीले पढ्नुहोस्।',
  blindSaid: (b, s, w) => `नजानी: पछिको तस्बिर ${b} मा राम्रो, ${s} मा बराबर, ${w} मा नराम्रो।`,
  drift: 'के रङ सर्छ?',
  driftText:
    'निको भएपछिको रङबाट फिक्का हुँदा मात्रै हुने परिवर्तन घटाएर: Δa* शून्यभन्दा माथि भए बढी रातो, Δb* शून्यभन्दा माथि भए बढी पहेँलो। योजनाले बीचको मान अनुमानित रङमा जोड्छ र त्यसको सीमा फराकिलो बनाउँछ। नयाँ परिणाम दशमध्ये नौ पटक यो सीमाभित्र पर्छन्।',
  driftNone: 'रङ सर्नेबारे अहिलेसम्म केही सिकिएको छैन: योजनाले कुनै सराइ मान्दैन र त्यो भन्छ।',
  driftCaption: 'उपचार, छाला र रङअनुसार सिकिएको रङको सराइ',
  pigment: 'रङ',
  pigments: { white: 'सेतो', yellow: 'पहेँलो', red: 'रातो', black: 'कालो', other: 'अन्य' },
  skin: 'छालाको समूह (ITA)',
  skins: {
    'very-light': 'धेरै गोरो',
    light: 'गोरो',
    intermediate: 'मध्यम',
    tan: 'गहुँगोरो',
    brown: 'खैरो',
    dark: 'गाढा',
  },
  state: 'समय',
  states: { week6: 'हप्ता ६', month6: 'महिना ६', month12: 'महिना १२', month24: 'महिना २४' },
  countOfResults: 'परिणाम',
  driftRange: (l, h) => `(${l} देखि ${h})`,
  download: 'सिकिएको निको हुने तरिका (JSON, योजनाका लागि)',
  unreviewed: 'मानिएको फैलावटको बाँडफाँड प्रस्ताव हो; कुनै चिकित्सकले अझै जाँचेका छैनन्।',
};

export const outcomeWords: Readonly<Record<Locale, OutcomeWords>> = { en, hi, bn, ne };

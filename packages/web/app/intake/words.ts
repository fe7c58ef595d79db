import type { IntakeProblem } from '@undertone/clinic/intake/rules.ts';
import type { IntakeRefusal, IntakeState } from '@undertone/clinic/intake/schema.ts';
import type { Locale } from '../locales/index.ts';

export interface IntakeWords {
  readonly title: string;
  readonly lead: string;
  readonly privacy: string;
  readonly unreviewed: string;
  readonly proveTitle: string;
  readonly proveLead: string;
  readonly birthDate: string;
  readonly phoneEnd: string;
  readonly phoneEndHint: string;
  readonly go: string;
  readonly you: string;
  readonly guardianPart: string;
  readonly guardianHint: string;
  readonly gateHint: string;
  readonly healthPart: string;
  readonly medicines: string;
  readonly medicinesHint: string;
  readonly allergies: string;
  readonly allergiesHint: string;
  readonly history: string;
  readonly historyHint: string;
  readonly wishes: string;
  readonly contactPart: string;
  readonly contactHint: string;
  readonly send: string;
  readonly sending: string;
  readonly sendHint: string;
  readonly sentTitle: string;
  readonly sentText: string;
  readonly gone: string;
  readonly states: {
    readonly saved: string;
    readonly saving: string;
    readonly kept: string;
    readonly closed: string;
  };
  readonly problems: Readonly<Record<IntakeProblem, string>>;
  readonly problemsTitle: (count: number) => string;
  readonly date: string;
  readonly keepMedicines: string;
  readonly refusals: Readonly<Record<IntakeRefusal['reason'], string>>;

  readonly tab: string;
  readonly none: string;
  readonly noneText: string;
  readonly treatment: string;
  readonly treatments: Readonly<Record<'scalp' | 'lip' | 'vitiligo', string>>;
  readonly sendLink: string;
  readonly handOver: string;
  readonly handOverHint: string;
  readonly sentTo: Readonly<Record<'email' | 'phone' | 'nobody', string>>;
  readonly link: string;
  readonly formStates: Readonly<Record<IntakeState, string>>;
  readonly until: (day: string) => string;
  readonly answered: (percent: string) => string;
  readonly findings: string;
  readonly noFindings: string;
  readonly fromPerson: string;
  readonly inRecord: string;
  readonly take: string;
  readonly said: string;
  readonly accept: string;
  readonly accepted: string;
  readonly reopened: string;
  readonly giveBack: string;
  readonly withdraw: string;
  readonly inbox: string;
  readonly inboxEmpty: string;
  readonly inboxEmptyText: string;
  readonly unknownPerson: string;
  readonly whose: string;
  readonly makeRecord: string;
  readonly look: string;
  readonly all: string;
}

/** Words of the intake form and of the pages where staff look at it. The gates' own texts are in `clinic/candidacy/texts`. */
export const intakeWords: Readonly<Record<Locale, IntakeWords>> = {
  en: {
    title: 'Before your visit',
    lead: 'Take your time. What you write is kept at once, on this device and with the clinic: you may stop and go on later.',
    privacy:
      'Only the clinic’s staff read your answers. They are removed from this device when you send them.',
    unreviewed:
      'These questions have not yet been reviewed by a clinician. The doctor goes through them with you.',
    proveTitle: 'First, is it you?',
    proveLead: 'The link alone shows nothing. Please answer one question.',
    birthDate: 'Your date of birth',
    phoneEnd: 'The last four digits of your telephone number',
    phoneEndHint: 'Of the number you gave the clinic.',
    go: 'Go on',
    you: 'About you',
    guardianPart: 'If you are under 18: your guardian',
    guardianHint: 'Mother, father, or whoever decides with you.',
    gateHint: 'Choose one answer for each line. “I am not sure” is an answer too.',
    healthPart: 'In your own words',
    medicines: 'Medicines you take',
    medicinesHint: 'One a line, also herbal ones, creams and injections.',
    allergies: 'Allergies',
    allergiesHint: 'Medicines, latex, colours, food. One a line.',
    history: 'Illnesses, operations, earlier tattoos',
    historyHint: 'One a line.',
    wishes: 'What do you wish for, and what worries you?',
    contactPart: 'May we contact you?',
    contactHint: 'Tick what you agree to. You can take it back at any time.',
    send: 'Send to the clinic',
    sending: 'Sending',
    sendHint: 'After that, changes go through the clinic.',
    sentTitle: 'Thank you, your answers have arrived',
    sentText: 'The clinic looks at them before your visit.',
    gone: 'This form is not open',
    states: {
      saved: 'Saved at the clinic.',
      saving: 'Saving …',
      kept: 'No connection: kept on this device, sent as soon as there is one.',
      closed: 'This form is closed at the clinic. What you wrote is still on this device.',
    },
    problems: {
      unanswered: 'Choose one answer.',
      'not-an-option': 'Choose one of these answers.',
      'date-in-future': 'This day has not come yet.',
      'not-a-day': 'Write a day such as 1990-05-21.',
      'not-a-phone': 'Write ten digits, or + and the country’s code before them.',
      'not-an-email': 'Write an address such as name@example.org.',
      'name-needed': 'Write your name.',
    },
    problemsTitle: (count) => (count === 1 ? 'One answer is still open' : `${count} answers are still open`),
    date: 'When?',
    keepMedicines: 'Keep taking every medicine as it was prescribed.',
    refusals: {
      'not-allowed': 'Your role does not allow this.',
      'not-found': 'There is no such form.',
      'bad-form': 'This could not be read. Look at it once more.',
      'link-unknown': 'This link is not known here. Please copy it whole, or ask the clinic for a new one.',
      'link-expired': 'This link has expired. Please ask the clinic for a new one.',
      'link-closed':
        'These answers have been sent already, or the form was ended. To change something, tell the clinic.',
      'proof-needed': 'Please show first that it is you.',
      'proof-wrong': 'The clinic has noted something else. Look once more, or ask the clinic.',
      'too-many-tries': 'Too many tries for today. Please ask the clinic.',
      incomplete: 'Some answers are still open.',
      'not-submitted': 'This form has not been sent in, or it is settled already.',
      'no-patient': 'Say first whose form this is.',
    },
    tab: 'Intake',
    none: 'No form yet',
    noneText: 'Send the questions before the visit, or hand over the tablet now.',
    treatment: 'Treatment',
    treatments: { scalp: 'Scalp', lip: 'Lips', vitiligo: 'Vitiligo' },
    sendLink: 'Send the link',
    handOver: 'Fill on this tablet',
    handOverHint: 'You are signed out here first, so that nobody sees other records.',
    sentTo: {
      email: 'The link goes out by e-mail.',
      phone: 'The link goes out by message.',
      nobody: 'No e-mail and no message service: give the link by hand.',
    },
    link: 'Link',
    formStates: { open: 'with the patient', submitted: 'sent in', accepted: 'accepted', withdrawn: 'ended' },
    until: (day) => `link until ${day}`,
    answered: (percent) => `${percent} answered`,
    findings: 'What the answers raise',
    noFindings: 'Nothing.',
    fromPerson: 'From the form',
    inRecord: 'In the record',
    take: 'Take over',
    said: 'Written',
    accept: 'Accept into the record',
    accepted: 'Accepted. The record and the screening have the answers.',
    reopened: 'The screening decision is open again.',
    giveBack: 'Give back to correct',
    withdraw: 'End this form',
    inbox: 'Intake forms',
    inboxEmpty: 'No form is waiting',
    inboxEmptyText: 'Forms that people send in appear here until somebody accepts them.',
    unknownPerson: 'no record yet',
    whose: 'Whose form is this?',
    makeRecord: 'Make a record',
    look: 'Look at it',
    all: 'All questions and answers',
  },
  hi: {
    title: 'आने से पहले',
    lead: 'आराम से भरें। जो लिखते हैं वह तुरंत इस यंत्र पर और क्लिनिक में रखा जाता है: रुककर बाद में आगे भर सकते हैं।',
    privacy: 'आपके जवाब केवल क्लिनिक के कर्मचारी पढ़ते हैं। भेजने पर वे इस यंत्र से हट जाते हैं।',
    unreviewed: 'इन सवालों की चिकित्सक ने अभी समीक्षा नहीं की है। डॉक्टर इन्हें आपके साथ देखेंगे।',
    proveTitle: 'पहले, क्या यह आप हैं?',
    proveLead: 'केवल लिंक से कुछ नहीं दिखता। कृपया एक सवाल का जवाब दें।',
    birthDate: 'आपकी जन्म तिथि',
    phoneEnd: 'आपके फ़ोन नंबर के आख़िरी चार अंक',
    phoneEndHint: 'जो नंबर आपने क्लिनिक को दिया।',
    go: 'आगे',
    you: 'आपके बारे में',
    guardianPart: '18 से कम उम्र हो तो: अभिभावक',
    guardianHint: 'माँ, पिता, या जो आपके साथ निर्णय लेते हैं।',
    gateHint: 'हर पंक्ति में एक जवाब चुनें। “मुझे पक्का नहीं” भी जवाब है।',
    healthPart: 'अपने शब्दों में',
    medicines: 'जो दवाएँ आप लेते हैं',
    medicinesHint: 'हर पंक्ति में एक; जड़ी-बूटी, क्रीम और इंजेक्शन भी।',
    allergies: 'एलर्जी',
    allergiesHint: 'दवा, लेटेक्स, रंग, खाना। हर पंक्ति में एक।',
    history: 'बीमारियाँ, ऑपरेशन, पहले के टैटू',
    historyHint: 'हर पंक्ति में एक।',
    wishes: 'आप क्या चाहते हैं, और किस बात की चिंता है?',
    contactPart: 'क्या हम संपर्क कर सकते हैं?',
    contactHint: 'जिस पर सहमत हों, निशान लगाएँ। कभी भी वापस ले सकते हैं।',
    send: 'क्लिनिक को भेजें',
    sending: 'भेजा जा रहा है',
    sendHint: 'उसके बाद बदलाव क्लिनिक से होंगे।',
    sentTitle: 'धन्यवाद, आपके जवाब पहुँच गए',
    sentText: 'आपके आने से पहले क्लिनिक इन्हें देखेगा।',
    gone: 'यह फ़ॉर्म खुला नहीं है',
    states: {
      saved: 'क्लिनिक में सहेजा गया।',
      saving: 'सहेजा जा रहा है …',
      kept: 'कनेक्शन नहीं: इस यंत्र पर रखा है, मिलते ही भेजा जाएगा।',
      closed: 'यह फ़ॉर्म क्लिनिक में बंद है। जो लिखा वह अभी इस यंत्र पर है।',
    },
    problems: {
      unanswered: 'एक जवाब चुनें।',
      'not-an-option': 'इनमें से एक जवाब चुनें।',
      'date-in-future': 'यह दिन अभी नहीं आया।',
      'not-a-day': 'दिन ऐसे लिखें: 1990-05-21।',
      'not-a-phone': 'दस अंक लिखें, या पहले + और देश का कोड।',
      'not-an-email': 'पता ऐसे लिखें: name@example.org।',
      'name-needed': 'अपना नाम लिखें।',
    },
    problemsTitle: (count) => `${count} जवाब अभी बाक़ी`,
    date: 'कब?',
    keepMedicines: 'हर दवा वैसे ही लेते रहें जैसे बताई गई है।',
    refusals: {
      'not-allowed': 'आपकी भूमिका में इसकी अनुमति नहीं है।',
      'not-found': 'ऐसा कोई फ़ॉर्म नहीं है।',
      'bad-form': 'यह पढ़ा नहीं जा सका। फिर देखें।',
      'link-unknown': 'यह लिंक यहाँ का नहीं। पूरा कॉपी करें, या क्लिनिक से नया माँगें।',
      'link-expired': 'लिंक की अवधि समाप्त हुई। क्लिनिक से नया माँगें।',
      'link-closed': 'ये जवाब भेजे जा चुके हैं, या फ़ॉर्म बंद है। बदलाव के लिए क्लिनिक को बताएँ।',
      'proof-needed': 'कृपया पहले बताएँ कि यह आप हैं।',
      'proof-wrong': 'क्लिनिक में कुछ और लिखा है। फिर देखें, या क्लिनिक से पूछें।',
      'too-many-tries': 'आज बहुत बार कोशिश हुई। क्लिनिक से पूछें।',
      incomplete: 'कुछ जवाब बाक़ी हैं।',
      'not-submitted': 'यह फ़ॉर्म भेजा नहीं गया, या निपट चुका है।',
      'no-patient': 'पहले बताएँ यह किसका फ़ॉर्म है।',
    },
    tab: 'पूर्व-जानकारी',
    none: 'अभी कोई फ़ॉर्म नहीं',
    noneText: 'आने से पहले सवाल भेजें, या अभी टैबलेट दें।',
    treatment: 'उपचार',
    treatments: { scalp: 'सिर', lip: 'होंठ', vitiligo: 'विटिलिगो' },
    sendLink: 'लिंक भेजें',
    handOver: 'इसी टैबलेट पर भरें',
    handOverHint: 'पहले आप यहाँ साइन आउट होते हैं, ताकि कोई दूसरे रिकॉर्ड न देखे।',
    sentTo: {
      email: 'लिंक ई-मेल से जा रहा है।',
      phone: 'लिंक संदेश से जा रहा है।',
      nobody: 'न ई-मेल, न संदेश सेवा: लिंक हाथ से दें।',
    },
    link: 'लिंक',
    formStates: { open: 'रोगी के पास', submitted: 'भेजा गया', accepted: 'स्वीकार', withdrawn: 'समाप्त' },
    until: (day) => `लिंक ${day} तक`,
    answered: (percent) => `${percent} भरा`,
    findings: 'जवाबों से क्या उठता है',
    noFindings: 'कुछ नहीं।',
    fromPerson: 'फ़ॉर्म से',
    inRecord: 'रिकॉर्ड में',
    take: 'लें',
    said: 'लिखा हुआ',
    accept: 'रिकॉर्ड में लें',
    accepted: 'लिया गया। जवाब रिकॉर्ड और जाँच में हैं।',
    reopened: 'जाँच का निर्णय फिर खुला है।',
    giveBack: 'सुधारने को लौटाएँ',
    withdraw: 'फ़ॉर्म समाप्त करें',
    inbox: 'पूर्व-जानकारी फ़ॉर्म',
    inboxEmpty: 'कोई फ़ॉर्म प्रतीक्षा में नहीं',
    inboxEmptyText: 'भेजे गए फ़ॉर्म स्वीकार होने तक यहाँ दिखते हैं।',
    unknownPerson: 'अभी रिकॉर्ड नहीं',
    whose: 'यह किसका फ़ॉर्म है?',
    makeRecord: 'रिकॉर्ड बनाएँ',
    look: 'देखें',
    all: 'सभी सवाल और जवाब',
  },
  bn: {
    title: 'আসার আগে',
    lead: 'সময় নিয়ে লিখুন। যা লেখেন তা সঙ্গে সঙ্গে এই যন্ত্রে ও ক্লিনিকে রাখা হয়: থেমে পরে আবার লিখতে পারেন।',
    privacy: 'আপনার উত্তর শুধু ক্লিনিকের কর্মীরা পড়েন। পাঠালে এই যন্ত্র থেকে মুছে যায়।',
    unreviewed: 'এই প্রশ্নগুলি চিকিৎসক এখনও পর্যালোচনা করেননি। ডাক্তার আপনার সঙ্গে এগুলি দেখবেন।',
    proveTitle: 'আগে, এটি কি আপনি?',
    proveLead: 'শুধু লিঙ্কে কিছু দেখা যায় না। একটি প্রশ্নের উত্তর দিন।',
    birthDate: 'আপনার জন্ম তারিখ',
    phoneEnd: 'আপনার ফোন নম্বরের শেষ চার অঙ্ক',
    phoneEndHint: 'যে নম্বর ক্লিনিককে দিয়েছেন।',
    go: 'এগোন',
    you: 'আপনার কথা',
    guardianPart: '১৮-র কম হলে: অভিভাবক',
    guardianHint: 'মা, বাবা, বা যিনি আপনার সঙ্গে সিদ্ধান্ত নেন।',
    gateHint: 'প্রতি লাইনে একটি উত্তর বাছুন। “নিশ্চিত নই”-ও উত্তর।',
    healthPart: 'নিজের কথায়',
    medicines: 'যে ওষুধ খান',
    medicinesHint: 'প্রতি লাইনে একটি; ভেষজ, ক্রিম ও ইঞ্জেকশনও।',
    allergies: 'অ্যালার্জি',
    allergiesHint: 'ওষুধ, ল্যাটেক্স, রং, খাবার। প্রতি লাইনে একটি।',
    history: 'অসুখ, অপারেশন, আগের ট্যাটু',
    historyHint: 'প্রতি লাইনে একটি।',
    wishes: 'কী চান, আর কী নিয়ে চিন্তা?',
    contactPart: 'আমরা কি যোগাযোগ করতে পারি?',
    contactHint: 'যাতে রাজি তাতে টিক দিন। যে কোনো সময় ফেরাতে পারেন।',
    send: 'ক্লিনিকে পাঠান',
    sending: 'পাঠানো হচ্ছে',
    sendHint: 'এর পরে বদল ক্লিনিকের মাধ্যমে।',
    sentTitle: 'ধন্যবাদ, আপনার উত্তর পৌঁছেছে',
    sentText: 'আপনি আসার আগে ক্লিনিক এগুলি দেখবে।',
    gone: 'এই ফর্মটি খোলা নেই',
    states: {
      saved: 'ক্লিনিকে সংরক্ষিত।',
      saving: 'সংরক্ষণ হচ্ছে …',
      kept: 'সংযোগ নেই: এই যন্ত্রে রাখা আছে, সংযোগ এলেই যাবে।',
      closed: 'ক্লিনিকে ফর্মটি বন্ধ। যা লিখেছেন তা এখনও এই যন্ত্রে আছে।',
    },
    problems: {
      unanswered: 'একটি উত্তর বাছুন।',
      'not-an-option': 'এগুলির একটি বাছুন।',
      'date-in-future': 'এই দিন এখনও আসেনি।',
      'not-a-day': 'দিনটি এভাবে লিখুন: 1990-05-21।',
      'not-a-phone': 'দশটি অঙ্ক লিখুন, বা আগে + ও দেশের কোড।',
      'not-an-email': 'ঠিকানা এভাবে লিখুন: name@example.org।',
      'name-needed': 'আপনার নাম লিখুন।',
    },
    problemsTitle: (count) => `${count}টি উত্তর বাকি`,
    date: 'কবে?',
    keepMedicines: 'প্রতিটি ওষুধ যেমন বলা আছে তেমনই খেয়ে যান।',
    refusals: {
      'not-allowed': 'আপনার ভূমিকায় এর অনুমতি নেই।',
      'not-found': 'এমন ফর্ম নেই।',
      'bad-form': 'এটি পড়া গেল না। আবার দেখুন।',
      'link-unknown': 'এই লিঙ্ক এখানকার নয়। পুরোটা কপি করুন, বা ক্লিনিকে নতুন চান।',
      'link-expired': 'লিঙ্কের মেয়াদ শেষ। ক্লিনিকে নতুন চান।',
      'link-closed': 'উত্তর পাঠানো হয়ে গেছে, বা ফর্মটি বন্ধ। বদলাতে ক্লিনিককে বলুন।',
      'proof-needed': 'আগে দেখান এটি আপনি।',
      'proof-wrong': 'ক্লিনিকে অন্য কিছু লেখা। আবার দেখুন, বা ক্লিনিককে জিজ্ঞাসা করুন।',
      'too-many-tries': 'আজ অনেকবার চেষ্টা হয়েছে। ক্লিনিককে বলুন।',
      incomplete: 'কিছু উত্তর বাকি।',
      'not-submitted': 'ফর্মটি পাঠানো হয়নি, বা মিটে গেছে।',
      'no-patient': 'আগে বলুন ফর্মটি কার।',
    },
    tab: 'প্রাথমিক তথ্য',
    none: 'এখনও কোনো ফর্ম নেই',
    noneText: 'আসার আগে প্রশ্ন পাঠান, বা এখনই ট্যাবলেট দিন।',
    treatment: 'চিকিৎসা',
    treatments: { scalp: 'মাথা', lip: 'ঠোঁট', vitiligo: 'ভিটিলিগো' },
    sendLink: 'লিঙ্ক পাঠান',
    handOver: 'এই ট্যাবলেটে লিখুন',
    handOverHint: 'আগে এখানে আপনার সাইন আউট হয়, যাতে কেউ অন্য রেকর্ড না দেখে।',
    sentTo: {
      email: 'লিঙ্ক ই-মেলে যাচ্ছে।',
      phone: 'লিঙ্ক বার্তায় যাচ্ছে।',
      nobody: 'ই-মেল বা বার্তা পরিষেবা নেই: লিঙ্কটি হাতে দিন।',
    },
    link: 'লিঙ্ক',
    formStates: { open: 'রোগীর কাছে', submitted: 'পাঠানো', accepted: 'গৃহীত', withdrawn: 'শেষ' },
    until: (day) => `লিঙ্ক ${day} পর্যন্ত`,
    answered: (percent) => `${percent} লেখা`,
    findings: 'উত্তরে যা ওঠে',
    noFindings: 'কিছু নয়।',
    fromPerson: 'ফর্ম থেকে',
    inRecord: 'রেকর্ডে',
    take: 'নিন',
    said: 'যা লেখা',
    accept: 'রেকর্ডে নিন',
    accepted: 'নেওয়া হয়েছে। উত্তর রেকর্ডে ও যাচাইয়ে আছে।',
    reopened: 'যাচাইয়ের সিদ্ধান্ত আবার খোলা।',
    giveBack: 'সংশোধনে ফেরান',
    withdraw: 'ফর্ম শেষ করুন',
    inbox: 'প্রাথমিক তথ্যের ফর্ম',
    inboxEmpty: 'কোনো ফর্ম অপেক্ষায় নেই',
    inboxEmptyText: 'পাঠানো ফর্ম গৃহীত না হওয়া পর্যন্ত এখানে থাকে।',
    unknownPerson: 'এখনও রেকর্ড নেই',
    whose: 'ফর্মটি কার?',
    makeRecord: 'রেকর্ড তৈরি করুন',
    look: 'দেখুন',
    all: 'সব প্রশ্ন ও উত্তর',
  },
  ne: {
    title: 'आउनुअघि',
    lead: 'बिस्तारै भर्नुहोस्। लेखेको तुरुन्तै यस यन्त्रमा र क्लिनिकमा राखिन्छ: रोकिएर पछि अघि बढ्न सक्नुहुन्छ।',
    privacy: 'तपाईंका उत्तर क्लिनिकका कर्मचारीले मात्र पढ्छन्। पठाएपछि यस यन्त्रबाट हट्छ।',
    unreviewed: 'यी प्रश्न चिकित्सकले अझै समीक्षा गरेका छैनन्। डाक्टरले तपाईंसँगै हेर्नुहुन्छ।',
    proveTitle: 'पहिले, यो तपाईं नै हो?',
    proveLead: 'लिङ्कले मात्र केही देखाउँदैन। एउटा प्रश्नको उत्तर दिनुहोस्।',
    birthDate: 'तपाईंको जन्म मिति',
    phoneEnd: 'तपाईंको फोन नम्बरका अन्तिम चार अङ्क',
    phoneEndHint: 'क्लिनिकलाई दिएको नम्बरको।',
    go: 'अघि बढ्नुहोस्',
    you: 'तपाईंको बारेमा',
    guardianPart: '१८ मुनि भए: अभिभावक',
    guardianHint: 'आमा, बुबा, वा तपाईंसँग निर्णय गर्ने व्यक्ति।',
    gateHint: 'हरेक लाइनमा एउटा उत्तर छान्नुहोस्। “पक्का छैन” पनि उत्तर हो।',
    healthPart: 'आफ्नै शब्दमा',
    medicines: 'तपाईंले खाने औषधि',
    medicinesHint: 'हरेक लाइनमा एउटा; जडीबुटी, क्रिम र सुई पनि।',
    allergies: 'एलर्जी',
    allergiesHint: 'औषधि, ल्याटेक्स, रङ, खाना। हरेक लाइनमा एउटा।',
    history: 'रोग, अप्रेसन, पहिलेका ट्याटु',
    historyHint: 'हरेक लाइनमा एउटा।',
    wishes: 'के चाहनुहुन्छ, र के को चिन्ता छ?',
    contactPart: 'हामी सम्पर्क गर्न सक्छौँ?',
    contactHint: 'सहमत भएकोमा चिन्ह लगाउनुहोस्। जहिले पनि फिर्ता लिन सकिन्छ।',
    send: 'क्लिनिकलाई पठाउनुहोस्',
    sending: 'पठाइँदै',
    sendHint: 'त्यसपछि फेरबदल क्लिनिकमार्फत हुन्छ।',
    sentTitle: 'धन्यवाद, तपाईंका उत्तर पुगे',
    sentText: 'तपाईं आउनुअघि क्लिनिकले हेर्छ।',
    gone: 'यो फारम खुला छैन',
    states: {
      saved: 'क्लिनिकमा सुरक्षित भयो।',
      saving: 'सुरक्षित हुँदै …',
      kept: 'जडान छैन: यस यन्त्रमा राखिएको छ, जडान हुनासाथ जान्छ।',
      closed: 'यो फारम क्लिनिकमा बन्द छ। लेखेको अझै यस यन्त्रमा छ।',
    },
    problems: {
      unanswered: 'एउटा उत्तर छान्नुहोस्।',
      'not-an-option': 'यीमध्ये एउटा छान्नुहोस्।',
      'date-in-future': 'यो दिन आएको छैन।',
      'not-a-day': 'दिन यसरी लेख्नुहोस्: 1990-05-21।',
      'not-a-phone': 'दस अङ्क लेख्नुहोस्, वा अगाडि + र देशको कोड।',
      'not-an-email': 'ठेगाना यसरी लेख्नुहोस्: name@example.org।',
      'name-needed': 'आफ्नो नाम लेख्नुहोस्।',
    },
    problemsTitle: (count) => `${count} उत्तर बाँकी`,
    date: 'कहिले?',
    keepMedicines: 'हरेक औषधि भनिएअनुसार नै खाइरहनुहोस्।',
    refusals: {
      'not-allowed': 'तपाईंको भूमिकामा यसको अनुमति छैन।',
      'not-found': 'त्यस्तो फारम छैन।',
      'bad-form': 'यो पढ्न सकिएन। फेरि हेर्नुहोस्।',
      'link-unknown': 'यो लिङ्क यहाँको होइन। पूरै कपी गर्नुहोस्, वा क्लिनिकसँग नयाँ माग्नुहोस्।',
      'link-expired': 'लिङ्कको म्याद सकियो। क्लिनिकसँग नयाँ माग्नुहोस्।',
      'link-closed': 'यी उत्तर पठाइसकिएका छन्, वा फारम बन्द छ। फेर्न क्लिनिकलाई भन्नुहोस्।',
      'proof-needed': 'पहिले यो तपाईं नै हो भनी देखाउनुहोस्।',
      'proof-wrong': 'क्लिनिकमा अर्कै लेखिएको छ। फेरि हेर्नुहोस्, वा क्लिनिकलाई सोध्नुहोस्।',
      'too-many-tries': 'आज धेरै पटक कोसिस भयो। क्लिनिकलाई सोध्नुहोस्।',
      incomplete: 'केही उत्तर बाँकी छन्।',
      'not-submitted': 'यो फारम पठाइएको छैन, वा टुङ्गिसकेको छ।',
      'no-patient': 'पहिले यो कसको फारम हो भन्नुहोस्।',
    },
    tab: 'पूर्व जानकारी',
    none: 'अहिलेसम्म फारम छैन',
    noneText: 'आउनुअघि प्रश्न पठाउनुहोस्, वा अहिल्यै ट्याब्लेट दिनुहोस्।',
    treatment: 'उपचार',
    treatments: { scalp: 'टाउको', lip: 'ओठ', vitiligo: 'भिटिलिगो' },
    sendLink: 'लिङ्क पठाउनुहोस्',
    handOver: 'यही ट्याब्लेटमा भर्नुहोस्',
    handOverHint: 'पहिले तपाईं यहाँबाट साइन आउट हुनुहुन्छ, ताकि कसैले अरू रेकर्ड नदेखोस्।',
    sentTo: {
      email: 'लिङ्क इमेलबाट जाँदैछ।',
      phone: 'लिङ्क सन्देशबाट जाँदैछ।',
      nobody: 'इमेल वा सन्देश सेवा छैन: लिङ्क हातमा दिनुहोस्।',
    },
    link: 'लिङ्क',
    formStates: { open: 'बिरामीसँग', submitted: 'पठाइएको', accepted: 'स्वीकार', withdrawn: 'समाप्त' },
    until: (day) => `लिङ्क ${day} सम्म`,
    answered: (percent) => `${percent} भरियो`,
    findings: 'उत्तरबाट के उठ्छ',
    noFindings: 'केही छैन।',
    fromPerson: 'फारमबाट',
    inRecord: 'रेकर्डमा',
    take: 'लिनुहोस्',
    said: 'लेखिएको',
    accept: 'रेकर्डमा लिनुहोस्',
    accepted: 'लिइयो। उत्तर रेकर्ड र जाँचमा छन्।',
    reopened: 'जाँचको निर्णय फेरि खुला छ।',
    giveBack: 'सच्याउन फिर्ता',
    withdraw: 'फारम टुङ्ग्याउनुहोस्',
    inbox: 'पूर्व जानकारी फारम',
    inboxEmpty: 'पर्खिरहेको फारम छैन',
    inboxEmptyText: 'पठाइएका फारम स्वीकार नभएसम्म यहाँ देखिन्छन्।',
    unknownPerson: 'अहिलेसम्म रेकर्ड छैन',
    whose: 'यो कसको फारम हो?',
    makeRecord: 'रेकर्ड बनाउनुहोस्',
    look: 'हेर्नुहोस्',
    all: 'सबै प्रश्न र उत्तर',
  },
};

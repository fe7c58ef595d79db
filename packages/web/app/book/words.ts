import type { Locale } from '../locales/index.ts';

export interface BookWords {
  readonly title: string;
  readonly lead: string;
  readonly what: string;
  readonly nothingYet: string;
  readonly minutes: (n: string) => string;
  readonly price: string;
  readonly priceOpen: string;
  readonly deposit: string;
  readonly change: string;
  readonly checkFirst: string;
  readonly checkFirstText: string;
  readonly toCheck: string;
  readonly talkInstead: string;
  readonly alreadySeen: string;
  readonly where: string;
  readonly who: string;
  readonly anyone: string;
  readonly show: string;
  readonly when: string;
  readonly zone: (zone: string, place: string) => string;
  readonly noTimes: string;
  readonly later: string;
  readonly earlier: string;
  readonly free: (n: string) => string;
  readonly morning: string;
  readonly afternoon: string;
  readonly details: string;
  readonly name: string;
  readonly nameHint: string;
  readonly email: string;
  readonly emailHint: string;
  readonly phone: string;
  readonly phoneHint: string;
  readonly language: string;
  readonly note: string;
  readonly noteHint: string;
  readonly optional: string;
  readonly series: (visits: string, least: string, most: string) => string;
  readonly consent: string;
  readonly share: string;
  readonly shareHint: string;
  readonly sendPicture: string;
  readonly pictureHint: string;
  readonly pictureAlt: string;
  readonly pictureLost: string;
  readonly pictureKept: string;
  readonly pictureTakeBack: string;
  readonly pictureTakenBack: string;
  readonly noScript: string;
  readonly checking: string;
  readonly notSent: string;
  readonly send: string;
  readonly sending: string;
  readonly faults: Readonly<Record<FieldFault, string>>;
  readonly refusals: Readonly<Record<string, string>>;
  readonly refusedOther: string;
  readonly taken: string;
  readonly takenText: string;
  readonly takenNone: string;
  readonly otherTimes: string;
  readonly mistakes: string;
  readonly received: string;
  readonly receivedText: string;
  readonly receivedNext: string;
  readonly preparation: string;
  readonly policy: string;
  // The page behind a link.
  readonly visit: string;
  readonly states: Readonly<Record<string, string>>;
  readonly heldUntil: (time: string) => string;
  readonly heldNext: string;
  readonly confirmedNext: string;
  readonly confirm: string;
  readonly confirmText: string;
  readonly service: string;
  readonly time: string;
  readonly place: string;
  readonly person: string;
  readonly allVisits: string;
  readonly calendarFile: string;
  readonly move: string;
  readonly moveGo: string;
  readonly moveTo: (time: string) => string;
  readonly keep: string;
  readonly cancel: string;
  readonly cancelWhy: string;
  readonly cancelLate: string;
  readonly cancelGo: string;
  readonly moved: string;
  readonly cancelled: string;
  readonly bookAgain: string;
  readonly linkGone: string;
  readonly linkGoneText: string;
}

export type FieldFault =
  | 'name-missing'
  | 'name-letters'
  | 'email-wrong'
  | 'phone-wrong'
  | 'reach-missing'
  | 'phone-for-call'
  | 'consent-missing'
  | 'note-long'
  | 'time-missing';

/** Words of booking and of the page behind a booking's link. A language that lacks one does not compile. */
export const bookWords: Readonly<Record<Locale, BookWords>> = {
  en: {
    title: 'Book a visit',
    lead: 'Choose what you come for and a time. With an e-mail address the time is held for you; with a phone number alone we call you back.',
    what: 'What do you come for?',
    nothingYet: 'Nothing can be booked here yet. Please ask the clinic for a time.',
    minutes: (n) => `${n} minutes`,
    price: 'Price',
    priceOpen: 'Price to be completed by the clinic',
    deposit: 'Deposit',
    change: 'Change',
    checkFirst: 'First the self-check',
    checkFirstText:
      'A treatment is booked after about two minutes of questions, so that nobody comes for nothing. A talk with the doctor is open to everybody.',
    toCheck: 'Go to the self-check',
    talkInstead: 'Book a talk with the doctor instead',
    alreadySeen: 'The doctor has already examined me for this: show the times',
    where: 'Where',
    who: 'With whom',
    anyone: 'Whoever is free first',
    show: 'Show times',
    when: 'When?',
    zone: (zone, place) => `Times in ${place}, ${zone}.`,
    noTimes: 'No time is free in these weeks. Look at later days, or ask to be called back.',
    later: 'Later days',
    earlier: 'Back to the first free day',
    free: (n) => (n === '1' ? '1 free time' : `${n} free times`),
    morning: 'Before noon',
    afternoon: 'After noon',
    details: 'How do we reach you?',
    name: 'Name',
    nameHint: 'As the clinic should address you.',
    email: 'E-mail',
    emailHint: 'We send a link to confirm the time.',
    phone: 'Phone',
    phoneHint: 'Without an e-mail address we call you back to agree on the time.',
    language: 'Language for messages',
    note: 'Anything we should know for the appointment',
    noteHint: 'Please no illnesses or medicines here: the doctor asks about them in person.',
    optional: 'optional',
    series: (visits, least, most) => `Book all ${visits} visits at once, ${least} to ${most} days apart`,
    consent: 'The clinic may contact me about this appointment.',
    share: 'Send my self-check answers along',
    shareHint: 'Leave it open and they stay on this device.',
    sendPicture: 'Send my preview picture along',
    pictureHint:
      'Only this marked, calculated picture goes, never your photo. The clinic keeps it encrypted with this visit; the people who prepare it can look at it. It is deleted when you take it back or the visit is cancelled.',
    pictureAlt: 'Your preview picture',
    pictureLost: 'The preview picture could not be read and was not kept. You can show it at the visit.',
    pictureKept: 'Your preview picture is kept with this visit, encrypted, for the people who prepare it.',
    pictureTakeBack: 'Take the picture back',
    pictureTakenBack: 'The picture has been deleted.',
    noScript:
      'Your browser runs no scripts here, so we cannot hold the time at once. Leave a phone number: the desk calls you back.',
    checking: 'Preparing a check against robots, on your device.',
    notSent: 'Not sent: the clinic could not be reached. Nothing you entered is lost. Try again in a moment.',
    send: 'Ask for this time',
    sending: 'Sending',
    faults: {
      'name-missing': 'Tell us your name.',
      'name-letters': 'Use letters only, under 120 characters.',
      'email-wrong': 'Use an address such as name@example.org.',
      'phone-wrong': 'Use digits, with the country code if it is not an Indian number.',
      'reach-missing': 'Give an e-mail address, or a phone number to be called back.',
      'phone-for-call':
        'The check against robots did not run in your browser. Give a phone number and the desk calls you back.',
      'consent-missing': 'Without this tick we may not answer you.',
      'note-long': 'Keep it under 1,000 characters.',
      'time-missing': 'Choose a time.',
    },
    refusals: {
      'slot-not-offered': 'This time is not offered any more. Please choose another.',
      'person-busy':
        'You already have a visit at that time. Please choose another, or use the link in your message.',
      'self-check-first': 'Your self-check answers call for a talk with the doctor first. Please book that.',
      'series-not-possible':
        'From this day there are not enough free times for all visits. Choose another first day, or one visit.',
      'too-many-requests': 'Many requests came from here just now. Please try later, or call the clinic.',
      'challenge-expired': 'The page was open for long. Please send once more.',
      'challenge-used': 'Please send once more.',
      'challenge-invalid': 'The check against robots did not pass. Please send once more.',
      'idempotency-key-reused':
        'This form was sent before with other words. If you want one more visit, send once more.',
      'link-not-for-this': 'This link only confirms. Use the link in the message that followed.',
      'hold-expired': 'The time was held until its deadline and is free again. Please book anew.',
      'offer-over': 'This offer is over. Please book another time.',
      'not-open': 'This visit is no longer open.',
      'already-started': 'This visit has begun. Please call the clinic.',
      'too-late-to-move': 'It is too late to move this visit by link. Please call the clinic.',
      'moved-too-often': 'This visit was moved several times already. Please call the clinic.',
    },
    refusedOther: 'This could not be done. Please try again, or call the clinic.',
    taken: 'Somebody was faster: this time is taken',
    takenText: 'Nothing you typed is lost. Choose one of the nearest free times:',
    takenNone: 'Nothing you typed is lost, but no time nearby is free. Look at other days.',
    otherTimes: 'See all times',
    mistakes: 'Something is missing',
    received: 'We call you back',
    receivedText: 'Your wish is on the desk’s list. No time is held yet.',
    receivedNext: 'The clinic calls the number you gave and agrees on a time with you.',
    preparation: 'To prepare',
    policy: 'Moving and cancelling',
    visit: 'Your visit',
    states: {
      held: 'Held for you, not yet confirmed',
      confirmed: 'Confirmed',
      arrived: 'You have arrived',
      completed: 'Done',
      cancelled: 'Cancelled',
      'no-show': 'Missed',
      expired: 'No longer held',
    },
    heldUntil: (time) => `Held until ${time}.`,
    heldNext:
      'We have sent you a message with a link. Open it and confirm, and the visit is yours. After the deadline the time is free again.',
    confirmedNext:
      'You will get a message with the place and a calendar entry, and a reminder before the visit.',
    confirm: 'Confirm this visit',
    confirmText: 'One press, and the time is yours.',
    service: 'For',
    time: 'When',
    place: 'Where',
    person: 'With',
    allVisits: 'All visits of this series',
    calendarFile: 'Calendar file (.ics)',
    move: 'Move to another time',
    moveGo: 'Choose another time',
    moveTo: (time) => `Move to ${time}`,
    keep: 'Keep the present time',
    cancel: 'Cancel this visit',
    cancelWhy: 'Reason',
    cancelLate: 'It is short notice; the clinic is told so.',
    cancelGo: 'Cancel the visit',
    moved: 'The visit was moved.',
    cancelled: 'The visit is cancelled. Nothing more is needed from you.',
    bookAgain: 'Book another visit',
    linkGone: 'This link does not open a visit',
    linkGoneText: 'Copy the whole link from the message, or ask the clinic for a new one.',
  },
  hi: {
    title: 'मुलाक़ात तय करें',
    lead: 'किसलिए आना है और कब, यह चुनें। ई-मेल देने पर समय आपके लिए रोका जाता है; केवल फ़ोन देने पर हम आपको फ़ोन करते हैं।',
    what: 'आप किसलिए आना चाहते हैं?',
    nothingYet: 'यहाँ अभी कुछ बुक नहीं हो सकता। कृपया क्लिनिक से समय पूछें।',
    minutes: (n) => `${n} मिनट`,
    price: 'क़ीमत',
    priceOpen: 'क़ीमत क्लिनिक को भरनी है',
    deposit: 'अग्रिम',
    change: 'बदलें',
    checkFirst: 'पहले स्वयं-जाँच',
    checkFirstText:
      'उपचार का समय लगभग दो मिनट के सवालों के बाद मिलता है, ताकि किसी का आना बेकार न हो। डॉक्टर से बात का समय सबके लिए खुला है।',
    toCheck: 'स्वयं-जाँच पर जाएँ',
    talkInstead: 'इसके बजाय डॉक्टर से बात का समय लें',
    alreadySeen: 'डॉक्टर इसके लिए मुझे देख चुके हैं: समय दिखाएँ',
    where: 'कहाँ',
    who: 'किसके साथ',
    anyone: 'जो पहले ख़ाली हो',
    show: 'समय दिखाएँ',
    when: 'कब?',
    zone: (zone, place) => `समय ${place} का, ${zone}।`,
    noTimes: 'इन हफ़्तों में कोई समय ख़ाली नहीं। आगे के दिन देखें, या फ़ोन के लिए कहें।',
    later: 'आगे के दिन',
    earlier: 'पहले ख़ाली दिन पर लौटें',
    free: (n) => `${n} ख़ाली समय`,
    morning: 'दोपहर से पहले',
    afternoon: 'दोपहर के बाद',
    details: 'हम आप तक कैसे पहुँचें?',
    name: 'नाम',
    nameHint: 'जैसे क्लिनिक आपको पुकारे।',
    email: 'ई-मेल',
    emailHint: 'समय पक्का करने का लिंक हम इसी पर भेजते हैं।',
    phone: 'फ़ोन',
    phoneHint: 'ई-मेल न हो तो हम फ़ोन करके समय तय करते हैं।',
    language: 'संदेशों की भाषा',
    note: 'मुलाक़ात के लिए कुछ बताना हो',
    noteHint: 'कृपया यहाँ बीमारी या दवा न लिखें: डॉक्टर मिलकर पूछते हैं।',
    optional: 'ज़रूरी नहीं',
    series: (visits, least, most) => `सभी ${visits} मुलाक़ातें एक साथ तय करें, ${least} से ${most} दिन के अंतर पर`,
    consent: 'क्लिनिक इस मुलाक़ात के बारे में मुझसे संपर्क कर सकता है।',
    share: 'मेरी स्वयं-जाँच के जवाब साथ भेजें',
    shareHint: 'निशान न लगाएँ तो वे इसी फ़ोन या कंप्यूटर पर रहते हैं।',
    sendPicture: 'मेरी पूर्वावलोकन तस्वीर साथ भेजें',
    pictureHint:
      'केवल यह चिह्नित, गणना से बनी तस्वीर जाती है, आपकी फ़ोटो कभी नहीं। क्लिनिक इसे इस मुलाक़ात के साथ कूट रूप में रखता है; तैयारी करने वाले लोग इसे देख सकते हैं। आप वापस लें या मुलाक़ात रद्द हो तो यह मिटा दी जाती है।',
    pictureAlt: 'आपकी पूर्वावलोकन तस्वीर',
    pictureLost: 'पूर्वावलोकन तस्वीर पढ़ी नहीं जा सकी और रखी नहीं गई। आप इसे मुलाक़ात में दिखा सकते हैं।',
    pictureKept: 'आपकी पूर्वावलोकन तस्वीर इस मुलाक़ात के साथ कूट रूप में रखी है, तैयारी करने वालों के लिए।',
    pictureTakeBack: 'तस्वीर वापस लें',
    pictureTakenBack: 'तस्वीर मिटा दी गई है।',
    noScript: 'आपका ब्राउज़र यहाँ स्क्रिप्ट नहीं चलाता, इसलिए समय तुरंत रोका नहीं जा सकता। फ़ोन नंबर दें: हम आपको फ़ोन करेंगे।',
    checking: 'रोबोट से बचाव की जाँच आपके यंत्र पर तैयार हो रही है।',
    notSent: 'नहीं भेजा गया: क्लिनिक से जुड़ नहीं सके। आपका भरा हुआ कुछ खोया नहीं है। थोड़ी देर में फिर कोशिश करें।',
    send: 'यह समय माँगें',
    sending: 'भेजा जा रहा है',
    faults: {
      'name-missing': 'अपना नाम बताएँ।',
      'name-letters': 'केवल अक्षर, 120 से कम।',
      'email-wrong': 'name@example.org जैसा पता लिखें।',
      'phone-wrong': 'केवल अंक लिखें; भारतीय नंबर न हो तो देश का कोड भी।',
      'reach-missing': 'ई-मेल दें, या फ़ोन नंबर ताकि हम फ़ोन करें।',
      'phone-for-call': 'रोबोट से बचाव की जाँच आपके ब्राउज़र में नहीं चली। फ़ोन नंबर दें, हम फ़ोन करेंगे।',
      'consent-missing': 'इस निशान के बिना हम आपको उत्तर नहीं दे सकते।',
      'note-long': '1,000 अक्षरों से कम लिखें।',
      'time-missing': 'समय चुनें।',
    },
    refusals: {
      'slot-not-offered': 'यह समय अब उपलब्ध नहीं। दूसरा चुनें।',
      'person-busy': 'उस समय आपकी एक मुलाक़ात पहले से है। दूसरा समय चुनें, या संदेश का लिंक खोलें।',
      'self-check-first': 'आपके जवाबों के अनुसार पहले डॉक्टर से बात ज़रूरी है। कृपया उसका समय लें।',
      'series-not-possible': 'इस दिन से सभी मुलाक़ातों के लिए समय नहीं है। पहला दिन बदलें, या एक मुलाक़ात लें।',
      'too-many-requests': 'यहाँ से अभी बहुत अनुरोध आए। बाद में कोशिश करें या क्लिनिक को फ़ोन करें।',
      'challenge-expired': 'पन्ना देर तक खुला रहा। एक बार फिर भेजें।',
      'challenge-used': 'एक बार फिर भेजें।',
      'challenge-invalid': 'रोबोट से बचाव की जाँच पूरी नहीं हुई। एक बार फिर भेजें।',
      'idempotency-key-reused': 'यह फ़ॉर्म पहले दूसरे शब्दों के साथ भेजा जा चुका है। एक और मुलाक़ात चाहिए तो फिर भेजें।',
      'link-not-for-this': 'यह लिंक केवल पक्का करने के लिए है। बाद के संदेश का लिंक खोलें।',
      'hold-expired': 'रोका गया समय बीत गया और फिर ख़ाली है। कृपया फिर से बुक करें।',
      'offer-over': 'यह प्रस्ताव समाप्त हो गया। दूसरा समय लें।',
      'not-open': 'यह मुलाक़ात अब खुली नहीं है।',
      'already-started': 'यह मुलाक़ात शुरू हो चुकी है। क्लिनिक को फ़ोन करें।',
      'too-late-to-move': 'लिंक से समय बदलने में देर हो गई। क्लिनिक को फ़ोन करें।',
      'moved-too-often': 'यह मुलाक़ात कई बार बदली जा चुकी है। क्लिनिक को फ़ोन करें।',
    },
    refusedOther: 'यह नहीं हो सका। फिर कोशिश करें या क्लिनिक को फ़ोन करें।',
    taken: 'कोई और पहले पहुँचा: यह समय ले लिया गया है',
    takenText: 'आपका लिखा कुछ भी नहीं खोया। सबसे पास के ख़ाली समय में से चुनें:',
    takenNone: 'आपका लिखा कुछ भी नहीं खोया, पर आसपास कोई समय ख़ाली नहीं। दूसरे दिन देखें।',
    otherTimes: 'सारे समय देखें',
    mistakes: 'कुछ छूट गया है',
    received: 'हम आपको फ़ोन करेंगे',
    receivedText: 'आपका अनुरोध सूची में है। अभी कोई समय रोका नहीं गया है।',
    receivedNext: 'क्लिनिक आपके दिए नंबर पर फ़ोन करके समय तय करता है।',
    preparation: 'तैयारी',
    policy: 'समय बदलना और रद्द करना',
    visit: 'आपकी मुलाक़ात',
    states: {
      held: 'आपके लिए रोका गया, अभी पक्का नहीं',
      confirmed: 'पक्का',
      arrived: 'आप पहुँच गए हैं',
      completed: 'पूरी हुई',
      cancelled: 'रद्द',
      'no-show': 'छूट गई',
      expired: 'अब रोका हुआ नहीं',
    },
    heldUntil: (time) => `${time} तक रोका गया।`,
    heldNext: 'हमने लिंक वाला संदेश भेजा है। उसे खोलकर पक्का करें, तब यह समय आपका है। उसके बाद समय फिर ख़ाली हो जाता है।',
    confirmedNext: 'जगह और कैलेंडर प्रविष्टि के साथ संदेश आएगा, और मुलाक़ात से पहले याद दिलाया जाएगा।',
    confirm: 'यह मुलाक़ात पक्की करें',
    confirmText: 'एक बार दबाएँ, और समय आपका।',
    service: 'किसलिए',
    time: 'कब',
    place: 'कहाँ',
    person: 'किसके साथ',
    allVisits: 'इस क्रम की सारी मुलाक़ातें',
    calendarFile: 'कैलेंडर फ़ाइल (.ics)',
    move: 'दूसरे समय पर ले जाएँ',
    moveGo: 'दूसरा समय चुनें',
    moveTo: (time) => `${time} पर ले जाएँ`,
    keep: 'यही समय रखें',
    cancel: 'मुलाक़ात रद्द करें',
    cancelWhy: 'कारण',
    cancelLate: 'समय कम बचा है; क्लिनिक को यह बताया जाता है।',
    cancelGo: 'मुलाक़ात रद्द करें',
    moved: 'मुलाक़ात का समय बदल गया।',
    cancelled: 'मुलाक़ात रद्द हो गई। आपको और कुछ नहीं करना है।',
    bookAgain: 'दूसरी मुलाक़ात तय करें',
    linkGone: 'यह लिंक कोई मुलाक़ात नहीं खोलता',
    linkGoneText: 'संदेश से पूरा लिंक कॉपी करें, या क्लिनिक से नया माँगें।',
  },
  bn: {
    title: 'সাক্ষাৎ ঠিক করুন',
    lead: 'কীসের জন্য আসবেন আর কখন, বেছে নিন। ই-মেল দিলে সময়টি আপনার জন্য ধরে রাখা হয়; শুধু ফোন দিলে আমরা ফোন করি।',
    what: 'কীসের জন্য আসতে চান?',
    nothingYet: 'এখানে এখনও কিছু বুক করা যায় না। অনুগ্রহ করে ক্লিনিকের কাছে সময় জেনে নিন।',
    minutes: (n) => `${n} মিনিট`,
    price: 'দাম',
    priceOpen: 'দাম ক্লিনিককে লিখতে হবে',
    deposit: 'অগ্রিম',
    change: 'বদলান',
    checkFirst: 'আগে নিজের যাচাই',
    checkFirstText:
      'প্রায় দুই মিনিটের প্রশ্নের পর চিকিৎসার সময় নেওয়া যায়, যাতে কারও আসা বৃথা না হয়। ডাক্তারের সঙ্গে কথা বলার সময় সবার জন্য খোলা।',
    toCheck: 'যাচাইয়ে যান',
    talkInstead: 'বরং ডাক্তারের সঙ্গে কথার সময় নিন',
    alreadySeen: 'ডাক্তার এর জন্য আমাকে দেখেছেন: সময় দেখান',
    where: 'কোথায়',
    who: 'কার সঙ্গে',
    anyone: 'যিনি আগে খালি',
    show: 'সময় দেখান',
    when: 'কখন?',
    zone: (zone, place) => `সময় ${place}-এর, ${zone}।`,
    noTimes: 'এই সপ্তাহগুলিতে কোনো সময় খালি নেই। পরের দিন দেখুন, বা ফোন করতে বলুন।',
    later: 'পরের দিন',
    earlier: 'প্রথম খালি দিনে ফিরুন',
    free: (n) => `${n}টি খালি সময়`,
    morning: 'দুপুরের আগে',
    afternoon: 'দুপুরের পরে',
    details: 'আপনাকে কীভাবে পাব?',
    name: 'নাম',
    nameHint: 'ক্লিনিক যে নামে ডাকবে।',
    email: 'ই-মেল',
    emailHint: 'সময় পাকা করার লিঙ্ক এখানে পাঠাই।',
    phone: 'ফোন',
    phoneHint: 'ই-মেল না থাকলে ফোন করে সময় ঠিক করি।',
    language: 'বার্তার ভাষা',
    note: 'সাক্ষাতের জন্য কিছু জানানোর থাকলে',
    noteHint: 'এখানে রোগ বা ওষুধের কথা লিখবেন না: ডাক্তার সামনাসামনি জেনে নেন।',
    optional: 'না দিলেও চলে',
    series: (visits, least, most) => `${visits}টি সাক্ষাৎ একসঙ্গে ঠিক করুন, ${least} থেকে ${most} দিন অন্তর`,
    consent: 'এই সাক্ষাৎ নিয়ে ক্লিনিক আমার সঙ্গে যোগাযোগ করতে পারে।',
    share: 'আমার যাচাইয়ের উত্তর সঙ্গে পাঠান',
    shareHint: 'টিক না দিলে সেগুলি এই যন্ত্রেই থাকে।',
    sendPicture: 'আমার পূর্বরূপের ছবি সঙ্গে পাঠান',
    pictureHint:
      'শুধু এই চিহ্নিত, হিসাব করা ছবিটি যায়, আপনার তোলা ছবি কখনও নয়। ক্লিনিক এটি এই সাক্ষাতের সঙ্গে সাংকেতিক আকারে রাখে; যাঁরা প্রস্তুতি নেন তাঁরা দেখতে পারেন। আপনি ফিরিয়ে নিলে বা সাক্ষাৎ বাতিল হলে এটি মুছে ফেলা হয়।',
    pictureAlt: 'আপনার পূর্বরূপের ছবি',
    pictureLost: 'পূর্বরূপের ছবিটি পড়া যায়নি, রাখাও হয়নি। সাক্ষাতে দেখাতে পারেন।',
    pictureKept: 'আপনার পূর্বরূপের ছবি এই সাক্ষাতের সঙ্গে সাংকেতিক আকারে রাখা আছে, যাঁরা প্রস্তুতি নেন তাঁদের জন্য।',
    pictureTakeBack: 'ছবি ফিরিয়ে নিন',
    pictureTakenBack: 'ছবিটি মুছে ফেলা হয়েছে।',
    noScript: 'আপনার ব্রাউজারে এখানে স্ক্রিপ্ট চলে না, তাই সময় এখনই ধরে রাখা যায় না। ফোন নম্বর দিন: আমরা ফোন করব।',
    checking: 'রোবট ঠেকানোর যাচাই আপনার যন্ত্রে তৈরি হচ্ছে।',
    notSent: 'পাঠানো যায়নি: ক্লিনিকের সঙ্গে সংযোগ হয়নি। আপনার লেখা কিছুই হারায়নি। একটু পরে আবার চেষ্টা করুন।',
    send: 'এই সময়টি চাই',
    sending: 'পাঠানো হচ্ছে',
    faults: {
      'name-missing': 'আপনার নাম লিখুন।',
      'name-letters': 'শুধু অক্ষর, 120-র কম।',
      'email-wrong': 'name@example.org-এর মতো ঠিকানা লিখুন।',
      'phone-wrong': 'শুধু অঙ্ক লিখুন; ভারতীয় নম্বর না হলে দেশের কোডও।',
      'reach-missing': 'ই-মেল দিন, বা ফোন নম্বর দিন যাতে আমরা ফোন করি।',
      'phone-for-call': 'রোবট ঠেকানোর যাচাই আপনার ব্রাউজারে চলেনি। ফোন নম্বর দিন, আমরা ফোন করব।',
      'consent-missing': 'এই টিক ছাড়া আমরা উত্তর দিতে পারি না।',
      'note-long': '1,000 অক্ষরের কম লিখুন।',
      'time-missing': 'সময় বেছে নিন।',
    },
    refusals: {
      'slot-not-offered': 'এই সময়টি আর নেই। অন্যটি বেছে নিন।',
      'person-busy': 'ওই সময়ে আপনার একটি সাক্ষাৎ আছে। অন্য সময় নিন, বা বার্তার লিঙ্ক খুলুন।',
      'self-check-first': 'আপনার উত্তর অনুযায়ী আগে ডাক্তারের সঙ্গে কথা দরকার। সেটির সময় নিন।',
      'series-not-possible': 'এই দিন থেকে সব সাক্ষাতের সময় নেই। প্রথম দিন বদলান, বা একটি সাক্ষাৎ নিন।',
      'too-many-requests': 'এখান থেকে এখন অনেক অনুরোধ এসেছে। পরে চেষ্টা করুন বা ক্লিনিকে ফোন করুন।',
      'challenge-expired': 'পাতাটি অনেকক্ষণ খোলা ছিল। আর একবার পাঠান।',
      'challenge-used': 'আর একবার পাঠান।',
      'challenge-invalid': 'রোবট ঠেকানোর যাচাই হয়নি। আর একবার পাঠান।',
      'idempotency-key-reused': 'এই ফর্ম আগে অন্য কথায় পাঠানো হয়েছে। আর একটি সাক্ষাৎ চাইলে আবার পাঠান।',
      'link-not-for-this': 'এই লিঙ্কে শুধু পাকা করা যায়। পরের বার্তার লিঙ্ক খুলুন।',
      'hold-expired': 'ধরে রাখার সময় পেরিয়ে গেছে, সময়টি আবার খালি। আবার বুক করুন।',
      'offer-over': 'এই প্রস্তাব শেষ। অন্য সময় নিন।',
      'not-open': 'এই সাক্ষাৎ আর খোলা নেই।',
      'already-started': 'এই সাক্ষাৎ শুরু হয়ে গেছে। ক্লিনিকে ফোন করুন।',
      'too-late-to-move': 'লিঙ্ক দিয়ে সময় বদলাতে দেরি হয়ে গেছে। ক্লিনিকে ফোন করুন।',
      'moved-too-often': 'এই সাক্ষাৎ কয়েকবার বদলানো হয়েছে। ক্লিনিকে ফোন করুন।',
    },
    refusedOther: 'এটি করা গেল না। আবার চেষ্টা করুন বা ক্লিনিকে ফোন করুন।',
    taken: 'কেউ আগে নিয়ে ফেলেছেন: এই সময়টি আর খালি নেই',
    takenText: 'আপনার লেখা কিছুই হারায়নি। সবচেয়ে কাছের খালি সময় থেকে বেছে নিন:',
    takenNone: 'আপনার লেখা কিছুই হারায়নি, তবে কাছাকাছি সময় খালি নেই। অন্য দিন দেখুন।',
    otherTimes: 'সব সময় দেখুন',
    mistakes: 'কিছু বাকি আছে',
    received: 'আমরা আপনাকে ফোন করব',
    receivedText: 'আপনার অনুরোধ তালিকায় আছে। এখনও কোনো সময় ধরে রাখা হয়নি।',
    receivedNext: 'ক্লিনিক আপনার দেওয়া নম্বরে ফোন করে সময় ঠিক করে।',
    preparation: 'প্রস্তুতি',
    policy: 'সময় বদল ও বাতিল',
    visit: 'আপনার সাক্ষাৎ',
    states: {
      held: 'আপনার জন্য ধরা আছে, এখনও পাকা নয়',
      confirmed: 'পাকা',
      arrived: 'আপনি পৌঁছেছেন',
      completed: 'হয়ে গেছে',
      cancelled: 'বাতিল',
      'no-show': 'আসা হয়নি',
      expired: 'আর ধরা নেই',
    },
    heldUntil: (time) => `${time} পর্যন্ত ধরা আছে।`,
    heldNext: 'লিঙ্কসহ একটি বার্তা পাঠিয়েছি। খুলে পাকা করলে সময়টি আপনার। তার পরে সময়টি আবার খালি হয়ে যায়।',
    confirmedNext: 'জায়গা ও ক্যালেন্ডারের লেখাসহ বার্তা আসবে, সাক্ষাতের আগে মনে করিয়ে দেওয়া হবে।',
    confirm: 'সাক্ষাৎ পাকা করুন',
    confirmText: 'একবার চাপুন, সময়টি আপনার।',
    service: 'কীসের জন্য',
    time: 'কখন',
    place: 'কোথায়',
    person: 'কার সঙ্গে',
    allVisits: 'এই ধারার সব সাক্ষাৎ',
    calendarFile: 'ক্যালেন্ডার ফাইল (.ics)',
    move: 'অন্য সময়ে সরান',
    moveGo: 'অন্য সময় বেছে নিন',
    moveTo: (time) => `${time}-এ সরান`,
    keep: 'এখনকার সময়ই থাক',
    cancel: 'সাক্ষাৎ বাতিল করুন',
    cancelWhy: 'কারণ',
    cancelLate: 'হাতে সময় কম; ক্লিনিককে তা জানানো হয়।',
    cancelGo: 'সাক্ষাৎ বাতিল করুন',
    moved: 'সাক্ষাতের সময় বদলেছে।',
    cancelled: 'সাক্ষাৎ বাতিল হয়েছে। আপনাকে আর কিছু করতে হবে না।',
    bookAgain: 'আর একটি সাক্ষাৎ ঠিক করুন',
    linkGone: 'এই লিঙ্কে কোনো সাক্ষাৎ খোলে না',
    linkGoneText: 'বার্তা থেকে পুরো লিঙ্ক কপি করুন, বা ক্লিনিকের কাছে নতুন চান।',
  },
  ne: {
    title: 'भेट तय गर्नुहोस्',
    lead: 'के का लागि आउने र कहिले, रोज्नुहोस्। इमेल दिए समय तपाईंका लागि रोकिन्छ; फोन मात्र दिए हामी फोन गर्छौँ।',
    what: 'के का लागि आउन चाहनुहुन्छ?',
    nothingYet: 'यहाँ अहिले केही बुक हुन सक्दैन। कृपया क्लिनिकसँग समय सोध्नुहोस्।',
    minutes: (n) => `${n} मिनेट`,
    price: 'मूल्य',
    priceOpen: 'मूल्य क्लिनिकले भर्नुपर्छ',
    deposit: 'अग्रिम',
    change: 'बदल्नुहोस्',
    checkFirst: 'पहिले आफ्नो जाँच',
    checkFirstText:
      'करिब दुई मिनेटका प्रश्नपछि उपचारको समय लिन सकिन्छ, ताकि कसैको आउनु खेर नजाओस्। डाक्टरसँग कुरा गर्ने समय सबैका लागि खुला छ।',
    toCheck: 'जाँचमा जानुहोस्',
    talkInstead: 'बरु डाक्टरसँग कुरा गर्ने समय लिनुहोस्',
    alreadySeen: 'डाक्टरले यसका लागि मलाई हेरिसक्नुभयो: समय देखाउनुहोस्',
    where: 'कहाँ',
    who: 'कोसँग',
    anyone: 'जो पहिले खाली',
    show: 'समय देखाउनुहोस्',
    when: 'कहिले?',
    zone: (zone, place) => `समय ${place} को, ${zone}।`,
    noTimes: 'यी हप्तामा कुनै समय खाली छैन। पछिका दिन हेर्नुहोस्, वा फोन गर्न भन्नुहोस्।',
    later: 'पछिका दिन',
    earlier: 'पहिलो खाली दिनमा फर्कनुहोस्',
    free: (n) => `${n} खाली समय`,
    morning: 'मध्याह्नअघि',
    afternoon: 'मध्याह्नपछि',
    details: 'तपाईंलाई कसरी भेट्ने?',
    name: 'नाम',
    nameHint: 'क्लिनिकले बोलाउने नाम।',
    email: 'इमेल',
    emailHint: 'समय पक्का गर्ने लिङ्क यहीँ पठाउँछौँ।',
    phone: 'फोन',
    phoneHint: 'इमेल नभए फोन गरेर समय मिलाउँछौँ।',
    language: 'सन्देशको भाषा',
    note: 'भेटका लागि केही भन्नु भए',
    noteHint: 'यहाँ रोग वा औषधि नलेख्नुहोस्: डाक्टरले भेटेर सोध्नुहुन्छ।',
    optional: 'नदिए पनि हुन्छ',
    series: (visits, least, most) => `सबै ${visits} भेट एकैचोटि तय गर्नुहोस्, ${least} देखि ${most} दिनको अन्तरमा`,
    consent: 'यस भेटबारे क्लिनिकले मलाई सम्पर्क गर्न सक्छ।',
    share: 'मेरो जाँचका उत्तर पनि पठाउनुहोस्',
    shareHint: 'चिनो नलगाए ती यही यन्त्रमा रहन्छन्।',
    sendPicture: 'मेरो पूर्वावलोकन तस्बिर सँगै पठाउनुहोस्',
    pictureHint:
      'यो चिन्ह लगाइएको, हिसाबबाट बनेको तस्बिर मात्र जान्छ, तपाईंको फोटो कहिल्यै जाँदैन। क्लिनिकले यसलाई यो भेटसँग गुप्त रूपमा राख्छ; तयारी गर्नेहरूले हेर्न सक्छन्। तपाईंले फिर्ता लिए वा भेट रद्द भए यो मेटिन्छ।',
    pictureAlt: 'तपाईंको पूर्वावलोकन तस्बिर',
    pictureLost: 'पूर्वावलोकन तस्बिर पढ्न सकिएन र राखिएन। भेटमा देखाउन सक्नुहुन्छ।',
    pictureKept: 'तपाईंको पूर्वावलोकन तस्बिर यो भेटसँग गुप्त रूपमा राखिएको छ, तयारी गर्नेहरूका लागि।',
    pictureTakeBack: 'तस्बिर फिर्ता लिनुहोस्',
    pictureTakenBack: 'तस्बिर मेटिएको छ।',
    noScript: 'तपाईंको ब्राउजरमा यहाँ स्क्रिप्ट चल्दैन, त्यसैले समय तुरुन्तै रोक्न सकिँदैन। फोन नम्बर दिनुहोस्: हामी फोन गर्छौँ।',
    checking: 'रोबोट रोक्ने जाँच तपाईंको यन्त्रमा तयार हुँदै छ।',
    notSent: 'पठाइएन: क्लिनिकसँग जोडिन सकिएन। तपाईंले भर्नुभएको केही हराएको छैन। केही बेरमा फेरि प्रयास गर्नुहोस्।',
    send: 'यो समय माग्नुहोस्',
    sending: 'पठाइँदै छ',
    faults: {
      'name-missing': 'आफ्नो नाम लेख्नुहोस्।',
      'name-letters': 'अक्षर मात्र, 120 भन्दा कम।',
      'email-wrong': 'name@example.org जस्तो ठेगाना लेख्नुहोस्।',
      'phone-wrong': 'अङ्क मात्र लेख्नुहोस्; भारतीय नम्बर नभए देशको कोड पनि।',
      'reach-missing': 'इमेल दिनुहोस्, वा फोन नम्बर, हामी फोन गर्छौँ।',
      'phone-for-call': 'रोबोट रोक्ने जाँच तपाईंको ब्राउजरमा चलेन। फोन नम्बर दिनुहोस्, हामी फोन गर्छौँ।',
      'consent-missing': 'यो चिनोबिना हामी उत्तर दिन सक्दैनौँ।',
      'note-long': '1,000 अक्षरभन्दा कम लेख्नुहोस्।',
      'time-missing': 'समय रोज्नुहोस्।',
    },
    refusals: {
      'slot-not-offered': 'यो समय अब छैन। अर्को रोज्नुहोस्।',
      'person-busy': 'त्यस समयमा तपाईंको भेट छँदै छ। अर्को समय रोज्नुहोस्, वा सन्देशको लिङ्क खोल्नुहोस्।',
      'self-check-first': 'तपाईंका उत्तरअनुसार पहिले डाक्टरसँग कुरा गर्नुपर्छ। त्यसको समय लिनुहोस्।',
      'series-not-possible': 'यो दिनदेखि सबै भेटका लागि समय छैन। पहिलो दिन बदल्नुहोस्, वा एक भेट लिनुहोस्।',
      'too-many-requests': 'यहाँबाट अहिले धेरै अनुरोध आए। पछि प्रयास गर्नुहोस् वा क्लिनिकमा फोन गर्नुहोस्।',
      'challenge-expired': 'पाना धेरै बेर खुला रह्यो। फेरि एक पटक पठाउनुहोस्।',
      'challenge-used': 'फेरि एक पटक पठाउनुहोस्।',
      'challenge-invalid': 'रोबोट रोक्ने जाँच पूरा भएन। फेरि एक पटक पठाउनुहोस्।',
      'idempotency-key-reused': 'यो फारम पहिले अर्कै शब्दमा पठाइएको छ। अर्को भेट चाहिए फेरि पठाउनुहोस्।',
      'link-not-for-this': 'यो लिङ्कले पक्का मात्र गर्छ। पछिको सन्देशको लिङ्क खोल्नुहोस्।',
      'hold-expired': 'रोकिएको समय सकियो, अब फेरि खाली छ। कृपया फेरि बुक गर्नुहोस्।',
      'offer-over': 'यो प्रस्ताव सकियो। अर्को समय लिनुहोस्।',
      'not-open': 'यो भेट अब खुला छैन।',
      'already-started': 'यो भेट सुरु भइसक्यो। क्लिनिकमा फोन गर्नुहोस्।',
      'too-late-to-move': 'लिङ्कबाट समय सार्न ढिलो भयो। क्लिनिकमा फोन गर्नुहोस्।',
      'moved-too-often': 'यो भेट धेरै पटक सारिसकियो। क्लिनिकमा फोन गर्नुहोस्।',
    },
    refusedOther: 'यो हुन सकेन। फेरि प्रयास गर्नुहोस् वा क्लिनिकमा फोन गर्नुहोस्।',
    taken: 'अरू कोही छिटो भयो: यो समय गइसक्यो',
    takenText: 'तपाईंले लेखेको केही हराएन। सबैभन्दा नजिकका खाली समयबाट रोज्नुहोस्:',
    takenNone: 'तपाईंले लेखेको केही हराएन, तर नजिक समय खाली छैन। अरू दिन हेर्नुहोस्।',
    otherTimes: 'सबै समय हेर्नुहोस्',
    mistakes: 'केही छुट्यो',
    received: 'हामी तपाईंलाई फोन गर्छौँ',
    receivedText: 'तपाईंको अनुरोध सूचीमा छ। अहिले कुनै समय रोकिएको छैन।',
    receivedNext: 'क्लिनिकले तपाईंले दिएको नम्बरमा फोन गरेर समय मिलाउँछ।',
    preparation: 'तयारी',
    policy: 'समय सार्ने र रद्द गर्ने',
    visit: 'तपाईंको भेट',
    states: {
      held: 'तपाईंका लागि रोकिएको, अझै पक्का छैन',
      confirmed: 'पक्का',
      arrived: 'तपाईं आइपुग्नुभयो',
      completed: 'सकियो',
      cancelled: 'रद्द',
      'no-show': 'छुट्यो',
      expired: 'अब रोकिएको छैन',
    },
    heldUntil: (time) => `${time} सम्म रोकिएको छ।`,
    heldNext: 'लिङ्कसहित सन्देश पठाएका छौँ। खोलेर पक्का गरेपछि समय तपाईंको हो। त्यसपछि समय फेरि खाली हुन्छ।',
    confirmedNext: 'ठाउँ र क्यालेन्डरसहित सन्देश आउँछ, भेटअघि सम्झाइन्छ।',
    confirm: 'भेट पक्का गर्नुहोस्',
    confirmText: 'एक पटक थिच्नुहोस्, समय तपाईंको।',
    service: 'के का लागि',
    time: 'कहिले',
    place: 'कहाँ',
    person: 'कोसँग',
    allVisits: 'यस क्रमका सबै भेट',
    calendarFile: 'क्यालेन्डर फाइल (.ics)',
    move: 'अर्को समयमा सार्नुहोस्',
    moveGo: 'अर्को समय रोज्नुहोस्',
    moveTo: (time) => `${time} मा सार्नुहोस्`,
    keep: 'अहिलेकै समय राख्नुहोस्',
    cancel: 'भेट रद्द गर्नुहोस्',
    cancelWhy: 'कारण',
    cancelLate: 'समय थोरै बाँकी छ; क्लिनिकलाई यो भनिन्छ।',
    cancelGo: 'भेट रद्द गर्नुहोस्',
    moved: 'भेटको समय सारियो।',
    cancelled: 'भेट रद्द भयो। तपाईंले अरू केही गर्नु पर्दैन।',
    bookAgain: 'अर्को भेट तय गर्नुहोस्',
    linkGone: 'यो लिङ्कले कुनै भेट खोल्दैन',
    linkGoneText: 'सन्देशबाट पूरै लिङ्क कपी गर्नुहोस्, वा क्लिनिकसँग नयाँ माग्नुहोस्।',
  },
};

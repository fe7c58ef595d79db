import type { Locale } from '../locales/index.ts';

/** Words of the page on which an owner brings the clinic's signing certificate. */
export interface SealWords {
  readonly title: string;
  readonly lead: string;
  readonly made: string;
  readonly own: string;
  readonly past: string;
  readonly subject: string;
  readonly issuer: string;
  readonly until: string;
  readonly fingerprint: string;
  readonly chain: string;
  /** A link to the certificate by which anybody can check what was sealed. */
  readonly forCheckers: string;
  readonly bring: string;
  readonly replace: string;
  readonly file: string;
  readonly fileHint: string;
  readonly password: string;
  readonly passwordHint: string;
  readonly install: string;
  readonly proofFirst: string;
  readonly chooseFile: string;
  readonly lapsed: string;
  readonly installed: string;
  readonly remove: string;
  readonly removeText: string;
  readonly removed: string;
  readonly notDone: string;
  readonly faults: Readonly<Record<string, string>>;
}

export const sealWords: Readonly<Record<Locale, SealWords>> = {
  en: {
    title: 'Signing certificate',
    lead: 'Consents and other sealed documents carry a digital signature. With a certificate from an authority, whoever checks them sees which clinic signed.',
    made: 'The program’s own certificate is in use: it shows that a document was not changed, and no authority vouches for the clinic.',
    own: 'The clinic’s own certificate is in use.',
    past: 'The clinic’s certificate has ended; the program’s own seals until you bring another.',
    subject: 'Issued to',
    issuer: 'Issued by',
    until: 'Valid until',
    fingerprint: 'SHA-256',
    chain: 'Certificates in its chain',
    forCheckers: 'Certificate for those who check documents (.pem)',
    bring: 'Bring a certificate',
    replace: 'Bring another certificate',
    file: 'PKCS#12 file (.p12, .pfx)',
    fileHint:
      'With the private key (RSA or elliptic curve) and the certificates of who issued it. The file is not kept; the key is encrypted.',
    password: 'Password of the file',
    passwordHint: 'Used once and not kept.',
    install: 'Check and use it',
    proofFirst:
      'Whoever changes the certificate signs in the clinic’s name, so you are asked first to confirm that it is you. Then you have five minutes to choose the file.',
    chooseFile: 'Confirm and choose a file',
    lapsed:
      'The confirmation was more than five minutes ago; nothing was taken and nothing kept. Confirm again, then choose the file once more.',
    installed: 'The certificate is in use from now on.',
    remove: 'Take it away',
    removeText:
      'Its key is deleted and the program’s own certificate seals again. What was sealed stays as it is.',
    removed: 'The certificate and its key are taken away.',
    notDone: 'Not taken',
    faults: {
      'not-pkcs12': 'This is no PKCS#12 file that can be read.',
      'wrong-password': 'The password does not open this file.',
      'too-many-rounds':
        'The password of this file is stretched too often. Export it again with the usual settings.',
      'old-encryption': 'The file is encrypted in an old way. Export it again with AES.',
      'no-key': 'The file needs one certificate with its private key.',
      'key-kind':
        'The key must be RSA of 2048 bits or more, or lie on the curve P-256, P-384 or P-521. Ask your authority for one.',
      'key-usage': 'This certificate is not meant for signing documents.',
      'not-yet-valid': 'The certificate is not valid yet.',
      expired: 'The certificate has expired.',
      'self-signed': 'Nobody vouches for this certificate: it is self-signed.',
      'chain-missing': 'The issuer’s certificate is missing. Export the file with its chain.',
      'chain-invalid': 'A certificate of the chain may not issue others, or is not valid today.',
    },
  },
  hi: {
    title: 'हस्ताक्षर प्रमाणपत्र',
    lead: 'सहमति और अन्य मुहरबंद दस्तावेज़ों पर डिजिटल हस्ताक्षर होता है। किसी प्राधिकरण के प्रमाणपत्र से जाँचने वाला देखता है कि किस क्लिनिक ने हस्ताक्षर किए।',
    made: 'प्रोग्राम का अपना प्रमाणपत्र काम में है: इससे पता चलता है कि दस्तावेज़ बदला नहीं गया; क्लिनिक की पुष्टि कोई प्राधिकरण नहीं करता।',
    own: 'क्लिनिक का अपना प्रमाणपत्र काम में है।',
    past: 'क्लिनिक का प्रमाणपत्र समाप्त हो गया; दूसरा लाने तक प्रोग्राम का अपना काम में है।',
    subject: 'किसे जारी',
    issuer: 'किसने जारी किया',
    until: 'कब तक मान्य',
    fingerprint: 'SHA-256',
    chain: 'शृंखला के प्रमाणपत्र',
    forCheckers: 'दस्तावेज़ जाँचने वालों के लिए प्रमाणपत्र (.pem)',
    bring: 'प्रमाणपत्र लाएँ',
    replace: 'दूसरा प्रमाणपत्र लाएँ',
    file: 'PKCS#12 फ़ाइल (.p12, .pfx)',
    fileHint:
      'निजी कुंजी (RSA या elliptic curve) और जारी करने वालों के प्रमाणपत्रों के साथ। फ़ाइल नहीं रखी जाती; कुंजी एन्क्रिप्ट होती है।',
    password: 'फ़ाइल का पासवर्ड',
    passwordHint: 'एक बार काम आता है, रखा नहीं जाता।',
    install: 'जाँचें और काम में लें',
    proofFirst:
      'जो प्रमाणपत्र बदलता है वह क्लिनिक के नाम से हस्ताक्षर करता है, इसलिए पहले पूछा जाता है कि यह आप ही हैं। फिर फ़ाइल चुनने के लिए पाँच मिनट हैं।',
    chooseFile: 'पुष्टि करें और फ़ाइल चुनें',
    lapsed: 'पुष्टि को पाँच मिनट से अधिक हो गए; न कुछ लिया गया, न कुछ रखा गया। फिर पुष्टि करें और फ़ाइल दोबारा चुनें।',
    installed: 'अब से यह प्रमाणपत्र काम में है।',
    remove: 'हटाएँ',
    removeText:
      'इसकी कुंजी मिटा दी जाती है और प्रोग्राम का अपना प्रमाणपत्र फिर मुहर लगाता है। जो मुहरबंद है वह वैसा ही रहता है।',
    removed: 'प्रमाणपत्र और उसकी कुंजी हटा दी गई।',
    notDone: 'नहीं लिया गया',
    faults: {
      'not-pkcs12': 'यह पढ़ी जा सकने वाली PKCS#12 फ़ाइल नहीं है।',
      'wrong-password': 'इस पासवर्ड से फ़ाइल नहीं खुलती।',
      'too-many-rounds': 'इस फ़ाइल का पासवर्ड बहुत अधिक चक्रों से बदला गया है। इसे सामान्य सेटिंग से फिर निर्यात करें।',
      'old-encryption': 'फ़ाइल पुराने ढंग से एन्क्रिप्ट है। इसे AES से फिर निर्यात करें।',
      'no-key': 'फ़ाइल में एक प्रमाणपत्र और उसकी निजी कुंजी चाहिए।',
      'key-kind':
        'कुंजी कम से कम 2048 बिट की RSA हो, या P-256, P-384 या P-521 वक्र की। अपने प्राधिकरण से ऐसी कुंजी माँगें।',
      'key-usage': 'यह प्रमाणपत्र दस्तावेज़ों पर हस्ताक्षर के लिए नहीं है।',
      'not-yet-valid': 'प्रमाणपत्र अभी मान्य नहीं है।',
      expired: 'प्रमाणपत्र की अवधि समाप्त हो गई है।',
      'self-signed': 'इस प्रमाणपत्र की पुष्टि कोई नहीं करता: यह स्व-हस्ताक्षरित है।',
      'chain-missing': 'जारी करने वाले का प्रमाणपत्र नहीं है। फ़ाइल को शृंखला सहित निर्यात करें।',
      'chain-invalid': 'शृंखला का कोई प्रमाणपत्र जारी करने का अधिकार नहीं रखता या आज मान्य नहीं है।',
    },
  },
  bn: {
    title: 'স্বাক্ষরের সার্টিফিকেট',
    lead: 'সম্মতি ও অন্যান্য সিল করা নথিতে ডিজিটাল স্বাক্ষর থাকে। কোনও কর্তৃপক্ষের সার্টিফিকেট থাকলে যে যাচাই করে সে দেখে কোন ক্লিনিক স্বাক্ষর করেছে।',
    made: 'প্রোগ্রামের নিজের সার্টিফিকেট চলছে: নথি বদলায়নি তা বোঝা যায়; ক্লিনিকের হয়ে কোনও কর্তৃপক্ষ বলে না।',
    own: 'ক্লিনিকের নিজের সার্টিফিকেট চলছে।',
    past: 'ক্লিনিকের সার্টিফিকেটের মেয়াদ শেষ; অন্যটি না আনা পর্যন্ত প্রোগ্রামের নিজেরটি চলে।',
    subject: 'যাকে দেওয়া',
    issuer: 'যে দিয়েছে',
    until: 'যতদিন বৈধ',
    fingerprint: 'SHA-256',
    chain: 'শৃঙ্খলে সার্টিফিকেট',
    forCheckers: 'যারা নথি যাচাই করেন তাঁদের জন্য সার্টিফিকেট (.pem)',
    bring: 'সার্টিফিকেট আনুন',
    replace: 'অন্য সার্টিফিকেট আনুন',
    file: 'PKCS#12 ফাইল (.p12, .pfx)',
    fileHint:
      'ব্যক্তিগত কী (RSA বা elliptic curve) ও যারা দিয়েছে তাদের সার্টিফিকেট সহ। ফাইল রাখা হয় না; কী এনক্রিপ্ট করা থাকে।',
    password: 'ফাইলের পাসওয়ার্ড',
    passwordHint: 'একবার লাগে, রাখা হয় না।',
    install: 'যাচাই করে ব্যবহার করুন',
    proofFirst:
      'যে সার্টিফিকেট বদলায় সে ক্লিনিকের নামে স্বাক্ষর করে, তাই আগে নিশ্চিত করতে হয় যে এটি আপনিই। তারপর ফাইল বাছার জন্য পাঁচ মিনিট থাকে।',
    chooseFile: 'নিশ্চিত করে ফাইল বাছুন',
    lapsed:
      'নিশ্চিত করার পর পাঁচ মিনিটের বেশি কেটেছে; কিছু নেওয়া হয়নি, কিছু রাখা হয়নি। আবার নিশ্চিত করে ফাইলটি আর একবার বাছুন।',
    installed: 'এখন থেকে এই সার্টিফিকেট চলছে।',
    remove: 'সরিয়ে নিন',
    removeText: 'এর কী মুছে যায় এবং প্রোগ্রামের নিজের সার্টিফিকেট আবার সিল করে। যা সিল করা আছে তা তেমনই থাকে।',
    removed: 'সার্টিফিকেট ও তার কী সরানো হয়েছে।',
    notDone: 'নেওয়া হয়নি',
    faults: {
      'not-pkcs12': 'এটি পড়ার মতো PKCS#12 ফাইল নয়।',
      'wrong-password': 'এই পাসওয়ার্ডে ফাইল খোলে না।',
      'too-many-rounds': 'এই ফাইলের পাসওয়ার্ড অতিরিক্ত বার রূপান্তর করা। সাধারণ সেটিংয়ে আবার এক্সপোর্ট করুন।',
      'old-encryption': 'ফাইলটি পুরনো উপায়ে এনক্রিপ্ট করা। AES দিয়ে আবার এক্সপোর্ট করুন।',
      'no-key': 'ফাইলে একটি সার্টিফিকেট ও তার ব্যক্তিগত কী চাই।',
      'key-kind': 'কী অন্তত 2048 বিটের RSA, বা P-256, P-384 বা P-521 বক্ররেখার হতে হবে। কর্তৃপক্ষের কাছে এমন কী চান।',
      'key-usage': 'এই সার্টিফিকেট নথি স্বাক্ষরের জন্য নয়।',
      'not-yet-valid': 'সার্টিফিকেট এখনও বৈধ হয়নি।',
      expired: 'সার্টিফিকেটের মেয়াদ শেষ।',
      'self-signed': 'এই সার্টিফিকেটের হয়ে কেউ বলে না: এটি স্ব-স্বাক্ষরিত।',
      'chain-missing': 'যে দিয়েছে তার সার্টিফিকেট নেই। শৃঙ্খল সহ ফাইল এক্সপোর্ট করুন।',
      'chain-invalid': 'শৃঙ্খলের কোনও সার্টিফিকেট অন্যকে দিতে পারে না, বা আজ বৈধ নয়।',
    },
  },
  ne: {
    title: 'हस्ताक्षर प्रमाणपत्र',
    lead: 'सहमति र अन्य सिल गरिएका कागजातमा डिजिटल हस्ताक्षर हुन्छ। कुनै निकायको प्रमाणपत्र भए जाँच्नेले कुन क्लिनिकले हस्ताक्षर गर्‍यो देख्छ।',
    made: 'प्रोग्रामकै प्रमाणपत्र चलिरहेको छ: कागजात फेरिएको छैन भन्ने देखिन्छ; क्लिनिकको पुष्टि कुनै निकायले गर्दैन।',
    own: 'क्लिनिकको आफ्नै प्रमाणपत्र चलिरहेको छ।',
    past: 'क्लिनिकको प्रमाणपत्रको म्याद सकियो; अर्को नल्याएसम्म प्रोग्रामकै चल्छ।',
    subject: 'कसलाई जारी',
    issuer: 'कसले जारी गर्‍यो',
    until: 'कहिलेसम्म मान्य',
    fingerprint: 'SHA-256',
    chain: 'शृङ्खलाका प्रमाणपत्र',
    forCheckers: 'कागजात जाँच्नेका लागि प्रमाणपत्र (.pem)',
    bring: 'प्रमाणपत्र ल्याउनुहोस्',
    replace: 'अर्को प्रमाणपत्र ल्याउनुहोस्',
    file: 'PKCS#12 फाइल (.p12, .pfx)',
    fileHint: 'निजी कुञ्जी (RSA वा elliptic curve) र जारी गर्नेका प्रमाणपत्रसहित। फाइल राखिँदैन; कुञ्जी इन्क्रिप्ट हुन्छ।',
    password: 'फाइलको पासवर्ड',
    passwordHint: 'एकपटक चाहिन्छ, राखिँदैन।',
    install: 'जाँचेर प्रयोग गर्नुहोस्',
    proofFirst:
      'जसले प्रमाणपत्र फेर्छ उसले क्लिनिकको नाममा हस्ताक्षर गर्छ, त्यसैले पहिले यो तपाईं नै हो भनेर सोधिन्छ। त्यसपछि फाइल छान्न पाँच मिनेट हुन्छ।',
    chooseFile: 'पुष्टि गरेर फाइल छान्नुहोस्',
    lapsed: 'पुष्टि गरेको पाँच मिनेटभन्दा बढी भयो; केही लिइएन, केही राखिएन। फेरि पुष्टि गरेर फाइल अर्को पटक छान्नुहोस्।',
    installed: 'अबदेखि यो प्रमाणपत्र चल्छ।',
    remove: 'हटाउनुहोस्',
    removeText: 'यसको कुञ्जी मेटिन्छ र प्रोग्रामकै प्रमाणपत्रले फेरि सिल गर्छ। सिल गरिसकेको जस्ताको तस्तै रहन्छ।',
    removed: 'प्रमाणपत्र र त्यसको कुञ्जी हटाइयो।',
    notDone: 'लिइएन',
    faults: {
      'not-pkcs12': 'यो पढ्न सकिने PKCS#12 फाइल होइन।',
      'wrong-password': 'यो पासवर्डले फाइल खुल्दैन।',
      'too-many-rounds': 'यस फाइलको पासवर्ड धेरै पटक रूपान्तर गरिएको छ। सामान्य सेटिङमा फेरि निर्यात गर्नुहोस्।',
      'old-encryption': 'फाइल पुरानो तरिकाले इन्क्रिप्ट छ। AES ले फेरि निर्यात गर्नुहोस्।',
      'no-key': 'फाइलमा एउटा प्रमाणपत्र र त्यसको निजी कुञ्जी चाहिन्छ।',
      'key-kind':
        'कुञ्जी कम्तीमा 2048 बिटको RSA, वा P-256, P-384 वा P-521 वक्रको हुनुपर्छ। निकायसँग यस्तो कुञ्जी माग्नुहोस्।',
      'key-usage': 'यो प्रमाणपत्र कागजातमा हस्ताक्षर गर्न होइन।',
      'not-yet-valid': 'प्रमाणपत्र अझै मान्य भएको छैन।',
      expired: 'प्रमाणपत्रको म्याद सकियो।',
      'self-signed': 'यो प्रमाणपत्रको पुष्टि कसैले गर्दैन: यो स्वहस्ताक्षरित हो।',
      'chain-missing': 'जारी गर्नेको प्रमाणपत्र छैन। शृङ्खलासहित फाइल निर्यात गर्नुहोस्।',
      'chain-invalid': 'शृङ्खलाको कुनै प्रमाणपत्रले जारी गर्न पाउँदैन, वा आज मान्य छैन।',
    },
  },
};

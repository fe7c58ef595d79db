import type { MoneyRefusal, PaymentMethod, TaxIndication } from '@undertone/clinic/money/schema.ts';
import type { Locale } from '../locales/index.ts';

/** Words of the till, the price list and a person's account. */
export interface MoneyWords {
  readonly title: string;
  readonly settings: string;
  readonly day: string;
  readonly previousDay: string;
  readonly nextDay: string;
  readonly takings: string;
  readonly total: string;
  readonly methods: Readonly<Record<PaymentMethod, string>>;
  readonly kinds: Readonly<Record<'payment' | 'deposit' | 'refund' | 'invoice' | 'credit-note', string>>;
  readonly noPayments: string;
  readonly noPaymentsText: string;
  readonly receipt: string;
  readonly time: string;
  readonly who: string;
  readonly method: string;
  readonly reference: string;
  readonly referenceHint: string;
  readonly amount: string;
  readonly close: string;
  readonly closeText: string;
  readonly float: string;
  readonly counted: string;
  readonly note: string;
  readonly closed: string;
  readonly difference: string;
  readonly export: string;
  readonly from: string;
  readonly to: string;
  readonly seller: string;
  readonly sellerText: string;
  readonly legalName: string;
  readonly address: string;
  readonly gstin: string;
  readonly gstinHint: string;
  readonly upiId: string;
  readonly upiHint: string;
  readonly save: string;
  readonly saved: string;
  readonly notSaved: string;
  readonly tax: string;
  readonly taxText: string;
  readonly indication: string;
  readonly indications: Readonly<Record<TaxIndication, string>>;
  readonly advice: Readonly<Record<TaxIndication, string>>;
  readonly adviceTitle: string;
  readonly source: string;
  readonly rate: string;
  readonly validFrom: string;
  readonly notSet: string;
  readonly coming: (rate: string, day: string) => string;
  readonly taxNote: string;
  readonly setRate: string;
  readonly prices: string;
  readonly noPrices: string;
  readonly noPricesText: string;
  readonly item: string;
  readonly price: string;
  readonly includesTax: string;
  readonly beforeTax: string;
  readonly sac: string;
  readonly sessions: string;
  readonly sessionsHint: string;
  readonly addPrice: string;
  readonly retire: string;
  readonly account: string;
  readonly owes: string;
  readonly holds: string;
  readonly even: string;
  readonly takePayment: string;
  readonly deposit: string;
  readonly upiCode: string;
  readonly upiCodeText: string;
  readonly invoices: string;
  readonly noInvoices: string;
  readonly number: string;
  readonly date: string;
  readonly newInvoice: string;
  readonly quantity: string;
  readonly discount: string;
  readonly placeOfSupply: string;
  readonly placeHint: string;
  readonly issue: string;
  readonly credit: string;
  readonly creditWarning: (invoice: string, given: string, bought: string) => string;
  readonly credited: string;
  readonly reason: string;
  readonly refund: string;
  readonly packages: string;
  readonly left: (left: number, bought: number) => string;
  readonly takeOne: string;
  readonly payments: string;
  readonly badAmount: string;
  readonly refusals: Readonly<Partial<Record<MoneyRefusal['reason'], string>>>;
}

export const moneyWords: Readonly<Record<Locale, MoneyWords>> = {
  en: {
    title: 'Money',
    settings: 'Prices and tax',
    day: 'Day',
    previousDay: 'Day before',
    nextDay: 'Day after',
    takings: 'Takings',
    total: 'Total',
    methods: { cash: 'Cash', card: 'Card', upi: 'UPI', bank: 'Bank' },
    kinds: {
      payment: 'Payment',
      deposit: 'Deposit',
      refund: 'Refund',
      invoice: 'Invoice',
      'credit-note': 'Credit note',
    },
    noPayments: 'Nothing was received on this day',
    noPaymentsText: 'Payments are taken in the patient’s chart, under Money.',
    receipt: 'Receipt',
    time: 'Time',
    who: 'Who',
    method: 'How',
    reference: 'Reference',
    referenceHint: 'As your bank or card machine shows it. A code shown is no payment yet.',
    amount: 'Amount',
    close: 'Close the day',
    closeText: 'Count the cash. What comes in afterwards counts for the next day.',
    float: 'Cash the till began with',
    counted: 'Cash counted now',
    note: 'Note, if it differs',
    closed: 'Closed',
    difference: 'Difference',
    export: 'Export as CSV',
    from: 'From',
    to: 'To',
    seller: 'On the invoice',
    sellerText: 'This stands on every invoice from now on; those issued stay as they are.',
    legalName: 'Legal name',
    address: 'Address',
    gstin: 'GSTIN',
    gstinHint: 'Leave empty if the clinic is not registered: invoices then carry no tax.',
    upiId: 'UPI address',
    upiHint: 'For the code patients pay by.',
    save: 'Save',
    saved: 'Saved.',
    notSaved: 'Not saved',
    tax: 'Tax by indication',
    taxText: 'Your accountant decides. The advice beside it is unreviewed.',
    indication: 'Indication',
    indications: {
      cosmetic: 'Cosmetic',
      restoring: 'Restores form after birth defect, injury or trauma',
      vitiligo: 'Vitiligo',
      consultation: 'Consultation',
    },
    advice: {
      cosmetic: 'Outside the health exemption; 18 % is usual.',
      restoring: 'Arguably exempt.',
      vitiligo: 'Unsettled.',
      consultation: 'Arguably exempt as health care.',
    },
    adviceTitle: 'Advice, unreviewed',
    source: 'Source',
    rate: 'Rate in percent',
    validFrom: 'From day',
    notSet: 'not set',
    coming: (rate, day) => `${rate} from ${day}`,
    taxNote: 'Who decided, and why',
    setRate: 'Set the rate',
    prices: 'Price list',
    noPrices: 'No prices yet',
    noPricesText: 'Add what the clinic sells; invoices choose from this list.',
    item: 'What',
    price: 'Price',
    includesTax: 'Price includes tax',
    beforeTax: 'before tax',
    sac: 'SAC',
    sessions: 'Sessions',
    sessionsHint: 'For a package; otherwise 0.',
    addPrice: 'Add to the list',
    retire: 'Take off the list',
    account: 'Account',
    owes: 'To be paid',
    holds: 'Held for the patient',
    even: 'Nothing is owed',
    takePayment: 'Take a payment',
    deposit: 'This is a deposit',
    upiCode: 'Code to pay by UPI',
    upiCodeText: 'Scanning is not paying: record the payment when your bank shows it.',
    invoices: 'Invoices',
    noInvoices: 'None yet.',
    number: 'Number',
    date: 'Date',
    newInvoice: 'New invoice',
    quantity: 'Quantity',
    discount: 'Discount',
    placeOfSupply: 'State of the buyer',
    placeHint: 'Two digits; empty for your own state.',
    issue: 'Issue the invoice',
    credit: 'Credit this invoice',
    creditWarning: (invoice, given, bought) =>
      `${invoice}: ${given} of ${bought} sessions of its package were given. A credit note takes back all of it; write a new invoice for the sessions given.`,
    credited: 'Credited by',
    reason: 'Reason',
    refund: 'Give back',
    packages: 'Packages',
    left: (left, bought) => `${left} of ${bought} sessions left`,
    takeOne: 'Use one session',
    payments: 'Payments',
    badAmount: 'Write an amount such as 1250 or 1,250.50.',
    refusals: {
      'not-allowed': 'Your role does not allow this.',
      'no-tax-rate':
        'No tax rate holds today for this indication; the accountant sets it under Prices and tax.',
      'no-settings': 'Fill in the legal name under Prices and tax first.',
      'discount-too-large': 'The discount is larger than the line.',
      'already-credited': 'This invoice has a credit note already.',
      'too-much': 'That is more than is left of this payment.',
      'day-closed': 'This day is closed already.',
      'day-not-over': 'A day that has not begun cannot be closed.',
      'note-needed': 'The cash counted differs; write down why.',
      'package-used-up': 'Every session of this package has been used.',
      'other-content': 'This form was sent before with other content; open the page again.',
    },
  },
  hi: {
    title: 'पैसे',
    settings: 'मूल्य और कर',
    day: 'दिन',
    previousDay: 'पिछला दिन',
    nextDay: 'अगला दिन',
    takings: 'प्राप्ति',
    total: 'कुल',
    methods: { cash: 'नकद', card: 'कार्ड', upi: 'UPI', bank: 'बैंक' },
    kinds: {
      payment: 'भुगतान',
      deposit: 'अग्रिम',
      refund: 'वापसी',
      invoice: 'बीजक',
      'credit-note': 'क्रेडिट नोट',
    },
    noPayments: 'इस दिन कुछ नहीं मिला',
    noPaymentsText: 'भुगतान मरीज़ के चार्ट में “पैसे” के नीचे लिए जाते हैं।',
    receipt: 'रसीद',
    time: 'समय',
    who: 'कौन',
    method: 'कैसे',
    reference: 'संदर्भ संख्या',
    referenceHint: 'जैसी आपका बैंक या कार्ड मशीन दिखाए। कोड दिखाना अभी भुगतान नहीं है।',
    amount: 'राशि',
    close: 'दिन बंद करें',
    closeText: 'नकद गिनें। इसके बाद जो आएगा वह अगले दिन में गिना जाएगा।',
    float: 'शुरू में गल्ले का नकद',
    counted: 'अभी गिना नकद',
    note: 'अंतर हो तो टिप्पणी',
    closed: 'बंद',
    difference: 'अंतर',
    export: 'CSV में निकालें',
    from: 'से',
    to: 'तक',
    seller: 'बीजक पर',
    sellerText: 'अब से हर बीजक पर यही रहेगा; जो जारी हो चुके वे वैसे ही रहेंगे।',
    legalName: 'कानूनी नाम',
    address: 'पता',
    gstin: 'GSTIN',
    gstinHint: 'क्लिनिक पंजीकृत न हो तो खाली छोड़ें: तब बीजक पर कर नहीं लगेगा।',
    upiId: 'UPI पता',
    upiHint: 'उस कोड के लिए जिससे मरीज़ भुगतान करते हैं।',
    save: 'सहेजें',
    saved: 'सहेजा गया।',
    notSaved: 'सहेजा नहीं गया',
    tax: 'कारण के अनुसार कर',
    taxText: 'आपके लेखाकार तय करते हैं। साथ की सलाह की समीक्षा नहीं हुई है।',
    indication: 'कारण',
    indications: {
      cosmetic: 'सौंदर्य',
      restoring: 'जन्मदोष, चोट या आघात के बाद रूप लौटाना',
      vitiligo: 'सफ़ेद दाग',
      consultation: 'परामर्श',
    },
    advice: {
      cosmetic: 'स्वास्थ्य छूट से बाहर; सामान्यतः 18 %।',
      restoring: 'छूट का तर्क दिया जा सकता है।',
      vitiligo: 'तय नहीं।',
      consultation: 'स्वास्थ्य सेवा के रूप में छूट का तर्क दिया जा सकता है।',
    },
    adviceTitle: 'सलाह, समीक्षा नहीं हुई',
    source: 'स्रोत',
    rate: 'दर प्रतिशत में',
    validFrom: 'किस दिन से',
    notSet: 'तय नहीं',
    coming: (rate, day) => `${day} से ${rate}`,
    taxNote: 'किसने तय किया, और क्यों',
    setRate: 'दर तय करें',
    prices: 'मूल्य सूची',
    noPrices: 'अभी कोई मूल्य नहीं',
    noPricesText: 'क्लिनिक जो देता है उसे जोड़ें; बीजक इसी सूची से चुनते हैं।',
    item: 'क्या',
    price: 'मूल्य',
    includesTax: 'मूल्य में कर शामिल है',
    beforeTax: 'कर से पहले',
    sac: 'SAC',
    sessions: 'सत्र',
    sessionsHint: 'पैकेज के लिए; नहीं तो 0।',
    addPrice: 'सूची में जोड़ें',
    retire: 'सूची से हटाएँ',
    account: 'खाता',
    owes: 'देना बाकी',
    holds: 'मरीज़ का जमा',
    even: 'कुछ बाकी नहीं',
    takePayment: 'भुगतान लें',
    deposit: 'यह अग्रिम है',
    upiCode: 'UPI से देने का कोड',
    upiCodeText: 'स्कैन करना भुगतान नहीं है: बैंक में दिखे तब दर्ज करें।',
    invoices: 'बीजक',
    noInvoices: 'अभी कोई नहीं।',
    number: 'संख्या',
    date: 'तारीख',
    newInvoice: 'नया बीजक',
    quantity: 'मात्रा',
    discount: 'छूट',
    placeOfSupply: 'खरीदार का राज्य',
    placeHint: 'दो अंक; अपने राज्य के लिए खाली।',
    issue: 'बीजक जारी करें',
    credit: 'यह बीजक वापस लें',
    creditWarning: (invoice, given, bought) =>
      `${invoice}: इसके पैकेज के ${bought} में से ${given} सत्र दिए जा चुके हैं। वापसी पूरे बीजक की होती है; दिए गए सत्रों के लिए नया बीजक बनाएँ।`,
    credited: 'वापस लिया गया',
    reason: 'कारण',
    refund: 'लौटाएँ',
    packages: 'पैकेज',
    left: (left, bought) => `${bought} में से ${left} सत्र बाकी`,
    takeOne: 'एक सत्र लें',
    payments: 'भुगतान',
    badAmount: 'राशि ऐसे लिखें: 1250 या 1,250.50।',
    refusals: {
      'not-allowed': 'आपकी भूमिका में इसकी अनुमति नहीं है।',
      'no-tax-rate': 'इस कारण के लिए आज कोई कर दर नहीं है; लेखाकार इसे “मूल्य और कर” में तय करते हैं।',
      'no-settings': 'पहले “मूल्य और कर” में कानूनी नाम भरें।',
      'discount-too-large': 'छूट पंक्ति से बड़ी है।',
      'already-credited': 'इस बीजक का क्रेडिट नोट पहले से है।',
      'too-much': 'यह इस भुगतान के बाकी से अधिक है।',
      'day-closed': 'यह दिन पहले ही बंद है।',
      'day-not-over': 'जो दिन शुरू नहीं हुआ वह बंद नहीं हो सकता।',
      'note-needed': 'गिना नकद अलग है; कारण लिखें।',
      'package-used-up': 'इस पैकेज के सभी सत्र लिए जा चुके हैं।',
      'other-content': 'यह फ़ॉर्म पहले दूसरी सामग्री के साथ भेजा गया था; पृष्ठ फिर खोलें।',
    },
  },
  bn: {
    title: 'টাকা',
    settings: 'দাম ও কর',
    day: 'দিন',
    previousDay: 'আগের দিন',
    nextDay: 'পরের দিন',
    takings: 'প্রাপ্তি',
    total: 'মোট',
    methods: { cash: 'নগদ', card: 'কার্ড', upi: 'UPI', bank: 'ব্যাংক' },
    kinds: {
      payment: 'টাকা জমা',
      deposit: 'অগ্রিম',
      refund: 'ফেরত',
      invoice: 'চালান',
      'credit-note': 'ক্রেডিট নোট',
    },
    noPayments: 'এই দিনে কিছু আসেনি',
    noPaymentsText: 'রোগীর চার্টে “টাকা”-র নীচে টাকা নেওয়া হয়।',
    receipt: 'রসিদ',
    time: 'সময়',
    who: 'কে',
    method: 'কীভাবে',
    reference: 'রেফারেন্স',
    referenceHint: 'আপনার ব্যাংক বা কার্ড মেশিন যেমন দেখায়। কোড দেখানো মানেই টাকা পাওয়া নয়।',
    amount: 'পরিমাণ',
    close: 'দিন বন্ধ করুন',
    closeText: 'নগদ গুনুন। এর পরে যা আসবে তা পরের দিনে ধরা হবে।',
    float: 'শুরুতে বাক্সে নগদ',
    counted: 'এখন গোনা নগদ',
    note: 'তফাত হলে টীকা',
    closed: 'বন্ধ',
    difference: 'তফাত',
    export: 'CSV হিসেবে নিন',
    from: 'থেকে',
    to: 'পর্যন্ত',
    seller: 'চালানে যা থাকবে',
    sellerText: 'এখন থেকে প্রতিটি চালানে এটি থাকবে; যেগুলি দেওয়া হয়েছে সেগুলি বদলাবে না।',
    legalName: 'আইনি নাম',
    address: 'ঠিকানা',
    gstin: 'GSTIN',
    gstinHint: 'ক্লিনিক নিবন্ধিত না হলে খালি রাখুন: তখন চালানে কর থাকবে না।',
    upiId: 'UPI ঠিকানা',
    upiHint: 'যে কোডে রোগীরা টাকা দেন তার জন্য।',
    save: 'সংরক্ষণ',
    saved: 'সংরক্ষিত হয়েছে।',
    notSaved: 'সংরক্ষণ হয়নি',
    tax: 'কারণ অনুযায়ী কর',
    taxText: 'আপনার হিসাবরক্ষক ঠিক করেন। পাশের পরামর্শ পর্যালোচিত নয়।',
    indication: 'কারণ',
    indications: {
      cosmetic: 'সৌন্দর্য',
      restoring: 'জন্মগত ত্রুটি, আঘাত বা দুর্ঘটনার পরে গড়ন ফেরানো',
      vitiligo: 'শ্বেতি',
      consultation: 'পরামর্শ',
    },
    advice: {
      cosmetic: 'স্বাস্থ্য-ছাড়ের বাইরে; সাধারণত ১৮ %।',
      restoring: 'ছাড়ের যুক্তি আছে।',
      vitiligo: 'মীমাংসা হয়নি।',
      consultation: 'স্বাস্থ্যসেবা হিসেবে ছাড়ের যুক্তি আছে।',
    },
    adviceTitle: 'পরামর্শ, পর্যালোচিত নয়',
    source: 'উৎস',
    rate: 'হার, শতাংশে',
    validFrom: 'যে দিন থেকে',
    notSet: 'ঠিক হয়নি',
    coming: (rate, day) => `${day} থেকে ${rate}`,
    taxNote: 'কে ঠিক করলেন, এবং কেন',
    setRate: 'হার ঠিক করুন',
    prices: 'দামের তালিকা',
    noPrices: 'এখনও দাম নেই',
    noPricesText: 'ক্লিনিক যা দেয় যোগ করুন; চালান এই তালিকা থেকে বাছে।',
    item: 'কী',
    price: 'দাম',
    includesTax: 'দামে কর ধরা আছে',
    beforeTax: 'করের আগে',
    sac: 'SAC',
    sessions: 'সেশন',
    sessionsHint: 'প্যাকেজের জন্য; নইলে ০।',
    addPrice: 'তালিকায় যোগ করুন',
    retire: 'তালিকা থেকে সরান',
    account: 'হিসাব',
    owes: 'দেওয়া বাকি',
    holds: 'রোগীর জমা',
    even: 'কিছু বাকি নেই',
    takePayment: 'টাকা নিন',
    deposit: 'এটি অগ্রিম',
    upiCode: 'UPI-তে দেওয়ার কোড',
    upiCodeText: 'স্ক্যান করা মানেই টাকা দেওয়া নয়: ব্যাংকে দেখা গেলে লিখুন।',
    invoices: 'চালান',
    noInvoices: 'এখনও নেই।',
    number: 'নম্বর',
    date: 'তারিখ',
    newInvoice: 'নতুন চালান',
    quantity: 'সংখ্যা',
    discount: 'ছাড়',
    placeOfSupply: 'ক্রেতার রাজ্য',
    placeHint: 'দুই অঙ্ক; নিজের রাজ্য হলে খালি।',
    issue: 'চালান দিন',
    credit: 'এই চালান ফেরত নিন',
    creditWarning: (invoice, given, bought) =>
      `${invoice}: এর প্যাকেজের ${bought}টির মধ্যে ${given}টি সেশন দেওয়া হয়েছে। ফেরত পুরো চালানের হয়; দেওয়া সেশনের জন্য নতুন চালান লিখুন।`,
    credited: 'ফেরত নেওয়া হয়েছে',
    reason: 'কারণ',
    refund: 'ফেরত দিন',
    packages: 'প্যাকেজ',
    left: (left, bought) => `${bought}টির মধ্যে ${left}টি সেশন বাকি`,
    takeOne: 'একটি সেশন নিন',
    payments: 'টাকা জমা',
    badAmount: 'পরিমাণ এভাবে লিখুন: 1250 বা 1,250.50।',
    refusals: {
      'not-allowed': 'আপনার ভূমিকায় এর অনুমতি নেই।',
      'no-tax-rate': 'এই কারণের জন্য আজ কোনও করের হার নেই; হিসাবরক্ষক “দাম ও কর”-এ ঠিক করেন।',
      'no-settings': 'আগে “দাম ও কর”-এ আইনি নাম লিখুন।',
      'discount-too-large': 'ছাড় সারির চেয়ে বড়।',
      'already-credited': 'এই চালানের ক্রেডিট নোট আগেই আছে।',
      'too-much': 'এই জমার যা বাকি আছে তার চেয়ে বেশি।',
      'day-closed': 'এই দিন আগেই বন্ধ হয়েছে।',
      'day-not-over': 'যে দিন শুরু হয়নি তা বন্ধ করা যায় না।',
      'note-needed': 'গোনা নগদ মিলছে না; কারণ লিখুন।',
      'package-used-up': 'এই প্যাকেজের সব সেশন নেওয়া হয়ে গেছে।',
      'other-content': 'এই ফর্ম আগে অন্য বিষয় নিয়ে পাঠানো হয়েছিল; পাতাটি আবার খুলুন।',
    },
  },
  ne: {
    title: 'पैसा',
    settings: 'मूल्य र कर',
    day: 'दिन',
    previousDay: 'अघिल्लो दिन',
    nextDay: 'अर्को दिन',
    takings: 'प्राप्ति',
    total: 'जम्मा',
    methods: { cash: 'नगद', card: 'कार्ड', upi: 'UPI', bank: 'बैंक' },
    kinds: {
      payment: 'भुक्तानी',
      deposit: 'धरौटी',
      refund: 'फिर्ता',
      invoice: 'बीजक',
      'credit-note': 'क्रेडिट नोट',
    },
    noPayments: 'यस दिन केही आएन',
    noPaymentsText: 'भुक्तानी बिरामीको चार्टमा “पैसा” मुनि लिइन्छ।',
    receipt: 'रसिद',
    time: 'समय',
    who: 'को',
    method: 'कसरी',
    reference: 'सन्दर्भ नम्बर',
    referenceHint: 'तपाईंको बैंक वा कार्ड मेसिनले देखाएजस्तै। कोड देखाउनु अझै भुक्तानी होइन।',
    amount: 'रकम',
    close: 'दिन बन्द गर्नुहोस्',
    closeText: 'नगद गन्नुहोस्। त्यसपछि आउने रकम अर्को दिनमा गनिन्छ।',
    float: 'सुरुमा दराजको नगद',
    counted: 'अहिले गनेको नगद',
    note: 'फरक भए टिप्पणी',
    closed: 'बन्द',
    difference: 'फरक',
    export: 'CSV मा निकाल्नुहोस्',
    from: 'देखि',
    to: 'सम्म',
    seller: 'बीजकमा',
    sellerText: 'अबदेखि हरेक बीजकमा यही रहन्छ; जारी भइसकेका जस्ताको तस्तै रहन्छन्।',
    legalName: 'कानुनी नाम',
    address: 'ठेगाना',
    gstin: 'GSTIN',
    gstinHint: 'क्लिनिक दर्ता नभए खाली छोड्नुहोस्: तब बीजकमा कर लाग्दैन।',
    upiId: 'UPI ठेगाना',
    upiHint: 'बिरामीले तिर्ने कोडका लागि।',
    save: 'सुरक्षित गर्नुहोस्',
    saved: 'सुरक्षित भयो।',
    notSaved: 'सुरक्षित भएन',
    tax: 'कारणअनुसार कर',
    taxText: 'तपाईंको लेखापालले तय गर्छन्। सँगैको सल्लाह समीक्षा भएको छैन।',
    indication: 'कारण',
    indications: {
      cosmetic: 'सौन्दर्य',
      restoring: 'जन्मदोष, चोट वा आघातपछि रूप फर्काउने',
      vitiligo: 'सेतो दाग',
      consultation: 'परामर्श',
    },
    advice: {
      cosmetic: 'स्वास्थ्य छुटबाहिर; सामान्यतया १८ %।',
      restoring: 'छुटको तर्क गर्न सकिन्छ।',
      vitiligo: 'टुंगो लागेको छैन।',
      consultation: 'स्वास्थ्य सेवाका रूपमा छुटको तर्क गर्न सकिन्छ।',
    },
    adviceTitle: 'सल्लाह, समीक्षा नभएको',
    source: 'स्रोत',
    rate: 'दर प्रतिशतमा',
    validFrom: 'कुन दिनदेखि',
    notSet: 'तय छैन',
    coming: (rate, day) => `${day} देखि ${rate}`,
    taxNote: 'कसले तय गर्‍यो, र किन',
    setRate: 'दर तय गर्नुहोस्',
    prices: 'मूल्य सूची',
    noPrices: 'अहिलेसम्म मूल्य छैन',
    noPricesText: 'क्लिनिकले दिने कुरा थप्नुहोस्; बीजकले यसै सूचीबाट छान्छ।',
    item: 'के',
    price: 'मूल्य',
    includesTax: 'मूल्यमा कर समावेश छ',
    beforeTax: 'करअघि',
    sac: 'SAC',
    sessions: 'सत्र',
    sessionsHint: 'प्याकेजका लागि; नत्र 0।',
    addPrice: 'सूचीमा थप्नुहोस्',
    retire: 'सूचीबाट हटाउनुहोस्',
    account: 'खाता',
    owes: 'तिर्न बाँकी',
    holds: 'बिरामीको जम्मा',
    even: 'केही बाँकी छैन',
    takePayment: 'भुक्तानी लिनुहोस्',
    deposit: 'यो धरौटी हो',
    upiCode: 'UPI बाट तिर्ने कोड',
    upiCodeText: 'स्क्यान गर्नु तिर्नु होइन: बैंकमा देखिएपछि लेख्नुहोस्।',
    invoices: 'बीजक',
    noInvoices: 'अहिलेसम्म छैन।',
    number: 'नम्बर',
    date: 'मिति',
    newInvoice: 'नयाँ बीजक',
    quantity: 'परिमाण',
    discount: 'छुट',
    placeOfSupply: 'किन्नेको राज्य',
    placeHint: 'दुई अंक; आफ्नै राज्यका लागि खाली।',
    issue: 'बीजक जारी गर्नुहोस्',
    credit: 'यो बीजक फिर्ता लिनुहोस्',
    creditWarning: (invoice, given, bought) =>
      `${invoice}: यसको प्याकेजका ${bought} मध्ये ${given} सत्र दिइसकिएका छन्। फिर्ता पूरै बीजकको हुन्छ; दिइएका सत्रका लागि नयाँ बीजक बनाउनुहोस्।`,
    credited: 'फिर्ता लिइयो',
    reason: 'कारण',
    refund: 'फिर्ता दिनुहोस्',
    packages: 'प्याकेज',
    left: (left, bought) => `${bought} मध्ये ${left} सत्र बाँकी`,
    takeOne: 'एउटा सत्र लिनुहोस्',
    payments: 'भुक्तानी',
    badAmount: 'रकम यसरी लेख्नुहोस्: 1250 वा 1,250.50।',
    refusals: {
      'not-allowed': 'तपाईंको भूमिकामा यसको अनुमति छैन।',
      'no-tax-rate': 'यस कारणका लागि आज कुनै कर दर छैन; लेखापालले “मूल्य र कर” मा तय गर्छन्।',
      'no-settings': 'पहिले “मूल्य र कर” मा कानुनी नाम भर्नुहोस्।',
      'discount-too-large': 'छुट पङ्क्तिभन्दा ठूलो छ।',
      'already-credited': 'यस बीजकको क्रेडिट नोट पहिले नै छ।',
      'too-much': 'यो यस भुक्तानीको बाँकीभन्दा बढी हो।',
      'day-closed': 'यो दिन पहिले नै बन्द छ।',
      'day-not-over': 'सुरु नभएको दिन बन्द गर्न सकिँदैन।',
      'note-needed': 'गनेको नगद फरक छ; कारण लेख्नुहोस्।',
      'package-used-up': 'यस प्याकेजका सबै सत्र लिइसकिए।',
      'other-content': 'यो फारम पहिले अर्कै कुरासँग पठाइएको थियो; पृष्ठ फेरि खोल्नुहोस्।',
    },
  },
};

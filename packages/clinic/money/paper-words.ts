import type { Language } from '../tenant/schema.ts';
import type { PaymentMethod } from './schema.ts';

/** Words on invoices and receipts. */
export interface PaperWords {
  readonly invoice: string;
  readonly taxInvoice: string;
  readonly creditNote: string;
  readonly receipt: string;
  readonly refundReceipt: string;
  readonly number: string;
  readonly buyer: string;
  readonly buyerGstin: string;
  readonly seller: string;
  readonly placeOfSupply: string;
  readonly creditedBy: string;
  readonly credits: string;
  readonly reason: string;
  readonly what: string;
  readonly quantity: string;
  readonly discount: string;
  readonly taxable: string;
  readonly rate: string;
  readonly total: string;
  readonly method: string;
  readonly methods: Readonly<Record<PaymentMethod, string>>;
  readonly reference: string;
  readonly received: string;
  readonly givenBack: string;
  readonly forTheClinic: string;
}

export const paperWords: Readonly<Record<Language, PaperWords>> = {
  en: {
    invoice: 'Invoice',
    taxInvoice: 'Tax invoice',
    creditNote: 'Credit note',
    receipt: 'Receipt',
    refundReceipt: 'Receipt of a refund',
    number: 'Number',
    buyer: 'Billed to',
    buyerGstin: 'GSTIN of the buyer',
    seller: 'Supplied by',
    placeOfSupply: 'Place of supply (state)',
    creditedBy: 'Taken back by',
    credits: 'Takes back',
    reason: 'Reason',
    what: 'What',
    quantity: 'Quantity',
    discount: 'Discount',
    taxable: 'Taxable',
    rate: 'Rate',
    total: 'Total',
    method: 'Paid by',
    methods: { cash: 'Cash', card: 'Card', upi: 'UPI', bank: 'Bank' },
    reference: 'Reference',
    received: 'Received',
    givenBack: 'Given back',
    forTheClinic: 'For the clinic',
  },
  hi: {
    invoice: 'बीजक',
    taxInvoice: 'कर बीजक',
    creditNote: 'क्रेडिट नोट',
    receipt: 'रसीद',
    refundReceipt: 'वापसी की रसीद',
    number: 'संख्या',
    buyer: 'किसके नाम',
    buyerGstin: 'खरीदार का GSTIN',
    seller: 'देने वाला',
    placeOfSupply: 'आपूर्ति का स्थान (राज्य)',
    creditedBy: 'इससे वापस लिया गया',
    credits: 'इसे वापस लेता है',
    reason: 'कारण',
    what: 'क्या',
    quantity: 'मात्रा',
    discount: 'छूट',
    taxable: 'कर योग्य',
    rate: 'दर',
    total: 'कुल',
    method: 'भुगतान',
    methods: { cash: 'नकद', card: 'कार्ड', upi: 'UPI', bank: 'बैंक' },
    reference: 'संदर्भ संख्या',
    received: 'प्राप्त',
    givenBack: 'लौटाया',
    forTheClinic: 'क्लिनिक की ओर से',
  },
  bn: {
    invoice: 'চালান',
    taxInvoice: 'কর চালান',
    creditNote: 'ক্রেডিট নোট',
    receipt: 'রসিদ',
    refundReceipt: 'ফেরতের রসিদ',
    number: 'নম্বর',
    buyer: 'যাঁর নামে',
    buyerGstin: 'ক্রেতার GSTIN',
    seller: 'সরবরাহকারী',
    placeOfSupply: 'সরবরাহের স্থান (রাজ্য)',
    creditedBy: 'যা দিয়ে ফেরত',
    credits: 'যা ফেরত নেয়',
    reason: 'কারণ',
    what: 'কী',
    quantity: 'সংখ্যা',
    discount: 'ছাড়',
    taxable: 'করযোগ্য',
    rate: 'হার',
    total: 'মোট',
    method: 'যেভাবে দেওয়া',
    methods: { cash: 'নগদ', card: 'কার্ড', upi: 'UPI', bank: 'ব্যাংক' },
    reference: 'রেফারেন্স',
    received: 'পাওয়া গেছে',
    givenBack: 'ফেরত দেওয়া হয়েছে',
    forTheClinic: 'ক্লিনিকের পক্ষে',
  },
  ne: {
    invoice: 'बीजक',
    taxInvoice: 'कर बीजक',
    creditNote: 'क्रेडिट नोट',
    receipt: 'रसिद',
    refundReceipt: 'फिर्ताको रसिद',
    number: 'नम्बर',
    buyer: 'कसको नाममा',
    buyerGstin: 'किन्नेको GSTIN',
    seller: 'दिने',
    placeOfSupply: 'आपूर्तिको स्थान (राज्य)',
    creditedBy: 'यसबाट फिर्ता',
    credits: 'यसलाई फिर्ता लिन्छ',
    reason: 'कारण',
    what: 'के',
    quantity: 'परिमाण',
    discount: 'छुट',
    taxable: 'करयोग्य',
    rate: 'दर',
    total: 'जम्मा',
    method: 'तिरेको माध्यम',
    methods: { cash: 'नगद', card: 'कार्ड', upi: 'UPI', bank: 'बैंक' },
    reference: 'सन्दर्भ नम्बर',
    received: 'प्राप्त',
    givenBack: 'फिर्ता दिइयो',
    forTheClinic: 'क्लिनिकको तर्फबाट',
  },
};

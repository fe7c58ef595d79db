import type { MonthCounts } from '@undertone/clinic/reports/rules.ts';
import type { Locale } from '../locales/index.ts';

/** Words of the monthly report. */
export interface ReportWords {
  readonly title: string;
  readonly lead: string;
  readonly month: string;
  readonly from: string;
  readonly to: string;
  readonly show: string;
  readonly total: string;
  readonly export: string;
  readonly chart: string;
  readonly choose: string;
  readonly badSpan: string;
  readonly none: string;
  readonly counts: Readonly<Record<keyof MonthCounts, string>>;
}

export const reportWords: Readonly<Record<Locale, ReportWords>> = {
  en: {
    title: 'Reports',
    lead: 'How many, month by month. How often something goes wrong stands under Surveillance, with its interval.',
    month: 'Month',
    from: 'From',
    to: 'To',
    show: 'Show',
    total: 'Total',
    export: 'CSV',
    chart: 'Chart',
    choose: 'Draw',
    badSpan: 'Give two months, the first one first, at most 36 of them.',
    none: 'Nothing was counted in these months.',
    counts: {
      visits: 'Visits',
      came: 'Came',
      noShows: 'Did not come',
      cancelled: 'Cancelled',
      sessionsScalp: 'Sessions, scalp',
      sessionsLip: 'Sessions, lip',
      sessionsVitiligo: 'Sessions, vitiligo',
      checkIns: 'Check-ins due',
      checkInsAnswered: 'Check-ins answered',
      adverseEvents: 'Adverse events',
      outcomes: 'Healed results',
      stockReceived: 'Stock received',
      stockUsed: 'Stock used',
      stockWasted: 'Stock thrown away',
      lotsExpiring: 'Lots running out of date',
      takingsMinor: 'Received',
      refundsMinor: 'Given back',
    },
  },
  hi: {
    title: 'रिपोर्ट',
    lead: 'महीने-दर-महीने कितने। कितनी बार गड़बड़ होती है, वह निगरानी में अंतराल सहित है।',
    month: 'महीना',
    from: 'से',
    to: 'तक',
    show: 'दिखाएँ',
    total: 'कुल',
    export: 'CSV',
    chart: 'चित्र',
    choose: 'क्या दिखाएँ',
    badSpan: 'दो महीने दें, पहला पहले, अधिक से अधिक 36।',
    none: 'इन महीनों में कुछ दर्ज नहीं हुआ।',
    counts: {
      visits: 'मुलाक़ातें',
      came: 'आए',
      noShows: 'नहीं आए',
      cancelled: 'रद्द',
      sessionsScalp: 'सत्र, सिर की त्वचा',
      sessionsLip: 'सत्र, होंठ',
      sessionsVitiligo: 'सत्र, सफ़ेद दाग',
      checkIns: 'हालचाल, देय',
      checkInsAnswered: 'हालचाल, उत्तर मिला',
      adverseEvents: 'प्रतिकूल घटनाएँ',
      outcomes: 'ठीक होने पर परिणाम',
      stockReceived: 'भंडार, आया',
      stockUsed: 'भंडार, इस्तेमाल',
      stockWasted: 'भंडार, फेंका गया',
      lotsExpiring: 'अवधि समाप्त होते लॉट',
      takingsMinor: 'प्राप्त',
      refundsMinor: 'लौटाया',
    },
  },
  bn: {
    title: 'প্রতিবেদন',
    lead: 'মাসে মাসে কত। কত ঘন ঘন সমস্যা হয় তা নজরদারিতে ব্যবধান-সহ আছে।',
    month: 'মাস',
    from: 'থেকে',
    to: 'পর্যন্ত',
    show: 'দেখান',
    total: 'মোট',
    export: 'CSV',
    chart: 'লেখচিত্র',
    choose: 'কী আঁকা হবে',
    badSpan: 'দুটি মাস দিন, আগেরটি আগে, সর্বাধিক ৩৬টি।',
    none: 'এই মাসগুলিতে কিছু গোনা হয়নি।',
    counts: {
      visits: 'সাক্ষাৎ',
      came: 'এসেছেন',
      noShows: 'আসেননি',
      cancelled: 'বাতিল',
      sessionsScalp: 'সেশন, মাথার ত্বক',
      sessionsLip: 'সেশন, ঠোঁট',
      sessionsVitiligo: 'সেশন, শ্বেতি',
      checkIns: 'খোঁজ নেওয়া, বাকি',
      checkInsAnswered: 'খোঁজ নেওয়া, উত্তর এসেছে',
      adverseEvents: 'প্রতিকূল ঘটনা',
      outcomes: 'সেরে ওঠার ফল',
      stockReceived: 'ভাঁড়ার, এসেছে',
      stockUsed: 'ভাঁড়ার, ব্যবহার',
      stockWasted: 'ভাঁড়ার, ফেলা হয়েছে',
      lotsExpiring: 'মেয়াদ ফুরোনো লট',
      takingsMinor: 'প্রাপ্ত',
      refundsMinor: 'ফেরত',
    },
  },
  ne: {
    title: 'प्रतिवेदन',
    lead: 'महिनैपिच्छे कति। कति पटक गडबड हुन्छ, त्यो निगरानीमा अन्तरालसहित छ।',
    month: 'महिना',
    from: 'देखि',
    to: 'सम्म',
    show: 'देखाउनुहोस्',
    total: 'जम्मा',
    export: 'CSV',
    chart: 'चित्र',
    choose: 'के देखाउने',
    badSpan: 'दुई महिना दिनुहोस्, पहिलो पहिले, बढीमा ३६।',
    none: 'यी महिनामा केही गनिएको छैन।',
    counts: {
      visits: 'भेट',
      came: 'आए',
      noShows: 'आएनन्',
      cancelled: 'रद्द',
      sessionsScalp: 'सत्र, टाउकोको छाला',
      sessionsLip: 'सत्र, ओठ',
      sessionsVitiligo: 'सत्र, सेतो दाग',
      checkIns: 'हालखबर, बाँकी',
      checkInsAnswered: 'हालखबर, उत्तर आएको',
      adverseEvents: 'प्रतिकूल घटना',
      outcomes: 'निको भएपछिको नतिजा',
      stockReceived: 'भण्डार, आएको',
      stockUsed: 'भण्डार, प्रयोग',
      stockWasted: 'भण्डार, फालिएको',
      lotsExpiring: 'म्याद सकिने लट',
      takingsMinor: 'प्राप्त',
      refundsMinor: 'फिर्ता',
    },
  },
};

import type { Locale } from '../locales/index.ts';
import type { OpenKind } from './day.ts';

interface DayWords {
  readonly visits: string;
  readonly nobody: string;
  readonly nobodyText: string;
  readonly calendar: string;
  readonly time: string;
  readonly who: string;
  readonly what: string;
  readonly state: string;
  readonly next: string;
  readonly noRecord: string;
  readonly open: string;
  readonly nothingOpen: string;
  readonly kinds: Readonly<Record<OpenKind, (count: number) => string>>;
  readonly urgent: string;
}

const some = (one: string, more: string) => (count: number) => `${count} ${count === 1 ? one : more}`;

/** Words of the desk's first page. */
export const dayWords: Readonly<Record<Locale, DayWords>> = {
  en: {
    visits: 'Who comes today',
    nobody: 'Nobody is expected today',
    nobodyText: 'Visits of the day stand here, each with what brings it further.',
    calendar: 'Open the calendar',
    time: 'Time',
    who: 'Who',
    what: 'What',
    state: 'State',
    next: 'Next step',
    noRecord: 'no record yet',
    open: 'Waiting for somebody',
    nothingOpen: 'Nothing is waiting.',
    kinds: {
      'call-backs': some('person to call back', 'people to call back'),
      messages: some('message that did not arrive', 'messages that did not arrive'),
      intake: some('intake form to look at', 'intake forms to look at'),
      'follow-up': some('report after treatment', 'reports after treatment'),
      calls: some('person to call about a check-in', 'people to call about check-ins'),
      unsigned: some('session kept and not signed:', 'sessions kept and not signed:'),
      spots: some('spot to read', 'spots to read'),
      stock: some('thing in stock to look after', 'things in stock to look after'),
    },
    urgent: 'today',
  },
  hi: {
    visits: 'आज कौन आ रहा है',
    nobody: 'आज किसी का आना तय नहीं',
    nobodyText: 'आज की मुलाक़ातें यहाँ दिखती हैं, हर एक के साथ अगला कदम।',
    calendar: 'कैलेंडर खोलें',
    time: 'समय',
    who: 'कौन',
    what: 'किसलिए',
    state: 'स्थिति',
    next: 'अगला कदम',
    noRecord: 'अभी रिकॉर्ड नहीं',
    open: 'किसी की प्रतीक्षा में',
    nothingOpen: 'कुछ बाक़ी नहीं।',
    kinds: {
      'call-backs': (count) => `${count} को वापस फ़ोन करना है`,
      messages: (count) => `${count} संदेश नहीं पहुँचे`,
      intake: (count) => `${count} पूर्व-जानकारी फ़ॉर्म देखने हैं`,
      'follow-up': (count) => `${count} सूचना उपचार के बाद`,
      calls: (count) => `${count} को जाँच के लिए फ़ोन करना है`,
      unsigned: (count) => `${count} सत्र दर्ज हुए, हस्ताक्षर बाक़ी:`,
      spots: (count) => `${count} जाँच-बिंदु पढ़ने हैं`,
      stock: (count) => `${count} चीज़ें भंडार में देखनी हैं`,
    },
    urgent: 'आज',
  },
  bn: {
    visits: 'আজ কে আসছেন',
    nobody: 'আজ কারও আসার কথা নেই',
    nobodyText: 'আজকের সাক্ষাৎ এখানে থাকে, প্রতিটির পরের ধাপ সহ।',
    calendar: 'ক্যালেন্ডার খুলুন',
    time: 'সময়',
    who: 'কে',
    what: 'কী',
    state: 'অবস্থা',
    next: 'পরের ধাপ',
    noRecord: 'এখনও রেকর্ড নেই',
    open: 'কারও অপেক্ষায়',
    nothingOpen: 'কিছু বাকি নেই।',
    kinds: {
      'call-backs': (count) => `${count} জনকে ফোন করতে হবে`,
      messages: (count) => `${count}টি বার্তা পৌঁছায়নি`,
      intake: (count) => `${count}টি প্রাথমিক ফর্ম দেখার`,
      'follow-up': (count) => `${count}টি খবর চিকিৎসার পরে`,
      calls: (count) => `${count} জনকে খোঁজ নিতে ফোন`,
      unsigned: (count) => `${count}টি সেশন নথিভুক্ত, স্বাক্ষর বাকি:`,
      spots: (count) => `${count}টি পরীক্ষার বিন্দু দেখার`,
      stock: (count) => `${count}টি জিনিস মজুতে দেখার`,
    },
    urgent: 'আজই',
  },
  ne: {
    visits: 'आज को आउँदै हुनुहुन्छ',
    nobody: 'आज कोही आउने छैन',
    nobodyText: 'आजका भेट यहाँ हुन्छन्, हरेकको अर्को चरणसहित।',
    calendar: 'क्यालेन्डर खोल्नुहोस्',
    time: 'समय',
    who: 'को',
    what: 'के',
    state: 'अवस्था',
    next: 'अर्को चरण',
    noRecord: 'अहिलेसम्म रेकर्ड छैन',
    open: 'कसैको प्रतीक्षामा',
    nothingOpen: 'केही बाँकी छैन।',
    kinds: {
      'call-backs': (count) => `${count} जनालाई फोन गर्नुपर्ने`,
      messages: (count) => `${count} सन्देश पुगेनन्`,
      intake: (count) => `${count} पूर्व जानकारी फारम हेर्नुपर्ने`,
      'follow-up': (count) => `${count} खबर उपचारपछि`,
      calls: (count) => `${count} जनालाई सोधपुछको फोन`,
      unsigned: (count) => `${count} सत्र दर्ता भए, हस्ताक्षर बाँकी:`,
      spots: (count) => `${count} परीक्षण बिन्दु हेर्नुपर्ने`,
      stock: (count) => `${count} चीज भण्डारमा हेर्नुपर्ने`,
    },
    urgent: 'आजै',
  },
};

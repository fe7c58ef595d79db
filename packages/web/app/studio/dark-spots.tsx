import type { Mask, Picture } from '@undertone/engine/photo/index.ts';
import { type DarkSpot, spotField } from '@undertone/engine/region/index.ts';
import { useEffect, useState } from 'react';
import type { Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { useWork } from './use-work.ts';

const none: readonly DarkSpot[] = [];
const nothing: DarkSpotSearch = { spots: none, hasFailed: false };

interface Searched {
  readonly picture: Picture | undefined;
  readonly region: Mask | undefined;
  readonly mmPerPx: number | undefined;
  readonly isLip: boolean;
  readonly run: ReturnType<typeof useWork>['run'];
}

export interface DarkSpotSearch {
  readonly spots: readonly DarkSpot[];
  /** The search could not be done: nothing is known of spots. */
  readonly hasFailed: boolean;
}

/** The dark spots of the region that is shown, looked for in a worker; empty until they are found. */
export function useDarkSpots({ picture, region, mmPerPx, isLip, run }: Searched): DarkSpotSearch {
  const [found, setFound] = useState<DarkSpotSearch & { readonly region: Mask }>();
  useEffect(() => {
    // After every stroke: only what the search looks at is copied to the worker.
    const field = picture && region && spotField(picture, region, mmPerPx);
    if (!field) return;
    const { at } = field;
    const options = { isLip, ...(mmPerPx && { mmPerPx }) };
    run('darkSpots', { picture: field.picture, mask: field.mask, options }, { quiet: true })
      .then((spots) => {
        if (spots === 'cancelled') return;
        const moved = spots.map((spot) => ({ ...spot, x: spot.x + at.x, y: spot.y + at.y }));
        setFound({ region, spots: moved, hasFailed: false });
      })
      .catch(() => setFound({ region, spots: none, hasFailed: true }));
  }, [picture, region, mmPerPx, isLip, run]);
  return found && found.region === region ? found : nothing;
}

/**
 * What lies dark in the region. Source: gate G03 (mole or suspicious lesion in the field: ink hides later change),
 * unreviewed. The photograph names nothing; the physician looks at the skin.
 */
const words: Readonly<
  Record<
    Locale,
    {
      readonly title: (count: string, isOne: boolean) => string;
      readonly text: string;
      readonly leaveOut: (isOne: boolean) => string;
      readonly failed: string;
    }
  >
> = {
  en: {
    title: (count, isOne) => (isOne ? 'A dark spot in the region' : `${count} dark spots in the region`),
    text: 'Ringed in the photo: look at them on the skin. A mole or suspicious lesion in the field is a reason to stop (G03), because ink hides how it changes later.',
    leaveOut: (isOne) => (isOne ? 'Leave it out, with a margin' : 'Leave them out, with a margin'),
    failed: 'Dark spots could not be looked for on this device: look for moles on the skin.',
  },
  hi: {
    title: (count, isOne) => (isOne ? 'क्षेत्र में एक गहरा धब्बा' : `क्षेत्र में ${count} गहरे धब्बे`),
    text: 'फ़ोटो में घेरे गए हैं: इन्हें त्वचा पर देखें। क्षेत्र में तिल या त्वचा का संदिग्ध बदलाव रुकने का कारण है (G03), क्योंकि स्याही उसके बाद के बदलाव को छिपा देती है।',
    leaveOut: (isOne) =>
      isOne ? 'इसे चारों ओर की जगह सहित क्षेत्र से बाहर रखें' : 'इन्हें चारों ओर की जगह सहित क्षेत्र से बाहर रखें',
    failed: 'इस उपकरण पर गहरे धब्बे नहीं खोजे जा सके: त्वचा पर तिल देखें।',
  },
  bn: {
    title: (count, isOne) => (isOne ? 'এলাকায় একটি গাঢ় তিলজাতীয় চিহ্ন' : `এলাকায় ${count}টি গাঢ় তিলজাতীয় চিহ্ন`),
    text: 'ছবিতে গোল করে দেখানো: ত্বকে এগুলি দেখুন। এলাকায় তিল বা ত্বকের সন্দেহজনক পরিবর্তন থাকা থামার কারণ (G03), কারণ কালি তার পরের পরিবর্তন ঢেকে দেয়।',
    leaveOut: (isOne) => (isOne ? 'চারপাশের জায়গাসহ এটি এলাকার বাইরে রাখুন' : 'চারপাশের জায়গাসহ এগুলি এলাকার বাইরে রাখুন'),
    failed: 'এই যন্ত্রে গাঢ় চিহ্ন খোঁজা যায়নি: ত্বকে তিল আছে কি না দেখুন।',
  },
  ne: {
    title: (count, isOne) =>
      isOne ? 'क्षेत्रमा एउटा गाढा कोठीजस्तो चिह्न' : `क्षेत्रमा ${count} गाढा कोठीजस्ता चिह्न`,
    text: 'तस्बिरमा घेरिएका छन्: यी छालामा हेर्नुहोस्। क्षेत्रमा कोठी वा छालाको शंकास्पद परिवर्तन रोक्ने कारण हो (G03), किनभने मसीले पछिको परिवर्तन लुकाउँछ।',
    leaveOut: (isOne) =>
      isOne ? 'वरपरको ठाउँसहित यसलाई क्षेत्रबाहिर राख्नुहोस्' : 'वरपरको ठाउँसहित यिनलाई क्षेत्रबाहिर राख्नुहोस्',
    failed: 'यस उपकरणमा गाढा चिह्न खोज्न सकिएन: छालामा कोठी छ कि हेर्नुहोस्।',
  },
};

interface DarkSpotsProps {
  readonly locale: Locale;
  readonly number: Intl.NumberFormat;
  readonly search: DarkSpotSearch;
  readonly onLeaveOut: () => void;
}

/** Says that there are dark spots, and offers to leave them out; nothing where there are none. */
export function DarkSpots({ locale, number, search, onLeaveOut }: DarkSpotsProps) {
  const { spots, hasFailed } = search;
  if (hasFailed) return <Alert tone="ochre" title={words[locale].failed} live />;
  if (spots.length === 0) return null;
  const isOne = spots.length === 1;
  const { title, text, leaveOut } = words[locale];
  return (
    <Alert tone="ochre" title={title(number.format(spots.length), isOne)} live>
      <div className="stack-s">
        <p>{text}</p>
        <div>
          <Button onPress={onLeaveOut}>{leaveOut(isOne)}</Button>
        </div>
      </div>
    </Alert>
  );
}

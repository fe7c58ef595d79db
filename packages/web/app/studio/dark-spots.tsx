import type { Mask, Picture } from '@undertone/engine/photo/index.ts';
import type { DarkSpot } from '@undertone/engine/region/index.ts';
import { useEffect, useState } from 'react';
import type { Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { useWork } from './use-work.ts';

const none: readonly DarkSpot[] = [];

interface Searched {
  readonly picture: Picture | undefined;
  readonly region: Mask | undefined;
  readonly mmPerPx: number | undefined;
  readonly isLip: boolean;
  readonly run: ReturnType<typeof useWork>['run'];
}

/** The dark spots of the region that is shown, looked for in a worker; empty until they are found. */
export function useDarkSpots({ picture, region, mmPerPx, isLip, run }: Searched): readonly DarkSpot[] {
  const [found, setFound] = useState<{ readonly region: Mask; readonly spots: readonly DarkSpot[] }>();
  useEffect(() => {
    if (!picture || !region) return;
    const options = { isLip, ...(mmPerPx && { mmPerPx }) };
    run('darkSpots', { picture, mask: region, options }, { quiet: true })
      .then((spots) => spots !== 'cancelled' && setFound({ region, spots }))
      .catch(() => setFound(undefined));
  }, [picture, region, mmPerPx, isLip, run]);
  return found && found.region === region ? found.spots : none;
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
    }
  >
> = {
  en: {
    title: (count, isOne) => (isOne ? 'A dark spot in the region' : `${count} dark spots in the region`),
    text: 'Ringed in the photo: look at them on the skin. A mole or suspicious lesion in the field is a reason to stop (G03), because ink hides how it changes later.',
    leaveOut: (isOne) => (isOne ? 'Leave it out, with a margin' : 'Leave them out, with a margin'),
  },
  hi: {
    title: (count, isOne) => (isOne ? 'क्षेत्र में एक गहरा धब्बा' : `क्षेत्र में ${count} गहरे धब्बे`),
    text: 'फ़ोटो में घेरे गए हैं: इन्हें त्वचा पर देखें। क्षेत्र में तिल या संदिग्ध घाव रुकने का कारण है (G03), क्योंकि स्याही उसके बाद के बदलाव को छिपा देती है।',
    leaveOut: (isOne) => (isOne ? 'इसे किनारे सहित छोड़ दें' : 'इन्हें किनारे सहित छोड़ दें'),
  },
  bn: {
    title: (count, isOne) => (isOne ? 'এলাকায় একটি গাঢ় দাগ' : `এলাকায় ${count}টি গাঢ় দাগ`),
    text: 'ছবিতে গোল করে দেখানো: ত্বকে এগুলি দেখুন। এলাকায় তিল বা সন্দেহজনক ক্ষত থাকা থামার কারণ (G03), কারণ কালি তার পরের পরিবর্তন ঢেকে দেয়।',
    leaveOut: (isOne) => (isOne ? 'কিনারাসহ এটি বাদ দিন' : 'কিনারাসহ এগুলি বাদ দিন'),
  },
  ne: {
    title: (count, isOne) => (isOne ? 'क्षेत्रमा एउटा गाढा दाग' : `क्षेत्रमा ${count} गाढा दाग`),
    text: 'तस्बिरमा घेरिएका छन्: यी छालामा हेर्नुहोस्। क्षेत्रमा कोठी वा शंकास्पद घाउ रोक्ने कारण हो (G03), किनभने मसीले पछिको परिवर्तन लुकाउँछ।',
    leaveOut: (isOne) => (isOne ? 'किनारासहित यसलाई छोड्नुहोस्' : 'किनारासहित यिनलाई छोड्नुहोस्'),
  },
};

interface DarkSpotsProps {
  readonly locale: Locale;
  readonly number: Intl.NumberFormat;
  readonly spots: readonly DarkSpot[];
  readonly onLeaveOut: () => void;
}

/** Says that there are dark spots, and offers to leave them out; nothing where there are none. */
export function DarkSpots({ locale, number, spots, onLeaveOut }: DarkSpotsProps) {
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

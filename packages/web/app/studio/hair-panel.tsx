import { noHairAtScale } from '@undertone/engine/region/index.ts';
import { type ActionDispatch, useEffect, useMemo, useState } from 'react';
import type { Locale } from '../locales/index.ts';
import { useSaid } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { type ExistingHairCount, existingHairOf, proposedOf, targetPerCm2 } from './existing-hair.ts';
import { currentStep, type StudioAct, type StudioState } from './state.ts';
import type { useStudio } from './use-studio.ts';
import type { StudioWords } from './words.ts';

/**
 * The hair that shows in the zone, counted in a worker; undefined until it is, and again for every other zone. A scale too
 * coarse to count at is told at once, before there is a zone.
 */
export function useHairCount(
  state: StudioState,
  mmPerPx: number | undefined,
  countHair: ReturnType<typeof useStudio>['countHair'],
): ExistingHairCount | undefined {
  const { photo, treatment } = state;
  const step = currentStep(state);
  const [found, setFound] = useState<{
    readonly step: typeof step;
    readonly mmPerPx: number;
    readonly count: ExistingHairCount;
  }>();
  const atOnce = useMemo(
    () => (treatment === 'scalp' && photo && mmPerPx !== undefined ? noHairAtScale(mmPerPx) : undefined),
    [treatment, photo, mmPerPx],
  );
  useEffect(() => {
    if (treatment !== 'scalp' || !photo || !step || mmPerPx === undefined || atOnce) return;
    void countHair(state, mmPerPx).then(
      (count) => count !== 'cancelled' && setFound({ step, mmPerPx, count }),
    );
    // oxlint-disable-next-line react/exhaustive-deps -- of the state, only photo and zone are counted in
  }, [treatment, photo, step, mmPerPx, countHair, atOnce]);
  if (atOnce) return atOnce;
  return found && found.step === step && found.mmPerPx === mmPerPx ? found.count : undefined;
}

interface HairWords {
  /** `error`: two standard deviations. */
  readonly counted: (perCm2: string, error: string) => string;
  readonly byEye: string;
  readonly failed: string;
  readonly field: string;
  readonly unit: string;
  readonly hint: (target: string) => string;
  readonly none: (target: string) => string;
  readonly takeCount: (perCm2: string) => string;
  readonly range: string;
}

/** Source: `hairDensity` and its measurements (docs/science/region.md), target of `dotAdvice`; unreviewed. */
const hairWords: Readonly<Record<Locale, HairWords>> = {
  en: {
    counted: (perCm2, error) => `Counted in the zone: ${perCm2} ± ${error} per cm²`,
    byEye:
      'Meant for hair of about a millimetre, seen from above. Count a few square centimetres by eye beside it.',
    failed: 'Hair could not be counted on this device: count it by eye.',
    field: 'Hair in the zone',
    unit: 'per cm²',
    hint: (target) =>
      `In follicular units: one to four hairs that leave the skin together. Dots make up the difference to ${target} per cm². Empty takes nothing off.`,
    none: (target) => `That is the target of ${target} per cm² or more: no dots are left to set.`,
    takeCount: (perCm2) => `Take the count, ${perCm2}`,
    range: 'Type a number from 0 to 400.',
  },
  hi: {
    counted: (perCm2, error) => `क्षेत्र में गिने गए: ${perCm2} ± ${error} प्रति cm²`,
    byEye: 'लगभग एक मिलीमीटर के, ऊपर से देखे बालों के लिए। साथ में कुछ वर्ग सेंटीमीटर आँख से भी गिनें।',
    failed: 'इस उपकरण पर बाल नहीं गिने जा सके: आँख से गिनें।',
    field: 'क्षेत्र में बाल',
    unit: 'प्रति cm²',
    hint: (target) =>
      `फ़ॉलिक्युलर यूनिट में: त्वचा से एक साथ निकलते एक से चार बाल। बिंदु ${target} प्रति cm² तक का अंतर पूरा करते हैं। ख़ाली रखने पर कुछ नहीं घटता।`,
    none: (target) => `यह लक्ष्य ${target} प्रति cm² या उससे अधिक है: कोई बिंदु लगाने को नहीं बचता।`,
    takeCount: (perCm2) => `गिनती लें, ${perCm2}`,
    range: '0 से 400 तक की संख्या लिखें।',
  },
  bn: {
    counted: (perCm2, error) => `অঞ্চলে গোনা হয়েছে: প্রতি cm²-এ ${perCm2} ± ${error}`,
    byEye: 'প্রায় এক মিলিমিটারের, উপর থেকে দেখা চুলের জন্য। পাশাপাশি কয়েক বর্গ সেন্টিমিটার চোখে গুনুন।',
    failed: 'এই যন্ত্রে চুল গোনা যায়নি: চোখে গুনুন।',
    field: 'অঞ্চলের চুল',
    unit: 'প্রতি cm²',
    hint: (target) =>
      `ফলিকুলার ইউনিটে: ত্বক থেকে একসঙ্গে বেরোনো এক থেকে চারটি চুল। বিন্দু প্রতি cm²-এ ${target} পর্যন্ত তফাতটুকু পূরণ করে। খালি রাখলে কিছু বাদ যায় না।`,
    none: (target) => `এটি প্রতি cm²-এ ${target}-এর লক্ষ্য বা তার বেশি: বসানোর মতো বিন্দু বাকি থাকে না।`,
    takeCount: (perCm2) => `গণনা নিন, ${perCm2}`,
    range: '০ থেকে ৪০০ পর্যন্ত সংখ্যা লিখুন।',
  },
  ne: {
    counted: (perCm2, error) => `क्षेत्रमा गनिएको: प्रति cm² ${perCm2} ± ${error}`,
    byEye: 'करिब एक मिलिमिटरको, माथिबाट देखिएको रौँका लागि। सँगै केही वर्ग सेन्टिमिटर आँखाले गन्नुहोस्।',
    failed: 'यस उपकरणमा रौँ गन्न सकिएन: आँखाले गन्नुहोस्।',
    field: 'क्षेत्रको रौँ',
    unit: 'प्रति cm²',
    hint: (target) =>
      `फोलिकुलर युनिटमा: छालाबाट सँगै निस्किएका एकदेखि चार रौँ। थोप्लाले प्रति cm² ${target} सम्मको फरक पूरा गर्छन्। खाली राखे केही घटाइँदैन।`,
    none: (target) => `यो प्रति cm² ${target} को लक्ष्य वा त्योभन्दा बढी हो: राख्नुपर्ने थोप्ला बाँकी रहँदैन।`,
    takeCount: (perCm2) => `गणना लिनुहोस्, ${perCm2}`,
    range: '० देखि ४०० सम्मको संख्या लेख्नुहोस्।',
  },
};

interface HairPanelProps {
  readonly locale: Locale;
  readonly words: StudioWords;
  readonly number: Intl.NumberFormat;
  readonly typed: string | null;
  readonly count: ExistingHairCount | undefined;
  readonly send: ActionDispatch<[StudioAct]>;
}

/** What the photograph says of hair in the zone, and what of it the plan shall take off its target. */
export function HairPanel({ locale, words, number, typed, count, send }: HairPanelProps) {
  const hair = hairWords[locale];
  const proposed = proposedOf(count);
  const chosen = existingHairOf(typed, count);
  const target = number.format(targetPerCm2);
  const canTakeCount = typed !== null && proposed !== undefined && !(chosen.ok && chosen.perCm2 === proposed);
  return (
    <section className="studio-step" aria-labelledby="step-hair">
      <h2 id="step-hair">{words.existingHair}</h2>
      <output data-testid="hair-count">
        <Counted hair={hair} words={words} number={number} count={count} />
      </output>
      {proposed === undefined ? null : <p className="field-hint">{hair.byEye}</p>}
      <TextField
        label={hair.field}
        unit={hair.unit}
        inputMode="decimal"
        maxLength={40}
        value={typed ?? proposed?.toString() ?? ''}
        hint={chosen.ok && chosen.perCm2 >= targetPerCm2 ? hair.none(target) : hair.hint(target)}
        error={
          chosen.ok ? undefined : chosen.reason === 'out-of-range' ? hair.range : words.faults['not-a-number']
        }
        onChange={(text) => send({ type: 'existingHair', typed: text })}
      />
      {canTakeCount ? (
        <div>
          <Button onPress={() => send({ type: 'existingHair', typed: null })}>
            {hair.takeCount(number.format(proposed))}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

interface CountedProps {
  readonly hair: HairWords;
  readonly words: StudioWords;
  readonly number: Intl.NumberFormat;
  readonly count: ExistingHairCount | undefined;
}

function Counted({ hair, words, number, count }: CountedProps) {
  const say = useSaid();
  if (count === undefined) return words.countingHair;
  if (count === 'failed') return hair.failed;
  if (!count.ok) return say(count.message).text;
  const [perCm2, error] = [count.unitsPerCm2, 2 * count.relativeSd * count.unitsPerCm2].map(Math.round);
  return <strong className="figures">{hair.counted(number.format(perCm2), number.format(error))}</strong>;
}

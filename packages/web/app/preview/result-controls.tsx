import type { PreviewRange } from '@undertone/engine/plan/index.ts';
import type { Locale } from '../locales/index.ts';
import { studioWords } from '../studio/words.ts';
import { Button } from '../ui/button.tsx';
import { RadioGroup } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { previewWords } from './words.ts';

/** A visitor sees the first year; what comes later is the physician's plan. */
export type PreviewDay = 'day0' | 'week6' | 'month12';

interface ResultControlsProps {
  readonly locale: Locale;
  readonly day: PreviewDay;
  readonly range: PreviewRange;
  /** Part of the place is burnt out in the photo. */
  readonly isPartlyOverexposed: boolean;
  readonly onLook: (day: PreviewDay, range: PreviewRange) => void;
  readonly isBusy: boolean;
  /** The picture shown lies in this tab for the booking form. */
  readonly isKept: boolean;
  readonly onSave: () => void;
  readonly onKeep: () => void;
  readonly onChange: () => void;
}

/** What can be done with a prediction: look at other days and outcomes, save it, take it along. */
export function ResultControls({
  locale,
  day,
  range,
  isPartlyOverexposed,
  onLook,
  isBusy,
  isKept,
  onSave,
  onKeep,
  onChange,
}: ResultControlsProps) {
  const words = previewWords[locale];
  const shared = studioWords[locale];
  return (
    <>
      <RadioGroup
        label={words.when}
        orientation="horizontal"
        value={day}
        onChange={(at) => onLook(at as PreviewDay, range)}
        options={(['day0', 'week6', 'month12'] as const).map((id) => ({ id, label: shared.states[id] }))}
      />
      <RadioGroup
        label={shared.range}
        hint={words.rangeHint}
        orientation="horizontal"
        value={range}
        onChange={(of) => onLook(day, of as PreviewRange)}
        options={(['light', 'expected', 'dark'] as const).map((id) => ({ id, label: shared.ranges[id] }))}
      />
      <p className="preview-day measure">{words.days[day]}</p>
      {isPartlyOverexposed ? <Alert tone="ochre" title={words.partlyOverexposed} live /> : null}
      <div className="row">
        <Button look="strong" isDisabled={isBusy} onPress={onSave}>
          {words.save}
        </Button>
        <Button isDisabled={isBusy || isKept} onPress={onKeep}>
          {words.keep}
        </Button>
        <Button onPress={onChange}>{words.change}</Button>
      </div>
      <output>
        {isKept ? (
          <span className="stack-s preview-kept">
            <span>{words.kept}</span>
            <a className="button" href={`/${locale}/book`}>
              {words.toBooking}
            </a>
          </span>
        ) : null}
      </output>
    </>
  );
}

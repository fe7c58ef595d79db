import { type SkinMapName, skinMapNames, skinMapRamps } from '@undertone/engine/maps/index.ts';
import type { Mask, Picture } from '@undertone/engine/photo/index.ts';
import type { Jobs } from '@undertone/engine/work/index.ts';
import { useEffect, useState } from 'react';
import { intlTag, type Locale } from '../locales/index.ts';
import { skinMapWords } from './skin-map-words.ts';
import type { useWork } from './use-work.ts';

/** What of the photograph is shown: itself, or a map of it. */
export type ShownMap = 'photo' | SkinMapName;

type Answer = Jobs['skinMap']['output'];

interface Asked {
  readonly picture: Picture | undefined;
  readonly region: Mask | undefined;
  readonly mmPerPx: number | undefined;
  readonly shown: ShownMap;
  readonly run: ReturnType<typeof useWork>['run'];
}

export interface SkinMapState {
  /** The map to look at; of an older region while the newer one is being drawn. */
  readonly answer: Answer | undefined;
  readonly hasFailed: boolean;
}

/** Draws the map that is chosen in a worker, again for every change of the region. */
export function useSkinMap({ picture, region, mmPerPx, shown, run }: Asked): SkinMapState {
  const [drawn, setDrawn] = useState<{
    readonly picture: Picture;
    readonly name: SkinMapName;
    readonly answer?: Answer;
  }>();
  useEffect(() => {
    if (!picture || shown === 'photo') return;
    const input = { picture, name: shown, ...(region && { region }), ...(mmPerPx && { mmPerPx }) };
    run('skinMap', input, { quiet: true })
      .then((answer) => answer !== 'cancelled' && setDrawn({ picture, name: shown, answer }))
      .catch(() => setDrawn({ picture, name: shown }));
  }, [picture, region, mmPerPx, shown, run]);
  const own = drawn && drawn.picture === picture && drawn.name === shown ? drawn : undefined;
  return { answer: own?.answer, hasFailed: own !== undefined && own.answer === undefined };
}

interface SkinMapProps {
  readonly locale: Locale;
  readonly shown: ShownMap;
  readonly state: SkinMapState;
  readonly hasRegion: boolean;
  readonly onShow: (shown: ShownMap) => void;
}

/** The choice of what is shown, and under it how a map is to be read. */
export function SkinMapBar({ locale, shown, state, hasRegion, onShow }: SkinMapProps) {
  const words = skinMapWords[locale];
  // More digits would be a calculation's: eight bits leave an error of about 0.1.
  const number = new Intl.NumberFormat(intlTag(locale), { maximumFractionDigits: 2 });
  return (
    <div className="studio-maps">
      <fieldset className="studio-toolbox">
        <legend className="visually-hidden">{words.show}</legend>
        {(['photo', ...skinMapNames] as const).map((one) => (
          <label key={one} data-on={shown === one || undefined}>
            <input
              type="radio"
              name="skin-map"
              className="visually-hidden"
              checked={shown === one}
              onChange={() => onShow(one)}
            />
            {words.names[one]}
          </label>
        ))}
      </fieldset>
      {shown === 'photo' ? null : (
        <Legend words={words} number={number} name={shown} state={state} hasRegion={hasRegion} />
      )}
    </div>
  );
}

interface LegendProps {
  readonly words: (typeof skinMapWords)[Locale];
  readonly number: Intl.NumberFormat;
  readonly name: SkinMapName;
  readonly state: SkinMapState;
  readonly hasRegion: boolean;
}

function Legend({ words, number, name, state: { answer, hasFailed }, hasRegion }: LegendProps) {
  if (hasFailed) return <p role="alert">{words.failed}</p>;
  if (!answer) return <output>{words.drawing}</output>;
  const stops = skinMapRamps[name].map(([r, g, b]) => `rgb(${r} ${g} ${b})`).join(', ');
  const { regionLessSurround: difference } = answer;
  const signed =
    difference !== undefined && `${difference < 0 ? '−' : '+'}${number.format(Math.abs(difference))}`;
  return (
    <div className="studio-legend" data-testid="map-legend">
      <div className="studio-ramp figures">
        <span>{words.least[name]}</span>
        <span
          className="studio-ramp-colours"
          style={{ backgroundImage: `linear-gradient(to right, ${stops})` }}
          aria-hidden="true"
        />
        <span>{words.most[name](number.format(answer.span))}</span>
      </div>
      {signed === false ? (
        hasRegion ? (
          <p>{words.noDifference}</p>
        ) : null
      ) : (
        <p className="figures">
          <strong>{words.difference(signed)}</strong>
        </p>
      )}
      <p>
        {words.units[name](number.format(0.1))} {words.caveat}
      </p>
    </div>
  );
}

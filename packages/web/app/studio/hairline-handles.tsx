import {
  brokenHairlineRules,
  hairlineLengths,
  hairlineLine,
  hairlinePlaces,
} from '@undertone/engine/region/landmarks/index.ts';
import { useRef } from 'react';
import type { Locale } from '../locales/index.ts';
import { Alert } from '../ui/surfaces.tsx';
import { hairlineWords } from './hairline-words.ts';
import type { HairlineInHand } from './use-hairline.ts';
import { toPicture, toScreen, type View } from './view.ts';

interface HairlineProps {
  readonly locale: Locale;
  readonly inHand: HairlineInHand;
}

const ways: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The hairline over the picture, with a handle at each of its five places. */
export function HairlineHandles({ locale, inHand, view }: HairlineProps & { readonly view: View }) {
  const words = hairlineWords[locale];
  const { mm } = hairlineLengths(inHand.line.on, inHand.hairline);
  /** Where in the handle it was taken, screen pixels. */
  const held = useRef<{ readonly dx: number; readonly dy: number }>(null);
  const line = hairlineLine(inHand.hairline).map((point) => toScreen(view, point));
  const points = line.map(({ x, y }) => `${x},${y}`).join(' ');
  return (
    <div className="hairline">
      <svg aria-hidden="true">
        <polyline points={points} />
        <polyline points={points} />
      </svg>
      {hairlinePlaces.map((place) => {
        const at = toScreen(view, inHand.hairline[place]);
        return (
          <button
            key={place}
            type="button"
            className="hairline-handle"
            style={{ left: at.x, top: at.y }}
            aria-label={`${words.places[place]}: ${words.lies[place](String(Math.round(mm[place])))}`}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              held.current = { dx: at.x - event.clientX, dy: at.y - event.clientY };
            }}
            onPointerMove={(event) => {
              if (!held.current) return;
              const { dx, dy } = held.current;
              inHand.dragTo(place, toPicture(view, { x: event.clientX + dx, y: event.clientY + dy }));
            }}
            onPointerUp={() => {
              held.current = null;
              inHand.letGo();
            }}
            onPointerCancel={() => {
              held.current = null;
              inHand.letGo();
            }}
            onKeyDown={(event) => {
              const way = ways[event.key];
              if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
              event.preventDefault();
              inHand.step(place, way, event.shiftKey ? 5 : 1);
            }}
            onBlur={inHand.letGo}
          />
        );
      })}
    </div>
  );
}

/** Where the hairline lies, in words, and what speaks against it. */
export function HairlinePanel({ locale, inHand }: HairlineProps) {
  const words = hairlineWords[locale];
  const lengths = hairlineLengths(inHand.line.on, inHand.hairline);
  const broken = brokenHairlineRules(lengths);
  return (
    <section className="studio-step" aria-labelledby="step-hairline">
      <h2 id="step-hairline">{words.title}</h2>
      <p className="field-hint">{words.help}</p>
      <dl className="studio-facts">
        {hairlinePlaces.map((place) => (
          <div key={place}>
            <dt>{words.places[place]}</dt>
            <dd className="figures" data-testid={`hairline-${place}`}>
              {words.lies[place](String(Math.round(lengths.mm[place])))}
            </dd>
          </div>
        ))}
      </dl>
      {broken.map(({ code, limitMm }) => (
        <Alert key={code} tone="ochre" title={words.rules[code](String(limitMm))} live>
          {words.unreviewed}
        </Alert>
      ))}
    </section>
  );
}

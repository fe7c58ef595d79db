import type { Point } from '@undertone/engine/photo/index.ts';
import {
  brokenHairlineRules,
  furtherLoss,
  hairlineLengths,
  hairlineLine,
  hairlinePlaces,
} from '@undertone/engine/region/landmarks/index.ts';
import { type PointerEvent, useState } from 'react';
import { inDigitsOf, type Locale } from '../locales/index.ts';
import { Alert } from '../ui/surfaces.tsx';
import { spreadHandles } from './hairline-spread.ts';
import { hairlineWords } from './hairline-words.ts';
import type { HairlineInHand } from './use-hairline.ts';
import { toPicture, toScreen, type View } from './view.ts';

interface HairlineProps {
  readonly locale: Locale;
  readonly inHand: HairlineInHand;
}

const wholeMm = (locale: Locale, mm: number) => inDigitsOf(locale, String(Math.round(mm)));

const ways: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Room of a handle, screen pixels: a finger's. */
const handlePx = 44;

/** What a hand holds: the pointer, from where in the handle, and how far each handle stands from its place meanwhile. */
interface Held {
  readonly pointerId: number;
  readonly from: Point;
  readonly offsets: readonly Point[];
}

/** The hairline over the picture, with a handle at or beside each of its five places. */
export function HairlineHandles({
  locale,
  inHand,
  view,
  fault,
}: HairlineProps & { readonly view: View; readonly fault: string | null }) {
  const words = hairlineWords[locale];
  const { mm } = hairlineLengths(inHand.line.on, inHand.hairline);
  const [held, setHeld] = useState<Held | null>(null);
  const line = hairlineLine(inHand.hairline).map((point) => toScreen(view, point));
  const points = line.map(({ x, y }) => `${x},${y}`).join(' ');
  const places = hairlinePlaces.map((place) => toScreen(view, inHand.hairline[place]));
  const offsets = held?.offsets ?? spreadHandles(places, handlePx).map((at, n) => less(at, places[n]));
  const letGo = (event: PointerEvent) => {
    if (held?.pointerId !== event.pointerId) return;
    setHeld(null);
    inHand.letGo();
  };
  return (
    <div className="hairline">
      <svg aria-hidden="true">
        <polyline points={points} />
        <polyline points={points} />
        {hairlinePlaces.map((place, n) => {
          const { x, y } = places[n];
          const { x: dx, y: dy } = offsets[n];
          if (Math.hypot(dx, dy) < 1) return null;
          const leader = { x1: x, y1: y, x2: x + dx, y2: y + dy };
          return (
            <g key={place}>
              <line {...leader} />
              <line {...leader} />
              <circle cx={x} cy={y} r="4" />
            </g>
          );
        })}
      </svg>
      {hairlinePlaces.map((place, n) => {
        const at = { x: places[n].x + offsets[n].x, y: places[n].y + offsets[n].y };
        return (
          <button
            key={place}
            type="button"
            className="hairline-handle"
            style={{ left: at.x, top: at.y }}
            aria-label={`${words.places[place]}: ${words.lies[place](wholeMm(locale, mm[place]))}`}
            onPointerDown={(event) => {
              if (event.button !== 0 || held) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              const from = less(places[n], { x: event.clientX, y: event.clientY });
              setHeld({ pointerId: event.pointerId, from, offsets });
            }}
            onPointerMove={(event) => {
              if (held?.pointerId !== event.pointerId) return;
              const { x, y } = held.from;
              inHand.dragTo(place, toPicture(view, { x: event.clientX + x, y: event.clientY + y }));
            }}
            onPointerUp={letGo}
            onPointerCancel={letGo}
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
      {fault === null ? null : (
        <div className="hairline-fault">
          <Alert tone="oxide" title={words.notMoved} live>
            {fault}
          </Alert>
        </div>
      )}
    </div>
  );
}

const less = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });

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
              {words.lies[place](wholeMm(locale, lengths.mm[place]))}
            </dd>
          </div>
        ))}
      </dl>
      {broken.map(({ code, limitMm }) => (
        <Alert key={code} tone="ochre" title={words.rules[code](inDigitsOf(locale, String(limitMm)))} live>
          {words.unreviewed}
        </Alert>
      ))}
      <p className="field-hint">
        {words.furtherLoss(inDigitsOf(locale, String(furtherLoss.underYears)))} {words.unreviewed}
      </p>
    </section>
  );
}

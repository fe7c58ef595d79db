import type { Point } from '@undertone/engine/photo/index.ts';
import {
  type Hairline,
  type HairlinePlace,
  movedAlongSkin,
  type ScalpLine,
} from '@undertone/engine/region/landmarks/index.ts';
import { useEffect, useRef, useState } from 'react';

/** Key presses that follow one another so closely are one act, ms. */
const restMs = 500;

/** A hairline as a hand is moving it, ahead of the zone that is made from it. */
export interface HairlineInHand {
  readonly line: ScalpLine;
  readonly hairline: Hairline;
  readonly dragTo: (place: HairlinePlace, to: Point) => void;
  readonly step: (place: HairlinePlace, way: Point, lengthMm: number) => void;
  /** The hand lets go: the zone is made. */
  readonly letGo: () => void;
}

export function useHairline(
  line: ScalpLine | undefined,
  move: (to: Hairline) => Promise<void>,
): HairlineInHand | undefined {
  const [wish, setWish] = useState<{ readonly of: Hairline; readonly hairline: Hairline } | null>(null);
  /** Of a hairline that was asked for, the one it was begun on: what a hand does while its zone is made goes on from it. */
  const [beginnings] = useState(() => new WeakMap<Hairline, Hairline>());
  const wished = useRef(wish);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!line) return undefined;
  const beginning = beginnings.get(line.hairline) ?? line.hairline;
  const inHand = (one: typeof wish) => (one?.of === beginning ? one.hairline : line.hairline);
  const put = (place: HairlinePlace, to: Point) => {
    wished.current = { of: beginning, hairline: { ...inHand(wished.current), [place]: to } };
    setWish(wished.current);
  };
  const letGo = () => {
    clearTimeout(timer.current);
    const now = wished.current;
    // Asked for once, though the key's rest and the focus that goes both let go.
    if (now?.of !== beginning || beginnings.has(now.hairline)) return;
    beginnings.set(now.hairline, beginning);
    void move(now.hairline).finally(() => {
      if (wished.current === now) wished.current = null;
      setWish((one) => (one === now ? null : one));
    });
  };
  return {
    line,
    hairline: inHand(wish),
    dragTo: put,
    step: (place, way, lengthMm) => {
      const from = inHand(wished.current)[place];
      put(place, movedAlongSkin(line.on, from, way, lengthMm));
      clearTimeout(timer.current);
      timer.current = setTimeout(letGo, restMs);
    },
    letGo,
  };
}

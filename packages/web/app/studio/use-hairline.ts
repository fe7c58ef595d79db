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
  const [wish, setWish] = useState<{ readonly of: ScalpLine; readonly hairline: Hairline } | null>(null);
  const wished = useRef(wish);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!line) return undefined;
  const hairline = wish?.of === line ? wish.hairline : line.hairline;
  const put = (place: HairlinePlace, to: Point) => {
    const before = wished.current?.of === line ? wished.current.hairline : line.hairline;
    wished.current = { of: line, hairline: { ...before, [place]: to } };
    setWish(wished.current);
  };
  const letGo = () => {
    clearTimeout(timer.current);
    const now = wished.current;
    if (now?.of !== line || now.hairline === line.hairline) return;
    void move(now.hairline).finally(() => {
      if (wished.current === now) wished.current = null;
      setWish((one) => (one === now ? null : one));
    });
  };
  return {
    line,
    hairline,
    dragTo: put,
    step: (place, way, lengthMm) => {
      const from = (wished.current?.of === line ? wished.current.hairline : line.hairline)[place];
      put(place, movedAlongSkin(line.on, from, way, lengthMm));
      clearTimeout(timer.current);
      timer.current = setTimeout(letGo, restMs);
    },
    letGo,
  };
}

/** The only source of the present moment in the clinic. Tests hand in a clock they can move. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. */
export function systemClock(): Clock {
  return { now: () => new Date() };
}

/** A clock that stands still until it is moved: for tests and for replaying a day. */
export function standingClock(
  start: Date | string,
): Clock & { set(at: Date | string): void; advance(ms: number): void } {
  let at = new Date(start);
  return {
    now: () => new Date(at),
    set: (next) => {
      at = new Date(next);
    },
    advance: (ms) => {
      at = new Date(at.getTime() + ms);
    },
  };
}

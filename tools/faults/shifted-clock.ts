/*
 * Loaded before the program (`node --import`) in the trial of the clock: what the program takes for the present moment is
 * the machine's clock moved by the milliseconds in the file SHIFTED_CLOCK names. The database keeps its own clock.
 */
import { readFileSync, watchFile } from 'node:fs';

const file = process.env.SHIFTED_CLOCK;
if (file !== undefined) {
  const read = () => Number(readFileSync(file, 'utf8'));
  let shiftMs = read();
  watchFile(file, { interval: 50 }, () => {
    shiftMs = read();
  }).unref();
  const Real = Date;
  class ShiftedDate extends Real {
    constructor(...given: unknown[]) {
      if (given.length === 0) super(Real.now() + shiftMs);
      else super(...(given as [number]));
    }
    static override now(): number {
      return Real.now() + shiftMs;
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;
}

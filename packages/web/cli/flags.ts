import type { Point } from '@undertone/engine/photo/index.ts';
import { badInput } from './io.ts';

/** A number as people write it: no hexadecimal, nothing empty. `NaN` when it is none. */
function decimal(text: string): number {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
}

/** A number from the command line within bounds, or one line that says what is wrong. */
export function numberFlag(name: string, text: string, low: number, high: number): number {
  const value = decimal(text);
  if (!(value >= low && value <= high)) {
    throw badInput(`${name} "${text}" is not a number from ${low} to ${high}.`);
  }
  return value;
}

/** A whole number from the command line. */
export function wholeFlag(name: string, text: string): number {
  const value = decimal(text);
  if (!Number.isSafeInteger(value)) throw badInput(`${name} "${text}" is not a whole number.`);
  return value;
}

/** Numbers joined by commas, exactly as many as wanted; `undefined` when they are not. */
export function numbersOf(text: string, count: number): number[] | undefined {
  const numbers = text.split(',').map(decimal);
  return numbers.length === count && numbers.every(Number.isFinite) ? numbers : undefined;
}

/** A point of a photo, X,Y in pixels. */
export function tapFlag(text: string): Point {
  const [x, y] = numbersOf(text, 2) ?? [];
  if (x === undefined || y === undefined) {
    throw badInput(`"${text}" is no tap; give X,Y in pixels, for example --tap 410,380.`);
  }
  return { x, y };
}

/** Collects a flag that may be given again. */
export const gather = (value: string, before: readonly string[]): readonly string[] => [...before, value];

import { badInput } from './io.ts';

/** A number from the command line within bounds, or one line that says what is wrong. */
export function numberFlag(name: string, text: string, low: number, high: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= low && value <= high)) {
    throw badInput(`${name} ${text} is not a number from ${low} to ${high}.`);
  }
  return value;
}

/** A whole number from the command line. */
export function wholeFlag(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value)) {
    throw badInput(`${name} ${text} is not a whole number.`);
  }
  return value;
}

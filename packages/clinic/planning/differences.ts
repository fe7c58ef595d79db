/** One value of a plan that is not the same in two of them. Undefined where one of them has no such value. */
export interface Difference {
  /** For instance `match.recipe.totalDrops`. */
  readonly path: string;
  readonly before: DifferentValue;
  readonly after: DifferentValue;
}

/** A long row of numbers is told by how many they are and what they add up to. */
type DifferentValue =
  | string
  | number
  | boolean
  | { readonly length: number; readonly sum: number }
  | undefined;

/** Sentences made from numbers, and where they come from: the numbers are compared instead. */
const sayings = new Set(['words', 'message', 'statement', 'source', 'review', 'stopRule', 'depthNote']);

/**
 * How many steps a search took is no part of what it found: between two that are equally good the last digit of a machine's
 * arithmetic decides.
 */
export const uncompared = 'evaluations';

/** Longer rows of numbers (masks, spectra) are one value: whether they are the same. */
const longestRow = 24;

/**
 * What differs between two plans, in the order of the document: inputs first, then what was made of them.
 * @param every also sentences; for telling whether two documents are the same at all.
 */
export function differencesOf(before: unknown, after: unknown, every = false, path = ''): Difference[] {
  if (Object.is(before, after)) return [];
  if (isRow(before) && isRow(after)) {
    const isSame = before.length === after.length && before.every((value, i) => Object.is(value, after[i]));
    if (isSame) return [];
    if (Math.max(before.length, after.length) > longestRow)
      return [{ path, before: summary(before), after: summary(after) }];
  }
  if (isTree(before) || isTree(after)) {
    const [one, two] = [isTree(before) ? before : {}, isTree(after) ? after : {}] as Record<
      string,
      unknown
    >[];
    const keys = [...new Set([...Object.keys(one ?? {}), ...Object.keys(two ?? {})])];
    return keys
      .filter((key) => key !== uncompared && (every || !sayings.has(key)))
      .flatMap((key) => differencesOf(one?.[key], two?.[key], every, path === '' ? key : `${path}.${key}`));
  }
  return [{ path, before: plain(before), after: plain(after) }];
}

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isRow = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number');

/** Enough to tell two rows apart for people. */
function summary(row: readonly number[]): { readonly length: number; readonly sum: number } {
  const sum = row.reduce((all, value) => all + value, 0);
  return { length: row.length, sum: Number(sum.toPrecision(6)) };
}

function plain(value: unknown): string | number | boolean | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : value === null
      ? 'none'
      : undefined;
}

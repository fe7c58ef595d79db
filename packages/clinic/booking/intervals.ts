/**
 * Sets of whole minutes, as sorted, disjoint, half-open intervals in one flat array: `[start0, end0, start1, end1, …]`.
 * Every function returns a normal form (no empty, no touching intervals), so equal sets are equal arrays.
 */
export type Intervals = readonly number[];

/** Puts pairs in any order, overlapping or empty, into normal form. */
export function normalise(pairs: readonly (readonly [number, number])[]): Intervals {
  const sorted = pairs.filter(([start, end]) => end > start).sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [start, end] of sorted) append(out, start, end);
  return out;
}

/** Appends an interval that starts no earlier than the last one; joins when they touch. */
export function append(out: number[], start: number, end: number): void {
  if (end <= start) return;
  const last = out.length - 1;
  if (last > 0 && (out[last] as number) >= start) {
    if (end > (out[last] as number)) out[last] = end;
  } else out.push(start, end);
}

export function union(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number))) {
      append(out, a[i] as number, a[i + 1] as number);
      i += 2;
    } else {
      append(out, b[j] as number, b[j + 1] as number);
      j += 2;
    }
  }
  return out;
}

export function intersect(a: Intervals, b: Intervals): Intervals {
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const endA = a[i + 1] as number;
    const endB = b[j + 1] as number;
    append(out, Math.max(a[i] as number, b[j] as number), Math.min(endA, endB));
    if (endA < endB) i += 2;
    else j += 2;
  }
  return out;
}

export function subtract(a: Intervals, b: Intervals): Intervals {
  const out: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let start = a[i] as number;
    const end = a[i + 1] as number;
    while (j < b.length && (b[j + 1] as number) <= start) j += 2;
    for (let k = j; k < b.length && (b[k] as number) < end; k += 2) {
      append(out, start, b[k] as number);
      start = Math.max(start, b[k + 1] as number);
    }
    append(out, start, end);
  }
  return out;
}

/** All starts `s` with `[s, s + length)` inside the set. */
export function startsInside(set: Intervals, length: number): Intervals {
  const out: number[] = [];
  for (let i = 0; i < set.length; i += 2) append(out, set[i] as number, (set[i + 1] as number) - length + 1);
  return out;
}

/** All starts `s` for which `[s - before, s + after)` meets the set. */
export function startsMeeting(set: Intervals, before: number, after: number): Intervals {
  const out: number[] = [];
  for (let i = 0; i < set.length; i += 2) {
    append(out, (set[i] as number) - after + 1, (set[i + 1] as number) + before);
  }
  return out;
}

/** Minutes in the set. */
export function measure(set: Intervals): number {
  let total = 0;
  for (let i = 0; i < set.length; i += 2) total += (set[i + 1] as number) - (set[i] as number);
  return total;
}

export function contains(set: Intervals, minute: number): boolean {
  let low = 0;
  let high = set.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[2 * middle + 1] as number) <= minute) low = middle + 1;
    else high = middle;
  }
  return low < set.length / 2 && (set[2 * low] as number) <= minute;
}

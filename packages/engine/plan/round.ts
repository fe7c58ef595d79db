/** Plain values with numbers cut to six significant digits: a document to read, with no noise in its last places. */
export function rounded<T>(value: T): T {
  return cut(value) as T;
}

function cut(value: unknown): unknown {
  if (typeof value === 'number') {
    if (Number.isInteger(value) || !Number.isFinite(value)) return value;
    return Number(value.toPrecision(6));
  }
  if (Array.isArray(value)) return value.map(cut);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).flatMap(([k, v]) => (v === undefined ? [] : [[k, cut(v)]])),
    );
  }
  return value;
}

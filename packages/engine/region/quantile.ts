/**
 * The value that would stand at `n` if the values were sorted (Hoare, Commun. ACM 4 (1961) 321); the values are put in
 * another order. No value may be NaN; `n` lies in 0..length - 1.
 */
export function nthSmallest(values: Float32Array | Float64Array, n: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const moved = values[i];
      values[i++] = values[j];
      values[j--] = moved;
    }
    if (n <= j) high = j;
    else if (n >= i) low = i;
    else break;
  }
  return values[n];
}

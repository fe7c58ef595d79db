/**
 * Mean over the square of side 2 · radiusPx + 1 around each pixel; near the border the mean of what is inside.
 * Two running sums, so the cost does not depend on the radius. `out` may be `plane` itself.
 */
export function boxMean(
  plane: Float32Array,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
  out: Float32Array = new Float32Array(plane.length),
): Float32Array {
  const rows = new Float32Array(plane.length);
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx;
    let sum = 0;
    let count = 0;
    for (let x = 0; x < Math.min(radiusPx, widthPx); x++) {
      sum += plane[row + x];
      count++;
    }
    for (let x = 0; x < widthPx; x++) {
      const enter = x + radiusPx;
      const leave = x - radiusPx - 1;
      if (enter < widthPx) {
        sum += plane[row + enter];
        count++;
      }
      if (leave >= 0) {
        sum -= plane[row + leave];
        count--;
      }
      rows[row + x] = sum / count;
    }
  }
  const sums = new Float64Array(widthPx);
  let count = 0;
  for (let y = 0; y < Math.min(radiusPx, heightPx); y++) {
    for (let x = 0, p = y * widthPx; x < widthPx; x++, p++) sums[x] += rows[p];
    count++;
  }
  for (let y = 0; y < heightPx; y++) {
    const enter = y + radiusPx;
    const leave = y - radiusPx - 1;
    if (enter < heightPx) {
      for (let x = 0, p = enter * widthPx; x < widthPx; x++, p++) sums[x] += rows[p];
      count++;
    }
    if (leave >= 0) {
      for (let x = 0, p = leave * widthPx; x < widthPx; x++, p++) sums[x] -= rows[p];
      count--;
    }
    const share = 1 / count;
    for (let x = 0, p = y * widthPx; x < widthPx; x++, p++) out[p] = sums[x] * share;
  }
  return out;
}

/**
 * Guided filter with one grey guide: `plane` follows the edges of `guide`. He, Sun, Tang, IEEE TPAMI 35 (2013)
 * 1397, equations 5, 6 and 8. `epsilon` is in squared units of the guide: structure weaker than its root is smoothed.
 */
export function guidedFilter(
  guide: Float32Array,
  plane: Float32Array,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
  epsilon: number,
): Float32Array {
  const count = guide.length;
  const meanG = boxMean(guide, widthPx, heightPx, radiusPx);
  const meanP = boxMean(plane, widthPx, heightPx, radiusPx);
  const product = new Float32Array(count);
  for (let p = 0; p < count; p++) product[p] = guide[p] * plane[p];
  const meanGp = boxMean(product, widthPx, heightPx, radiusPx);
  for (let p = 0; p < count; p++) product[p] = guide[p] * guide[p];
  const meanGg = boxMean(product, widthPx, heightPx, radiusPx, product);
  for (let p = 0; p < count; p++) {
    const a = (meanGp[p] - meanG[p] * meanP[p]) / (Math.max(0, meanGg[p] - meanG[p] * meanG[p]) + epsilon);
    meanGp[p] = a;
    meanP[p] -= a * meanG[p];
  }
  const a = boxMean(meanGp, widthPx, heightPx, radiusPx);
  const b = boxMean(meanP, widthPx, heightPx, radiusPx);
  for (let p = 0; p < count; p++) b[p] += a[p] * guide[p];
  return b;
}

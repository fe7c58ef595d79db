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
  // Counts of pixels under the window, by place: the middle of a row or column needs no test of the border.
  const left = Math.min(radiusPx, widthPx - 1);
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx;
    let sum = 0;
    for (let x = 0; x <= left; x++) sum += plane[row + x];
    let count = left + 1;
    rows[row] = sum / count;
    let x = 1;
    for (; x < widthPx && (x <= radiusPx || x + radiusPx >= widthPx); x++) {
      if (x + radiusPx < widthPx) {
        sum += plane[row + x + radiusPx];
        count++;
      }
      if (x > radiusPx) {
        sum -= plane[row + x - radiusPx - 1];
        count--;
      }
      rows[row + x] = sum / count;
    }
    const share = 1 / count;
    const end = widthPx - radiusPx;
    for (let enter = row + x + radiusPx, leave = row + x - radiusPx - 1; x < end; x++, enter++, leave++) {
      sum += plane[enter] - plane[leave];
      rows[row + x] = sum * share;
    }
    for (; x < widthPx; x++) {
      sum -= plane[row + x - radiusPx - 1];
      count--;
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
    const entering = y + radiusPx < heightPx;
    const leaving = y > radiusPx;
    count += (entering ? 1 : 0) - (leaving ? 1 : 0);
    const share = 1 / count;
    let enter = (y + radiusPx) * widthPx;
    let leave = (y - radiusPx - 1) * widthPx;
    let p = y * widthPx;
    if (entering && leaving) {
      for (let x = 0; x < widthPx; x++) out[p++] = (sums[x] += rows[enter++] - rows[leave++]) * share;
    } else if (entering) {
      for (let x = 0; x < widthPx; x++) out[p++] = (sums[x] += rows[enter++]) * share;
    } else if (leaving) {
      for (let x = 0; x < widthPx; x++) out[p++] = (sums[x] -= rows[leave++]) * share;
    } else {
      for (let x = 0; x < widthPx; x++) out[p++] = sums[x] * share;
    }
  }
  return out;
}

/**
 * Standard normal value below which a share p of the distribution lies, 0 < p < 1 (P. J. Acklam's rational
 * approximation, relative error below 1.2e-9).
 */
export function normalQuantile(p: number): number {
  const low = 0.02425;
  if (p < low || p > 1 - low) {
    const q = Math.sqrt(-2 * Math.log(p < low ? p : 1 - p));
    const tail =
      (((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q -
        2.549732539343734) *
        q +
        4.374664141464968) *
        q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) *
        q +
        1);
    return p < low ? tail : -tail;
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r +
      1.38357751867269e2) *
      r -
      3.066479806614716e1) *
      r +
      2.506628277459239) *
      q) /
    (((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r +
      6.680131188771972e1) *
      r -
      1.328068155288572e1) *
      r +
      1)
  );
}

/** Primes for {@link evenPoint}. */
const bases = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/**
 * The `index`-th point of a Halton sequence shifted by `shift` (A. Cranley and T. Patterson 1976): fills the unit cube
 * more evenly than chance, so that a few hundred points give steady intervals.
 */
export function evenPoint(index: number, shift: Float64Array): Float64Array {
  return shift.map((offset, dimension) => {
    const base = bases[dimension % bases.length];
    let value = 0;
    let digit = 1 / base;
    for (let rest = index + 1; rest > 0; rest = Math.floor(rest / base)) {
      value += (rest % base) * digit;
      digit /= base;
    }
    const moved = (value + offset) % 1;
    return Math.min(Math.max(moved, 1e-6), 1 - 1e-6);
  });
}

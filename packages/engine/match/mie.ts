/**
 * Scattering and absorption by one homogeneous sphere (G. Mie 1908), in the form of Bohren & Huffman, "Absorption
 * and Scattering of Light by Small Particles" (1983), chapter 4 and appendix A. Checked against
 * `fixtures/pigments/mie_reference.csv`, see the test.
 */
export interface MieEfficiencies {
  /** Extinction, scattering: cross-section over the sphere's geometric cross-section. */
  readonly extinction: number;
  readonly scattering: number;
  /** Mean cosine of the scattering angle, -1..1. */
  readonly asymmetry: number;
}

/**
 * @param mReal real part of (refractive index of the sphere) / (index of the medium), > 0
 * @param mImag imaginary part of the same ratio, >= 0 (absorbing)
 * @param sizeParameter 2 pi (radius) (index of the medium) / (vacuum wavelength), > 0
 */
export function mieEfficiencies(mReal: number, mImag: number, sizeParameter: number): MieEfficiencies {
  const x = sizeParameter;
  if (!(x > 0) || !(mReal > 0) || !(mImag >= 0)) {
    throw Object.assign(new Error('mieEfficiencies: size and index must be positive'), {
      code: 'mie-domain',
    });
  }
  // Number of terms after Wiscombe, Appl. Opt. 19 (1980) 1505.
  const termCount = Math.ceil(x + 4.05 * Math.cbrt(x) + 2);
  const d = logarithmicDerivatives(mReal * x, mImag * x, termCount);
  const mNorm = mReal * mReal + mImag * mImag;

  // Riccati-Bessel functions of the real argument x, upward: psi_n = x j_n, chi_n = -x y_n.
  let psiBefore = Math.cos(x);
  let psi = Math.sin(x);
  let chiBefore = -Math.sin(x);
  let chi = Math.cos(x);

  let extinction = 0;
  let scattering = 0;
  let cosineSum = 0;
  let aReBefore = 0;
  let aImBefore = 0;
  let bReBefore = 0;
  let bImBefore = 0;
  for (let n = 1; n <= termCount; n += 1) {
    const psiNext = ((2 * n - 1) * psi) / x - psiBefore;
    const chiNext = ((2 * n - 1) * chi) / x - chiBefore;
    const dRe = d[2 * n] as number;
    const dIm = d[2 * n + 1] as number;
    // a_n = [(D_n/m + n/x) psi_n - psi_(n-1)] / [(D_n/m + n/x) xi_n - xi_(n-1)], b_n with m D_n; xi = psi - i chi.
    const uRe = (dRe * mReal + dIm * mImag) / mNorm + n / x;
    const uIm = (dIm * mReal - dRe * mImag) / mNorm;
    const vRe = dRe * mReal - dIm * mImag + n / x;
    const vIm = dRe * mImag + dIm * mReal;
    const [aRe, aIm] = coefficient(uRe, uIm, psiNext, psi, chiNext, chi);
    const [bRe, bIm] = coefficient(vRe, vIm, psiNext, psi, chiNext, chi);

    extinction += (2 * n + 1) * (aRe + bRe);
    scattering += (2 * n + 1) * (aRe * aRe + aIm * aIm + bRe * bRe + bIm * bIm);
    cosineSum += ((2 * n + 1) / (n * (n + 1))) * (aRe * bRe + aIm * bIm);
    cosineSum +=
      (((n - 1) * (n + 1)) / n) * (aReBefore * aRe + aImBefore * aIm + bReBefore * bRe + bImBefore * bIm);

    aReBefore = aRe;
    aImBefore = aIm;
    bReBefore = bRe;
    bImBefore = bIm;
    psiBefore = psi;
    psi = psiNext;
    chiBefore = chi;
    chi = chiNext;
  }
  return {
    extinction: (2 / (x * x)) * extinction,
    scattering: (2 / (x * x)) * scattering,
    asymmetry: scattering > 0 ? (2 * cosineSum) / scattering : 0,
  };
}

/** D_n(z) = psi_n'(z)/psi_n(z) for n = 0..count, by downward recurrence, which is stable. Pairs [re, im, re, im …]. */
function logarithmicDerivatives(zRe: number, zIm: number, count: number): Float64Array {
  // The customary start 15 terms above |z| is too low for large, nearly clear spheres (2e-5 at x = 100).
  const size = Math.hypot(zRe, zIm);
  const start = Math.ceil(Math.max(count, size) + 16 + 10 * Math.cbrt(size));
  const d = new Float64Array(2 * (start + 1));
  const zNorm = zRe * zRe + zIm * zIm;
  for (let n = start; n >= 1; n -= 1) {
    const ratioRe = (n * zRe) / zNorm;
    const ratioIm = (-n * zIm) / zNorm;
    const sumRe = (d[2 * n] as number) + ratioRe;
    const sumIm = (d[2 * n + 1] as number) + ratioIm;
    const sumNorm = sumRe * sumRe + sumIm * sumIm;
    d[2 * n - 2] = ratioRe - sumRe / sumNorm;
    d[2 * n - 1] = ratioIm + sumIm / sumNorm;
  }
  return d;
}

function coefficient(
  qRe: number,
  qIm: number,
  psi: number,
  psiBefore: number,
  chi: number,
  chiBefore: number,
): [number, number] {
  const topRe = qRe * psi - psiBefore;
  const topIm = qIm * psi;
  const bottomRe = qRe * psi + qIm * chi - psiBefore;
  const bottomIm = qIm * psi - qRe * chi + chiBefore;
  const norm = bottomRe * bottomRe + bottomIm * bottomIm;
  return [(topRe * bottomRe + topIm * bottomIm) / norm, (topIm * bottomRe - topRe * bottomIm) / norm];
}

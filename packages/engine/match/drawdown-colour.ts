import type { Spectrum } from '../light/index.ts';
import { skinGrid } from '../skin/index.ts';
import { aboveSurface, opaqueReflectance, paintSurface } from './kubelka-munk.ts';
import type { Pigment } from './pigment.ts';

/**
 * What an opaque drawdown of pigments mixed by dose looks like on paper: reflectance in air without gloss, 0..1, on the
 * 400-700 nm, 10 nm grid. One pigment is its masstone, a pigment with white its tint. This is paint on a card, not
 * pigment in skin (docs/science/pigments.md).
 * @param parts doses above 0 in the set's unit; only their ratio counts
 */
export function drawdownReflectance(
  parts: readonly { readonly pigment: Pick<Pigment, 'K' | 'S'>; readonly dose: number }[],
): Spectrum {
  const values = Float64Array.from({ length: skinGrid.count }, (_, i) => {
    let absorption = 0;
    let scattering = 0;
    for (const { pigment, dose } of parts) {
      absorption += dose * (pigment.K[i] as number);
      scattering += dose * (pigment.S[i] as number);
    }
    // What scatters nothing is black when opaque.
    const internal01 = scattering > 0 ? opaqueReflectance(absorption / scattering) : 0;
    return aboveSurface(internal01, paintSurface);
  });
  return { startNm: skinGrid.startNm, stepNm: skinGrid.stepNm, values };
}

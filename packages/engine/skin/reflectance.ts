import type { Spectrum } from '../light/index.ts';
import { makePhase, makeQuadrature } from './quadrature.ts';
import type { SkinParameters } from './skin-parameters.ts';
import { layerOptics, skinAnisotropy, skinGrid, skinRefractiveIndex } from './skin-parameters.ts';
import { layerMatrices, makeLayerMatrices, makeWorkspace } from './transport.ts';
import { addBelow, makeView, reflectanceAbove, resetView } from './view.ts';

/** 8 directions while editing, 12 for results: rms errors 0.001 and 0.0002 of reflectance. */
export type Quality = 'interactive' | 'fine';
export const qualityPoints: Record<Quality, number> = { interactive: 8, fine: 12 };

/** Where pigment lies: what is above it, and the layer that holds it. */
export interface Geometry {
  readonly epidermisUm: number;
  /** Dermis without pigment between epidermis and pigment; it holds blood like the rest. */
  readonly clearDermisUm: number;
  readonly pigmentLayerUm: number;
}

export const standardGeometry: Geometry = { epidermisUm: 80, clearDermisUm: 70, pigmentLayerUm: 300 };

/** Pigment in the dermis: its own absorption and reduced scattering, added to the tissue's; zero is no dose. */
export interface PigmentLayer {
  readonly geometry: Geometry;
  /** cm-1 per band of skinGrid. */
  readonly muaPerCm: ArrayLike<number>;
  readonly muspPerCm: ArrayLike<number>;
}

/**
 * Total reflectance (0..1) of skin at normal incidence, gloss included, on `skinGrid`, by adding-doubling:
 * surface, epidermis, dermis without and with pigment, dermis without end. Without pigment the epidermis is the
 * standard 80 µm. For a patch without melanin set `melaninFraction` to 0.
 */
export function reflectanceOf(
  skin: SkinParameters,
  pigment?: PigmentLayer,
  quality: Quality = 'fine',
): Spectrum {
  const points = qualityPoints[quality];
  const quadrature = makeQuadrature(points, skinRefractiveIndex);
  const phase = makePhase(quadrature, skinAnisotropy);
  const work = makeWorkspace(points);
  const layer = makeLayerMatrices(points);
  const view = makeView(quadrature);
  const optics = layerOptics(skin);
  const geometry = pigment?.geometry ?? standardGeometry;
  const values = new Float64Array(skinGrid.count);
  for (let band = 0; band < skinGrid.count; band++) {
    const musp = optics.muspPerCm[band];
    const add = (muaPerCm: number, muspPerCm: number, thicknessUm: number) => {
      const optical = {
        muaPerCm,
        musPerCm: muspPerCm / (1 - skinAnisotropy),
        thicknessCm: thicknessUm * 1e-4,
      };
      layerMatrices(quadrature, phase, optical, work, layer);
      if (Number.isFinite(thicknessUm)) addBelow(view, layer);
    };
    resetView(view);
    add(optics.epidermisMuaPerCm[band], musp, geometry.epidermisUm);
    if (pigment) {
      add(optics.dermisMuaPerCm[band], musp, geometry.clearDermisUm);
      add(
        optics.dermisMuaPerCm[band] + pigment.muaPerCm[band],
        musp + pigment.muspPerCm[band],
        geometry.pigmentLayerUm,
      );
    }
    add(optics.dermisMuaPerCm[band], musp, Number.POSITIVE_INFINITY);
    values[band] = reflectanceAbove(view, layer.reflection);
  }
  return { startNm: skinGrid.startNm, stepNm: skinGrid.stepNm, values };
}

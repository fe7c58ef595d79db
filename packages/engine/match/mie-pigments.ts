import { resample } from '../light/index.ts';
import { skinGrid } from '../skin/index.ts';
import { mieEfficiencies } from './mie.ts';
import { nkTables } from './nk-tables.ts';
import { absorptionPerK, nominalLayerUm, type Pigment, type PigmentSet } from './pigment.ts';

/**
 * Pigments computed from optical constants. A last resort: measured drawdowns have two to three times the chroma of
 * what these constants give (docs/science/pigments.md).
 */
export interface MiePigmentRequest {
  readonly id: string;
  readonly name: string;
  readonly material: keyof typeof nkTables;
  readonly ciNumber?: string;
  /** Median diameter of log-normally distributed spheres, micrometres. */
  readonly diameterUm: number;
  /** Geometric standard deviation of the diameter, at least 1. */
  readonly spread: number;
}

const dermisIndex = 1.4;

export function pigmentFromMie(request: MiePigmentRequest): Pigment {
  const { absorptionPerUm, scatteringPerUm } = spheres(request, dermisIndex);
  // 1 mg/cm² of dispersed pigment, spread through the nominal layer, fills this share of its volume.
  const fraction = 1e-3 / nkTables[request.material].densityGPerCm3 / (nominalLayerUm * 1e-4);
  return {
    id: request.id,
    name: request.name,
    kind: 'ink',
    ...(request.ciNumber === undefined ? {} : { ciNumber: request.ciNumber }),
    K: absorptionPerUm.map((value) => (value * 1e4 * fraction) / absorptionPerK),
    S: scatteringPerUm.map((value) => value * 1e4 * fraction),
    relativeSd: { K: 0.6, S: 0.3 },
    provenance: {
      method: 'mie',
      source: `Mie spheres of ${request.diameterUm} µm, ${nkTables[request.material].source}`,
    },
    isWhiteOpacifier: request.material === 'rutile',
  };
}

/** Iron oxides, titanium dioxide and carbon as dispersed spheres. Unit of dose: 1 mg/cm². */
export function miePigments(): PigmentSet {
  return {
    name: 'pigments computed from optical constants',
    kind: 'ink',
    doseUnit: 'mg/cm² fully dispersed',
    undilutedDose: 0.46,
    doseCalibrated: false,
    pigments: [
      {
        id: 'titanium-white',
        name: 'titanium dioxide',
        material: 'rutile',
        ciNumber: '77891',
        diameterUm: 0.25,
      },
      {
        id: 'yellow-iron-oxide',
        name: 'yellow iron oxide',
        material: 'goethite',
        ciNumber: '77492',
        diameterUm: 0.2,
      },
      {
        id: 'red-iron-oxide',
        name: 'red iron oxide',
        material: 'hematite',
        ciNumber: '77491',
        diameterUm: 0.2,
      },
      { id: 'carbon-black', name: 'carbon black', material: 'carbon', ciNumber: '77266', diameterUm: 0.05 },
    ].map((request) => pigmentFromMie({ ...request, spread: 1.3 } as MiePigmentRequest)),
  };
}

/** Shape of S of white paint: rutile crystals of 0.25 µm in a binder of index 1.5, 1 at 550 nm. */
export function whiteScatteringInPaint(): Float64Array {
  const { scatteringPerUm } = spheres({ material: 'rutile', diameterUm: 0.25, spread: 1.3 }, 1.5);
  const at550 = scatteringPerUm[(550 - skinGrid.startNm) / skinGrid.stepNm] as number;
  return scatteringPerUm.map((value) => value / at550);
}

/** Absorption and reduced scattering per µm of a volume filled with spheres, were they far apart. */
function spheres(
  { material, diameterUm, spread }: Pick<MiePigmentRequest, 'material' | 'diameterUm' | 'spread'>,
  mediumIndex: number,
): { absorptionPerUm: Float64Array; scatteringPerUm: Float64Array } {
  const rays = nkTables[material].rays.map(({ share, n, k }) => ({
    share,
    n: resample({ ...nkTables[material].grid, values: Float64Array.from(n) }, skinGrid).values,
    k: resample({ ...nkTables[material].grid, values: Float64Array.from(k) }, skinGrid).values,
  }));
  const absorptionPerUm = new Float64Array(skinGrid.count);
  const scatteringPerUm = new Float64Array(skinGrid.count);
  const sigma = Math.log(spread);
  for (let i = 0; i < skinGrid.count; i += 1) {
    const wavelengthUm = (skinGrid.startNm + i * skinGrid.stepNm) / 1000;
    let volume = 0;
    for (let step = -10; step <= 10; step += 1) {
      const d = diameterUm * Math.exp((sigma * step) / 4);
      const number = Math.exp(-((step / 4) ** 2) / 2);
      volume += (number * Math.PI * d ** 3) / 6;
      for (const { share, n, k } of rays) {
        const { extinction, scattering, asymmetry } = mieEfficiencies(
          (n[i] as number) / mediumIndex,
          Math.max(k[i] as number, 0) / mediumIndex,
          (Math.PI * d * mediumIndex) / wavelengthUm,
        );
        const area = (number * share * Math.PI * d * d) / 4;
        absorptionPerUm[i] = (absorptionPerUm[i] as number) + area * Math.max(extinction - scattering, 0);
        scatteringPerUm[i] = (scatteringPerUm[i] as number) + area * scattering * (1 - asymmetry);
      }
    }
    absorptionPerUm[i] = (absorptionPerUm[i] as number) / volume;
    scatteringPerUm[i] = (scatteringPerUm[i] as number) / volume;
  }
  return { absorptionPerUm, scatteringPerUm };
}

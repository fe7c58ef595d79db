import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aboveSurface,
  absorptionToScattering,
  belowSurface,
  filmCoefficients,
  filmReflectance,
  opaqueReflectance,
  paintSurface,
} from './kubelka-munk.ts';

const unit = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('two-flux paint films', () => {
  it('crosses the surface and back without change, with gloss and without', () => {
    fc.assert(
      fc.property(unit(0.001, 0.999), fc.boolean(), (r, glossIncluded) => {
        const surface = { ...paintSurface, glossIncluded };
        expect(belowSurface(aboveSurface(r, surface), surface)).toBeCloseTo(r, 10);
      }),
    );
  });

  it('turns K/S into opaque reflectance and back', () => {
    fc.assert(
      fc.property(unit(0.005, 0.995), (r) => {
        expect(opaqueReflectance(absorptionToScattering(r))).toBeCloseTo(r, 10);
      }),
    );
  });

  it('recovers K and S from a film over two backings', () => {
    fc.assert(
      fc.property(unit(0.01, 3), unit(0.05, 2), (kx, sx) => {
        const over = (backing01: number) => ({ film01: filmReflectance(kx, sx, backing01), backing01 });
        const found = filmCoefficients(over(0.03), over(0.85));
        expect(found).toBeDefined();
        expect((found as { kx: number }).kx / kx).toBeCloseTo(1, 5);
        expect((found as { sx: number }).sx / sx).toBeCloseTo(1, 5);
      }),
    );
  });

  it('shows the backing through nothing, and forgets it when the film is thick', () => {
    expect(filmReflectance(1e-9, 1e-6, 0.4)).toBeCloseTo(0.4, 5);
    expect(filmReflectance(20, 40, 0.05)).toBeCloseTo(opaqueReflectance(0.5), 6);
  });

  it('says nothing about a film that hides its backing', () => {
    expect(
      filmCoefficients({ film01: 0.3, backing01: 0.03 }, { film01: 0.3, backing01: 0.85 }),
    ).toBeUndefined();
  });
});

import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lab } from '../light/index.ts';
import { colorimeter, deltaE00, labOf, labUnder, resample } from '../light/index.ts';
import { forearms, learnSkinPrior } from '../tools/learn-skin-prior.ts';
import type { SpectrumReading } from './index.ts';
import {
  checkReading,
  exampleSkin,
  fitSkin,
  glossReflectance01,
  makeSkinModel,
  reflectanceOf,
  skinGrid,
} from './index.ts';
import { seededChance } from './random.ts';
import { makeModelScratch, modelReflectance, toParameters } from './skin-model.ts';

const model = makeSkinModel();
const subjects = [...forearms().values()];
const spectrumOf = (values: Float64Array) => ({ startNm: skinGrid.startNm, stepNm: skinGrid.stepNm, values });
const measured = (values: Float64Array): SpectrumReading => ({
  kind: 'spectrum',
  reflectance01: spectrumOf(values),
  instrument: 'sphere-sci',
});
const quantile = (values: readonly number[], share: number) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
};

describe('the model that is fitted', () => {
  const vector = (lnMelanin: number, lnBlood: number, scatter: number) => ({
    x: [lnMelanin, 3.3, lnBlood, 0.8, Math.log(15), -0.5, Math.log(0.3), 1.3],
    scatter,
  });
  const evaluate = (x: readonly number[], scatter: number) => {
    const out = new Float64Array(31);
    const jacobian = new Float64Array(31 * 8);
    modelReflectance(model, x, scatter, makeModelScratch(), out, jacobian, 8);
    return { out, jacobian };
  };

  it('equals direct transport within 3e-4 from fair to very dark', () => {
    for (const lnMelanin of [-9, -4, -2, -1]) {
      for (const { x, scatter } of [
        vector(lnMelanin, -8, 20),
        vector(lnMelanin, -5, 40),
        vector(lnMelanin, -2.5, 70),
      ]) {
        const direct = reflectanceOf(toParameters(x, scatter)).values;
        evaluate(x, scatter).out.forEach((value, i) =>
          expect(Math.abs(value - direct[i])).toBeLessThan(3e-4),
        );
      }
    }
  });

  it('has the slopes that its differences show', () => {
    const { x, scatter } = vector(-4, -5, 35);
    const { out, jacobian } = evaluate(x, scatter);
    x.forEach((_, p) => {
      const step = 1e-5;
      const moved = evaluate(x.with(p, x[p] + step), scatter).out;
      moved.forEach((value, i) => expect(jacobian[i * 8 + p]).toBeCloseTo((value - out[i]) / step, 4));
    });
  });
});

describe('fitting a spectrum', () => {
  it('explains 50 measured forearms within the bars', () => {
    const fits = subjects.map((values) => fitSkin(measured(values), { model, observer: '2' }));
    const rmse = fits.map((fit) => fit.rmse01 ?? 1);
    const difference = fits.map((fit) => fit.deltaE00);
    expect(quantile(rmse, 0.5)).toBeLessThan(0.006);
    expect(quantile(rmse, 0.95)).toBeLessThan(0.008);
    expect(quantile(difference, 0.5)).toBeLessThan(0.4);
    expect(quantile(difference, 0.95)).toBeLessThan(1);
  });

  it('finds the skin that made a spectrum, scattering scale given', () => {
    assert(
      property(
        double({ min: 0.005, max: 0.2, noNaN: true }),
        double({ min: 0.003, max: 0.02, noNaN: true }),
        double({ min: 0.3, max: 0.8, noNaN: true }),
        (melaninFraction, bloodFraction, oxygenation01) => {
          const truth = { ...exampleSkin, melaninFraction, bloodFraction, oxygenation01 };
          const fit = fitSkin(measured(reflectanceOf(truth).values), { model });
          expect(fit.deltaE00).toBeLessThan(0.4);
          expect(Math.abs(Math.log(fit.parameters.melaninFraction / melaninFraction))).toBeLessThan(0.35);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('finds hardly any melanin in a patch that has none', () => {
    const patch = reflectanceOf({ ...exampleSkin, melaninFraction: 0 });
    const fit = fitSkin(measured(patch.values), { model });
    expect(fit.parameters.melaninFraction).toBeLessThan(0.003);
  });

  it('says that grey card is no skin it knows', () => {
    const codes = fitSkin(measured(new Float64Array(31).fill(0.3)), { model }).warnings.map(
      (warning) => warning.code,
    );
    expect(codes).toContain('unusual-skin');
    const forearm = fitSkin(measured(subjects[4]), { model }).warnings.map((warning) => warning.code);
    expect(forearm).toEqual(['scattering-assumed']);
  });

  it('trusts a noisy spectrum less', () => {
    const spread = (sd01: number) => {
      const fit = fitSkin({ ...measured(subjects[2]), sd01 }, { model, samples: 60 });
      const blue = fit.samples.map((sample) => sample.reflectance01[5]);
      return quantile(blue, 0.95) - quantile(blue, 0.05);
    };
    expect(spread(0.02)).toBeGreaterThan(2 * spread(0));
  });

  it('orders skins by melanin as their lightness does', () => {
    const fits = [0.01, 0.03, 0.08, 0.2].map((melaninFraction) =>
      fitSkin(measured(reflectanceOf({ ...exampleSkin, melaninFraction }).values), { model }),
    );
    const melanin = fits.map((fit) => fit.parameters.melaninFraction);
    expect(melanin.toSorted((a, b) => a - b)).toEqual(melanin);
    expect(fits.at(-1)?.warnings.map((warning) => warning.code)).toContain('dark-skin-little-data');
    expect(fits[0].warnings.map((warning) => warning.code)).not.toContain('dark-skin-little-data');
  });

  it('does not depend on the grid of the file', () => {
    const values = subjects[7];
    const coarse = fitSkin(measured(values), { model });
    const fine = resample(spectrumOf(values), { startNm: 400, stepNm: 1, count: 301 });
    const again = fitSkin({ kind: 'spectrum', reflectance01: fine, instrument: 'sphere-sci' }, { model });
    expect(deltaE00(again.lab, coarse.lab)).toBeLessThan(0.1);
  });

  it('takes gloss into account: the same skin without its gloss is the same skin', () => {
    const total = subjects[3];
    const dull = total.map((value) => value - glossReflectance01);
    const withGloss = fitSkin(measured(total), { model });
    const without = fitSkin({ ...measured(dull), instrument: 'sphere-sce' }, { model });
    expect(without.parameters.melaninFraction).toBeCloseTo(withGloss.parameters.melaninFraction, 6);
    expect(without.lab.L).toBeLessThan(withGloss.lab.L);
  });

  it('draws skins around the fit, the same ones for the same seed', () => {
    const draw = (seed: number) => fitSkin(measured(subjects[0]), { model, samples: 40, seed });
    const fit = draw(3);
    expect(draw(3).samples).toEqual(fit.samples);
    expect(draw(4).samples).not.toEqual(fit.samples);
    for (let i = 0; i < 31; i++) {
      const spread = fit.samples.map((sample) => sample.reflectance01[i]);
      expect(quantile(spread, 0.5)).toBeCloseTo(fit.reflectance01.values[i], 2);
    }
  });
});

describe('fitting a colour', () => {
  const daylight = colorimeter('D65/10', skinGrid);

  it('returns skins that have the colour', () => {
    const lab: Lab<'D65/10'> = { white: 'D65/10', L: 62, a: 11, b: 17 };
    const fit = fitSkin({ kind: 'lab', lab, instrument: 'contact-colorimeter' }, { model, samples: 100 });
    expect(fit.deltaE00).toBeLessThan(0.5);
    const near = fit.samples.filter(
      (sample) =>
        deltaE00(
          labUnder(
            daylight,
            sample.reflectance01.map((value) => value - glossReflectance01),
          ),
          lab,
        ) < 2.5,
    );
    expect(near.length).toBeGreaterThan(90);
  });

  it('widens what it assumes when the colour is unlike the skins it knows, and says so', () => {
    const sallow: Lab<'D65/10'> = { white: 'D65/10', L: 60, a: 0, b: 28 };
    const fit = fitSkin(
      { kind: 'lab', lab: sallow, instrument: 'contact-colorimeter' },
      { model, samples: 20 },
    );
    expect(fit.deltaE00).toBeLessThan(1.5);
    expect(fit.warnings.map((warning) => warning.code)).toContain('unusual-skin');
    const usual: Lab<'D65/10'> = { white: 'D65/10', L: 64, a: 9, b: 16 };
    const known = fitSkin(
      { kind: 'lab', lab: usual, instrument: 'contact-colorimeter' },
      { model, samples: 20 },
    );
    expect(known.warnings.map((warning) => warning.code)).not.toContain('unusual-skin');
  });

  it('is less sure of a colour from a photograph', () => {
    const lab = labOf(spectrumOf(subjects[5].map((value) => value - glossReflectance01)), 'D65/2');
    const width = (instrument: 'camera' | 'contact-colorimeter') => {
      const fit = fitSkin({ kind: 'lab', lab, instrument }, { model, samples: 100 });
      const green = fit.samples.map((sample) => sample.reflectance01[15]);
      return quantile(green, 0.95) - quantile(green, 0.05);
    };
    expect(width('camera')).toBeGreaterThan(1.5 * width('contact-colorimeter'));
  });

  it('covers 85 to 95 % of the spectra of people it has not seen with its 90 % interval, exact readings or not', {
    timeout: 240_000,
  }, () => {
    const folds = 10;
    const sdLab = 0.2;
    const chance = seededChance(11);
    const inside = { exact: 0, noisy: 0 };
    for (let fold = 0; fold < folds; fold++) {
      const prior = learnSkinPrior(
        subjects.filter((_, i) => i % folds !== fold),
        model,
      );
      for (const values of subjects.filter((_, i) => i % folds === fold)) {
        const exact = labOf(spectrumOf(values), 'D65/10');
        const error = () => sdLab * chance.normal();
        const noisy = { ...exact, L: exact.L + error(), a: exact.a + error(), b: exact.b + error() };
        for (const [kind, lab] of Object.entries({ exact, noisy })) {
          const reading = { kind: 'lab', lab, instrument: 'sphere-sci', sdLab } as const;
          const { samples } = fitSkin(reading, { model, prior, samples: 100 });
          values.forEach((value, i) => {
            const spread = samples.map((sample) => sample.reflectance01[i]);
            const holds = value >= quantile(spread, 0.05) && value <= quantile(spread, 0.95);
            if (holds) inside[kind as keyof typeof inside]++;
          });
        }
      }
    }
    const readings = subjects.length * skinGrid.count;
    for (const share of [inside.exact / readings, inside.noisy / readings]) {
      expect(share).toBeGreaterThan(0.85);
      expect(share).toBeLessThan(0.95);
    }
  });
});

describe('readings that cannot be skin', () => {
  it('are refused with the reason and the place', () => {
    const narrow = {
      kind: 'spectrum',
      reflectance01: { startNm: 420, stepNm: 10, values: new Float64Array(29) },
      instrument: 'sphere-sci',
    } as const;
    expect(checkReading(narrow)).toMatchObject({ ok: false, reason: 'spectrum-too-narrow' });
    const percent = measured(subjects[0].map((value) => value * 100));
    expect(checkReading(percent)).toMatchObject({ ok: false, reason: 'value-out-of-range' });
    const blue = {
      kind: 'lab',
      lab: { white: 'D65/10', L: 40, a: 0, b: -80 },
      instrument: 'camera',
    } as const;
    expect(checkReading(blue)).toMatchObject({ ok: false, reason: 'impossible-lab' });
    expect(() => fitSkin(blue, { model })).toThrowError(expect.objectContaining({ code: 'bad-reading' }));
  });
});

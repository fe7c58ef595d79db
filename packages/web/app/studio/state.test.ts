import { samplePaints } from '@undertone/engine/match/index.ts';
import type { Mask } from '@undertone/engine/photo/index.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currentStep,
  emptyStudio,
  maskOf,
  type StudioAct,
  type StudioPhoto,
  type StudioState,
  scaleOf,
} from './state.ts';
import { labOf, numberOf } from './typed.ts';
import { studioReducer } from './undo.ts';

const photo: StudioPhoto = {
  file: new File([], 'patch.jpg'),
  sha256: '00',
  picture: { widthPx: 6, heightPx: 4, rgba: new Uint8ClampedArray(96) },
  reducedBy: 1,
};
const withPhoto = studioReducer(emptyStudio, { type: 'photo', photo });

const mask = (bytes: readonly number[]): Mask => ({ widthPx: 6, heightPx: 4, alpha: Uint8Array.from(bytes) });
const anyMask = fc.array(fc.constantFrom(0, 255, 128), { minLength: 24, maxLength: 24 }).map(mask);
const draw = (state: StudioState, region: Mask) =>
  studioReducer(state, { type: 'region', mask: region, source: 'brush', taps: [] });

describe('the region’s history', () => {
  it('shows what was drawn last, byte for byte', () => {
    fc.assert(
      fc.property(fc.array(anyMask, { minLength: 1, maxLength: 8 }), (masks) => {
        const state = masks.reduce(draw, withPhoto);
        expect(maskOf(state)?.alpha).toEqual(masks.at(-1)?.alpha);
      }),
    );
  });

  it('goes back and forth without loss, and never past its ends', () => {
    fc.assert(
      fc.property(fc.array(anyMask, { minLength: 1, maxLength: 8 }), fc.nat(12), (masks, times) => {
        const drawn = masks.reduce(draw, withPhoto);
        let state = drawn;
        for (let n = 0; n < times; n += 1) state = studioReducer(state, { type: 'undo' });
        for (let n = 0; n < times; n += 1) state = studioReducer(state, { type: 'redo' });
        expect(state.at).toBe(drawn.at);
        expect(maskOf(state)).toEqual(maskOf(drawn));
      }),
    );
  });

  it('takes no answer to what has been changed since, whatever it was', () => {
    const of = draw(withPhoto, mask(Array(24).fill(255)));
    const late: StudioAct = {
      type: 'region',
      mask: mask(Array(24).fill(128)),
      source: 'brush',
      taps: [],
      of,
    };
    expect(studioReducer(of, late).history).toHaveLength(2);
    const changes: readonly StudioAct[] = [
      { type: 'undo' },
      { type: 'clear' },
      { type: 'photo', photo: { ...photo } },
      { type: 'treatment', treatment: 'lip' },
      { ...late, of },
    ];
    for (const change of changes) {
      const changed = studioReducer(of, change);
      expect(studioReducer(changed, late)).toBe(changed);
    }
    // What has nothing to do with the region leaves the answer its place.
    const typed = studioReducer(of, { type: 'mmPerPx', typed: '0.2' });
    expect(studioReducer(typed, late).history).toHaveLength(2);
  });

  it('forgets what was undone when something new is drawn', () => {
    const two = [mask(Array(24).fill(255)), mask(Array(24).fill(0))].reduce(draw, withPhoto);
    const branched = draw(studioReducer(two, { type: 'undo' }), mask(Array(24).fill(128)));
    expect(branched.history).toHaveLength(2);
    expect(studioReducer(branched, { type: 'redo' })).toBe(branched);
  });
});

describe('a tap’s proposal', () => {
  const propose = (confidence01: number) =>
    studioReducer(withPhoto, {
      type: 'region',
      mask: mask(Array(24).fill(255)),
      source: 'tap',
      taps: [],
      confidence01,
    });

  it('keeps its likelihood until a hand draws, and again when that is undone', () => {
    const drawn = draw(propose(0.4), mask(Array(24).fill(128)));
    expect(currentStep(propose(0.4))?.confidence01).toBe(0.4);
    expect(currentStep(drawn)?.confidence01).toBeUndefined();
    expect(currentStep(studioReducer(drawn, { type: 'undo' }))?.confidence01).toBe(0.4);
  });

  it('brings up the brush when it is doubtful, and only then', () => {
    expect(propose(0.4).tool).toBe('add');
    expect(propose(0.8).tool).toBe('tap');
  });
});

describe('a plan', () => {
  const planned = { ...withPhoto, plan: {} as StudioState['plan'], savedPlanId: 'x' };
  const changes: StudioAct[] = [
    { type: 'photo', photo },
    { type: 'treatment', treatment: 'lip' },
    { type: 'site', site: 'face' },
    { type: 'region', mask: mask(Array(24).fill(255)), source: 'tap', taps: [] },
    { type: 'clear' },
    { type: 'ruler', ruler: null },
    { type: 'mmPerPx', typed: '0.1' },
    { type: 'reading', of: 'patch', lab: { L: '70', a: '8', b: '15' } },
    { type: 'only', only: ['white'] },
    { type: 'spectrum', of: 'patch', spectrum: null },
    { type: 'conditions', conditions: { instrument: '45/0', white: 'D50/2' } },
    { type: 'pigments', id: 'sample', set: samplePaints },
    { type: 'existingHair', typed: '30' },
  ];

  it.each(changes.map((act) => [act.type, act] as const))('is let go when %s changes', (_, act) => {
    expect(studioReducer(planned, act)).toMatchObject({ plan: null, savedPlanId: null });
  });

  it('is shown only for the studio it was asked of', () => {
    const plan = {} as NonNullable<StudioState['plan']>;
    expect(studioReducer(withPhoto, { type: 'planned', plan, of: withPhoto }).plan).toBe(plan);
    const inputs = [
      'photo',
      'treatment',
      'site',
      'history',
      'at',
      'readings',
      'conditions',
      'only',
      'existingHairTyped',
    ] as const;
    const since = changes
      .map((act) => studioReducer(withPhoto, act))
      .filter((state) => inputs.some((input) => state[input] !== withPhoto[input]));
    expect(since.length).toBeGreaterThan(4);
    for (const state of since)
      expect(studioReducer(state, { type: 'planned', plan, of: withPhoto }).plan).toBeNull();
  });

  it.each([
    { type: 'tool', tool: 'move' },
    { type: 'brush', brushPx: 9 },
    { type: 'view', view: 'day0' },
  ] as const)('stays when only the view changes ($type)', (act) => {
    expect(studioReducer(planned, act).plan).toBe(planned.plan);
  });
});

describe('existing hair that was typed', () => {
  it('stays while the region is worked on, and goes with another photograph', () => {
    const typed = studioReducer(withPhoto, { type: 'existingHair', typed: '30' });
    const on = [
      { type: 'region', mask: mask(Array(24).fill(255)), source: 'brush', taps: [] },
      { type: 'mmPerPx', typed: '0.05' },
      { type: 'undo' },
    ] as const satisfies StudioAct[];
    expect(on.reduce<StudioState>(studioReducer, typed).existingHairTyped).toBe('30');
    expect(studioReducer(typed, { type: 'photo', photo }).existingHairTyped).toBeNull();
  });
});

describe('the pigments', () => {
  it('are chosen anew when the set changes, because another set has other names', () => {
    const chosen = studioReducer(withPhoto, { type: 'only', only: ['white', 'black'] });
    const set = { ...samplePaints, name: 'Shelf 2' };
    expect(studioReducer(chosen, { type: 'pigments', id: 'x', set })).toMatchObject({
      only: null,
      pigments: { id: 'x', set: { name: 'Shelf 2' } },
    });
  });

  it('stay as chosen with another photo', () => {
    const chosen = studioReducer(withPhoto, { type: 'only', only: ['white', 'black'] });
    expect(studioReducer(chosen, { type: 'photo', photo }).only).toEqual(['white', 'black']);
  });
});

describe('the scale', () => {
  const line = (lengthPx: number, lengthMm: string) =>
    scaleOf({
      ruler: { from: { x: 0, y: 0 }, to: { x: lengthPx, y: 0 }, lengthMm },
      mmPerPxTyped: '',
      calibration: null,
      irisScale: null,
    });

  const typed = (mmPerPxTyped: string, calibration: StudioState['calibration'] = null) =>
    scaleOf({ ruler: null, mmPerPxTyped, calibration, irisScale: null });
  const chart = {
    calibrated: true,
    residuals: [],
    tried: [],
    mmPerPx: 0.3,
    mmPerPxRelativeSd: 0.01,
    sdDeltaE: 2.5,
    differenceSdDeltaE: 1,
    reasons: [],
  };

  it('comes from the chart unless someone measured', () => {
    expect(typed('', chart)).toMatchObject({ ok: true, scale: { mmPerPx: 0.3, relativeSd: 0.01 } });
    expect(typed('0.2', chart)).toMatchObject({ ok: true, scale: { mmPerPx: 0.2 } });
  });

  it('comes from the irises where nothing else gives it', () => {
    const irisScale = { mmPerPx: 0.25, relativeSd: 0.05 };
    const none = { ruler: null, mmPerPxTyped: '', calibration: null, irisScale };
    expect(scaleOf(none)).toMatchObject({ ok: true, scale: irisScale });
    expect(scaleOf({ ...none, calibration: chart })).toMatchObject({ scale: { mmPerPx: 0.3 } });
    expect(scaleOf({ ...none, mmPerPxTyped: '0.2' })).toMatchObject({ scale: { mmPerPx: 0.2 } });
  });

  it('is the line’s length over its pixels, surer the longer the line', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 1000 }), fc.integer({ min: 5, max: 90 }), (px, mm) => {
        const [short, long] = [line(px, String(mm)), line(px * 2, String(mm * 2))];
        const scales = [short, long].map((choice) =>
          choice.ok ? choice.scale : { mmPerPx: NaN, relativeSd: NaN },
        );
        expect(scales[0]?.mmPerPx).toBeCloseTo(mm / px, 12);
        expect(scales[1]?.mmPerPx).toBeCloseTo(mm / px, 12);
        expect(scales[1]?.relativeSd).toBeLessThan(scales[0]?.relativeSd ?? 0);
      }),
    );
  });

  it.each([
    [line(10, '5'), 'ruler-short'],
    [line(100, 'ten'), 'not-a-number'],
    [line(100, '9000'), 'out-of-range'],
    [line(100, ''), 'none'],
    [typed('5'), 'out-of-range'],
    [typed('x'), 'not-a-number'],
    [typed(' '), 'none'],
  ])('says what is wrong (%#)', (choice, reason) => {
    expect(choice).toEqual({ ok: false, reason });
  });
});

describe('typed numbers', () => {
  it.each([
    ['64,2', 64.2],
    ['६४.२', 64.2],
    ['৬৪.২', 64.2],
    ['−3', -3],
    [' .5 ', 0.5],
    ['1e5', undefined],
    ['', undefined],
    ['12 mm', undefined],
  ])('reads %j as %j', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  it('makes a colour of three, nothing of none, and names the field that is wrong', () => {
    expect(labOf({ L: '64', a: '9', b: '16' })).toEqual({ ok: true, lab: { L: 64, a: 9, b: 16 } });
    expect(labOf({ L: '', a: ' ', b: '' })).toEqual({ ok: true, lab: null });
    expect(labOf({ L: '64', a: '', b: '16' })).toEqual({ ok: false, field: 'a', reason: 'missing' });
    expect(labOf({ L: '640', a: '9', b: '16' })).toEqual({ ok: false, field: 'L', reason: 'out-of-range' });
  });
});

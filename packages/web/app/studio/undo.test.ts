import type { Mask } from '@undertone/engine/photo/index.ts';
import type { ScalpLine } from '@undertone/engine/region/landmarks/index.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currentStep,
  emptyStudio,
  maskOf,
  type StudioAct,
  type StudioPhoto,
  type StudioState,
} from './state.ts';
import { canRedo, canUndo, studioReducer } from './undo.ts';

const photo: StudioPhoto = {
  file: new File([], 'patch.jpg'),
  sha256: '00',
  picture: { widthPx: 6, heightPx: 4, rgba: new Uint8ClampedArray(96) },
  reducedBy: 1,
};
const withPhoto = studioReducer(emptyStudio, { type: 'photo', photo });

/** What a person sees of what undo takes back. */
const shown = (state: StudioState) => ({
  region: maskOf(state)?.alpha,
  line: currentStep(state)?.line,
  treatment: state.treatment,
  site: state.site,
  ruler: state.ruler,
  mmPerPxTyped: state.mmPerPxTyped,
  existingHairTyped: state.existingHairTyped,
  irisScale: state.irisScale,
  densityStrokes: state.densityStrokes,
});

const mask = (bytes: readonly number[]): Mask => ({ widthPx: 6, heightPx: 4, alpha: Uint8Array.from(bytes) });
const coordinate = fc.integer({ min: 0, max: 5 });
const point = fc.record({ x: coordinate, y: coordinate });
const anyAct: fc.Arbitrary<StudioAct> = fc.oneof(
  fc.array(fc.constantFrom(0, 255, 128), { minLength: 24, maxLength: 24 }).map((bytes) => ({
    type: 'region' as const,
    mask: mask(bytes),
    source: 'brush' as const,
    taps: [],
  })),
  fc.constant({ type: 'clear' as const }),
  fc.constantFrom('vitiligo', 'lip', 'scalp').map((treatment) => ({ type: 'treatment' as const, treatment })),
  fc.record({ from: point, to: point, lengthMm: fc.constantFrom('', '5', '12') }).map((ruler) => ({
    type: 'ruler' as const,
    ruler,
  })),
  fc.constantFrom('0', '0.1', '').map((typed) => ({ type: 'mmPerPx' as const, typed })),
  fc.constantFrom('30', '', null).map((typed) => ({ type: 'existingHair' as const, typed })),
  fc
    .array(point, { minLength: 1, maxLength: 5 })
    .map((points) => ({ type: 'densityStroke' as const, points })),
  fc.constantFrom(0.5, 1, 1.5).map((factor) => ({ type: 'densityFactor' as const, factor })),
  fc.constant({ type: 'densityAsPlanned' as const }),
  fc.constantFrom('tap', 'add', 'move').map((tool) => ({ type: 'tool' as const, tool })),
  fc.constant({ type: 'reading' as const, of: 'patch' as const, lab: { L: '70', a: '8', b: '15' } }),
);
const someActs = fc.array(anyAct, { maxLength: 25 });

const send = (state: StudioState, type: 'undo' | 'redo', times = 1) => {
  let now = state;
  for (let n = 0; n < times; n += 1) now = studioReducer(now, { type });
  return now;
};
const toTheEnd = (state: StudioState, type: 'undo' | 'redo') => {
  const can = type === 'undo' ? canUndo : canRedo;
  let now = state;
  while (can(now)) now = studioReducer(now, { type });
  return now;
};

describe('undo and redo', () => {
  it('undone to the beginning, whatever was done, it stands as it began', () => {
    fc.assert(
      fc.property(someActs, (acts) => {
        const start = toTheEnd(acts.reduce(studioReducer, withPhoto), 'undo');
        expect(shown(start)).toEqual(shown(withPhoto));
        expect(studioReducer(start, { type: 'undo' })).toBe(start);
      }),
    );
  });

  it('as many steps forth as back lose nothing', () => {
    fc.assert(
      fc.property(someActs, fc.nat(30), (acts, times) => {
        const done = acts.reduce(studioReducer, withPhoto);
        const back = send(done, 'undo', times);
        const steps = Math.min(times, done.trail.past.length);
        expect(shown(send(back, 'redo', steps))).toEqual(shown(done));
      }),
    );
  });

  it('one step back is the state before the act, unless a number was being typed', () => {
    fc.assert(
      fc.property(someActs, anyAct, (acts, act) => {
        const before = acts.reduce(studioReducer, withPhoto);
        const after = studioReducer(before, act);
        if (after.trail === before.trail || after.trail.typing !== null) return;
        expect(shown(send(after, 'undo'))).toEqual(shown(before));
      }),
    );
  });

  it('takes a typed number back as one, and lets go of the plan', () => {
    const typed = ['0', '0.', '0.2'].reduce<StudioState>(
      (state, text) => studioReducer(state, { type: 'mmPerPx', typed: text }),
      withPhoto,
    );
    const planned = { ...typed, plan: {} as StudioState['plan'], savedPlanId: 'x' };
    expect(send(planned, 'undo')).toMatchObject({ mmPerPxTyped: '', plan: null, savedPlanId: null });
    expect(send(send(planned, 'undo'), 'redo').mmPerPxTyped).toBe('0.2');
  });

  it('brings a cleared region back, and a drawn line that a typed scale took the place of', () => {
    const drawn = studioReducer(withPhoto, {
      type: 'region',
      mask: mask(Array(24).fill(255)),
      source: 'brush',
      taps: [],
    });
    const cleared = studioReducer(drawn, { type: 'clear' });
    expect(maskOf(send(cleared, 'undo'))).toEqual(maskOf(drawn));
    const ruler = { from: { x: 0, y: 0 }, to: { x: 5, y: 0 }, lengthMm: '10' };
    const lined = studioReducer(withPhoto, { type: 'ruler', ruler });
    const overTyped = studioReducer(lined, { type: 'mmPerPx', typed: '0.3' });
    expect(send(overTyped, 'undo')).toMatchObject({ ruler, mmPerPxTyped: '' });
  });

  it('takes a moved hairline back as one act, exactly, and a brush keeps the line', () => {
    const lineAt = (y: number): ScalpLine => {
      const place = { x: 1, y };
      const vector = [0, 0, 1] as const;
      return {
        hairline: {
          rightTemporalPeak: place,
          rightFrontotemporal: place,
          midFrontal: place,
          leftFrontotemporal: place,
          leftTemporalPeak: place,
        },
        on: {
          glabella: place,
          left: vector,
          up: vector,
          forward: vector,
          mmPerPx: 1,
          rightCanthus: vector,
          leftCanthus: vector,
        },
        isWhole: true,
      };
    };
    const region = { type: 'region', taps: [] } as const;
    const acts: StudioAct[] = [
      { ...region, source: 'landmarks', mask: mask(Array(24).fill(255)), line: lineAt(1) },
      { ...region, source: 'landmarks', mask: mask(Array(24).fill(128)), line: lineAt(2) },
      { ...region, source: 'brush', mask: mask(Array(24).fill(90)) },
    ];
    const [found, moved, drawn] = acts.map((_, n) =>
      acts.slice(0, n + 1).reduce(studioReducer, withPhoto),
    ) as [StudioState, StudioState, StudioState];
    expect(currentStep(drawn)?.line).toEqual(lineAt(2));
    expect(shown(send(drawn, 'undo'))).toEqual(shown(moved));
    expect(shown(send(moved, 'undo'))).toEqual(shown(found));
    expect(shown(send(send(moved, 'undo'), 'redo'))).toEqual(shown(moved));
  });

  it('never leaves a tool that the treatment has not', () => {
    const tapping = studioReducer(studioReducer(withPhoto, { type: 'treatment', treatment: 'lip' }), {
      type: 'treatment',
      treatment: 'vitiligo',
    });
    expect(tapping.tool).toBe('tap');
    expect(send(tapping, 'undo')).toMatchObject({ treatment: 'lip', tool: 'add' });
  });

  it('goes back through the region of work that was kept, which has no trail', () => {
    const drawn = [255, 128].reduce<StudioState>(
      (state, value) =>
        studioReducer(state, {
          type: 'region',
          mask: mask(Array(24).fill(value)),
          source: 'brush',
          taps: [],
        }),
      withPhoto,
    );
    const restored = studioReducer(emptyStudio, {
      type: 'restored',
      studio: { ...drawn, trail: emptyStudio.trail },
    });
    const back = send(restored, 'undo', 2);
    expect(canUndo(back)).toBe(false);
    expect(maskOf(back)?.alpha.every((value) => value === 0)).toBe(true);
    expect(maskOf(send(back, 'redo', 2))).toEqual(maskOf(drawn));
  });
});

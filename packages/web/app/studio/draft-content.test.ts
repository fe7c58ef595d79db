import {
  draftStateSchema,
  draftStepSchema,
  draftTrailMost,
} from '@undertone/clinic/planning/draft-schema.ts';
import { samplePaints } from '@undertone/engine/match/index.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf, createDraftIds, restoredStudio, whichGoesOn } from './draft-content.ts';
import { emptyStudio, maskOf, type StudioPhoto, type StudioState } from './state.ts';
import { studioReducer } from './undo.ts';

const photoOf = (): StudioPhoto => ({
  file: new File([], 'patch.jpg'),
  sha256: 'ab'.repeat(32),
  picture: { widthPx: 6, heightPx: 4, rgba: new Uint8ClampedArray(96) },
  reducedBy: 1,
});
const idMaker = () => {
  let n = 0;
  return () => `00000000-0000-4000-8000-${String((n += 1)).padStart(12, '0')}`;
};

const at = fc.record({ x: fc.nat(5), y: fc.nat(3) });
const vector = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9));
const line = fc.record({
  hairline: fc.record({
    rightTemporalPeak: at,
    rightFrontotemporal: at,
    midFrontal: at,
    leftFrontotemporal: at,
    leftTemporalPeak: at,
  }),
  on: fc.record({
    glabella: at,
    left: vector,
    up: vector,
    forward: vector,
    mmPerPx: fc.constantFrom(0.1, 0.5),
    rightCanthus: vector,
    leftCanthus: vector,
  }),
  isWhole: fc.boolean(),
});

const act = fc.oneof(
  fc.array(fc.constantFrom(0, 255, 90), { minLength: 24, maxLength: 24 }).chain((alpha) =>
    fc.record({
      type: fc.constant('region' as const),
      mask: fc.constant({ widthPx: 6, heightPx: 4, alpha: Uint8Array.from(alpha) }),
      source: fc.constantFrom('tap' as const, 'brush' as const, 'landmarks' as const),
      taps: fc.array(fc.record({ x: fc.nat(5), y: fc.nat(3) }), { maxLength: 2 }),
      notes: fc.array(fc.string({ maxLength: 9 }), { maxLength: 2 }),
    }),
  ),
  fc
    .array(fc.record({ x: fc.nat(5), y: fc.nat(3) }), { minLength: 1, maxLength: 4 })
    .map((points) => ({ type: 'densityStroke' as const, points })),
  fc.constantFrom(0.5, 1, 1.5).map((factor) => ({ type: 'densityFactor' as const, factor })),
  line.map((moved) => ({
    type: 'region' as const,
    mask: { widthPx: 6, heightPx: 4, alpha: new Uint8Array(24).fill(255) },
    source: 'landmarks' as const,
    taps: [],
    line: moved,
  })),
  fc.constant({ type: 'clear' as const }),
  fc.constant({ type: 'densityAsPlanned' as const }),
  fc.constant({ type: 'undo' as const }),
  fc.constant({ type: 'redo' as const }),
  fc.string({ maxLength: 12 }).map((typed) => ({ type: 'mmPerPx' as const, typed })),
  fc.string({ maxLength: 6 }).map((typed) => ({ type: 'existingHair' as const, typed })),
  fc
    .constantFrom('lip' as const, 'scalp' as const)
    .map((treatment) => ({ type: 'treatment' as const, treatment })),
  fc.string({ maxLength: 6 }).map((L) => ({
    type: 'reading' as const,
    of: 'patch' as const,
    lab: { L, a: '', b: '' },
  })),
);

describe('what is kept of the studio', () => {
  it('brings back every state, and undo and redo of every act with it, by way of JSON', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const photo = photoOf();
        const start = studioReducer(emptyStudio, { type: 'photo', photo });
        const state = acts.reduce<StudioState>(studioReducer, start);
        const kept = contentOf(state, createDraftIds(idMaker()));
        if (!kept) throw new Error('a photograph was chosen');
        const read = JSON.parse(JSON.stringify(kept)) as typeof kept;
        const content = {
          state: draftStateSchema.parse(read.state),
          steps: read.steps.map((step) => draftStepSchema.parse(step)),
        };
        const ids = createDraftIds(idMaker());
        const back = restoredStudio(content, photo, { id: 'sample', set: samplePaints }, ids);
        if (!back.ok) throw new Error(back.reason);
        // A number that is typed on after coming back is an act of its own.
        let was: StudioState = { ...state, trail: { ...state.trail, typing: null } };
        let is = back.studio;
        expect(is).toEqual({ ...was, plan: null, savedPlanId: null });
        for (const type of ['undo', 'undo', 'redo', 'undo', 'undo', 'undo', 'redo', 'redo'] as const) {
          was = studioReducer(was, { type });
          is = studioReducer(is, { type });
          expect(is).toEqual({ ...was, plan: null, savedPlanId: null });
        }
        // Kept again without a change, it is the same draft: nothing is sent.
        expect(contentOf(back.studio, ids)).toEqual(content);
      }),
    );
  });

  it('holds the acts next to now when there are more than a draft keeps', () => {
    const photo = photoOf();
    let state = studioReducer(emptyStudio, { type: 'photo', photo });
    for (let n = 0; n < 100; n += 1) {
      const alpha = Uint8Array.from({ length: 24 }, (_, p) => (p <= n % 24 ? 255 : 0));
      const mask = { widthPx: 6, heightPx: 4, alpha };
      state = studioReducer(state, { type: 'region', mask, source: 'brush', taps: [] });
      if (n % 3 === 0) state = studioReducer(state, { type: 'clear' });
    }
    for (let n = 0; n < 30; n += 1) state = studioReducer(state, { type: 'undo' });
    const ids = createDraftIds(idMaker());
    const kept = contentOf(state, ids);
    if (!kept) throw new Error('a photograph was chosen');
    const { trail } = draftStateSchema.parse(JSON.parse(JSON.stringify(kept.state)));
    expect([trail?.past.length, trail?.ahead.length]).toEqual([draftTrailMost.past, draftTrailMost.ahead]);
    const back = restoredStudio(kept, photo, { id: 'sample', set: samplePaints }, ids);
    if (!back.ok) throw new Error(back.reason);
    let [was, is] = [state, back.studio];
    const all = [...Array(draftTrailMost.past).fill('undo'), ...Array(draftTrailMost.past).fill('redo')];
    for (const type of all as ('undo' | 'redo')[]) {
      was = studioReducer(was, { type });
      is = studioReducer(is, { type });
      expect(maskOf(is)).toEqual(maskOf(was));
    }
  });

  it('opens a draft of before the acts were kept, with undo of its region', () => {
    const photo = photoOf();
    const mask = { widthPx: 6, heightPx: 4, alpha: new Uint8Array(24).fill(255) };
    const drawn = studioReducer(studioReducer(emptyStudio, { type: 'photo', photo }), {
      type: 'region',
      mask,
      source: 'brush',
      taps: [],
    });
    const ids = createDraftIds(idMaker());
    const kept = contentOf(drawn, ids);
    if (!kept) throw new Error('a photograph was chosen');
    const { trail: _, ...older } = kept.state;
    const back = restoredStudio({ ...kept, state: older }, photo, { id: 'sample', set: samplePaints }, ids);
    if (!back.ok) throw new Error(back.reason);
    expect(back.studio.trail.past).toEqual([]);
    expect(maskOf(studioReducer(back.studio, { type: 'undo' }))?.alpha.every((a) => a === 0)).toBe(true);
  });

  it('is nothing before a photograph is chosen', () => {
    expect(contentOf(emptyStudio, createDraftIds(idMaker()))).toBeUndefined();
  });

  it('is not laid over a photograph of another size, nor with a step that is broken', () => {
    const photo = photoOf();
    const drawn = studioReducer(studioReducer(emptyStudio, { type: 'photo', photo }), {
      type: 'region',
      mask: { widthPx: 6, heightPx: 4, alpha: new Uint8Array(24).fill(255) },
      source: 'brush',
      taps: [],
    });
    const content = contentOf(drawn, createDraftIds(idMaker()));
    if (!content) throw new Error('a photograph was chosen');
    const set = { id: 'sample', set: samplePaints };
    const ids = createDraftIds(idMaker());
    const larger = { ...photo, picture: { ...photo.picture, widthPx: 7 } };
    expect(restoredStudio(content, larger, set, ids)).toEqual({ ok: false, reason: 'other-size' });
    const broken = { ...content, steps: [] };
    expect(restoredStudio(broken, photo, set, ids)).toEqual({ ok: false, reason: 'broken' });
  });
});

describe('two copies of a draft', () => {
  const revision = fc.integer({ min: 1, max: 9 });

  it('never let work of this device go that no server has', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.option(revision, { nil: undefined }), (mine, theirs) => {
        const which = whichGoesOn({
          device: { revision: mine, isSaved: false },
          ...(theirs !== undefined && { server: { revision: theirs } }),
        });
        expect(['device', 'apart']).toContain(which);
        // Over what somebody else saved since, never.
        const isSavedSince = theirs !== undefined && theirs !== mine;
        expect(isSavedSince && which === 'device').toBe(false);
      }),
    );
  });

  it('take the server’s where this device has nothing more', () => {
    expect(whichGoesOn({ server: { revision: 4 } })).toBe('server');
    expect(whichGoesOn({ device: { revision: 3, isSaved: true }, server: { revision: 4 } })).toBe('server');
    expect(whichGoesOn({ device: { revision: 3, isSaved: true } })).toBe('none');
    expect(whichGoesOn({})).toBe('none');
  });
});

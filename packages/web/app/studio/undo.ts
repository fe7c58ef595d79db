import type { StudioAct, StudioState } from './state.ts';

/**
 * What undo takes back: what is treated, the region, the scale, the hair in the zone. Readings and pigments are corrected
 * where they stand.
 */
const takenBack = [
  'treatment',
  'site',
  'history',
  'at',
  'ruler',
  'mmPerPxTyped',
  'existingHairTyped',
  'irisScale',
] as const satisfies readonly (keyof StudioState)[];

type Before = Pick<StudioState, (typeof takenBack)[number]>;

/** How the studio stood before each act, oldest first, and what was undone, last first from the end. */
export interface Trail {
  readonly past: readonly Before[];
  readonly ahead: readonly Before[];
  /** The field that was typed into last: a number is one act, however many keys it took. */
  readonly typing: string | null;
}

export const noTrail: Trail = { past: [], ahead: [], typing: null };

/** Acts that can be undone. */
const most = 120;

const beforeOf = (state: StudioState): Before => {
  const { treatment, site, history, at, ruler, mmPerPxTyped, existingHairTyped, irisScale } = state;
  return { treatment, site, history, at, ruler, mmPerPxTyped, existingHairTyped, irisScale };
};

function fieldOf(act: StudioAct, { ruler }: StudioState): string | null {
  if (act.type === 'mmPerPx') return act.type;
  if (act.type === 'existingHair') return act.typed === null ? null : act.type;
  const isLength =
    act.type === 'ruler' && ruler && act.ruler?.from === ruler.from && act.ruler.to === ruler.to;
  return isLength ? 'lengthMm' : null;
}

/** The state after an act, with a step back to the one before it where there is anything to take back. */
export function kept(before: StudioState, act: StudioAct, after: StudioState): StudioState {
  if (takenBack.every((key) => after[key] === before[key])) return after;
  const { past, ahead, typing } = before.trail;
  const field = fieldOf(act, before);
  const isSameNumber = field !== null && field === typing && ahead.length === 0;
  return {
    ...after,
    trail: { past: isSameNumber ? past : [...past, beforeOf(before)].slice(-most), ahead: [], typing: field },
  };
}

/** Work that was kept has no trail but its region's steps. */
export const canUndo = ({ trail, at }: StudioState) => trail.past.length > 0 || at >= 0;
export const canRedo = ({ trail, at, history }: StudioState) =>
  trail.ahead.length > 0 || at < history.length - 1;

const standing = (state: StudioState, at: Before): StudioState => ({
  ...state,
  ...at,
  // The tap is a tool of patches only.
  tool: at.treatment === state.treatment ? state.tool : at.treatment === 'vitiligo' ? 'tap' : 'add',
  plan: null,
  savedPlanId: null,
});

/** The studio one act earlier. The region's later steps stay, so that a draft kept meanwhile can bring them back. */
export function undone(state: StudioState): StudioState {
  if (!canUndo(state)) return state;
  const { past, ahead } = state.trail;
  const last = past.at(-1) ?? { ...beforeOf(state), at: state.at - 1 };
  const isBeginning = last.history.every((step, n) => step === state.history[n]);
  const history = isBeginning ? state.history : last.history;
  return {
    ...standing(state, { ...last, history }),
    trail: { past: past.slice(0, -1), ahead: [...ahead, beforeOf(state)], typing: null },
  };
}

export function redone(state: StudioState): StudioState {
  if (!canRedo(state)) return state;
  const { past, ahead } = state.trail;
  const next = ahead.at(-1) ?? { ...beforeOf(state), at: state.at + 1 };
  return {
    ...standing(state, next),
    trail: { past: [...past, beforeOf(state)].slice(-most), ahead: ahead.slice(0, -1), typing: null },
  };
}

import { nextState, type StudioAct, type StudioState, type TakenBack } from './state.ts';

/** Acts that can be undone. */
const most = 120;

const beforeOf = (state: StudioState): TakenBack => {
  const { treatment, site, history, at, ruler, mmPerPxTyped, existingHairTyped, irisScale, densityStrokes } =
    state;
  return {
    treatment,
    site,
    history,
    at,
    ruler,
    mmPerPxTyped,
    existingHairTyped,
    irisScale,
    densityStrokes,
  };
};

function fieldOf(act: StudioAct, { ruler }: StudioState): string | null {
  if (act.type === 'mmPerPx') return act.type;
  if (act.type === 'existingHair') return act.typed === null ? null : act.type;
  const isLength =
    act.type === 'ruler' && ruler && act.ruler?.from === ruler.from && act.ruler.to === ruler.to;
  return isLength ? 'lengthMm' : null;
}

/** The state after an act, with a step back to the one before it where there is anything to take back. */
function kept(before: StudioState, act: StudioAct, after: StudioState): StudioState {
  const [was, is] = [beforeOf(before), beforeOf(after)];
  if ((Object.keys(was) as (keyof TakenBack)[]).every((key) => is[key] === was[key])) return after;
  const { past, ahead, typing } = before.trail;
  const field = fieldOf(act, before);
  const isSameNumber = field !== null && field === typing && ahead.length === 0;
  return {
    ...after,
    trail: { past: isSameNumber ? past : [...past, was].slice(-most), ahead: [], typing: field },
  };
}

/** Work that was kept has no trail but its region's steps. */
export const canUndo = ({ trail, at }: StudioState) => trail.past.length > 0 || at >= 0;
export const canRedo = ({ trail, at, history }: StudioState) =>
  trail.ahead.length > 0 || at < history.length - 1;

const standing = (state: StudioState, at: TakenBack): StudioState => ({
  ...state,
  ...at,
  // The tap is a tool of patches only.
  tool: at.treatment === state.treatment ? state.tool : at.treatment === 'vitiligo' ? 'tap' : 'add',
  plan: null,
  savedPlanId: null,
});

/** The studio one act earlier. The region's later steps stay, so that a draft kept meanwhile can bring them back. */
function undone(state: StudioState): StudioState {
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

function redone(state: StudioState): StudioState {
  if (!canRedo(state)) return state;
  const { past, ahead } = state.trail;
  const next = ahead.at(-1) ?? { ...beforeOf(state), at: state.at + 1 };
  return {
    ...standing(state, next),
    trail: { past: [...past, beforeOf(state)].slice(-most), ahead: ahead.slice(0, -1), typing: null },
  };
}

/** The next state of the studio, undo and redo among its acts. */
export function studioReducer(state: StudioState, act: StudioAct): StudioState {
  if (act.type === 'undo') return undone(state);
  if (act.type === 'redo') return redone(state);
  const next = nextState(state, act);
  return act.type === 'photo' || act.type === 'restored' ? next : kept(state, act, next);
}

/**
 * What a clinic screens by, as one document: gates with their words, and schedules of test spots. Pure and browser-safe.
 *
 *   shippedProtocol()                     as it comes with the program
 *   withGate(protocol, change)            with other words, source, actions or waits of one gate
 *   withSpot(protocol, change)            with another schedule of one kind of spot
 *   laxities(before, after)               where the later lets pass what the earlier did not
 *
 * A change that is nowhere laxer and changes no words holds at once. Everything else is a draft until a physician has
 * reviewed it: a stricter gate costs a visit, a laxer one may cost more.
 */
import { z } from 'zod';
import {
  type Effect,
  type Gate,
  type GateAction,
  gateIds,
  type Treatment,
  treatments,
} from '../candidacy/gates.ts';
import { type GateId, gates, severity, textOf } from '../candidacy/rules.ts';
import { type Language, language as languages } from '../tenant/schema.ts';
import {
  type After,
  type ReadingId,
  type ReadingRule,
  readingIds,
  readingsFor,
  type SpotKind,
  type SpotProtocol,
  spotKinds,
  spotProtocols,
  spotSigns,
} from './spots.ts';

export interface GateWords {
  readonly question: string;
  readonly reason: string;
}

export interface ScreeningProtocol {
  readonly v: 1;
  readonly gates: readonly Gate[];
  readonly words: Readonly<Record<Language, Readonly<Record<GateId, GateWords>>>>;
  readonly spots: Readonly<Record<SpotKind, SpotProtocol>>;
}

export function shippedProtocol(): ScreeningProtocol {
  const wordsIn = (language: Language) =>
    Object.fromEntries(
      gateIds.map((id) => {
        const { question, reason } = textOf(language).gates[id];
        return [id, { question, reason }];
      }),
    ) as Record<GateId, GateWords>;
  return {
    v: 1,
    gates,
    words: Object.fromEntries(
      languages.options.map((one) => [one, wordsIn(one)]),
    ) as ScreeningProtocol['words'],
    spots: spotProtocols,
  };
}

const actions = ['INFORM', 'REVIEW', 'DEFER', 'STOP'] as const satisfies readonly GateAction[];
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'Write something here.')
    .max(most, `At most ${most} characters.`)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'Use letters, no control characters.');
const words = z.object({ question: line(400), reason: line(600) });

export const gateChange = z.object({
  gate: z.enum(gateIds),
  words: z.object({ en: words, hi: words, bn: words, ne: words }),
  source: line(400),
  /** By option, or `option.treatment` where treatments differ. */
  actions: z.record(z.string(), z.enum(actions)),
  /** By the same names: how long a finding holds after its date, in the unit it is said in; left out: as it was. */
  waits: z
    .record(z.string(), z.int('Whole numbers.').min(1, 'At least 1.').max(520, 'At most 520.'))
    .default({}),
});
export type GateChange = z.input<typeof gateChange>;

export const spotChange = z.object({
  kind: z.enum(spotKinds),
  /** Whose own schedule it is; left out: that of every treatment without one. */
  treatment: z.enum(treatments).optional(),
  /** With `treatment`: whether it has a schedule of its own at all. */
  isOwn: z.boolean().default(true),
  requiredFor: z.array(z.enum(treatments)).max(3),
  source: line(400),
  readings: z.array(
    z.object({
      id: z.enum(readingIds),
      from: z.int('Whole numbers.').min(1, 'At least 1.').max(1000, 'At most 1000.'),
      until: z.int('Whole numbers.').min(1, 'At least 1.').max(1000, 'At most 1000.'),
      isRequired: z.boolean(),
      /** What is looked at; left out: as it was. */
      signs: z.array(z.enum(spotSigns)).min(1, 'At least one.').optional(),
    }),
  ),
});
export type SpotChange = z.input<typeof spotChange>;

/** Where an action can be set: the option, for which treatment, and what it does now. */
export function effectsOf(gate: Gate): readonly { readonly key: string; readonly effect: Effect }[] {
  return gate.options.flatMap(({ id, effect, effectFor }) => [
    ...(effect === undefined ? [] : [{ key: id, effect }]),
    ...Object.entries(effectFor ?? {}).map(([treatment, one]) => ({
      key: `${id}.${treatment}`,
      effect: one,
    })),
  ]);
}

/** Actions an effect can be given: to wait needs a time to wait. */
export function actionsFor(effect: Effect): readonly GateAction[] {
  return actions.filter(
    (action) => action !== 'DEFER' || effect.action === 'DEFER' || effect.wait !== undefined,
  );
}

/** How long a finding holds, where the clinic may say so. Years are those of coming of age: the law's, not a protocol's. */
export function waitOf({
  wait,
}: Effect): { readonly amount: number; readonly unit: 'weeks' | 'months' } | undefined {
  if (wait === undefined || 'years' in wait) return undefined;
  return 'weeks' in wait ? { amount: wait.weeks, unit: 'weeks' } : { amount: wait.months, unit: 'months' };
}

function withWait(effect: Effect, amount: number | undefined): Effect {
  const now = waitOf(effect);
  if (now === undefined || amount === undefined) return effect;
  return { ...effect, wait: now.unit === 'weeks' ? { weeks: amount } : { months: amount } };
}

function withAction(effect: Effect, action: GateAction | undefined): Effect {
  if (action === undefined || action === effect.action) return effect;
  const { wait, afterWait, restriction } = effect;
  const kept = restriction === undefined ? {} : { restriction };
  if (action === 'INFORM') return { action, outcome: 'may-book', ...kept };
  if (action === 'REVIEW') return { action, outcome: 'see-doctor-first', ...kept };
  const outcome =
    action === 'DEFER'
      ? 'wait-until'
      : severity(effect.outcome) > severity('see-doctor-first')
        ? effect.outcome
        : 'see-doctor-first';
  return { action, outcome, ...(wait && { wait }), ...(afterWait && { afterWait }), ...kept };
}

export function withGate(
  protocol: ScreeningProtocol,
  change: z.output<typeof gateChange>,
): ScreeningProtocol {
  const { gate: id, words: said, source } = change;
  const withBoth = (effect: Effect, key: string) =>
    withWait(withAction(effect, change.actions[key]), change.waits[key]);
  const changed = protocol.gates.map((gate): Gate => {
    if (gate.id !== id) return gate;
    const options = gate.options.map((option) => ({
      ...option,
      ...(option.effect && { effect: withBoth(option.effect, option.id) }),
      ...(option.effectFor && {
        effectFor: Object.fromEntries(
          Object.entries(option.effectFor).map(([treatment, effect]) => [
            treatment,
            withBoth(effect, `${option.id}.${treatment}`),
          ]),
        ),
      }),
    }));
    return { ...gate, source, options: options as unknown as Gate['options'], reviewState: 'unreviewed' };
  });
  const wordsNow = Object.fromEntries(
    languages.options.map((one) => [one, { ...protocol.words[one], [id]: said[one] }]),
  ) as ScreeningProtocol['words'];
  return { ...protocol, gates: changed, words: wordsNow };
}

/** @returns undefined when a window ends before it begins; its place is named */
export function withSpot(
  protocol: ScreeningProtocol,
  change: z.output<typeof spotChange>,
):
  | { readonly ok: true; readonly protocol: ScreeningProtocol }
  | { readonly ok: false; readonly reading: string } {
  const before = protocol.spots[change.kind];
  const { treatment } = change;
  const readings: ReadingRule[] = [];
  for (const rule of treatment === undefined ? before.readings : readingsFor(before, treatment)) {
    const said = change.readings.find(({ id }) => id === rule.id);
    if (said === undefined) {
      readings.push(rule);
      continue;
    }
    if (said.until < said.from) return { ok: false, reading: rule.id };
    readings.push({
      ...rule,
      from: sameUnit(rule.from, said.from),
      until: sameUnit(rule.until, said.until),
      isRequired: said.isRequired,
      ...(said.signs && { signs: spotSigns.filter((sign) => said.signs?.includes(sign)) }),
    });
  }
  const spot = {
    ...before,
    requiredFor: change.requiredFor,
    source: change.source,
    ...(treatment === undefined ? { readings } : {}),
    ...(treatment !== undefined && { own: ownOf(before, treatment, change.isOwn ? readings : undefined) }),
    reviewState: 'unreviewed' as const,
  };
  return { ok: true, protocol: { ...protocol, spots: { ...protocol.spots, [change.kind]: spot } } };
}

function ownOf(
  { own = {} }: SpotProtocol,
  treatment: Treatment,
  readings: readonly ReadingRule[] | undefined,
): NonNullable<SpotProtocol['own']> {
  const { [treatment]: _, ...others } = own;
  return readings === undefined ? others : { ...others, [treatment]: readings };
}

export function amountOf(after: After): {
  readonly amount: number;
  readonly unit: 'minutes' | 'hours' | 'days';
} {
  if ('minutes' in after) return { amount: after.minutes, unit: 'minutes' };
  return 'hours' in after ? { amount: after.hours, unit: 'hours' } : { amount: after.days, unit: 'days' };
}

function sameUnit(after: After, amount: number): After {
  const { unit } = amountOf(after);
  if (unit === 'minutes') return { minutes: amount };
  return unit === 'hours' ? { hours: amount } : { days: amount };
}

/** Where the later document lets pass what the earlier did not: gates with their options, readings of spots. */
export function laxities(before: ScreeningProtocol, after: ScreeningProtocol): readonly string[] {
  const found: string[] = [];
  for (const gate of before.gates) {
    const now = after.gates.find(({ id }) => id === gate.id);
    const effects = new Map(now === undefined ? [] : effectsOf(now).map(({ key, effect }) => [key, effect]));
    for (const { key, effect } of effectsOf(gate))
      if (isLaxer(effect, effects.get(key))) found.push(`${gate.id} ${key}`);
    if (now === undefined || isLaxer(gate.unknown, now.unknown)) found.push(`${gate.id} unknown`);
  }
  for (const kind of spotKinds) {
    const now = after.spots[kind];
    for (const treatment of before.spots[kind].requiredFor)
      if (!now.requiredFor.includes(treatment)) found.push(`${kind} ${treatment}`);
    const then = before.spots[kind];
    for (const id of lessRead(then.readings, now.readings)) found.push(`${kind} ${id}`);
    for (const treatment of treatments)
      if (then.own?.[treatment] !== undefined || now.own?.[treatment] !== undefined)
        for (const id of lessRead(readingsFor(then, treatment), readingsFor(now, treatment)))
          found.push(`${kind} ${id} ${treatment}`);
  }
  return found;
}

/** Readings that a later schedule has not, or needs less, takes earlier, lets be later, or that look at less. */
function lessRead(before: readonly ReadingRule[], after: readonly ReadingRule[]): readonly ReadingId[] {
  return before.flatMap((rule) => {
    const other = after.find(({ id }) => id === rule.id);
    const isLess =
      other === undefined ||
      (rule.isRequired && !other.isRequired) ||
      amountOf(other.from).amount < amountOf(rule.from).amount ||
      amountOf(other.until).amount > amountOf(rule.until).amount ||
      rule.signs.some((sign) => !other.signs.includes(sign));
    return isLess ? [rule.id] : [];
  });
}

const weight: Readonly<Record<GateAction, number>> = { INFORM: 0, REVIEW: 1, DEFER: 2, STOP: 3 };

function isLaxer(before: Effect, after: Effect | undefined): boolean {
  if (after === undefined) return true;
  const { outcome, action, wait } = after;
  // Something that held until somebody looks again must not end by itself.
  const ends = before.wait === undefined && wait !== undefined;
  const [long, short] = [waitOf(before), waitOf(after)];
  const isShorter =
    long !== undefined && short !== undefined && (short.unit !== long.unit || short.amount < long.amount);
  const lost = before.restriction !== undefined && after.restriction !== before.restriction;
  return (
    weight[action] < weight[before.action] ||
    severity(outcome) < severity(before.outcome) ||
    ends ||
    isShorter ||
    lost
  );
}

/** With a physician's word on what the draft changed; on all of it where it changed nothing. */
export function reviewed(before: ScreeningProtocol, draft: ScreeningProtocol): ScreeningProtocol {
  const content = (value: { readonly reviewState: string }) => canonical({ ...value, reviewState: '' });
  const isSaid = (id: GateId) =>
    languages.options.some((one) => canonical(draft.words[one][id]) !== canonical(before.words[one][id]));
  const changedGates = new Set(
    draft.gates
      .filter((gate) => {
        const old = before.gates.find(({ id }) => id === gate.id);
        return old === undefined || isSaid(gate.id) || content(gate) !== content(old);
      })
      .map(({ id }) => id),
  );
  const changedSpots = new Set(
    spotKinds.filter((kind) => content(draft.spots[kind]) !== content(before.spots[kind])),
  );
  const isNothing = changedGates.size === 0 && changedSpots.size === 0;
  const spot = (kind: SpotKind): SpotProtocol =>
    isNothing || changedSpots.has(kind)
      ? { ...draft.spots[kind], reviewState: 'reviewed' }
      : draft.spots[kind];
  return {
    ...draft,
    gates: draft.gates.map((gate) =>
      isNothing || changedGates.has(gate.id) ? { ...gate, reviewState: 'reviewed' as const } : gate,
    ),
    spots: { trial: spot('trial'), patch: spot('patch') },
  };
}

/** The same text for the same data, whatever the order of fields: a version read back has its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Whether anything people read differs: words of a gate, or a source. */
export function wordsDiffer(before: ScreeningProtocol, after: ScreeningProtocol): boolean {
  const read = ({ words: said, gates: all, spots }: ScreeningProtocol) =>
    JSON.stringify([
      languages.options.map((one) => gateIds.map((id) => [said[one][id].question, said[one][id].reason])),
      gateIds.map((id) => all.find((gate) => gate.id === id)?.source),
      spotKinds.map((kind) => spots[kind].source),
    ]);
  return read(before) !== read(after);
}

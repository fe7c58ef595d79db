import type { Numbed, SessionRecord } from '@undertone/clinic/session/journal.ts';
import { numbingFacts } from '@undertone/clinic/session/journal.ts';
import { timesOf } from '@undertone/clinic/session/numbing.ts';
import type { Opening } from '@undertone/clinic/session/schema.ts';
import type { SessionHead } from './device-store.ts';

export type Step = 'before' | 'numbing' | 'work' | 'end';
export type NextAct =
  | {
      readonly act:
        | 'person'
        | 'numb'
        | 'remove-cream'
        | 'work'
        | 'observe'
        | 'keep'
        | 'sign'
        | 'done'
        | 'choose';
      readonly step: Step;
    }
  | { readonly act: 'wait-numbing'; readonly step: Step; readonly worksFromMs: number };

/** Milliseconds, by the clock `nowMs` is of, at which something done happened. */
export type AtMs = (done: { readonly at: string; readonly isSaved: boolean }) => number;

/** When a numbing works and must be off. */
export function numbingClock(one: Numbed, record: SessionRecord, opening: Opening, atMs: AtMs) {
  const { onsetMinutes, bestFromMinutes, removeByMinutes } = timesOf(one.body, numbingFacts(record, opening));
  const from = atMs(one);
  const after = (minutes: number) => from + minutes * 60_000;
  return {
    worksFromMs: after(onsetMinutes),
    bestFromMs: bestFromMinutes > onsetMinutes ? after(bestFromMinutes) : undefined,
    removeByMs: removeByMinutes === undefined ? undefined : after(removeByMinutes),
  };
}

/** The one thing to do now, and the part of the page it is done in. What cannot wait comes first. */
export function nextAct(
  record: SessionRecord,
  opening: Opening,
  session: Pick<SessionHead, 'state' | 'isBehind'>,
  nowMs: number,
  atMs: AtMs,
): NextAct {
  const clocks = record.numbing
    .filter(({ removedAt }) => removedAt === undefined)
    .map((one) => numbingClock(one, record, opening, atMs));
  if (
    session.state !== 'signed' &&
    clocks.some(({ removeByMs }) => removeByMs !== undefined && removeByMs <= nowMs)
  )
    return { act: 'remove-cream', step: 'numbing' };
  if (session.state === 'signed') return { act: 'done', step: 'end' };
  if (record.conflicts.length > 0) return { act: 'choose', step: 'before' };
  if (session.state === 'kept') return { act: session.isBehind ? 'keep' : 'sign', step: 'end' };
  const has = (field: keyof SessionRecord['fields']) => (record.fields[field]?.length ?? 0) > 0;
  const isWorking = record.firstNeedleAt !== undefined;
  if (!isWorking && has('stopReason')) return { act: 'keep', step: 'end' };
  if (!isWorking && (!has('weightKg') || !has('heightCm'))) return { act: 'person', step: 'before' };
  if (!isWorking && record.numbing.length === 0) return { act: 'numb', step: 'numbing' };
  const worksFromMs = Math.max(...clocks.map((one) => one.worksFromMs));
  if (!isWorking && worksFromMs > nowMs) return { act: 'wait-numbing', step: 'numbing', worksFromMs };
  const isRecorded = record.pigments.length > 0 && record.needles.length > 0 && record.passes.length > 0;
  if (!isRecorded) return { act: 'work', step: 'work' };
  if (!has('bleeding') || !has('endpoint') || !has('stopReason')) return { act: 'observe', step: 'end' };
  return { act: 'keep', step: 'end' };
}

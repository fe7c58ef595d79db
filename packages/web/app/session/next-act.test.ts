import { type KnownEntry, recordOf } from '@undertone/clinic/session/journal.ts';
import { commonProducts } from '@undertone/clinic/session/numbing.ts';
import type { BodyOf, EntryKind, Opening } from '@undertone/clinic/session/schema.ts';
import { describe, expect, it } from 'vitest';
import { nextAct } from './next-act.ts';

const opening: Opening = {
  ageMonths: 400,
  mayHavePrilocaine: true,
  mayHaveAmides: true,
  earlier: [],
  proposal: { zones: [], fields: {}, pigments: [], needles: [] },
  lots: [],
  people: [],
};
const startMs = Date.parse('2026-03-02T04:30:00Z');
const minute = 60_000;

function journal(...acts: readonly (readonly [EntryKind, unknown, number?])[]): KnownEntry[] {
  return acts.map(
    ([kind, body, atMinute = 0], i) =>
      ({
        id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
        deviceId: 'a',
        counter: i + 1,
        seenSeq: 0,
        saidAt: new Date(startMs + atMinute * minute).toISOString(),
        madeBy: 'b',
        kind,
        body: body as BodyOf<EntryKind>,
      }) as KnownEntry,
  );
}

const person = [
  ['set', { field: 'weightKg', value: 60, replaces: [] }],
  ['set', { field: 'heightCm', value: 165, replaces: [] }],
] as const;
const cream = [
  'numbing',
  { product: commonProducts[0], zone: 'a', amount: 2, areaCm2: 20, skin: 'intact', nearEye: false },
] as const;
const work = [
  ['pigment', { lotId: 'l', name: 'n', zone: 'a', drops: 1 }, 70],
  ['needle', { lotId: 'm', name: 'n', zone: 'a', count: 1 }, 70],
  ['pass', { zone: 'a', passes: 1 }, 70],
] as const;
const ending = [
  ['set', { field: 'bleeding', value: 'none', replaces: [] }],
  ['set', { field: 'endpoint', value: 'even-colour', replaces: [] }],
  ['set', { field: 'stopReason', value: 'as-planned', replaces: [] }],
] as const;

const asked = (
  entries: KnownEntry[],
  atMinute = 0,
  session: { state: 'open' | 'kept' | 'signed'; isBehind: boolean } = { state: 'open', isBehind: false },
) =>
  nextAct(recordOf(entries), opening, session, startMs + atMinute * minute, ({ at }) => Date.parse(at)).act;

describe('the next act', () => {
  it('leads from the person to the sheet', () => {
    expect(asked(journal())).toBe('person');
    expect(asked(journal(...person))).toBe('numb');
    expect(asked(journal(...person, cream), 10)).toBe('wait-numbing');
    expect(asked(journal(...person, cream), 65)).toBe('work');
    expect(asked(journal(...person, cream, ...work), 80)).toBe('observe');
    expect(asked(journal(...person, cream, ...work, ...ending), 80)).toBe('keep');
    const whole = journal(...person, ...work, ...ending);
    expect(asked(whole, 80, { state: 'kept', isBehind: false })).toBe('sign');
    expect(asked(whole, 80, { state: 'kept', isBehind: true })).toBe('keep');
    expect(asked(whole, 80, { state: 'signed', isBehind: false })).toBe('done');
  });

  it('is a cream that stayed on too long, whatever else there is to do', () => {
    expect(asked(journal(...person, cream), 300)).toBe('remove-cream');
    expect(asked(journal(...person, cream, ...work, ...ending), 301)).toBe('remove-cream');
  });

  it('may be keeping a session that was called off', () => {
    expect(asked(journal(['set', { field: 'stopReason', value: 'patient-wish', replaces: [] }]))).toBe(
      'keep',
    );
  });
});

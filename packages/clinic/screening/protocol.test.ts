import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type GateId, gatesFor, severity, type Treatment, treatments } from '../candidacy/rules.ts';
import type { Answers } from '../candidacy/schema.ts';
import { asTenant } from '../platform/database.ts';
import { testServices } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import type { Actor } from '../staff/schema.ts';
import { testMember } from '../staff/testing.ts';
import { decide, readScreening, saveAnswers } from './commands.ts';
import {
  protocolVersion,
  readProtocols,
  reviewProtocol,
  saveGate,
  saveSpot,
  signedProtocol,
} from './protocol.ts';
import {
  actionsFor,
  effectsOf,
  type GateChange,
  laxities,
  type ScreeningProtocol,
  type SpotChange,
  shippedProtocol,
  waitOf,
  withGate,
  wordsDiffer,
} from './protocol-rules.ts';
import { placeSpot, readSpot } from './spot-commands.ts';

const services = await testServices();
const shipped = shippedProtocol();

/** The gate as it is, to be sent with something else. */
function changeOf(gate: GateId, protocol: ScreeningProtocol = shipped): GateChange {
  const found = protocol.gates.find(({ id }) => id === gate);
  if (!found) throw new Error(gate);
  return {
    gate,
    words: {
      en: protocol.words.en[gate],
      hi: protocol.words.hi[gate],
      bn: protocol.words.bn[gate],
      ne: protocol.words.ne[gate],
    },
    source: found.source,
    actions: Object.fromEntries(effectsOf(found).map(({ key, effect }) => [key, effect.action])),
    waits: {},
  };
}

function trialOf(protocol: ScreeningProtocol = shipped): SpotChange {
  const { requiredFor, source, readings } = protocol.spots.trial;
  const days = (after: (typeof readings)[number]['from']) => ('days' in after ? after.days : 0);
  return {
    kind: 'trial',
    requiredFor: [...requiredFor],
    source,
    readings: readings.map(({ id, from, until, isRequired }) => ({
      id,
      from: days(from),
      until: days(until),
      isRequired,
    })),
  };
}

async function protocolsOf(actor: Actor) {
  const read = await readProtocols(services, actor);
  if (!read.ok) throw new Error(read.message);
  return read.protocols;
}

const clear = (treatment: Treatment): Answers =>
  Object.fromEntries(
    gatesFor(treatment, 'physician').map(({ id, options }) => [id, { choice: options[0].id }]),
  );

describe('a change of the gates', () => {
  it('holds at once when it is stricter everywhere and changes no words', async () => {
    const actor = await testMember(services);
    const saved = await saveGate(services, actor, 0, { ...changeOf('G10'), actions: { yes: 'STOP' } });
    expect(saved).toEqual({ ok: true, version: 1, isInForce: true });
    const made = await createPatient(services, actor, { name: 'Sample patient 111', language: 'en' });
    if (!made.ok) throw new Error(made.message);
    const patientId = made.patient.id;
    await saveAnswers(services, actor, {
      patientId,
      treatment: 'lip',
      answers: { ...clear('lip'), G10: { choice: 'yes' } },
    });
    const read = await readScreening(services, actor, patientId, 'lip');
    expect(read.ok && read.screening.findings.find(({ gate }) => gate === 'G10')?.action).toBe('STOP');
  });

  it('waits for a physician’s review when it lets more pass, or says anything else than before', async () => {
    const actor = await testMember(services);
    const laxer = await saveGate(services, actor, 0, { ...changeOf('G03'), actions: { yes: 'INFORM' } });
    expect(laxer).toEqual({ ok: true, version: 1, isInForce: false });
    expect(await protocolsOf(actor)).toMatchObject({ isDraft: true, laxer: ['G03 yes'] });
    expect((await protocolsOf(actor)).inForce).toEqual(shipped);
    expect(await reviewProtocol(services, actor, 1)).toEqual({ ok: true, version: 2, isInForce: true });
    const now = await protocolsOf(actor);
    expect(now.inForce.gates.find(({ id }) => id === 'G03')).toMatchObject({
      reviewState: 'reviewed',
      options: [{}, { effect: { action: 'INFORM', outcome: 'may-book' } }],
    });
    const words = {
      ...changeOf('G10', now.inForce).words,
      en: { question: 'Any reaction?', reason: 'It matters.' },
    };
    expect(await saveGate(services, actor, 2, { ...changeOf('G10', now.inForce), words })).toMatchObject({
      isInForce: false,
    });
    expect((await protocolsOf(actor)).versions.map(({ version, isInForce }) => [version, isInForce])).toEqual(
      [
        [3, false],
        [2, true],
        [1, false],
      ],
    );
  });

  it('is refused to others, over somebody else’s change, and with words nobody can read', async () => {
    const actor = await testMember(services);
    for (const role of ['desk', 'assistant', 'auditor'] as const) {
      const other = await testMember(services, role, actor.tenantId);
      expect(await saveGate(services, other, 0, changeOf('G01'))).toMatchObject({ reason: 'not-allowed' });
      expect(await reviewProtocol(services, other, 0)).toMatchObject({ reason: 'not-allowed' });
    }
    const two = await Promise.all([
      saveGate(services, actor, 0, { ...changeOf('G10'), actions: { yes: 'STOP' } }),
      saveGate(services, actor, 0, { ...changeOf('G12'), actions: { yes: 'STOP' } }),
    ]);
    expect(two.filter(({ ok }) => ok)).toHaveLength(1);
    expect(two.find(({ ok }) => !ok)).toMatchObject({ reason: 'protocol-changed' });
    const empty = { ...changeOf('G10').words, bn: { question: ' ', reason: 'x' } };
    expect(await saveGate(services, actor, 1, { ...changeOf('G10'), words: empty })).toMatchObject({
      reason: 'bad-form',
      field: 'words.bn.question',
    });
    const promise = {
      ...changeOf('G10').words,
      en: { question: 'Any reaction?', reason: 'We guarantee a cure.' },
    };
    expect(await saveGate(services, actor, 1, { ...changeOf('G10'), words: promise })).toMatchObject({
      reason: 'promise-in-text',
      field: 'words.en.reason',
    });
  });

  it('leaves an old decision as it was: its version weighs the same answers to the same findings', async () => {
    const actor = await testMember(services);
    const answers: Answers = { ...clear('lip'), G10: { choice: 'yes' } };
    const decideAnew = async (number: number) => {
      const made = await createPatient(services, actor, {
        name: `Sample patient 11${number}`,
        language: 'en',
      });
      if (!made.ok) throw new Error(made.message);
      const patientId = made.patient.id;
      await saveAnswers(services, actor, { patientId, treatment: 'lip', answers });
      const read = await readScreening(services, actor, patientId, 'lip');
      if (!read.ok) throw new Error(read.message);
      const reason = 'Looked at and weighed.';
      const done = await decide(services, actor, {
        patientId,
        treatment: 'lip',
        answersVersion: 1,
        overall: 'wait',
        reason,
        gates: read.screening.findings.map(({ gate }) => ({ gate, word: 'wait', reason })),
      });
      if (!done.ok) throw new Error(done.message);
      return patientId;
    };
    const first = await decideAnew(2);
    const { version } = await protocolsOf(actor);
    expect(version).toBe(0);
    await saveGate(services, actor, version, { ...changeOf('G10'), actions: { yes: 'STOP' } });
    const second = await decideAnew(3);
    const signedUnder = [];
    for (const patientId of [first, second]) {
      const read = await readScreening(services, actor, patientId, 'lip');
      const [decision] = read.ok ? read.screening.decisions : [];
      if (decision?.protocol === undefined) throw new Error('no version');
      const stored = await protocolVersion(services.db, actor.tenantId, decision.protocol.version);
      expect(stored?.sha256).toBe(decision.protocol.sha256);
      const again = evaluate(answers, {
        treatment: 'lip',
        today: decision.signedAt.slice(0, 10),
        audience: 'physician',
        gates: stored?.protocol.gates,
      });
      expect(decision.findings).toMatchObject(again.findings);
      expect(decision.findings).toHaveLength(again.findings.length);
      signedUnder.push([stored?.version, again.findings.find(({ gate }) => gate === 'G10')?.action]);
    }
    expect(signedUnder).toEqual([
      [1, 'REVIEW'],
      [2, 'STOP'],
    ]);
  });

  it('hides no draft: one saved before can still be reviewed', async () => {
    const actor = await testMember(services);
    expect(await saveGate(services, actor, 0, { ...changeOf('G03'), actions: { yes: 'INFORM' } })).toEqual({
      ok: true,
      version: 1,
      isInForce: false,
    });
    const shippedAs = await asTenant(services.db, actor.tenantId, (trx) =>
      signedProtocol(services, trx, actor.tenantId),
    );
    expect(shippedAs).toMatchObject({ version: 2, isInForce: true, createdBy: undefined });
    expect(await protocolsOf(actor)).toMatchObject({ version: 1, isDraft: true, laxer: ['G03 yes'] });
    expect(await reviewProtocol(services, actor, 1)).toEqual({ ok: true, version: 3, isInForce: true });
    const now = await protocolsOf(actor);
    expect(now.inForce.gates.find(({ id }) => id === 'G03')?.options[1]?.effect?.action).toBe('INFORM');
  });
});

describe('a change of a spot’s schedule', () => {
  it('moves the days its readings are due', async () => {
    const actor = await testMember(services);
    const later = trialOf();
    const readings = later.readings.map((one) => ({ ...one, from: one.from + 7 }));
    expect(await saveSpot(services, actor, 0, { ...later, readings })).toMatchObject({ isInForce: true });
    const made = await createPatient(services, actor, { name: 'Sample patient 114', language: 'en' });
    if (!made.ok) throw new Error(made.message);
    const placed = await placeSpot(services, actor, {
      patientId: made.patient.id,
      treatment: 'vitiligo',
      kind: 'trial',
      place: 'forearm',
      what: 'ochre',
    });
    if (!placed.ok) throw new Error(placed.message);
    services.clock.advance(44 * 86_400_000);
    const reading = { spotId: placed.spotId, reading: 'week-6' as const, outcome: 'clear' as const };
    expect(await readSpot(services, actor, reading)).toMatchObject({ reason: 'reading-too-early' });
    services.clock.advance(6 * 86_400_000);
    expect(await readSpot(services, actor, reading)).toMatchObject({ ok: true });
  });

  it('is one treatment’s own where it has one, and waits for a review where that lets more pass', async () => {
    const actor = await testMember(services);
    const readings = trialOf().readings.map((one) => ({ ...one, from: one.from + 7 }));
    const ofLips = { ...trialOf(), treatment: 'lip' as const, readings };
    expect(await saveSpot(services, actor, 0, ofLips)).toMatchObject({ version: 1, isInForce: true });
    const place = async (number: number, treatment: Treatment) => {
      const made = await createPatient(services, actor, { name: `Sample patient ${number}`, language: 'en' });
      if (!made.ok) throw new Error(made.message);
      const of = { patientId: made.patient.id, treatment, kind: 'trial' as const };
      const placed = await placeSpot(services, actor, { ...of, place: 'forearm', what: 'ochre' });
      if (!placed.ok) throw new Error(placed.message);
      return { spotId: placed.spotId, reading: 'week-6' as const, outcome: 'clear' as const };
    };
    const [lip, scalp] = [await place(115, 'lip'), await place(116, 'scalp')];
    services.clock.advance(44 * 86_400_000);
    expect(await readSpot(services, actor, lip)).toMatchObject({ reason: 'reading-too-early' });
    expect(await readSpot(services, actor, scalp)).toMatchObject({ ok: true });

    const blind = readings.map((one) => ({ ...one, signs: ['colour' as const] }));
    expect(await saveSpot(services, actor, 1, { ...ofLips, readings: blind })).toMatchObject({
      isInForce: false,
    });
    expect((await protocolsOf(actor)).laxer).toEqual(['trial week-6 lip', 'trial week-12 lip']);
    expect(await saveSpot(services, actor, 2, { ...ofLips, isOwn: false })).toMatchObject({
      isInForce: false,
    });
    expect((await protocolsOf(actor)).laxer).toEqual(['trial week-6 lip', 'trial week-12 lip']);
    expect(await reviewProtocol(services, actor, 3)).toMatchObject({ ok: true, isInForce: true });
    expect((await protocolsOf(actor)).inForce.spots.trial.own).toEqual({});
  });

  it('waits for a review when fewer readings or treatments need it; a window has to be one', async () => {
    const actor = await testMember(services);
    expect(await saveSpot(services, actor, 0, { ...trialOf(), requiredFor: [] })).toMatchObject({
      isInForce: false,
    });
    const turned = trialOf().readings.map((one) => ({ ...one, until: 3 }));
    expect(await saveSpot(services, actor, 1, { ...trialOf(), readings: turned })).toMatchObject({
      reason: 'bad-form',
      field: 'until-week-6',
    });
  });
});

describe('what is stricter', () => {
  const someChange = fc.constantFrom(...shipped.gates).chain((gate) =>
    fc.record({
      gate: fc.constant(gate.id),
      actions: fc.record(
        Object.fromEntries(
          effectsOf(gate).map(({ key, effect }) => [key, fc.constantFrom(...actionsFor(effect))]),
        ),
      ),
    }),
  );
  const someAnswers = (treatment: Treatment) =>
    fc.record(
      Object.fromEntries(
        gatesFor(treatment, 'physician').map(({ id, options }) => [
          id,
          fc.record({ choice: fc.constantFrom(...options.map((one) => one.id), 'unsure') }),
        ]),
      ),
      { requiredKeys: [] },
    ) as fc.Arbitrary<Answers>;

  it('never lets anybody pass who did not before, whatever was answered', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...treatments)
          .chain((treatment) => fc.tuple(fc.constant(treatment), someAnswers(treatment))),
        fc.array(someChange, { minLength: 1, maxLength: 4 }),
        ([treatment, answers], changes) => {
          let protocol = shipped;
          for (const { gate, actions } of changes)
            protocol = withGate(protocol, { ...changeOf(gate, protocol), actions } as Parameters<
              typeof withGate
            >[1]);
          const options = { treatment, today: '2026-03-01', audience: 'physician' as const };
          const before = evaluate(answers, options);
          const after = evaluate(answers, { ...options, gates: protocol.gates });
          expect(wordsDiffer(shipped, protocol)).toBe(false);
          const isStricter = laxities(shipped, protocol).length === 0;
          expect(!isStricter || severity(after.outcome) >= severity(before.outcome)).toBe(true);
          expect(new Set(after.restrictions)).toEqual(new Set(before.restrictions));
        },
      ),
    );
  });

  const waits = shipped.gates.flatMap((gate) =>
    effectsOf(gate).flatMap(({ key, effect }) => {
      const wait = waitOf(effect);
      return wait === undefined ? [] : [{ gate: gate.id, key, ...wait }];
    }),
  );
  const day = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));

  it('law: a longer wait holds at once and lets nobody book sooner, a shorter one is named; the unit stays', () => {
    expect(waits.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(
        fc.constantFrom(...waits),
        fc.integer({ min: 1, max: 520 }),
        fc.constantFrom(...treatments),
        day,
        day,
        ({ gate, key, amount, unit }, said, treatment, date, today) => {
          const change = { ...changeOf(gate), waits: { [key]: said } } as Parameters<typeof withGate>[1];
          const protocol = withGate(shipped, change);
          expect(laxities(shipped, protocol)).toEqual(said < amount ? [`${gate} ${key}`] : []);
          expect(wordsDiffer(shipped, protocol)).toBe(false);
          const changed = protocol.gates.find(({ id }) => id === gate);
          const effect = changed && effectsOf(changed).find((one) => one.key === key)?.effect;
          expect(effect && waitOf(effect)).toEqual({ amount: said, unit });
          const answers: Answers = { ...clear(treatment), [gate]: { choice: key.split('.')[0] ?? '', date } };
          const options = { treatment, today, audience: 'physician' as const };
          const mayBook = (gates?: ScreeningProtocol['gates']) =>
            evaluate(answers, { ...options, ...(gates && { gates }) }).outcome === 'may-book';
          const [before, after] = [mayBook(), mayBook(protocol.gates)];
          expect(said >= amount ? !after || before : !before || after).toBe(true);
        },
      ),
    );
  });

  it('leaves coming of age to the law', () => {
    const ages = shipped.gates.flatMap((gate) =>
      effectsOf(gate).filter(({ effect }) => effect.wait !== undefined && 'years' in effect.wait),
    );
    expect(ages.length).toBeGreaterThan(0);
    for (const { effect } of ages) expect(waitOf(effect)).toBeUndefined();
  });

  it('is a document that is no laxer than itself, and what was made laxer is named both ways', () => {
    expect(laxities(shipped, shipped)).toEqual([]);
    const strict = withGate(shipped, { ...changeOf('G10'), actions: { yes: 'STOP' } } as Parameters<
      typeof withGate
    >[1]);
    expect(laxities(shipped, strict)).toEqual([]);
    expect(laxities(strict, shipped)).toEqual(['G10 yes']);
  });
});

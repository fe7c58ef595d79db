import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { gatesFor, type Treatment } from '../candidacy/rules.ts';
import { deliverJob } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { decide, readScreening, saveAnswers } from '../screening/commands.ts';
import type { Actor } from '../staff/schema.ts';
import { testMember } from '../staff/testing.ts';
import { publicRates, readCusum, readRates } from '../surveillance/commands.ts';
import { leastPublished } from '../surveillance/rules.ts';
import {
  adverseEventReport,
  asFhirAdverseEvent,
  eventsAsCsv,
  eventsAsFhir,
  listAdverseEvents,
  listLotAlerts,
  saveAdverseEvent,
  scheduleCheckIns,
  settleLotAlert,
  withdrawAdverseEvent,
} from './commands.ts';
import { sampleLot, samplePatient, sampleSession } from './testing/people.ts';

const services = await testServices({ handlers: [handle(deliverJob, () => Promise.resolve())] });
const now = services.clock.now();
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const onDay = (days: number) => daysAgo(days).toISOString().slice(0, 10);

async function setting() {
  const tenantId = await testTenant(services.db);
  const physician = await testMember(services, 'physician', tenantId);
  await testMember(services, 'owner', tenantId);
  const lot = await sampleLot(services.db, tenantId, 'L-77');
  return { tenantId, physician, lot };
}

async function treated(
  physician: Actor,
  { lots = [] as readonly string[], days = 30, zone = 'upper lip', answered = true } = {},
) {
  const { tenantId } = physician;
  const patientId = await samplePatient(services.db, tenantId);
  const performedAt = daysAgo(days);
  const sessionId = await sampleSession(services.db, {
    tenantId,
    patientId,
    operator: physician,
    performedAt,
    lots,
    zone,
  });
  await services.db.transaction().execute(async (trx) => {
    if (answered) {
      await scheduleCheckIns(services, trx, {
        tenantId,
        patientId,
        sessionId,
        treatment: 'lip',
        performedAt,
      });
      await sql`update check_ins set state = 'answered', answered_at = now()
        where session_id = ${sessionId} and protocol_day = 'day14'`.execute(trx);
    }
    await scheduleCheckIns(services, trx, { tenantId, patientId, sessionId, treatment: 'lip', performedAt });
  });
  return { patientId, sessionId };
}

const formOf = (who: { patientId: string; sessionId: string }, change: object = {}) => ({
  ...who,
  lotId: '',
  caseId: '',
  kind: 'infection',
  grade: '2',
  onsetOn: onDay(25),
  foundBy: 'desk',
  description: 'Yellow crust on the upper lip',
  treatmentGiven: 'Swab taken',
  outcome: 'ongoing',
  resolvedOn: '',
  ...change,
});

async function saved(physician: Actor, form: object) {
  const answer = await saveAdverseEvent(services, physician, form);
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

describe('an adverse event', () => {
  it('is kept in versions; a change of what somebody else has changed is refused', async () => {
    const { physician, lot } = await setting();
    const who = await treated(physician, { lots: [lot] });
    const { eventId } = await saved(physician, formOf(who, { lotId: lot }));
    const over = formOf(who, { lotId: lot, outcome: 'resolved', resolvedOn: onDay(5) });
    const before = { id: eventId, version: 1 };
    expect(await saveAdverseEvent(services, physician, over, before)).toMatchObject({ version: 2 });
    expect(await saveAdverseEvent(services, physician, over, before)).toMatchObject({
      reason: 'changed-meanwhile',
    });
    const { rows } = await sql`select version, fields ->> 'outcome' as outcome from adverse_event_versions
      where event_id = ${eventId} order by version`.execute(services.db);
    expect(rows).toEqual([
      { version: 1, outcome: 'ongoing' },
      { version: 2, outcome: 'resolved' },
    ]);
  });

  it.each([
    [{ kind: 'nonsense' }, 'kind'],
    [{ grade: '' }, 'grade'],
    [{ grade: '6' }, 'grade'],
    [{ grade: '5' }, 'outcome'],
    [{ onsetOn: '' }, 'onsetOn'],
    [{ onsetOn: onDay(40) }, 'onsetOn'],
    [{ resolvedOn: onDay(26) }, 'resolvedOn'],
    [{ sessionId: '5a3b1e00-0000-4000-8000-000000000099' }, 'sessionId'],
  ])('with %j is refused at its field', async (change, field) => {
    const { physician } = await setting();
    const who = await treated(physician);
    expect(await saveAdverseEvent(services, physician, formOf(who, change))).toMatchObject({
      ok: false,
      field,
    });
  });

  it('goes out as CSV, as FHIR R4 and on paper, in the reader’s language', async () => {
    const { physician, lot } = await setting();
    const who = await treated(physician, { lots: [lot] });
    const { eventId } = await saved(physician, formOf(who, { lotId: lot }));
    const found = await listAdverseEvents(services, physician);
    if (!found.ok) throw new Error(found.message);
    const csv = eventsAsCsv(found.events);
    expect(csv.split('\r\n')[1]).toContain(`infection,2,${onDay(25)},5,${lot},L-77,desk,ongoing`);
    expect(csv).not.toContain('Sample patient');
    const [event] = found.events;
    expect(event && asFhirAdverseEvent(event)).toMatchObject({
      resourceType: 'AdverseEvent',
      id: eventId,
      actuality: 'actual',
      subject: { reference: `Patient/${who.patientId}` },
      severity: { coding: [{ code: 'moderate' }] },
      suspectEntity: [{ instance: { display: 'L-77' } }],
    });
    expect(eventsAsFhir(found.events, now).entry).toHaveLength(1);
    const paper = await adverseEventReport(services, physician, eventId, 'bn');
    expect(paper.ok && Buffer.from(paper.pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    const desk = await testMember(services, 'desk', physician.tenantId);
    expect(await saveAdverseEvent(services, desk, formOf(who))).toMatchObject({ reason: 'not-allowed' });
  });

  it('taken back counts nowhere, and stays with its reason', async () => {
    const { physician } = await setting();
    const who = await treated(physician);
    const { eventId } = await saved(physician, formOf(who));
    expect(await withdrawAdverseEvent(services, physician, eventId, ' ')).toMatchObject({ field: 'reason' });
    expect(await withdrawAdverseEvent(services, physician, eventId, 'wrong patient')).toEqual({ ok: true });
    const rates = await readRates(
      services,
      physician,
      { measure: 'any', from: onDay(90), to: onDay(0) },
      'lot',
    );
    expect(rates).toMatchObject({ total: { sessions: 1, events: 0 } });
  });
});

describe('the screening decision', () => {
  async function decidedFor(physician: Actor, patientId: string, treatment: Treatment) {
    const answers = Object.fromEntries(
      gatesFor(treatment, 'physician').map((gate) => [gate.id, { choice: gate.options[0].id }]),
    );
    const answered = await saveAnswers(services, physician, { patientId, treatment, answers });
    if (!answered.ok) throw new Error(answered.message);
    const read = await readScreening(services, physician, patientId, treatment);
    if (!read.ok) throw new Error(read.message);
    const decided = await decide(services, physician, {
      patientId,
      treatment,
      answersVersion: answered.version,
      overall: 'go',
      reason: 'Looked at and weighed.',
      gates: read.screening.findings.map(({ gate }) => ({
        gate,
        word: 'go',
        reason: 'Looked at and weighed.',
      })),
    });
    if (!decided.ok) throw new Error(decided.message);
  }

  async function becauseOf(physician: Actor, patientId: string, treatment: Treatment) {
    const read = await readScreening(services, physician, patientId, treatment);
    if (!read.ok) throw new Error(read.message);
    return read.screening.decisions[0]?.reopening?.because;
  }

  it.each([
    [{ kind: 'bruise', grade: '1' }, undefined],
    [{ kind: 'bruise', grade: '2' }, 'adverse-event'],
    [{ kind: 'allergy', grade: '1' }, 'adverse-event'],
    [{ kind: 'koebner', grade: '1' }, 'adverse-event'],
    [{ kind: 'scar', grade: '1' }, 'adverse-event'],
  ])('after %j is open again because of %s, of the treatment concerned alone', async (change, because) => {
    const { physician } = await setting();
    const who = await treated(physician, { answered: false });
    await decidedFor(physician, who.patientId, 'lip');
    await decidedFor(physician, who.patientId, 'scalp');
    await saved(physician, formOf(who, change));
    expect(await becauseOf(physician, who.patientId, 'lip')).toBe(because);
    expect(await becauseOf(physician, who.patientId, 'scalp')).toBeUndefined();
  });

  it('opens when an event grows worse, and a new one stands when more is written about it', async () => {
    const { physician } = await setting();
    const who = await treated(physician, { answered: false });
    await decidedFor(physician, who.patientId, 'lip');
    const { eventId } = await saved(physician, formOf(who, { grade: '1' }));
    expect(await becauseOf(physician, who.patientId, 'lip')).toBeUndefined();
    const worse = formOf(who, { grade: '3' });
    await saveAdverseEvent(services, physician, worse, { id: eventId, version: 1 });
    expect(await becauseOf(physician, who.patientId, 'lip')).toBe('adverse-event');
    await decidedFor(physician, who.patientId, 'lip');
    await saveAdverseEvent(services, physician, worse, { id: eventId, version: 2 });
    expect(await becauseOf(physician, who.patientId, 'lip')).toBeUndefined();
  });

  it('of every treatment opens when no session is named', async () => {
    const { physician } = await setting();
    const who = await treated(physician, { answered: false });
    await decidedFor(physician, who.patientId, 'lip');
    await decidedFor(physician, who.patientId, 'scalp');
    await saved(physician, formOf(who, { sessionId: '', kind: 'scar', grade: '1' }));
    expect(await becauseOf(physician, who.patientId, 'lip')).toBe('adverse-event');
    expect(await becauseOf(physician, who.patientId, 'scalp')).toBe('adverse-event');
  });
});

describe('the alert of a lot', () => {
  it('comes with the second infection or reaction, once, and tells physician and owner', async () => {
    const { tenantId, physician, lot } = await setting();
    const other = await sampleLot(services.db, tenantId, 'L-78');
    const people = [
      await treated(physician, { lots: [lot, other] }),
      await treated(physician, { lots: [lot] }),
      await treated(physician, { lots: [lot] }),
    ] as const;
    await saved(physician, formOf(people[0], { kind: 'allergy' }));
    await saved(physician, formOf(people[0], { kind: 'infection' }));
    await saved(physician, formOf(people[1], { kind: 'bruise' }));
    expect(await listLotAlerts(services, physician)).toEqual([]);
    await saved(physician, formOf(people[1], { lotId: lot }));
    await saved(physician, formOf(people[2]));
    const alerts = await listLotAlerts(services, physician);
    expect(alerts).toMatchObject([{ lot_id: lot, lot_number: 'L-77', events: 3, settled_at: null }]);
    const { rows } = await sql<{ to: string }>`select split_part(recipient, '-', 1) as to from messages
      where tenant_id = ${tenantId} and subject_kind = 'lot-alert' order by 1`.execute(services.db);
    expect(rows.map(({ to }) => to)).toEqual(['owner', 'physician']);
    const id = alerts[0]?.id ?? '';
    expect(await settleLotAlert(services, physician, id, 'Lot held')).toEqual({ ok: true });
    expect(await settleLotAlert(services, physician, id, 'again')).toMatchObject({ reason: 'not-found' });
  });
});

describe('rates', () => {
  it('count sessions once, by treatment, operator, zone, lot and month, with the unknown beside them', async () => {
    const { tenantId, physician, lot } = await setting();
    const second = await testMember(services, 'assistant', tenantId);
    const ill = await treated(physician, { lots: [lot] });
    await treated(physician, { lots: [lot], zone: 'lower lip' });
    await treated(second, { days: 40, answered: false });
    await treated(second, { days: 3, answered: false });
    await saved(physician, formOf(ill, { lotId: lot }));
    const query = { measure: 'infection' as const, from: onDay(90), to: onDay(0) };
    const by = async (grouping: Parameters<typeof readRates>[3]) => {
      const read = await readRates(services, physician, query, grouping);
      if (!read.ok) throw new Error(read.message);
      const { total, rows } = read;
      for (const { sessions, followed, waiting, unknown } of [total, ...rows]) {
        expect(sessions).toBe(followed + waiting + unknown);
      }
      return read;
    };
    expect((await by('treatment')).total).toMatchObject({
      sessions: 4,
      followed: 2,
      waiting: 1,
      unknown: 1,
      events: 1,
      rate01: 0.5,
      least01: 1 / 3,
    });
    expect(new Map((await by('operator')).rows.map(({ label, sessions }) => [label, sessions]))).toEqual(
      new Map([
        ['Sample assistant', 2],
        ['Sample physician', 2],
      ]),
    );
    expect((await by('zone')).rows.map(({ key, events }) => [key, events])).toEqual([
      ['lower lip', 0],
      ['upper lip', 1],
    ]);
    expect((await by('lot')).rows).toMatchObject([
      { label: 'Sample pigment L-77 · L-77', sessions: 2, events: 1 },
    ]);
    expect((await by('month')).rows.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(4);
    const chart = await readCusum(services, physician, query);
    expect(chart.ok && chart.points.filter(({ hasEvent }) => hasEvent)).toHaveLength(1);
    const desk = await testMember(services, 'desk', tenantId);
    expect(await readRates(services, desk, query, 'lot')).toMatchObject({ reason: 'not-allowed' });
  });

  it('are public only once enough sessions have been followed', async () => {
    const { tenantId, physician } = await setting();
    const ill = await treated(physician);
    await saved(physician, formOf(ill));
    expect(await publicRates(services, tenantId)).toEqual({ all: undefined, byRisk: {}, followed: 1 });
    await sql`insert into followed_sessions (tenant_id, session_id, patient_id, treatment, performed_on, followed_day)
      select ${tenantId}, gen_random_uuid(), gen_random_uuid(), 'scalp', ${onDay(60)}::date, 14
      from generate_series(2, ${leastPublished.sessions})`.execute(services.db);
    const rates = await publicRates(services, tenantId);
    expect(rates.all).toEqual({ events: 1, people: leastPublished.sessions });
    expect(rates.byRisk.infection).toEqual({ events: 1, people: leastPublished.sessions });
    expect(rates.byRisk.scar?.events).toBe(0);
    expect((await publicRates(services, tenantId, 'lip')).all).toBeUndefined();
  });
});

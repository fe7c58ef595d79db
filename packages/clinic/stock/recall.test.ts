import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { deliverJob, listMessages } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { testServices } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import type { PatientForm } from '../record/schema.ts';
import { placeSpot } from '../screening/spot-commands.ts';
import type { Actor } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import { readLot, releaseLot, takeFromLot } from './commands.ts';
import {
  closeRecall,
  countsOf,
  openRecall,
  readRecall,
  recallLetter,
  recordContact,
  sendRecallMessages,
} from './recall.ts';
import { fillIn, reachState, recallTexts } from './recall-rules.ts';
import { madeItem, receivedLot } from './testing.ts';

const services = await testServices({ handlers: [handle(deliverJob, async () => undefined)] });

async function shelf(role: 'physician' | 'assistant' = 'physician') {
  const actor = await testActor(services, role);
  await sql`insert into staff (tenant_id, id, email, name, role, created_at)
    values (${actor.tenantId}, ${actor.staffId}, ${`${actor.staffId}@example.org`}, 'Test', ${role}, now())`.execute(
    services.db,
  );
  const item = await madeItem(services, actor);
  return { actor, item, lot: await receivedLot(services, actor, item) };
}

async function patient(actor: Actor, form: Partial<PatientForm> = {}): Promise<string> {
  const made = await createPatient(services, actor, { name: 'Sample patient 014', language: 'en', ...form });
  if (!made.ok) throw new Error(made.message);
  return made.patient.id;
}

/** A session of that day; `used` writes the lot into it as the session does. */
async function session(actor: Actor, patientId: string, day: string, used?: { lotId: string; zone: string }) {
  const id = randomUUID();
  await sql`insert into sessions (tenant_id, id, patient_id, treatment, operator_id, physician_id, state, opening,
      started_at, started_by, performed_at)
    values (${actor.tenantId}, ${id}, ${patientId}, 'scalp', ${actor.staffId}, ${actor.staffId}, 'open', '{}',
      ${`${day}T05:00:00Z`}, ${actor.staffId}, ${`${day}T06:00:00Z`})`.execute(services.db);
  if (used !== undefined) {
    await sql`insert into session_lots (tenant_id, session_id, lot_id, zone, kind, drops, quantity, unit)
      values (${actor.tenantId}, ${id}, ${used.lotId}, ${used.zone}, 'pigment', 3, 3, 'drop')`.execute(
      services.db,
    );
  }
  return id;
}

async function pageOf(actor: Actor, lotId: string) {
  const page = await readRecall(services, actor, lotId);
  if (!page.ok) throw new Error(page.message);
  return page;
}

describe('a recall', () => {
  it('finds everyone the lot touched and nobody else, by session or by ledger, once each', async () => {
    const { actor, item, lot } = await shelf();
    const other = await receivedLot(services, actor, item, { lotNumber: 'other' });
    const [twice, byLedger, spared] = [await patient(actor), await patient(actor), await patient(actor)];
    await session(actor, twice, '2026-01-05', { lotId: lot.id, zone: 'crown' });
    await session(actor, twice, '2026-02-05', { lotId: lot.id, zone: 'edge' });
    const silent = await session(actor, byLedger, '2026-01-20');
    await services.db.transaction().execute((trx) =>
      takeFromLot(services, trx, {
        tenantId: actor.tenantId,
        actor,
        lotId: lot.id,
        quantity: 2,
        unit: 'drop',
        sourceKind: 'session',
        sourceId: silent,
      }),
    );
    await session(actor, spared, '2026-01-21', { lotId: other.id, zone: '' });
    const { people } = await pageOf(actor, lot.id);
    expect(people.map(({ patientId, sessions }) => [patientId, sessions.length])).toEqual([
      [twice, 2],
      [byLedger, 1],
    ]);
    expect(people[0]?.sessions.map(({ zones }) => zones)).toEqual([['edge'], ['crown']]);
    const entries = await listAudit(services, actor.tenantId);
    expect(entries[0]?.entry).toMatchObject({
      action: 'recall.read',
      change: { after: { people: [twice, byLedger] } },
    });
  });

  it('law: whoever has the lot in a session or a test spot is on the list, and nobody else', async () => {
    const { actor, item, lot } = await shelf();
    const other = await receivedLot(services, actor, item, { lotNumber: 'other' });
    const expected: string[] = [];
    for (const [inSession, inSpot] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      const patientId = await patient(actor);
      if (inSession) await session(actor, patientId, '2026-01-05', { lotId: lot.id, zone: 'edge' });
      const lotIds = inSpot ? [other.id, lot.id] : [other.id];
      const of = {
        patientId,
        treatment: 'vitiligo',
        kind: 'trial',
        place: 'forearm',
        what: 'beige',
      } as const;
      expect(await placeSpot(services, actor, { ...of, lotIds })).toMatchObject({ ok: true });
      if (inSession || inSpot) expected.push(patientId);
      expect(await placeSpot(services, actor, { ...of, lotIds: [randomUUID()] })).toMatchObject({
        reason: 'no-such-lot',
      });
    }
    const { people } = await pageOf(actor, lot.id);
    expect(people.map(({ patientId }) => patientId).sort()).toEqual(expected.sort());
    const kinds = people.map(({ sessions }) =>
      sessions.map(({ isSpot }) => isSpot).sort((a, b) => Number(a) - Number(b)),
    );
    expect(kinds.toSorted((a, b) => a.length - b.length || Number(a[0]) - Number(b[0]))).toEqual([
      [false],
      [true],
      [false, true],
    ]);
    const spots = people.flatMap(({ sessions }) => sessions.filter(({ isSpot }) => isSpot));
    expect(spots.map(({ zones }) => zones)).toEqual([['forearm'], ['forearm']]);
  });

  it('holds the lot, once; closing needs a physician and leaves the lot on hold', async () => {
    const { actor, lot } = await shelf();
    expect(await openRecall(services, actor, { lotId: lot.id, reason: ' ' })).toMatchObject({
      reason: 'needs-reason',
    });
    const both = await Promise.all(
      [1, 2].map(() => openRecall(services, actor, { lotId: lot.id, reason: 'Maker’s letter' })),
    );
    expect(new Set(both.map((one) => one.ok && one.recall?.id)).size).toBe(1);
    const held = await readLot(services, actor, lot.id);
    expect(held).toMatchObject({ fault: 'held', lot: { heldReason: 'Maker’s letter' } });
    expect(held.ok && held.movements.map(({ kind, sourceKind }) => [kind, sourceKind])).toEqual([
      ['held', 'recall'],
      ['receipt', 'receipt'],
    ]);
    const assistant = await testActor(services, 'assistant', actor.tenantId);
    const end = { lotId: lot.id, closing: 'Everyone seen, cultures clean' };
    expect(await closeRecall(services, assistant, end)).toMatchObject({ reason: 'not-allowed' });
    expect(await closeRecall(services, actor, end)).toEqual({ ok: true });
    expect(await closeRecall(services, actor, end)).toMatchObject({ reason: 'no-open-recall' });
    expect(await readLot(services, actor, lot.id)).toMatchObject({ fault: 'held' });
    await releaseLot(services, actor, { lotId: lot.id, actId: randomUUID(), reason: 'Clean' });
    expect(await readLot(services, actor, lot.id)).toMatchObject({ fault: undefined });
  });

  it('counts in whoever comes to light later: a session that reached the server after the recall', async () => {
    const { actor, lot } = await shelf();
    await openRecall(services, actor, { lotId: lot.id, reason: 'Bumps' });
    expect(countsOf((await pageOf(actor, lot.id)).people).people).toBe(0);
    await session(actor, await patient(actor), '2026-03-01', { lotId: lot.id, zone: '' });
    expect(countsOf((await pageOf(actor, lot.id)).people)).toMatchObject({ people: 1, notYet: 1 });
  });

  it('writes to each person once in their language, names no product there, and says who is left to call', async () => {
    const { actor, lot } = await shelf();
    const bengali = await patient(actor, { language: 'bn', email: 'one@example.org' });
    const nepali = await patient(actor, { language: 'ne', email: 'two@example.org' });
    const silent = await patient(actor, { phones: ['+91 98000 00001'] });
    for (const one of [bengali, nepali, silent]) {
      await session(actor, one, '2026-02-01', { lotId: lot.id, zone: '' });
    }
    expect(await sendRecallMessages(services, actor, lot.id)).toMatchObject({ reason: 'no-open-recall' });
    const opened = await openRecall(services, actor, { lotId: lot.id, reason: 'Bumps' });
    const id = (opened.ok && opened.recall?.id) || '';
    expect(await sendRecallMessages(services, actor, lot.id)).toEqual({ ok: true, written: 2, toCall: 1 });
    expect(await sendRecallMessages(services, actor, lot.id)).toEqual({ ok: true, written: 0, toCall: 1 });
    const sent = await listMessages(services, actor.tenantId, { subject: { kind: 'recall', id } });
    expect(new Set(sent.map(({ language, recipient }) => `${language} ${recipient}`))).toEqual(
      new Set(['bn one@example.org', 'ne two@example.org']),
    );
    const { rows } = await sql<{
      params: unknown;
    }>`select params from messages where tenant_id = ${actor.tenantId}`.execute(services.db);
    expect(JSON.stringify(rows)).not.toMatch(/Scalp black|L-1|Bumps/);
    const { people } = await pageOf(actor, lot.id);
    expect(people.find(({ patientId }) => patientId === bengali)).toMatchObject({
      state: 'tried',
      contacts: [{ way: 'message', outcome: 'sent', delivery: 'queued' }],
    });
  });

  it('keeps every attempt, who made it and what came of it, and never unwrites one', async () => {
    const { actor, lot } = await shelf();
    const person = await patient(actor);
    await session(actor, person, '2026-02-01', { lotId: lot.id, zone: '' });
    const attempt = {
      lotId: lot.id,
      patientId: person,
      way: 'call' as const,
      outcome: 'not-reached' as const,
      note: 'Rang twice',
      actId: randomUUID(),
    };
    expect(await recordContact(services, actor, attempt)).toMatchObject({ reason: 'no-open-recall' });
    await openRecall(services, actor, { lotId: lot.id, reason: 'Bumps' });
    const desk = await testActor(services, 'desk', actor.tenantId);
    await recordContact(services, desk, attempt);
    await recordContact(services, desk, attempt);
    await recordContact(services, desk, { ...attempt, actId: randomUUID(), outcome: 'reached', note: '' });
    const { people } = await pageOf(desk, lot.id);
    expect(people[0]).toMatchObject({
      state: 'reached',
      contacts: [
        { outcome: 'not-reached', note: 'Rang twice', madeBy: desk.staffId },
        { outcome: 'reached', note: null },
      ],
    });
    const stranger = await patient(actor);
    expect(await recordContact(services, desk, { ...attempt, patientId: stranger })).toMatchObject({
      reason: 'not-in-recall',
    });
    await expect(
      sql`update recall_contacts set outcome = 'reached' where patient_id = ${person}`.execute(services.db),
    ).rejects.toMatchObject({ code: '23001' });
  });

  it('is of one clinic and closed to those who may not see patients', async () => {
    const { actor, lot } = await shelf();
    const auditor = await testActor(services, 'auditor', actor.tenantId);
    expect(await readRecall(services, auditor, lot.id)).toMatchObject({ reason: 'not-allowed' });
    const stranger = await testActor(services, 'owner');
    expect(await readRecall(services, stranger, lot.id)).toMatchObject({ reason: 'no-such-lot' });
    expect(await openRecall(services, stranger, { lotId: lot.id, reason: 'x' })).toMatchObject({
      reason: 'no-such-lot',
    });
  });

  it('writes a letter in the person’s language', async () => {
    const { actor, lot } = await shelf();
    const person = await patient(actor, { language: 'hi' });
    await session(actor, person, '2026-02-01', { lotId: lot.id, zone: '' });
    const letter = await recallLetter(services, actor, { lotId: lot.id, patientId: person });
    expect(letter.ok && Buffer.from(letter.pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    const other = await patient(actor);
    expect(await recallLetter(services, actor, { lotId: lot.id, patientId: other })).toMatchObject({
      reason: 'not-in-recall',
    });
  });
});

describe('the words of a recall', () => {
  const values = { name: 'N', clinic: 'C', day: 'D', item: 'I', lot: 'L', phone: 'P', emergency: 'E' };

  it.each(Object.entries(recallTexts))('in %s leave no place unfilled and promise nothing', (_, texts) => {
    const { letter, message } = texts;
    const all = [
      message.subject,
      message.text,
      letter.greeting,
      ...letter.paragraphs,
      ...letter.watch,
      letter.atOnce,
      letter.call,
    ].map((text) => fillIn(text, values));
    expect(all.join('\n')).not.toMatch(/[{}]|\b(safe|cure|guarantee|permanent)\b|100 ?%/i);
    expect(message.text).not.toMatch(/\{(item|lot)\}/);
  });

  it('a name that looks like a place is left as it is', () => {
    expect(fillIn('{name} {name}', { name: '{phone}' })).toBe('{phone} {phone}');
  });

  it('being reached outlasts every later attempt', () => {
    expect(reachState([{ outcome: 'reached' }, { outcome: 'not-reached' }])).toBe('reached');
    expect(reachState([{ outcome: 'sent' }])).toBe('tried');
    expect(reachState([])).toBe('not-yet');
  });
});

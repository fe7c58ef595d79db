import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { deliverJob } from '../notify/commands.ts';
import { encodePng } from '../platform/images/index.ts';
import { handle } from '../platform/jobs.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { testMember } from '../staff/testing.ts';
import {
  advanceCheckIns,
  answerCase,
  answerCheckIn,
  answerForPatient,
  checkInToken,
  followUpOf,
  handOver,
  openCheckIn,
  readAnswerPhoto,
  readCase,
  readInbox,
  reportAtDesk,
  saveLocalNumbers,
  scheduleCheckIns,
  settleCall,
  stopCheckIns,
} from './commands.ts';
import { linkLivesDays } from './links.ts';
import { samplePatient, sampleSession } from './testing/people.ts';

const services = await testServices({ handlers: [handle(deliverJob, () => Promise.resolve())] });
const start = services.clock.now();
const day = 86_400_000;

const fine = { course: 'better', signs: [], details: [], none: true, text: '' };
const feverish = { ...fine, none: false, signs: ['infection'] };
const shock = { ...fine, none: false, signs: ['allergic-shock'] };

/** A patient two days after a session, with the check-in of day 1 sent. */
async function setting() {
  services.clock.set(start);
  const tenantId = await testTenant(services.db);
  const physician = await testMember(services, 'physician', tenantId);
  const desk = await testMember(services, 'desk', tenantId);
  const patientId = await samplePatient(services.db, tenantId, { language: 'bn' });
  const performedAt = services.clock.now();
  const sessionId = await sampleSession(services.db, {
    tenantId,
    patientId,
    operator: physician,
    performedAt,
  });
  await services.db
    .transaction()
    .execute((trx) =>
      scheduleCheckIns(services, trx, { tenantId, patientId, sessionId, treatment: 'lip', performedAt }),
    );
  services.clock.advance(day);
  await advanceCheckIns(services);
  const { rows } = await sql<{ id: string }>`select id from check_ins where tenant_id = ${tenantId}
    order by day_number`.execute(services.db);
  const ids = rows.map(({ id }) => id);
  const token = (n = 0) => checkInToken(services.keys, tenantId, ids[n] ?? '');
  const states = async () =>
    (
      await sql<{ state: string }>`select state from check_ins where tenant_id = ${tenantId}
        order by day_number`.execute(services.db)
    ).rows.map(({ state }) => state);
  const inbox = async () => {
    const read = await readInbox(services, physician);
    if (!read.ok) throw new Error(read.message);
    return read;
  };
  return { tenantId, physician, desk, patientId, sessionId, ids, token, states, inbox };
}

describe('the link of a check-in', () => {
  it('opens that check-in, in the patient’s language, and nothing else', async () => {
    const { tenantId, token, ids } = await setting();
    expect(await openCheckIn(services, tenantId, token())).toMatchObject({
      ok: true,
      page: { checkInId: ids[0], language: 'bn', protocolDay: 'day1', given: undefined },
    });
    const other = await setting();
    expect(await openCheckIn(services, other.tenantId, token())).toMatchObject({ reason: 'link-unknown' });
    for (const wrong of ['', 'x', `${token().slice(0, -2)}AA`, token().slice(1)]) {
      expect(await openCheckIn(services, tenantId, wrong)).toMatchObject({ reason: 'link-unknown' });
    }
    services.clock.advance((linkLivesDays + 1) * day);
    expect(await answerCheckIn(services, tenantId, token(), fine)).toMatchObject({ reason: 'link-expired' });
  });
});

describe('an answer', () => {
  it('that all is well is kept and opens nothing', async () => {
    const { tenantId, token, states, inbox } = await setting();
    expect(await answerCheckIn(services, tenantId, token(), fine)).toEqual({ ok: true, urgency: 'SELF' });
    expect((await states())[0]).toBe('answered');
    expect((await inbox()).cases).toEqual([]);
    expect(await openCheckIn(services, tenantId, token())).toMatchObject({
      page: { given: { version: 1, urgency: 'SELF', matched: [], doubts: [] } },
    });
  });

  it('with a red flag is on top of the inbox, before what has waited longer', async () => {
    const { tenantId, token, inbox, physician, patientId } = await setting();
    const second = await samplePatient(services.db, tenantId);
    const performedAt = services.clock.now();
    const operator = physician;
    const sessionId = await sampleSession(services.db, {
      tenantId,
      patientId: second,
      operator,
      performedAt,
    });
    await services.db.transaction().execute((trx) =>
      scheduleCheckIns(services, trx, {
        tenantId,
        patientId: second,
        sessionId,
        treatment: 'lip',
        performedAt,
      }),
    );
    const { rows } = await sql<{ id: string }>`select id from check_ins where tenant_id = ${tenantId}
      and session_id = ${sessionId} order by day_number limit 1`.execute(services.db);
    const other = checkInToken(services.keys, tenantId, rows[0]?.id ?? '');
    await answerCheckIn(services, tenantId, other, { ...fine, text: 'a question' });
    services.clock.advance(3_600_000);
    await answerCheckIn(services, tenantId, token(), shock);
    const { cases, counts } = await inbox();
    expect(cases.map(({ urgency }) => urgency)).toEqual(['EMERG', '24H']);
    expect(cases[0]).toMatchObject({ patientId, matched: ['R01'], doubts: [] });
    expect(counts.open).toEqual({ EMERG: 1, DAY: 0, '24H': 1, SELF: 0 });
  });

  it('given again is another version: it raises the case, and never lowers it', async () => {
    const { tenantId, token, inbox, physician } = await setting();
    for (const form of [{ ...fine, text: 'it itches' }, feverish, fine]) {
      services.clock.advance(60_000);
      expect(await answerCheckIn(services, tenantId, token(), form)).toMatchObject({ ok: true });
    }
    const { cases } = await inbox();
    expect(cases).toHaveLength(1);
    expect(cases[0]?.urgency).toBe('DAY');
    const read = await readCase(services, physician, cases[0]?.caseId ?? '');
    expect(read.ok && read.view.answers.map(({ version, urgency }) => [version, urgency])).toEqual([
      [3, 'SELF'],
      [2, 'DAY'],
      [1, '24H'],
    ]);
    expect(read.ok && read.view.entries.map(({ what }) => what)).toEqual(['opened', 'raised', 'escalated']);
  });

  it('settles the earlier check-ins of the session, and withdraws their messages', async () => {
    const { tenantId, token, states } = await setting();
    services.clock.advance(2 * day);
    await advanceCheckIns(services);
    await answerCheckIn(services, tenantId, token(1), fine);
    expect((await states()).slice(0, 3)).toEqual(['missed', 'answered', 'planned']);
    const { rows } = await sql<{ state: string }>`select state from messages
      where tenant_id = ${tenantId} and subject_kind = 'check-in'`.execute(services.db);
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['withdrawn']));
  });

  it('that is no answer is refused at its field', async () => {
    const { tenantId, token } = await setting();
    const { course: _, ...without } = fine;
    expect(await answerCheckIn(services, tenantId, token(), without)).toMatchObject({
      reason: 'bad-form',
      field: 'course',
    });
    expect(
      await answerCheckIn(services, tenantId, token(), { ...fine, text: 'x'.repeat(2001) }),
    ).toMatchObject({
      field: 'text',
    });
    expect(
      await answerCheckIn(services, tenantId, token(), fine, Buffer.from('not a picture')),
    ).toMatchObject({ reason: 'photo-refused', field: 'photo' });
  });

  it('may bring a photograph, which somebody then has to look at', async () => {
    const { tenantId, token, inbox, physician, desk, ids } = await setting();
    const photo = await encodePng({
      widthPx: 64,
      heightPx: 64,
      rgba: new Uint8ClampedArray(64 * 64 * 4).fill(180),
    });
    await answerCheckIn(services, tenantId, token(), fine, photo);
    expect((await inbox()).cases).toMatchObject([{ urgency: 'SELF', hasPhoto: true }]);
    const read = await readAnswerPhoto(services, physician, ids[0] ?? '', 1);
    expect(read).toMatchObject({ ok: true });
    expect(await readAnswerPhoto(services, desk, ids[0] ?? '', 1)).toMatchObject({ reason: 'not-allowed' });
  });
});

describe('a case', () => {
  it('is handed over with a note and answered once, and all of it is kept', async () => {
    const { tenantId, token, inbox, physician, patientId } = await setting();
    const colleague = await testMember(services, 'assistant', tenantId);
    await answerCheckIn(services, tenantId, token(), feverish);
    const caseId = (await inbox()).cases[0]?.caseId ?? '';
    expect(
      await handOver(services, physician, caseId, { toStaffId: colleague.staffId, note: 'please call' }),
    ).toEqual({ ok: true });
    expect((await inbox()).cases[0]?.holder).toBe('Sample assistant');
    expect(await answerCase(services, colleague, caseId, { outcome: 'visit-today', note: '' })).toMatchObject(
      {
        field: 'note',
      },
    );
    const both = await Promise.all(
      [physician, colleague].map((one) =>
        answerCase(services, one, caseId, { outcome: 'visit-today', note: 'comes at four' }),
      ),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await inbox()).cases).toEqual([]);
    const all = await followUpOf(services, physician, patientId);
    expect(all.ok && all.entries.map(({ what, note }) => [what, note])).toEqual([
      ['opened', null],
      ['escalated', null],
      ['handed-over', 'please call'],
      ['answered', 'comes at four'],
    ]);
    const chain = JSON.stringify(await listAudit(services, tenantId));
    expect(chain).toContain('follow-up.answered');
    for (const told of ['please call', 'comes at four', 'Sample patient']) expect(chain).not.toContain(told);
  });

  it('is answered by who may, and read by who may', async () => {
    const { tenantId, token, inbox, desk } = await setting();
    await answerCheckIn(services, tenantId, token(), feverish);
    const caseId = (await inbox()).cases[0]?.caseId ?? '';
    const auditor = await testMember(services, 'auditor', tenantId);
    expect(await answerCase(services, desk, caseId, { outcome: 'advised', note: 'x' })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await readCase(services, desk, caseId)).toMatchObject({ ok: true });
    expect(await readCase(services, auditor, caseId)).toMatchObject({ reason: 'not-allowed' });
    expect(await readInbox(services, auditor)).toMatchObject({ reason: 'not-allowed' });
    const stranger = await testMember(services, 'owner');
    expect(await readCase(services, stranger, caseId)).toMatchObject({ reason: 'not-found' });
  });
});

describe('the numbers given out', () => {
  it('are the country’s until the owner sets others', async () => {
    const { tenantId, token, physician } = await setting();
    const own = { emergency: ['+91 353 000 0000', '112'], crisis: { name: 'Helpline', number: '14416' } };
    const numbers = async () => {
      const opened = await openCheckIn(services, tenantId, token());
      return opened.ok ? opened.page.numbers : undefined;
    };
    expect((await numbers())?.emergency).toEqual(['112', '108']);
    expect(await saveLocalNumbers(services, physician, own)).toMatchObject({ reason: 'not-allowed' });
    const clinicOwner = await testMember(services, 'owner', tenantId);
    expect(await saveLocalNumbers(services, clinicOwner, { ...own, emergency: ['call us'] })).toMatchObject({
      field: 'emergency.0',
    });
    expect(await saveLocalNumbers(services, clinicOwner, own)).toEqual({ ok: true });
    expect(await numbers()).toEqual(own);
  });
});

describe('somebody who wants no more check-ins', () => {
  it('gets none: what was to come is withdrawn, and its link opens no more', async () => {
    const { tenantId, token, desk, patientId, states } = await setting();
    expect(await stopCheckIns(services, desk, patientId)).toEqual({ ok: true, stopped: 10 });
    expect(new Set(await states())).toEqual(new Set(['withdrawn']));
    expect(await openCheckIn(services, tenantId, token())).toMatchObject({ reason: 'link-unknown' });
    services.clock.advance(10 * day);
    await advanceCheckIns(services);
    expect(new Set(await states())).toEqual(new Set(['withdrawn']));
  });
});

describe('a clinic of one', () => {
  it('has its owner told of what nobody else could hear', async () => {
    const tenantId = await testTenant(services.db);
    const alone = await testMember(services, 'owner', tenantId);
    const patientId = await samplePatient(services.db, tenantId);
    const reported = await reportAtDesk(services, alone, { patientId, form: shock });
    expect(reported).toMatchObject({ ok: true, urgency: 'EMERG' });
    const { rows } = await sql<{ count: number }>`select count(*) as count from messages
      where tenant_id = ${tenantId} and subject_kind = 'follow-up-case'`.execute(services.db);
    expect(rows[0]?.count).toBe(1);
  });
});

describe('a thinner in the record', () => {
  it('makes bleeding an emergency without being asked for again', async () => {
    const { tenantId, token, patientId } = await setting();
    await sql`insert into health_entries (tenant_id, id, patient_id, kind, flag, note, source, noted_at)
      values (${tenantId}, gen_random_uuid(), ${patientId}, 'medicine', 'anticoagulant', '', 'desk', now())`.execute(
      services.db,
    );
    const bleeding = { ...fine, none: false, signs: ['bleeding'] };
    expect(await answerCheckIn(services, tenantId, token(), bleeding)).toMatchObject({ urgency: 'EMERG' });
  });
});

describe('the call list', () => {
  it('keeps who was not reached, and takes down what they say', async () => {
    const { desk, inbox, ids, states, patientId } = await setting();
    services.clock.advance(7 * 3_600_000);
    await advanceCheckIns(services);
    services.clock.advance(19 * 3_600_000);
    await advanceCheckIns(services);
    expect((await inbox()).calls).toMatchObject([{ checkInId: ids[0], tries: 0, phone: '+919800000014' }]);
    expect(await settleCall(services, desk, ids[0] ?? '', 'not-reached')).toEqual({ ok: true });
    expect((await inbox()).calls).toMatchObject([{ tries: 1 }]);
    expect(await answerForPatient(services, desk, ids[0] ?? '', feverish)).toEqual({
      ok: true,
      urgency: 'DAY',
    });
    const { calls, cases } = await inbox();
    expect(calls).toEqual([]);
    expect(cases).toMatchObject([{ patientId, urgency: 'DAY' }]);
    expect((await states())[0]).toBe('answered');
    expect(await settleCall(services, desk, ids[0] ?? '', 'given-up')).toMatchObject({ reason: 'not-found' });
  });
});

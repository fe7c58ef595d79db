import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyAudit } from '../audit/commands.ts';
import { makeTestClinic, type TestClinic } from '../booking/testing/clinic.ts';
import { readPdf } from '../documents/testing/read-pdf.ts';
import { allHandlers } from '../jobs.ts';
import { asTenant } from '../platform/database.ts';
import { raiseFence } from '../platform/fence.ts';
import { handle } from '../platform/jobs.ts';
import { inTenant } from '../platform/scope.ts';
import { connectAsAdmin, type TestServices, testServices } from '../platform/testing/database.ts';
import { createPatient, findPatients } from '../record/commands.ts';
import { foldName } from '../record/transliteration.ts';
import type { Actor, Role } from '../staff/schema.ts';
import {
  carryOut,
  confirmErasure,
  countEnquiries,
  decideErasure,
  eraseEnquiries,
  erasureCertificate,
  inviteErasure,
  liftLegalHold,
  openErasureLink,
  readErasure,
  reapplyErasures,
  requestErasure,
  reviewErasure,
  reviewRetention,
  saveRetentionRule,
  setLegalHold,
} from './commands.ts';
import { identityTable, nobodyTables, otherFates, patientFates } from './fates.ts';
import { insertRow, type Marks, marks, type RichPatient, richPatient } from './testing/rich-patient.ts';
import { everyColumn, findInFiles, findWords } from './testing/search.ts';

let services: TestServices;
const logged: string[] = [];
beforeAll(async () => {
  const started = await testServices({ handlers: inertHandlers() });
  const log = pino(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged.push(chunk.toString());
        done();
      },
    }),
  );
  services = { ...started, log };
});

/** Every job is known to the queue; none is run behind the test's back. */
function inertHandlers() {
  return allHandlers({} as Parameters<typeof allHandlers>[0]).map(({ job }) =>
    handle(job, async () => undefined),
  );
}

const actorFor = (clinic: TestClinic, role: Role = 'owner'): Actor => ({
  tenantId: clinic.tenantId,
  staffId: randomUUID(),
  role,
  name: 'Member',
  sessionId: randomUUID(),
});

const wordsOf = (of: Marks) => [
  ...of.name.split(' '),
  ...of.localName.split(' '),
  of.email,
  of.phoneDigits,
  of.phoneDigits.slice(0, 5) + ' ' + of.phoneDigits.slice(5),
  of.birthDate,
  'Marigold-Xylophone',
];

async function ask(actor: Actor, patientId: string): Promise<string> {
  const asked = await requestErasure(services, actor, patientId, `${marks.name} wrote to us: ${marks.words}`);
  if (!asked.ok) throw new Error(asked.message);
  return asked.erasureId;
}

async function erase(actor: Actor, patientId: string) {
  const erasureId = await ask(actor, patientId);
  expect(await decideErasure(services, actor, erasureId, { approve: true })).toEqual({ ok: true });
  return { erasureId, state: await carryOut(services, actor.tenantId, erasureId) };
}

async function rowsOf(tenantId: string, table: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(services.db);
  return rows;
}

describe('what an erasure does with a table', () => {
  it('is stated for every table of the database, once', async () => {
    const stated = [
      ...new Set([...patientFates.map(({ table }) => table), identityTable]),
      ...Object.keys(otherFates),
      ...Object.keys(nobodyTables),
    ];
    expect(stated.toSorted()).toEqual([...new Set(stated)].toSorted());
    const tables = new Set(
      (await everyColumn(services.db)).map(({ schema, table }) =>
        schema === 'public' ? table : `${schema}.${table}`,
      ),
    );
    // The queue keeps its counts in a table a day.
    const unstated = [...tables].filter(
      (table) => !stated.includes(table) && !/^jobs\.queue_stats_\d+$/.test(table),
    );
    expect(unstated, 'say in retention/fates.ts what an erasure does with these').toEqual([]);
    expect(stated.filter((table) => !tables.has(table))).toEqual([]);
  });

  it('is not "nothing of a patient" where a column names one', async () => {
    const naming = (await everyColumn(services.db)).filter(({ column }) =>
      /^(patient_id|booking_id|session_id|check_in_id|case_id|photo_id|plan_id|consent_id|form_id|outcome_id)$/.test(
        column,
      ),
    );
    const keptByTheirNumber = ['package_uses'];
    const wrong = naming.filter(({ table }) => table in nobodyTables && !keptByTheirNumber.includes(table));
    expect(wrong).toEqual([]);
  });
});

describe('a patient with rows in every table, whose periods have passed', () => {
  let clinic: TestClinic;
  let actor: Actor;
  let rich: RichPatient;
  let filesBefore: number;
  let erasureId: string;
  let other: string;

  beforeAll(async () => {
    clinic = await makeTestClinic(services.db);
    actor = actorFor(clinic);
    const made = await createPatient(services, actor, {
      name: 'Sample patient 014',
      language: 'en',
      phones: ['+919800000014'],
    });
    if (!made.ok) throw new Error(made.message);
    other = made.patient.id;
    rich = await richPatient(services, clinic, actor, '2015-05-05');
    await findPatients(services, actor, 'Zebra');
    await reviewErasure(services, actor, rich.patientId);
    filesBefore = await storedFiles();
  });

  const storedFiles = async () =>
    (await readdir(services.files.folder, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    ).length;

  it('stands in every table that can hold anything of a patient, and its words in the database and the outbox', async () => {
    const subjects = await reviewErasure(services, actor, rich.patientId);
    if (!subjects.ok) throw new Error(subjects.message);
    const missing = [...new Set(patientFates.map(({ table }) => table))].filter(
      (table) => table !== 'erasures' && subjects.review.now[table] === undefined,
    );
    expect(missing, 'give the rich patient of retention/testing a row in these').toEqual([]);
    expect((await findWords(services.db, wordsOf(marks))).length).toBeGreaterThan(60);
    expect(await findInFiles(services.config.home, [marks.email])).toHaveLength(1);
    expect(filesBefore).toBe(rich.fileIds.length);
  });

  it('goes, and no word is found in any column of any table, in any file or in the log', async () => {
    const keysOfNames = [marks.name, marks.localName].flatMap((name) =>
      foldName(name).map(({ word }) => word),
    );
    expect(keysOfNames.length).toBeGreaterThan(3);
    const done = await erase(actor, rich.patientId);
    erasureId = done.erasureId;
    expect(done.state).toBe('done');
    expect(await findWords(services.db, [...wordsOf(marks), ...keysOfNames])).toEqual([]);
    expect(await findInFiles(services.config.home, wordsOf(marks))).toEqual([]);
    const log = logged.join('');
    expect(wordsOf(marks).filter((word) => log.includes(word))).toEqual([]);
    expect(log).toContain('erasure carried out');
  });

  it('leaves its number only where it says so: the audit log, the register of erasures, invoices and payments', async () => {
    const found = await findWords(services.db, [rich.patientId]);
    const tables = new Set(found.map((one) => one.split('.')[0]));
    expect([...tables].toSorted()).toEqual([
      'audit_entries',
      'erasures',
      'invoices',
      'package_uses',
      'patients',
      'payments',
    ]);
    expect(await findWords(services.db, [rich.mergedId])).toEqual([
      expect.stringMatching(/^audit_entries\.entry/),
      expect.stringMatching(/^audit_entries\.subject_id/),
      expect.stringMatching(/^erasures\.patient_ids/),
    ]);
  });

  it('takes the keys of its files and their bytes with it', async () => {
    expect(await storedFiles()).toBe(0);
    for (const id of rich.fileIds)
      expect(await services.files.find(services.db, clinic.tenantId, id)).toBeUndefined();
    expect(await services.files.sweep(services.db, { graceMs: 0 })).toEqual({ removed: 0, missing: [] });
  });

  it('keeps gapless invoices without the name, times taken without a person, and stock as it was', async () => {
    const invoices = await rowsOf(clinic.tenantId, 'invoices');
    expect(invoices.map(({ number, buyer_name, total_minor }) => [number, buyer_name, total_minor])).toEqual([
      [1, '–', 100],
      [1, '–', 100],
    ]);
    const bookings = await rowsOf(clinic.tenantId, 'bookings');
    expect(bookings.map(({ id, status }) => [id, status])).toEqual(
      expect.arrayContaining([
        [rich.bookingId, 'completed'],
        [rich.visitToComeId, 'cancelled'],
      ]),
    );
    expect(await rowsOf(clinic.tenantId, 'stock_movements')).toHaveLength(1);
    expect(await rowsOf(clinic.tenantId, 'patients')).toHaveLength(2);
  });

  it('leaves everybody else as they were, and the chain of the audit log whole', async () => {
    const found = await findPatients(services, actor, 'Sample');
    expect(found).toMatchObject({ ok: true, patients: [{ id: other }] });
    const newest = await findPatients(services, actor, '');
    expect(newest.ok && newest.patients.map(({ id }) => id)).toEqual([other]);
    expect(await verifyAudit(services)).toMatchObject({ ok: true, faults: [] });
  });

  it('is certified: what went by its name, what stayed and why, and no name', async () => {
    const read = await readErasure(services, actor, erasureId);
    if (!read.ok) throw new Error(read.message);
    expect(read.erasure.summary).toMatchObject({
      identity: 'number-only',
      filesGone: rich.fileIds.length,
      kept: [],
      auditEntries: [],
    });
    const paper = await erasureCertificate(services, actor, erasureId, 'en');
    if (!paper.ok) throw new Error(paper.message);
    const text = readPdf(paper.pdf).pages.join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('Certificate of erasure');
    expect(text).toContain('Photographs');
    expect(text).toContain(rich.patientId);
    expect(text).not.toContain('Zebrawort');
  });

  it('carried out again does nothing', async () => {
    const before = await rowsOf(clinic.tenantId, 'erasures');
    expect(await carryOut(services, clinic.tenantId, erasureId)).toBe('done');
    expect(await rowsOf(clinic.tenantId, 'erasures')).toEqual(before);
  });
});

describe('a patient treated not long ago', () => {
  let clinic: TestClinic;
  let actor: Actor;
  let rich: RichPatient;
  let erasureId: string;
  const own: Marks = {
    name: 'Wolframite Dandelionhurst',
    localName: 'উলফ্রামাইট ড্যান্ডেলিয়ন',
    email: 'wolframite.d@example.org',
    phone: '+919812312399',
    phoneDigits: '9812312399',
    birthDate: '1979-11-03',
    words: 'prefers the blue room of Tamarind-Obelisk Street',
  };

  beforeAll(async () => {
    services.clock.set('2026-03-02T04:30:00Z');
    clinic = await makeTestClinic(services.db);
    actor = actorFor(clinic);
    rich = await richPatient(services, clinic, actor, '2025-11-20', own);
  });

  it('is told beforehand, with the dates, what the law wants kept and by which rule', async () => {
    const read = await reviewErasure(services, actor, rich.patientId);
    if (!read.ok) throw new Error(read.message);
    const { kept, now, visitsToCome } = read.review;
    expect(kept.map(({ kind, until, review }) => ({ kind, until, review }))).toEqual([
      { kind: 'treatment', until: '2028-11-20', review: 'unreviewed' },
      { kind: 'tax', until: '2032-12-31', review: 'unreviewed' },
    ]);
    expect(visitsToCome).toBe(1);
    expect(now.messages).toBe(1);
    expect(now.sessions).toBeUndefined();
  });

  it('loses at once what only served to reach her, and keeps the treatment record with the name', async () => {
    const done = await erase(actor, rich.patientId);
    erasureId = done.erasureId;
    expect(done.state).toBe('waiting');
    for (const table of [
      'messages',
      'waitlist_entries',
      'call_back_requests',
      'preview_pictures',
      'contact_consents',
      'photo_uploads',
    ]) {
      expect([table, await rowsOf(clinic.tenantId, table)]).toEqual([table, []]);
    }
    expect(
      (await rowsOf(clinic.tenantId, 'bookings')).every(
        (row) => row.name === null && row.patient_id === null,
      ),
    ).toBe(true);
    expect(await rowsOf(clinic.tenantId, 'sessions')).toHaveLength(1);
    expect(new Set((await rowsOf(clinic.tenantId, 'check_ins')).map(({ state }) => state))).toEqual(
      new Set(['answered', 'withdrawn']),
    );
    expect((await rowsOf(clinic.tenantId, 'photo_consents'))[0]?.withdrawn_at).not.toBeNull();
    const [patient] = (await rowsOf(clinic.tenantId, 'patients')).filter(({ id }) => id === rich.patientId);
    expect(patient).toMatchObject({ name: own.name, email: null, phones: [own.phone] });
    expect((await rowsOf(clinic.tenantId, 'invoices'))[0]?.buyer_name).toBe('–');
    expect(await findWords(services.db, [own.email])).toEqual([]);
  });

  it('waits for its date, and goes when it has come', async () => {
    services.clock.set('2028-11-19T12:00:00Z');
    expect(await carryOut(services, clinic.tenantId, erasureId)).toBe('waiting');
    expect(await rowsOf(clinic.tenantId, 'sessions')).toHaveLength(1);
    services.clock.set('2028-11-20T12:00:00Z');
    expect(await carryOut(services, clinic.tenantId, erasureId)).toBe('waiting');
    expect(await rowsOf(clinic.tenantId, 'sessions')).toEqual([]);
    // What is left are the references and lines of the account.
    const left = await findWords(services.db, wordsOf(own).slice(0, 7).concat('Tamarind-Obelisk'));
    expect(left.map((one) => one.replace(/ \(.*/, ''))).toEqual(['payments.reference']);
    services.clock.set('2033-01-02T12:00:00Z');
    expect(await carryOut(services, clinic.tenantId, erasureId)).toBe('done');
    expect(await findWords(services.db, ['Tamarind-Obelisk'])).toEqual([]);
    services.clock.set('2026-03-02T04:30:00Z');
  });
});

describe('an invoice', () => {
  it('that tax law wants named keeps the name until its period has passed', async () => {
    const clinic = await makeTestClinic(services.db);
    const actor = actorFor(clinic);
    const made = await createPatient(services, actor, { name: 'Buyer Ironwood', language: 'en' });
    if (!made.ok) throw new Error(made.message);
    const invoice = (number: number, total: number) =>
      insertRow(
        services.db,
        'invoices',
        {
          tenant_id: clinic.tenantId,
          id: randomUUID(),
          kind: 'invoice',
          credits_invoice_id: null,
          financial_year: '2025-26',
          number,
          label: `I-${number}`,
          patient_id: made.patient.id,
          buyer_name: 'Buyer Ironwood',
          buyer_gstin: null,
          issued_at: '2026-01-05T06:00:00Z',
          issued_day: '2026-01-05',
          reason: null,
          taxable_minor: total,
          cgst_minor: 0,
          sgst_minor: 0,
          igst_minor: 0,
          total_minor: total,
        },
        'x',
      );
    await invoice(1, 4_999_999);
    await invoice(2, 5_000_000);
    const { erasureId } = await erase(actor, made.patient.id);
    const names = async () =>
      (await rowsOf(clinic.tenantId, 'invoices'))
        .toSorted((a, b) => Number(a.number) - Number(b.number))
        .map(({ buyer_name }) => buyer_name);
    expect(await names()).toEqual(['–', 'Buyer Ironwood']);
    services.clock.set('2033-01-02T12:00:00Z');
    await carryOut(services, clinic.tenantId, erasureId);
    expect(await names()).toEqual(['–', '–']);
    services.clock.set('2026-03-02T04:30:00Z');
  });
});

describe('who decides', () => {
  let clinic: TestClinic;
  let owner: Actor;
  let patientId: string;
  beforeAll(async () => {
    clinic = await makeTestClinic(services.db);
    owner = actorFor(clinic);
    const made = await createPatient(services, owner, {
      name: 'Held Person',
      language: 'en',
      birthDate: '1990-01-02',
    });
    if (!made.ok) throw new Error(made.message);
    patientId = made.patient.id;
  });

  it('is the owner: the desk records the wish, and may not erase, hold or change a period', async () => {
    const desk = actorFor(clinic, 'desk');
    const refused = { ok: false, reason: 'not-allowed' };
    expect(await requestErasure(services, actorFor(clinic, 'auditor'), patientId, 'By letter')).toMatchObject(
      refused,
    );
    const asked = await requestErasure(services, desk, patientId, 'By letter');
    if (!asked.ok) throw new Error(asked.message);
    expect(await requestErasure(services, desk, patientId, 'Again')).toMatchObject({
      ok: false,
      reason: 'already-asked',
    });
    for (const role of ['desk', 'assistant', 'physician', 'auditor'] as const) {
      const other = actorFor(clinic, role);
      expect(await decideErasure(services, other, asked.erasureId, { approve: true })).toMatchObject(refused);
      expect(await setLegalHold(services, other, patientId, 'A court asks')).toMatchObject(refused);
      expect(await erasureCertificate(services, other, asked.erasureId, 'en')).toMatchObject(refused);
    }
    const refusedByOwner = await decideErasure(services, owner, asked.erasureId, {
      approve: false,
      reason: 'Asked by somebody else',
    });
    expect(refusedByOwner).toEqual({ ok: true });
    expect(await carryOut(services, clinic.tenantId, asked.erasureId)).toBe('refused');
  });

  it('cannot erase while a legal hold stands, not even what was approved before it', async () => {
    expect(await setLegalHold(services, owner, patientId, 'A court asks for the record')).toEqual({
      ok: true,
    });
    expect(await setLegalHold(services, owner, patientId, 'Another')).toMatchObject({
      reason: 'already-held',
    });
    const erasureId = await ask(owner, patientId);
    expect(await decideErasure(services, owner, erasureId, { approve: true })).toMatchObject({
      ok: false,
      reason: 'on-hold',
    });
    const lift = async () => {
      const read = await reviewErasure(services, owner, patientId);
      const hold = read.ok ? read.review.holds.find(({ liftedAt }) => liftedAt === null) : undefined;
      return liftLegalHold(services, owner, hold?.id ?? '', 'The court has closed the case');
    };
    expect(await lift()).toEqual({ ok: true });
    expect(await decideErasure(services, owner, erasureId, { approve: true })).toEqual({ ok: true });
    await setLegalHold(services, owner, patientId, 'A second case');
    expect(await carryOut(services, clinic.tenantId, erasureId)).toBe('on-hold');
    expect(await rowsOf(clinic.tenantId, 'patients')).toMatchObject([{ name: 'Held Person' }]);
    await lift();
    expect(await carryOut(services, clinic.tenantId, erasureId)).toBe('done');
    expect(await rowsOf(clinic.tenantId, 'patients')).toEqual([]);
    expect(await rowsOf(clinic.tenantId, 'legal_holds')).toEqual([]);
  });

  it('by link: the patient answers what the record knows, once', async () => {
    const made = await createPatient(services, owner, {
      name: 'Linked Person',
      language: 'en',
      birthDate: '1991-04-05',
    });
    if (!made.ok) throw new Error(made.message);
    const invited = await inviteErasure(services, owner, made.patient.id);
    if (!invited.ok) throw new Error(invited.message);
    const { token } = invited;
    expect(await openErasureLink(services, clinic.tenantId, token)).toEqual({
      ok: true,
      asked: 'birth-date',
      isTaken: false,
    });
    expect(
      await openErasureLink(
        services,
        clinic.tenantId,
        `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      ),
    ).toMatchObject({
      reason: 'link-unknown',
    });
    expect(await openErasureLink(services, randomUUID(), token)).toMatchObject({ reason: 'link-unknown' });
    expect(await confirmErasure(services, clinic.tenantId, token, '1991-04-06')).toMatchObject({
      reason: 'wrong-answer',
    });
    expect(await confirmErasure(services, clinic.tenantId, token, '1991-04-05')).toEqual({ ok: true });
    expect(await openErasureLink(services, clinic.tenantId, token)).toMatchObject({ isTaken: true });
    expect(await readErasure(services, owner, invited.erasureId)).toMatchObject({
      erasure: { state: 'requested', source: 'patient' },
    });
  });
});

describe('rows that never change', () => {
  it('yield to the erasure that is being carried out, to its own patient, and to nothing else', async () => {
    const clinic = await makeTestClinic(services.db);
    const actor = actorFor(clinic);
    const rich = await richPatient(services, clinic, actor, '2015-05-05', {
      ...marks,
      name: 'Sealed One',
      email: 'sealed@example.org',
    });
    const erasureId = await ask(actor, rich.patientId);
    const attempt = (statement: ReturnType<typeof sql>, id: string | null = erasureId, running = false) =>
      asTenant(services.db, clinic.tenantId, async (trx) => {
        if (running)
          await sql`update erasures set state = 'running', decided_at = now(), patient_ids = array[${rich.patientId}::uuid] where id = ${erasureId}`.execute(
            trx,
          );
        if (id !== null) await sql`select set_config('undertone.erasing', ${id}, true)`.execute(trx);
        await statement.execute(trx);
        throw Object.assign(new Error('not refused'), { code: 'not-refused' });
      }).catch((error: { code?: string }) => error.code);
    const of = sql`where tenant_id = ${clinic.tenantId}`;
    for (const statement of [
      sql`update invoices set buyer_name = 'x' ${of}`,
      sql`update payments set reference = 'x' ${of}`,
      sql`delete from recall_contacts ${of}`,
    ]) {
      expect(await attempt(statement, null)).toBe('23001');
      expect(await attempt(statement, erasureId)).toBe('23001');
      expect(await attempt(statement, randomUUID(), true)).toBe('23001');
      expect(await attempt(statement, erasureId, true)).toBe('not-refused');
    }
    for (const statement of [
      sql`update invoices set total_minor = 0, taxable_minor = 0 ${of}`,
      sql`delete from invoices ${of}`,
      sql`delete from payments ${of}`,
      sql`update audit_entries set entry = entry ${of}`,
      sql`delete from audit_entries ${of}`,
      sql`delete from stock_movements ${of}`,
      sql`update plans set document = document ${of}`,
      sql`update photos set view = 'x' ${of}`,
    ]) {
      expect(await attempt(statement, erasureId, true)).toBe('23001');
    }
    await sql`update erasures set state = 'refused', decided_at = now() where id = ${erasureId}`.execute(
      services.db,
    );
  });
});

describe('an erasure whose program is killed', () => {
  const start = async (tenantId: string, erasureId: string) => {
    const given = {
      connection: services.database.connection,
      now: services.clock.now().toISOString(),
      home: services.config.home,
      tenantId,
      erasureId,
    };
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'testing', 'eraser.ts'), JSON.stringify(given)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(child.stdout, 'data');
    return child;
  };
  const prepare = async (name: string) => {
    const clinic = await makeTestClinic(services.db);
    const actor = actorFor(clinic);
    const of = { ...marks, name, email: `${name.split(' ')[0]?.toLowerCase()}@example.org` };
    const rich = await richPatient(services, clinic, actor, '2015-05-05', of);
    const erasureId = await ask(actor, rich.patientId);
    await decideErasure(services, actor, erasureId, { approve: true });
    return { tenantId: clinic.tenantId, erasureId, words: [...name.split(' '), of.email], rich };
  };
  const stateOf = async (tenantId: string) => (await rowsOf(tenantId, 'erasures'))[0]?.state;

  it('among its rows has done nothing, and goes on to the end when it is run again', async () => {
    const { tenantId, erasureId, words } = await prepare('Killedfirst Quartzfield');
    const holder = await connectAsAdmin(services.database);
    await holder.query('begin');
    await holder.query('lock table jobs.job_common in share row exclusive mode');
    const child = await start(tenantId, erasureId);
    const waits = async () =>
      (
        await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'delete from jobs.job%'`.execute(
          services.db,
        )
      ).rows.length > 0;
    await vi.waitUntil(waits, { timeout: 20_000, interval: 50 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await holder.query('rollback');
    await holder.end();
    await vi.waitUntil(async () => !(await waits()), { timeout: 20_000, interval: 50 });
    expect(await stateOf(tenantId)).toBe('approved');
    expect((await findWords(services.db, words)).length).toBeGreaterThan(10);
    expect(await carryOut(services, tenantId, erasureId)).toBe('done');
    expect(await findWords(services.db, words)).toEqual([]);
  });

  it('at any later moment leaves no half state: run again, all of it is gone', async () => {
    for (const waitMs of [0, 20, 60]) {
      const { tenantId, erasureId, words, rich } = await prepare(`Killed${waitMs}ms Basaltmere${waitMs}`);
      const child = await start(tenantId, erasureId);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      child.kill('SIGKILL');
      await once(child, 'exit');
      await carryOut(services, tenantId, erasureId);
      await vi.waitUntil(async () => (await stateOf(tenantId)) === 'done', { timeout: 10_000, interval: 50 });
      expect(await findWords(services.db, words)).toEqual([]);
      expect(await findInFiles(services.config.home, words)).toEqual([]);
      expect(await services.files.find(services.db, tenantId, rich.fileIds[0] ?? '')).toBeUndefined();
    }
  }, 60_000);
});

describe('behind the fence between clinics', () => {
  it('an erasure does all of its work, and the working role still cannot take a sealed row', async () => {
    const clinic = await makeTestClinic(services.db);
    const actor = actorFor(clinic);
    const of = { ...marks, name: 'Fenced Tourmaline', email: 'fenced@example.org' };
    const rich = await richPatient(services, clinic, actor, '2015-05-05', of);
    const fence = await raiseFence(services.database, { poolSize: 3, log: services.log });
    await fence.admitToQueue();
    const fenced = { ...services, db: fence.db };
    try {
      const { tenantId } = clinic;
      await inTenant(tenantId, async () => {
        const asked = await requestErasure(fenced, actor, rich.patientId, 'By letter');
        if (!asked.ok) throw new Error(asked.message);
        expect(await decideErasure(fenced, actor, asked.erasureId, { approve: true })).toEqual({ ok: true });
        const take = asTenant(fenced.db, tenantId, async (trx) => {
          await sql`select set_config('undertone.erasing', ${asked.erasureId}, true)`.execute(trx);
          await sql`delete from recall_contacts where tenant_id = ${tenantId}`.execute(trx);
        });
        await expect(take).rejects.toMatchObject({ code: '42501' });
        expect(await carryOut(fenced, tenantId, asked.erasureId)).toBe('done');
        expect(await eraseEnquiries(fenced, actor)).toMatchObject({ ok: true });
      });
      expect(await findWords(services.db, ['tourmaline', of.email])).toEqual([]);
      expect(await reapplyErasures(fenced)).toBe(0);
    } finally {
      await fence.close();
    }
  });
});

describe('after a restore', () => {
  /** One who was erased, and the clinic as a backup from before would bring it back: with the person, without the erasure. */
  async function restored(name: string) {
    const clinic = await makeTestClinic(services.db);
    const actor = actorFor(clinic);
    const made = await createPatient(services, actor, { name, language: 'en', phones: ['+919800000777'] });
    if (!made.ok) throw new Error(made.message);
    const [saved] = await rowsOf(clinic.tenantId, 'patients');
    const { erasureId } = await erase(actor, made.patient.id);
    expect(await reapplyErasures(services)).toBe(0);
    return {
      tenantId: clinic.tenantId,
      erasureId,
      bringBack: async () => {
        await sql`delete from erasures where tenant_id = ${clinic.tenantId}`.execute(services.db);
        await insertRow(services.db, 'patients', saved ?? {}, '');
        expect(await findWords(services.db, [name])).not.toEqual([]);
      },
    };
  }

  it('those erased since the backup are erased again, from the register beside the master key', async () => {
    const { tenantId, erasureId, bringBack } = await restored('Restored Person');
    await bringBack();
    expect(await reapplyErasures(services)).toBe(1);
    expect(await findWords(services.db, ['Restored Person'])).toEqual([]);
    expect(await rowsOf(tenantId, 'erasures')).toMatchObject([{ id: erasureId, state: 'done' }]);
    expect(await reapplyErasures(services)).toBe(0);
  });

  it('an erasure that fails is logged by its id and thrown, the others are applied; the next try ends it', async () => {
    const broken = await restored('Stuck Heliotrope');
    const whole = await restored('Unhindered Saffron');
    for (const { bringBack } of [broken, whole]) await bringBack();
    await sql`create function stand_in_the_way() returns trigger language plpgsql as
      'begin raise exception ''no space left on device'' using errcode = ''53100''; end'`.execute(
      services.db,
    );
    await sql`create trigger stand_in_the_way before update or delete on patients for each row
      when (old.tenant_id = ${sql.lit(broken.tenantId)}) execute function stand_in_the_way()`.execute(
      services.db,
    );
    const before = logged.length;
    await expect(reapplyErasures(services)).rejects.toMatchObject({ code: '53100' });
    expect(await findWords(services.db, ['Unhindered Saffron'])).toEqual([]);
    expect(await rowsOf(whole.tenantId, 'erasures')).toMatchObject([{ state: 'done' }]);
    expect(await findWords(services.db, ['Stuck Heliotrope'])).not.toEqual([]);
    const told = logged.slice(before).filter((line) => line.includes('not applied again'));
    expect(told.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        level: 50,
        tenantId: broken.tenantId,
        erasureId: broken.erasureId,
        code: '53100',
      }),
    ]);
    expect(logged.join('')).not.toContain('Heliotrope');

    await sql`drop trigger stand_in_the_way on patients`.execute(services.db);
    expect(await reapplyErasures(services)).toBe(1);
    expect(await findWords(services.db, ['Stuck Heliotrope'])).toEqual([]);
    expect(await rowsOf(broken.tenantId, 'erasures')).toMatchObject([{ state: 'done' }]);
  });
});

describe('the nightly review', () => {
  it('lists who has passed the period for the owner, erases nobody by itself, and asks no second time within a year', async () => {
    const clinic = await makeTestClinic(services.db);
    const actor = actorFor(clinic);
    const add = async (name: string, createdAt: string) => {
      const made = await createPatient(services, actor, { name, language: 'en' });
      if (!made.ok) throw new Error(made.message);
      await sql`update patients set created_at = ${createdAt} where tenant_id = ${clinic.tenantId} and id = ${made.patient.id}`.execute(
        services.db,
      );
      return made.patient.id;
    };
    const old = await add('Old Person', '2016-01-01T00:00:00Z');
    await add('New Person', '2025-01-01T00:00:00Z');
    const withJobs = { ...services, jobs: () => services.jobs };
    expect(await reviewRetention(withJobs, clinic.tenantId)).toEqual({ listed: 1, enquiries: 0 });
    expect(await rowsOf(clinic.tenantId, 'erasures')).toMatchObject([
      { patient_id: old, state: 'requested', source: 'schedule' },
    ]);
    expect(await rowsOf(clinic.tenantId, 'patients')).toHaveLength(2);
    expect(await reviewRetention(withJobs, clinic.tenantId)).toEqual({ listed: 0, enquiries: 0 });
  });

  it('takes old enquiries away where the owner wants it so, and those alone', async () => {
    const clinic = await makeTestClinic(services.db);
    const actor = actorFor(clinic);
    const wish = (name: string, changedAt: string) =>
      insertRow(
        services.db,
        'call_back_requests',
        {
          tenant_id: clinic.tenantId,
          id: randomUUID(),
          name,
          language: 'en',
          state: 'closed',
          tries: 0,
          booking_id: null,
          changed_at: changedAt,
        },
        'x',
      );
    await wish('Old Wish', '2024-06-01T00:00:00Z');
    await wish('New Wish', '2026-01-01T00:00:00Z');
    const withJobs = { ...services, jobs: () => services.jobs };
    expect(await reviewRetention(withJobs, clinic.tenantId)).toEqual({ listed: 0, enquiries: 0 });
    expect(await countEnquiries(services, actor)).toMatchObject({ ok: true, count: 1, before: '2025-03-02' });
    const rule = {
      kind: 'enquiry' as const,
      lawMonths: 0,
      keepMonths: 12,
      source: 'The owner',
      review: 'reviewed' as const,
    };
    expect(
      await saveRetentionRule(services, actor, {
        ...rule,
        keepMonths: 6,
        lawMonths: 7,
        erasesByItself: true,
      }),
    ).toMatchObject({
      ok: false,
      field: 'keepMonths',
    });
    expect(
      await saveRetentionRule(services, actor, { ...rule, source: 'a\0b', erasesByItself: true }),
    ).toMatchObject({ ok: false, field: 'source' });
    expect(await saveRetentionRule(services, actor, { ...rule, erasesByItself: true })).toEqual({ ok: true });
    expect(await reviewRetention(withJobs, clinic.tenantId)).toEqual({ listed: 0, enquiries: 1 });
    expect(await rowsOf(clinic.tenantId, 'call_back_requests')).toMatchObject([{ name: 'New Wish' }]);
  });
});

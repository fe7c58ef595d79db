import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeTestClinic, type TestClinic } from '../booking/testing/clinic.ts';
import { allHandlers } from '../jobs.ts';
import { handle } from '../platform/jobs.ts';
import { type TestServices, testServices } from '../platform/testing/database.ts';
import { changePatient, createPatient, findPatients } from '../record/commands.ts';
import type { Actor, Role } from '../staff/schema.ts';
import {
  cancelImport,
  carryOn,
  changeImport,
  discardImport,
  readImport,
  stageImport,
  startImport,
  tableOf,
  undoImport,
} from './commands.ts';
import type { ImportKind } from './schema.ts';

let services: TestServices;
beforeAll(async () => {
  const inert = allHandlers({} as Parameters<typeof allHandlers>[0]).map(({ job }) =>
    handle(job, async () => undefined),
  );
  services = await testServices({ handlers: inert });
});

const actorFor = (clinic: TestClinic, role: Role = 'owner'): Actor => ({
  tenantId: clinic.tenantId,
  staffId: randomUUID(),
  role,
  name: 'Member',
  sessionId: randomUUID(),
});
const open = async () => {
  const clinic = await makeTestClinic(services.db);
  return { clinic, actor: actorFor(clinic), tenantId: clinic.tenantId };
};
const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n'));

function must<T extends { ok: boolean }>(answer: T): Extract<T, { ok: true }> {
  if (!answer.ok) throw new Error((answer as { message?: string }).message);
  return answer as Extract<T, { ok: true }>;
}

async function staged(actor: Actor, kind: ImportKind, bytes: Uint8Array): Promise<string> {
  return must(await stageImport(services, actor, kind, bytes)).import.id;
}

async function run(actor: Actor, id: string, dry = false) {
  must(await startImport(services, actor, id, { dry }));
  const state = await carryOn(services, actor.tenantId, id);
  return { state, ...must(await readImport(services, actor, id)) };
}

async function undo(actor: Actor, id: string) {
  must(await undoImport(services, actor, id));
  const state = await carryOn(services, actor.tenantId, id);
  return { state, ...must(await readImport(services, actor, id)) };
}

/** Every row of the tables an import writes, without what only remembers the import. */
async function everything(tenantId: string): Promise<unknown> {
  const of = async (table: string, order: string) =>
    (
      await sql`select * from ${sql.table(table)} where tenant_id = ${tenantId} order by ${sql.raw(order)}`.execute(
        services.db,
      )
    ).rows;
  return {
    patients: await of('patients', 'id'),
    words: await of('patient_words', 'word, patient_id'),
    names: await of('name_words', 'word'),
    notes: await of('health_entries', 'id'),
    bookings: await of('bookings', 'id'),
    events: await of('booking_events', 'seq'),
    files: await of('files', 'id'),
    messages: await of('messages', 'id'),
  };
}

describe('how days are written', () => {
  it('is shown by the table itself, and is no matter of what was looked at before', async () => {
    const { actor } = await open();
    const head = 'Name,Date of birth';
    const either = csv(head, 'Sample patient 901,03/04/1990');
    const sure = csv(head, 'Sample patient 902,03/04/1990', 'Sample patient 903,20/12/1985');
    const order = async (bytes: Uint8Array) => {
      const id = await staged(actor, 'patients', bytes);
      const { mapping } = must(await readImport(services, actor, id)).import;
      return { id, mapping, order: mapping.dateOrder };
    };
    const asMonthsFirst = async ({ id, mapping }: Awaited<ReturnType<typeof order>>, dry: boolean) => {
      must(await changeImport(services, actor, id, { mapping: { ...mapping, dateOrder: 'mdy' } }));
      await run(actor, id, dry);
    };
    const first = await order(either);
    expect(first.order).toBe('dmy');
    await asMonthsFirst(first, true);
    must(await discardImport(services, actor, first.id));
    expect((await order(either)).order).toBe('dmy');
    await asMonthsFirst(await order(either), false);
    // Of a table that can be read either way, what was imported last is the best word there is.
    expect((await order(either)).order).toBe('mdy');
    expect((await order(sure)).order).toBe('dmy');
    expect(
      (await order(csv(head, 'Sample patient 904,1990-04-03', 'Sample patient 905,12/20/1985'))).order,
    ).toBe('mdy');
  });
});

describe('a table of patients', () => {
  it('is read as it was saved, shown as it would land, checked without writing, and then imported', async () => {
    const { actor, tenantId } = await open();
    const before = await everything(tenantId);
    const text =
      '\uFEFFरोगी का नाम;Patient Name;Date of birth;Sex;Mobile;E-mail;Notes\r\nx;"Import, One";02/03/1980;F;98000 00021;one@example.org;"two\r\nlines"\r\nx;Import Two;;पुरुष;;;\r\nx;Import Three;31/12/2099;F;12;not an address;\r\n';
    const id = await staged(actor, 'patients', Buffer.from(text));
    const shown = must(await readImport(services, actor, id));
    expect(shown.import.format).toMatchObject({ encoding: 'utf-8', separator: ';' });
    expect(shown.import.mapping.fields).toEqual([null, 'name', 'birthDate', 'sex', 'phone', 'email', 'note']);
    expect(shown.preview[0]?.lands).toMatchObject({
      name: 'Import, One',
      birthDate: '1980-03-02',
      sex: 'female',
      phone: '+919800000021',
    });
    const checked = await run(actor, id, true);
    expect(checked.state).toBe('staged');
    expect(checked.import.counts).toEqual({ ready: 2, imported: 0, duplicate: 0, faulty: 1 });
    expect(checked.told).toEqual([
      {
        rowNumber: 3,
        outcome: 'faulty',
        subjectId: null,
        faults: [
          { field: 'birthDate', code: 'born-in-future' },
          { field: 'phone', code: 'bad-phone' },
          { field: 'email', code: 'bad-email' },
        ],
      },
    ]);
    expect(await everything(tenantId)).toEqual({ ...(before as object), files: expect.anything() });

    const mended = { 3: { birthDate: '31/12/1999', phone: '9800000023', email: '' } };
    must(await changeImport(services, actor, id, { corrections: mended }));
    const done = await run(actor, id);
    expect(done.import).toMatchObject({
      state: 'imported',
      hasFile: false,
      rowsTotal: 3,
      counts: { imported: 3, faulty: 0 },
    });
    const found = must(await findPatients(services, actor, 'import three'));
    expect(found.patients).toMatchObject([
      { name: 'Import Three', birthDate: '1999-12-31', phone: '+919800000023' },
    ]);
    const { rows } = await sql<{
      note: string;
    }>`select note from health_entries where tenant_id = ${tenantId}`.execute(services.db);
    expect(rows).toEqual([{ note: 'two\r\nlines' }]);
  });

  it('is understood in every encoding and separator spreadsheets save in', async () => {
    const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    const latin = (text: string) => Buffer.from(text, 'latin1');
    for (const [bytes, name] of [
      [utf16('name\tphone\r\nনমুনা রোগী\t9800000031\r\n'), 'নমুনা রোগী'],
      [latin('name;phone\nJosé Peña;9800000031\n'), 'José Peña'],
      [Buffer.from('name|phone\nPipe Person|9800000031'), 'Pipe Person'],
      [Buffer.from('first name,surname,phone\nGiven,Family,9800000031\n'), 'Given Family'],
    ] as const) {
      const { actor } = await open();
      const done = await run(actor, await staged(actor, 'patients', bytes));
      expect(done.import.counts.imported).toBe(1);
      expect(must(await findPatients(services, actor, '')).patients.map((one) => one.name)).toEqual([name]);
    }
  });

  it('leaves out whom the record or the file has already, and brings them in where that is wanted', async () => {
    const { actor } = await open();
    const known = must(
      await createPatient(services, actor, {
        name: 'Known Person',
        language: 'en',
        phones: ['9800000041'],
        birthDate: '1970-01-02',
      }),
    );
    const bytes = csv(
      'name,birth date,phone',
      'Known Persn,,+91 98000 00041',
      'Known Person,1970-01-02,',
      'Other Family,1999-01-01,9800000041',
      'Twice Here,,9800000042',
      'Twice  Here,,98000-00042',
    );
    const id = await staged(actor, 'patients', bytes);
    const done = await run(actor, id);
    expect(done.import.counts).toMatchObject({ imported: 2, duplicate: 3, faulty: 0 });
    expect(
      done.told.map(({ rowNumber, subjectId, faults }) => [rowNumber, subjectId, faults[0]?.code]),
    ).toEqual([
      [1, known.patient.id, 'alike-phone'],
      [2, known.patient.id, 'alike-name-and-birth-date'],
      [5, expect.toBeOneOf([null, expect.any(String)]), 'alike-in-file'],
    ]);
    const again = await staged(actor, 'patients', bytes);
    const { import: one } = must(await readImport(services, actor, again));
    must(await changeImport(services, actor, again, { mapping: { ...one.mapping, duplicates: 'import' } }));
    expect((await run(actor, again)).import.counts.imported).toBe(5);
  });

  it('goes on where it was cut off, and no row comes twice', async () => {
    const { actor, tenantId } = await open();
    const lines = Array.from(
      { length: 1300 },
      (_, i) => `Number ${i + 1} Person${i + 1},${9_700_000_000 + i}`,
    );
    const id = await staged(actor, 'patients', csv('name,phone', ...lines));
    must(await startImport(services, actor, id, { dry: false }));
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(carryOn(services, tenantId, id, stop.signal)).rejects.toThrow('stopped');
    expect(must(await readImport(services, actor, id)).import.rowsDone).toBe(500);
    await Promise.all([carryOn(services, tenantId, id), carryOn(services, tenantId, id)]);
    await carryOn(services, tenantId, id);
    expect(must(await readImport(services, actor, id)).import).toMatchObject({
      state: 'imported',
      counts: { imported: 1300, duplicate: 0 },
    });
    const { rows } = await sql<{
      count: number;
    }>`select count(*) as count from patients where tenant_id = ${tenantId}`.execute(services.db);
    expect(rows[0]?.count).toBe(1300);
  });

  it('can be stopped, and what came in until then taken back', async () => {
    const { actor, tenantId } = await open();
    const before = await everything(tenantId);
    const lines = Array.from({ length: 1100 }, (_, i) => `Stopped ${i + 1},${9_710_000_000 + i}`);
    const id = await staged(actor, 'patients', csv('name,phone', ...lines));
    must(await startImport(services, actor, id, { dry: false }));
    const stop = new AbortController();
    stop.abort();
    await carryOn(services, tenantId, id, stop.signal).catch(() => undefined);
    must(await cancelImport(services, actor, id));
    expect(await carryOn(services, tenantId, id)).toBe('cancelled');
    expect((await undo(actor, id)).state).toBe('undone');
    expect(await everything(tenantId)).toEqual(before);
  });
});

describe('undoing an import', () => {
  it('brings everything back exactly as it was', async () => {
    const { actor, tenantId } = await open();
    must(await createPatient(services, actor, { name: 'Before Person', language: 'en' }));
    const before = await everything(tenantId);
    const id = await staged(
      actor,
      'patients',
      csv('name,phone,notes', 'After Person,9800000051,told us', 'After Second,,'),
    );
    await run(actor, id);
    expect(await everything(tenantId)).not.toEqual(before);
    expect((await undo(actor, id)).import.state).toBe('undone');
    expect(await everything(tenantId)).toEqual(before);
  });

  it('keeps what something was built upon, and names each with its row', async () => {
    const { actor, clinic, tenantId } = await open();
    const id = await staged(
      actor,
      'patients',
      csv('name,phone', 'Changed One,9800000061', 'Visited Two,9800000062', 'Plain Three,9800000063'),
    );
    await run(actor, id);
    const people = must(await findPatients(services, actor, '')).patients;
    const of = (name: string) => people.find((one) => one.name === name)?.id ?? '';
    must(await changePatient(services, actor, of('Changed One'), { version: 1, sex: 'male' }));
    const visits = await staged(
      actor,
      'appointments',
      csv('date,time,name,phone', '2026-05-04,10:00,Visited Two,9800000062'),
    );
    expect((await run(actor, visits)).import.counts.imported).toBe(1);
    const undone = await undo(actor, id);
    expect(
      undone.told.map(({ rowNumber, outcome, faults }) => [rowNumber, outcome, faults[0]?.code]),
    ).toEqual([
      [1, 'kept', 'has-been-changed'],
      [2, 'kept', 'has-visits'],
    ]);
    expect(
      must(await findPatients(services, actor, ''))
        .patients.map((one) => one.name)
        .toSorted(),
    ).toEqual(['Changed One', 'Visited Two']);
    // The visit goes, and with it the reason to stay.
    expect((await undo(actor, visits)).import.state).toBe('undone');
    expect((await undo(actor, id)).told).toMatchObject([{ rowNumber: 1 }]);
    expect(clinic.tenantId).toBe(tenantId);
  });
});

describe('a table of appointments', () => {
  it('finds service, person and patient, holds to the diary, and sends nobody a message', async () => {
    const { actor, clinic, tenantId } = await open();
    const known = must(
      await createPatient(services, actor, {
        name: 'Visiting Person',
        language: 'en',
        phones: ['9800000071'],
      }),
    );
    const id = await staged(
      actor,
      'appointments',
      csv(
        'Date;Time;Treatment;Doctor;Status;Client;Phone',
        '04.05.2025;10:00;visit;Doctor 1;done;Visiting Person;9800000071',
        '04.05.2025;10.15 am;Visit;doctor 1;done;Other Person;9800000072',
        '04.05.2025;10:15;visit;Doctor 1;cancelled;Other Person;9800000072',
        '01.06.2026;2 pm;visit;Doctor 1;;Later Person;9800000073',
        '01.06.2026;25:00;massage;Nobody;perhaps;;',
      ),
    );
    const done = await run(actor, id);
    expect(done.import.counts).toMatchObject({ imported: 3, faulty: 2 });
    expect(
      done.told.map(({ rowNumber, faults }) => [rowNumber, faults.map(({ field, code }) => [field, code])]),
    ).toEqual([
      [2, [[null, 'clash-practitioner']]],
      [
        5,
        [
          ['name', 'needed'],
          ['time', 'bad-time'],
          ['service', 'unknown-service'],
          ['practitioner', 'unknown-practitioner'],
          ['status', 'bad-status'],
        ],
      ],
    ]);
    const { rows } = await sql<{ status: string; patient_id: string | null; source: string; at: string }>`
      select status, patient_id, source, to_char(starts_at at time zone 'Asia/Kolkata', 'YYYY-MM-DD HH24:MI') as at
      from bookings where tenant_id = ${tenantId} order by starts_at, status`.execute(services.db);
    expect(rows).toEqual([
      { status: 'completed', patient_id: known.patient.id, source: 'import', at: '2025-05-04 10:00' },
      { status: 'cancelled', patient_id: null, source: 'import', at: '2025-05-04 10:15' },
      { status: 'confirmed', patient_id: null, source: 'import', at: '2026-06-01 14:00' },
    ]);
    const messages = await sql`select 1 from messages where tenant_id = ${clinic.tenantId}`.execute(
      services.db,
    );
    expect(messages.rows).toEqual([]);
  });
});

describe('export, import, export', () => {
  it('gives the same table again, of patients and of appointments', async () => {
    const { actor } = await open();
    const people = csv(
      'name,birth date,sex,phone,email,language,weight,notes',
      '"Quoted ""Q"", Person",1980-03-02,female,9800000081;9800000082,q@example.org,bengali,61.5,"=SUM(A1), two\nlines"',
      'নমুনা রোগী,,,,,,,',
      "'-minus Person,1999-12-31,other,,,ne,,",
    );
    await run(actor, await staged(actor, 'patients', people));
    await run(
      actor,
      await staged(
        actor,
        'appointments',
        csv(
          'date,time,name,phone,status,notes',
          '2025-01-02,11:30,Visitor One,9800000083,done,"a, b"',
          '2026-09-02,11:30,Visitor Two,,,',
        ),
      ),
    );
    for (const kind of ['patients', 'appointments'] as const) {
      const first = must(await tableOf(services, actor, kind)).text;
      const elsewhere = await open();
      // The same clinic elsewhere: named alike.
      const done = await run(elsewhere.actor, await staged(elsewhere.actor, kind, Buffer.from(first)));
      expect(done.told).toEqual([]);
      expect(must(await tableOf(services, elsewhere.actor, kind)).text).toBe(first);
    }
  });
});

describe('who may import', () => {
  it('is the owner', async () => {
    const { clinic, actor } = await open();
    const id = await staged(actor, 'patients', csv('name,phone', 'Alpha,9800000091'));
    for (const role of ['physician', 'assistant', 'desk', 'auditor'] as const) {
      const other = actorFor(clinic, role);
      const refused = { ok: false, reason: 'not-allowed' };
      expect(await stageImport(services, other, 'patients', csv('name', 'x'))).toMatchObject(refused);
      expect(await readImport(services, other, id)).toMatchObject(refused);
      expect(await startImport(services, other, id, { dry: true })).toMatchObject(refused);
      expect(await undoImport(services, other, id)).toMatchObject(refused);
      expect(await tableOf(services, other, 'patients')).toMatchObject(refused);
    }
    expect(await readImport(services, actorFor((await open()).clinic), id)).toMatchObject({
      reason: 'not-found',
    });
  });

  it('who forgets a table leaves nothing of it behind', async () => {
    const { actor, tenantId } = await open();
    const before = await everything(tenantId);
    const id = await staged(actor, 'patients', csv('name,phone', 'Forgotten,9800000092'));
    must(await discardImport(services, actor, id));
    expect(await everything(tenantId)).toEqual(before);
    expect(await startImport(services, actor, id, { dry: true })).toMatchObject({ reason: 'wrong-state' });
  });

  it('is told what to do with what is no table', async () => {
    const { actor } = await open();
    const stage = (bytes: Uint8Array) => stageImport(services, actor, 'patients', bytes);
    expect(await stage(Buffer.alloc(0))).toMatchObject({ reason: 'empty-file' });
    expect(await stage(Buffer.from('name,phone\r\n'))).toMatchObject({ reason: 'empty-file' });
    expect(await stage(Buffer.from('PK\u0003\u0004 a workbook'))).toMatchObject({ reason: 'not-a-table' });
    const id = await staged(actor, 'patients', csv('colour,shape', 'red,round'));
    expect(await startImport(services, actor, id, { dry: true })).toMatchObject({
      reason: 'column-missing',
      field: 'name',
    });
    const { mapping } = must(await readImport(services, actor, id)).import;
    const twice = { ...mapping, fields: ['name', 'name'] };
    expect(await changeImport(services, actor, id, { mapping: twice })).toMatchObject({
      reason: 'column-twice',
      field: 'name',
    });
  });
});

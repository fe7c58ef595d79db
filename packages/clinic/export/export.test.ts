import { randomUUID } from 'node:crypto';
import { unzipSync } from 'fflate';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createApiToken } from '../api-tokens/commands.ts';
import { listAudit } from '../audit/commands.ts';
import { handleFhir } from '../fhir/http.ts';
import { openValidators } from '../fhir/testing.ts';
import { handle } from '../platform/jobs.ts';
import { inTenant } from '../platform/scope.ts';
import { testServices } from '../platform/testing/database.ts';
import { proven } from '../staff/testing.ts';
import {
  askByLink,
  askForRecord,
  type FetchedFile,
  makeExport,
  makeExportJob,
  makeRecordLink,
  openRecordLink,
  proveRecordLink,
  readByLink,
  readRecordExport,
  recordExports,
  sweepExports,
} from './commands.ts';
import { bulkOperation } from './http.ts';
import { leftOut, tablesOfPeople } from './rows.ts';
import { tinyJpeg, type WholePerson, wholePerson } from './testing.ts';
import { copyWords } from './words.ts';

const services = await testServices({ handlers: [handle(makeExportJob, async () => undefined)] });

async function bytesOf(file: FetchedFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of file.pieces()) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function zipOf({ actor, patientId, tenantId }: WholePerson) {
  const asked = await askForRecord(services, actor, patientId);
  if (!asked.ok) throw new Error(asked.message);
  await makeExport(services, tenantId, asked.exportId);
  const read = await readRecordExport(services, actor, asked.exportId);
  if (!read.ok) throw new Error(read.message);
  const bytes = await bytesOf(read.file);
  expect(bytes.length).toBe(read.file.sizeBytes);
  return { exportId: asked.exportId, files: unzipSync(new Uint8Array(bytes)) };
}

const textOf = (files: Record<string, Uint8Array>, path: string) => Buffer.from(files[path] ?? []).toString();

describe('a copy of a person’s record', () => {
  it('holds every row of the person in every table that can hold one', async () => {
    const person = await wholePerson(services);
    const before = new Map<string, string[]>();
    // Everything in this clinic is this person's, the clinic's own set-up apart.
    for (const table of tablesOfPeople()) {
      const { rows } = await sql<{
        key: string;
      }>`select (to_jsonb(t) - 'token_hash' - 'proof' - 'person_key')::text as key
        from ${sql.table(table)} t where tenant_id = ${person.tenantId}`.execute(services.db);
      before.set(
        table,
        rows.map(({ key }) => key),
      );
    }
    const { files } = await zipOf(person);
    const holding = [...before].filter(([table, rows]) => rows.length > 0 && table !== 'exports');
    // Tables of copies, links, holds and erasures have nothing of somebody nobody erased.
    expect([...before].filter(([, rows]) => rows.length === 0).map(([table]) => table)).toEqual(
      expect.arrayContaining(['erasures', 'legal_holds', 'record_links']),
    );
    expect(holding.length).toBeGreaterThan(40);
    for (const [table, rows] of holding) {
      const given = JSON.parse(textOf(files, `data/${table}.json`)) as unknown[];
      const sorted = (list: readonly unknown[]) => list.map((one) => canonical(one)).toSorted();
      expect([table, sorted(given)]).toEqual([table, sorted(rows.map((row) => JSON.parse(row) as unknown))]);
    }
  });

  it('leaves out a table only for a reason that is written down', async () => {
    const { rows } = await sql<{
      name: string;
    }>`select distinct c.table_name as name from information_schema.columns c
      where c.table_schema = 'public' and c.column_name = 'patient_id'`.execute(services.db);
    const given = tablesOfPeople();
    expect(rows.length).toBeGreaterThan(20);
    expect(
      rows.map(({ name }) => name).filter((name) => !given.includes(name) && !(name in leftOut)),
    ).toEqual([]);
    for (const reason of Object.values(leftOut)) expect(reason.length).toBeGreaterThan(15);
  });

  it('holds photographs and sealed documents byte by byte, and the papers that could be made', async () => {
    const person = await wholePerson(services);
    const { files } = await zipOf(person);
    const pictures = Object.entries(files).filter(([path]) => path.startsWith('photographs/'));
    // The photograph, the one of a check-in, two of a pair, the preview that was sent.
    expect(pictures).toHaveLength(5);
    for (const [, bytes] of pictures) expect(Buffer.from(bytes).equals(tinyJpeg)).toBe(true);
    const papers = Object.keys(files).filter((path) => path.startsWith('documents/'));
    for (const kind of ['consent', 'plan', 'receipt', 'event'])
      expect([kind, papers.some((path) => path.startsWith(`documents/${kind}-`))]).toEqual([kind, true]);
    for (const path of papers) expect(textOf(files, path).startsWith('%PDF-')).toBe(true);
  });

  it('is read in the person’s language without script or line, with links that lead somewhere', async () => {
    const person = await wholePerson(services, 'Sample <b>patient</b> & "014"');
    const { files } = await zipOf(person);
    const page = textOf(files, 'index.html');
    expect(page).toContain('<html lang="bn">');
    expect(page).toContain(copyWords.bn.title);
    expect(page).toContain('Sample &lt;b&gt;patient&lt;/b&gt; &amp; &quot;014&quot;');
    expect(page).not.toMatch(/<script|<b>|https?:\/\/|undefined|\[object/);
    const links = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, to]) => to ?? '');
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter((to) => files[to] === undefined)).toEqual([]);
    // What is in the zip is found from the page.
    expect(
      Object.keys(files).filter(
        (path) => path !== 'index.html' && !links.includes(path) && !isEmptyTable(path),
      ),
    ).toEqual([]);
    function isEmptyTable(path: string): boolean {
      return path.startsWith('data/') && textOf(files, path).trim() === '[]';
    }
  });

  it('holds the same as FHIR, which two validators accept', async () => {
    const person = await wholePerson(services);
    const { files } = await zipOf(person);
    const bundle = JSON.parse(textOf(files, 'data/fhir.json')) as { entry: unknown[] };
    expect(bundle.entry.length).toBeGreaterThan(25);
    for (const { name, faults } of openValidators()) expect([name, ...faults(bundle)]).toEqual([name]);
  });

  it('tells no hash that opens a door', async () => {
    const person = await wholePerson(services);
    const { files } = await zipOf(person);
    for (const path of Object.keys(files).filter((one) => one.startsWith('data/')))
      expect([path, /token_hash|"proof"|person_key|wrapped_key/.test(textOf(files, path))]).toEqual([
        path,
        false,
      ]);
  });

  it('lies encrypted, can be fetched for a week, and then its files are gone', async () => {
    const person = await wholePerson(services);
    const { exportId } = await zipOf(person);
    const kept = async () =>
      (
        await sql<{
          n: number;
        }>`select count(*)::int as n from files f join export_files e on e.tenant_id = f.tenant_id
          and e.file_id = f.id where f.tenant_id = ${person.tenantId}`.execute(services.db)
      ).rows[0]?.n;
    expect(await kept()).toBe(1);
    services.clock.advance(7 * 86_400_000 - 60_000);
    expect(await sweepExports(services, person.tenantId)).toBe(0);
    expect((await readRecordExport(services, person.actor, exportId)).ok).toBe(true);
    services.clock.advance(120_000);
    expect(await readRecordExport(services, person.actor, exportId)).toMatchObject({ reason: 'not-found' });
    expect(await sweepExports(services, person.tenantId)).toBe(1);
    expect(await kept()).toBe(0);
    const listed = await recordExports(services, person.actor, person.patientId);
    expect(listed).toMatchObject({ exports: [{ id: exportId, state: 'expired', sizeBytes: 0 }] });
  });

  it('leaves entries for asking, making and fetching, with counts and no names', async () => {
    const person = await wholePerson(services);
    await zipOf(person);
    const entries = await listAudit(services, person.tenantId, { limit: 200 });
    const actions = entries.map(({ entry }) => entry?.action);
    for (const action of ['record.export-asked', 'record.exported', 'record.fetched'])
      expect(actions.filter((one) => one === action)).toHaveLength(1);
    const made = entries.find(({ entry }) => entry?.action === 'record.exported')?.entry;
    expect(made).toMatchObject({
      subject: { kind: 'patient', id: person.patientId },
      change: { after: { pictures: 5 } },
    });
    expect(JSON.stringify(entries)).not.toContain('Sample patient');
  });

  it('is for owners, of their own clinic, once at a time, and made only while the owner is one', async () => {
    const person = await wholePerson(services);
    const other = await wholePerson(services);
    const { actor, patientId, tenantId } = person;
    for (const role of ['physician', 'assistant', 'desk', 'auditor'] as const)
      expect(await askForRecord(services, { ...actor, role }, patientId)).toMatchObject({
        reason: 'not-allowed',
      });
    expect(await askForRecord(services, other.actor, patientId)).toMatchObject({ reason: 'not-found' });
    const asked = await askForRecord(services, actor, patientId);
    expect(await askForRecord(services, actor, patientId)).toMatchObject({ reason: 'already-asked' });
    await sql`update staff set role = 'desk' where id = ${actor.staffId}`.execute(services.db);
    await makeExport(services, tenantId, asked.ok ? asked.exportId : '');
    const listed = await recordExports(services, actor, patientId);
    expect(listed).toMatchObject({ exports: [{ state: 'failed' }] });
    expect(await readRecordExport(services, other.actor, asked.ok ? asked.exportId : '')).toMatchObject({
      reason: 'not-found',
    });
  });
});

describe('a patient’s own link', () => {
  async function linked() {
    const person = await wholePerson(services);
    const made = await makeRecordLink(services, person.actor, person.patientId);
    if (!made.ok) throw new Error(made.message);
    const token = made.url.split('/').at(-1) ?? '';
    const open = (pass?: string) => openRecordLink(services, person.tenantId, token, pass);
    const prove = (answer: string) => proveRecordLink(services, person.tenantId, token, answer);
    return { person, token, open, prove, url: made.url };
  }

  it('shows nothing before the birth date is told, then gives her own copy', async () => {
    const { person, token, open, prove, url } = await linked();
    const { tenantId } = person;
    expect(url).toContain('/bn/record/');
    expect(await open()).toMatchObject({ reason: 'proof-needed', asks: 'birth-date' });
    expect(await askByLink(services, tenantId, token, undefined)).toMatchObject({ reason: 'proof-needed' });
    expect(await readByLink(services, tenantId, token, undefined)).toMatchObject({ reason: 'proof-needed' });
    expect(await prove('1990-05-22')).toMatchObject({ reason: 'proof-wrong' });
    const proved = await prove('1990-05-21');
    const pass = proved.ok ? proved.pass : '';
    expect(await open(pass)).toMatchObject({ ok: true, exports: [] });
    const asked = await askByLink(services, tenantId, token, pass);
    expect(await askByLink(services, tenantId, token, pass)).toMatchObject({ reason: 'already-asked' });
    expect(await readByLink(services, tenantId, token, pass)).toMatchObject({ reason: 'not-found' });
    await makeExport(services, tenantId, asked.ok ? asked.exportId : '');
    const read = await readByLink(services, tenantId, token, pass);
    if (!read.ok) throw new Error(read.message);
    expect(Object.keys(unzipSync(new Uint8Array(await bytesOf(read.file))))).toContain('index.html');
    const entries = await listAudit(services, tenantId, { limit: 20 });
    expect(entries[0]?.entry).toMatchObject({ action: 'record.fetched', actor: { kind: 'link' } });
  });

  it('is shut after eight wrong answers an hour, after three weeks, and for whoever makes one up', async () => {
    const { person, token, prove, open } = await linked();
    for (let i = 0; i < 8; i++) expect(await prove('1970-01-01')).toMatchObject({ reason: 'proof-wrong' });
    expect(await prove('1990-05-21')).toMatchObject({ reason: 'too-many-requests' });
    services.clock.advance(3_600_000);
    const proved = await prove('1990-05-21');
    const pass = proved.ok ? proved.pass : '';
    expect((await open(pass)).ok).toBe(true);
    const forged = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(await openRecordLink(services, person.tenantId, forged, pass)).toMatchObject({
      reason: 'link-unknown',
    });
    const other = await linked();
    expect(await other.open(pass)).toMatchObject({ reason: 'proof-needed' });
    services.clock.advance(21 * 86_400_000);
    expect(await open(pass)).toMatchObject({ reason: 'link-expired' });
  });

  it('is not made where nothing could prove who holds it', async () => {
    const { actor, patientId } = await wholePerson(services);
    await sql`update patients set birth_date = null, phones = '{}' where id = ${patientId}`.execute(
      services.db,
    );
    expect(await makeRecordLink(services, actor, patientId)).toMatchObject({ reason: 'nothing-to-ask' });
  });
});

describe('FHIR in bulk', () => {
  async function program() {
    const person = await wholePerson(services);
    const made = await createApiToken(services, await proven(services, person.actor), {
      name: 'Research',
      scopes: ['export:run', 'fhir:read'],
      days: 5,
    });
    if (!made.ok) throw new Error(made.message);
    const ask = async (path: string, init: RequestInit = {}) => {
      const url = path.startsWith('http') ? path : `http://localhost:3000/fhir/R4/${path}`;
      const headers = {
        authorization: `Bearer ${made.secret}`,
        prefer: 'respond-async',
        ...(init.headers as object),
      };
      const answer = await inTenant(person.tenantId, () =>
        handleFhir(new Request(url, { ...init, headers }), services, [bulkOperation]),
      );
      if (!answer) throw new Error(`${path} is not served`);
      return answer;
    };
    return { person, ask };
  }
  const idOf = (status: Response) => status.headers.get('content-location')?.split('/').at(-1) ?? '';

  it('is asked for, waited for, and fetched: every resource, each file of one kind', async () => {
    const { person, ask } = await program();
    const begun = await ask('$export');
    expect(begun.status).toBe(202);
    const status = begun.headers.get('content-location') ?? '';
    const waiting = await ask(status);
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([202, '5']);
    await makeExport(services, person.tenantId, idOf(begun));
    const ready = await ask(status);
    expect([ready.status, ready.headers.get('expires')]).toEqual([200, expect.any(String)]);
    const manifest = (await ready.json()) as {
      transactionTime: string;
      requiresAccessToken: boolean;
      output: { type: string; url: string; count: number }[];
      error: unknown[];
    };
    expect(manifest).toMatchObject({
      requiresAccessToken: true,
      error: [],
      request: expect.stringContaining('$export'),
    });
    const validators = openValidators();
    let count = 0;
    for (const { type, url, count: told } of manifest.output) {
      const file = await ask(url);
      expect(file.headers.get('content-type')).toBe('application/fhir+ndjson');
      const lines = (await file.text()).trimEnd().split('\n');
      expect(lines).toHaveLength(told);
      for (const line of lines) {
        const resource = JSON.parse(line) as { resourceType: string };
        expect(resource.resourceType).toBe(type);
        expect(validators.flatMap(({ faults }) => faults(resource))).toEqual([]);
        count += 1;
      }
    }
    expect(manifest.output.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Patient', 'Substance', 'AdverseEvent']),
    );
    expect(count).toBeGreaterThan(30);
  });

  it('gives of patients only what is theirs, of kinds only those named, of times only what changed since', async () => {
    const { person, ask } = await program();
    const typesOf = async (path: string) => {
      const begun = await ask(path);
      await makeExport(services, person.tenantId, idOf(begun));
      const { output } = (await (await ask(begun.headers.get('content-location') ?? '')).json()) as {
        output: { type: string; count: number }[];
      };
      return Object.fromEntries(output.map(({ type, count }) => [type, count]));
    };
    const ofPatients = await typesOf('Patient/$export');
    expect(ofPatients).toHaveProperty('Procedure');
    expect(ofPatients).not.toHaveProperty('Organization');
    expect(await typesOf('$export?_type=Patient,Condition')).toEqual({ Patient: 2, Condition: 1 });
    expect(await typesOf('$export?_type=Patient,AdverseEvent&_since=2026-02-25T00:00:00Z')).toEqual({
      AdverseEvent: 1,
    });
    expect(await typesOf('$export?_type=AdverseEvent&_since=2026-03-01T00:00:00Z')).toEqual({});
  });

  it('can be given up, ends after a day, and is nobody else’s', async () => {
    const { person, ask } = await program();
    const first = await ask('$export');
    const status = first.headers.get('content-location') ?? '';
    await makeExport(services, person.tenantId, idOf(first));
    const file = `$export-file/${idOf(first)}/1`;
    expect((await ask(file)).status).toBe(200);
    expect((await ask(status, { method: 'DELETE' })).status).toBe(202);
    expect((await ask(file)).status).toBe(404);
    expect((await ask(status)).status).toBe(410);
    const second = await ask('$export');
    await makeExport(services, person.tenantId, idOf(second));
    const stranger = await program();
    expect((await stranger.ask(`$export-status/${idOf(second)}`)).status).toBe(404);
    expect((await stranger.ask(`$export-file/${idOf(second)}/1`)).status).toBe(404);
    services.clock.advance(86_400_000);
    expect((await ask(`$export-status/${idOf(second)}`)).status).toBe(410);
    expect((await ask(`$export-file/${idOf(second)}/1`)).status).toBe(404);
  });

  it('refuses what it does not do with an OperationOutcome', async () => {
    const { ask } = await program();
    const cases: [string, RequestInit, number][] = [
      ['$export', { headers: { prefer: 'return=minimal' } }, 400],
      ['$export?_since=soon', {}, 400],
      ['$export?_type=Immunization', {}, 400],
      ['$export?_outputFormat=text/csv', {}, 400],
      ['$export?_typeFilter=x', {}, 400],
      ['$export', { method: 'POST' }, 405],
      [`$export-status/${randomUUID()}`, {}, 404],
      ['$export-status/x', {}, 404],
      [`$export-file/${randomUUID()}/1`, {}, 404],
      ['$export', { headers: { authorization: 'Bearer no' } }, 401],
    ];
    for (const [path, init, code] of cases) {
      const answer = await ask(path, init);
      expect([path, answer.status, await answer.json()]).toMatchObject([
        path,
        code,
        { resourceType: 'OperationOutcome' },
      ]);
    }
  });
});

/** With the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

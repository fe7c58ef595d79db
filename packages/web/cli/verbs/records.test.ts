import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@undertone/clinic/platform/config.ts';
import { sampleTenant } from '@undertone/clinic/sample/clinic.ts';
import { seedSample } from '@undertone/clinic/sample/seed.ts';
import { type StartedClinic, startClinic } from '@undertone/clinic/start.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { refused, undertone, verbJson } from '../testing/run-verb.ts';

// The verbs work beside a running clinic, as they do for an owner.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'undertone-verbs-'));
chmodSync(folder, 0o711);
const home = join(folder, 'data');
let started: StartedClinic;

const run = (...args: string[]) => undertone(home, args);
const json = (...args: string[]) => verbJson(home, args);
const inFolder = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
async function count(table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table)} where tenant_id = ${sampleTenant.id}`.execute(
    started.clinic.db,
  );
  return rows[0]?.count ?? 0;
}
async function onePatient(): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select patient_id as id from consents where tenant_id = ${sampleTenant.id}
    union all select id from patients where tenant_id = ${sampleTenant.id} limit 1`.execute(
    started.clinic.db,
  );
  return rows[0]?.id ?? '';
}

beforeAll(async () => {
  started = await startClinic(readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file' }), { work: false });
  await seedSample(started.clinic);
});
afterAll(async () => {
  await started.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('undertone export', () => {
  it('writes one person’s record as a zip, with an entry in the audit log', async () => {
    const id = await onePatient();
    const out = join(folder, 'person.zip');
    const made = await json('export', id, '--out', out);
    expect(made).toMatchObject({
      format: 'undertone/export',
      version: 1,
      kind: 'record',
      file: out,
      missing: 0,
    });
    expect(made.rows).toBeGreaterThan(0);
    expect(readFileSync(out).subarray(0, 4)).toEqual(Buffer.from([0x50, 0x4b, 3, 4]));
    const { rows } =
      await sql`select 1 from audit_entries where action = 'record.exported' and subject_id = ${id}`.execute(
        started.clinic.db,
      );
    expect(rows).toHaveLength(1);
    const told = await run('export', id, '--out', out);
    expect(told).toMatchObject({ code: 0, err: '', out: expect.stringContaining('not encrypted') as string });
  });

  it('writes the clinic as FHIR in bulk: each file holds the resources its manifest counts', async () => {
    const out = join(folder, 'fhir');
    const made = await json('export', '--fhir', out);
    const resources = made.resources as Record<string, number>;
    expect(resources.Patient).toBeGreaterThan(0);
    const { output } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
      output: { type: string; file: string; count: number }[];
    };
    expect(readdirSync(out).sort()).toEqual([...output.map(({ file }) => file), 'manifest.json'].sort());
    for (const { type, file, count } of output) {
      const lines = readFileSync(join(out, file), 'utf8').trimEnd().split('\n');
      const kinds = lines.map((line) => (JSON.parse(line) as { resourceType: string }).resourceType);
      expect(kinds).toEqual(Array.from({ length: count }, () => type));
    }
  });

  it('says what to do when it is asked for what it cannot give, and leaves no file', async () => {
    const out = join(folder, 'never.zip');
    const nobody = '00000000-0000-4000-8000-00000000abcd';
    expect(refused(await run('export'))).toContain('--out FILE.zip');
    expect(refused(await run('export', nobody))).toContain('--out FILE.zip');
    expect(refused(await run('export', 'patient-14', '--out', out))).toContain('address of the chart');
    expect(refused(await run('export', nobody, '--out', out))).toContain('no patient');
    expect(refused(await run('export', nobody, '--out', out, '--clinic', nobody))).toContain('no clinic');
    const id = await onePatient();
    expect(refused(await run('export', id, '--out', join(folder, 'no-such-folder', 'a.zip')))).toContain(
      'name another place',
    );
    expect(existsSync(out)).toBe(false);
  });
});

describe('undertone import', () => {
  const people =
    'Client;Mobile;Born on\nTable Person One;9860000001;02/03/1980\nTable Person Two;9860000002;\nTable Person Three;12;\n';

  it('checks a table without writing, imports it, and takes it back', async () => {
    const table = inFolder('people.csv', people);
    const before = await count('patients');
    const map = ['--map', 'Client=name', '--map', 'Born on=birthDate'];
    const checked = await json('import', table, '--kind', 'patients', ...map, '--dry-run');
    expect(checked).toMatchObject({
      format: 'undertone/import',
      version: 1,
      counts: { ready: 2, imported: 0, faulty: 1 },
      rows: [{ row: 3, outcome: 'faulty', faults: [{ field: 'phone', code: 'bad-phone' }] }],
    });
    expect(await count('patients')).toBe(before);

    const made = await json('import', table, '--kind', 'patients', ...map);
    expect(made).toMatchObject({ state: 'imported', rowsTotal: 3, counts: { imported: 2, faulty: 1 } });
    expect(await count('patients')).toBe(before + 2);
    const again = await json('import', table, '--kind', 'patients', ...map);
    expect(again).toMatchObject({ counts: { imported: 0, duplicate: 2 } });

    const undone = await run('import', '--undo', String(made.id));
    expect(undone).toMatchObject({ code: 0, err: '', out: expect.stringContaining(': undone.') as string });
    expect(await count('patients')).toBe(before);
  });

  it('says what to do about a table it cannot use, and keeps nothing of it', async () => {
    const table = inFolder('faulty.csv', people);
    const files = await count('files');
    expect(refused(await run('import'))).toContain('--undo ID');
    expect(refused(await run('import', table))).toContain('--kind patients or --kind appointments');
    expect(refused(await run('import', join(folder, 'none.csv'), '--kind', 'patients'))).toContain(
      'does not exist',
    );
    const kind = ['--kind', 'patients'];
    expect(refused(await run('import', table, ...kind, '--dates', 'dym'))).toContain('dmy, mdy or ymd');
    expect(refused(await run('import', table, ...kind, '--duplicates', 'merge'))).toContain('skip or import');
    expect(refused(await run('import', table, ...kind, '--map', 'Name=name'))).toContain(
      'The columns are: Client, Mobile, Born on.',
    );
    const workbook = inFolder('people.xlsx', Buffer.from('PK\u0003\u0004 a workbook'));
    expect(refused(await run('import', workbook, ...kind))).toContain('Save as');
    const nobody = '00000000-0000-4000-8000-00000000abcd';
    expect(refused(await run('import', '--undo', nobody))).toContain('no such import');
    expect(await count('files')).toBe(files);
  });
});

describe('undertone tenant', () => {
  it('opens one more clinic with a link for its owner, and lists both', async () => {
    const added = await json('tenant', 'add', 'Clinic by the river', '--host', 'river.example.org');
    expect(added).toMatchObject({
      format: 'undertone/tenant-added',
      version: 1,
      url: expect.stringContaining('river.example.org') as string,
      ownerLink: expect.stringMatching(/river\.example\.org.*\/invite\//) as string,
    });
    const { tenants } = (await json('tenant', 'list')) as { tenants: { id: string; name: string }[] };
    expect(tenants.map(({ id }) => id)).toEqual(expect.arrayContaining([sampleTenant.id, added.tenantId]));
    const listed = await run('tenant', 'list');
    expect(listed).toMatchObject({ code: 0, out: expect.stringContaining('Clinic by the river') as string });
    // What the machine gives out of one clinic is not the other's.
    const made = await json('export', '--fhir', join(folder, 'river'), '--clinic', String(added.tenantId));
    expect((made.resources as Record<string, number>).Patient ?? 0).toBe(0);
  });

  it('refuses a host name that is taken or none, and facts that are none, by the option', async () => {
    const add = (...flags: string[]) => run('tenant', 'add', 'Another', ...flags);
    expect(refused(await add('--host', 'https://a.example.org'))).toMatch(/^--host: .*without https/);
    const taken = ['--host', 'taken.example.org'];
    expect((await add(...taken)).code).toBe(0);
    expect(refused(await add(...taken))).toMatch(/^--host: /);
    const other = ['--host', 'other.example.org'];
    expect(refused(await add(...other, '--zone', 'Mars/Olympus'))).toMatch(/^--zone: .*Asia\/Kolkata/);
    expect(refused(await add(...other, '--country', 'India'))).toMatch(/^--country: /);
    expect(refused(await add(...other, '--languages', 'en,xx'))).toMatch(/^--languages: /);
    const missing = await add();
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('--host') as string });
  });
});

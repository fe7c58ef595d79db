import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectAsAdmin, testServices, testTenant } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import { anchorFile } from './anchors.ts';
import { anchorAudit, listAudit, recordAudit, verifyAudit } from './commands.ts';
import { canonicalJson } from './rules.ts';
import type { Act, AuditReport } from './schema.ts';

const services = await testServices();
const { db } = services;

function act(tenantId: string, n: number): Act {
  return {
    tenantId,
    actor: { kind: 'system', id: null },
    action: 'sample.done',
    subject: { kind: 'sample', id: `s${n}` },
    change: { before: { n: n - 1 }, after: { n } },
  };
}

async function chainOf(length: number): Promise<string> {
  const tenantId = await testTenant(db);
  for (let n = 1; n <= length; n++) {
    await db.transaction().execute((trx) => recordAudit(services, trx, act(tenantId, n)));
  }
  return tenantId;
}

async function faultsOf(tenantId: string): Promise<AuditReport['faults']> {
  return (await verifyAudit(services)).faults.filter((fault) => fault.tenantId === tenantId);
}

/** What an intruder with the superuser's rights can do: the trigger is turned off first. */
async function tamper(statement: string, values: unknown[]): Promise<void> {
  const admin = await connectAsAdmin(services.database);
  try {
    await admin.query("set session_replication_role = 'replica'");
    await admin.query(statement, values);
  } finally {
    await admin.end();
  }
}

describe('the chain', () => {
  it('verifies when nothing was touched, and reads back newest first', async () => {
    const tenantId = await chainOf(5);
    expect(await faultsOf(tenantId)).toEqual([]);
    const page = await listAudit(services, tenantId, { limit: 2 });
    expect(page.map((row) => row.entry?.subject.id)).toEqual(['s5', 's4']);
    expect((await listAudit(services, tenantId, { before: 4 })).map((row) => row.seq)).toEqual([3, 2, 1]);
  });

  it('finds by a patient the entries about her, and those that name her among several', async () => {
    const tenantId = await chainOf(1);
    const actor = {
      tenantId,
      staffId: randomUUID(),
      role: 'owner',
      name: 'Sample owner',
      sessionId: randomUUID(),
    } as const;
    const patient = async (name: string) => {
      const made = await createPatient(services, actor, { name, language: 'en' });
      if (!made.ok) throw new Error(made.message);
      return made.patient.id;
    };
    const [her, other] = [await patient('Sample patient 014'), await patient('Sample patient 015')];
    const write = (one: Partial<Act>) =>
      db.transaction().execute((trx) => recordAudit(services, trx, { ...act(tenantId, 2), ...one }));
    await write({ action: 'sample.hers', subject: { kind: 'patient', id: her } });
    await write({ action: 'sample.both', change: { after: { patients: [other, her] } } });
    await write({ action: 'sample.other', change: { after: { people: [other] } } });
    const found = async (filter: { subjectKind?: string; subjectId: string; before?: number }) =>
      (await listAudit(services, tenantId, filter)).map(({ entry }) => entry?.action);
    expect(await found({ subjectId: her })).toEqual(['sample.both', 'sample.hers', 'patient.created']);
    const [both] = await listAudit(services, tenantId, { subjectId: her });
    expect(await found({ subjectKind: 'patient', subjectId: her, before: both?.seq ?? 0 })).toEqual([
      'sample.hers',
      'patient.created',
    ]);
    expect(await found({ subjectKind: 'sample', subjectId: her })).toEqual([]);
    expect(await found({ subjectId: other })).toEqual(['sample.other', 'sample.both', 'patient.created']);
    expect(await found({ subjectId: 's1' })).toEqual(['sample.done']);
    expect(await listAudit(services, await testTenant(db), { subjectId: her })).toEqual([]);
  });

  it('has no gap and no fork when many write at once', async () => {
    const tenantId = await testTenant(db);
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    await Promise.all(
      numbers.map((n) => db.transaction().execute((trx) => recordAudit(services, trx, act(tenantId, n)))),
    );
    expect(await faultsOf(tenantId)).toEqual([]);
    expect(await listAudit(services, tenantId)).toHaveLength(60);
  });

  it('holds nothing of a transaction that failed', async () => {
    const tenantId = await chainOf(1);
    const failing = db.transaction().execute(async (trx) => {
      await recordAudit(services, trx, act(tenantId, 2));
      throw new Error('after the entry');
    });
    await expect(failing).rejects.toThrow('after the entry');
    expect(await listAudit(services, tenantId)).toHaveLength(1);
    expect(await faultsOf(tenantId)).toEqual([]);
  });

  it.each(['update audit_entries set entry = entry', 'delete from audit_entries', 'truncate audit_entries'])(
    'refuses: %s',
    async (statement) => {
      await chainOf(1);
      await expect(sql.raw(statement).execute(db)).rejects.toMatchObject({ code: '23001' });
    },
  );
});

describe('tampering that got past the database', () => {
  let tenantId = '';
  beforeAll(async () => {
    await anchorAudit(services);
  });

  it.each([1, 3, 6])('finds entry %i altered, and no other', async (seq) => {
    tenantId = await chainOf(6);
    await tamper(
      `update audit_entries set entry = replace(entry, 'sample.done', 'sample.dine') where tenant_id = $1 and seq = $2`,
      [tenantId, seq],
    );
    expect(await faultsOf(tenantId)).toMatchObject([{ seq, reason: 'altered' }]);
  });

  it.each([1, 3])('finds entry %i removed', async (seq) => {
    tenantId = await chainOf(6);
    await tamper('delete from audit_entries where tenant_id = $1 and seq = $2', [tenantId, seq]);
    expect(await faultsOf(tenantId)).toMatchObject([{ seq, reason: 'missing' }]);
  });

  it('finds two entries exchanged', async () => {
    tenantId = await chainOf(6);
    await tamper('alter table audit_entries drop constraint audit_entries_seq_check', []);
    await tamper(
      'update audit_entries set seq = case seq when 3 then -4 when 4 then -3 end where tenant_id = $1 and seq in (3, 4)',
      [tenantId],
    );
    await tamper('update audit_entries set seq = -seq where tenant_id = $1 and seq < 0', [tenantId]);
    const reasons = (await faultsOf(tenantId)).map((fault) => fault.reason);
    expect(reasons).toContain('misplaced');
    expect(reasons).toContain('altered');
  });

  it('finds an end that was cut off, even when the head was set back to match', async () => {
    tenantId = await chainOf(6);
    await anchorAudit(services);
    await tamper('delete from audit_entries where tenant_id = $1 and seq > 4', [tenantId]);
    expect(await faultsOf(tenantId)).toMatchObject([
      { seq: 6, reason: 'cut-off' },
      { seq: 4, reason: 'head-differs' },
    ]);
    await tamper(
      'update audit_heads h set seq = 4, hash = e.hash from audit_entries e where h.tenant_id = $1 and e.tenant_id = $1 and e.seq = 4',
      [tenantId],
    );
    expect(await faultsOf(tenantId)).toMatchObject([{ seq: 6, reason: 'cut-off' }]);
  });

  it('finds a chain that was wholly rewritten with right hashes', async () => {
    tenantId = await chainOf(3);
    await anchorAudit(services);
    await tamper('delete from audit_entries where tenant_id = $1', [tenantId]);
    await tamper('delete from audit_heads where tenant_id = $1', [tenantId]);
    for (let n = 11; n <= 14; n++) {
      await db.transaction().execute((trx) => recordAudit(services, trx, act(tenantId, n)));
    }
    expect(await faultsOf(tenantId)).toMatchObject([{ seq: 3, reason: 'anchor-differs' }]);
  });

  it('does not believe an anchor that somebody else wrote', async () => {
    tenantId = await chainOf(2);
    await anchorAudit(services);
    const path = anchorFile(services.config.home);
    const before = await readFile(path, 'utf8');
    await writeFile(
      path,
      before.replaceAll(/"seq":2,"hash":"[0-9a-f]{64}"/g, `"seq":2,"hash":"${'0'.repeat(64)}"`),
    );
    expect((await faultsOf(tenantId)).map((fault) => fault.reason)).toEqual(['anchor-forged']);
    await writeFile(path, before);
    expect(await faultsOf(tenantId)).toEqual([]);
  });
});

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('the text that is hashed', () => {
  it('is the same for the same data in any order of keys, and reads back as that data', () => {
    fc.assert(
      // What JSON itself cannot carry, such as −0, is nothing the chain could read back.
      fc.property(fc.jsonValue({ noUnicodeString: false }).map(throughJson), (value) => {
        const shuffled = JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
          typeof part === 'object' && part !== null && !Array.isArray(part)
            ? Object.fromEntries(Object.entries(part).toReversed())
            : part,
        ) as unknown;
        const plain = JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')) as unknown;
        fc.pre(JSON.stringify(plain) === JSON.stringify(value) && JSON.stringify(value).isWellFormed());
        expect(canonicalJson(shuffled)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it.each([undefined, Number.NaN, new Date(0), 'a\0b', '\uD800', { deep: [() => 1] }])(
    'refuses %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(
        expect.objectContaining({ code: 'audit-not-plain' }) as Error,
      );
    },
  );
});

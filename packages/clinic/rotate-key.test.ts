import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { recordAudit, verifyAudit } from './audit/commands.ts';
import { readConfig } from './platform/config.ts';
import { nextKeyFile, retiredKeyFile } from './platform/key-ring.ts';
import { keysOf, masterKeyFile, readMasterKey } from './platform/keys.ts';
import { recoveryKeyLines } from './platform/recovery-key.ts';
import { testFolder } from './platform/testing/database.ts';
import { rotateMasterKey, unopenedSeal } from './rotate-key.ts';
import { sampleTenant } from './sample/clinic.ts';
import { seedSample } from './sample/seed.ts';
import { sealedColumns } from './sealed-columns.ts';
import { type StartedClinic, startClinic } from './start.ts';

// Clusters are made and started again here.
const patience = 240_000;
const config = readConfig({ UNDERTONE_HOME: join(testFolder(), 'data'), LOG_TO: 'file' });
const idNow = async () => keysOf(await readMasterKey(config)).id;
let fileId = '';
let tag: Uint8Array = new Uint8Array();

async function withStarted<T>(work: (started: StartedClinic) => Promise<T>): Promise<T> {
  const started = await startClinic(config, { work: false });
  try {
    return await work(started);
  } finally {
    await started.stop();
  }
}

beforeAll(
  () =>
    withStarted(async ({ clinic }) => {
      await seedSample(clinic);
      const put = { tenantId: sampleTenant.id, bytes: Buffer.from('a photograph'), mediaType: 'image/jpeg' };
      fileId = (await clinic.db.transaction().execute((trx) => clinic.files.put(trx, put))).id;
      await sql`insert into message_settings (tenant_id, webhook_secret)
        values (${sampleTenant.id}, ${clinic.keys.seal('webhook-secret', sampleTenant.id, Buffer.from('hook'))})
        on conflict (tenant_id) do update set webhook_secret = excluded.webhook_secret`.execute(clinic.db);
      tag = clinic.keys.mac('booking-link', 'a link that was sent');
      await clinic.db.transaction().execute((trx) =>
        recordAudit(clinic, trx, {
          tenantId: sampleTenant.id,
          actor: { kind: 'system', id: null },
          action: 'sample.done',
          subject: { kind: 'sample', id: null },
        }),
      );
    }),
  patience,
);

it('knows every purpose the sources seal for', () => {
  const packages = join(import.meta.dirname, '..');
  const sealing = readdirSync(packages, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules') && !name.includes('.test.'))
    .flatMap((name) => [
      ...readFileSync(join(packages, name), 'utf8').matchAll(/keys\s*\.seal\(\s*'([^']+)'/g),
    ])
    .map((found) => found[1] ?? '');
  // What is outside the database, or says itself under which key it is.
  const elsewhere = ['backup-key', 'archive-key', 'mac-root'];
  expect(new Set(sealing.filter((purpose) => !elsewhere.includes(purpose)))).toEqual(
    new Set(sealedColumns.map((column) => column.purpose)),
  );
});

it(
  'seals everything anew, and what derives from the first key stays',
  async () => {
    const before = await idNow();
    const changed = await rotateMasterKey(config);
    expect(changed).toMatchObject({ from: before, to: await idNow(), waitsIn: undefined });
    expect(changed.from).not.toBe(changed.to);
    expect(changed.sealed).toMatchObject({ 'files.wrapped_key': 1, 'message_settings.webhook_secret': 1 });
    expect(existsSync(retiredKeyFile(config, before))).toBe(true);
    await withStarted(async ({ clinic }) => {
      expect(clinic.keys.id).toBe(changed.to);
      expect(await unopenedSeal(clinic.db, clinic.keys)).toBeUndefined();
      expect(await unopenedSeal(clinic.db, keysOf(Buffer.alloc(32)))).toMatch(/^files\.wrapped_key/);
      const file = await clinic.files.get(clinic.db, sampleTenant.id, fileId);
      expect(file?.bytes.toString()).toBe('a photograph');
      expect(clinic.keys.mac('booking-link', 'a link that was sent')).toEqual(tag);
      // Anchors written under the first key are still genuine.
      expect(await verifyAudit(clinic)).toMatchObject({ ok: true });
    });
  },
  patience,
);

it(
  'goes on after a crash on either side of the change in the database',
  async () => {
    // Before: a next key lies there, the database knows nothing of it.
    const before = await idNow();
    writeFileSync(nextKeyFile(config), `${Buffer.alloc(32, 7).toString('base64')}\n`);
    await withStarted(({ clinic }) => Promise.resolve(expect(clinic.keys.id).toBe(before)));
    const changed = await rotateMasterKey(config);
    expect(changed.to).toBe(keysOf(Buffer.alloc(32, 7)).id);
    // After: the database is changed, the file still has the old key.
    const key = readFileSync(masterKeyFile(config), 'utf8');
    writeFileSync(masterKeyFile(config), readFileSync(retiredKeyFile(config, before), 'utf8'));
    writeFileSync(nextKeyFile(config), key);
    await withStarted(({ clinic }) => Promise.resolve(expect(clinic.keys.id).toBe(changed.to)));
    expect(readFileSync(masterKeyFile(config), 'utf8')).toBe(key);
  },
  patience,
);

it(
  'is refused beside a running clinic; a start without the key makes no other and says which is missing',
  async () => {
    await withStarted(async () => {
      await expect(rotateMasterKey(config)).rejects.toMatchObject({ code: 'already-running' });
    });
    const key = readFileSync(masterKeyFile(config));
    const { rmSync } = await import('node:fs');
    rmSync(masterKeyFile(config));
    await expect(startClinic(config, { work: false })).rejects.toMatchObject({ code: 'master-key-wrong' });
    expect(existsSync(masterKeyFile(config))).toBe(false);
    const printed = recoveryKeyLines(Buffer.from(key.toString(), 'base64')).join('\n');
    writeFileSync(masterKeyFile(config), `${printed}\n`, { mode: 0o600 });
    await withStarted(({ clinic }) =>
      Promise.resolve(expect(clinic.keys.id).toBe(keysOf(Buffer.from(key.toString(), 'base64')).id)),
    );
  },
  patience,
);

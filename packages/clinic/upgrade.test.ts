import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { expect, it } from 'vitest';
import { recordAudit, verifyAudit } from './audit/commands.ts';
import { makeBackup } from './platform/backup.ts';
import { readManifest } from './platform/backup-manifest.ts';
import { readConfig } from './platform/config.ts';
import { pendingMigrations } from './platform/database.ts';
import { masterKeyFile } from './platform/keys.ts';
import { runningPostgres } from './platform/postgres.ts';
import { testFolder } from './platform/testing/database.ts';
import { restore, takeMasterKey } from './restore.ts';
import { startClinic } from './start.ts';

// The last step of the release before row-level fences, erasure, tokens and the archived log.
const lastStepBefore = '0111-emergency-access';
const folder = testFolder();
const place = (name: string) => readConfig({ UNDERTONE_HOME: join(folder, name), LOG_TO: 'file' });

it('a backup of the release before restores in this one: the schema is brought up, rows, files and audit chain are whole', async () => {
  const config = place('before');
  const backups = join(folder, 'backups');
  const tenantId = '5a3b1e00-0000-4000-8000-0000000000aa';
  const old = await startClinic(config, { work: false, migrate: false });
  let fileId: string;
  let entries: unknown;
  try {
    const { clinic } = old;
    const { db } = clinic;
    const steps: Record<string, Migration> = {};
    const migrations = join(import.meta.dirname, 'migrations');
    for (const file of readdirSync(migrations).sort())
      if (/^\d{4}-/.test(file) && file.slice(0, -3) <= lastStepBefore)
        steps[file.slice(0, -3)] = (await import(pathToFileURL(join(migrations, file)).href)) as Migration;
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(steps) },
      migrationTableName: 'schema_steps',
      migrationLockTableName: 'schema_steps_lock',
    });
    expect((await migrator.migrateToLatest()).error).toBeUndefined();
    await sql`insert into tenants (tenant_id, name, country, zone, currency, languages, created_at)
      values (${tenantId}, 'A clinic of before', 'IN', 'Asia/Kolkata', 'INR', '{en}', now())`.execute(db);
    const put = { tenantId, bytes: Buffer.from('a photograph of before'), mediaType: 'image/jpeg' };
    fileId = (await db.transaction().execute((trx) => clinic.files.put(trx, put))).id;
    await db.transaction().execute((trx) =>
      recordAudit(clinic, trx, {
        tenantId,
        actor: { kind: 'system', id: null },
        action: 'sample.done',
        subject: { kind: 'sample', id: null },
      }),
    );
    entries = (await verifyAudit(clinic)).chains;
    const running = await runningPostgres(config);
    if (running === undefined) throw new Error('no server');
    const made = await makeBackup(
      {
        home: config.home,
        cluster: running.cluster,
        admin: running.admin,
        files: clinic.files.store,
        keys: clinic.keys,
        clock: clinic.clock,
        zone: undefined,
        alsoKept: ['secrets/postgres.password', 'secrets/postgres-admin.password'],
      },
      backups,
    );
    // The release before wrote manifests of version 1, which say nothing of an archived log.
    const { log: _log, ...rest } = made.manifest;
    const manifest = { ...rest, version: 1 as const };
    const mac = clinic.keys.sign('backup-manifest', JSON.stringify(manifest)).toString('base64url');
    writeFileSync(join(made.folder, 'manifest.json'), `${JSON.stringify({ manifest, mac })}\n`);
    expect((await readManifest(clinic.keys, made.folder)).manifest.version).toBe(1);
  } finally {
    await old.stop();
  }

  const target = place('now');
  await takeMasterKey(target, readFileSync(masterKeyFile(config), 'utf8'));
  await restore(target, backups);
  const started = await startClinic(target, { work: false });
  try {
    const { clinic } = started;
    expect(started.migrated.length).toBeGreaterThan(0);
    expect(await pendingMigrations(clinic.db)).toEqual([]);
    const { rows } = await sql<{ name: string }>`select name from tenants`.execute(clinic.db);
    expect(rows).toEqual([{ name: 'A clinic of before' }]);
    const file = await clinic.files.get(clinic.db, tenantId, fileId);
    expect(file?.bytes.toString()).toBe('a photograph of before');
    expect(await verifyAudit(clinic)).toMatchObject({ ok: true, chains: entries });
  } finally {
    await started.stop();
  }
}, 300_000);

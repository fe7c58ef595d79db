// How long `verify-audit` takes on a server of its own: `npm run bench -- audit [entries]`.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { emptyHash, linkHash } from '../audit/chain.ts';
import { verifyAudit } from '../audit/commands.ts';
import { entryText } from '../audit/rules.ts';
import { readConfig } from '../platform/config.ts';
import { startClinic } from '../start.ts';

export const name = 'audit';
export const describe = 'verify-audit over a chain of a million entries, or of as many as are named';

export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 1_000_000);
  if (!Number.isSafeInteger(count) || count < 1) throw new Error('name a whole number of entries, 1 or more');
  const folder = mkdtempSync(join(tmpdir(), 'undertone-bench-'));
  const started = await startClinic(readConfig({ UNDERTONE_HOME: join(folder, 'data'), LOG_TO: 'file' }), {
    work: false,
  });
  try {
    const { clinic } = started;
    const tenantId = randomUUID();
    await sql`insert into tenants (tenant_id, name, country, zone, currency, languages, created_at)
      values (${tenantId}, 'Bench clinic', 'IN', 'Asia/Kolkata', 'INR', '{en}', now())`.execute(clinic.db);
    const patients = Array.from({ length: 1000 }, () => randomUUID());
    let hash = emptyHash;
    for (let seq = 1; seq <= count; ) {
      const rows: { seq: number; entry: string; hash: string }[] = [];
      for (; rows.length < 5000 && seq <= count; seq++) {
        const act = {
          tenantId,
          actor: { kind: 'staff' as const, id: patients[seq % 7] ?? null },
          action: 'patient.read',
          subject: { kind: 'patient', id: patients[seq % 1000] ?? null },
          requestId: 'bench0000000',
        };
        const entry = entryText(act, seq, new Date(Date.UTC(2026, 0, 1) + seq * 1000));
        hash = linkHash(hash, entry);
        rows.push({ seq, entry, hash: hash.toString('hex') });
      }
      await sql`insert into audit_entries (tenant_id, seq, entry, hash)
        select ${tenantId}, (r ->> 'seq')::bigint, r ->> 'entry', decode(r ->> 'hash', 'hex')
        from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r`.execute(clinic.db);
    }
    await sql`insert into audit_heads (tenant_id, seq, hash) values (${tenantId}, ${count}, ${hash})
      on conflict (tenant_id) do update set seq = excluded.seq, hash = excluded.hash`.execute(clinic.db);
    // As the server does by itself within a minute of such a load.
    await sql`analyze audit_entries`.execute(clinic.db);
    for (let run = 1; run <= 3; run++) {
      const beganMs = performance.now();
      const report = await verifyAudit(clinic);
      const seconds = (performance.now() - beganMs) / 1000;
      const memoryMb = Math.round(process.memoryUsage().rss / 1e6);
      process.stdout.write(
        `run ${run}: ${report.entries} entries, ${report.ok ? 'whole' : 'FAULTS'}, ${seconds.toFixed(2)} s, ${memoryMb} MB\n`,
      );
    }
  } finally {
    await started.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

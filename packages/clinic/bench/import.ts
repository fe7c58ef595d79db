import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeTestClinic } from '../booking/testing/clinic.ts';
import {
  carryOn,
  changeImport,
  readImport,
  stageImport,
  startImport,
  undoImport,
} from '../import/commands.ts';
import type { ImportKind } from '../import/schema.ts';
import { readConfig } from '../platform/config.ts';
import { inTenant } from '../platform/scope.ts';
import type { Actor } from '../staff/schema.ts';
import { startClinic } from '../start.ts';

export const name = 'import';
export const describe =
  'patients or appointments from a table: rows per second, and the memory of the process as it goes';

const practitioners = 8;

function* lines(kind: ImportKind, rows: number): Generator<string> {
  if (kind === 'patients') {
    yield 'name,birth date,phone,email,notes';
    for (let n = 0; n < rows; n++)
      yield `Row ${n} Person${n},19${10 + (n % 80)}-0${1 + (n % 9)}-1${n % 10},${9_000_000_000 + n},row${n}@example.org,"told us, ${n}"`;
    return;
  }
  yield 'date,time,practitioner,name,phone,status';
  const perDay = 16;
  for (let n = 0; n < rows; n++) {
    const slot = Math.floor(n / practitioners);
    const day = new Date(Date.UTC(2015, 0, 1 + Math.floor(slot / perDay))).toISOString().slice(0, 10);
    const minute = 10 * 60 + 30 * (slot % perDay);
    const time = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
    yield `${day},${time},Doctor ${1 + (n % practitioners)},Visitor ${n},${9_000_000_000 + n},done`;
  }
}

/** `npm run bench -- import [patients|appointments] [rows]` */
export async function run([asked = 'patients', count = '100000']: readonly string[]): Promise<void> {
  const kind = asked as ImportKind;
  const folder = mkdtempSync(join(tmpdir(), 'undertone-import-'));
  chmodSync(folder, 0o711);
  const table = join(folder, 'table.csv');
  writeFileSync(table, [...lines(kind, Number(count))].join('\n'));
  const started = await startClinic(readConfig({ UNDERTONE_HOME: join(folder, 'data'), LOG_TO: 'file' }), {
    work: false,
  });
  try {
    const { clinic } = started;
    const { tenantId } = await makeTestClinic(clinic.db, { staff: practitioners });
    const actor: Actor = {
      tenantId,
      staffId: randomUUID(),
      role: 'owner',
      name: '',
      sessionId: randomUUID(),
    };
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const peak = { rss: 0, kept: 0 };
    const begin = process.memoryUsage();
    const look = () => {
      peak.rss = Math.max(peak.rss, process.memoryUsage().rss);
    };
    /** What is still in use once all rubbish is gone: this must not grow with the table. */
    const weigh = () => {
      look();
      collect();
      peak.kept = Math.max(peak.kept, process.memoryUsage().heapUsed);
    };
    const ticking = [setInterval(look, 50), setInterval(weigh, 3000)];
    const mb = (bytes: number) => Math.round(bytes / 1e6);
    const say = (what: string, seconds: number) => {
      weigh();
      console.log(
        `${what.padEnd(8)}${seconds.toFixed(1).padStart(8)} s, ${Math.round(Number(count) / seconds)} rows/s; heap in use at most ${mb(peak.kept)} MB; memory of the process at most ${mb(peak.rss)} MB (${mb(begin.rss)} before)`,
      );
      peak.rss = peak.kept = 0;
    };
    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const beganMs = performance.now();
      const done = await work();
      say(what, (performance.now() - beganMs) / 1000);
      return done;
    };
    await inTenant(tenantId, async () => {
      const bytes = readFileSync(table).length;
      console.log(`${count} ${kind}, ${mb(bytes)} MB`);
      const staged = await timed('stage', () => stageImport(clinic, actor, kind, readFileSync(table)));
      if (!staged.ok) throw new Error(staged.message);
      const { id, mapping } = staged.import;
      await changeImport(clinic, actor, id, { mapping: { ...mapping, duplicates: 'import' } });
      for (const [what, dry] of [
        ['check', true],
        ['import', false],
      ] as const) {
        await startImport(clinic, actor, id, { dry });
        await timed(what, () => carryOn(clinic, tenantId, id));
        const read = await readImport(clinic, actor, id);
        if (read.ok) console.log(`        ${JSON.stringify(read.import.counts)}`);
      }
      await undoImport(clinic, actor, id);
      await timed('undo', () => carryOn(clinic, tenantId, id));
    });
    for (const timer of ticking) clearInterval(timer);
  } finally {
    await started.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

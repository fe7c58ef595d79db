/**
 * A program for the test that kills one: works on an import of a clinic as `undertone import` does, and says how many rows
 * are settled. Data folder, clinic and import are its arguments.
 */
import { writeSync } from 'node:fs';
import { readConfig } from '../../platform/config.ts';
import { inTenant } from '../../platform/scope.ts';
import { startClinic } from '../../start.ts';
import { carryOn } from '../commands.ts';
import { selectImport } from '../store.ts';

const [home = '', tenantId = '', importId = ''] = process.argv.slice(2);
const started = await startClinic(readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file' }), { work: false });
const { clinic } = started;
const watching = setInterval(() => {
  void selectImport(clinic.db, tenantId, importId).then((row) =>
    writeSync(1, `at ${row?.rows_done ?? 0} ${row?.state ?? 'gone'}\n`),
  );
}, 20);
writeSync(1, `ended ${await inTenant(tenantId, () => carryOn(clinic, tenantId, importId))}\n`);
clearInterval(watching);
await started.stop();

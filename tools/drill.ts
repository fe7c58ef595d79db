/**
 * The backup drill: `npm run drill -- --rows 20000 --files 50`. Builds a clinic, backs it up while it is written to,
 * restores elsewhere, and compares every row of every table and every file with what the source held at that instant: first
 * with the embedded server, as of an instant after the backup; then with PostgreSQL servers of their own (`DATABASE_URL`), as
 * of the backup's own instant. Ends with exit code 1 when anything differs.
 *
 *   npm run drill -- --only embedded    one of the two: embedded, server
 *   npm run drill -- --url postgres://… --elsewhere postgres://…    servers of yours, an empty database on each
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type DrillOptions, runDrill } from '../packages/clinic/drill.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '20000' },
    files: { type: 'string', default: '50' },
    only: { type: 'string' },
    url: { type: 'string' },
    elsewhere: { type: 'string' },
  },
});
const { url, elsewhere, only } = values;
if ((url === undefined) !== (elsewhere === undefined)) throw new Error('--url and --elsewhere go together');
if (only !== undefined && only !== 'embedded' && only !== 'server')
  throw new Error(`there is no "${only}": embedded or server`);
const server: DrillOptions['database'] =
  url !== undefined && elsewhere !== undefined ? { url, elsewhereUrl: elsewhere } : 'server';
const ways =
  only === 'embedded'
    ? ['embedded' as const]
    : only === 'server' || url
      ? [server]
      : ['embedded' as const, server];

for (const database of ways) {
  process.stdout.write(`\n${database === 'embedded' ? 'the embedded server' : 'a server of its own'}\n`);
  const report = await runDrill({
    rows: Number(values.rows),
    files: Number(values.files),
    database,
    onProgress: (text) => process.stdout.write(`${text}\n`),
  });
  for (const difference of report.differences) process.stdout.write(`DIFFERS  ${difference}\n`);
  process.stdout.write(
    `${report.tables} tables, ${report.rows} rows and ${report.files} files compared as of ${report.at}; ${report.writesDuring} writes confirmed meanwhile.\n` +
      `backup with its proof ${report.seconds.backup.toFixed(1)} s, restore ${report.seconds.restore.toFixed(1)} s, comparison ${report.seconds.compare.toFixed(1)} s, load of the machine ${loadavg()[0]?.toFixed(1)}: ${report.differences.length === 0 ? 'nothing differs' : `${report.differences.length} differences`}.\n`,
  );
  if (report.differences.length > 0) process.exitCode = 1;
}

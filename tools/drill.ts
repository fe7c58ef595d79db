/**
 * The backup drill: `npm run drill -- --rows 20000 --files 50`. Builds a clinic, backs it up while it is written to,
 * restores elsewhere, and compares every row of every table and every file with what the source held at that instant: first
 * with the embedded server, as of an instant after the backup; then with PostgreSQL servers of their own (`DATABASE_URL`), as
 * of the backup's own instant. Ends with exit code 1 when anything differs.
 *
 *   npm run drill -- --only embedded    one of the two: embedded, server
 *   npm run drill -- --only install     none of that, but `npm ci` and `npm start` in a fresh clone
 *   npm run drill -- --url postgres://… --elsewhere postgres://…    servers of yours, an empty database on each
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type DrillOptions, runDrill } from '../packages/clinic/drill.ts';
import { drillInstall } from './drill-install.ts';

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
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Each drill by name; what was wrong comes back. */
const drills: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  embedded: () => ofBackup('embedded'),
  server: () => ofBackup(url && elsewhere ? { url, elsewhereUrl: elsewhere } : 'server'),
  install: () => drillInstall(say),
};
const chosen = only ?? (url === undefined ? 'embedded,server' : 'server');
for (const name of chosen.split(',')) {
  const drill = drills[name];
  if (drill === undefined) throw new Error(`there is no "${name}": ${Object.keys(drills).join(', ')}`);
  say(`\n${name}`);
  const faults = await drill();
  for (const fault of faults) say(`FAULT  ${fault}`);
  say(`${name}: ${faults.length === 0 ? 'nothing differs' : `${faults.length} faults`}.`);
  if (faults.length > 0) process.exitCode = 1;
}

async function ofBackup(database: DrillOptions['database'] & {}): Promise<readonly string[]> {
  const { rows, files } = values;
  const report = await runDrill({ rows: Number(rows), files: Number(files), database, onProgress: say });
  const { backup, restore, compare } = report.seconds;
  say(
    `${report.tables} tables, ${report.rows} rows and ${report.files} files compared as of ${report.at}; ${report.writesDuring} writes confirmed meanwhile.`,
  );
  say(
    `backup with its proof ${backup.toFixed(1)} s, restore ${restore.toFixed(1)} s, comparison ${compare.toFixed(1)} s, load of the machine ${loadavg()[0]?.toFixed(1)}.`,
  );
  return report.differences;
}

/**
 * The backup drill: `npm run drill -- --rows 20000 --files 50`. Builds a clinic, backs it up while it is written to,
 * restores elsewhere as of an instant in the middle of the writing, and compares every row of every table and every file
 * with what the source held then. Ends with exit code 1 when anything differs.
 */
import { parseArgs } from 'node:util';
import { runDrill } from '../packages/clinic/drill.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '20000' }, files: { type: 'string', default: '50' } },
});
const report = await runDrill({
  rows: Number(values.rows),
  files: Number(values.files),
  onProgress: (text) => process.stdout.write(`${text}\n`),
});
for (const difference of report.differences) process.stdout.write(`DIFFERS  ${difference}\n`);
process.stdout.write(
  `${report.tables} tables, ${report.rows} rows and ${report.files} files compared as of ${report.at}; ${report.writesDuring} writes confirmed meanwhile.\n` +
    `backup with its proof ${report.seconds.backup.toFixed(1)} s, restore ${report.seconds.restore.toFixed(1)} s, comparison ${report.seconds.compare.toFixed(1)} s: ${report.differences.length === 0 ? 'nothing differs' : `${report.differences.length} differences`}.\n`,
);
process.exitCode = report.differences.length === 0 ? 0 : 1;

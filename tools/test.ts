// `npm test` after the checks: every test project, with arguments handed on to Vitest.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, type RunReport } from './closing-line.ts';
import { run } from './run.ts';

/** Above this a run is broken, not unlucky. */
const mostFilesAgain = 4;

const folder = mkdtempSync(join(tmpdir(), 'undertone-test-report-'));

async function runTests(args: readonly string[]): Promise<{ code: number; report?: RunReport }> {
  const path = join(folder, 'report.json');
  rmSync(path, { force: true });
  const code = await run('vitest', ['run', ...args], { NODE_ENV: 'test', UNDERTONE_TEST_REPORT: path });
  return existsSync(path) ? { code, report: JSON.parse(readFileSync(path, 'utf8')) as RunReport } : { code };
}

/**
 * In CI, browser journeys that failed are walked once more, on a site of their own that knows nothing of the first
 * walk: a browser on a busy machine may stumble once; a journey that stumbles twice is broken. Both walks are printed.
 * Nothing else is tried again: a property with a counterexample stays refuted.
 */
async function testAll(args: readonly string[]): Promise<number> {
  const { code, report } = await runTests(args);
  if (code === 0 || process.env.CI === undefined || report === undefined) return code;
  const { failed, unhandled, elsewhere } = report;
  const isUnlucky = unhandled === 0 && failed.length > 0 && failed.length <= mostFilesAgain;
  if (!isUnlucky || failed.some(({ project }) => project !== 'e2e')) return code;
  const files = failed.map(({ file }) => file);
  process.stdout.write(`\nOnce more, on a new site:\n  ${files.join('\n  ')}\n`);
  const again = await runTests(['--project', 'e2e', ...files]);
  const here = again.report?.all;
  if (here) {
    process.stdout.write('Both walks together:\n');
    process.stdout.write(
      closingLine({
        passed: elsewhere.passed + here.passed,
        failed: elsewhere.failed + here.failed,
        skipped: elsewhere.skipped + here.skipped,
      }),
    );
  }
  return again.code;
}

try {
  process.exitCode = await testAll(process.argv.slice(2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

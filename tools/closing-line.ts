import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a run leaves in the file named by `UNDERTONE_TEST_REPORT`. */
export interface RunReport {
  /** Failed files with their project, for instance `{ project: 'e2e', file: …/intake.test.ts }`. */
  readonly failed: readonly { readonly project: string; readonly file: string }[];
  /** Errors outside every test. */
  readonly unhandled: number;
  readonly all: Count;
  /** Tests of the files that did not fail. */
  readonly elsewhere: Count;
}

export const closingLine = ({ passed, failed, skipped }: Count) =>
  `tests: ${passed} passed, ${failed} failed, ${skipped} skipped\n`;

function countOf(modules: readonly TestModule[]): Count {
  const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
  for (const module of modules) {
    if (module.state() === 'failed' && [...module.children.allTests()].length === 0) count.failed += 1;
    for (const test of module.children.allTests()) count[test.result().state] += 1;
  }
  return { passed: count.passed, failed: count.failed, skipped: count.skipped + count.pending };
}

/** Prints one plain line at the end of a run, `tests: N passed, N failed, N skipped`, for people and machines. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const all = countOf(modules);
    process.stdout.write(closingLine(all));
    const path = process.env.UNDERTONE_TEST_REPORT;
    if (path === undefined) return;
    const failed = modules.filter((module) => module.state() === 'failed');
    const report: RunReport = {
      failed: failed.map((module) => ({ project: module.project.name, file: module.moduleId })),
      unhandled: errors.length,
      all,
      elsewhere: countOf(modules.filter((module) => !failed.includes(module))),
    };
    writeFileSync(path, JSON.stringify(report));
  }
}

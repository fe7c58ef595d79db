import { expect, it } from 'vitest';
import { runDrill } from './drill.ts';

it('a clinic backed up under load is, restored elsewhere, what it was at the instant asked for: every row, every file', async () => {
  const report = await runDrill({ rows: 2000, files: 5 });
  expect(report.differences).toEqual([]);
  expect(report.tables).toBeGreaterThan(40);
  expect(report.rows).toBeGreaterThan(2000);
  expect(report.files).toBeGreaterThanOrEqual(5);
  expect(report.writesDuring).toBeGreaterThan(20);
}, 300_000);

import type { Command } from 'commander';
import { printResult, progress } from '../io.ts';
import { withClinic } from '../with-clinic.ts';

export function register(program: Command): void {
  program
    .command('verify-audit')
    .description('Check that no audit entry was altered, removed, added or moved. Exit code 1 if one was.')
    .option('--json', 'one JSON object on stdout (format undertone/verify-audit, version 1)')
    .action(async ({ json }: { json?: true }) => {
      const { verifyAudit } = await import('@undertone/clinic/audit/commands.ts');
      const startedMs = performance.now();
      const report = await withClinic((clinic) => verifyAudit(clinic, (n) => progress(`${n} entries …`)));
      progress('');
      const milliseconds = Math.round(performance.now() - startedMs);
      if (!report.ok) process.exitCode = 1;
      const result = { format: 'undertone/verify-audit', version: 1, ...report, milliseconds };
      printResult(json === true, result, () =>
        [
          ...report.faults.map((fault) => `FAULT  clinic ${fault.tenantId}: ${fault.message}`),
          ...report.chains.map(
            (chain) => `clinic ${chain.tenantId}: entry ${chain.seq}, hash ${chain.hash.slice(0, 16)}…`,
          ),
          report.ok
            ? `${report.entries} entries, nothing altered; ${report.anchors} anchors compared (${milliseconds} ms).`
            : `${report.entries} entries, ${report.faults.length} faults. Keep a copy of the data folder as it is, and ask who had access.`,
        ].join('\n'),
      );
    });
}

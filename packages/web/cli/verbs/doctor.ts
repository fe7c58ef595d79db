import type { Command } from 'commander';
import { printResult } from '../io.ts';

export function register(program: Command): void {
  program
    .command('doctor')
    .description(
      'Look at disk, clock, permissions, database, mail and backups, and say what to do. Exit code 1 on a fault.',
    )
    .option('--json', 'one JSON object on stdout (format undertone/doctor, version 1)')
    .action(async ({ json }: { json?: true }) => {
      const { readConfig } = await import('@undertone/clinic/platform/config.ts');
      const { examine } = await import('@undertone/clinic/doctor.ts');
      const findings = await examine(readConfig());
      const faults = findings.filter((finding) => finding.state === 'fault').length;
      if (faults > 0) process.exitCode = 1;
      const result = { format: 'undertone/doctor', version: 1, faults, findings };
      printResult(json === true, result, () =>
        [
          ...findings.map(({ state, check, message }) => `${state.padEnd(6)}${check.padEnd(10)}${message}`),
          faults === 0 ? 'Nothing is broken.' : `${faults} thing${faults === 1 ? '' : 's'} to mend.`,
        ].join('\n'),
      );
    });
}

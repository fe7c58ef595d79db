import type { Command } from 'commander';
import { printResult } from '../io.ts';
import { withClinic } from '../with-clinic.ts';

export function register(program: Command): void {
  program
    .command('seed')
    .description(
      'Put the sample clinic and its invented patients into the database; what is there stays as it is.',
    )
    .option('--json', 'one JSON object on stdout (format undertone/seed, version 1)')
    .action(async ({ json }: { json?: true }) => {
      const { seedSample } = await import('@undertone/clinic/sample/seed.ts');
      const { isNew, patients } = await withClinic((clinic) => seedSample(clinic));
      const result = { format: 'undertone/seed', version: 1, isNew, patients };
      printResult(json === true, result, () =>
        isNew
          ? `The sample clinic is open, with ${patients} invented patients.`
          : `The sample clinic was there; ${patients} patients added.`,
      );
    });
}

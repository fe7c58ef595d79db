import type { Command } from 'commander';
import { printResult } from '../io.ts';
import { withClinic } from '../with-clinic.ts';

export function register(program: Command): void {
  program
    .command('migrate')
    .description(
      'Bring the database to this version’s schema. Forward only; safe to run again, or by several at once.',
    )
    .option('--json', 'one JSON object on stdout (format undertone/migrate, version 1)')
    .action(async ({ json }: { json?: true }) => {
      const { taken, server } = await withClinic((clinic, { migrated }) =>
        Promise.resolve({ taken: migrated, server: clinic.serverVersion }),
      );
      const result = { format: 'undertone/migrate', version: 1, taken, server };
      printResult(json === true, result, () =>
        taken.length === 0
          ? `The schema is up to date (PostgreSQL ${server}).`
          : `Took ${taken.length} schema step${taken.length === 1 ? '' : 's'} (PostgreSQL ${server}):\n  ${taken.join('\n  ')}`,
      );
    });
}

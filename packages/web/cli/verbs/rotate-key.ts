import type { Command } from 'commander';
import { printResult, progress } from '../io.ts';
import { mended } from '../with-clinic.ts';

export function register(program: Command): void {
  program
    .command('rotate-key')
    .description('Change the master key while the clinic is stopped: every sealed secret is sealed anew.')
    .option('--json', 'one JSON object on stdout (format undertone/key-rotated, version 1)')
    .action(async ({ json }: { json?: true }) => {
      const { readConfig } = await import('@undertone/clinic/platform/config.ts');
      const { rotateMasterKey } = await import('@undertone/clinic/rotate-key.ts');
      const startedMs = performance.now();
      try {
        const changed = await rotateMasterKey(readConfig(), (n) => progress(`${n} sealed anew …`));
        progress('');
        const milliseconds = Math.round(performance.now() - startedMs);
        const result = { format: 'undertone/key-rotated', version: 1, ...changed, milliseconds };
        const count = Object.values(changed.sealed).reduce((sum, n) => sum + n, 0);
        printResult(json === true, result, () =>
          [
            `Master key ${changed.from} was replaced by ${changed.to}; ${count} secrets sealed anew (${milliseconds} ms).`,
            ...(changed.waitsIn === undefined
              ? []
              : [`Now set UNDERTONE_MASTER_KEY to what ${changed.waitsIn} holds.`]),
            'Print the new recovery key (undertone recovery-key) and make a backup now (undertone backup DIR).',
            `Backups made before open with the old key ${changed.from} alone: keep it as long as you keep them.`,
          ].join('\n'),
        );
      } catch (error) {
        throw mended(error);
      }
    });
}

import type { Command } from 'commander';
import { badInput, printResult } from '../io.ts';
import { mended } from '../with-clinic.ts';

export function register(program: Command): void {
  program
    .command('recovery-key')
    .description('Print the master key for the safe: four lines that can be copied by hand and are checked.')
    .option('--json', 'one JSON object on stdout (format undertone/recovery-key, version 1)')
    .action(async ({ json }: { json?: true }) => {
      const { readConfig } = await import('@undertone/clinic/platform/config.ts');
      const { keysOf, masterKeyFile, presentKeyFile, readMasterKey } = await import(
        '@undertone/clinic/platform/keys.ts'
      );
      const { recoveryKeyLines } = await import('@undertone/clinic/platform/recovery-key.ts');
      const config = readConfig();
      if (config.files.masterKey === undefined && presentKeyFile(config) === undefined)
        throw badInput(`there is no master key in ${masterKeyFile(config)} yet; the first start makes it.`);
      try {
        const key = await readMasterKey(config);
        const { id } = keysOf(key);
        const lines = recoveryKeyLines(key);
        const result = { format: 'undertone/recovery-key', version: 1, id, lines };
        printResult(json === true, result, () =>
          [
            `# Undertone, recovery key of master key ${id}`,
            '# Whoever has this and a backup can read everything. Keep it on paper, locked, away from the machine.',
            '# Without it and without the key file, no photograph and no backup can be read by anyone.',
            '# It has no I, L, O or U: those strokes are 1, 1, 0 and V.',
            '',
            ...lines.map((line) => `    ${line}`),
            '',
            '# To restore: write the four lines into a file; undertone restore DIR --key FILE',
          ].join('\n'),
        );
      } catch (error) {
        throw mended(error);
      }
    });
}

import type { Command } from 'commander';
import { badInput, printResult, progress, readInputText } from '../io.ts';
import { mended } from '../with-clinic.ts';

export function register(program: Command): void {
  program
    .command('restore')
    .argument('<dir>', 'the folder given to backup, or one backup in it')
    .description('Restore a backup into an empty data folder (UNDERTONE_HOME).')
    .option('--key <file>', 'the clinic’s master.key, or its printed recovery key copied into a file')
    .option('--json', 'one JSON object on stdout (format undertone/restored, version 1)')
    .action(async (dir: string, { json, key }: { json?: true; key?: string }) => {
      const { readConfig } = await import('@undertone/clinic/platform/config.ts');
      const { restore, takeMasterKey } = await import('@undertone/clinic/backup.ts');
      const config = readConfig();
      const startedMs = performance.now();
      try {
        if (key !== undefined) await takeMasterKey(config, await readInputText(key, 'key file'));
        progress('checking and unpacking …');
        const manifest = await restore(config, dir);
        progress('');
        const milliseconds = Math.round(performance.now() - startedMs);
        const result = {
          format: 'undertone/restored',
          version: 1,
          home: config.home,
          at: manifest.at,
          files: manifest.files.length,
          milliseconds,
        };
        printResult(json === true, result, () =>
          [
            `Restored the backup of ${manifest.at} into ${config.home} (${manifest.files.length} files).`,
            'Start the clinic with: npm start',
          ].join('\n'),
        );
      } catch (error) {
        if ((error as { code?: string }).code === 'archive-broken') throw badInput((error as Error).message);
        throw mended(error);
      }
    });
}

import type { Command } from 'commander';
import { printResult, progress, readInputText } from '../io.ts';
import { mended } from '../with-clinic.ts';

interface Options {
  readonly json?: true;
  readonly key?: string;
  readonly to?: string;
  readonly takeBucketOver?: true;
}

export function register(program: Command): void {
  program
    .command('restore')
    .argument('<dir>', 'the folder given to backup, or one backup in it')
    .description('Restore a backup into an empty data folder (UNDERTONE_HOME).')
    .option('--key <file>', 'the clinic’s master.key, or its printed recovery key copied into a file')
    .option(
      '--to <instant>',
      'an instant to go back to: "2026-11-23 10:00" (the clinic’s clock), or … UTC, +05:30',
    )
    .option(
      '--take-bucket-over',
      'files go into a bucket (FILES_URL) that holds others: the clinic that wrote them is gone',
    )
    .option('--json', 'one JSON object on stdout (format undertone/restored, version 1)')
    .addHelpText(
      'after',
      '\nThe folder of backups restores the newest moment there is; one backup in it, that backup alone.',
    )
    .action(async (dir: string, { json, key, to, takeBucketOver }: Options) => {
      const { readConfig } = await import('@undertone/clinic/platform/config.ts');
      const { restore, takeMasterKey } = await import('@undertone/clinic/restore.ts');
      const config = readConfig();
      const startedMs = performance.now();
      try {
        if (key !== undefined) await takeMasterKey(config, await readInputText(key, 'key file'));
        progress('checking and unpacking …');
        const restored = await restore(config, dir, {
          takesBucketOver: takeBucketOver === true,
          ...(to !== undefined && { to }),
        });
        progress('');
        const milliseconds = Math.round(performance.now() - startedMs);
        const result = {
          format: 'undertone/restored',
          version: 1,
          home: config.home,
          ...restored,
          milliseconds,
        };
        if (restored.missing.length > 0) process.exitCode = 1;
        printResult(json === true, result, () =>
          [
            ...(restored.missing.length === 0
              ? []
              : [`FILES WITHOUT BYTES, not in the archive: ${restored.missing.join(', ')}.`]),
            `Restored the clinic as of ${restored.at} into ${config.home} (${restored.files} files), from ${restored.backup}.`,
            'Start the clinic with: npm start. Then make a backup: its log is archived anew from there.',
          ].join('\n'),
        );
      } catch (error) {
        throw mended(error);
      }
    });
}

import type { Command } from 'commander';
import { badInput, printResult, progress } from '../io.ts';
import { mended } from '../with-clinic.ts';

export function register(program: Command): void {
  program
    .command('backup')
    .argument('<dir>', 'folder that holds the backups, outside the data folder')
    .description(
      'Back up database and files while the clinic works, then prove the backup by restoring it elsewhere.',
    )
    .option('--scratch <dir>', 'where the proof is made (default: the system’s temporary folder)')
    .option('--keep <rule>', 'remove older backups but these: 7d,4w,12m keeps days, weeks and months')
    .option('--json', 'one JSON object on stdout (format undertone/backup-made, version 1)')
    .action(
      async (dir: string, { json, keep, scratch }: { json?: true; keep?: string; scratch?: string }) => {
        const { parseKeep } = await import('@undertone/clinic/platform/keep.ts');
        const rule = keep === undefined ? undefined : parseKeep(keep);
        if (keep !== undefined && rule === undefined)
          throw badInput(`--keep ${keep} is not a rule like 7d,4w,12m.`);
        const { readConfig } = await import('@undertone/clinic/platform/config.ts');
        const { backUp } = await import('@undertone/clinic/backup.ts');
        const startedMs = performance.now();
        try {
          const onProgress = (text: string) => progress(`${text} …`);
          const made = await backUp(readConfig(), dir, {
            onProgress,
            ...(scratch !== undefined && { scratch }),
            ...(rule && { keep: rule }),
          });
          progress('');
          const { folder, manifest, bytesWritten, proof, pruned } = made;
          const milliseconds = Math.round(performance.now() - startedMs);
          const { at, masterKeyId, files } = manifest;
          const result = {
            format: 'undertone/backup-made',
            version: 1,
            folder,
            at,
            masterKeyId,
            files: files.length,
            bytesWritten,
            proof,
            ...(pruned && { pruned }),
            milliseconds,
          };
          printResult(json === true, result, () =>
            [
              `Backup ${folder}: ${(bytesWritten / 1e6).toFixed(1)} MB written, ${files.length} files in it.`,
              `Proven by a restore in ${(proof.milliseconds / 1000).toFixed(1)} s: ${proof.rows} rows, ${proof.files} files decrypted, ${proof.auditEntries} audit entries.`,
              `It opens only with master key ${masterKeyId}: keep the printed recovery key (undertone recovery-key) in another place.`,
              ...(pruned ? [`${pruned.backups} older backups and ${pruned.files} files removed.`] : []),
            ].join('\n'),
          );
        } catch (error) {
          throw mended(error);
        }
      },
    );
}

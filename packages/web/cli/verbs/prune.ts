import type { Command } from 'commander';
import { badInput, printResult } from '../io.ts';

export function register(program: Command): void {
  program
    .command('prune')
    .argument('<dir>', 'the folder given to backup')
    .description('Remove old backups, and what only they needed, without making a new one.')
    .requiredOption('--keep <rule>', 'what stays: 7d,4w,12m keeps days, weeks and months; the newest always')
    .option('--json', 'one JSON object on stdout (format undertone/pruned, version 1)')
    .action(async (dir: string, { json, keep }: { json?: true; keep: string }) => {
      const { parseKeep } = await import('@undertone/clinic/platform/keep.ts');
      const { backupFolders } = await import('@undertone/clinic/platform/backup-manifest.ts');
      const { prune } = await import('@undertone/clinic/platform/prune.ts');
      const rule = parseKeep(keep);
      if (rule === undefined) throw badInput(`--keep ${keep} is not a rule like 7d,4w,12m.`);
      if ((await backupFolders(dir)).length === 0)
        throw badInput(`${dir} holds no backup; name the folder that was given to undertone backup.`);
      const pruned = await prune(dir, rule);
      const left = (await backupFolders(dir)).length;
      const result = { format: 'undertone/pruned', version: 1, ...pruned, left };
      printResult(
        json === true,
        result,
        () =>
          `${pruned.backups} backups, ${pruned.days} days of log and ${pruned.files} copies of files removed; ${left} backups stay.`,
      );
    });
}

import type { Command } from 'commander';
import { badInput, printResult, progress, readInput } from '../io.ts';
import { withClinic } from '../with-clinic.ts';

interface Options {
  readonly kind?: string;
  readonly map: readonly string[];
  readonly dates?: string;
  readonly duplicates?: string;
  readonly dryRun?: true;
  readonly undo?: string;
  readonly clinic?: string;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command('import')
    .argument('[file]', 'a table of text (CSV) with the names of the columns in the first line')
    .description('Bring patients or appointments in from a table, or take an import back.')
    .option('--kind <kind>', 'patients or appointments')
    .option(
      '--map <column=field>',
      'what a column is, where the guess is wrong; may be given again. "column=" leaves it out',
      (pair: string, pairs: readonly string[]) => [...pairs, pair],
      [] as readonly string[],
    )
    .option('--dates <order>', 'how days are written: dmy, mdy or ymd (default: guessed)')
    .option('--duplicates <what>', 'who is in the record already: skip or import', 'skip')
    .option('--dry-run', 'check every row and write nothing')
    .option('--undo <id>', 'take back the import with this id')
    .option('--clinic <id>', 'which clinic, where there are several (default: the first one)')
    .option('--json', 'one JSON object on stdout (format undertone/import, version 1)')
    .action(async (file: string | undefined, options: Options) => {
      const { kind, dates, duplicates, undo } = options;
      if ((file === undefined) === (undo === undefined))
        throw badInput('Name a table, or an import with --undo ID.');
      if (file !== undefined && kind !== 'patients' && kind !== 'appointments')
        throw badInput('Say what the table holds: --kind patients or --kind appointments.');
      if (dates !== undefined && dates !== 'dmy' && dates !== 'mdy' && dates !== 'ymd')
        throw badInput(`--dates ${dates} is not dmy, mdy or ymd.`);
      if (duplicates !== 'skip' && duplicates !== 'import')
        throw badInput(`--duplicates ${duplicates} is not skip or import.`);
      const bytes = file === undefined ? undefined : await readInput(file, 'the table');
      const { importTable, undoByMachine } = await import('@undertone/clinic/import/by-machine.ts');
      await withClinic(async (services) => {
        const tell = (rows: number) => progress(`${rows} rows …`);
        const made =
          bytes === undefined
            ? await undoByMachine(services, options.clinic, undo ?? '', tell)
            : await importTable(
                services,
                {
                  clinicId: options.clinic,
                  kind: kind as 'patients' | 'appointments',
                  bytes,
                  map: options.map,
                  dates,
                  bringInDuplicates: duplicates === 'import',
                  dry: options.dryRun === true,
                },
                tell,
              );
        progress('');
        if (!made.ok) throw badInput(made.message);
        const { id, state, counts, rowsTotal, mapping } = made.import;
        const result = {
          format: 'undertone/import',
          version: 1,
          id,
          state,
          rowsTotal,
          dateOrder: mapping.dateOrder,
          counts,
          rows: made.rows,
        };
        printResult(options.json === true, result, () =>
          [
            `Import ${id}: ${state}. ${counts.ready} in order, ${counts.imported} imported, ${counts.duplicate} already there, ${counts.faulty} with a fault. Days were read as ${mapping.dateOrder}.`,
            ...made.rows
              .slice(0, 20)
              .map(
                ({ row, outcome, faults }) =>
                  `  row ${row}: ${outcome} ${faults.map(({ field, code }) => (field === null ? code : `${field} ${code}`)).join(', ')}`,
              ),
            ...(made.rows.length > 20 ? ['  … (all with --json)'] : []),
          ].join('\n'),
        );
      });
    });
}

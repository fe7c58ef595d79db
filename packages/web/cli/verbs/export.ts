import type { Command } from 'commander';
import { badInput, printResult, progress } from '../io.ts';
import { writeFolder, writeWhole } from '../whole-files.ts';
import { withClinic } from '../with-clinic.ts';

export function register(program: Command): void {
  program
    .command('export')
    .argument('[patient]', 'id of the patient, as in the address of the chart')
    .description('Write a person’s whole record as a zip, or the clinic’s as FHIR R4 in bulk.')
    .option('--out <file>', 'the zip to write')
    .option('--fhir <dir>', 'folder for FHIR: one or more .ndjson files of each kind')
    .option('--clinic <id>', 'which clinic, where there are several (default: the first one)')
    .option('--json', 'one JSON object on stdout (format undertone/export, version 1)')
    .action(
      async (
        patient: string | undefined,
        { out, fhir, clinic, json }: { out?: string; fhir?: string; clinic?: string; json?: true },
      ) => {
        if ((patient === undefined) === (fhir === undefined))
          throw badInput('Name a patient with --out FILE.zip, or a folder with --fhir DIR.');
        if (patient !== undefined && out === undefined)
          throw badInput('Say where the zip goes: --out FILE.zip.');
        const { exportBulk, exportRecord } = await import('@undertone/clinic/export/by-machine.ts');
        await withClinic(async (services) => {
          progress('Writing …');
          if (fhir !== undefined) {
            const made = await exportBulk(services, clinic);
            if (!made.ok) throw badInput(made.message);
            await writeFolder(fhir, made.files, 'manifest.json');
            progress('');
            const { resources } = made;
            const count = Object.values(resources).reduce((sum, one) => sum + one, 0);
            const result = { format: 'undertone/export', version: 1, kind: 'fhir', folder: fhir, resources };
            return printResult(
              json === true,
              result,
              () => `${count} resources in ${Object.keys(made.files).length - 1} files in ${fhir}.`,
            );
          }
          const made = await exportRecord(services, clinic, patient ?? '');
          if (!made.ok) throw badInput(made.message);
          await writeWhole(out ?? '', made.bytes);
          progress('');
          const { rows, documents, pictures, missing } = made.summary;
          const result = {
            format: 'undertone/export',
            version: 1,
            kind: 'record',
            file: out,
            rows,
            documents,
            pictures,
            missing,
          };
          printResult(
            json === true,
            result,
            () =>
              `${out}: ${rows} rows, ${documents} documents, ${pictures} photographs${missing > 0 ? `; ${missing} documents could not be made` : ''}. It is not encrypted: keep it where only its person can open it.`,
          );
        });
      },
    );
}

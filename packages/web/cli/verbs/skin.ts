import type { Command } from 'commander';
import { Option } from 'commander';
import { numberFlag } from '../flags.ts';
import { badInput, printResult, progress, readInputText } from '../io.ts';

interface FitFlags {
  readonly json?: true;
  readonly instrument: 'sphere-sci' | 'sphere-sce' | '45/0' | 'contact-colorimeter';
  readonly observer: '2' | '10';
  readonly scattering: string;
}

export function register(program: Command): void {
  const skin = program.command('skin').description('Read skin from measurements.');
  skin
    .command('fit')
    .description(
      'Fit layered skin to reflectance spectra: melanin, blood, oxygenation, and how well they explain them.',
    )
    .argument(
      '<spectra.csv>',
      'first column wavelength_nm, one column a sample, reflectance 0..1, 400-700 nm or more',
    )
    .addOption(
      new Option('--instrument <geometry>', 'how the spectra were measured')
        .choices(['sphere-sci', 'sphere-sce', '45/0', 'contact-colorimeter'])
        .default('sphere-sci'),
    )
    .addOption(
      new Option('--observer <degrees>', 'observer of Lab and deltaE00, under D65')
        .choices(['2', '10'])
        .default('10'),
    )
    .option(
      '--scattering <per cm>',
      'assumed reduced scattering at 500 nm, 15 to 80; reflectance cannot measure it',
      '35',
    )
    .option('--json', 'one JSON object, format undertone/skin-fit')
    .action(fit);
}

async function fit(path: string, flags: FitFlags): Promise<void> {
  const scatteringPerCm500 = numberFlag('--scattering', flags.scattering, 15, 80);
  const { parseSpectraCsv, reportFits } = await import('@undertone/engine/skin/index.ts');
  const table = parseSpectraCsv(await readInputText(path, 'The file of spectra'));
  if (!table.ok) throw badInput(`${path}: ${table.message}`);
  const report = reportFits(table.spectra, {
    instrument: flags.instrument,
    observer: flags.observer,
    scatteringPerCm500,
    onSample: (done) => progress(`${done} of ${table.spectra.length} spectra`),
  });
  progress('');
  printResult(flags.json === true, report, () => humanTable(report));
}

type Report = import('@undertone/engine/skin/index.ts').FitReport;

function humanTable(report: Report): string {
  const width = Math.max(6, ...report.samples.map((sample) => sample.name.length));
  const row = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(width) : cell.padStart(9))).join(' ');
  const lines = report.samples.map((sample) =>
    row([
      sample.name,
      sample.rmse.toFixed(4),
      sample.deltaE00.toFixed(2),
      `${(100 * sample.melaninFraction).toFixed(1)} %`,
      `${(100 * sample.bloodFraction).toFixed(2)} %`,
      `${(100 * sample.oxygenation).toFixed(0)} %`,
      `${sample.itaDegrees.toFixed(0)}°`,
    ]),
  );
  const notes = [
    ...new Set(report.samples.flatMap((sample) => sample.warnings.map((warning) => warning.code))),
  ];
  const named = notes.map((code) => {
    const those = report.samples.filter((sample) => sample.warnings.some((warning) => warning.code === code));
    const message = those[0].warnings.find((warning) => warning.code === code)?.message ?? code;
    return those.length === report.samples.length
      ? `All: ${message}`
      : `${those.map((sample) => sample.name).join(', ')}: ${message}`;
  });
  const { rmse, deltaE00 } = report.summary;
  return [
    row(['sample', 'rmse', 'dE00', 'melanin', 'blood', 'oxygen', 'ITA']),
    ...lines,
    '',
    `rmse    median ${rmse.median.toFixed(4)}, 95th percentile ${rmse.p95.toFixed(4)}`,
    `dE00    median ${deltaE00.median.toFixed(2)}, 95th percentile ${deltaE00.p95.toFixed(2)} (D65, ${report.observer}° observer, ${report.instrument})`,
    ...named,
  ].join('\n');
}

import type { Command } from 'commander';
import { numberFlag, wholeFlag } from '../flags.ts';
import { badInput, printResult, readInput } from '../io.ts';
import { writeWhole } from '../whole-files.ts';

interface DotsFlags {
  readonly mask: string;
  readonly densityPerCm2: string;
  readonly mmPerPx: string;
  readonly seed: string;
  readonly featherMm: string;
  readonly dotMm: string;
  readonly out: string;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command('dots')
    .description('Lay dots of one density over a mask and draw them as SVG at true scale.')
    .requiredOption('--mask <png>', 'white belongs, black does not')
    .requiredOption('--density-per-cm2 <n>', 'dots a square centimetre, up to 10,000')
    .requiredOption('--mm-per-px <n>', 'millimetres a pixel of the mask')
    .requiredOption('--seed <n>', 'whole number; the same seed gives the same dots')
    .requiredOption('--out <svg>', 'file to write')
    .option('--feather-mm <n>', 'width over which density rises from the border', '0')
    .option('--dot-mm <n>', 'diameter of a dot', '0.3')
    .option('--json', 'one JSON object, format undertone/dots')
    .action(dots);
}

async function dots(flags: DotsFlags): Promise<void> {
  const densityPerCm2 = numberFlag('--density-per-cm2', flags.densityPerCm2, 0.1, 10_000);
  const mmPerPx = numberFlag('--mm-per-px', flags.mmPerPx, 0.001, 10);
  const seed = wholeFlag('--seed', flags.seed);
  const featherMm = numberFlag('--feather-mm', flags.featherMm, 0, 50);
  const dotMm = numberFlag('--dot-mm', flags.dotMm, 0.01, 5);
  const bytes = await readInput(flags.mask, 'The mask');
  const { decodeMask } = await import('@undertone/clinic/platform/images/index.ts');
  const decoded = await decodeMask(bytes);
  if (!decoded.ok) throw badInput(`The mask "${flags.mask}": ${decoded.message}`);
  const { densityMap, dotsSvg, layDotsByDensity } = await import('@undertone/engine/plan/index.ts');
  const map = densityMap(decoded.mask, mmPerPx, { kind: 'patch', densityPerCm2, featherMm }, seed);
  if (map.areaCm2 === 0) {
    throw badInput(`The mask "${flags.mask}" is all black: nothing belongs to the region. Paint it white.`);
  }
  if (map.expectedCount > 5e6) {
    throw badInput(
      `That would be ${Math.round(map.expectedCount)} dots, more than five million; check --mm-per-px and --density-per-cm2.`,
    );
  }
  const laid = layDotsByDensity(map, { seed });
  const svg = dotsSvg(laid, { dotMm, toneColours: ['#000000'], title: `${laid.count} dots at true scale` });
  await writeWhole(flags.out, svg);
  const json = {
    format: 'undertone/dots',
    version: 1,
    count: laid.count,
    expectedCount: Number(map.expectedCount.toFixed(3)),
    areaCm2: Number(map.areaCm2.toFixed(4)),
    densityPerCm2,
    achievedPerCm2: Number((laid.count / map.areaCm2).toFixed(3)),
    mmPerPx,
    featherMm,
    seed,
    out: flags.out,
  };
  printResult(
    flags.json === true,
    json,
    () =>
      `${json.count} dots over ${json.areaCm2} cm² (${json.achievedPerCm2} per cm²) written to ${flags.out}.`,
  );
}

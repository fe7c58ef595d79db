import type { DerivedCoefficients, PigmentSet } from '@undertone/engine/match/index.ts';
import type { Command } from 'commander';
import { Option } from 'commander';
import { gather } from '../flags.ts';
import { badInput, printResult, readInputText } from '../io.ts';
import { writeWhole } from '../whole-files.ts';

interface DeriveFlags {
  readonly name?: string;
  readonly kind: 'ink' | 'paint';
  readonly source?: string;
  readonly ci: readonly string[];
  readonly gloss?: true;
  readonly out?: string;
  readonly json?: true;
}

export function register(program: Command): void {
  const pigments = program.command('pigments').description('Measure pigments and check sets of them.');
  pigments
    .command('derive')
    .description('Derive absorption and scattering of pigments from drawdowns, with checks of each.')
    .argument(
      '<drawdowns.csv>',
      'wavelength_nm, then masstone|NAME|rep1 and mix_by_mass|NAME:g+white:g|rep1, or film|NAME:mg_per_cm2|black|rep1 with backing|black|rep1 (and white)',
    )
    .option('--name <text>', 'name of the set')
    .addOption(new Option('--kind <kind>', 'what was drawn down').choices(['ink', 'paint']).default('ink'))
    .option('--source <text>', 'who measured, when, with which instrument')
    .option(
      '--ci <name=number>',
      'Colour Index number of a pigment, for instance "red oxide=77491"; may be repeated',
      gather,
      [],
    )
    .option('--gloss', 'the instrument saw the gloss (sphere, specular included)')
    .option('--out <file>', 'write the set here, ready for --pigments')
    .option('--json', 'one JSON object, format undertone/pigments')
    .action(derive);
  pigments
    .command('guide')
    .description('How to draw down, read and write the table that derive takes.')
    .action(() => {
      process.stdout.write(guide);
    });
}

const guide = `Measuring your pigments

1. Shake each bottle until nothing is left at the bottom. Note its lot.
2. Best: films. Draw 100 µm wet over a card that is black and white, weigh the card before and after it has dried, divide
   by the area: mg/cm². The backing must still show through a little.
   Columns: backing|black|rep1, backing|white|rep1, film|NAME:mg_per_cm2|black|rep1, film|NAME:mg_per_cm2|white|rep1
3. Or: masstones and tints. Paint each pigment in coats until black and white cannot be told apart; mix it with titanium
   white, about 1 : 2 by mass, weigh both to 0.01 g, paint that too. White itself is needed as a masstone named white.
   Columns: masstone|NAME|rep1, mix_by_mass|NAME:grams+white:grams|rep1
4. Let everything dry for a day.
5. Read 400-700 nm, gloss excluded (or say --gloss), three times each, lifting the head between: rep1, rep2, rep3.
6. Write one CSV: wavelength_nm first, one column a reading, reflectance as a fraction 0..1.
7. undertone pigments derive FILE --name "your set" --ci "NAME=77491" --out set.json
   Draw again whatever the checks doubt. Then: undertone match --pigments set.json …
`;

async function derive(path: string, flags: DeriveFlags): Promise<void> {
  const { paintSurface, pigmentDocument, pigmentsFromDrawdowns } = await import(
    '@undertone/engine/match/index.ts'
  );
  const numbers = Object.fromEntries(
    flags.ci.map((text) => {
      const [name = '', ciNumber = ''] = text.split('=').map((part) => part.trim());
      if (name === '' || !/^\d{5}$/.test(ciNumber)) {
        throw badInput(`--ci "${text}" is not NAME=NUMBER with five digits, for instance "red oxide=77491".`);
      }
      return [name, { ciNumber }];
    }),
  );
  const result = pigmentsFromDrawdowns(await readInputText(path, 'The table of drawdowns'), {
    ...(flags.name === undefined ? {} : { setName: flags.name }),
    kind: flags.kind,
    ...(flags.source === undefined ? {} : { source: flags.source }),
    numbers,
    surface: { ...paintSurface, glossIncluded: flags.gloss === true },
  });
  if (!result.ok) throw badInput(`${path}: ${result.message}`);
  const unknown = Object.keys(numbers).filter((name) => !result.set.pigments.some((p) => p.name === name));
  if (unknown.length > 0) {
    throw badInput(
      `--ci names ${unknown.join(', ')}; the table has ${result.set.pigments.map(({ name }) => name).join(', ')}.`,
    );
  }
  const derived = result.derived ?? [];
  const document = { ...pigmentDocument(result.set), checks: derived.flatMap(({ checks }) => checks) };
  if (flags.out !== undefined) {
    await writeWhole(flags.out, `${JSON.stringify(document, null, 1)}\n`);
  }
  printResult(flags.json === true, document, () => summaryOf(result.set, derived, flags.out));
}

function summaryOf(
  set: PigmentSet,
  derived: readonly DerivedCoefficients[],
  out: string | undefined,
): string {
  const width = Math.max(...derived.map(({ name }) => name.length));
  const rows = derived.map(({ name, K, S, relativeSd, checks }) => {
    const verdict = checks.some(({ severity }) => severity === 'doubt') ? 'doubtful' : 'good';
    const at = (values: Float64Array, nm: number) => values[(nm - 400) / 10].toFixed(3);
    return `${name.padEnd(width)}  K ${at(K, 450)} ${at(K, 550)} ${at(K, 650)}  S ${at(S, 450)} ${at(S, 550)} ${at(S, 650)}  ±${Math.round(100 * relativeSd.K)} %  ${verdict}`;
  });
  const checks = derived.flatMap(({ checks: own }) => own.map(({ message }) => `- ${message}`));
  return [
    `${set.name}: ${set.pigments.length} pigments; unit of dose: ${set.doseUnit}`,
    'K and S at 450, 550 and 650 nm, typical uncertainty of K:',
    ...rows,
    ...(checks.length > 0 ? ['', 'Look again at:', ...checks] : ['', 'Every check passed.']),
    ...(out === undefined
      ? ['', 'Add --out FILE to keep the set for `undertone match --pigments FILE`.']
      : ['', `Written to ${out}.`]),
  ].join('\n');
}

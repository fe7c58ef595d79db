import type { IlluminantName, Lab, NamedWhite } from '@undertone/engine/light/index.ts';
import type {
  HealedSpot,
  MatchResult,
  PigmentSet,
  Recipe,
  Treatment,
} from '@undertone/engine/match/index.ts';
import type { Geometry, InstrumentGeometry, Reading } from '@undertone/engine/skin/index.ts';
import type { Command } from 'commander';
import { Option } from 'commander';
import { gather, numberFlag, numbersOf, wholeFlag } from '../flags.ts';
import { badInput, printResult, progress, readInputText } from '../io.ts';

interface MatchFlags {
  readonly skin?: string;
  readonly patch?: string;
  readonly spectra?: string;
  readonly pigments?: string;
  readonly only?: string;
  readonly treatment: Treatment;
  readonly illuminant: IlluminantName;
  readonly observer: '2' | '10';
  readonly instrument: InstrumentGeometry;
  readonly sd?: string;
  readonly tanned?: string;
  readonly area?: string;
  readonly geometry?: string;
  readonly spot: readonly string[];
  readonly seed: string;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command('match')
    .description(
      'Find the pigment recipe for a pale patch: drops, healed colour with its range, and what is out of reach.',
    )
    .option('--skin <L,a,b>', 'colour of the surrounding skin, which is the target')
    .option('--patch <L,a,b>', 'colour of the depigmented skin')
    .option('--tanned <L,a,b>', 'colour of the surrounding skin in another season, reported besides')
    .option(
      '--spectra <file>',
      'CSV instead of colours: wavelength_nm, patch, skin or surround (and tanned), reflectance 0..1',
    )
    .option('--pigments <file>', 'set of pigments, JSON or drawdowns in CSV; default: the sample paints')
    .option('--only <ids>', 'choose from these pigments, ids joined by commas')
    .addOption(
      new Option('--treatment <kind>', 'what is treated')
        .choices(['vitiligo', 'lip', 'scalp'])
        .default('vitiligo'),
    )
    .addOption(
      new Option('--illuminant <name>', 'illuminant of the colours given')
        .choices(['D65', 'D50', 'A', 'FL2', 'FL11', 'LED-B3'])
        .default('D65'),
    )
    .addOption(
      new Option('--observer <degrees>', 'observer of all colours').choices(['2', '10']).default('10'),
    )
    .addOption(
      new Option('--instrument <geometry>', 'how all places were read')
        .choices(['sphere-sci', 'sphere-sce', '45/0', 'contact-colorimeter', 'camera'])
        .default('sphere-sci'),
    )
    .option('--sd <number>', 'standard deviation of each of L*, a*, b*; default 0.5, 2 for a camera')
    .option('--area <cm2>', 'area to treat, for the size of the batch')
    .option(
      '--geometry <um>',
      'epidermis, clear dermis and pigment layer in µm, for instance 80,70,300; default by treatment',
    )
    .option(
      '--spot <file>',
      'healed test spot, JSON with doses and lab or reflectance01; may be repeated',
      gather,
      [],
    )
    .option('--seed <integer>', 'seed of the simulated people', '1')
    .option('--json', 'one JSON object, format undertone/match')
    .action(match);
}

async function match(flags: MatchFlags): Promise<void> {
  const engine = await import('@undertone/engine/match/index.ts');
  const readings =
    flags.spectra === undefined ? readingsFromColours(flags) : await readingsFromFile(flags, flags.spectra);
  const pigments = await pigmentsFrom(flags, engine);
  const seed = wholeFlag('--seed', flags.seed);
  const areaCm2 = flags.area === undefined ? undefined : numberFlag('--area', flags.area, 0.01, 10_000);
  const spots = await Promise.all(flags.spot.map((path) => spotFrom(path, flags)));

  const from = performance.now();
  const outcome = await engine.matchPigments(
    {
      treatment: flags.treatment,
      patch: readings.patch,
      surround: readings.skin,
      ...(readings.tanned ? { tannedSurround: readings.tanned } : {}),
      pigments: pigments.set,
      ...(flags.only === undefined ? {} : { only: flags.only.split(',').map((id) => id.trim()) }),
      observer: flags.observer,
      ...(areaCm2 === undefined ? {} : { areaCm2 }),
      ...(flags.geometry === undefined ? {} : { geometry: geometryOf(flags.geometry) }),
      spots,
    },
    { seed, onProgress: (done01, step) => progress(`${step} ${Math.round(100 * done01)} %`) },
  );
  const milliseconds = Math.round(performance.now() - from);
  progress('');
  if (!outcome.ok) throw badInput(outcome.message);
  printResult(flags.json === true, documentOf(outcome, pigments, flags, milliseconds), () =>
    summaryOf(outcome, pigments, milliseconds),
  );
}

interface Readings {
  readonly patch: Reading;
  readonly skin: Reading;
  readonly tanned?: Reading;
}

function readingsFromColours(flags: MatchFlags): Readings {
  if (flags.skin === undefined || flags.patch === undefined) {
    throw badInput('Give --skin L,a,b and --patch L,a,b, or --spectra FILE with columns patch and skin.');
  }
  return {
    skin: colourReading('--skin', flags.skin, flags),
    patch: colourReading('--patch', flags.patch, flags),
    ...(flags.tanned === undefined ? {} : { tanned: colourReading('--tanned', flags.tanned, flags) }),
  };
}

function colourReading(flag: string, text: string, flags: MatchFlags): Reading {
  const numbers = numbersOf(text, 3);
  if (!numbers) {
    throw badInput(`${flag} "${text}" is not L,a,b: three numbers joined by commas, for instance 63,9,17.`);
  }
  const [L, a, b] = numbers;
  if (L > 0 && L <= 1) {
    throw badInput(`${flag} ${text}: L* ${L} looks like a fraction; L* runs from 0 to 100.`);
  }
  if (L <= 0 || L > 100) throw badInput(`${flag} ${text}: L* ${L} is impossible; it lies between 0 and 100.`);
  const lab: Lab<NamedWhite> = { white: `${flags.illuminant}/${flags.observer}`, L, a, b };
  const sd = flags.sd === undefined ? {} : { sdLab: numberFlag('--sd', flags.sd, 0.01, 20) };
  return { kind: 'lab', lab, instrument: flags.instrument, ...sd };
}

async function readingsFromFile(flags: MatchFlags, path: string): Promise<Readings> {
  if ([flags.skin, flags.patch, flags.tanned].some((colour) => colour !== undefined)) {
    throw badInput('--spectra stands instead of --skin, --patch and --tanned; give the colours one way.');
  }
  const { parseSpectraCsv } = await import('@undertone/engine/skin/index.ts');
  const table = parseSpectraCsv(await readInputText(path, 'The file of spectra'));
  if (!table.ok) throw badInput(`${path}: ${table.message}`);
  const reading = (...names: readonly string[]): Reading | undefined => {
    const found = table.spectra.find((spectrum) => names.includes(spectrum.name.toLowerCase()));
    return found && { kind: 'spectrum', reflectance01: found.reflectance01, instrument: flags.instrument };
  };
  const [patch, skin, tanned] = [reading('patch'), reading('skin', 'surround'), reading('tanned')];
  if (!patch || !skin) {
    throw badInput(
      `${path}: columns "patch" and "skin" (or "surround") are needed, found ${table.spectra.map(({ name }) => name).join(', ')}.`,
    );
  }
  return { patch, skin, ...(tanned ? { tanned } : {}) };
}

interface ChosenPigments {
  readonly set: PigmentSet;
  readonly origin: string;
}

async function pigmentsFrom(
  flags: MatchFlags,
  engine: typeof import('@undertone/engine/match/index.ts'),
): Promise<ChosenPigments> {
  if (flags.pigments === undefined)
    return { set: engine.samplePaints, origin: 'sample paints of this program' };
  const parsed = engine.parsePigments(await readInputText(flags.pigments, 'The file of pigments'));
  if (!parsed.ok) throw badInput(`${flags.pigments}: ${parsed.message}`);
  return { set: parsed.set, origin: flags.pigments };
}

async function spotFrom(path: string, flags: MatchFlags): Promise<HealedSpot> {
  const text = await readInputText(path, 'The healed spot');
  let spot: {
    doses?: Record<string, number> | null;
    lab?: number[];
    reflectance01?: { startNm: number; stepNm: number; values: number[] };
  } | null;
  try {
    spot = JSON.parse(text) as typeof spot;
  } catch (error) {
    throw badInput(`${path} is no valid JSON (${(error as Error).message}).`);
  }
  if (typeof spot?.doses !== 'object' || spot.doses === null)
    throw badInput(`${path}: "doses" is missing; take it from the first plan's recipe.`);
  if (Array.isArray(spot.lab)) {
    return { doses: spot.doses, reading: colourReading(`${path}: lab`, spot.lab.join(','), flags) };
  }
  const spectrum = spot.reflectance01;
  if (!spectrum || !Array.isArray(spectrum.values)) {
    throw badInput(`${path}: give "lab": [L, a, b] or "reflectance01": {startNm, stepNm, values}.`);
  }
  return {
    doses: spot.doses,
    reading: {
      kind: 'spectrum',
      reflectance01: {
        startNm: spectrum.startNm,
        stepNm: spectrum.stepNm,
        values: Float64Array.from(spectrum.values),
      },
      instrument: flags.instrument,
    },
  };
}

function geometryOf(text: string): Geometry {
  const numbers = numbersOf(text, 3);
  if (!numbers) {
    throw badInput(`--geometry "${text}" is not three thicknesses in µm, for instance 80,70,300.`);
  }
  const [epidermisUm, clearDermisUm, pigmentLayerUm] = numbers;
  return { epidermisUm, clearDermisUm, pigmentLayerUm };
}

const round = (value: number, digits = 3) => Number(value.toFixed(digits));
const labOf = ({ L, a, b }: Lab) => ({ L: round(L, 2), a: round(a, 2), b: round(b, 2) });

function recipeDocument(recipe: Recipe) {
  return {
    recipe: recipe.parts.map(({ pigment, name, parts01, drops, letDown }) => ({
      pigment,
      name,
      parts: round(parts01, 4),
      drops,
      letDown,
    })),
    diluentDrops: recipe.diluentDrops,
    totalDrops: recipe.totalDrops,
    doses: Object.fromEntries(Object.entries(recipe.doseOfDrops).map(([id, dose]) => [id, round(dose, 4)])),
    ifAssumptionsHold: {
      worstDeltaE00: round(recipe.worstDeltaE00),
      worstDeltaE00OfDrops: round(recipe.worstDeltaE00OfDrops),
    },
    worstDeltaE00: {
      expected: round(recipe.spread.expected),
      interval: [round(recipe.spread.low90), round(recipe.spread.high90)],
    },
  };
}

function documentOf(result: MatchResult, pigments: ChosenPigments, flags: MatchFlags, milliseconds: number) {
  const predicted: Record<string, Record<string, object>> = {};
  for (const colour of result.predicted) {
    const states = (predicted[colour.illuminant] ??= {});
    states[colour.state] = {
      lab: labOf(colour.lab),
      labInterval: { low: labOf(colour.interval90.low), high: labOf(colour.interval90.high) },
      deltaE00: round(colour.deltaE00.expected),
      interval: [round(colour.deltaE00.low90), round(colour.deltaE00.high90)],
      ...(colour.deltaE00Tanned ? { deltaE00Tanned: round(colour.deltaE00Tanned.expected) } : {}),
    };
  }
  return {
    format: 'undertone/match',
    version: 1,
    ...recipeDocument(result.recipe),
    predicted,
    verdict: { ...result.verdict, bestDeltaE00: round(result.verdict.bestDeltaE00) },
    firstDose: { ...result.firstDose, chanceTooDark01: round(result.firstDose.chanceTooDark01) },
    sensitivity: result.sensitivity.map((s) => ({
      ...s,
      deltaL: round(s.deltaL),
      deltaA: round(s.deltaA),
      deltaB: round(s.deltaB),
      worstDeltaE00: round(s.worstDeltaE00),
    })),
    alternatives: result.alternatives.map(recipeDocument),
    untreated: Object.fromEntries(
      result.untreated.map(({ illuminant, deltaE00 }) => [illuminant, round(deltaE00)]),
    ),
    learned: result.learned,
    rules: result.rules,
    warnings: result.warnings,
    pigments: {
      name: pigments.set.name,
      kind: pigments.set.kind,
      origin: pigments.origin,
      doseUnit: pigments.set.doseUnit,
    },
    treatment: flags.treatment,
    observer: result.observer,
    lights: result.lights,
    instrument: flags.instrument,
    geometry: result.geometry,
    intervalCovers: '90 % of simulated outcomes; expected is the median',
    seed: result.seed,
    milliseconds,
  };
}

function summaryOf(result: MatchResult, pigments: ChosenPigments, milliseconds: number): string {
  const { recipe } = result;
  const drops = recipe.parts.map(
    ({ name, drops, letDown }) =>
      `  ${String(drops).padStart(3)} drops  ${name}${letDown === 1 ? '' : ', let down 1 part in 10 first'}`,
  );
  const at = (state: string, illuminant: string) =>
    result.predicted.find((p) => p.state === state && p.illuminant === illuminant);
  const line = (state: string, label: string) => {
    const cells = ['D65', 'A', 'LED-B3'].flatMap((illuminant) => {
      const p = at(state, illuminant);
      return p
        ? [
            `${illuminant} ${p.deltaE00.expected.toFixed(1)} (${p.deltaE00.low90.toFixed(1)}-${p.deltaE00.high90.toFixed(1)})`,
          ]
        : [];
    });
    return `  ${label.padEnd(9)} ${cells.join('   ')}`;
  };
  return [
    `Recipe from ${pigments.set.name} (${pigments.origin}), batch of ${recipe.totalDrops} drops:`,
    ...drops,
    `  ${String(recipe.diluentDrops).padStart(3)} drops  diluent`,
    '',
    result.verdict.message,
    result.firstDose.message,
    '',
    'Difference to the surround, ΔE00, median and 90 % range:',
    line('day0', 'day 0'),
    line('week6', 'week 6'),
    line('month12', 'month 12'),
    line('month24', 'month 24'),
    '',
    ...result.sensitivity.map(({ words }) => words),
    '',
    ...result.rules
      .filter(({ effect }) => effect !== 'refuse')
      .map(({ message, pigment }) => `${pigment}: ${message}`),
    ...result.warnings.map(({ message }) => message),
    `${milliseconds} ms`,
  ].join('\n');
}

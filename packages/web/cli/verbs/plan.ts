import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { LearnedHealing } from '@undertone/engine/match/index.ts';
import type { Calibration, Picture, Point } from '@undertone/engine/photo/index.ts';
import type {
  DensityProfile,
  PlanDocument,
  PlanInput,
  PlanResult,
  Site,
} from '@undertone/engine/plan/index.ts';
import type { HeadModel } from '@undertone/engine/region/index.ts';
import { type Command, Option } from 'commander';
import { gather, numberFlag, tapFlag, wholeFlag } from '../flags.ts';
import { badInput, printResult, progress, readInput, readInputText } from '../io.ts';
import { regionOfFace } from '../region-of-face.ts';
import { writeFolder } from '../whole-files.ts';

type Treatment = 'vitiligo' | 'lip' | 'scalp';

interface PlanFlags {
  readonly treatment: Treatment;
  readonly tap: readonly string[];
  readonly mask?: string;
  readonly chart: 'auto' | 'colorchecker24' | 'none';
  readonly mmPerPx?: string;
  readonly reading?: string;
  readonly pigments?: string;
  readonly learned?: string;
  readonly site?: Site;
  readonly densityPerCm2?: string;
  readonly whorl?: string;
  readonly scars?: string;
  readonly seed: string;
  readonly sessions?: true;
  readonly out: string;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command('plan')
    .description('Make a treatment plan from a photograph: recipe, dot map, sessions, predicted result.')
    .argument('<photo>', 'JPEG, PNG, WebP, AVIF or HEIC')
    .argument('[taps...]', 'more taps, X,Y in pixels')
    .addOption(
      new Option('--treatment <name>', 'what is planned')
        .choices(['vitiligo', 'lip', 'scalp'])
        .makeOptionMandatory(),
    )
    .option('--tap <x,y>', 'a point inside the region, pixels from the top left; repeatable', gather, [])
    .option('--mask <png>', 'the region instead of taps: white belongs; same size as the photo')
    .addOption(
      new Option('--chart <name>', 'colour chart to look for')
        .choices(['auto', 'colorchecker24', 'none'])
        .default('auto'),
    )
    .option('--mm-per-px <n>', 'scale of the photo; without it the map is not at true scale')
    .option('--reading <file>', 'colorimeter readings (CSV or JSON) of patch and surround')
    .option('--pigments <file>', 'pigment set (JSON) or drawdowns (CSV); default: the sample paints')
    .option(
      '--learned <file>',
      'what the clinic’s healed results say of fading: learned-healing.json of the desk',
    )
    .addOption(
      new Option('--site <name>', 'where on the body').choices([
        'face',
        'trunk-limb',
        'hand-foot',
        'lip',
        'scalp',
        'brow',
      ]),
    )
    .option('--density-per-cm2 <n>', 'dots a square centimetre instead of the protocol’s')
    .option(
      '--whorl <x,y>',
      'scalp: where hair turns at the crown; thinner there, in two arms (needs a scale)',
    )
    .option('--scars <png>', 'scalp: white is scarred and filled more densely; same size as the photo')
    .option('--seed <n>', 'whole number; the same seed gives the same plan', '1')
    .option('--sessions', 'also write a map for each session')
    .requiredOption('--out <dir>', 'folder for plan.json, plan.pdf, map.svg and the previews')
    .option('--json', 'one JSON object, format undertone/plan-result')
    .action(plan);
}

async function plan(photoPath: string, moreTaps: readonly string[], flags: PlanFlags): Promise<void> {
  const startedMs = performance.now();
  const taps = [...flags.tap, ...moreTaps].map(tapFlag);
  const mmPerPx =
    flags.mmPerPx === undefined ? undefined : numberFlag('--mm-per-px', flags.mmPerPx, 0.001, 10);
  const seed = wholeFlag('--seed', flags.seed);
  const density =
    flags.densityPerCm2 === undefined
      ? undefined
      : numberFlag('--density-per-cm2', flags.densityPerCm2, 1, 2000);
  if (taps.length > 0 && flags.mask !== undefined) {
    throw badInput('--tap and --mask exclude each other; give the region one way.');
  }
  const photoBytes = await readInput(photoPath, 'The photo');
  const images = await import('@undertone/clinic/platform/images/index.ts');
  const engine = await import('@undertone/engine/plan/index.ts');
  const match = await import('@undertone/engine/match/index.ts');

  progress('reading');
  const decoded = await images.decodePhoto(photoBytes);
  if (!decoded.ok) throw badInput(`The photo "${photoPath}": ${decoded.message}`);
  const { picture } = decoded;
  const readings = flags.reading === undefined ? undefined : await readReadings(flags.reading);
  const pigments = flags.pigments === undefined ? match.samplePaints : await readPigments(flags.pigments);
  const learned = flags.learned === undefined ? undefined : await readLearned(flags.learned);
  const found =
    flags.mask === undefined
      ? await findRegion(flags.treatment, picture, taps)
      : await readMask(flags.mask, flags.treatment, picture);

  const calibration = await chartOf(picture, flags.chart);
  // What was typed before what was measured, and a chart before the irises, as in the studio.
  const scale =
    mmPerPx === undefined
      ? ((calibration && engine.scaleOfChart(calibration)) ?? found.scale)
      : { mmPerPx, relativeSd: 0, from: 'a typed value' };
  const perCm2 = density ?? engine.dotAdvice(flags.treatment).densityPerCm2;
  const profile =
    found.seen && scale
      ? engine.scalpProfile(perCm2, found.seen, scale.mmPerPx)
      : density === undefined
        ? undefined
        : engine.defaultProfile(flags.treatment, density);
  const onScalp = await drawnOnScalp(flags, picture, scale?.mmPerPx);
  const planned = onScalp
    ? ({ ...(profile ?? engine.defaultProfile('scalp', perCm2)), ...onScalp } as DensityProfile)
    : profile;
  const input: PlanInput = {
    treatment: flags.treatment,
    photo: {
      picture,
      sha256: createHash('sha256').update(photoBytes).digest('hex'),
      name: basename(photoPath),
    },
    region: found.region,
    ...(scale ? { scale } : {}),
    ...(flags.site ? { site: flags.site } : {}),
    ...(calibration ? { calibration } : {}),
    ...(readings ? { readings } : {}),
    ...(planned ? { density: planned } : {}),
    pigments,
    ...(learned ? { learned } : {}),
    seed,
  };
  const outcome = await engine.makePlan(input, {
    onProgress: (done01, step) => progress(`${step} ${Math.round(done01 * 100)} %`),
  });
  if (!outcome.ok) throw badInput(outcome.message);

  progress('drawing');
  const files = await filesOf(outcome, picture, flags.sessions === true);
  progress('writing');
  await writeFolder(flags.out, files, 'plan.json');
  progress('');

  const { document } = outcome;
  const { inputs, ...rest } = document;
  const { region: drawn, ...otherInputs } = inputs;
  printResult(
    flags.json === true,
    {
      format: 'undertone/plan-result',
      version: 1,
      out: resolve(flags.out),
      files: Object.keys(files).sort(),
      milliseconds: Math.round(performance.now() - startedMs),
      plan: { ...rest, inputs: { ...otherInputs, region: { source: drawn.source, taps: drawn.taps ?? [] } } },
    } as { format: string; version: number },
    () => summary(document, flags.out, Object.keys(files)),
  );
}

async function readReadings(path: string) {
  const { parseReadings } = await import('@undertone/clinic/planning/reading-file.ts');
  const result = parseReadings(await readInputText(path, 'The file of readings'));
  if (!result.ok) throw badInput(`${path}: ${result.message}`);
  return result.readings;
}

async function readPigments(path: string) {
  const { parsePigments } = await import('@undertone/engine/match/index.ts');
  const result = parsePigments(await readInputText(path, 'The pigment file'));
  if (!result.ok) throw badInput(`${path}: ${result.message}`);
  return result.set;
}

async function readLearned(path: string): Promise<LearnedHealing> {
  const { learnedHealingProblem } = await import('@undertone/engine/match/index.ts');
  const text = await readInputText(path, 'The file of learned healing');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badInput(
      `${path}: the file is no JSON; download learned-healing.json from the desk’s page of planned and healed.`,
    );
  }
  const problem = learnedHealingProblem(value);
  if (problem !== undefined)
    throw badInput(
      `${path}: ${problem}; download learned-healing.json from the desk’s page of planned and healed.`,
    );
  return value as LearnedHealing;
}

/** Where the region is, and what finding it told besides: the scale, and how a face shows a scalp. */
type Region = Pick<PlanInput, 'region' | 'scale'> & {
  readonly seen?: { readonly front?: readonly Point[]; readonly head?: HeadModel };
};

async function decodeMaskAt(path: string, what: string) {
  const { decodeMask } = await import('@undertone/clinic/platform/images/index.ts');
  const decoded = await decodeMask(await readInput(path, what));
  if (!decoded.ok) throw badInput(`${what} "${path}": ${decoded.message}`);
  return decoded.mask;
}

async function readMask(path: string, treatment: Treatment, picture: Picture): Promise<Region> {
  const mask = await decodeMaskAt(path, 'The mask');
  // A scalp drawn by hand lies on the same head as one that is found.
  const face = treatment === 'scalp' ? await regionOfFace('scalp', picture) : undefined;
  return { region: { mask, source: 'mask' }, ...(face?.ok && { seen: face }) };
}

/** Radius over which hair leaves a whorl: [derived], about a third of a crown. */
const whorlRadiusMm = 30;

/** What `--whorl` and `--scars` add to a scalp's profile; undefined without either. */
async function drawnOnScalp(flags: PlanFlags, picture: Picture, mmPerPx: number | undefined) {
  const name = flags.whorl === undefined ? '--scars' : '--whorl';
  if (flags.whorl === undefined && flags.scars === undefined) return undefined;
  if (flags.treatment !== 'scalp') throw badInput(`${name} goes with --treatment scalp.`);
  const scars = flags.scars === undefined ? undefined : await decodeMaskAt(flags.scars, 'The mask of scars');
  if (scars && (scars.widthPx !== picture.widthPx || scars.heightPx !== picture.heightPx))
    throw badInput(
      `The mask of scars has ${scars.widthPx} x ${scars.heightPx} pixels, the photo ${picture.widthPx} x ${picture.heightPx}; draw it on the photo itself.`,
    );
  if (flags.whorl === undefined) return scars && { scars };
  const { x, y } = tapFlag(flags.whorl);
  if (x < 0 || y < 0 || x >= picture.widthPx || y >= picture.heightPx)
    throw badInput(`--whorl: ${x},${y} lies outside the photo (${picture.widthPx} x ${picture.heightPx}).`);
  if (mmPerPx === undefined) throw badInput('--whorl needs the scale of the photo; give --mm-per-px.');
  const whorl = { xMm: x * mmPerPx, yMm: y * mmPerPx, radiusMm: whorlRadiusMm };
  return { whorl, ...(scars && { scars }) };
}

async function findRegion(treatment: Treatment, picture: Picture, taps: readonly Point[]): Promise<Region> {
  if (taps.length > 0) {
    const { proposeFromTap } = await import('@undertone/engine/region/index.ts');
    const proposal = proposeFromTap(picture, taps, { treatment });
    if (!proposal.ok) throw badInput(proposal.message);
    return { region: { mask: proposal.mask, source: 'tap', taps } };
  }
  if (treatment === 'vitiligo') {
    throw badInput('A vitiligo plan needs the patch: give --tap X,Y inside it, or --mask PNG.');
  }
  const found = await regionOfFace(treatment, picture);
  if (!found.ok)
    throw badInput(`${found.message} Or give the region yourself: --mask PNG, white where it is.`);
  return {
    region: { mask: found.mask, source: 'landmarks' },
    ...(found.scale ? { scale: { ...found.scale, from: 'the irises, right at the eyes' } } : {}),
    ...(treatment === 'scalp' && { seen: found }),
  };
}

async function chartOf(picture: Picture, chart: PlanFlags['chart']): Promise<Calibration | undefined> {
  if (chart === 'none') return undefined;
  const { calibrate } = await import('@undertone/engine/photo/index.ts');
  const calibration = calibrate(picture, { chart });
  if (chart === 'colorchecker24' && !calibration.calibrated) {
    throw badInput(
      `--chart colorchecker24: ${calibration.reasons[0] ?? 'no chart was found.'} Or leave the flag out.`,
    );
  }
  return calibration;
}

/** Longest side of a picture on paper, px: 40 mm at 500 dots an inch. */
const printedPx = 800;

async function filesOf(plan: PlanResult, picture: Picture, sessions: boolean) {
  const images = await import('@undertone/clinic/platform/images/index.ts');
  const engine = await import('@undertone/engine/plan/index.ts');
  const { planPdf } = await import('@undertone/clinic/planning/document.ts');
  const { openTypesetter } = await import('@undertone/clinic/platform/pdf.ts');
  const files: Record<string, string | Uint8Array> = {
    'plan.json': `${JSON.stringify(plan.document, null, 1)}\n`,
    'map.svg': plan.mapSvg,
  };
  const small = async (shown: Picture) =>
    images.encodeJpeg(await images.shrinkForScreen(engine.cropToRegion(plan, shown), printedPx), 88);
  const printed: Record<string, Uint8Array> = {};
  for (const state of ['day0', 'week6', 'month12'] as const) {
    const preview = engine.previewOf(plan, state);
    if (!preview) throw Object.assign(new Error(`The plan predicts no ${state}.`), { code: 'no-preview' });
    files[`preview-${state}.png`] = await images.encodePng(preview);
    printed[state] = await small(preview);
  }
  const light = engine.previewOf(plan, 'week6', 'light');
  const dark = engine.previewOf(plan, 'week6', 'dark');
  const typesetter = openTypesetter();
  files['plan.pdf'] = await planPdf(typesetter, plan.document, plan.mapSvg, {
    photo: await small(picture),
    day0: printed.day0,
    week6: printed.week6,
    month12: printed.month12,
    ...(light && dark ? { week6Range: { light: await small(light), dark: await small(dark) } } : {}),
  });
  await typesetter.close();
  if (sessions) {
    for (const { number } of plan.document.sessions) {
      files[`map-session-${number}.svg`] = engine.sessionSvg(plan, number);
    }
  }
  return files;
}

function summary(document: PlanDocument, out: string, files: readonly string[]): string {
  const { match } = document;
  const lines = [`Plan for ${document.treatment}: ${document.region.words}`];
  if (match.kind === 'recipe') {
    const parts = match.recipe.parts.map(
      (p) =>
        `${p.drops} ${p.drops === 1 ? 'drop' : 'drops'} ${p.name}${p.letDown === 10 ? ' (let down 1:9)' : ''}`,
    );
    lines.push(
      match.verdict.message,
      `Recipe: ${parts.join(', ')}, ${match.recipe.diluentDrops} of diluent.`,
    );
    const healed = match.predicted.find((p) => p.state === 'week6' && p.illuminant === 'D65');
    if (healed) {
      const { expected, low90, high90 } = healed.deltaE00;
      lines.push(
        `Week 6 under D65: ΔE00 ${expected.toFixed(1)} to the skin around (90 of 100 between ${low90.toFixed(1)} and ${high90.toFixed(1)}).`,
      );
    }
  } else {
    lines.push(match.words);
  }
  lines.push(document.dots.words, ...document.sessions.map((s) => `Session ${s.number}: ${s.words}`));
  lines.push(
    ...document.warnings.map((w) => `! ${w.message}`),
    `Written to ${out}: ${[...files].sort().join(', ')}.`,
  );
  return lines.join('\n');
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Lab, NamedWhite } from '@undertone/engine/light/index.ts';
import type {
  Measured,
  OutcomeInput,
  OutcomeOfPhotos,
  RegionColour,
  Registration,
} from '@undertone/engine/outcome/index.ts';
import type { Picture, Point } from '@undertone/engine/photo/index.ts';
import type { PlanDocument } from '@undertone/engine/plan/index.ts';
import { type Command, Option } from 'commander';
import { numberFlag } from '../flags.ts';
import { badInput, printResult, progress, readInput, readInputText } from '../io.ts';
import { writeWhole } from '../whole-files.ts';

interface OutcomeFlags {
  readonly before: string;
  readonly after: string;
  readonly mask?: string;
  readonly maskOut?: string;
  readonly plan?: string;
  readonly reading?: string;
  readonly days?: string;
  readonly chart: 'auto' | 'colorchecker24' | 'none';
  readonly mmPerPx?: string;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command('outcome')
    .description('Lay a later photograph over an earlier one and measure what changed in the treated region.')
    .requiredOption('--before <photo>', 'the earlier photograph: JPEG, PNG, WebP, AVIF or HEIC')
    .requiredOption('--after <photo>', 'the later one; any size, light and angle near the first')
    .option('--mask <png>', 'the treated region on the earlier photo: white belongs; same size')
    .option('--mask-out <png>', 'write the region that was used')
    .option('--plan <json>', 'the plan made from the earlier photo: gives region, scale, dots, prediction')
    .option('--reading <file>', 'healed colorimeter readings (CSV or JSON), compared with --plan')
    .option('--days <n>', 'days from the session to the reading; default 42')
    .addOption(
      new Option('--chart <name>', 'colour chart to look for in both photos')
        .choices(['auto', 'colorchecker24', 'none'])
        .default('auto'),
    )
    .option('--mm-per-px <n>', 'millimetres a pixel of the earlier photo')
    .option('--json', 'one JSON object, format undertone/outcome')
    .action(run);
}

async function run(flags: OutcomeFlags): Promise<void> {
  const startedMs = performance.now();
  const mmPerPx =
    flags.mmPerPx === undefined ? undefined : numberFlag('--mm-per-px', flags.mmPerPx, 0.001, 10);
  const days = flags.days === undefined ? 42 : numberFlag('--days', flags.days, 0, 20_000);
  if (flags.reading !== undefined && flags.plan === undefined)
    throw badInput('--reading needs --plan: a healed reading is compared with what the plan predicted.');
  const plan = flags.plan === undefined ? undefined : await readPlan(flags.plan);
  const images = await import('@undertone/clinic/platform/images/index.ts');
  const engine = await import('@undertone/engine/outcome/index.ts');
  const open = async (path: string, what: string): Promise<Picture> => {
    const decoded = await images.decodePhoto(await readInput(path, what));
    if (!decoded.ok) throw badInput(`${what} "${path}": ${decoded.message}`);
    return decoded.picture;
  };
  progress('reading');
  const before = await open(flags.before, 'The earlier photo');
  const after = await open(flags.after, 'The later photo');
  const given = flags.mask === undefined ? undefined : await readMask(flags.mask);
  const input: OutcomeInput = {
    ...(plan ? planPart(plan, before, engine.fromPlan(plan)) : {}),
    before,
    after,
    chart: flags.chart,
    ...(given ? { mask: given } : {}),
    ...(mmPerPx === undefined ? {} : { mmPerPx }),
  };
  progress('aligning');
  let outcome = engine.assessOutcome(input);
  if (!outcome.ok && (outcome.reason === 'not-aligned' || outcome.reason === 'no-texture')) {
    progress('looking for faces');
    const landmarks = await facesOf(before, after);
    if (landmarks) outcome = engine.assessOutcome({ ...input, landmarks });
  }
  if (!outcome.ok) throw badInput(outcome.message);
  const healed = plan && flags.reading !== undefined ? await healedOf(plan, flags.reading, days) : undefined;
  if (flags.maskOut !== undefined) {
    if (!outcome.region)
      throw badInput(`--mask-out: there is no region to write. ${outcome.couldNot[0]?.message ?? ''}`.trim());
    await writeWhole(flags.maskOut, await images.encodeMaskPng(outcome.region.mask));
  }
  progress('');
  printResult(
    flags.json === true,
    {
      format: 'undertone/outcome',
      version: 1,
      milliseconds: Math.round(performance.now() - startedMs),
      white: 'D65/2',
      ...jsonOf(outcome),
      healed: healed ?? null,
    } as { format: string; version: number },
    () => summary(outcome),
  );
}

async function readPlan(path: string): Promise<PlanDocument> {
  const { parsePlan } = await import('@undertone/clinic/planning/schema.ts');
  const parsed = parsePlan(await readInputText(path, 'The plan'));
  if (!parsed.ok) throw badInput(`The plan "${path}": ${parsed.message}`);
  return parsed.plan;
}

async function readMask(path: string) {
  const { decodeMask } = await import('@undertone/clinic/platform/images/index.ts');
  const decoded = await decodeMask(await readInput(path, 'The mask'));
  if (!decoded.ok) throw badInput(`The mask "${path}": ${decoded.message}`);
  return decoded.mask;
}

function planPart(
  plan: PlanDocument,
  before: Picture,
  part: Pick<OutcomeInput, 'mask' | 'mmPerPx' | 'dots'>,
): Pick<OutcomeInput, 'mask' | 'mmPerPx' | 'dots'> {
  const { widthPx, heightPx } = plan.inputs.photo;
  if (widthPx !== before.widthPx || heightPx !== before.heightPx) {
    throw badInput(
      `The plan was made from a photo of ${widthPx} x ${heightPx} px, but --before measures ${before.widthPx} x ${before.heightPx} px; give the plan's own photo.`,
    );
  }
  return part;
}

/** The same points of the face in both photos, when both show one. */
async function facesOf(before: Picture, after: Picture): Promise<OutcomeInput['landmarks'] | undefined> {
  const landmarks = await import('@undertone/engine/region/landmarks/index.ts');
  const require = createRequire(import.meta.url);
  const models = await landmarks.loadLandmarkModels((_, path) => readFile(require.resolve(path)));
  const { landmarker } = landmarks.createLandmarkTools(models);
  const points = (picture: Picture): Point[] | undefined => {
    const face = landmarker.detect(picture);
    if (!face.ok) return undefined;
    return Array.from({ length: landmarks.pointCount }, (_, i) => ({
      x: face.points[3 * i],
      y: face.points[3 * i + 1],
    }));
  };
  const first = points(before);
  const second = first && points(after);
  return first && second ? { before: first, after: second } : undefined;
}

async function healedOf(plan: PlanDocument, path: string, days: number) {
  if (plan.match.kind !== 'recipe')
    throw badInput('--reading: this plan holds no recipe, so it predicts no colour to compare with.');
  const { parseReadings } = await import('@undertone/clinic/planning/reading-file.ts');
  const parsed = parseReadings(await readInputText(path, 'The file of readings'));
  if (!parsed.ok) throw badInput(`${path}: ${parsed.message}`);
  const { patch } = parsed.readings;
  const { labOf } = await import('@undertone/engine/light/index.ts');
  const { healedAgainstPlan } = await import('@undertone/engine/outcome/index.ts');
  const lab = patch.kind === 'lab' ? patch.lab : labOf(patch.reflectance01, 'D65/10');
  const against = healedAgainstPlan(plan.match, lab, days);
  if (!against.ok) throw badInput(against.message);
  return {
    state: against.state,
    healed: numbers(against.healed),
    predicted: numbers(against.predicted),
    low90: numbers(against.interval90.low),
    high90: numbers(against.interval90.high),
    missDeltaE00: round(against.missDeltaE00, 2),
    within: against.within,
    withinAll: against.withinAll,
  };
}

function jsonOf({ registration, region, colour, dots, couldNot }: OutcomeOfPhotos) {
  return {
    registration: {
      trusted: true,
      errorPx: round(registration.errorPx, 3),
      error95Px: round(registration.error95Px, 3),
      errorMm: registration.errorMm === undefined ? null : round(registration.errorMm, 4),
      agreement: round(registration.agreement01, 3),
      squares: registration.squares,
      from: registration.from,
      scale: round(registration.scale, 4),
      turnDegrees: round(registration.turnDegrees, 2),
      mirrored: registration.mirrored,
      beforeToAfter: registration.toAfter.map((v) => Number(v.toPrecision(9))),
    },
    region: region && {
      source: region.source,
      areaPx: round(region.areaPx, 1),
      areaCm2: region.areaCm2 === undefined ? null : round(region.areaCm2, 4),
      timesScatter: region.timesScatter === undefined ? null : round(region.timesScatter, 1),
    },
    before: colour && shownColour(colour.before),
    after: colour && shownColour(colour.after),
    gainDeltaE00: colour && { ...shownMeasure(colour.gain, 2), isSure: colour.gain.isSure },
    coverage: colour && shownMeasure(colour.after.coverage01, 3),
    repigmented: colour?.repigmented01 == null ? null : round(colour.repigmented01, 3),
    toleranceDeltaEab: colour && colour.toleranceDeltaEab,
    surroundChangeDeltaE00: colour?.surroundChange === undefined ? null : round(colour.surroundChange, 2),
    dots: dots && {
      before: dots.before,
      after: dots.after.found,
      planned: dots.after.planned,
      onPlan: dots.after.onPlan,
      precision: round(dots.after.precision01, 3),
      retained: round(dots.after.retained01, 3),
      meanDiameterMm: dots.after.meanDiameterMm === undefined ? null : round(dots.after.meanDiameterMm, 3),
      growth: dots.after.growth === undefined ? null : round(dots.after.growth, 2),
    },
    notes: colour?.notes ?? [],
    couldNot,
  };
}

function shownColour(colour: RegionColour) {
  return {
    deltaE00: round(colour.deltaE00.value, 2),
    deltaE00Low90: round(colour.deltaE00.low90, 2),
    deltaE00High90: round(colour.deltaE00.high90, 2),
    deltaEab: round(colour.deltaEab.value, 2),
    deltaL: round(colour.deltaL, 2),
    deltaA: round(colour.deltaA, 2),
    deltaB: round(colour.deltaB, 2),
    labD65: { region: numbers(colour.region), surround: numbers(colour.surround) },
    coverage: round(colour.coverage01.value, 3),
    calibrated: colour.calibrated,
    clipped: round(colour.clipped01, 3),
  };
}

const shownMeasure = ({ value, low90, high90 }: Measured, digits: number) => ({
  value: round(value, digits),
  low90: round(low90, digits),
  high90: round(high90, digits),
});

const numbers = ({ L, a, b }: Lab<NamedWhite>): number[] => [round(L, 2), round(a, 2), round(b, 2)];
const round = (value: number, digits: number): number => Number(value.toFixed(digits)) + 0;

function summary({ registration, region, colour, dots, couldNot }: OutcomeOfPhotos): string {
  const lines = [aligned(registration)];
  if (region?.source === 'proposed')
    lines.push(
      'No --mask was given: the skin that became darker is taken as the region. Look at it (--mask-out).',
    );
  if (colour) {
    const { before, after, gain } = colour;
    const percent = (m: Measured) =>
      `${Math.round(100 * m.value)} % (${Math.round(100 * m.low90)} to ${Math.round(100 * m.high90)})`;
    lines.push(
      `Region against the skin around, ΔE00: ${interval(before.deltaE00)} before, ${interval(after.deltaE00)} after; ${
        gain.isSure
          ? gain.value > 0
            ? 'nearer to the skin around'
            : 'further from the skin around'
          : 'the change is within what a photo can tell'
      }.`,
      `Within ΔE*ab ${colour.toleranceDeltaEab} of the skin around now: ${percent(after.coverage01)} of the region${colour.repigmented01 === null ? '' : `; more than half-way there: ${Math.round(100 * colour.repigmented01)} %`}.`,
      ...colour.notes.map((note) => `! ${note}`),
    );
  }
  if (dots)
    lines.push(
      `Dots: ${dots.after.found} found (${dots.before} before), ${dots.after.onPlan} of ${dots.after.planned} planned.`,
    );
  lines.push(...couldNot.map(({ message }) => `! ${message}`));
  return lines.join('\n');
}

function aligned(r: Registration): string {
  const mm = r.errorMm === undefined ? '' : ` (${r.errorMm.toFixed(2)} mm)`;
  return `Aligned within ${r.errorPx.toFixed(1)} px${mm}, 95 of 100 places within ${r.error95Px.toFixed(1)} px; the later photo is ${r.scale.toFixed(2)} times as large and turned by ${Math.round(r.turnDegrees) + 0}°${r.mirrored ? ', and mirrored' : ''}.`;
}

const interval = ({ value, low90, high90 }: Measured): string =>
  `${value.toFixed(1)} (${low90.toFixed(1)} to ${high90.toFixed(1)})`;

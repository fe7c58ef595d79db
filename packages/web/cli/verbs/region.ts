import type { Picture, Point } from '@undertone/engine/photo/index.ts';
import type { Treatment } from '@undertone/engine/region/index.ts';
import type { Command } from 'commander';
import { gather, numberFlag, tapFlag } from '../flags.ts';
import { badInput, printResult, readInput } from '../io.ts';
import { type RegionOfFace, regionOfFace } from '../region-of-face.ts';
import { writeWhole } from '../whole-files.ts';

interface RegionFlags {
  readonly treatment: string;
  readonly tap: readonly string[];
  readonly mask: string;
  readonly level: string;
  readonly mmPerPx?: string;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command('region')
    .description('Find the region to treat in a photo and write it as a mask.')
    .argument('<photo>', 'JPEG, PNG, WebP, AVIF or HEIC, up to 50 million pixels')
    .argument('[taps...]', 'more taps, X,Y in pixels')
    .requiredOption('--treatment <t>', 'vitiligo, lip or scalp')
    .requiredOption('--mask <png>', 'file to write: white belongs')
    .option('--tap <x,y>', 'a point inside the region, px; may be given again', gather, [])
    .option('--level <n>', '0 the surest core, 0.5 the border found, 1 the doubtful too', '0.5')
    .option('--mm-per-px <n>', 'millimetres a pixel, for cm²')
    .option('--json', 'one JSON object, format undertone/region')
    .action(run);
}

async function run(path: string, moreTaps: readonly string[], flags: RegionFlags): Promise<void> {
  const treatment = treatmentFlag(flags.treatment);
  const taps = [...flags.tap, ...moreTaps].map(tapFlag);
  const level01 = numberFlag('--level', flags.level, 0, 1);
  const mmPerPx =
    flags.mmPerPx === undefined ? undefined : numberFlag('--mm-per-px', flags.mmPerPx, 0.001, 10);
  if (taps.length === 0 && treatment === 'vitiligo') {
    throw badInput('No --tap was given; name a point inside the region, for example --tap 410,380.');
  }
  const bytes = await readInput(path, 'The photo');
  const images = await import('@undertone/clinic/platform/images/index.ts');
  const decoded = await images.decodePhoto(bytes);
  if (!decoded.ok) throw badInput(`${path}: ${decoded.message}`);
  const { hairDensity, sampleSkin } = await import('@undertone/engine/region/index.ts');
  const { measureOnHead } = await import('@undertone/engine/plan/index.ts');
  const { mask, confidence01, head, notes } = await propose(decoded.picture, treatment, taps, level01);
  await writeWhole(flags.mask, await images.encodeMaskPng(mask));
  const scale = mmPerPx === undefined ? undefined : { mmPerPx, relativeSd: 0 };
  const measure = measureOnHead(mask, scale, head);
  const samples = sampleSkin(decoded.picture, mask, mmPerPx);
  const hair =
    treatment === 'scalp' && mmPerPx !== undefined ? hairDensity(decoded.picture, mask, mmPerPx) : undefined;
  const lab = (sample: { lab: { L: number; a: number; b: number } } | undefined) =>
    sample ? [round(sample.lab.L, 2), round(sample.lab.a, 2), round(sample.lab.b, 2)] : null;
  const json = {
    format: 'undertone/region',
    version: 1,
    treatment,
    mask: flags.mask,
    widthPx: mask.widthPx,
    heightPx: mask.heightPx,
    confidence: round(confidence01, 3),
    level: level01,
    areaPx: round(measure.areaPx, 1),
    perimeterPx: round(measure.perimeterPx, 1),
    areaCm2: measure.areaCm2 === undefined ? null : round(measure.areaCm2, 4),
    perimeterMm: measure.perimeterMm === undefined ? null : round(measure.perimeterMm, 2),
    // sRGB is defined for the 2° observer, and so is what a photo shows.
    white: 'D65/2',
    labD65Uncalibrated: samples.ok
      ? { patch: lab(samples.patch), edge: lab(samples.edge), surround: lab(samples.surround) }
      : null,
    existingHair: hair?.ok
      ? {
          unitsPerCm2: round(hair.unitsPerCm2, 1),
          relativeSd: round(hair.relativeSd, 3),
          counted: hair.counted,
        }
      : null,
    existingHairNote: hair && !hair.ok ? hair.message : null,
    notes: notes?.map(({ code, message }) => ({ code, message })) ?? [],
  };
  printResult(flags.json === true, json, () => {
    const area = json.areaCm2 === null ? `${Math.round(json.areaPx)} px (no scale)` : `${json.areaCm2} cm²`;
    return [
      `${area}, confidence ${json.confidence}; mask written to ${flags.mask}. Look at it: one tap is a proposal.`,
      ...json.notes.map(({ message }) => `! ${message}`),
    ].join('\n');
  });
}

/** The region; of a scalp also the head it lies on. */
async function propose(
  picture: Picture,
  treatment: Treatment,
  taps: readonly Point[],
  level01: number,
): Promise<
  Pick<Extract<RegionOfFace, { ok: true }>, 'mask' | 'confidence01' | 'head'> &
    Partial<Pick<Extract<RegionOfFace, { ok: true }>, 'notes'>>
> {
  if (taps.length === 0 && treatment !== 'vitiligo') {
    const found = await regionOfFace(treatment, picture);
    if (!found.ok) throw badInput(`${found.message} Or give --tap X,Y inside the region.`);
    return found;
  }
  const { proposeFromTap } = await import('@undertone/engine/region/index.ts');
  const proposal = proposeFromTap(picture, taps, { treatment, level01 });
  if (!proposal.ok) throw badInput(proposal.message);
  return proposal;
}

function treatmentFlag(text: string): Treatment {
  if (text === 'vitiligo' || text === 'lip' || text === 'scalp') return text;
  throw badInput(`--treatment "${text}" is not known; use vitiligo, lip or scalp.`);
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

import type { CalibrateOptions, Calibration, QualityReport } from '@undertone/engine/photo/index.ts';
import type { Command } from 'commander';
import { numberFlag } from '../flags.ts';
import { badInput, printResult, readInput } from '../io.ts';

interface CalibrateFlags {
  readonly chart: string;
  readonly pitchMm?: string;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command('calibrate')
    .description('Find a colour chart in a photo and say how far its colours can be trusted.')
    .argument('<photo>', 'JPEG, PNG, WebP, AVIF or HEIC, up to 50 million pixels')
    .option('--chart <kind>', 'auto, colorchecker24 or none', 'auto')
    .option('--pitch-mm <n>', 'middle of one patch to the middle of the next, mm: gives the scale')
    .option('--json', 'one JSON object, format undertone/calibrate')
    .action(run);
}

async function run(path: string, flags: CalibrateFlags): Promise<void> {
  const chart = chartFlag(flags.chart);
  const pitchMm = flags.pitchMm === undefined ? undefined : numberFlag('--pitch-mm', flags.pitchMm, 1, 200);
  const bytes = await readInput(path, 'The photo');
  const { decodePhoto } = await import('@undertone/clinic/platform/images/index.ts');
  const { calibrate, correct, qualityOf } = await import('@undertone/engine/photo/index.ts');
  const decoded = await decodePhoto(bytes);
  if (!decoded.ok) throw badInput(`${path}: ${decoded.message}`);
  const calibration = calibrate(decoded.picture, { chart, ...(pitchMm === undefined ? {} : { pitchMm }) });
  const { kind, weights } = calibration.correction ?? {};
  const xyzOf = kind && weights && { kind, weights };
  // After tones were straightened. The matrix of the fit when it is linear; else the correction at unit red, green and blue, its linear part.
  const unit = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const;
  const columns = xyzOf && unit.map((colour) => correct(xyzOf, colour));
  const matrix = columns && (['X', 'Y', 'Z'] as const).map((axis) => columns.map((c) => round(c[axis], 6)));
  const json = report(calibration, qualityOf(decoded.picture), {
    photo: { ...decoded.source, widthPx: decoded.picture.widthPx, heightPx: decoded.picture.heightPx },
    matrix: matrix ?? null,
  });
  printResult(flags.json === true, json, () => summary(path, calibration, json.quality.findings));
}

function chartFlag(text: string): NonNullable<CalibrateOptions['chart']> {
  if (text === 'auto' || text === 'colorchecker24' || text === 'none') return text;
  throw badInput(`--chart "${text}" is not known; use auto, colorchecker24 or none.`);
}

function report<Extra extends object>(c: Calibration, quality: QualityReport, extra: Extra) {
  return {
    format: 'undertone/calibrate',
    version: 1,
    ...extra,
    white: 'D65/2',
    calibrated: c.calibrated,
    chart: c.chart
      ? {
          kind: c.chart.kind,
          corners: c.chart.corners.map(({ x, y }) => [round(x, 2), round(y, 2)]),
          misfit: round(c.chart.misfit, 3),
          pitchPx: round(c.chart.pitchPx, 2),
        }
      : null,
    card: c.card
      ? {
          kind: c.card.kind,
          corners: c.card.corners.map(({ x, y }) => [round(x, 2), round(y, 2)]),
          markers: c.card.markers,
          misfitPx: round(c.card.misfitPx, 3),
        }
      : null,
    correction: c.correction ? c.correction.kind : null,
    patches: c.residuals.map(({ name, deltaE00, used }) => ({ name, deltaE00: round(deltaE00, 3), used })),
    meanDeltaE00: c.meanResidual === undefined ? null : round(c.meanResidual, 3),
    leftOutDeltaE00: c.leftOutError === undefined ? null : round(c.leftOutError, 3),
    lightTint: c.lightTint === undefined ? null : round(c.lightTint, 2),
    toneBend: c.toneBend === undefined ? null : round(c.toneBend, 4),
    mmPerPx: c.mmPerPx === undefined ? null : round(c.mmPerPx, 6),
    mmPerPxRelativeSd: c.mmPerPxRelativeSd ?? null,
    uncertainty: {
      absoluteDeltaE00Sd: round(c.sdDeltaE, 2),
      differenceDeltaE00Sd: round(c.differenceSdDeltaE, 2),
    },
    reasons: c.reasons,
    quality: {
      ...quality,
      findings: quality.findings.map((finding) => ({ ...finding, value: round(finding.value, 4) })),
    },
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function summary(path: string, c: Calibration, findings: QualityReport['findings']): string {
  const lines = c.chart
    ? [
        `${path}: ColorChecker found; ${c.correction?.kind ?? 'no'} correction, mean residual ${c.meanResidual?.toFixed(2) ?? '-'} ΔE00.`,
      ]
    : [c.card ? `${path}: scale card found, no colour chart.` : `${path}: not calibrated.`];
  lines.push(
    `Absolute colour ±${c.sdDeltaE.toFixed(1)} ΔE00, difference within the photo ±${c.differenceSdDeltaE.toFixed(1)} (one standard deviation).`,
  );
  lines.push(c.mmPerPx === undefined ? 'Scale unknown.' : `Scale ${c.mmPerPx.toFixed(4)} mm a pixel.`);
  return [...lines, ...c.reasons, ...findings.map((finding) => finding.message)].join('\n');
}

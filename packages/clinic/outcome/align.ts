import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { assessOutcome, OutcomeInput } from '@undertone/engine/outcome/index.ts';
import { project } from '@undertone/engine/photo/homography.ts';
import { createPicture, cropPicture, type Picture } from '@undertone/engine/photo/picture.ts';
import type { FromPhotos } from './schema.ts';

type Assessed = ReturnType<typeof assessOutcome>;

export interface Aligned {
  readonly outcome: Assessed;
  /** The region before and after, cut alike, of one size. */
  readonly pair: { readonly before: Picture; readonly after: Picture };
}

/** Longest side of what a rater sees, px. */
const ratedPx = 900;
const mostMs = 120_000;

/** Runs the comparison in a thread of its own. Throws `align-failed` when the thread dies, `align-slow` after two minutes. */
export function alignPhotos(input: OutcomeInput): Promise<Aligned> {
  // By package name, so that it is found also from a bundle.
  const script = createRequire(import.meta.url).resolve('@undertone/clinic/outcome/align.worker.ts');
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, {
      workerData: input,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    const fail = (code: 'align-failed' | 'align-slow', cause?: unknown) => {
      clearTimeout(timer);
      void worker.terminate();
      reject(Object.assign(new Error('The photographs could not be compared.', { cause }), { code }));
    };
    const timer = setTimeout(() => fail('align-slow'), mostMs);
    worker.on('error', (error) => fail('align-failed', error));
    worker.on('exit', (code) => {
      if (code !== 0) fail('align-failed', `exit ${code}`);
    });
    worker.once('message', (answer: Aligned) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(answer);
    });
  });
}

/** Both pictures in the frame of the earlier one, around the region; each as it is where they could not be aligned. */
export function pairOf({ before, after }: OutcomeInput, outcome: Assessed): Aligned['pair'] {
  if (!outcome.ok) return { before: fitted(before), after: fitted(after) };
  const box = outcome.region
    ? around(outcome.region.mask)
    : { x: 0, y: 0, widthPx: before.widthPx, heightPx: before.heightPx };
  const step = Math.max(1, Math.max(box.widthPx, box.heightPx) / ratedPx);
  const seen = (of: Picture, toPicture: (x: number, y: number) => { x: number; y: number }): Picture => {
    const out = createPicture(Math.floor(box.widthPx / step), Math.floor(box.heightPx / step));
    for (let y = 0, o = 0; y < out.heightPx; y++) {
      for (let x = 0; x < out.widthPx; x++, o += 4) {
        const p = toPicture(box.x + (x + 0.5) * step, box.y + (y + 0.5) * step);
        sampleInto(of, p.x - 0.5, p.y - 0.5, out.rgba, o);
      }
    }
    return out;
  };
  const { toAfter } = outcome.registration;
  return {
    before: seen(before, (x, y) => ({ x, y })),
    after: seen(after, (x, y) => project(toAfter, { x, y })),
  };
}

function around(mask: { widthPx: number; heightPx: number; alpha: Uint8Array }) {
  let [x0, y0, x1, y1] = [mask.widthPx, mask.heightPx, 0, 0];
  for (let p = 0; p < mask.alpha.length; p++) {
    if (mask.alpha[p] < 128) continue;
    const [x, y] = [p % mask.widthPx, Math.floor(p / mask.widthPx)];
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  const margin = Math.max(40, 0.6 * Math.max(x1 - x0, y1 - y0));
  const [left, top] = [Math.max(0, Math.floor(x0 - margin)), Math.max(0, Math.floor(y0 - margin))];
  return {
    x: left,
    y: top,
    widthPx: Math.min(mask.widthPx, Math.ceil(x1 + margin)) - left,
    heightPx: Math.min(mask.heightPx, Math.ceil(y1 + margin)) - top,
  };
}

function fitted(picture: Picture): Picture {
  const step = Math.max(1, Math.max(picture.widthPx, picture.heightPx) / ratedPx);
  if (step === 1) return cropPicture(picture, { x: 0, y: 0, ...picture });
  const out = createPicture(Math.floor(picture.widthPx / step), Math.floor(picture.heightPx / step));
  for (let y = 0, o = 0; y < out.heightPx; y++)
    for (let x = 0; x < out.widthPx; x++, o += 4)
      sampleInto(picture, (x + 0.5) * step - 0.5, (y + 0.5) * step - 0.5, out.rgba, o);
  return out;
}

/** One bilinear sample; outside the picture mid grey. */
function sampleInto(
  { widthPx, heightPx, rgba }: Picture,
  x: number,
  y: number,
  out: Uint8ClampedArray,
  o: number,
): void {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  if (!(ix >= 0 && iy >= 0 && ix < widthPx - 1 && iy < heightPx - 1)) {
    out[o] = out[o + 1] = out[o + 2] = 128;
    return;
  }
  const [tx, ty] = [x - ix, y - iy];
  const i = 4 * (iy * widthPx + ix);
  const below = i + 4 * widthPx;
  for (let c = 0; c < 3; c++) {
    const top = rgba[i + c] + (rgba[i + 4 + c] - rgba[i + c]) * tx;
    const low = rgba[below + c] + (rgba[below + 4 + c] - rgba[below + c]) * tx;
    out[o + c] = top + (low - top) * ty;
  }
}

/** What is kept of a comparison: numbers, no pictures. */
export function statementOf(outcome: Assessed): FromPhotos {
  if (!outcome.ok) return { ok: false, reason: outcome.reason, message: outcome.message };
  const { registration, region, colour, dots, couldNot } = outcome;
  const shown = (m: { value: number; low90: number; high90: number }) => ({
    value: round(m.value),
    low90: round(m.low90),
    high90: round(m.high90),
  });
  return {
    ok: true,
    errorPx: round(registration.errorPx),
    errorMm: registration.errorMm === undefined ? null : round(registration.errorMm),
    agreement01: round(registration.agreement01),
    regionFrom: region?.source ?? null,
    before: colour && shown(colour.before.deltaE00),
    after: colour && shown(colour.after.deltaE00),
    isSure: colour?.gain.isSure ?? false,
    coverage: colour && shown(colour.after.coverage01),
    repigmented01: colour?.repigmented01 == null ? null : round(colour.repigmented01),
    calibrated: colour !== null && colour.before.calibrated && colour.after.calibrated,
    dots: dots && {
      planned: dots.after.planned,
      found: dots.after.found,
      retained01: round(dots.after.retained01),
      growth: dots.after.growth === undefined ? null : round(dots.after.growth),
    },
    couldNot: couldNot.map(({ message }) => message),
  };
}

const round = (value: number): number => Number(value.toFixed(4)) + 0;

/** The kernels' part of the imaging bench: each against a copy of as many bytes, our plain twin, OpenCV.js and sharp. */
import sharp from 'sharp';
import { createPixelKernels, type PixelKernels } from '../kernels/index.ts';
import { skinMaps } from '../maps/index.ts';
import type { Picture } from '../photo/index.ts';
import { type OpenCv, openCv } from './open-cv.ts';

interface Row {
  readonly what: string;
  /** Bytes a pixel that must be read and written, however it is done. */
  readonly bytesAPixel: number;
  readonly rounds: number;
  readonly job: () => unknown;
}

/**
 * Processor time of a job and of a copy just before each round, least of all rounds, ms: a busy machine takes the
 * processor away in the middle of a long job and seldom in a short one, so clocks on the wall would compare neighbours.
 */
async function against(copy: () => void, row: Row): Promise<{ ms: number; copyMs: number }> {
  let ms = Infinity;
  let copyMs = Infinity;
  const processorMs = (since?: NodeJS.CpuUsage) => {
    const used = process.cpuUsage(since);
    return (used.user + used.system) / 1000;
  };
  await row.job();
  for (let round = 0; round < row.rounds; round++) {
    let start = process.cpuUsage();
    for (let k = 0; k < copiesATime; k++) copy();
    copyMs = Math.min(copyMs, processorMs(start) / copiesATime);
    start = process.cpuUsage();
    await row.job();
    ms = Math.min(ms, processorMs(start));
  }
  return { ms, copyMs };
}

/** One copy of a small picture is too short to be timed alone. */
const copiesATime = 4;

/** Our kernels at this size; with their plain twins, or, where asked for, with the peers. */
export async function benchKernels(label: string, picture: Picture, withPeers: boolean): Promise<void> {
  const { widthPx, heightPx, rgba } = picture;
  const count = widthPx * heightPx;
  const fast = createPixelKernels('wasm', 4 * count);
  const plain = createPixelKernels('plain');
  const maps = skinMaps(picture, fast);
  const { melanin: plane, shading: guide } = maps;
  const out = fast.plane(count);
  // The same with all planes in JavaScript's memory.
  const through = createPixelKernels('wasm');
  const mapsElsewhere = skinMaps(picture, through);
  // A patch of a twentieth of the picture, and everything but a frame of two pixels.
  const patch = new Uint8Array(count);
  const frame = new Uint8Array(count);
  const radius = Math.sqrt((0.05 * count) / Math.PI);
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      if ((x - widthPx / 2) ** 2 + (y - heightPx / 2) ** 2 < radius * radius) patch[p] = 1;
      if (x > 1 && y > 1 && x < widthPx - 2 && y < heightPx - 2) frame[p] = 1;
    }
  }
  const rows: Row[] = [
    {
      what: 'maps: melanin, blood, shading',
      bytesAPixel: 16,
      rounds: 9,
      job: () => skinMaps(picture, fast, maps),
    },
    {
      what: "maps in JavaScript's memory",
      bytesAPixel: 16,
      rounds: 9,
      job: () => skinMaps(picture, through, mapsElsewhere),
    },
    { what: '  plain JavaScript', bytesAPixel: 16, rounds: 3, job: () => skinMaps(picture, plain, maps) },
    { what: 'box mean, radius 16', bytesAPixel: 8, rounds: 9, job: box(fast) },
    { what: '  plain JavaScript', bytesAPixel: 8, rounds: 3, job: box(plain) },
    { what: 'guided filter, radius 16', bytesAPixel: 12, rounds: 7, job: guided(fast) },
    { what: '  plain JavaScript', bytesAPixel: 12, rounds: 1, job: guided(plain) },
    { what: 'quick guided filter, radius 16', bytesAPixel: 12, rounds: 7, job: quick(fast) },
    { what: 'membrane, patch of 5 %', bytesAPixel: 9, rounds: 7, job: membrane(fast, patch) },
    { what: 'membrane, all but a frame', bytesAPixel: 9, rounds: 5, job: membrane(fast, frame) },
    { what: '  plain JavaScript, patch of 5 %', bytesAPixel: 9, rounds: 1, job: membrane(plain, patch) },
  ];
  const shown = withPeers ? rows.filter(({ what }) => !what.startsWith('  ')) : rows;
  const raw = { raw: { width: widthPx, height: heightPx, channels: 4 as const } };
  if (withPeers) {
    const { cv } = await openCv();
    const peers = openCvJobs(cv, picture, guide);
    shown.push(
      { what: 'OpenCV.js: float, ln, three maps', bytesAPixel: 16, rounds: 1, job: peers.maps },
      { what: 'OpenCV.js: box mean', bytesAPixel: 8, rounds: 3, job: peers.box },
      { what: 'OpenCV.js: guided filter of box means', bytesAPixel: 12, rounds: 1, job: peers.guided },
      {
        what: 'sharp: linear light and 3 x 3 (no ln)',
        bytesAPixel: 16,
        rounds: 1,
        job: () =>
          sharp(rgba, raw)
            .removeAlpha()
            .pipelineColourspace('scrgb')
            .recomb([
              [1, -1, 0],
              [0, 1, -1],
              [0.3, 0.4, 0.3],
            ])
            .raw({ depth: 'float' })
            .toBuffer(),
      },
      {
        what: 'sharp: blur, sigma 9, 8 bit',
        bytesAPixel: 8,
        rounds: 1,
        job: () => sharp(rgba, raw).blur(9).raw().toBuffer(),
      },
    );
  }

  function box(kernels: PixelKernels) {
    return () => kernels.boxMean(guide, widthPx, heightPx, 16, out);
  }
  function guided(kernels: PixelKernels) {
    return () => kernels.guidedFilter(guide, plane, widthPx, heightPx, 16, 1e-3, out);
  }
  function quick(kernels: PixelKernels) {
    return () => kernels.quickGuidedFilter(guide, plane, widthPx, heightPx, 16, 1e-3, out);
  }
  function membrane(kernels: PixelKernels, unknown: Uint8Array) {
    return () => kernels.membrane(plane, unknown, widthPx, heightPx, out);
  }

  console.log(
    `${label} (${widthPx} x ${heightPx})`.padEnd(42),
    'CPU, ms'.padStart(9),
    'B/px'.padStart(6),
    'copy, ms'.padStart(9),
    'x copy'.padStart(8),
  );
  for (const row of shown) {
    const half = (count * row.bytesAPixel) / 2;
    const from = new Uint8Array(half).fill(1);
    const to = new Uint8Array(half).fill(2);
    const { ms, copyMs } = await against(() => to.set(from), row);
    console.log(
      `  ${row.what}`.padEnd(42),
      ms.toFixed(1).padStart(9),
      String(row.bytesAPixel).padStart(6),
      copyMs.toFixed(1).padStart(9),
      (ms / copyMs).toFixed(1).padStart(8),
    );
  }
  console.log('');
}

/** What OpenCV.js does with the same picture; it has no guided filter, so one is put together from its box means. */
function openCvJobs(cv: OpenCv, picture: Picture, guide: Float32Array) {
  const { widthPx, heightPx, rgba } = picture;
  const source = cv.matFromImageData({ data: rgba, width: widthPx, height: heightPx });
  const plane = cv.matFromArray(heightPx, widthPx, cv.CV_32F, guide);
  const result = new cv.Mat();
  const size = new cv.Size(33, 33);
  const mean = (from: unknown, to: unknown) => cv.boxFilter(from, to, cv.CV_32F, size);
  const unmix = cv.matFromArray(3, 3, cv.CV_32F, [1, -1, 0, 0, 1, -1, 0.3, 0.4, 0.3]);
  return {
    maps: () => {
      const rgb = new cv.Mat();
      cv.cvtColor(source, rgb, cv.COLOR_RGBA2RGB);
      rgb.convertTo(result, cv.CV_32F, 1 / 255, 0.01);
      cv.log(result, result);
      cv.transform(result, result, unmix);
      rgb.delete();
    },
    box: () => mean(plane, result),
    guided: () => {
      const [meanG, meanGg, product] = [new cv.Mat(), new cv.Mat(), new cv.Mat()];
      mean(plane, meanG);
      cv.multiply(plane, plane, product);
      mean(product, meanGg);
      // The plane is the guide itself here, which spares OpenCV two of the six means.
      cv.multiply(meanG, meanG, product);
      cv.subtract(meanGg, product, meanGg);
      cv.add(meanGg, new cv.Mat(heightPx, widthPx, cv.CV_32F, new cv.Scalar(1e-3)), product);
      cv.divide(meanGg, product, meanGg);
      cv.multiply(meanGg, meanG, product);
      cv.subtract(meanG, product, meanG);
      mean(meanGg, meanGg);
      mean(meanG, meanG);
      cv.multiply(meanGg, plane, product);
      cv.add(product, meanG, result);
      for (const mat of [meanG, meanGg, product]) mat.delete();
    },
  };
}

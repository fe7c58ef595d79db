import { createMask, type Mask, type Picture } from '../../photo/picture.ts';
import { type KernelChoice, makeKernelsFor } from './kernel-choice.ts';
import { sampleBox } from './sample.ts';
import { readModel } from './tflite/model.ts';
import { createProgram } from './tflite/program.ts';

export interface Silhouette {
  /** How surely each pixel belongs to the person (hair, skin, clothes), 0..255, at the picture's size. */
  segment(picture: Picture): Mask;
  /** The same at the model's own 256 x 256, whatever the picture's shape. */
  segmentSmall(picture: Picture): Mask;
}

const outputName = 'activation_10';

/**
 * Prepares the silhouette model (MediaPipe selfie segmentation, general) for any number of pictures, one at
 * a time. The picture is squeezed to 256 x 256, so edges are known to a few thousandths of its width.
 * Throws the codes of `readModel` and `createProgram` when the bytes are not that model.
 */
export function createSilhouette(model: Uint8Array, kernels?: KernelChoice): Silhouette {
  const program = createProgram(readModel(model), makeKernelsFor(kernels));
  const { input } = program;
  const confidence = (picture: Picture): Float32Array => {
    const { widthPx, heightPx } = picture;
    const box = { centreX: widthPx / 2, centreY: heightPx / 2, width: widthPx, height: heightPx, radians: 0 };
    sampleBox(picture, box, { range: [0, 1], outside: 'black' }, input);
    program.run();
    return program.output(outputName);
  };
  return {
    segmentSmall: (picture) => ({
      widthPx: input.widthPx,
      heightPx: input.heightPx,
      alpha: Uint8Array.from(confidence(picture), (value) => Math.round(255 * value)),
    }),
    segment: (picture) => enlarge(confidence(picture), input.widthPx, input.heightPx, picture),
  };
}

/** Bilinear, pixel centres at half-integers. */
function enlarge(
  values: Float32Array,
  fromWidth: number,
  fromHeight: number,
  { widthPx, heightPx }: Picture,
): Mask {
  const mask = createMask(widthPx, heightPx);
  const columns = places(widthPx, fromWidth);
  const rows = places(heightPx, fromHeight);
  for (let y = 0; y < heightPx; y++) {
    const { low: top, high: bottom, share: down } = rows[y];
    for (let x = 0; x < widthPx; x++) {
      const { low, high, share } = columns[x];
      const above = (1 - share) * values[top * fromWidth + low] + share * values[top * fromWidth + high];
      const under =
        (1 - share) * values[bottom * fromWidth + low] + share * values[bottom * fromWidth + high];
      mask.alpha[y * widthPx + x] = Math.round(255 * ((1 - down) * above + down * under));
    }
  }
  return mask;
}

function places(toSize: number, fromSize: number): { low: number; high: number; share: number }[] {
  return Array.from({ length: toSize }, (_, i) => {
    const place = Math.min(fromSize - 1, Math.max(0, ((i + 0.5) * fromSize) / toSize - 0.5));
    const low = Math.floor(place);
    return { low, high: Math.min(fromSize - 1, low + 1), share: place - low };
  });
}

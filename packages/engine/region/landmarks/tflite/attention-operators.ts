import type { FlexValue } from './flexbuffer.ts';

/*
 * The three custom operators of the attention mesh (Grishchenko et al. 2020, "Attention Mesh: high-fidelity
 * face mesh prediction in real-time", arXiv 2006.10962), as MediaPipe runs them on the CPU (version 2 of
 * each): a box around a feature's points, the features inside that box, and its points carried back.
 * Matrices are 4 x 4, row by row; only the first two rows matter.
 */

export interface BoxOptions {
  readonly left: number;
  readonly right: number;
  readonly targetRadians: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly subset: readonly number[];
}

export function boxOptions(options: Map<string, FlexValue>): BoxOptions {
  const number = (name: string): number => {
    const value = options.get(name);
    if (typeof value === 'number') return value;
    throw Object.assign(new Error(`Landmarks2TransformMatrix lacks ${name}.`), {
      code: 'tflite-options' as const,
    });
  };
  const subset = options.get('subset_idxs');
  return {
    left: number('left_rotation_idx'),
    right: number('right_rotation_idx'),
    targetRadians: number('target_rotation_radians'),
    outHeight: number('output_height'),
    outWidth: number('output_width'),
    scaleX: number('scale_x'),
    scaleY: number('scale_y'),
    subset: Array.isArray(subset) ? subset : [],
  };
}

/**
 * Landmarks2TransformMatrix: from a place in the output grid to a place in the input grid. The box is the
 * upright one around the subset once the line left-right lies at the target angle, enlarged by the scales.
 * `points`: x, y, z each.
 */
export function landmarksToTransform(points: Float32Array, options: BoxOptions, out: Float32Array): void {
  const x = (i: number) => points[3 * i];
  const y = (i: number) => points[3 * i + 1];
  const { left, right } = options;
  const turn = options.targetRadians - Math.atan2(y(right) - y(left), x(right) - x(left));
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const i of options.subset) {
    const turnedX = cos * x(i) - sin * y(i);
    const turnedY = sin * x(i) + cos * y(i);
    box.left = Math.min(box.left, turnedX);
    box.right = Math.max(box.right, turnedX);
    box.top = Math.min(box.top, turnedY);
    box.bottom = Math.max(box.bottom, turnedY);
  }
  const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const centreX = cos * middleX + sin * middleY;
  const centreY = -sin * middleX + cos * middleY;
  const scaleX = (options.scaleX * (box.right - box.left)) / options.outWidth;
  const scaleY = (options.scaleY * (box.bottom - box.top)) / options.outHeight;
  const [halfX, halfY] = [options.outWidth / 2, options.outHeight / 2];
  out.set([cos * scaleX, sin * scaleY, 0, centreX - cos * scaleX * halfX - sin * scaleY * halfY], 0);
  out.set([-sin * scaleX, cos * scaleY, 0, centreY + sin * scaleX * halfX - cos * scaleY * halfY], 4);
  out.set([0, 0, 1, 0, 0, 0, 0, 1], 8);
}

export interface FeatureMap {
  readonly heightPx: number;
  readonly widthPx: number;
  readonly channels: number;
  readonly values: Float32Array;
}

/**
 * TransformTensorBilinear: out(x, y) = in(matrix · (x, y)), pixel centres at half-integers, bilinear; 0 where
 * the place lies outside the outermost pixel centres.
 */
export function transformFeatures(input: FeatureMap, matrix: Float32Array, out: FeatureMap): void {
  const [a, b, , c, d, e, , f] = matrix as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const { channels, widthPx } = input;
  for (let y = 0; y < out.heightPx; y++)
    for (let x = 0; x < out.widthPx; x++) {
      const inX = a * (x + 0.5) + b * (y + 0.5) + c - 0.5;
      const inY = d * (x + 0.5) + e * (y + 0.5) + f - 0.5;
      const to = (y * out.widthPx + x) * channels;
      if (inX < 0 || inY < 0 || inX > widthPx - 1 || inY > input.heightPx - 1) {
        out.values.fill(0, to, to + channels);
        continue;
      }
      const [left, top] = [Math.floor(inX), Math.floor(inY)];
      const [right, down] = [inX - left, inY - top];
      const from = (top * widthPx + left) * channels;
      const stepX = left + 1 < widthPx ? channels : 0;
      const stepY = top + 1 < input.heightPx ? widthPx * channels : 0;
      for (let k = 0; k < channels; k++) {
        const value = (step: number) => input.values[from + step + k];
        out.values[to + k] =
          (1 - down) * ((1 - right) * value(0) + right * value(stepX)) +
          down * ((1 - right) * value(stepY) + right * value(stepX + stepY));
      }
    }
}

/** TransformLandmarks: (x, y) pairs through the matrix. */
export function transformPoints(points: Float32Array, matrix: Float32Array, out: Float32Array): void {
  const [a, b, , c, d, e, , f] = matrix as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i], points[i + 1]];
    out[i] = a * x + b * y + c;
    out[i + 1] = d * x + e * y + f;
  }
}

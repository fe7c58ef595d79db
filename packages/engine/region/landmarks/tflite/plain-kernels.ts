import type { Activation, DepthwiseCall, Kernels, MultiplyCall, WindowCall } from './kernels.ts';

/** The kernels in plain JavaScript, written for clarity: what the fast ones are tested against. */
export function createPlainKernels(bytes: number): Kernels {
  const memory = new Float32Array(bytes / 4);
  const at = (place: number) => memory[place];

  const activated = (value: number, channel: number, { kind, slopeAt }: Activation): number => {
    if (kind === 'relu') return Math.max(0, value);
    if (kind === 'prelu') return value < 0 ? value * at(slopeAt / 4 + channel) : value;
    // tensorflow/lite HARD_SWISH: x · relu6(x + 3) / 6.
    if (kind === 'hard-swish') return (value * Math.min(6, Math.max(0, value + 3))) / 6;
    return value;
  };

  /** Visits the taps of each output pixel: their place in the input, or -1 outside the picture. */
  const eachTap = (
    call: WindowCall,
    visit: (outPixel: number, tap: number, inPixel: number) => void,
  ): void => {
    for (let y = 0; y < call.outHeightPx; y++)
      for (let x = 0; x < call.outWidthPx; x++)
        for (let tap = 0; tap < call.filterHeight * call.filterWidth; tap++) {
          const inY = y * call.stride - call.padTop + Math.floor(tap / call.filterWidth);
          const inX = x * call.stride - call.padLeft + (tap % call.filterWidth);
          const inside = inY >= 0 && inX >= 0 && inY < call.inHeightPx && inX < call.inWidthPx;
          visit(y * call.outWidthPx + x, tap, inside ? inY * call.inWidthPx + inX : -1);
        }
  };

  return {
    memory,

    multiply(call: MultiplyCall): void {
      const { rows, depth, columns } = call;
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const first = column & ~7;
          const width = Math.min(8, columns - first);
          let sum = at(call.biasAt / 4 + column);
          for (let k = 0; k < depth; k++)
            sum +=
              at(call.aAt / 4 + row * depth + k) *
              at(call.weightsAt / 4 + first * depth + k * width + column - first);
          if (call.residualAt) sum += at(call.residualAt / 4 + row * columns + column);
          memory[call.outAt / 4 + row * columns + column] = activated(sum, column, call.activation);
        }
    },

    depthwise(call: DepthwiseCall): void {
      const { channels } = call;
      const pixels = call.outHeightPx * call.outWidthPx;
      const sums = new Float64Array(pixels * channels);
      eachTap(call, (outPixel, tap, inPixel) => {
        if (inPixel < 0) return;
        for (let c = 0; c < channels; c++)
          sums[outPixel * channels + c] =
            sums[outPixel * channels + c] +
            at(call.inAt / 4 + inPixel * channels + c) * at(call.weightsAt / 4 + tap * channels + c);
      });
      for (let i = 0; i < sums.length; i++) {
        const channel = i % channels;
        const value = sums[i] + at(call.biasAt / 4 + channel);
        memory[call.outAt / 4 + i] = activated(value, channel, call.activation);
      }
    },

    unfold(call: WindowCall): void {
      const { channels } = call;
      const taps = call.filterHeight * call.filterWidth;
      eachTap(call, (outPixel, tap, inPixel) => {
        for (let c = 0; c < channels; c++)
          memory[call.outAt / 4 + (outPixel * taps + tap) * channels + c] =
            inPixel < 0 ? 0 : at(call.inAt / 4 + inPixel * channels + c);
      });
    },

    maxPool(call: WindowCall): void {
      const { channels } = call;
      const pixels = call.outHeightPx * call.outWidthPx;
      memory.fill(Number.NEGATIVE_INFINITY, call.outAt / 4, call.outAt / 4 + pixels * channels);
      eachTap(call, (outPixel, _tap, inPixel) => {
        if (inPixel < 0) return;
        for (let c = 0; c < channels; c++) {
          const place = call.outAt / 4 + outPixel * channels + c;
          memory[place] = Math.max(at(place), at(call.inAt / 4 + inPixel * channels + c));
        }
      });
    },

    meanPool(inAt, outAt, pixels, channels): void {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let pixel = 0; pixel < pixels; pixel++) sum += at(inAt / 4 + pixel * channels + c);
        memory[outAt / 4 + c] = sum / pixels;
      }
    },

    add(aAt, bAt, outAt, pixels, channels, activation): void {
      for (let i = 0; i < pixels * channels; i++)
        memory[outAt / 4 + i] = activated(at(aAt / 4 + i) + at(bAt / 4 + i), i % channels, activation);
    },

    activate(inAt, outAt, pixels, channels, activation): void {
      for (let i = 0; i < pixels * channels; i++)
        memory[outAt / 4 + i] = activated(at(inAt / 4 + i), i % channels, activation);
    },

    scaleChannels(inAt, factorAt, outAt, pixels, channels): void {
      for (let i = 0; i < pixels * channels; i++)
        memory[outAt / 4 + i] = at(inAt / 4 + i) * at(factorAt / 4 + (i % channels));
    },

    widen(inAt, outAt, pixels, channels, outChannels): void {
      for (let pixel = 0; pixel < pixels; pixel++)
        for (let c = 0; c < outChannels; c++)
          memory[outAt / 4 + pixel * outChannels + c] =
            c < channels ? at(inAt / 4 + pixel * channels + c) : 0;
    },

    doubleSize(inAt, outAt, heightPx, widthPx, channels): void {
      const clamp = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
      for (let y = 0; y < 2 * heightPx; y++)
        for (let x = 0; x < 2 * widthPx; x++) {
          const inY = (y + 0.5) / 2 - 0.5;
          const inX = (x + 0.5) / 2 - 0.5;
          const [top, left] = [Math.floor(inY), Math.floor(inX)];
          const corner = (dy: number, dx: number) =>
            inAt / 4 + (clamp(top + dy, heightPx) * widthPx + clamp(left + dx, widthPx)) * channels;
          const [down, right] = [inY - top, inX - left];
          for (let c = 0; c < channels; c++)
            memory[outAt / 4 + (y * 2 * widthPx + x) * channels + c] =
              (1 - down) * ((1 - right) * at(corner(0, 0) + c) + right * at(corner(0, 1) + c)) +
              down * ((1 - right) * at(corner(1, 0) + c) + right * at(corner(1, 1) + c));
        }
    },
  };
}

import {
  boxOptions,
  landmarksToTransform,
  transformFeatures,
  transformPoints,
} from './attention-operators.ts';
import { readFlexMap } from './flexbuffer.ts';
import { activationOperators, type Step } from './join.ts';
import {
  type Activation,
  type Kernels,
  noActivation,
  packColumns,
  padded,
  type WindowCall,
} from './kernels.ts';
import { copyLogical, logicalSize, padFilters, padTo, transpose, view, type WeightStore } from './layout.ts';
import type { MemoryPlan } from './memory.ts';
import type { ModelOperator } from './model.ts';

/** Sides of a feature map; `channels` counts the padding. */
interface MapSize {
  readonly heightPx: number;
  readonly widthPx: number;
  readonly pixels: number;
  readonly channels: number;
}

/** What an operator is turned into a kernel call with. */
export interface Lowering {
  readonly constants: Map<number, Float32Array>;
  readonly weights: WeightStore;
  readonly plan: MemoryPlan;
  readonly shapeOf: (tensor: number) => readonly number[];
  /** Of a rank-4 tensor of one picture. Throws `tflite-unsupported` for others. */
  readonly sizeOf: (tensor: number) => MapSize;
}

export type Bind = (kernels: Kernels) => () => void;

/** The kernel call of one step, waiting for the kernels. Throws `tflite-unsupported`. */
export function lowerStep(step: Step, { constants, shapeOf, sizeOf, weights, plan }: Lowering): Bind {
  const { operator, output } = step;
  const [first = -1, second = -1, third = -1] = operator.inputs;
  const constant = (tensor: number) => constantAt(constants, tensor);
  const outAt = plan.at(output);
  const scratchAt = plan.scratchAt;

  const activation = (from: ModelOperator | undefined): Activation => {
    if (!from) return noActivation;
    const kind = activationOperators[from.name] ?? 'none';
    if (kind !== 'prelu') return { kind, slopeAt: 0 };
    const slopes = constant(from.inputs[1]);
    return { kind, slopeAt: weights.place(padTo(slopes, padded(slopes.length))) };
  };
  const window = (): WindowCall => windowOf(operator, first, output, shapeOf, sizeOf, plan);

  switch (operator.name) {
    case 'CONV_2D': {
      const call = window();
      const filters = padFilters(constant(second), shapeOf(second));
      const { channels: columns } = sizeOf(output);
      const depth = call.filterHeight * call.filterWidth * call.channels;
      const pointwise = call.filterHeight * call.filterWidth * call.stride === 1;
      const unfoldCall = { ...call, outAt: scratchAt };
      const multiplyCall = {
        aAt: pointwise ? call.inAt : scratchAt,
        weightsAt: weights.place(packColumns(transpose(filters, columns, depth), depth, columns)),
        biasAt: weights.place(padTo(constant(third), columns)),
        outAt,
        residualAt: step.residual === undefined ? 0 : plan.at(step.residual),
        rows: call.outHeightPx * call.outWidthPx,
        depth,
        columns,
        activation: activation(step.activation),
      };
      return (kernels) =>
        pointwise
          ? () => kernels.multiply(multiplyCall)
          : () => {
              kernels.unfold(unfoldCall);
              kernels.multiply(multiplyCall);
            };
    }
    case 'DEPTHWISE_CONV_2D': {
      const shape = shapeOf(second);
      const channels = shape.at(-1) ?? 0;
      const widened = new Float32Array((logicalSize(shape) / channels) * padded(channels));
      copyLogical(constant(second), [logicalSize(shape)], widened, shape);
      const call = {
        ...window(),
        weightsAt: weights.place(widened),
        biasAt: weights.place(padTo(constant(third), padded(channels))),
        activation: activation(step.activation),
      };
      return (kernels) => () => kernels.depthwise(call);
    }
    case 'ADD': {
      const { pixels, channels } = sizeOf(output);
      const joined = activation(step.activation);
      const [aAt, bAt] = [plan.at(first), plan.at(second)];
      return (kernels) => () => kernels.add(aAt, bAt, outAt, pixels, channels, joined);
    }
    case 'RELU':
    case 'PRELU':
    case 'HARD_SWISH': {
      const { pixels, channels } = sizeOf(output);
      const own = activation(operator);
      const inAt = plan.at(first);
      return (kernels) => () => kernels.activate(inAt, outAt, pixels, channels, own);
    }
    case 'MAX_POOL_2D': {
      const call = window();
      return (kernels) => () => kernels.maxPool(call);
    }
    case 'AVERAGE_POOL_2D': {
      const { pixels, channels } = sizeOf(first);
      if (sizeOf(output).pixels !== 1) throw unsupported('Averaging over part of a picture');
      const inAt = plan.at(first);
      return (kernels) => () => kernels.meanPool(inAt, outAt, pixels, channels);
    }
    case 'RESIZE_BILINEAR': {
      const { heightPx, widthPx, channels } = sizeOf(first);
      const halfPixelCentres = operator.options?.int8(3) === 1;
      if (sizeOf(output).heightPx !== 2 * heightPx || !halfPixelCentres)
        throw unsupported('This way of resizing');
      const inAt = plan.at(first);
      return (kernels) => () => kernels.doubleSize(inAt, outAt, heightPx, widthPx, channels);
    }
    case 'PAD': {
      const { pixels, channels } = sizeOf(first);
      const wide = sizeOf(output);
      if (wide.pixels !== pixels || constant(second)[6] !== 0)
        throw unsupported('Padding other than channels');
      const inAt = plan.at(first);
      return (kernels) => () => kernels.widen(inAt, outAt, pixels, channels, wide.channels);
    }
    case 'MUL':
      return lowerMultiply(step, { constants, shapeOf, sizeOf, weights, plan });
    case 'LOGISTIC':
      return elementwise(plan.at(first), outAt, plan.floats(output), (x) => 1 / (1 + Math.exp(-x)));
    case 'RESHAPE':
    case 'STRIDED_SLICE': {
      // The only slice in our models takes all of its input.
      if (logicalSize(shapeOf(first)) !== logicalSize(shapeOf(output))) throw unsupported('A slice');
      return (kernels) => {
        const from = view(kernels, plan.at(first), plan.floats(first));
        const to = view(kernels, outAt, plan.floats(output));
        return () => copyLogical(from, shapeOf(first), to, shapeOf(output));
      };
    }
    case 'CONCATENATION': {
      if (shapeOf(output).length === 4 || operator.options?.int32(0) !== 1)
        throw unsupported('This concatenation');
      return (kernels) => {
        const to = view(kernels, outAt, plan.floats(output));
        const parts = operator.inputs.map((tensor) => view(kernels, plan.at(tensor), plan.floats(tensor)));
        return () => {
          let place = 0;
          for (const part of parts) {
            to.set(part, place);
            place += part.length;
          }
        };
      };
    }
    case 'Convolution2DTransposeBias': {
      // A 2 x 2 filter at stride 2: each input pixel makes four output pixels of its own.
      const { pixels, channels, heightPx, widthPx } = sizeOf(first);
      const [outChannels = 0, filterHeight, filterWidth] = shapeOf(second);
      if (outChannels !== 1 || filterHeight !== 2 || filterWidth !== 2)
        throw unsupported('This transposed convolution');
      const filters = padFilters(constant(second), [4, 1, 1, shapeOf(second)[3] ?? 0]);
      const bias = constant(third)[0] ?? 0;
      const call = {
        aAt: plan.at(first),
        weightsAt: weights.place(packColumns(transpose(filters, 4, channels), channels, 4)),
        biasAt: weights.place(new Float32Array(4).fill(bias)),
        outAt: scratchAt,
        residualAt: 0,
        rows: pixels,
        depth: channels,
        columns: 4,
        activation: noActivation,
      };
      return (kernels) => {
        const quads = view(kernels, scratchAt, 4 * pixels);
        const to = view(kernels, outAt, plan.floats(output));
        return () => {
          kernels.multiply(call);
          for (let y = 0; y < 2 * heightPx; y++)
            for (let x = 0; x < 2 * widthPx; x++)
              to[(y * 2 * widthPx + x) * 4] =
                quads[4 * ((y >> 1) * widthPx + (x >> 1)) + 2 * (y & 1) + (x & 1)];
        };
      };
    }
    case 'Landmarks2TransformMatrix': {
      const options = boxOptions(readFlexMap(operator.customOptions));
      return (kernels) => {
        const points = view(kernels, plan.at(first), plan.floats(first));
        const matrix = view(kernels, outAt, 16);
        return () => landmarksToTransform(points, options, matrix);
      };
    }
    case 'TransformTensorBilinear':
      return (kernels) => {
        const from = { ...sizeOf(first), values: view(kernels, plan.at(first), plan.floats(first)) };
        const to = { ...sizeOf(output), values: view(kernels, outAt, plan.floats(output)) };
        const matrix = view(kernels, plan.at(second), 16);
        return () => transformFeatures(from, matrix, to);
      };
    case 'TransformLandmarks':
      return (kernels) => {
        const points = view(kernels, plan.at(first), plan.floats(first));
        const matrix = view(kernels, plan.at(second), 16);
        const to = view(kernels, outAt, plan.floats(output));
        return () => transformPoints(points, matrix, to);
      };
    default:
      throw unsupported(`Operator ${operator.name}`);
  }
}

/** MUL by a factor a channel (squeeze and excite), or by a constant of one or of all elements. */
function lowerMultiply(step: Step, { constants, shapeOf, sizeOf, plan }: Lowering): Bind {
  const [first = -1, second = -1] = step.operator.inputs;
  const outAt = plan.at(step.output);
  const factor = constants.get(second);
  if (factor)
    return elementwise(
      plan.at(first),
      outAt,
      plan.floats(step.output),
      (x, i) => x * factor[factor.length === 1 ? 0 : i],
    );
  if (logicalSize(shapeOf(second)) !== shapeOf(second).at(-1)) throw unsupported('This product');
  const { pixels, channels } = sizeOf(step.output);
  const [inAt, factorAt] = [plan.at(first), plan.at(second)];
  return (kernels) => () => kernels.scaleChannels(inAt, factorAt, outAt, pixels, channels);
}

function elementwise(inAt: number, outAt: number, floats: number, f: (x: number, i: number) => number): Bind {
  return (kernels) => {
    const [from, to] = [view(kernels, inAt, floats), view(kernels, outAt, floats)];
    return () => {
      for (let i = 0; i < floats; i++) to[i] = f(from[i], i);
    };
  };
}

function windowOf(
  operator: ModelOperator,
  input: number,
  output: number,
  shapeOf: Lowering['shapeOf'],
  sizeOf: Lowering['sizeOf'],
  plan: MemoryPlan,
): WindowCall {
  const inSize = sizeOf(input);
  const outSize = sizeOf(output);
  const pools = operator.name === 'MAX_POOL_2D';
  const filter = shapeOf(operator.inputs[1] ?? -1);
  const filterHeight = (pools ? operator.options?.int32(4) : filter[1]) ?? 1;
  const filterWidth = (pools ? operator.options?.int32(3) : filter[2]) ?? 1;
  const stride = operator.options?.int32(2) ?? 1;
  const activationField = pools ? 5 : operator.name === 'CONV_2D' ? 3 : 4;
  if (operator.options?.int32(1) !== stride || operator.options.int8(activationField) !== 0)
    throw unsupported(`This ${operator.name}`);
  const same = operator.options.int8(0) === 0;
  // TensorFlow's SAME padding: what is missing goes half before, half (rounded up) after.
  const before = (inPx: number, outPx: number, filterPx: number) =>
    same ? Math.max(0, ((outPx - 1) * stride + filterPx - inPx) >> 1) : 0;
  return {
    inAt: plan.at(input),
    outAt: plan.at(output),
    inHeightPx: inSize.heightPx,
    inWidthPx: inSize.widthPx,
    outHeightPx: outSize.heightPx,
    outWidthPx: outSize.widthPx,
    channels: inSize.channels,
    filterHeight,
    filterWidth,
    stride,
    padTop: before(inSize.heightPx, outSize.heightPx, filterHeight),
    padLeft: before(inSize.widthPx, outSize.widthPx, filterWidth),
  };
}

/** Floats of scratch space a step needs. */
export function scratchOf(
  operator: ModelOperator,
  sizeOf: Lowering['sizeOf'],
  shapeOf: Lowering['shapeOf'],
): number {
  const [first = -1, second = -1] = operator.inputs;
  if (operator.name === 'Convolution2DTransposeBias') return 4 * sizeOf(first).pixels;
  if (operator.name !== 'CONV_2D') return 0;
  const [, filterHeight = 1, filterWidth = 1] = shapeOf(second);
  return sizeOf(operator.outputs[0]).pixels * filterHeight * filterWidth * sizeOf(first).channels;
}

export function constantAt(constants: Map<number, Float32Array>, tensor: number): Float32Array {
  const values = constants.get(tensor);
  if (!values) throw unsupported('Weights that are not constant');
  return values;
}

export function unsupported(what: string): Error {
  return Object.assign(new Error(`${what} is beyond this interpreter.`), {
    code: 'tflite-unsupported' as const,
  });
}

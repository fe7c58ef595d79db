import { joinOperators } from './join.ts';
import { type Kernels, padded } from './kernels.ts';
import { copyLogical, logicalSize, view, WeightStore } from './layout.ts';
import { constantAt, type Lowering, lowerStep, scratchOf, unsupported } from './lower.ts';
import { planMemory } from './memory.ts';
import { constantOf, type Model } from './model.ts';

/** A model made ready to run: weights placed, operators joined, memory planned. Not re-entrant. */
export interface Program {
  /** Where the picture goes: rows of pixels of four channels, the fourth 0. */
  readonly input: FeatureInput;
  run(): void;
  /** A copy of the named output, without padding. Throws `tflite-output` when there is none of that name. */
  output(name: string): Float32Array;
}

export interface FeatureInput {
  readonly heightPx: number;
  readonly widthPx: number;
  readonly values: Float32Array;
}

/** Throws `tflite-unsupported` when an operator is used in a way the interpreter does not know. */
export function createProgram(model: Model, makeKernels: (bytes: number) => Kernels): Program {
  const steps = joinOperators(model);
  const constants = new Map<number, Float32Array>();
  model.tensors.forEach((tensor, i) => {
    if (tensor.data.length > 0) constants.set(i, constantOf(tensor));
  });
  for (const { name, inputs, outputs } of model.operators)
    if (name === 'DEQUANTIZE') constants.set(outputs[0], constantAt(constants, inputs[0]));

  const shapeOf = (tensor: number): readonly number[] => model.tensors[tensor]?.shape ?? [];
  const floatsOf = (tensor: number): number => {
    const shape = shapeOf(tensor);
    const channels = shape.at(-1) ?? 1;
    return (logicalSize(shape) / channels) * (shape.length === 4 ? padded(channels) : channels);
  };
  const sizeOf = (tensor: number) => {
    const shape = shapeOf(tensor);
    if (shape.length !== 4 || shape[0] !== 1) throw unsupported(`A tensor of shape ${shape.join('x')}`);
    const [, heightPx = 1, widthPx = 1, channels = 1] = shape;
    return { heightPx, widthPx, pixels: heightPx * widthPx, channels: padded(channels) };
  };

  const plan = planMemory(
    steps.map(({ inputs, output, operator }) => ({
      reads: inputs.filter((tensor) => !constants.has(tensor)),
      writes: output,
      scratchFloats: scratchOf(operator, sizeOf, shapeOf),
    })),
    { inputs: model.inputs, outputs: model.outputs, floatsOf },
  );

  const weights = new WeightStore(plan.bytes);
  const lowering: Lowering = { constants, shapeOf, sizeOf, weights, plan };
  const calls = steps.map((step) => lowerStep(step, lowering));
  const kernels = makeKernels(weights.bytes);
  weights.writeTo(kernels.memory);
  const run = calls.map((bind) => bind(kernels));

  const input = model.inputs[0];
  const inputSize = sizeOf(input);
  return {
    input: {
      heightPx: inputSize.heightPx,
      widthPx: inputSize.widthPx,
      values: view(kernels, plan.at(input), floatsOf(input)),
    },
    run: () => {
      for (const call of run) call();
    },
    output: (name) => {
      const tensor = model.outputs.find((candidate) => model.tensors[candidate]?.name === name);
      if (tensor === undefined)
        throw Object.assign(new Error(`The model has no output ${name}.`), {
          code: 'tflite-output' as const,
        });
      const out = new Float32Array(logicalSize(shapeOf(tensor)));
      copyLogical(view(kernels, plan.at(tensor), floatsOf(tensor)), shapeOf(tensor), out, [out.length]);
      return out;
    },
  };
}

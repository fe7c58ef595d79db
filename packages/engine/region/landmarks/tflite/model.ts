import { Table } from './flatbuffer.ts';

/** Operators of the schema that our models use, by their code in the file. */
const operatorNames: Record<number, string> = {
  0: 'ADD',
  1: 'AVERAGE_POOL_2D',
  2: 'CONCATENATION',
  3: 'CONV_2D',
  4: 'DEPTHWISE_CONV_2D',
  6: 'DEQUANTIZE',
  14: 'LOGISTIC',
  17: 'MAX_POOL_2D',
  18: 'MUL',
  19: 'RELU',
  22: 'RESHAPE',
  23: 'RESIZE_BILINEAR',
  34: 'PAD',
  45: 'STRIDED_SLICE',
  54: 'PRELU',
  117: 'HARD_SWISH',
};
const customOperator = 32;

/** Tensor types of the schema that our models use. */
const elementTypes: Record<number, 'float32' | 'float16' | 'int32'> = {
  0: 'float32',
  1: 'float16',
  2: 'int32',
};

export interface ModelTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: 'float32' | 'float16' | 'int32';
  /** Constant contents as they stand in the file; empty for computed tensors. */
  readonly data: Uint8Array;
}

export interface ModelOperator {
  /** Name in the schema, or the custom operator's own name. */
  readonly name: string;
  /** Indices of tensors; -1 for an input left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: Table | undefined;
  readonly customOptions: Uint8Array;
}

export interface Model {
  readonly tensors: readonly ModelTensor[];
  readonly operators: readonly ModelOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Reads the first subgraph of a `.tflite` file (schema version 3, tensorflow/lite/schema/schema.fbs; the
 * numbers below are field numbers of that schema). Contents are views into `bytes`, not copies.
 * Throws `tflite-unreadable` when the file is not one, `tflite-unsupported` for an operator or type that
 * the interpreter does not know.
 */
export function readModel(bytes: Uint8Array): Model {
  if (bytes.length < 8 || new TextDecoder().decode(bytes.subarray(4, 8)) !== 'TFL3')
    throw fail('tflite-unreadable', 'These bytes are not a TensorFlow Lite model.');
  const root = Table.root(bytes);
  const codes = root.tables(1).map((code) => {
    const builtin = Math.max(code.int8(0), code.int32(3));
    if (builtin === customOperator) return code.text(1);
    const name = operatorNames[builtin];
    if (!name) throw fail('tflite-unsupported', `Operator ${builtin} is not one of ours.`);
    return name;
  });
  const [graph] = root.tables(2);
  if (!graph) throw fail('tflite-unreadable', 'The model holds no graph.');
  const buffers = root.tables(4);
  return {
    tensors: graph.tables(0).map((tensor) => {
      const type = elementTypes[tensor.int8(1)];
      if (!type) throw fail('tflite-unsupported', `Tensor type ${tensor.int8(1)} is not one of ours.`);
      return {
        name: tensor.text(3),
        shape: tensor.int32s(0),
        type,
        data: buffers[tensor.int32(2)]?.bytes(0) ?? new Uint8Array(0),
      };
    }),
    inputs: graph.int32s(1),
    outputs: graph.int32s(2),
    operators: graph.tables(3).map((operator) => ({
      name: codes[operator.int32(0)] ?? '',
      inputs: operator.int32s(1),
      outputs: operator.int32s(2),
      options: operator.table(4),
      customOptions: operator.bytes(5),
    })),
  };
}

/** Constant contents as numbers. Half floats are widened. */
export function constantOf({ type, data }: ModelTensor): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (type === 'float16') return widenHalfFloats(view);
  const values = new Float32Array(data.byteLength / 4);
  for (let i = 0; i < values.length; i++)
    values[i] = type === 'int32' ? view.getInt32(4 * i, true) : view.getFloat32(4 * i, true);
  return values;
}

/**
 * IEEE 754 binary16 (sign, 5 bits of exponent biased by 15, 10 of fraction) to binary32, by moving bits:
 * numbers too small for a leading 1 go through arithmetic.
 */
export function widenHalfFloats(view: DataView): Float32Array {
  const values = new Float32Array(view.byteLength / 2);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < values.length; i++) {
    const half = view.getUint16(2 * i, true);
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 0) values[i] = (half & 0x8000 ? -1 : 1) * fraction * 2 ** -24;
    else
      bits[i] = ((half & 0x8000) << 16) | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  return values;
}

function fail(code: 'tflite-unreadable' | 'tflite-unsupported', message: string): Error {
  return Object.assign(new Error(message), { code });
}

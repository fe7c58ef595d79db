import type { Activation } from './kernels.ts';
import type { Model, ModelOperator } from './model.ts';

export const activationOperators: Record<string, Activation['kind']> = {
  RELU: 'relu',
  PRELU: 'prelu',
  HARD_SWISH: 'hard-swish',
};

/** An operator and what was joined to it: a sum right after a convolution, an activation right after either. */
export interface Step {
  readonly operator: ModelOperator;
  readonly residual: number | undefined;
  readonly activation: ModelOperator | undefined;
  readonly inputs: readonly number[];
  readonly output: number;
}

/** Joins CONV_2D + ADD + activation, and any of ADD, CONV_2D, DEPTHWISE_CONV_2D + activation. */
export function joinOperators(model: Model): Step[] {
  const uses = new Map<number, ModelOperator[]>();
  for (const operator of model.operators)
    for (const tensor of operator.inputs) uses.set(tensor, [...(uses.get(tensor) ?? []), operator]);
  for (const tensor of model.outputs)
    uses.set(tensor, [...(uses.get(tensor) ?? []), model.operators[0] as ModelOperator]);
  const onlyUse = (tensor: number): ModelOperator | undefined => {
    const all = uses.get(tensor) ?? [];
    return all.length === 1 ? all[0] : undefined;
  };
  const activationAfter = (tensor: number): ModelOperator | undefined => {
    const next = onlyUse(tensor);
    return next && next.name in activationOperators ? next : undefined;
  };

  const joined = new Set<ModelOperator>();
  const steps: Step[] = [];
  /** Convolutions waiting for the sum they are joined to, by that sum. */
  const waiting = new Map<ModelOperator, ModelOperator>();
  for (const operator of model.operators) {
    if (operator.name === 'DEQUANTIZE' || joined.has(operator)) continue;
    const output = operator.outputs[0];
    if (operator.name === 'CONV_2D') {
      const sum = onlyUse(output);
      if (sum?.name === 'ADD' && !waiting.has(sum) && sum.inputs[0] !== sum.inputs[1]) {
        waiting.set(sum, operator);
        continue;
      }
    }
    const convolution = waiting.get(operator);
    const joins = convolution || ['CONV_2D', 'DEPTHWISE_CONV_2D', 'ADD'].includes(operator.name);
    const activation = joins ? activationAfter(output) : undefined;
    if (activation) joined.add(activation);
    const residual = convolution && operator.inputs.find((tensor) => tensor !== convolution.outputs[0]);
    steps.push({
      operator: convolution ?? operator,
      residual,
      activation,
      inputs: [...(convolution ?? operator).inputs, ...(residual === undefined ? [] : [residual])],
      output: activation?.outputs[0] ?? output,
    });
  }
  return steps;
}

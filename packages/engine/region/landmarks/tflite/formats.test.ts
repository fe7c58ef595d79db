import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModels } from '../../../tools/landmarks/fixtures.ts';
import type { LandmarkModels } from '../weights.ts';
import { boxOptions } from './attention-operators.ts';
import { readFlexMap } from './flexbuffer.ts';
import { planMemory } from './memory.ts';
import { type Model, readModel, widenHalfFloats } from './model.ts';

let models: LandmarkModels;
let mesh: Model;
beforeAll(async () => {
  models = await readModels();
  mesh = readModel(models.attentionMesh);
});

describe('half floats', () => {
  it('widen as the machine widens them, all of them', () => {
    const view = new DataView(new ArrayBuffer(2 * 65_536));
    for (let bits = 0; bits < 65_536; bits++) view.setUint16(2 * bits, bits, true);
    const machine = view as DataView & { getFloat16(at: number, littleEndian: boolean): number };
    const expected = Float32Array.from({ length: 65_536 }, (_, i) => machine.getFloat16(2 * i, true));
    expect(widenHalfFloats(view)).toEqual(expected);
  });
});

describe('model files', () => {
  it('read to the graph their makers describe', () => {
    const shape = (model: Model, tensor: number) => model.tensors[tensor]?.shape;
    const detector = readModel(models.detector);
    expect(detector.inputs.map((tensor) => shape(detector, tensor))).toEqual([[1, 128, 128, 3]]);
    expect(detector.outputs.map((tensor) => shape(detector, tensor))).toEqual([
      [1, 896, 16],
      [1, 896, 1],
    ]);
    expect(mesh.inputs.map((tensor) => shape(mesh, tensor))).toEqual([[1, 192, 192, 3]]);
    expect(mesh.outputs.map((tensor) => mesh.tensors[tensor]?.name)).toContain('output_lips');
    const silhouette = readModel(models.silhouette);
    expect(silhouette.outputs.map((tensor) => shape(silhouette, tensor))).toEqual([[1, 256, 256, 1]]);
  });

  it('every tensor an operator reads is constant or was made before', () => {
    const known = new Set(mesh.inputs);
    mesh.tensors.forEach((tensor, i) => {
      if (tensor.data.length > 0) known.add(i);
    });
    for (const operator of mesh.operators) {
      for (const tensor of operator.inputs) expect(known.has(tensor)).toBe(true);
      for (const tensor of operator.outputs) known.add(tensor);
    }
  });

  it('other bytes are refused', () => {
    for (const bytes of [
      new Uint8Array(0),
      new Uint8Array(64),
      new TextEncoder().encode('<html>not found</html>'),
    ])
      expect(() => readModel(bytes)).toThrow(expect.objectContaining({ code: 'tflite-unreadable' }));
  });

  it('custom options say where lips and eyes are cut out', () => {
    const boxes = mesh.operators
      .filter((operator) => operator.name === 'Landmarks2TransformMatrix')
      .map((operator) => boxOptions(readFlexMap(operator.customOptions)));
    expect(boxes.map((box) => box.subset.length)).toEqual([80, 71, 71]);
    for (const box of boxes) {
      expect(box).toMatchObject({ outHeight: 16, outWidth: 16, scaleX: 1.5, scaleY: 1.5, targetRadians: 0 });
      for (const index of box.subset) expect(index).toBeLessThan(468);
    }
    expect([boxes[0]?.left, boxes[0]?.right]).toEqual([61, 291]);
  });
});

describe('memory', () => {
  it('never gives one place to two tensors that are both still needed', () => {
    const program = fc.array(
      fc.record({ reads: fc.array(fc.nat(30), { maxLength: 3 }), floats: fc.integer({ min: 1, max: 50 }) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(program, (drawn) => {
        // Step i makes tensor i + 1 from earlier ones; tensor 0 is the input, the last one the output.
        const steps = drawn.map(({ reads }, i) => ({
          reads: reads.map((tensor) => tensor % (i + 1)),
          writes: i + 1,
          scratchFloats: 0,
        }));
        const sizes = [10, ...drawn.map(({ floats }) => floats)];
        const plan = planMemory(steps, {
          inputs: [0],
          outputs: [steps.length],
          floatsOf: (tensor) => sizes[tensor] ?? 0,
        });
        const needed = (tensor: number, from: number) =>
          tensor === 0 ||
          tensor === steps.length ||
          steps.some((step, i) => i >= from && step.reads.includes(tensor));
        const apart = (a: number, b: number) =>
          plan.at(a) + 4 * (sizes[a] ?? 0) <= plan.at(b) || plan.at(b) + 4 * (sizes[b] ?? 0) <= plan.at(a);
        for (let i = 0; i < steps.length; i++) {
          const live = [...Array(i + 1).keys()].filter((tensor) => needed(tensor, i));
          for (const tensor of live) expect(apart(tensor, i + 1)).toBe(true);
        }
        for (let tensor = 0; tensor <= steps.length; tensor++) {
          expect(plan.at(tensor) % 16).toBe(0);
          expect(plan.at(tensor) + 4 * (sizes[tensor] ?? 0)).toBeLessThanOrEqual(plan.bytes);
        }
      }),
    );
  });
});

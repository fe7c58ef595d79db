import { serialize } from 'node:v8';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReceiver, createSender } from './large.ts';

const largeOf = (fill: number) => new Uint8ClampedArray(70_000).fill(fill);

describe('inputs sent to a worker', () => {
  it('arrive as they were, whatever was sent before', () => {
    const arrays = [largeOf(1), largeOf(2), new Float32Array(17_000), new Uint8Array(40)];
    const input = fc.record({
      picture: fc.record({ rgba: fc.constantFrom(...arrays), widthPx: fc.integer() }),
      mask: fc.option(fc.record({ alpha: fc.constantFrom(...arrays) })),
      again: fc.constantFrom(...arrays),
      list: fc.array(fc.constantFrom(...arrays), { maxLength: 2 }),
      words: fc.dictionary(fc.string(), fc.string()),
    });
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 6 }), (inputs) => {
        const sender = createSender();
        const receiver = createReceiver();
        for (const one of inputs)
          expect(receiver.unpack(structuredClone(sender.pack(one, [])))).toStrictEqual(structuredClone(one));
      }),
      { numRuns: 10 },
    );
  });

  it('take a picture along once, and again after a job without it', () => {
    const sender = createSender();
    const picture = { rgba: largeOf(3), widthPx: 175, heightPx: 100 };
    const bytes = (input: unknown) => serialize(sender.pack(input, [])).length;
    expect(bytes({ picture })).toBeGreaterThan(70_000);
    expect(bytes({ source: { picture, mask: largeOf(4) } })).toBeLessThan(71_000);
    expect(bytes({ source: { picture } })).toBeLessThan(1000);
    expect(bytes({ taps: [] })).toBeLessThan(1000);
    expect(bytes({ picture })).toBeGreaterThan(70_000);
  });

  it('do not remember what is handed over, and keep what a worker holds from being handed over', () => {
    const sender = createSender();
    const receiver = createReceiver();
    const [given, kept] = [largeOf(5), largeOf(6)];
    const got = receiver.unpack(sender.pack({ given, kept }, [given.buffer])) as { given: Uint8ClampedArray };
    expect(receiver.holds(kept.buffer)).toBe(true);
    expect(receiver.holds(got.given.buffer)).toBe(false);
    expect(serialize(sender.pack({ given }, [])).length).toBeGreaterThan(70_000);
  });
});

/** What stands in a message for a large array: with its value the first time, without it while the worker holds it. */
interface Stand {
  readonly largeArray: number;
  readonly value?: ArrayBufferView;
}

/** Arrays from here on are sent to a worker once, bytes. */
const leastBytes = 65_536;
/** How far into an input large arrays are looked for: `plan.photo.picture.rgba` is four steps in. */
const deepest = 4;

/** Turns inputs into messages for one worker, which holds the large arrays of the job it was sent last. */
export interface Sender {
  /** @param given buffers that are handed over; they are sent as they are and not remembered */
  pack(input: unknown, given: readonly unknown[]): unknown;
}

export function createSender(): Sender {
  let held = new Map<ArrayBufferView, number>();
  let next = 0;
  return {
    pack(input, given) {
      const now = new Map<ArrayBufferView, number>();
      const packed = replaced(input, deepest, (value): Stand | undefined => {
        if (!ArrayBuffer.isView(value) || value.byteLength < leastBytes || given.includes(value.buffer))
          return undefined;
        const id = now.get(value) ?? held.get(value);
        if (id !== undefined) {
          now.set(value, id);
          return { largeArray: id };
        }
        now.set(value, next);
        return { largeArray: next++, value };
      });
      held = now;
      return packed;
    },
  };
}

/** The worker's side of a {@link Sender}. */
export interface Receiver {
  unpack(packed: unknown): unknown;
  /** Whether this buffer is held for the next job, so that it must not be handed over. */
  holds(buffer: ArrayBufferLike): boolean;
}

export function createReceiver(): Receiver {
  let held = new Map<number, ArrayBufferView>();
  return {
    unpack(packed) {
      const now = new Map<number, ArrayBufferView>();
      const input = replaced(packed, deepest, (found) => {
        if (!isStand(found)) return undefined;
        const value = found.value ?? now.get(found.largeArray) ?? held.get(found.largeArray);
        if (value) now.set(found.largeArray, value);
        return value;
      });
      held = now;
      return input;
    },
    holds: (buffer) => [...held.values()].some((view) => view.buffer === buffer),
  };
}

const isStand = (value: object): value is Stand => 'largeArray' in value;

/** The value with whatever `by` answers for in its place; what holds nothing of the kind stays the same object. */
function replaced(value: unknown, depth: number, by: (found: object) => object | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const other = by(value);
  if (other) return other;
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  if (depth === 0 || !isPlain) return value;
  let out: Record<string, unknown> | undefined;
  for (const [name, inner] of Object.entries(value)) {
    const changed = replaced(inner, depth - 1, by);
    if (changed === inner) continue;
    out ??= { ...value };
    out[name] = changed;
  }
  return out ?? value;
}

/**
 * Reading the FlexBuffers maps in which custom operators keep their options.
 * Layout: https://flatbuffers.dev/internals, section "FlexBuffers": the last byte gives the width of the
 * root, the byte before it its packed type (type << 2 | log2 of the width of what it points to).
 */
export type FlexValue = number | number[];

const mapType = 9;
const firstTypedVector = 11;
const lastTypedVector = 15;

/** A map from names to numbers or lists of numbers. Throws `tflite-options` for anything else. */
export function readFlexMap(bytes: Uint8Array): Map<string, FlexValue> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rootWidth = view.getUint8(bytes.length - 1);
  const packed = view.getUint8(bytes.length - 2);
  if (packed >> 2 !== mapType) throw unreadable(packed >> 2);
  const rootPlace = bytes.length - 2 - rootWidth;
  const width = 1 << (packed & 3);
  const values = rootPlace - unsigned(view, rootPlace, rootWidth);
  const count = unsigned(view, values - width, width);
  const keysWidth = unsigned(view, values - 2 * width, width);
  const keys = values - 3 * width - unsigned(view, values - 3 * width, width);
  const types = values + count * width;

  const map = new Map<string, FlexValue>();
  for (let i = 0; i < count; i++) {
    const keyPlace = keys + i * keysWidth;
    const name = textAt(bytes, keyPlace - unsigned(view, keyPlace, keysWidth));
    map.set(name, readValue(view, values + i * width, width, view.getUint8(types + i)));
  }
  return map;
}

function readValue(view: DataView, place: number, width: number, packed: number): FlexValue {
  const type = packed >> 2;
  const childWidth = 1 << (packed & 3);
  if (type >= 1 && type <= 3) return scalar(view, place, width, type);
  const target = place - unsigned(view, place, width);
  if (type >= 6 && type <= 8) return scalar(view, target, childWidth, type - 5);
  if (type >= firstTypedVector && type <= lastTypedVector) {
    const length = unsigned(view, target - childWidth, childWidth);
    return Array.from({ length }, (_, i) => scalar(view, target + i * childWidth, childWidth, type - 10));
  }
  throw unreadable(type);
}

/** Type 1 is signed, 2 unsigned, 3 floating point. */
function scalar(view: DataView, place: number, width: number, type: number): number {
  if (type === 3) return width === 8 ? view.getFloat64(place, true) : view.getFloat32(place, true);
  if (type === 2) return unsigned(view, place, width);
  if (width === 1) return view.getInt8(place);
  if (width === 2) return view.getInt16(place, true);
  if (width === 4) return view.getInt32(place, true);
  return Number(view.getBigInt64(place, true));
}

function unsigned(view: DataView, place: number, width: number): number {
  if (width === 1) return view.getUint8(place);
  if (width === 2) return view.getUint16(place, true);
  if (width === 4) return view.getUint32(place, true);
  return Number(view.getBigUint64(place, true));
}

function textAt(bytes: Uint8Array, start: number): string {
  return new TextDecoder().decode(bytes.subarray(start, bytes.indexOf(0, start)));
}

function unreadable(type: number): Error {
  return Object.assign(new Error(`Options of a custom operator hold FlexBuffers type ${type}.`), {
    code: 'tflite-options' as const,
  });
}

/**
 * Reading FlatBuffers tables: the container of `.tflite` files.
 * Layout: https://flatbuffers.dev/internals (little endian; a table points back to its vtable, whose
 * entries hold the place of each field, 0 for "absent, take the default").
 */
export class Table {
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;
  readonly #vtableBytes: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#vtable = at - view.getInt32(at, true);
    this.#vtableBytes = view.getUint16(this.#vtable, true);
  }

  static root(bytes: Uint8Array): Table {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new Table(view, view.getUint32(0, true));
  }

  /** Place of a field's value in the file, or 0 when it is absent. */
  #place(field: number): number {
    const entry = 4 + 2 * field;
    const offset = entry < this.#vtableBytes ? this.#view.getUint16(this.#vtable + entry, true) : 0;
    return offset === 0 ? 0 : this.#at + offset;
  }

  /** Place a field points to (tables, vectors, strings), or 0. */
  #target(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : place + this.#view.getUint32(place, true);
  }

  int8(field: number, absent = 0): number {
    const place = this.#place(field);
    return place === 0 ? absent : this.#view.getInt8(place);
  }

  int32(field: number, absent = 0): number {
    const place = this.#place(field);
    return place === 0 ? absent : this.#view.getInt32(place, true);
  }

  table(field: number): Table | undefined {
    const target = this.#target(field);
    return target === 0 ? undefined : new Table(this.#view, target);
  }

  tables(field: number): Table[] {
    const target = this.#target(field);
    if (target === 0) return [];
    return Array.from({ length: this.#view.getUint32(target, true) }, (_, i) => {
      const entry = target + 4 + 4 * i;
      return new Table(this.#view, entry + this.#view.getUint32(entry, true));
    });
  }

  int32s(field: number): number[] {
    const target = this.#target(field);
    if (target === 0) return [];
    return Array.from({ length: this.#view.getUint32(target, true) }, (_, i) =>
      this.#view.getInt32(target + 4 + 4 * i, true),
    );
  }

  /** A vector of bytes, not copied. */
  bytes(field: number): Uint8Array {
    const target = this.#target(field);
    if (target === 0) return new Uint8Array(0);
    return new Uint8Array(
      this.#view.buffer,
      this.#view.byteOffset + target + 4,
      this.#view.getUint32(target, true),
    );
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }
}

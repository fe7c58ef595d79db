import { createCipheriv, createDecipheriv } from 'node:crypto';

/*
 * One stream that holds many files, and a seal for streams of any length. A backup is files → pack → zstd → seal; a
 * restore is the same backwards. Everything is an async iterable of buffers, so nothing is held whole in memory.
 */

export interface PackedFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly content: AsyncIterable<Buffer>;
}

// A record is one letter, a length (4 bytes, big endian) and that many bytes. F: a file begins, with its path; D: some of
// its bytes; E: it has ended; Z: nothing follows. A file's size is not told ahead: it may change while it is read.
type Letter = 'F' | 'D' | 'E' | 'Z';

function record(letter: Letter, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.write(letter, 'latin1');
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Packs files one after another. */
export async function* pack(files: AsyncIterable<PackedFile>): AsyncGenerator<Buffer> {
  for await (const { path, content } of files) {
    yield record('F', Buffer.from(path));
    for await (const part of content) if (part.length > 0) yield record('D', part);
    yield record('E');
  }
  yield record('Z');
}

/**
 * Unpacks what {@link pack} packed: `take` is given each path and answers with what takes the bytes and the end.
 * @throws `archive-broken` when the stream ends early or is not such an archive.
 */
export async function unpack(
  stream: AsyncIterable<Buffer>,
  take: (path: string) => Promise<{ write(part: Buffer): Promise<void>; end(): Promise<void> }>,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let open: Awaited<ReturnType<typeof take>> | undefined;
  let isOver = false;
  for await (const part of stream) {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    while (rest.length >= 5 && !isOver) {
      const length = rest.readUInt32BE(1);
      if (rest.length < 5 + length) break;
      const letter = String.fromCodePoint(rest[0] ?? 0) as Letter;
      const body = rest.subarray(5, 5 + length);
      rest = rest.subarray(5 + length);
      if (letter === 'F' && open === undefined) open = await take(body.toString());
      else if (letter === 'D' && open !== undefined) await open.write(body);
      else if (letter === 'E' && open !== undefined) {
        await open.end();
        open = undefined;
      } else if (letter === 'Z' && open === undefined) isOver = true;
      else throw broken('it is not an archive of this program');
    }
  }
  if (!isOver || rest.length > 0) throw broken('it ends early');
}

// Blocks of 1 MiB, each under AES-256-GCM. The nonce is the block's number and whether it is the last, as in the file
// store, so blocks cannot be reordered or cut off; the key is used for this one stream only.
const blockBytes = 1024 * 1024;
const tagBytes = 16;

/** Encrypts a stream under a key of its own, bound to `context`. */
export async function* seal(
  stream: AsyncIterable<Buffer>,
  key: Buffer,
  context: string,
): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { block, isLast } of blocks(stream, blockBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number++, isLast)).setAAD(Buffer.from(context));
    yield Buffer.concat([cipher.update(block), cipher.final(), cipher.getAuthTag()]);
  }
}

/** @throws `archive-broken` when a byte differs, the end is missing, or key or context are others. */
export async function* unseal(
  stream: AsyncIterable<Buffer>,
  key: Buffer,
  context: string,
): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { block, isLast } of blocks(stream, blockBytes + tagBytes)) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number++, isLast), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(context)).setAuthTag(block.subarray(-tagBytes));
      yield Buffer.concat([decipher.update(block.subarray(0, -tagBytes)), decipher.final()]);
    } catch (error) {
      throw broken('its bytes are not those that were written, or the key is another', error);
    }
  }
}

/** Cuts a stream into blocks of one size; the last may be shorter, and is empty for an empty stream. */
async function* blocks(
  stream: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ block: Buffer; isLast: boolean }> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    waiting.push(part);
    length += part.length;
    if (length <= size) continue;
    let all = Buffer.concat(waiting);
    // One block is always held back: only the end of the stream tells whether it was the last.
    while (all.length > size) {
      yield { block: all.subarray(0, size), isLast: false };
      all = all.subarray(size);
    }
    waiting = [all];
    length = all.length;
  }
  yield { block: Buffer.concat(waiting), isLast: true };
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function broken(why: string, cause?: unknown): Error {
  return Object.assign(new Error(`the backup cannot be read: ${why}.`, { cause }), {
    code: 'archive-broken' as const,
  });
}

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { type Keys, keysOf, syncFolder } from './keys.ts';
import { type Lsn, lsnText, parseLsn } from './wal-stream.ts';

/*
 * The archived log, beside the backups it continues:
 *
 *   DIR/archive/<chain>/chain.json                  whose log it is, from where, and the chain's key, sealed
 *   DIR/archive/<chain>/2026-03-02/journal.jsonl    what was archived that day (UTC), a line each time, linked and keyed
 *   DIR/archive/<chain>/2026-03-02/<from>-<to>.wal  a stretch of the log: zstd, then sealed with the chain's key
 *
 * A chain is one unbroken stretch of one cluster's log. A line of the journal says: the log up to `to`, and the files it
 * speaks of, are here; that is everything confirmed to anybody before `at`. Each line carries a keyed hash over itself and the
 * line before, so none can be altered, removed or put elsewhere without notice; a stretch is named with its own hash.
 */

// The name of a piece begins with its day's folder.
const piece = z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() });

const lineShape = z.object({
  n: z.number().int().positive(),
  at: z.iso.datetime(),
  from: z.string(),
  to: z.string(),
  piece: piece.optional(),
  link: z.string(),
});
export type JournalLine = z.infer<typeof lineShape>;

const chainShape = z.object({
  format: z.literal('undertone/wal-archive'),
  version: z.literal(1),
  id: z.string(),
  system: z.string(),
  timeline: z.number().int().positive(),
  segmentBytes: z.number().int().positive(),
  from: z.string(),
  at: z.iso.datetime(),
  masterKeyId: z.string(),
  wrappedKey: z.string(),
});
export type Chain = z.infer<typeof chainShape>;
const signedChain = z.object({ chain: chainShape, mac: z.string() });

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

function chainFolder(root: string, id: string): string {
  return join(root, 'archive', id);
}

/** A chain open for writing. */
export interface ChainWriter {
  readonly chain: Chain;
  /** The log before this place is in the archive. */
  readonly to: Lsn;
  /** When what was archived last was complete; the beginning of the chain before that. */
  readonly at: string;
  /** Archives a stretch of the log that follows the last: on disk when it returns. @param at see the journal above */
  append(at: Date, log: Buffer): Promise<void>;
}

/** Begins a chain in the folder of backups. */
export async function beginChain(
  keys: Keys,
  root: string,
  facts: Pick<Chain, 'id' | 'system' | 'timeline' | 'segmentBytes' | 'from'>,
  at: Date,
): Promise<ChainWriter> {
  const folder = chainFolder(root, facts.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = randomBytes(32);
  const chain: Chain = chainShape.parse({
    format: 'undertone/wal-archive',
    version: 1,
    ...facts,
    at: at.toISOString(),
    masterKeyId: keys.id,
    wrappedKey: keys.seal('archive-key', facts.id, key).toString('base64'),
  });
  const mac = keys.sign('archive-chain', JSON.stringify(chain)).toString('base64url');
  await writeSynced(join(folder, 'chain.json'), `${JSON.stringify({ chain, mac })}\n`);
  return writerOf(folder, chain, keysOf(key), undefined);
}

/**
 * Opens a chain to go on with it. A line or a stretch that a crash cut off is not part of it.
 * @returns undefined when the chain is not in the folder, or under another master key: a new one is begun then.
 */
export async function resumeChain(keys: Keys, root: string, id: string): Promise<ChainWriter | undefined> {
  const folder = chainFolder(root, id);
  const chain = await readChain(keys, folder).catch(() => undefined);
  if (chain === undefined) return undefined;
  const days = await daysOf(folder);
  for (const day of days.toReversed()) {
    const path = join(folder, day, 'journal.jsonl');
    const { lines, bytes, isAltered } = await readLines(path);
    const last = lines.at(-1);
    if (isAltered) return undefined;
    if (last === undefined) continue;
    const file = await open(path, 'r+');
    try {
      await file.truncate(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return writerOf(folder, chain, keysOfChain(keys, chain), last, day);
  }
  return writerOf(folder, chain, keysOfChain(keys, chain), undefined);
}

function writerOf(
  folder: string,
  chain: Chain,
  own: Keys,
  before: JournalLine | undefined,
  lastDay = '',
): ChainWriter {
  let last = before;
  let to = parseLsn(before?.to ?? chain.from);
  let dayName = lastDay;
  return {
    chain,
    get to() {
      return to;
    },
    get at() {
      return last?.at ?? chain.at;
    },
    async append(at, log) {
      // A clock that was put back must not put a line before its predecessor.
      const today = at.toISOString().slice(0, 10);
      if (today > dayName) dayName = today;
      const day = join(folder, dayName);
      const isNewDay = (await mkdir(day, { recursive: true, mode: 0o700 })) !== undefined;
      const end = to + BigInt(log.length);
      let stored: z.infer<typeof piece> | undefined;
      if (log.length > 0) {
        const name = `${dayName}/${hex(to)}-${hex(end)}.wal`;
        const sealed = own.seal('log', pieceContext(chain, to, end), await compress(log));
        await writeSynced(join(folder, name), sealed);
        stored = { name, bytes: sealed.length, sha256: sha256(sealed) };
      }
      const line = {
        n: (last?.n ?? 0) + 1,
        at: at.toISOString(),
        from: lsnText(to),
        to: lsnText(end),
        ...(stored && { piece: stored }),
      };
      const whole: JournalLine = { ...line, link: linkOf(own, last?.link ?? '', line) };
      const journal = await open(join(day, 'journal.jsonl'), 'a', 0o600);
      try {
        await journal.writeFile(`${JSON.stringify(whole)}\n`);
        await journal.sync();
      } finally {
        await journal.close();
      }
      await syncFolder(day);
      if (isNewDay) await syncFolder(folder);
      last = whole;
      to = end;
    },
  };
}

/** What stands in the way of using a chain up to its end. */
export interface ArchiveFault {
  /** The file it is about. */
  readonly path: string;
  readonly message: string;
  /** The chain is whole up to here. */
  readonly wholeUntil: string;
}

/** A chain as it lies in the folder: its lines up to the first fault. */
export interface ChainRead {
  readonly folder: string;
  readonly chain: Chain;
  readonly lines: readonly JournalLine[];
  readonly fault: ArchiveFault | undefined;
}

/** The ids of all chains in a folder of backups. */
export async function listChains(root: string): Promise<readonly string[]> {
  const names = await readdir(join(root, 'archive')).catch(() => []);
  return names.filter((name) => /^[0-9a-f]{16}$/.test(name)).sort();
}

/**
 * Reads a chain's journal and looks whether every stretch is there in its size. Its bytes are checked when they are read.
 * Days before the first that is left may have been pruned.
 * @throws `archive-broken` when chain.json is missing, altered or under another master key.
 */
export async function readChainLines(keys: Keys, root: string, id: string): Promise<ChainRead> {
  const folder = chainFolder(root, id);
  const chain = await readChain(keys, folder);
  const own = keysOfChain(keys, chain);
  const lines: JournalLine[] = [];
  let fault: ArchiveFault | undefined;
  const found = (path: string, message: string) => {
    fault ??= { path, message, wholeUntil: lines.at(-1)?.at ?? chain.at };
  };
  for (const day of await daysOf(folder)) {
    const path = join(folder, day, 'journal.jsonl');
    const sizes = new Map<string, number>();
    for (const name of await readdir(join(folder, day)))
      if (name.endsWith('.wal')) sizes.set(`${day}/${name}`, (await stat(join(folder, day, name))).size);
    const read = await readLines(path);
    for (const line of read.lines) {
      const before = lines.at(-1);
      const { link, ...rest } = line;
      const isFirst = before === undefined;
      if (!isFirst && (line.n !== before.n + 1 || line.from !== before.to))
        found(path, `${path}: a part is missing before line ${line.n} (${before.at} to ${line.at})`);
      else if ((!isFirst || line.n === 1) && link !== linkOf(own, before?.link ?? '', rest))
        found(path, `${path}: line ${line.n} was altered`);
      const stretch = line.piece && join(folder, line.piece.name);
      if (line.piece && stretch && sizes.get(line.piece.name) !== line.piece.bytes)
        found(stretch, `${stretch} is ${sizes.has(line.piece.name) ? 'not of its size' : 'missing'}`);
      if (fault !== undefined) return { folder, chain, lines, fault };
      lines.push(line);
    }
    if (read.isAltered) found(path, `${path} was altered`);
  }
  return { folder, chain, lines, fault };
}

/**
 * The log a line names.
 * @throws `archive-broken`, naming the file, when its bytes are not those that were written.
 */
export async function readStretch(
  keys: Keys,
  { folder, chain }: Pick<ChainRead, 'folder' | 'chain'>,
  line: JournalLine,
): Promise<Buffer> {
  if (line.piece === undefined) return Buffer.alloc(0);
  const path = join(folder, line.piece.name);
  const [from, to] = [parseLsn(line.from), parseLsn(line.to)];
  try {
    const sealed = await readFile(path);
    if (sha256(sealed) !== line.piece.sha256) throw new Error('its hash is not the one in the journal');
    const log = await decompress(keysOfChain(keys, chain).open('log', pieceContext(chain, from, to), sealed));
    if (BigInt(log.length) !== to - from) throw new Error('it is of another length');
    return log;
  } catch (error) {
    const isMissing = (error as { code?: string }).code === 'ENOENT';
    throw archiveBroken(
      isMissing ? `${path} is missing` : `${path} was altered (${(error as Error).message})`,
    );
  }
}

async function readChain(keys: Keys, folder: string): Promise<Chain> {
  const path = join(folder, 'chain.json');
  const text = await readFile(path, 'utf8').catch(() => '');
  const parsed = signedChain.safeParse(parseJson(text));
  if (!parsed.success) throw archiveBroken(`${path} is missing or cannot be read`);
  const { chain, mac } = parsed.data;
  if (chain.masterKeyId !== keys.id)
    throw archiveBroken(
      `${folder} was archived under master key ${chain.masterKeyId}, the key at hand is ${keys.id}`,
    );
  if (mac !== keys.sign('archive-chain', JSON.stringify(chain)).toString('base64url'))
    throw archiveBroken(`${path} was altered`);
  return chain;
}

/** Whole lines of a journal, and how many bytes they are. A last line that a crash cut off is not one. */
async function readLines(
  path: string,
): Promise<{ lines: readonly JournalLine[]; bytes: number; isAltered: boolean }> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines: JournalLine[] = [];
  let bytes = 0;
  for (const one of text.split('\n').slice(0, -1)) {
    const parsed = lineShape.safeParse(parseJson(one));
    if (!parsed.success) break;
    lines.push(parsed.data);
    bytes += Buffer.byteLength(one) + 1;
  }
  // What a crash leaves is one line without its end; anything after a line that cannot be read is not that.
  const rest = Buffer.from(text).subarray(bytes);
  return { lines, bytes, isAltered: rest.includes('\n') };
}

async function daysOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^\d{4}-\d\d-\d\d$/.test(name)).sort();
}

function keysOfChain(keys: Keys, chain: Chain): Keys {
  return keysOf(keys.open('archive-key', chain.id, Buffer.from(chain.wrappedKey, 'base64')));
}

function pieceContext(chain: Chain, from: Lsn, to: Lsn): string {
  return `${chain.id}/${chain.timeline}/${hex(from)}-${hex(to)}`;
}

function linkOf(own: Keys, before: string, line: Omit<JournalLine, 'link'>): string {
  const { n, at, from, to, piece: stored } = line;
  return own.sign('journal', JSON.stringify([before, n, at, from, to, stored ?? null])).toString('base64url');
}

function hex(lsn: Lsn): string {
  return lsn.toString(16).toUpperCase().padStart(16, '0');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a file such that it has its name only when it is whole and on disk. */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, content, { mode: 0o600, flush: true });
  await rename(unfinished, path);
  await syncFolder(dirname(path));
}

export function archiveBroken(what: string): Error {
  return Object.assign(new Error(`the archive cannot be used: ${what}.`), {
    code: 'archive-broken' as const,
  });
}

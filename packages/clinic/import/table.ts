/** From bytes to rows of text: what a spreadsheet saved, whatever its settings were. */
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse';
import { longestRow, mostColumns, separators, type TableFormat } from './schema.ts';

type Encoding = TableFormat['encoding'];

/** What the bytes are: by their mark, by zero bytes, and else UTF-8 where they are valid, Windows-1252 where not. */
export function encodingOf(bytes: Uint8Array): Encoding {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  const start = bytes.subarray(0, 4096);
  const zeros = (odd: number) => start.filter((byte, i) => byte === 0 && i % 2 === odd).length;
  if (zeros(1) > start.length / 4) return 'utf-16le';
  if (zeros(0) > start.length / 4) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

/** The separator that most lines of the beginning agree on. Marks within quotes do not count. */
function separatorOf(text: string): TableFormat['separator'] {
  let best: { separator: TableFormat['separator']; score: number } = { separator: ',', score: 0 };
  for (const separator of separators) {
    const counts = fieldCounts(text, separator);
    const [first = 1] = counts;
    const agreeing = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    const score = first > 1 ? agreeing * Math.min(first, 50) : 0;
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

function fieldCounts(text: string, separator: string): number[] {
  const counts: number[] = [];
  let fields = 1;
  let isQuoted = false;
  for (const character of text.slice(0, 20_000)) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === separator) fields++;
    else if (!isQuoted && character === '\n') {
      counts.push(fields);
      fields = 1;
      if (counts.length === 20) break;
    }
  }
  if (counts.length === 0) counts.push(fields);
  return counts;
}

export interface TableRow {
  /** From 1; the line of names is not counted. */
  readonly number: number;
  readonly cells: readonly string[];
}

/**
 * Rows one after the other, never more in memory than the parser holds. Empty lines are passed over and not counted.
 * @throws `not-a-table` when a quotation mark is never closed, or a row is longer than {@link longestRow}.
 */
export async function* rowsOf(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  format: Pick<TableFormat, 'encoding' | 'separator'>,
): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    delimiter: format.separator,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
  });
  const decoder = new TextDecoder(format.encoding);
  const feed = (async () => {
    for await (const part of bytes) {
      // A zero is no text, and the database takes none.
      if (!parser.write(decoder.decode(part, { stream: true }).replaceAll('\0', ''))) {
        await new Promise<void>((resolve) => {
          parser.once('drain', resolve);
          parser.once('close', resolve);
        });
      }
      if (parser.destroyed) return;
    }
    parser.end(decoder.decode());
  })().catch((error: unknown) => parser.destroy(error as Error));
  try {
    let number = 0;
    for await (const record of parser as AsyncIterable<string[]>) {
      if (record.every((cell) => cell.trim() === '')) continue;
      yield { number, cells: record.slice(0, mostColumns) };
      number++;
    }
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || !code.startsWith('CSV_')) throw error;
    throw Object.assign(
      new Error('a quotation mark in the table is opened and never closed.', { cause: error }),
      {
        code: 'not-a-table' as const,
      },
    );
  } finally {
    parser.destroy();
    await feed;
  }
}

/** Reads the beginning: encoding, separator, names of the columns. Undefined when there is no line of names. */
export async function formatOf(bytes: Uint8Array): Promise<TableFormat | undefined> {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, 64 * 1024));
  const separator = separatorOf(text);
  for await (const { cells } of rowsOf([bytes.subarray(0, 256 * 1024)], { encoding, separator })) {
    const columns = cells.map((cell) => cell.trim().slice(0, 200));
    return columns.some((name) => name !== '') ? { encoding, separator, columns } : undefined;
  }
  return undefined;
}

import { deflateSync, inflateSync } from 'node:zlib';
import { bytesOfString, pdfString } from './pdf-strings.ts';

/**
 * Takes doubled letters out of what a PDF says, without touching what it shows.
 *
 * Typst draws the glyphs of one syllable apart when their heights differ (हु: the vowel sign hangs lower than the
 * letter), and then lets each of them say the whole syllable: a screen reader, a search or a copy gets हुहु. Here every
 * glyph after a syllable's first is told to say nothing (an empty `ActualText`, ISO 32000-1, 14.9.4). Two equal
 * syllables in a row stay two: their glyphs repeat in the same order. Same input, same bytes.
 */
export function mendActualText(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const file = chunksOf(bytes);
  if (!file) return pdf;
  const letters = lettersByFont(file.objects);
  let changed = false;
  for (const [id, page] of file.objects) {
    const dictionary = page.toString('latin1', 0, 4000);
    if (!/\/Type\s*\/Page\b/.test(dictionary)) continue;
    const fonts = fontsOf(file.objects, dictionary, letters);
    for (const [, contents = ''] of dictionary.matchAll(/\/Contents\s+(\d+) 0 R/g)) {
      const object = file.objects.get(contents);
      const stream = object && streamOf(object);
      if (!object || !stream) throw unreadable(`page ${id}`);
      const mended = mendContent(stream, fonts);
      if (mended === undefined) continue;
      file.objects.set(contents, withStream(object, mended));
      changed = true;
    }
  }
  return changed ? joined(file) : pdf;
}

interface PdfFile {
  readonly head: Buffer;
  /** Each object from its number to its `endobj`, in the order of the file. */
  readonly objects: Map<string, Buffer>;
  /** From the word `trailer` on, without the place of the table. */
  readonly trailer: string;
}

/** Undefined when the file has no plain cross-reference table: then it is not our typesetter's and stays as it is. */
function chunksOf(bytes: Buffer): PdfFile | undefined {
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - 64));
  const tableAt = Number(/startxref\s+(\d+)/.exec(tail)?.[1]);
  const table = bytes.toString('latin1', tableAt);
  if (!table.startsWith('xref')) return undefined;
  const offsets = [...table.matchAll(/^(\d{10}) \d{5} n/gm)]
    .map(([, at]) => Number(at))
    .sort((a, b) => a - b);
  const objects = new Map<string, Buffer>();
  offsets.forEach((at, i) => {
    const chunk = bytes.subarray(at, offsets[i + 1] ?? tableAt);
    objects.set(/^\d+/.exec(chunk.toString('latin1', 0, 12))?.[0] ?? '', chunk);
  });
  const trailer = table.slice(table.indexOf('trailer'), table.indexOf('startxref'));
  return { head: bytes.subarray(0, offsets[0]), objects, trailer };
}

function joined({ head, objects, trailer }: PdfFile): Uint8Array {
  const parts: Buffer[] = [head];
  const offsets = new Map<number, number>();
  let at = head.length;
  for (const [id, chunk] of objects) {
    offsets.set(Number(id), at);
    parts.push(chunk);
    at += chunk.length;
  }
  const count = Math.max(...offsets.keys()) + 1;
  const rows = Array.from({ length: count }, (_, id) => {
    const offset = offsets.get(id);
    return offset === undefined
      ? '0000000000 65535 f\r\n'
      : `${String(offset).padStart(10, '0')} 00000 n\r\n`;
  });
  parts.push(Buffer.from(`xref\n0 ${count}\n${rows.join('')}${trailer}startxref\n${at}\n%%EOF`, 'latin1'));
  return Buffer.concat(parts);
}

function streamOf(object: Buffer): string | undefined {
  const start = object.indexOf('stream');
  if (start < 0) return undefined;
  const dictionary = object.toString('latin1', 0, start);
  const from = start + (object[start + 6] === 13 ? 8 : 7);
  const raw = object.subarray(from, from + Number(/\/Length (\d+)/.exec(dictionary)?.[1]));
  return (dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw).toString('latin1');
}

function withStream(object: Buffer, content: string): Buffer {
  const start = object.indexOf('stream');
  const packed = deflateSync(Buffer.from(content, 'latin1'));
  const dictionary = object.toString('latin1', 0, start).replace(/\/Length \d+/, `/Length ${packed.length}`);
  const described = dictionary.includes('/FlateDecode')
    ? dictionary
    : dictionary.replace(/\/Length/, '/Filter /FlateDecode\n  /Length');
  return Buffer.concat([
    Buffer.from(`${described}stream\n`, 'latin1'),
    packed,
    Buffer.from('\nendstream\nendobj\n\n', 'latin1'),
  ]);
}

type Letters = ReadonlyMap<number, string>;

/** By the number of the font's object: what each glyph says. */
function lettersByFont(objects: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Letters> {
  const all = new Map<string, Letters>();
  for (const [id, object] of objects) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(object.toString('latin1', 0, 2000))?.[1];
    const cmap = map === undefined ? undefined : objects.get(map);
    if (!cmap) continue;
    const letters = new Map<number, string>();
    for (const [, block = ''] of (streamOf(cmap) ?? '').matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
      for (const [, glyph = '', said = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
        letters.set(Number.parseInt(glyph, 16), said.toUpperCase());
    all.set(id, letters);
  }
  return all;
}

/** The fonts a page names, by the name. */
function fontsOf(
  objects: ReadonlyMap<string, Buffer>,
  page: string,
  letters: ReadonlyMap<string, Letters>,
): ReadonlyMap<string, Letters> {
  const reference = /\/Resources (\d+) 0 R/.exec(page)?.[1];
  const resources = reference === undefined ? page : (objects.get(reference)?.toString('latin1') ?? '');
  const named = /\/Font\s*<<([^>]*)>>/.exec(resources)?.[1] ?? '';
  return new Map(
    [...named.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [
      name,
      letters.get(id) ?? new Map(),
    ]),
  );
}

/** One operator that shows glyphs, with the text stated around it, if any. */
interface Shown {
  readonly at: number;
  readonly length: number;
  /** Whether everything it shows says one stated text. */
  readonly stated: string | undefined;
  readonly operand: string;
}

/** What says one text at one place: a single glyph, or all glyphs under a stated text. */
interface Saying {
  readonly says: string;
  readonly font: string;
  readonly glyphs: string;
  readonly run: number;
  readonly shown: Shown;
}

const pieces = new RegExp(
  String.raw`\bBT\b|(/Span\s*<<\s*/ActualText\s*<FEFF(\w*)>\s*>>\s*BDC\s*)?(?:\d+ Tr\s+)?/(\w+) [\d.]+ Tf\s+[-\d.\s]+ Tm\s+(\[(?:${pdfString}|[^\]()<])*\]|${pdfString})\s*T[jJ]`,
  'g',
);

/** @returns undefined when nothing is doubled. */
function mendContent(content: string, fonts: ReadonlyMap<string, Letters>): string | undefined {
  const sayings: Saying[] = [];
  let run = 0;
  for (const match of content.matchAll(pieces)) {
    const [token, , stated, font, operand = ''] = match;
    if (font === undefined) {
      run++;
      continue;
    }
    const shown = { at: match.index, length: token.length, stated: stated?.toUpperCase(), operand };
    const glyphs = glyphsOf(operand);
    if (shown.stated !== undefined) {
      sayings.push({ says: shown.stated, font, glyphs: glyphs.join(), run, shown });
      continue;
    }
    for (const glyph of glyphs)
      sayings.push({ says: fonts.get(font)?.get(glyph) ?? '', font, glyphs: String(glyph), run, shown });
  }
  /** How many sayings at the beginning of an operator are to be silent. */
  const silenced = new Map<Shown, number>();
  for (let from = 0; from < sayings.length; ) {
    let to = from + 1;
    while (to < sayings.length && isSame(sayings[from], sayings[to])) to++;
    const group = sayings.slice(from, to);
    const period = periodOf(group.map(({ glyphs }) => glyphs));
    if (group[0]?.says !== '' && period > 1 && group.some(({ run: one }) => one !== group[0]?.run)) {
      group.forEach(({ shown }, i) => {
        if (i % period > 0) silenced.set(shown, (silenced.get(shown) ?? 0) + 1);
      });
    }
    from = to;
  }
  if (silenced.size === 0) return undefined;
  let mended = '';
  let at = 0;
  for (const [shown, count] of [...silenced].sort(([a], [b]) => a.at - b.at)) {
    mended +=
      content.slice(at, shown.at) +
      silentStart(content.slice(shown.at, shown.at + shown.length), shown, count);
    at = shown.at + shown.length;
  }
  return mended + content.slice(at);
}

function isSame(a: Saying | undefined, b: Saying | undefined): boolean {
  return a !== undefined && a.says === b?.says && a.font === b.font;
}

/**
 * How many sayings one syllable takes: the shortest beginning that, repeated, gives the whole. What a syllable begins
 * with may look different inside a word (Bengali ে), so of longer beginnings the first glyph need not be the same.
 */
function periodOf(items: readonly string[]): number {
  for (let period = 1; period < items.length; period++) {
    const repeats = (item: string, i: number) =>
      item === items[i % period] || (period > 1 && i % period === 0);
    if (items.length % period === 0 && items.every(repeats)) return period;
  }
  return items.length;
}

const silence = '/Span <<\n  /ActualText <FEFF>\n>> BDC\n';

function silentStart(operator: string, { stated, operand }: Shown, count: number): string {
  if (stated !== undefined) return operator.replace(/<FEFF\w*>/i, '<FEFF>');
  const before = operator.slice(0, operator.lastIndexOf(operand));
  const first: string[] = [];
  const rest: string[] = [];
  let seen = 0;
  for (const piece of arrayOf(operand)) {
    if (typeof piece === 'number') (seen < count ? first : rest).push(String(piece));
    else (seen++ < count ? first : rest).push(`<${piece.glyph.toString(16).padStart(4, '0')}>`);
  }
  const after = rest.length === 0 ? '' : `\n[${rest.join(' ')}] TJ`;
  return `${silence}${before}[${first.join(' ')}] TJ\nEMC${after}`;
}

const glyphsOf = (operand: string): number[] =>
  arrayOf(operand).flatMap((piece) => (typeof piece === 'number' ? [] : piece.glyph));

/** The operand of TJ or Tj: shifts, and glyphs of two bytes each. */
function arrayOf(operand: string): (number | { readonly glyph: number })[] {
  const pieces = [...operand.matchAll(new RegExp(`${pdfString}|-?[\\d.]+`, 'g'))].map(([piece]) => piece);
  return pieces.flatMap<number | { readonly glyph: number }>((piece) => {
    if (!/^[(<]/.test(piece)) return [Number(piece)];
    const shown = bytesOfString(piece);
    return Array.from({ length: shown.length >> 1 }, (_, i) => ({ glyph: shown.readUInt16BE(2 * i) }));
  });
}

function unreadable(where: string) {
  return Object.assign(new Error(`The typesetter's PDF cannot be followed at ${where}.`), {
    code: 'pdf-unreadable' as const,
  });
}

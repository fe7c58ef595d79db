import { inflateSync } from 'node:zlib';
import { bytesOfString, pdfString } from '../../platform/pdf-strings.ts';

/**
 * Reads a PDF as a screen reader does: letters by ToUnicode, replaced where the file states the actual text
 * (ISO 32000-1, 9.10 and 14.9.4), and the tree of tags (14.7). Knows what our typesetter writes, no more.
 */
export interface ReadPdf {
  /** The text of each page in the order it is drawn, without page headers and footers (artifacts). */
  readonly pages: readonly string[];
  /** Kinds of structure elements in reading order, for instance `H1`, `P`, `Figure`. */
  readonly tags: readonly string[];
  /** Alternative texts of pictures, in reading order. */
  readonly alternatives: readonly string[];
  readonly language: string | undefined;
  readonly title: string | undefined;
}

export function readPdf(pdf: Uint8Array): ReadPdf {
  const bytes = Buffer.from(pdf);
  const objects = objectsOf(bytes);
  const catalog = [...objects.values()].find((one) => /\/Type\s*\/Catalog\b/.test(one.dictionary));
  const pages = [...objects.values()].filter((one) => /\/Type\s*\/Page\b/.test(one.dictionary));
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  const lettersOf = (reference: string) => {
    const known = fonts.get(reference);
    if (known) return known;
    const cmap = /\/ToUnicode (\d+) 0 R/.exec(objects.get(reference)?.dictionary ?? '')?.[1];
    const letters = cmap === undefined ? new Map<number, string>() : lettersOfMap(objects.get(cmap)?.stream);
    fonts.set(reference, letters);
    return letters;
  };
  const tree = /\/StructTreeRoot (\d+) 0 R/.exec(catalog?.dictionary ?? '')?.[1];
  const elements = tree === undefined ? [] : elementsOf(objects, tree);
  return {
    pages: pages.map(({ dictionary }) => {
      const resources = dictionaryAt(objects, dictionary, '/Resources');
      const named = new Map(
        [...dictionaryAt(objects, resources, '/Font').matchAll(/\/(\w+) (\d+) 0 R/g)].map(
          ([, name = '', reference = '']) => [name, lettersOf(reference)],
        ),
      );
      const content = [...(/\/Contents \[?([\d R]+)/.exec(dictionary)?.[1]?.matchAll(/(\d+) 0 R/g) ?? [])];
      return content.map(([, id = '']) => textOf(objects.get(id)?.stream ?? '', named)).join('');
    }),
    tags: elements.map(({ kind }) => kind),
    alternatives: elements.flatMap(({ alternative }) => alternative ?? []),
    language: /\/Lang \((\w+)/.exec(catalog?.dictionary ?? '')?.[1],
    title: titleOf(bytes.toString('utf8')),
  };
}

interface PdfObject {
  readonly dictionary: string;
  /** Unpacked, one character a byte. */
  readonly stream?: string;
}

function objectsOf(bytes: Buffer): ReadonlyMap<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  const plain = bytes.toString('latin1');
  for (const start of plain.matchAll(/(?<=^|\n)(\d+) 0 obj\s/g)) {
    const from = start.index + start[0].length;
    const streamAt = plain.indexOf('stream', from);
    const endAt = plain.indexOf('endobj', from);
    if (streamAt < 0 || streamAt > endAt) {
      objects.set(start[1] ?? '', { dictionary: plain.slice(from, endAt) });
      continue;
    }
    const dictionary = plain.slice(from, streamAt);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const data = streamAt + 6 + (plain[streamAt + 6] === '\r' ? 2 : 1);
    const raw = bytes.subarray(data, data + length);
    const packed = dictionary.includes('/FlateDecode');
    objects.set(start[1] ?? '', {
      dictionary,
      stream: (packed ? inflateSync(raw) : raw).toString('latin1'),
    });
  }
  return objects;
}

/** The dictionary under a key, written there or in an object of its own. */
function dictionaryAt(objects: ReadonlyMap<string, PdfObject>, within: string, key: string): string {
  const at = within.indexOf(key);
  if (at < 0) return '';
  const after = within.slice(at + key.length).trimStart();
  const reference = /^(\d+) 0 R/.exec(after)?.[1];
  if (reference !== undefined) return objects.get(reference)?.dictionary ?? '';
  let depth = 0;
  for (let i = 0; i < after.length - 1; i++) {
    const two = after.slice(i, i + 2);
    if (two === '<<') depth++;
    else if (two === '>>' && --depth === 0) return after.slice(0, i + 2);
  }
  return '';
}

const utf16 = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');

function lettersOfMap(cmap = ''): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', text = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      letters.set(Number.parseInt(glyph, 16), utf16(text));
  return letters;
}

function textOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let text = '';
  let letters: ReadonlyMap<number, string> | undefined;
  /** For each open marked content: whether what is shown inside is already said otherwise, or is no content. */
  const silent: boolean[] = [];
  const tokens = new RegExp(
    String.raw`/(\w+)\s+<<([\s\S]*?)>>\s*BDC|/\w+\s+BMC|\bEMC\b|/(\w+) [\d.]+ Tf|(\[(?:${pdfString}|[^\]()<])*\]|${pdfString})\s*T[jJ]`,
    'g',
  );
  for (const [token, kind, properties, font, operand = ''] of content.matchAll(tokens)) {
    if (token === 'EMC') silent.pop();
    else if (kind !== undefined) {
      const actual = /\/ActualText <FEFF(\w*)>/i.exec(properties ?? '')?.[1];
      const quiet = silent.at(-1) ?? false;
      if (actual !== undefined && !quiet) text += utf16(actual);
      silent.push(quiet || actual !== undefined || kind === 'Artifact');
    } else if (token.endsWith('BMC')) silent.push((silent.at(-1) ?? false) || token.startsWith('/Artifact'));
    else if (font !== undefined) letters = fonts.get(font);
    else if (!silent.at(-1)) {
      for (const [shown] of operand.matchAll(new RegExp(pdfString, 'g'))) {
        const glyphs = bytesOfString(shown);
        for (let i = 0; i + 1 < glyphs.length; i += 2)
          text += letters?.get(glyphs.readUInt16BE(i)) ?? '\uFFFD';
      }
    }
  }
  return text;
}

interface Element {
  readonly kind: string;
  readonly alternative?: string;
}

function elementsOf(objects: ReadonlyMap<string, PdfObject>, id: string): Element[] {
  const dictionary = objects.get(id)?.dictionary ?? '';
  const children = /\/K (\d+ 0 R|\[[^\]]*\])/.exec(dictionary)?.[1] ?? '';
  const below = [...children.matchAll(/(\d+) 0 R/g)].flatMap(([, child = '']) => elementsOf(objects, child));
  const kind = /\/S \/(\w+)/.exec(dictionary)?.[1];
  if (kind === undefined || !/\/Type \/StructElem|\/P \d+ 0 R/.test(dictionary)) return below;
  const alternative = stringAt(dictionary, '/Alt');
  return [{ kind, ...(alternative === undefined ? {} : { alternative }) }, ...below];
}

function stringAt(dictionary: string, key: string): string | undefined {
  const string = new RegExp(`${key} (${pdfString})`).exec(dictionary)?.[1];
  if (string === undefined) return undefined;
  const bytes = bytesOfString(string);
  return bytes[0] === 0xfe && bytes[1] === 0xff
    ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le')
    : bytes.toString('latin1');
}

function titleOf(text: string): string | undefined {
  return /<dc:title>[\s\S]*?<rdf:li[^>]*>([\s\S]*?)<\/rdf:li>/.exec(text)?.[1];
}

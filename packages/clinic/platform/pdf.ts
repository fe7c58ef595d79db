import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';

/** Sets documents with Typst: Indic scripts shaped, lengths exact, same bytes for the same input. docs/decisions. */
export interface Typesetter {
  /**
   * @param source a Typst document. Data belongs in a JSON file it reads, never in the source itself.
   * @param files what the source may open, by absolute path such as `/plan.json`.
   * @throws `typesetting-failed` with the compiler's words.
   */
  pdf(source: string, files: Readonly<Record<string, Uint8Array>>): Uint8Array;
  /** The same as an SVG whose letters are outlines, so that any renderer shows them shaped right. */
  svg(source: string, files: Readonly<Record<string, Uint8Array>>): string;
}

/** The families a document may name; together they set Latin, Devanagari and Bengali. */
export const documentFonts = ['Anek Devanagari', 'Anek Bangla'] as const;

const fontFiles = [400, 600].flatMap((weight) => [
  `@fontsource/anek-devanagari/files/anek-devanagari-latin-${weight}-normal.woff`,
  `@fontsource/anek-devanagari/files/anek-devanagari-latin-ext-${weight}-normal.woff`,
  `@fontsource/anek-devanagari/files/anek-devanagari-devanagari-${weight}-normal.woff`,
  `@fontsource/anek-bangla/files/anek-bangla-bengali-${weight}-normal.woff`,
]);

/** Where the compiler believes the files lie; nothing is read from there. */
const root = process.platform === 'win32' ? 'C:\\undertone-documents' : '/undertone-documents';

/** Reads the fonts once; about 20 ms. */
export function openTypesetter(): Typesetter {
  const require = createRequire(import.meta.url);
  const fonts = fontFiles.map((file) => sfntOfWoff(readFileSync(require.resolve(file))));
  const set = <T>(
    source: string,
    files: Readonly<Record<string, Uint8Array>>,
    draw: (compiler: NodeCompiler, document: NodeTypstDocument) => T,
  ): T => {
    const compiler = NodeCompiler.create({ workspace: root, fontArgs: [{ fontBlobs: fonts }] });
    const separator = process.platform === 'win32' ? '\\' : '/';
    for (const [path, bytes] of Object.entries(files)) {
      compiler.mapShadow(root + path.replaceAll('/', separator), Buffer.from(bytes));
    }
    const compiled = compiler.compile({ mainFileContent: source });
    const document = compiled.result;
    if (!document) {
      const words = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
      throw Object.assign(new Error(`The document could not be set: ${JSON.stringify(words)}`), {
        code: 'typesetting-failed' as const,
      });
    }
    const drawn = draw(compiler, document);
    compiler.evictCache(10);
    return drawn;
  };
  return {
    pdf: (source, files) => set(source, files, (compiler, document) => compiler.pdf(document)),
    svg: (source, files) => set(source, files, (compiler, document) => compiler.plainSvg(document)),
  };
}

/** Unpacks WOFF 1.0 (W3C Recommendation 13 December 2012) to the TrueType file it was made from. */
export function sfntOfWoff(woff: Buffer): Buffer {
  if (woff.readUInt32BE(0) !== 0x774f4646) {
    throw Object.assign(new Error('Not a WOFF 1.0 font.'), { code: 'font-unreadable' as const });
  }
  const tables = woff.readUInt16BE(12);
  const entries = Array.from({ length: tables }, (_, i) => {
    const at = 44 + 20 * i;
    const offset = woff.readUInt32BE(at + 4);
    const packedBytes = woff.readUInt32BE(at + 8);
    const bytes = woff.readUInt32BE(at + 12);
    const packed = woff.subarray(offset, offset + packedBytes);
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      data: packedBytes < bytes ? inflateSync(packed) : packed,
    };
  });
  const aligned = (length: number) => (length + 3) & ~3;
  const size = entries.reduce((sum, { data }) => sum + aligned(data.length), 12 + 16 * tables);
  const sfnt = Buffer.alloc(size);
  const log = Math.floor(Math.log2(tables));
  sfnt.writeUInt32BE(woff.readUInt32BE(4), 0);
  sfnt.writeUInt16BE(tables, 4);
  sfnt.writeUInt16BE(16 << log, 6);
  sfnt.writeUInt16BE(log, 8);
  sfnt.writeUInt16BE(tables * 16 - (16 << log), 10);
  let offset = 12 + 16 * tables;
  entries.forEach(({ tag, checksum, data }, i) => {
    tag.copy(sfnt, 12 + 16 * i);
    sfnt.writeUInt32BE(checksum, 16 + 16 * i);
    sfnt.writeUInt32BE(offset, 20 + 16 * i);
    sfnt.writeUInt32BE(data.length, 24 + 16 * i);
    data.copy(sfnt, offset);
    offset += aligned(data.length);
  });
  return sfnt;
}

/**
 * The typesetter's thread: Typst 0.14 as WebAssembly, the same on every platform. It may open only the files a request
 * brings; it knows no file system, no network and no packages.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import renderer, { CreateSessionOptions, TypstRendererBuilder } from '@myriaddreamin/typst-ts-renderer';
import compilerModule, { TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler';
import { mendActualText } from './actual-text.ts';
import { sfntOfWoff } from './fonts.ts';
import type { TypesettingAnswer, TypesettingRequest } from './pdf.ts';

/** Anek for the clinic's languages; DejaVu for what it lacks: Δ, ≤, →, ✓, and names in Greek, Cyrillic or Arabic. */
const fontFiles = [
  ...[400, 600].flatMap((weight) => [
    `@fontsource/anek-devanagari/files/anek-devanagari-latin-${weight}-normal.woff`,
    `@fontsource/anek-devanagari/files/anek-devanagari-latin-ext-${weight}-normal.woff`,
    `@fontsource/anek-devanagari/files/anek-devanagari-devanagari-${weight}-normal.woff`,
    `@fontsource/anek-bangla/files/anek-bangla-bengali-${weight}-normal.woff`,
  ]),
  '@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff',
  '@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff',
];

const port = parentPort;
if (!port) throw Object.assign(new Error('This file runs as a worker thread.'), { code: 'not-a-worker' });

const require = createRequire(import.meta.url);
const wasm = (name: string) => readFileSync(require.resolve(name));
await compilerModule({ module_or_path: wasm('@myriaddreamin/typst-ts-web-compiler/wasm') });
const builder = new TypstCompilerBuilder();
builder.set_dummy_access_model();
for (const file of fontFiles) await builder.add_raw_font(sfntOfWoff(readFileSync(require.resolve(file))));
const compiler = await builder.build();

/** Only link-preview pictures need the second module, so it waits for the first of them. */
let drawer: Promise<Awaited<ReturnType<TypstRendererBuilder['build']>>> | undefined;
const openDrawer = async () => {
  await renderer({ module_or_path: wasm('@myriaddreamin/typst-ts-renderer/wasm') });
  return new TypstRendererBuilder().build();
};

async function set({ format, source, files }: TypesettingRequest): Promise<Uint8Array | string> {
  compiler.reset_shadow();
  compiler.reset();
  for (const [path, bytes] of Object.entries(files)) compiler.map_shadow(path, bytes);
  compiler.add_source('/main.typ', source);
  const compiled = compiler.compile('/main.typ', [], format === 'pdf' ? 'pdf' : 'vector', plainWords) as {
    readonly result?: Uint8Array;
  };
  if (!compiled.result) throw new Error(JSON.stringify(compiled));
  if (format === 'pdf') return mendActualText(compiled.result);
  drawer ??= openDrawer();
  const drawing = await drawer;
  const options = new CreateSessionOptions();
  options.format = 'vector';
  options.artifact_content = compiled.result;
  const session = drawing.create_session(options);
  const svg = drawing.svg_data(session, pageAndShapes);
  session.free();
  // The colour of letters is a variable of the style sheet left out.
  return svg.replaceAll(/--glyph_(fill|stroke):/g, '$1:');
}

/** The compiler's code for diagnostics as text. */
const plainWords = 1;
/** Of the renderer's parts: the page (1) and the shapes it uses (2), without style sheet (4) and script (8). */
const pageAndShapes = 3;

async function answer(request: TypesettingRequest): Promise<void> {
  const { id } = request;
  try {
    port?.postMessage({ id, ok: true, result: await set(request) } satisfies TypesettingAnswer);
  } catch (error) {
    const words = String(error).slice(0, 1000);
    port?.postMessage({ id, ok: false, words } satisfies TypesettingAnswer);
    // After a trap the module's memory is not to be trusted: the thread ends and the next document gets a new one.
    if (error instanceof WebAssembly.RuntimeError) throw error;
  }
}
port.on('message', (request: TypesettingRequest) => void answer(request));

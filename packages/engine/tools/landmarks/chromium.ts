/**
 * A real Chromium with one page, cut off from the network: it gets the MediaPipe packages and our own engine,
 * types stripped, from this machine's files and nothing else.
 */
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

const require = createRequire(import.meta.url);
const engine = new URL('../../', import.meta.url);

/** `localhost` counts as secure; the port is never opened. */
export const origin = 'http://localhost:1';

export interface BrowserPage {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

const contentTypes: Record<string, string> = {
  js: 'text/javascript',
  ts: 'text/javascript',
  wasm: 'application/wasm',
  data: 'application/octet-stream',
};

/** Opens a page with these scripts: paths inside `@mediapipe/`. */
export async function openPage(scripts: readonly string[] = []): Promise<BrowserPage> {
  const browser = await launch();
  const page = await browser.newPage();
  await page.context().route('**', async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== origin) return route.abort();
    if (url.pathname === '/') {
      const body = scripts.map((path) => `<script src="/@mediapipe/${path}"></script>`).join('');
      return route.fulfill({ contentType: 'text/html', body: `<!doctype html>${body}` });
    }
    const contentType = contentTypes[url.pathname.split('.').pop() ?? ''] ?? 'application/octet-stream';
    return route.fulfill({ contentType, body: await contentsOf(url.pathname.slice(1)) });
  });
  await page.goto(`${origin}/`);
  return { page, close: () => browser.close() };
}

async function contentsOf(path: string): Promise<Buffer | string> {
  if (path.startsWith('@mediapipe/')) return readFile(require.resolve(path));
  return stripTypeScriptTypes(await readFile(new URL(path, engine), 'utf8'));
}

async function launch(): Promise<Browser> {
  // The package skips unpacking when its file exists, even half-written or of another version.
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'chromium-153-'));
  const { default: chromium } = await import('@sparticuz/chromium');
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

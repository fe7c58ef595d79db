import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir, userInfo } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium as playwright } from 'playwright-core';

/** A Chromium that was seen to start on this machine. */
export interface FoundChromium {
  readonly ok: true;
  readonly path: string;
  /** Arguments it needs here; nothing of what `@sparticuz/chromium` suggests (that switches isolation off). */
  readonly args: readonly string[];
  /** Variables to start it with, beside the usual ones. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it came from, for people. */
  readonly from: string;
}

export interface NoChromium {
  readonly ok: false;
  readonly reason: 'no-chromium';
  /** What was tried and what to do. */
  readonly message: string;
}

const quiet = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--force-color-profile=srgb',
];

/** Whether a run must not go on without a browser: `UNDERTONE_REQUIRE_BROWSER=1`, or any continuous integration. */
export function browserIsRequired(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.UNDERTONE_REQUIRE_BROWSER === '1' || env.CI === 'true' || env.CI === '1';
}

/**
 * Finds a Chromium that starts: `CHROMIUM_PATH`, then one installed on the machine, then the one packed in
 * `@sparticuz/chromium`, unpacked once under the system's folder for temporary files.
 */
export async function findChromium(
  env: NodeJS.ProcessEnv = process.env,
): Promise<FoundChromium | NoChromium> {
  const tried: string[] = [];
  const given = env.CHROMIUM_PATH;
  const installed = given === undefined || given === '' ? installedPaths(env) : [given];
  for (const path of installed) {
    const found = await tryToStart(path, {}, 'installed on this machine');
    if (found.ok) return found;
    tried.push(`${path}: ${found.fault}`);
    if (path === given) return missing(tried, 'Correct CHROMIUM_PATH or unset it.');
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    tried.push(`@sparticuz/chromium: made for Linux x64, this is ${process.platform} ${process.arch}`);
    return missing(tried, 'Install Chromium or Chrome, or name one in CHROMIUM_PATH.');
  }
  try {
    const dir = await unpackedChromium();
    const fonts = { FONTCONFIG_PATH: join(dir, 'fonts') };
    const own = { ...fonts, LD_LIBRARY_PATH: join(dir, 'al2023', 'lib') };
    for (const extra of [fonts, own]) {
      const found = await tryToStart(join(dir, 'chromium'), extra, 'from the package @sparticuz/chromium');
      if (found.ok) return found;
      tried.push(`@sparticuz/chromium${extra === own ? ' with its own libraries' : ''}: ${found.fault}`);
    }
  } catch (error) {
    tried.push(`@sparticuz/chromium: ${(error as Error).message}`);
  }
  return missing(tried, 'Install Chromium or Chrome, or name one in CHROMIUM_PATH.');
}

function missing(tried: readonly string[], advice: string): NoChromium {
  const list = tried.length === 0 ? '' : `\n  ${tried.join('\n  ')}`;
  return {
    ok: false,
    reason: 'no-chromium',
    message: `No Chromium starts on this machine. ${advice}${list}`,
  };
}

function installedPaths(env: NodeJS.ProcessEnv): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const usual = [
    ...['Google Chrome', 'Chromium'].flatMap((app) =>
      ['/Applications', join(homedir(), 'Applications')].map((root) =>
        join(root, `${app}.app/Contents/MacOS/${app}`),
      ),
    ),
    ...[env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((root) => root !== undefined)
      .map((root) => join(root, 'Google', 'Chrome', 'Application', 'chrome.exe')),
  ];
  const inPath =
    process.platform === 'win32' ? [] : folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...new Set([...inPath, ...usual])].filter((path) => existsSync(path));
}

/** Opens one page. Root, and containers without user namespaces, cannot have Chromium's sandbox. */
async function tryToStart(
  path: string,
  env: Record<string, string>,
  from: string,
): Promise<FoundChromium | { ok: false; fault: string }> {
  const isRoot = process.platform !== 'win32' && userInfo().uid === 0;
  let fault = 'did not start';
  for (const sandbox of isRoot ? [['--no-sandbox']] : [[], ['--no-sandbox']]) {
    const found: FoundChromium = { ok: true, path, args: [...quiet, ...sandbox], env, from };
    try {
      const browser = await launchChromium(found, 30_000);
      try {
        const page = await browser.newPage();
        await page.goto('data:text/html,<title>started</title>');
        if ((await page.title()) === 'started') return found;
      } finally {
        await browser.close();
      }
    } catch (error) {
      const lines = (error as Error).message.split('\n');
      fault =
        lines.find((line) => /shared librar|denied|not found|No usable sandbox/i.test(line)) ??
        lines[0] ??
        fault;
    }
  }
  return { ok: false, fault: fault.trim() };
}

/** Starts a browser for playwright-core to drive. The caller closes it. */
export function launchChromium(found: FoundChromium, timeoutMs = 60_000): Promise<Browser> {
  return playwright.launch({
    executablePath: found.path,
    args: [...found.args],
    env: { ...(process.env as Record<string, string>), ...found.env },
    timeout: timeoutMs,
  });
}

/**
 * The folder with the packed Chromium, unpacked. The package itself would take any file left in the shared temporary
 * folder, half-written or of another version: here every version and user has a folder of its own, filled under a
 * lock and given its name only when it is whole.
 */
async function unpackedChromium(): Promise<string> {
  const require = createRequire(import.meta.url);
  const packageDir = dirname(dirname(require.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  const uid = userInfo().uid;
  const dir = join(tmpdir(), `undertone-chromium-${version}-${uid}`);
  const unlock = await lockFolder(`${dir}.lock`);
  try {
    if (existsSync(dir)) {
      const info = await lstat(dir);
      if (!info.isDirectory() || info.uid !== uid)
        throw new Error(`${dir} belongs to somebody else; remove it`);
      return dir;
    }
    const half = `${dir}.half`;
    await rm(half, { recursive: true, force: true });
    await mkdir(half, { mode: 0o700 });
    // A process of its own, because the package reads the folder for temporary files and this variable on import.
    // The variable makes it unpack the libraries that bare systems lack.
    await runToEnd(
      process.execPath,
      ['--input-type=module', '-e', unpack(require.resolve('@sparticuz/chromium'))],
      {
        TMPDIR: half,
        AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x',
      },
    );
    await writeFile(join(half, 'fonts', 'fonts.conf'), fontsConf(join(dir, 'fonts')));
    await rename(half, dir);
    return dir;
  } finally {
    await unlock();
  }
}

/** The packed configuration names folders of another system. */
function fontsConf(dir: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${dir}</dir><dir>/usr/share/fonts</dir><cachedir>${dir}/cache</cachedir></fontconfig>\n`;
}

function unpack(module: string): string {
  return `const { default: chromium } = await import(${JSON.stringify(`file://${module}`)}); await chromium.executablePath();`;
}

function runToEnd(program: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`unpacking failed: ${said.slice(0, 500)}`)),
    );
  });
}

async function lockFolder(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(path, 'utf8').catch(() => '0'));
    if (owner > 0 && !isAlive(owner)) await rm(path, { force: true });
    else await wait(100);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const main = join(import.meta.dirname, '..', 'main.ts');

/** Runs one verb of the command line as a process of its own, on a data folder. */
export function undertone(
  home: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const { DATABASE_URL: _url, ...rest } = process.env;
  const env = { ...rest, UNDERTONE_HOME: home, LOG_TO: 'file', ...settings };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      err += part.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** The verb's one JSON object. @throws when it ended with a fault */
export async function verbJson(
  home: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const { code, out, err } = await undertone(home, [...args, '--json'], settings);
  if (code !== 0) throw new Error(`undertone ${args.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as Record<string, unknown>;
}

/** A refusal as people get it: exit code 2, nothing on stdout, one line. @returns that line, or all there was instead */
export function refused({ code, out, err }: Ran): string {
  const isOne = code === 2 && out === '' && /^undertone: [^\n]+\n$/.test(err);
  return isOne ? err.slice('undertone: '.length).trim() : JSON.stringify({ code, out, err });
}

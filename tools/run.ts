import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a program of this project's own `node_modules/.bin` and resolves with its exit code. */
export function run(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  const bin = join(rootDir, 'node_modules', '.bin');
  const local = join(bin, program);
  return new Promise((resolve, reject) => {
    const child = spawn(existsSync(local) ? local : program, args, {
      cwd: rootDir,
      stdio: 'inherit',
      env: { ...process.env, ...env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

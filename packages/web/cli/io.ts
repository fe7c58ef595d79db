import { readFile } from 'node:fs/promises';

/** What a command of the line throws when the person at the keyboard can mend it: exit code 2, one line. */
export function badInput(message: string): Error & { code: 'bad-input' } {
  return Object.assign(new Error(message), { code: 'bad-input' as const });
}

/** Reads a file named on the command line, or says which file is missing and what to do. */
export async function readInput(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'ENOENT') throw badInput(`${what} "${path}" does not exist; check the path.`);
    if (code === 'EISDIR') throw badInput(`${what} "${path}" is a folder; name a file.`);
    throw badInput(`${what} "${path}" cannot be read (${code ?? 'unknown reason'}); check its permissions.`);
  }
}

/** As {@link readInput}, for text in UTF-8, or in UTF-16 where a mark says so, as spreadsheets save it. The mark is dropped. */
export async function readInputText(path: string, what: string): Promise<string> {
  const bytes = await readInput(path, what);
  const marked = [...bytes.subarray(0, 2)].join(' ');
  const encoding = marked === '255 254' ? 'utf-16le' : marked === '254 255' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/**
 * The result of a command: one JSON object on stdout with `--json`, else a summary for people.
 * Every JSON object starts with `format` (for example `undertone/skin-fit`) and `version`.
 */
export function printResult(
  asJson: boolean,
  json: { readonly format: string; readonly version: number },
  human: () => string,
): void {
  process.stdout.write(asJson ? `${JSON.stringify(json)}\n` : `${human()}\n`);
}

/** Progress belongs on stderr, so that stdout stays one JSON object. Silent unless stderr is a terminal. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001B[K`);
}

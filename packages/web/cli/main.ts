import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command, CommanderError } from 'commander';

/**
 * What a file in `verbs/` exports: it adds one command. Anything heavy is imported inside its action, so that
 * `undertone --help` stays quick.
 */
export type RegisterVerb = (program: Command) => void;

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
const program = new Command('undertone')
  .description('The open clinic system for micro-pigmentation.')
  .version(version, '--version', 'print the version of the program')
  .configureOutput({
    outputError: (text, write) => {
      write(asOneLine(`${text.replace(/^error: /, '').trim()} (--help lists what can be given)`));
    },
  })
  .exitOverride();

const verbsDir = join(dirname(fileURLToPath(import.meta.url)), 'verbs');
for (const file of (await readdir(verbsDir)).sort()) {
  if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
  const verb = (await import(pathToFileURL(join(verbsDir, file)).href)) as { register: RegisterVerb };
  verb.register(program);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if ((error as { code?: string }).code === 'bad-input') {
    process.stderr.write(asOneLine((error as Error).message));
    process.exitCode = 2;
  } else {
    process.stderr.write(`undertone: our fault: ${(error as Error).stack ?? String(error)}\n`);
    process.exitCode = 1;
  }
}

/** What the person at the keyboard can mend: one line, with nothing of a file's bytes that a terminal would obey. */
function asOneLine(text: string): string {
  return `undertone: ${text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()}\n`;
}

import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command, CommanderError } from 'commander';

/**
 * What a file in `verbs/` exports: it adds one command. Anything heavy is imported inside its action, so that
 * `undertone --help` stays quick.
 */
export type RegisterVerb = (program: Command) => void;

const program = new Command('undertone')
  .description('The open clinic system for micro-pigmentation.')
  .showHelpAfterError('(add --help for the options)')
  .exitOverride();

const verbsDir = join(dirname(fileURLToPath(import.meta.url)), 'verbs');
for (const file of (await readdir(verbsDir)).sort()) {
  if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
  const verb = (await import(pathToFileURL(join(verbsDir, file)).href)) as { register: RegisterVerb };
  verb.register(program);
}
program.commands.forEach((command) => command.exitOverride());

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if ((error as { code?: string }).code === 'bad-input') {
    process.stderr.write(`undertone: ${(error as Error).message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`undertone: our fault: ${(error as Error).stack ?? String(error)}\n`);
    process.exitCode = 1;
  }
}

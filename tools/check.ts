// `npm run check`: types, lint, format and import boundaries. Each prints its own findings; all run even if one fails.
import { run } from './run.ts';

const steps: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ['route types', 'react-router', 'typegen', 'packages/web'],
  ['types', 'tsc', '-p', '.'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'biome', 'check', '.'],
  ['boundaries', 'depcruise', 'packages', '--config', '.dependency-cruiser.cjs'],
];

const failed: string[] = [];
for (const [name, program, ...args] of steps) {
  process.stdout.write(`\n— ${name}\n`);
  if ((await run(program, args)) !== 0) failed.push(name);
}
process.stdout.write(
  failed.length === 0 ? '\ncheck: all clean\n' : `\ncheck: failed: ${failed.join(', ')}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';

/** Runs every file of property tests once with each seed; names the seeds that found something. */
export function runLaws(seeds: readonly number[], say: (line: string) => void): readonly string[] {
  const files = globSync(['packages/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'], {
    exclude: (path) => path.includes('node_modules'),
  }).filter((file) => readFileSync(file, 'utf8').includes("from 'fast-check'"));
  return seeds.flatMap((seed) => {
    say(`laws: ${files.length} files, seed ${seed}`);
    const { status } = spawnSync('vitest', ['run', '--reporter=dot', ...files], {
      stdio: 'inherit',
      env: { ...process.env, LAWS_SEED: String(seed) },
    });
    return status === 0
      ? []
      : [`a law failed with seed ${seed}: again by npm run fuzz -- laws --seed ${seed}`];
  });
}

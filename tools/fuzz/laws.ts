import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';

interface LawSearch {
  readonly seeds: readonly number[];
  /** How many times as many cases each law is tried with. */
  readonly times: number;
  /** Parts of paths: the files whose path holds one of them; all files when there is none. */
  readonly among: readonly string[];
}

/** Runs the files of property tests once with each seed; names the seeds that found something. */
export function runLaws({ seeds, times, among }: LawSearch, say: (line: string) => void): readonly string[] {
  const files = globSync(['packages/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'], {
    exclude: (path) => path.includes('node_modules'),
  })
    .filter((file) => among.length === 0 || among.some((part) => file.includes(part)))
    .filter((file) => readFileSync(file, 'utf8').includes("from 'fast-check'"));
  if (files.length === 0) throw new Error(`no property test in "${among.join(' ')}"`);
  const again = [times > 1 ? ` --times ${times}` : '', ...among.map((part) => ` ${part}`)].join('');
  return seeds.flatMap((seed) => {
    say(`laws: ${files.length} files, ${times} times the cases, seed ${seed}`);
    const { status } = spawnSync('vitest', ['run', '--reporter=dot', ...files], {
      stdio: 'inherit',
      env: { ...process.env, LAWS_SEED: String(seed), LAWS_TIMES: String(times) },
    });
    return status === 0
      ? []
      : [`a law failed with seed ${seed}: again by npm run fuzz -- laws --seed ${seed}${again}`];
  });
}

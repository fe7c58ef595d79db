// `npm run bench -- NAME …` runs one bench of this folder or the clinic's; without a name, that of every stage from photo
// to plan, and lists the others.
import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * What a file of this folder exports. `run` prints its own tables on stdout and may take the words that follow its
 * name on the command line. Inputs are built before the clock starts; checksums stay outside timed loops.
 */
export interface Bench {
  readonly name: string;
  readonly describe: string;
  run(args: readonly string[]): void | Promise<void>;
}

async function discover(): Promise<Map<string, Bench>> {
  const dir = dirname(fileURLToPath(import.meta.url));
  const found = new Map<string, Bench>();
  for (const folder of [dir, join(dir, '..', '..', 'clinic', 'bench')]) {
    for (const file of (await readdir(folder)).sort()) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file === 'run.ts') continue;
      const bench = (await import(pathToFileURL(join(folder, file)).href)) as Partial<Bench>;
      if (bench.name && bench.describe && bench.run) found.set(bench.name, bench as Bench);
    }
  }
  return found;
}

const [wanted, ...args] = process.argv.slice(2);
const benches = await discover();
const bench = benches.get(wanted ?? 'plan');
if (bench) {
  console.log(`${bench.name}: ${bench.describe}`);
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus()[0]?.model ?? 'unknown CPU'}\n`,
  );
  await bench.run(args);
} else {
  console.error(`There is no bench "${wanted}".`);
  process.exitCode = 2;
}
if (wanted === undefined || !bench) {
  console.log('npm run bench -- NAME\n');
  for (const { name, describe } of benches.values()) console.log(`  ${name.padEnd(12)}${describe}`);
}

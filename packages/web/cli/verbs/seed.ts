import type { Command } from 'commander';
import { wholeFlag } from '../flags.ts';
import { badInput, printResult, progress } from '../io.ts';
import { withClinic } from '../with-clinic.ts';

interface SeedFlags {
  readonly simulated?: string;
  readonly seed: string;
  readonly json?: true;
}

/** More people than any clinic has; each takes about a kilobyte. */
const mostSimulated = 5_000_000;

export function register(program: Command): void {
  program
    .command('seed')
    .description(
      'Put the sample clinic and its invented patients into the database; what is there stays as it is.',
    )
    .option('--simulated <n>', 'so many more invented patients, for trying out a full clinic')
    .option('--seed <n>', 'the same number gives the same simulated patients', '1')
    .option('--json', 'one JSON object on stdout (format undertone/seed, version 1)')
    .action(run);
}

async function run(flags: SeedFlags): Promise<void> {
  const simulated = flags.simulated === undefined ? 0 : wholeFlag('--simulated', flags.simulated);
  const seed = wholeFlag('--seed', flags.seed);
  if (simulated < 0 || simulated > mostSimulated)
    throw badInput(`--simulated ${simulated} is not from 0 to ${mostSimulated}.`);
  if (seed < 0 || seed > 0xffffffff) throw badInput(`--seed ${seed} is not from 0 to 4294967295.`);
  const { sampleTenant } = await import('@undertone/clinic/sample/clinic.ts');
  const { seedSample } = await import('@undertone/clinic/sample/seed.ts');
  const { seedSimulated } = await import('@undertone/clinic/sample/simulated.ts');
  const result = await withClinic(async (clinic) => {
    const { isNew, patients } = await seedSample(clinic);
    if (simulated === 0) return { isNew, patients, simulated: undefined };
    const written = await seedSimulated(clinic, {
      tenantId: sampleTenant.id,
      patients: simulated,
      seed,
      onProgress: (done) => progress(`simulated patients: ${done} of ${simulated}`),
    });
    progress('');
    return { isNew, patients, simulated: written };
  });
  printResult(flags.json === true, { format: 'undertone/seed', version: 1, ...result }, () => {
    const { simulated: added } = result;
    const people = added
      ? ` Simulated: ${added.patients} patients, ${added.sessions} sessions, ${added.checkIns} check-ins, ${added.events} adverse events were added.`
      : '';
    return result.isNew
      ? `The sample clinic is open, with ${result.patients} invented patients.${people}`
      : `The sample clinic was there; ${result.patients} patients added.${people}`;
  });
}

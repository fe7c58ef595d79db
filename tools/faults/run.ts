// `npm run faults`: what must survive, is made to fail, while visitors book and give back. Then what they were told is held
// against the database. Prints what was seen and how long nobody was answered; ends with code 1 when something was lost.
//
//   npm run faults                          every trial; a hundred kills
//   npm run faults -- kills --rounds 30     one trial, or several by name
//   npm run faults -- kills --targets first,database
//   npm run faults -- --seed 7              another order of events
import { parseArgs } from 'node:util';
import { bucketAway } from './bucket.ts';
import { clockJumps } from './clock.ts';
import { databaseRestarts } from './database.ts';
import { fullDisk } from './disk.ts';
import { kills } from './kills.ts';
import { mailAway } from './mail.ts';
import { replica } from './replica.ts';
import type { Target } from './server.ts';
import { slowNetwork } from './slow.ts';
import type { TrialOptions } from './stage.ts';
import { twoVersions } from './versions.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    visitors: { type: 'string', default: '8' },
    targets: { type: 'string' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const options: TrialOptions = {
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  visitors: Number(values.visitors),
  say,
};

/** Each trial by name. It says what it saw; what was wrong comes back. */
const trials: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  kills: async () => {
    const targets = values.targets?.split(',') as readonly Target[] | undefined;
    const result = await kills({ ...options, ...(targets && { targets }) });
    say(JSON.stringify(result, null, 2));
    return result.faults;
  },
  database: () => databaseRestarts(options),
  replica: () => replica(options),
  mail: () => mailAway(options),
  bucket: () => bucketAway(options),
  clock: () => clockJumps(options),
  slow: () => slowNetwork(options),
  disk: () => fullDisk(options),
  versions: () => twoVersions(options),
};

const chosen = positionals.length > 0 ? positionals : Object.keys(trials);
const unknown = chosen.filter((name) => !(name in trials));
if (unknown.length > 0)
  throw new Error(`there is no trial "${unknown.join(', ')}"; there are ${Object.keys(trials).join(', ')}`);
for (const name of chosen) {
  say(`\n${name}`);
  const begunMs = performance.now();
  const faults = await trials[name]!();
  say(
    `${name}: ${faults.length === 0 ? 'held' : `FAILED: ${faults.join('; ')}`} (${Math.round((performance.now() - begunMs) / 1000)} s)`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

// `npm run faults`: what must survive, is made to fail. Prints what was seen; ends with code 1 when something was lost.
//
//   npm run faults                          every trial; a hundred kills
//   npm run faults -- --rounds 30 --only kills
//   npm run faults -- --seed 7              another order of events
import { parseArgs } from 'node:util';
import { kills } from './kills.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    visitors: { type: 'string', default: '8' },
    only: { type: 'string' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const options = {
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  visitors: Number(values.visitors),
  say,
};

/** Each trial by name. It prints what it saw, and says what was wrong. */
const trials: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  kills: async () => {
    const result = await kills(options);
    say(JSON.stringify(result, null, 2));
    return result.faults;
  },
};

const chosen = values.only?.split(',') ?? Object.keys(trials);
for (const name of chosen) {
  const trial = trials[name];
  if (trial === undefined)
    throw new Error(`there is no trial "${name}"; there are ${Object.keys(trials).join(', ')}`);
  say(`\n${name}`);
  const begunMs = performance.now();
  const faults = await trial();
  say(
    `${name}: ${faults.length === 0 ? 'held' : `FAILED: ${faults.join('; ')}`} (${Math.round((performance.now() - begunMs) / 1000)} s)`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

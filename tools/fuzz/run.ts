// Hostile requests against every address of the program: npm run fuzz -- [--seconds 60] [--seed 7] [--scanners]
// A site of its own is started and thrown away. Whatever is sent, the answer must be a refusal or a page: never a fault
// (5xx), a stack trace, a script that came back as one, a header that was slipped in, a file of the machine, or silence.
// The first request of each kind of fault is made as small as it can be and printed with the seed. Then come hostile
// files, addresses that climb, formulas in tables and, where they are installed, scanners that others wrote.
import { parseArgs } from 'node:util';
import { removeHome, startSite } from '../site.ts';
import { ask, enter, faultIn, show, shrink, signIn } from './asking.ts';
import { scan } from './scanners.ts';
import { climbOut, formulasGivenOut, hostileFiles, sendHostileFiles, torturePictures } from './uploads.ts';
import { knownOfTheProgram, wishes } from './wishes.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    scanners: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);

const say = (line: string) => process.stdout.write(`${line}\n`);
const site = await startSite({ env: { TRUSTED_PROXIES: '1', LOG_LEVEL: 'error' } });
const faults = new Map<string, string>();
let sent = 0;
try {
  let keys = await enter(site);
  const files = [...hostileFiles(seed), ...(await torturePictures())];
  for (const fault of [
    ...(await sendHostileFiles(site, keys, files)),
    ...(await climbOut(site, keys)),
    ...(await formulasGivenOut(site, keys)),
  ])
    faults.set(fault, '');
  say(`files: ${files.length} of them to every address that takes one, ${faults.size} faults`);
  if (values.scanners) for (const finding of await scan(site.url, keys.cookie, say)) faults.set(finding, '');

  const until = performance.now() + Number(values.seconds) * 1000;
  for (const wish of wishes(await knownOfTheProgram(), seed)) {
    if (performance.now() >= until) break;
    if (sent % 150 === 149) keys = await signIn(site, keys);
    sent++;
    const fault = faultIn(await ask(site, wish, keys));
    if (fault === undefined) continue;
    const where = wish.path.split('?')[0]?.replaceAll(/[0-9a-f-]{36}/g, ':id');
    const key = `${fault} at ${wish.method} ${where?.slice(0, 80)}`;
    if (faults.has(key)) continue;
    faults.set(key, '');
    faults.set(key, show(await shrink(site, wish, keys, fault)));
  }
} finally {
  await site.stop();
  await removeHome(site.home);
}
for (const [what, smallest] of faults) say(`FAULT  ${what}\n       ${smallest}`);
say(`fuzz: ${sent} requests, ${faults.size} kinds of fault, seed ${seed}`);
if (faults.size > 0) process.exitCode = 1;

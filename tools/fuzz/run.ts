// Hostile requests against every address of the program: npm run fuzz -- [--seconds 60] [--seed 7]
// Scanners that others wrote, as a visitor and as the owner: npm run fuzz -- scanners [--seconds 30]
// Every property test (or those of some paths) with seeds that npm test does not use, and more cases:
// npm run fuzz -- laws [--rounds 3] [--seed 7] [--times 20] [packages/engine/colour …]
// For the first two a site of its own is started and thrown away. Whatever is sent, the answer must be a refusal or a page: never a fault
// (5xx), a stack trace, a script that came back as one, a header that was slipped in, a file of the machine, or silence.
// The first request of each kind of fault is made as small as it can be and printed with the seed. Then come hostile
// files, addresses that climb and formulas in tables.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { removeHome, startSite } from '../site.ts';
import { ask, enter, faultIn, type Keys, show, shrink, signIn } from './asking.ts';
import { runLaws } from './laws.ts';
import { scan } from './scanners.ts';
import { climbOut, formulasGivenOut, hostileFiles, sendHostileFiles, torturePictures } from './uploads.ts';
import { knownOfTheProgram, wishes } from './wishes.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string' },
    rounds: { type: 'string' },
    times: { type: 'string' },
  },
});
const isScan = positionals[0] === 'scanners';
const isLaws = positionals[0] === 'laws';
if (!isLaws && positionals.length > (isScan ? 1 : 0))
  throw new Error(`there is no "${positionals.join(' ')}"`);
const seed = Number(values.seed ?? Date.now() % 1_000_000);

const say = (line: string) => process.stdout.write(`${line}\n`);
if (isLaws) {
  const rounds = Number(values.rounds ?? (values.seed === undefined ? 3 : 1));
  const seeds = Array.from({ length: rounds }, (_, n) => seed + n);
  const times = Number(values.times ?? 1);
  if (!(times >= 1)) throw new Error(`--times is a number from 1 on, not "${values.times}"`);
  const failed = runLaws({ seeds, times, among: positionals.slice(1) }, say);
  for (const failure of failed) say(`FAULT  ${failure}`);
  say(`laws: ${rounds} seeds from ${seed}, ${failed.length} of them found something`);
  process.exit(failed.length > 0 ? 1 : 0);
}
const site = await startSite({ env: { TRUSTED_PROXIES: '1', LOG_LEVEL: 'error' } });
/** What was wrong, and what is known of it. */
const faults = new Map<string, string>();
let sent = 0;
try {
  const keys = await enter(site);
  if (isScan) {
    const seconds = Number(values.seconds ?? 30);
    for (const finding of await scan({ url: site.url, cookie: keys.cookie, say, seconds }))
      faults.set(finding, '');
  } else {
    await sendFiles(keys);
    await sendWishes(keys, Number(values.seconds ?? 60));
  }
} finally {
  await site.stop();
  await removeHome(site.home);
}
for (const [what, smallest] of faults) say(`FAULT  ${what}\n       ${smallest}`);
say(
  isScan
    ? `scanners: ${faults.size} findings`
    : `fuzz: ${sent} requests, ${faults.size} kinds of fault, seed ${seed}`,
);
if (faults.size > 0) process.exitCode = 1;

async function sendFiles(keys: Keys): Promise<void> {
  const files = [...hostileFiles(seed), ...(await torturePictures())];
  for (const fault of [
    ...(await sendHostileFiles(site, keys, files)),
    ...(await climbOut(site, keys)),
    ...(await formulasGivenOut(site, keys)),
  ])
    faults.set(fault, '');
  say(`files: ${files.length} of them to every address that takes one, ${faults.size} faults`);
}

async function sendWishes(entered: Keys, seconds: number): Promise<void> {
  let keys = entered;
  const until = performance.now() + seconds * 1000;
  for (const wish of wishes(await knownOfTheProgram(), seed)) {
    if (performance.now() >= until) return;
    if (sent % 150 === 149) keys = await signIn(site, keys);
    sent++;
    const answer = await ask(site, wish, keys);
    const fault = faultIn(answer);
    if (fault === undefined) continue;
    const where = wish.path.split('?')[0]?.replaceAll(/[0-9a-f-]{36}/g, ':id');
    const key = `${fault} at ${wish.method} ${where?.slice(0, 80)}`;
    if (faults.has(key)) continue;
    const logged = await loggedOf(answer);
    // A fault that needs what came before it does not come again: then the whole request is shown.
    faults.set(key, `${show(await shrink(site, wish, keys, fault))}${logged}`);
  }
}

/** What the site's own log says of an answer: a fault that is seen once is explained by nothing else. */
async function loggedOf(answer: Awaited<ReturnType<typeof ask>>): Promise<string> {
  const id = typeof answer === 'string' ? undefined : answer.headers['x-request-id'];
  const log = await readFile(join(site.home, 'log', 'undertone.log'), 'utf8').catch(() => '');
  const line = id === undefined ? undefined : log.split('\n').find((one) => one.includes(String(id)));
  return line === undefined ? '' : `\n       log: ${line.slice(0, 3000)}`;
}

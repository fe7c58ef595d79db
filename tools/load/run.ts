// `npm run load`: a named mix of requests at a fixed rate against the clinic in 1, 2 and 4 processes. Requests start when they
// are due, whether or not earlier ones have been answered, and times count from when they were due (no coordinated omission).
//
//   npm run load                                      10 000 bookings, 1 and 2 processes, 10 s each
//   npm run load -- --full                            10 thousand and 1 million bookings, 1, 2 and 4 processes
//   npm run load -- --processes 4 --bookings 1000000  what is named
//   npm run load -- --rate 40 --seconds 20
//   npm run load -- --most                            then the rate grows by a quarter until the slowest twentieth takes
//                                                     more than a second, or something fails: the largest rate carried
//   npm run load -- --clinics 140 --each 2000         one clinic of that size alone, then so many of them in one database:
//                                                     what the others cost a desk's day, a day of free times and a booking
//   npm run load -- --fence                           what row-level security costs a booking, with and without in turns
//
// The generator runs on the same machine and takes its share of it.
import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startServer } from '../faults/server.ts';
import { removeHome } from '../site.ts';
import { seededChance } from '../trial/chance.ts';
import { fillBookings, joinTrial, startsOn, type TrialClinic, trialService } from '../trial/clinic.ts';
import { someAddress } from '../trial/visitors.ts';
import { measureClinics } from './clinics.ts';
import { fenceCost } from './fence.ts';
import { atRate, chosenOf, type Sample, shareAt, tableOf } from './samples.ts';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    most: { type: 'boolean', default: false },
    fence: { type: 'boolean', default: false },
    clinics: { type: 'string' },
    each: { type: 'string', default: '2000' },
    processes: { type: 'string' },
    bookings: { type: 'string' },
    rate: { type: 'string', default: '30' },
    seconds: { type: 'string', default: '10' },
    listeners: { type: 'string', default: '20' },
  },
});
const rate = Number(values.rate);
const seconds = Number(values.seconds);

/** Of a hundred requests so many; the mix of a clinic with an online booking page and a desk that looks often. */
const mix = {
  'public page': 25,
  'month of free times': 15,
  'day of free times': 20,
  'booking made': 10,
  'desk calendar': 12,
  'patient search': 10,
  'chart opened': 8,
} as const;
type Kind = keyof typeof mix;

const counts = (text: string | undefined, usual: readonly number[]) => text?.split(',').map(Number) ?? usual;
if (values.clinics !== undefined) {
  for (const clinics of [1, Number(values.clinics)])
    await measureClinics({ clinics, each: Number(values.each), rate, seconds });
  process.exit();
}
for (const bookings of counts(values.bookings, values.full ? [10_000, 1_000_000] : [10_000])) {
  for (const processes of counts(values.processes, values.full ? [1, 2, 4] : [1, 2]))
    await measure(processes, bookings);
}

async function measure(processes: number, bookings: number): Promise<void> {
  const server = await startServer({ args: ['--processes', String(processes)] });
  try {
    const trial = await joinTrial(server, 40);
    const filledMs = performance.now();
    const there = await fillBookings(trial.clinic, [trial], bookings);
    process.stdout.write(
      `\n${there} bookings written in ${((performance.now() - filledMs) / 1000).toFixed(0)} s\n`,
    );
    if (values.fence) {
      const { fencedMs, ownerMs } = await fenceCost(server.home, trial, 400, seededChance(3));
      process.stdout.write(
        `a booking behind the fence ${fencedMs.toFixed(1)} ms, as the owner ${ownerMs.toFixed(1)} ms: ${(fencedMs / ownerMs).toFixed(2)} times\n`,
      );
    }
    const heard: number[] = [];
    const leave = new AbortController();
    const listening = Array.from({ length: Number(values.listeners) }, (_, i) => {
      heard[i] = 0;
      return listen(`${server.url}/desk/calendar/live`, trial.cookie, leave.signal, () => heard[i]!++);
    });
    await drive(server.url, trial, 3, rate, () => undefined);
    const samples: Sample<Kind>[] = [];
    const tookMs = await drive(server.url, trial, seconds, rate, (sample) => samples.push(sample));
    print(processes, there, samples, tookMs);
    if (values.most) await growUntilFull(server.url, trial);
    leave.abort();
    await Promise.allSettled(listening);
    process.stdout.write(
      `screens that were told of changes: ${heard.filter((count) => count > 0).length} of ${heard.length}, ${Math.min(...heard)} to ${Math.max(...heard)} times\n`,
    );
    await trial.leave();
  } finally {
    await server.stop();
    await removeHome(server.home);
  }
}

/** Steps of some seconds, each a quarter faster, until one is not carried any more. */
async function growUntilFull(url: string, trial: TrialClinic): Promise<void> {
  let carried = 0;
  for (let asked = rate; asked < 2000; asked *= 1.25) {
    const samples: Sample<Kind>[] = [];
    const tookMs = await drive(url, trial, Math.min(seconds, 6), asked, (sample) => samples.push(sample));
    const slow = shareAt(samples, 0.95);
    const failed = samples.filter(({ ok }) => !ok).length;
    process.stdout.write(
      `${asked.toFixed(0)} a second asked: ${((samples.length * 1000) / tookMs).toFixed(0)} answered, p50 ${shareAt(samples, 0.5).toFixed(0)} ms, p95 ${slow.toFixed(0)} ms, ${failed} failed\n`,
    );
    if (slow > 1000 || failed > samples.length / 100) break;
    carried = asked;
  }
  process.stdout.write(
    `largest rate carried (p95 within 1 s, none of a hundred failed): ${carried.toFixed(0)} a second\n`,
  );
}

async function drive(
  url: string,
  trial: TrialClinic,
  forSeconds: number,
  perSecond: number,
  note: (one: Sample<Kind>) => void,
): Promise<number> {
  const chance = seededChance(forSeconds);
  const patients = await trial.clinic.db.selectFrom('patients').select('id').limit(5).execute();
  return atRate({ perSecond, seconds: forSeconds }, note, (n) => {
    const kind = chosenOf(mix, chance());
    const patientId = patients[n % patients.length]?.id ?? '';
    return { kind, answered: ask(url, trial, kind, patientId, chance) };
  });
}

async function ask(
  url: string,
  trial: TrialClinic,
  kind: Kind,
  patientId: string,
  chance: () => number,
): Promise<boolean> {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const from = { 'x-forwarded-for': someAddress(chance) };
  const desk = { ...from, cookie: trial.cookie };
  const get = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(30_000) });
    await answer.arrayBuffer();
    return answer.ok;
  };
  const times = (days: number) =>
    get(`/api/v1/availability?service=${trialService}&from=${day(3)}&to=${day(2 + days)}`, from);
  switch (kind) {
    case 'public page':
      return get('/en', from);
    case 'month of free times':
      return times(30);
    case 'day of free times':
      return times(1);
    case 'desk calendar':
      return get('/desk/calendar', desk);
    case 'patient search':
      return get('/desk/patients?q=Sample', desk);
    case 'chart opened':
      return get(`/desk/patients/${patientId}`, desk);
    case 'booking made': {
      const key = randomUUID();
      const starts = startsOn(70 + Math.floor(chance() * 200));
      const answer = await fetch(`${url}/api/v1/bookings`, {
        method: 'POST',
        headers: { ...from, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({
          service: trialService,
          start: starts[Math.floor(chance() * starts.length)],
          staff: trial.practitionerIds[Math.floor(chance() * trial.practitionerIds.length)],
          name: 'Sample visitor of a trial',
          email: `${key}@example.org`,
          altcha: await trial.challenge(),
        }),
        signal: AbortSignal.timeout(30_000),
      });
      await answer.arrayBuffer();
      return answer.ok || answer.status === 409;
    }
  }
}

/** A screen at the desk that is told of changes. */
async function listen(address: string, cookie: string, signal: AbortSignal, told: () => void): Promise<void> {
  const stream = await fetch(address, { headers: { cookie, 'x-forwarded-for': '10.0.0.1' }, signal });
  for await (const part of stream.body ?? []) {
    if (Buffer.from(part as Uint8Array).includes('event: changed')) told();
  }
}

function print(processes: number, bookings: number, samples: readonly Sample<Kind>[], tookMs: number): void {
  process.stdout.write(
    `\n${processes} processes, ${bookings} bookings: ${((samples.length * 1000) / tookMs).toFixed(1)} requests/s answered of ${rate} asked; load of the machine ${loadavg()[0]?.toFixed(1)}\n`,
  );
  process.stdout.write(tableOf(Object.keys(mix), samples));
}

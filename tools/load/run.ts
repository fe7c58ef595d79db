// `npm run load`: a named mix of requests at a fixed rate against the clinic in 1, 2 and 4 processes. Requests start when they
// are due, whether or not earlier ones have been answered, and times count from when they were due (no coordinated omission).
//
//   npm run load                        10 000 bookings, 1 and 2 processes, 10 s each
//   npm run load -- --full              10 thousand and 1 million bookings, 1, 2 and 4 processes
//   npm run load -- --rate 40 --seconds 20
//
// The generator runs on the same machine and takes its share of it.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startServer } from '../faults/server.ts';
import { removeHome } from '../site.ts';
import { seededChance } from '../trial/chance.ts';
import { fillBookings, joinTrial, startsOn, type TrialClinic, trialService } from '../trial/clinic.ts';
import { someAddress } from '../trial/visitors.ts';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
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

interface Sample {
  readonly kind: Kind;
  readonly ms: number;
  readonly ok: boolean;
}

for (const bookings of values.full ? [10_000, 1_000_000] : [10_000]) {
  for (const processes of values.full ? [1, 2, 4] : [1, 2]) await measure(processes, bookings);
}

async function measure(processes: number, bookings: number): Promise<void> {
  const server = await startServer({ args: ['--processes', String(processes)] });
  try {
    const trial = await joinTrial(server, 40);
    const there = await fillBookings(trial, bookings);
    const leave = new AbortController();
    const listening = Array.from({ length: Number(values.listeners) }, () =>
      listen(`${server.url}/desk/calendar/live`, trial.cookie, leave.signal),
    );
    await drive(server.url, trial, 3, () => undefined);
    const samples: Sample[] = [];
    const tookMs = await drive(server.url, trial, seconds, (sample) => samples.push(sample));
    leave.abort();
    await Promise.allSettled(listening);
    await trial.leave();
    print(processes, there, samples, tookMs);
  } finally {
    await server.stop();
    await removeHome(server.home);
  }
}

async function drive(
  url: string,
  trial: TrialClinic,
  forSeconds: number,
  note: (one: Sample) => void,
): Promise<number> {
  const chance = seededChance(forSeconds);
  const patients = await trial.clinic.db.selectFrom('patients').select('id').limit(5).execute();
  const begunMs = performance.now();
  const under: Promise<void>[] = [];
  for (let n = 0; n < rate * forSeconds; n++) {
    const dueMs = begunMs + (n * 1000) / rate;
    if (dueMs > performance.now()) await pause(dueMs - performance.now());
    const kind = chosen(chance());
    under.push(
      ask(url, trial, kind, patients[n % patients.length]?.id ?? '', chance)
        .catch(() => false)
        .then((ok) => note({ kind, ms: performance.now() - dueMs, ok })),
    );
  }
  await Promise.all(under);
  return performance.now() - begunMs;
}

function chosen(at: number): Kind {
  let left = at * 100;
  for (const [kind, share] of Object.entries(mix)) {
    left -= share;
    if (left < 0) return kind as Kind;
  }
  return 'public page';
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

/** A screen at the desk that is told of changes; what it is told is thrown away. */
async function listen(address: string, cookie: string, signal: AbortSignal): Promise<void> {
  const stream = await fetch(address, { headers: { cookie, 'x-forwarded-for': '10.0.0.1' }, signal });
  for await (const _ of stream.body ?? []);
}

function print(processes: number, bookings: number, samples: readonly Sample[], tookMs: number): void {
  const line = (name: string, of: readonly Sample[]) => {
    const sorted = of.map(({ ms }) => ms).sort((a, b) => a - b);
    const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(0).padStart(7);
    const failed = of.filter(({ ok }) => !ok).length;
    process.stdout.write(
      `${name.padEnd(22)}${String(of.length).padStart(6)}${at(0.5)}${at(0.95)}${at(0.99)}${String(failed).padStart(8)}\n`,
    );
  };
  process.stdout.write(
    `\n${processes} processes, ${bookings} bookings: ${((samples.length * 1000) / tookMs).toFixed(1)} requests/s answered of ${rate} asked\n`,
  );
  process.stdout.write('milliseconds           asked    p50    p95    p99  failed\n');
  line('all', samples);
  for (const kind of Object.keys(mix))
    line(
      kind,
      samples.filter((one) => one.kind === kind),
    );
}

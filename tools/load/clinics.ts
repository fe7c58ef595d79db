import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { solved } from '@undertone/clinic/booking/testing/clinic.ts';
import { openClinic } from '@undertone/clinic/open-clinic.ts';
import { startServer } from '../faults/server.ts';
import { removeHome, type Site } from '../site.ts';
import { seededChance } from '../trial/chance.ts';
import {
  askAt,
  fillBookings,
  joinTrial,
  preparePlace,
  signIn,
  startsOn,
  type TrialClinic,
  type TrialPlace,
  trialService,
} from '../trial/clinic.ts';
import { someAddress } from '../trial/visitors.ts';
import { atRate, chosenOf, type Sample, tableOf } from './samples.ts';

/** What a desk and its visitors ask for in turns, of a hundred. */
const mix = { 'day of free times': 40, 'booking made': 20, 'desk calendar': 40 } as const;
type Kind = keyof typeof mix;

/** One of the clinics: where it is spoken to, and as whom. */
interface Open extends TrialPlace {
  /** Host name with port. */
  readonly host: string;
  readonly cookie: string;
}

/** A small clinic each. */
const practitioners = 4;
/** A clinic opened beside a running program is known to each of its processes after five seconds and one request. */
const knownWithinMs = 6000;

/**
 * So many clinics in one database, each with its host name, its owner and its bookings; requests go to one of them after the
 * other, so that no two in a row are of the same clinic.
 */
export async function measureClinics(wanted: {
  readonly clinics: number;
  readonly each: number;
  readonly rate: number;
  readonly seconds: number;
}): Promise<void> {
  const server = await startServer({ args: ['--processes', '2'] });
  try {
    const begunMs = performance.now();
    const trial = await joinTrial(server, practitioners);
    const all = [
      { ...trial, host: new URL(server.url).host },
      ...(await openOthers(server, trial, wanted.clinics - 1)),
    ];
    const bookings = await fillBookings(trial.clinic, all, wanted.each);
    process.stdout.write(
      `\n${all.length} clinics with ${bookings} bookings made in ${((performance.now() - begunMs) / 1000).toFixed(0)} s\n`,
    );
    const chance = seededChance(wanted.clinics);
    const send = (n: number) => {
      const kind = chosenOf(mix, chance());
      return { kind, answered: ask(server, trial, all[n % all.length]!, kind, chance) };
    };
    await atRate<Kind>({ perSecond: wanted.rate, seconds: 5 }, () => undefined, send);
    const samples: Sample<Kind>[] = [];
    const tookMs = await atRate(
      { perSecond: wanted.rate, seconds: wanted.seconds },
      (one) => samples.push(one),
      send,
    );
    process.stdout.write(
      `${all.length} clinics, 2 processes: ${((samples.length * 1000) / tookMs).toFixed(1)} requests/s answered of ${wanted.rate} asked; load of the machine ${loadavg()[0]?.toFixed(1)}\n${tableOf(Object.keys(mix), samples)}`,
    );
    await trial.leave();
  } finally {
    await server.stop();
    await removeHome(server.home);
  }
}

async function openOthers(site: Site, { clinic }: TrialClinic, count: number): Promise<readonly Open[]> {
  const { port } = new URL(site.url);
  const opened = [];
  for (let n = 1; n <= count; n++) {
    const name = `clinic-${n}.localhost`;
    const one = await openClinic(clinic, {
      name: `Clinic ${n} of the trial`,
      host: name,
      country: 'IN',
      zone: 'Asia/Kolkata',
      currency: 'INR',
      languages: ['en'],
      branch: 'Main',
    });
    if (!one.ok) throw new Error(one.message);
    const place = await preparePlace(clinic, one.tenantId, practitioners);
    opened.push({ ...place, host: `${name}:${port}`, invite: new URL(one.invite.url).pathname });
  }
  if (opened.length > 0) {
    await pause(knownWithinMs);
    // Connections are handed round: with one of its own for each request every process is asked.
    const headers = { Host: new URL(site.url).host, Connection: 'close' };
    for (let n = 0; n < 8; n++) await askAt(site.url, '/en', { headers });
    await pause(knownWithinMs);
  }
  const all: Open[] = [];
  for (const { invite, ...one } of opened)
    all.push({ ...one, cookie: await signIn(site, new URL(invite, `http://${one.host}`)) });
  return all;
}

async function ask(
  { url }: Site,
  { clinic }: TrialClinic,
  { tenantId, host, cookie, practitionerIds }: Open,
  kind: Kind,
  chance: () => number,
): Promise<boolean> {
  const headers = { Host: host, 'X-Forwarded-For': someAddress(chance) };
  switch (kind) {
    case 'day of free times': {
      const day = startsOn(3)[0]?.slice(0, 10);
      const path = `/api/v1/availability?service=${trialService}&from=${day}&to=${day}`;
      return (await askAt(url, path, { headers })).status === 200;
    }
    case 'desk calendar':
      return (await askAt(url, '/desk/calendar', { headers: { ...headers, Cookie: cookie } })).status === 200;
    case 'booking made': {
      const key = randomUUID();
      const starts = startsOn(70 + Math.floor(chance() * 200));
      const body = JSON.stringify({
        service: trialService,
        start: starts[Math.floor(chance() * starts.length)],
        staff: practitionerIds[Math.floor(chance() * practitionerIds.length)],
        name: 'Sample visitor of a trial',
        email: `${key}@example.org`,
        altcha: await solved(clinic, tenantId),
      });
      const answer = await askAt(url, '/api/v1/bookings', {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body,
      });
      // A time that was taken meanwhile is an answer too.
      return answer.status < 300 || answer.status === 409;
    }
  }
}

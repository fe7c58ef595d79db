import { createHash, timingSafeEqual } from 'node:crypto';
import { archiveHealth } from '@undertone/clinic/platform/archive-state.ts';
import { jobCounts } from '@undertone/clinic/platform/job-counts.ts';
import { asSystem } from '@undertone/clinic/platform/scope.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a request was for: coarse on purpose, since addresses hold secrets and there are as many as people. */
export type RequestKind = 'static' | 'api' | 'page' | 'health';

export interface Metrics {
  /** Notes an answered request. @param seconds from its first byte to the last of its answer */
  note(kind: RequestKind, status: number, seconds: number): void;
  /** The text of `/metrics` (Prometheus exposition format). */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Measures of this process and of the queue it shares. No name, address or id of anybody is in them. */
export function openMetrics(clinic: Clinic): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'undertone_' });
  const requests = new Histogram({
    name: 'undertone_http_request_seconds',
    help: 'Time to answer a request, by what it was for and the class of its status.',
    labelNames: ['kind', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const ready = new Gauge({
    name: 'undertone_ready',
    help: '1 while the database answers.',
    registers: [registry],
  });
  const jobs = new Gauge({
    name: 'undertone_jobs',
    help: 'Jobs of the queue by name and state; failed ones have used up their tries.',
    labelNames: ['job', 'state'] as const,
    registers: [registry],
  });
  const archiveAge = new Gauge({
    name: 'undertone_archive_age_seconds',
    help: 'Age of the archived log; without an archive, none.',
    registers: [registry],
  });
  const archiveOk = new Gauge({
    name: 'undertone_archive_ok',
    help: '1 while the log is archived without a gap, 0 when somebody must look; without an archive, none.',
    registers: [registry],
  });
  return {
    note: (kind, status, seconds) =>
      requests.observe({ kind, status: `${Math.floor(status / 100)}xx` }, seconds),
    async text() {
      const isReady = await clinic.ready();
      ready.set(isReady ? 1 : 0);
      jobs.reset();
      for (const { name, state, count } of isReady
        ? await asSystem('job-counts', () => jobCounts(clinic))
        : []) {
        jobs.set({ job: name, state }, count);
      }
      const archive = await archiveHealth(clinic.config, clinic.clock.now());
      if (archive.state === 'off') {
        archiveAge.remove();
        archiveOk.remove();
      } else {
        archiveOk.set(archive.state === 'ok' ? 1 : 0);
        if (archive.ageMs !== undefined) archiveAge.set(archive.ageMs / 1000);
      }
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/**
 * Whether a request may read the measures: with the token of METRICS_TOKEN; where none is set, from this machine and not
 * through a proxy.
 */
export function mayReadMetrics(
  token: string | undefined,
  request: {
    readonly address: string;
    readonly authorization: string | undefined;
    readonly isForwarded: boolean;
  },
): boolean {
  if (token === undefined) {
    return !request.isForwarded && (request.address === '127.0.0.1' || request.address === '::1');
  }
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.authorization ?? ''), digest(`Bearer ${token}`));
}

export function kindOf(pathname: string): RequestKind {
  if (/^\/(healthz|readyz|metrics)$/.test(pathname)) return 'health';
  if (/^\/(api|fhir)\//.test(pathname)) return 'api';
  return /^\/(assets|models)\/|\.(?:js|css|woff2?|svg|png|avif|webp|wasm|ico)$/.test(pathname)
    ? 'static'
    : 'page';
}

import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { ByteStore, StoredBytes } from './byte-store.ts';

/**
 * A bucket on S3-compatible storage: `s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-central-1`. Four
 * requests of the S3 protocol (PUT, GET with a range, DELETE, list version 2), addressed by path, signed with AWS
 * Signature Version 4. A PUT carries the SHA-256 of its bytes: the server refuses what was changed on the way.
 */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface S3Patience {
  /** A try that has not answered by then is given up; a second more for every megabyte sent. Default 10 000. */
  readonly tryMs: number;
  /** Pauses before the second, third … try, in milliseconds, give or take a half. Default 200, 1000. */
  readonly pausesMs: readonly number[];
  /** So long after that nobody asks again: callers hold connections to the database while they wait. Default 5000. */
  readonly restMs: number;
}

const usualPatience: S3Patience = { tryMs: 10_000, pausesMs: [200, 1000], restMs: 5000 };

/** Answers after which the same request may succeed: a busy or restarting server, a request that came in too slowly. */
const passing = new Set([408, 429, 500, 502, 503, 504]);

/** Where an `s3:` address points; throws nothing, wrong parts show at the first request. */
export function s3Place(url: string): {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
} {
  const { hostname, pathname, searchParams } = new URL(url);
  const region = searchParams.get('region') ?? 'us-east-1';
  const endpoint = searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`;
  const prefix = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');
  return {
    endpoint: endpoint.replace(/\/+$/, ''),
    region,
    bucket: hostname,
    prefix: prefix === '' ? '' : `${prefix}/`,
  };
}

/**
 * Opens the bucket; nothing is sent yet.
 *
 * All functions throw `files-unreachable` when the storage did not answer, or only with passing faults, however often it
 * was asked, and `files-refused` when it refuses us: wrong credentials, no such bucket, a wrong clock.
 */
export function s3Store(url: string, credentials: S3Credentials, patience = usualPatience): ByteStore {
  const { endpoint, region, bucket, prefix } = s3Place(url);
  const place = `s3://${bucket}/${prefix} at ${endpoint}`;
  let away: { readonly untilMs: number; readonly why: unknown } | undefined;
  const objectUrl = (key: string) => `${endpoint}/${bucket}/${encodePath(prefix + key)}`;

  /** One try: signed anew, because a signature is good for some minutes only. */
  const attempt = async (
    method: string,
    address: string,
    body: Buffer | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const signer = new AwsV4Signer({
      method,
      url: address,
      headers: {
        ...headers,
        'x-amz-content-sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
      },
      service: 's3',
      region,
      ...credentials,
    });
    const signed = await signer.sign();
    const response = await fetch(signed.url, {
      method,
      headers: signed.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience.tryMs + Math.ceil((body?.length ?? 0) / 1000)),
      ...(body && { body: new Uint8Array(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };

  const ask = async (
    method: string,
    address: string,
    options: { body?: Buffer; headers?: Record<string, string>; may?: readonly number[] } = {},
  ): Promise<Answer> => {
    if (away !== undefined && performance.now() < away.untilMs) throw unreachable(place, away.why);
    let why: unknown;
    for (const pauseMs of [0, ...patience.pausesMs]) {
      // Many processes that lost the storage at the same moment do not come back at the same moment.
      if (pauseMs > 0) await pause(pauseMs * (0.5 + Math.random()));
      try {
        const answer = await attempt(method, address, options.body, options.headers ?? {});
        if (answer.status < 300 || options.may?.includes(answer.status)) return answer;
        why = saidBy(answer);
        if (!passing.has(answer.status)) throw refused(place, answer);
      } catch (error) {
        if ((error as { code?: string }).code === 'files-refused') throw error;
        why = error;
      }
    }
    away = { untilMs: performance.now() + patience.restMs, why };
    throw unreachable(place, why);
  };

  return {
    place,

    async write(key, bytes) {
      await ask('PUT', objectUrl(key), {
        body: bytes,
        headers: { 'content-type': 'application/octet-stream' },
      });
    },

    async read(key, from, until) {
      const answer = await ask('GET', objectUrl(key), {
        headers: { range: `bytes=${from}-${Math.max(from, until - 1)}` },
        may: [404, 416],
      });
      if (answer.status === 404) {
        if (codeOf(answer) === 'NoSuchBucket') throw refused(place, answer);
        return undefined;
      }
      // An empty range of what is there, or one behind its end: the size is all there is to say.
      const total = /\/(\d+)\s*$/.exec(answer.headers.get('content-range') ?? '')?.[1];
      if (answer.status === 416) return { bytes: Buffer.alloc(0), totalBytes: Number(total ?? 0) };
      const isWhole = answer.status === 200;
      return {
        bytes: isWhole ? answer.bytes.subarray(from, until) : answer.bytes.subarray(0, until - from),
        totalBytes: isWhole ? answer.bytes.length : Number(total ?? answer.bytes.length),
      };
    },

    async remove(key) {
      const answer = await ask('DELETE', objectUrl(key), { may: [404] });
      if (answer.status === 404 && codeOf(answer) === 'NoSuchBucket') throw refused(place, answer);
    },

    async *list() {
      let continueAt: string | undefined;
      do {
        const query = new URLSearchParams({ 'list-type': '2', prefix });
        if (continueAt !== undefined) query.set('continuation-token', continueAt);
        const xml = (await ask('GET', `${endpoint}/${bucket}?${query.toString()}`)).bytes.toString('utf8');
        for (const [, object = ''] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
          yield listed(object, prefix);
        }
        continueAt =
          elementOf(xml, 'IsTruncated') === 'true' ? elementOf(xml, 'NextContinuationToken') : undefined;
      } while (continueAt !== undefined);
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

function listed(object: string, prefix: string): StoredBytes {
  return {
    key: (elementOf(object, 'Key') ?? '').slice(prefix.length),
    sizeBytes: Number(elementOf(object, 'Size')),
    modifiedMs: Date.parse(elementOf(object, 'LastModified') ?? ''),
  };
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The text of the first element of that name; S3's answers are flat enough for that. */
function elementOf(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) =>
    decimal !== undefined || hex !== undefined
      ? String.fromCodePoint(decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal))
      : (entities[String(name)] ?? whole),
  );
}

const codeOf = (answer: Answer) => elementOf(answer.bytes.toString('utf8'), 'Code');

const saidBy = (answer: Answer) => new Error(`it answered ${answer.status} ${codeOf(answer) ?? ''}`.trim());

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

const hints: Readonly<Record<string, string>> = {
  RequestTimeTooSkewed: "this machine's clock is wrong; set it",
  InvalidAccessKeyId: 'check AWS_ACCESS_KEY_ID',
  SignatureDoesNotMatch: 'check AWS_SECRET_ACCESS_KEY',
  AccessDenied: 'these credentials may not do this',
  NoSuchBucket: 'make the bucket, or correct FILES_URL',
};

function refused(place: string, answer: Answer): Error {
  const code = codeOf(answer) ?? '';
  const hint = hints[code] ?? 'check FILES_URL and the credentials';
  return Object.assign(new Error(`the file storage ${place} refuses (${answer.status} ${code}): ${hint}.`), {
    code: 'files-refused' as const,
  });
}

function unreachable(place: string, cause: unknown): Error {
  const { message, cause: deeper } = cause as { message?: string; cause?: { message?: string } };
  const why = [message, deeper?.message].filter(Boolean).join(': ');
  return Object.assign(
    new Error(`the file storage ${place} does not answer (${why}); try again when it is back.`, { cause }),
    { code: 'files-unreachable' as const },
  );
}

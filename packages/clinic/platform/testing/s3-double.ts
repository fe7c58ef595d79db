import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AwsV4Signer } from 'aws4fetch';

/**
 * A stand-in for S3 storage: one bucket in memory, with the answers the protocol's documentation gives. It is not a real
 * server; `node tools/s3/ceph.ts` runs the same tests against one. It may be told to fail.
 */
export interface S3Double {
  readonly endpoint: string;
  readonly objects: Map<string, { bytes: Buffer; modified: Date }>;
  /** Requests that reached it, failed ones too. */
  readonly asked: { method: string; path: string }[];
  /** What happens to the requests to come, one after the other; then all is well again. */
  fail(...how: ('503' | 'silent' | 'hang-up' | 'other-bytes' | 'skewed-clock')[]): void;
  stop(): Promise<void>;
}

export const doubleCredentials = { accessKeyId: 'double', secretAccessKey: 'a secret of the double' };
export const doubleBucket = 'clinic-files';
/** Small, so that a list of a few objects takes several pages. */
const pageSize = 3;

export async function startS3Double(port = 0): Promise<S3Double> {
  const objects = new Map<string, { bytes: Buffer; modified: Date }>();
  const asked: { method: string; path: string }[] = [];
  const failures: string[] = [];

  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const url = new URL(req.url ?? '/', `http://${req.headers.host}`);
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    asked.push({ method: req.method ?? '', path: url.pathname });
    const how = failures.shift();
    if (how === 'silent') return;
    if (how === 'hang-up') return void req.socket.destroy();
    const refuse = (status: number, code: string) =>
      res.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
    if (how === '503') return refuse(503, 'SlowDown');
    if (how === 'skewed-clock') return refuse(403, 'RequestTimeTooSkewed');
    const hash = req.headers['x-amz-content-sha256'];
    const arrived = how === 'other-bytes' ? Buffer.concat([body, Buffer.from('!')]) : body;
    if (hash !== createHash('sha256').update(arrived).digest('hex'))
      return refuse(400, 'XAmzContentSHA256Mismatch');
    if (!(await isSigned(req, url))) return refuse(403, 'SignatureDoesNotMatch');
    const [, bucket, ...rest] = url.pathname.split('/');
    if (bucket !== doubleBucket) return refuse(404, 'NoSuchBucket');
    const key = rest.map(decodeURIComponent).join('/');
    if (key === '') return void res.writeHead(200).end(listing(objects, url.searchParams));
    const found = objects.get(key);
    if (req.method === 'PUT') {
      objects.set(key, { bytes: body, modified: new Date() });
      return void res.writeHead(200).end();
    }
    if (req.method === 'DELETE') {
      objects.delete(key);
      return void res.writeHead(204).end();
    }
    if (found === undefined) return refuse(404, 'NoSuchKey');
    const [, from = '0', until = '0'] = /^bytes=(\d+)-(\d+)$/.exec(req.headers.range ?? '') ?? [];
    if (Number(from) >= found.bytes.length) {
      res.setHeader('content-range', `bytes */${found.bytes.length}`);
      return refuse(416, 'InvalidRange');
    }
    const last = Math.min(Number(until), found.bytes.length - 1);
    res.writeHead(206, { 'content-range': `bytes ${from}-${last}/${found.bytes.length}` });
    res.end(found.bytes.subarray(Number(from), last + 1));
  };

  const server = createServer((req, res) => {
    answer(req, res).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    objects,
    asked,
    fail: (...how) => void failures.push(...how),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Signs the request as it came with the same headers, and compares. */
async function isSigned(req: IncomingMessage, url: URL): Promise<boolean> {
  const given = req.headers.authorization ?? '';
  const names = /SignedHeaders=([^,]+)/.exec(given)?.[1]?.split(';') ?? [];
  const headers: Record<string, string> = {};
  for (const name of names) if (name !== 'host') headers[name] = String(req.headers[name]);
  const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(given)?.[1] ?? '';
  const signer = new AwsV4Signer({
    method: req.method ?? 'GET',
    url: url.href,
    headers,
    service: 's3',
    region,
    datetime: String(req.headers['x-amz-date']),
    ...doubleCredentials,
  });
  return (await signer.sign()).headers.get('authorization') === given;
}

function listing(objects: S3Double['objects'], query: URLSearchParams): string {
  const after = query.get('continuation-token') ?? '';
  const all = [...objects]
    .filter(([key]) => key.startsWith(query.get('prefix') ?? '') && key > after)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const page = all.slice(0, pageSize);
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const contents = page.map(
    ([key, { bytes, modified }]) =>
      `<Contents><Key>${escaped(key)}</Key><LastModified>${modified.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`,
  );
  const more = all.length > page.length;
  const next = more
    ? `<NextContinuationToken>${escaped(page.at(-1)?.[0] ?? '')}</NextContinuationToken>`
    : '';
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
}

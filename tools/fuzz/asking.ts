/** Sends hostile requests to a site of one's own and judges the answers. */
import { request } from 'node:http';
import type { Site } from '../site.ts';
import { marker, type Wish } from './wishes.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Who may be asked for: the owner's cookie and a program's token. */
export interface Keys {
  readonly cookie: string;
  readonly token: string;
}

export interface Content {
  readonly type: string;
  readonly body: Buffer;
}

/** A part of a multipart form: a text, or a file under the name and type its sender claims. */
export type Part =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly fileName: string; readonly type: string; readonly bytes: Uint8Array };

export function multipart(parts: readonly Part[]): Content {
  const boundary = 'b0b5e55ed0b0';
  const chunks = parts.flatMap((part) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${
        'bytes' in part ? `; filename="${part.fileName}"\r\nContent-Type: ${part.type}` : ''
      }\r\n\r\n`,
    ),
    Buffer.from('bytes' in part ? part.bytes : part.value),
    Buffer.from('\r\n'),
  ]);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function contentOf({ fields, as }: Wish): Content | undefined {
  switch (as) {
    case 'none':
      return undefined;
    case 'form':
      return {
        type: 'application/x-www-form-urlencoded',
        body: Buffer.from(new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()),
      };
    case 'json':
      return { type: 'application/json', body: Buffer.from(JSON.stringify(Object.fromEntries(fields))) };
    case 'multipart':
      return multipart(
        fields.map(([name, value], i) =>
          i % 2 === 0
            ? { name, value }
            : { name, fileName: '../x.jpg', type: 'image/jpeg', bytes: Buffer.from(value) },
        ),
      );
    case 'raw':
      return {
        type: fields.length % 2 === 0 ? 'application/json' : 'multipart/form-data',
        body: Buffer.from(fields.map(([, value]) => value).join('')),
      };
  }
}

let asked = 0;

/** Each request comes from an address of its own, as the site's trusted proxy says: what limits one sender is not the matter. */
export function ask(
  { url }: Site,
  wish: Wish,
  keys: Keys,
  content: Content | undefined = contentOf(wish),
): Promise<Answer | 'silence' | 'unsendable'> {
  const { port, host } = new URL(url);
  asked++;
  return new Promise((resolve) => {
    const headers = {
      ...wish.headers,
      Host: host,
      ...(wish.who !== 'program' && { Origin: url }),
      'X-Forwarded-For': `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`,
      ...(wish.who === 'member' && { Cookie: keys.cookie }),
      ...(wish.who === 'program' && { Authorization: `Bearer ${keys.token}` }),
      ...(content && { 'Content-Type': content.type, 'Content-Length': String(content.body.length) }),
    };
    try {
      const sent = request(
        { host: '127.0.0.1', port, method: wish.method, path: wish.path, headers, timeout: 30_000 },
        (reply) => {
          const parts: Buffer[] = [];
          const done = () =>
            resolve({
              status: reply.statusCode ?? 0,
              headers: reply.headers,
              body: Buffer.concat(parts).toString('utf8'),
            });
          reply.on('data', (part: Buffer) => parts.push(part));
          reply.on('end', done);
          reply.on('error', done);
          // Live updates go on for ever; their head is enough.
          if (
            String(reply.headers['content-type']).startsWith('text/event-stream') ||
            wish.path.includes('/live')
          ) {
            done();
            sent.destroy();
          }
        },
      );
      sent.on('timeout', () => {
        resolve('silence');
        sent.destroy();
      });
      // Cut off by the server, as for a body beyond the limit: a refusal.
      sent.on('error', () => resolve('unsendable'));
      sent.end(content?.body);
    } catch {
      resolve('unsendable');
    }
  });
}

/** What is wrong with an answer: a fault, a trace, something slipped through. Undefined: a refusal or a page. */
export function faultIn(answer: Answer | 'silence' | 'unsendable'): string | undefined {
  if (answer === 'unsendable') return undefined;
  if (answer === 'silence') return 'silence for 30 s';
  const { status, headers, body } = answer;
  if (status >= 500 && status !== 501 && status !== 503) return `status ${status}`;
  if (/\n\s+at .+:\d+:\d+|node_modules[\\/]/.test(body)) return 'a stack trace';
  if (/root:[^:\n]*:0:0:/.test(body)) return 'a file of the machine';
  if (headers['x-fuzz'] !== undefined) return 'a header slipped in';
  if (String(headers['content-type']).startsWith('text/html') && body.includes(marker))
    return 'a script that came back';
  if (/elsewhere\.example/.test(String(headers.location ?? '').split('?')[0] ?? ''))
    return 'a redirect elsewhere';
  return undefined;
}

/** Leaves out what the fault does not need, one piece after another. */
export async function shrink(at: Site, wish: Wish, keys: Keys, fault: string): Promise<Wish> {
  let smallest = wish;
  const attempt = async (smaller: Wish) => {
    if (faultIn(await ask(at, smaller, keys)) === fault) smallest = smaller;
  };
  await attempt({ ...smallest, headers: {} });
  await attempt({ ...smallest, path: smallest.path.split('?')[0] ?? '/' });
  await attempt({ ...smallest, who: 'visitor' });
  for (let i = smallest.fields.length - 1; i >= 0; i--)
    await attempt({ ...smallest, fields: smallest.fields.filter((_, index) => index !== i) });
  return smallest;
}

export function show(wish: Wish): string {
  return JSON.stringify(wish).slice(0, 1200);
}

const owner = {
  name: 'Sample owner',
  email: 'owner@example.org',
  password: 'nine grey herons over the weir',
};

/** Makes the owner's account by the link of the first start, and a token for a program. */
export async function enter(at: Site): Promise<Keys> {
  const cookie = await cookieFrom(at, new URL(at.ownerLink ?? at.url).pathname);
  return { cookie, token: await tokenFrom(at, cookie) };
}

/** A new session: a hostile request may have ended the one before. */
export async function signIn(at: Site, keys: Keys): Promise<Keys> {
  const cookie = await cookieFrom(at, '/sign-in');
  return cookie === '' ? keys : { cookie, token: await tokenFrom(at, cookie) };
}

const plainWish = { method: 'POST', headers: {}, as: 'form', who: 'visitor' } as const;

async function cookieFrom(at: Site, path: string): Promise<string> {
  const answer = await ask(at, { ...plainWish, path, fields: Object.entries(owner) }, noKeys);
  if (typeof answer === 'string') return '';
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ');
}

async function tokenFrom(at: Site, cookie: string): Promise<string> {
  const scopes = [
    'bookings:read',
    'bookings:write',
    'patients:read',
    'patients:write',
    'fhir:read',
    'export:run',
  ];
  const fields = [['name', 'Hostile program'], ['days', '1'], ...scopes.map((scope) => ['scope', scope])];
  const wish = {
    ...plainWish,
    path: '/desk/programs',
    who: 'member' as const,
    fields: fields as [string, string][],
  };
  const answer = await ask(at, wish, { cookie, token: '' });
  return typeof answer === 'string' ? '' : (/utk_[A-Za-z0-9_-]{64}/.exec(answer.body)?.[0] ?? '');
}

const noKeys: Keys = { cookie: '', token: '' };

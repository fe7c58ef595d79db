import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Config } from './config.ts';

// Addresses that are not of the public internet (IANA special-purpose registries, RFC 6890 and its updates).
const inside: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/** Whether an address is one of the public internet: not this machine, its network, or one reserved for other things. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const list = new BlockList();
  for (const [net, bits, type] of inside) list.addSubnet(net, bits, type);
  return !list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

export interface OutboundReply {
  readonly status: number;
  readonly body: Buffer;
}

const waitMost = 10_000;
/** More of an answer than this is not read, in bytes. */
const replyMost = 65_536;

/**
 * The one door to addresses that somebody typed: a webhook on the desk, a time-stamp authority in the settings. The name is looked up once, and the connection goes to exactly the address that
 * was looked at: a name that answers differently the second time leads nowhere else. Redirects are answers. A certificate
 * that does not hold ends the call.
 * @param waitMs how long the answer may take, at most
 * @throws `outbound-refused` when the host is not on the list, or leads into a private network without being on it.
 */
export function postOutward(
  config: Pick<Config, 'outbound'>,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
  waitMs: number = waitMost,
): Promise<OutboundReply> {
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const listed = config.outbound.hosts?.includes(host) ?? false;
  if (config.outbound.hosts !== undefined && !listed)
    return Promise.reject(refused(host, 'is not in OUTBOUND_HOSTS'));
  if (isIP(host) !== 0 && !listed && !isPublicAddress(host))
    return Promise.reject(refused(host, 'is an address of a private network'));
  const guarded: LookupFunction = (name, options, done) =>
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      if (!listed && found.some(({ address }) => !isPublicAddress(address)))
        return done(refused(name, 'leads into a private network'), '');
      const [first] = found;
      if (options.all === true) return done(null, found);
      return done(null, first?.address ?? '', first?.family);
    });
  const start = protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(waitMs);
    const asked = start(url, { method: 'POST', headers, lookup: guarded, signal }, (reply) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      reply.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes <= replyMost) parts.push(part);
      });
      reply.on('error', reject);
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(parts) }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function refused(host: string, why: string): Error {
  return Object.assign(
    new Error(`${host} ${why}; name it in OUTBOUND_HOSTS if the clinic means to call it.`),
    { code: 'outbound-refused' as const },
  );
}

import { createServer, request } from 'node:http';
import { seededChance } from '../trial/chance.ts';
import { someAddress } from '../trial/visitors.ts';

/** The site as many visitors see it: each request comes from an address of its own. */
export interface ManyAddresses {
  readonly url: string;
  /** @returns how often each status was answered */
  stop(): Promise<ReadonlyMap<number, number>>;
}

/**
 * A scanner sends more a second than the guard against floods lets through from one address: most of what it tries would be
 * answered 429 and prove nothing. This stands before a site that believes one proxy (`TRUSTED_PROXIES=1`).
 */
export async function fromManyAddresses(siteUrl: string): Promise<ManyAddresses> {
  const site = new URL(siteUrl);
  const chance = seededChance(1);
  const statuses = new Map<number, number>();
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: site.host, 'x-forwarded-for': someAddress(chance) };
    const { method, url: path } = asked;
    const passed = request({ host: site.hostname, port: site.port, method, path, headers }, (reply) => {
      const status = reply.statusCode ?? 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      answer.writeHead(status, reply.headers);
      reply.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as { port: number }).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      return statuses;
    },
  };
}

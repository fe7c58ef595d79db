import { createServer } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { isPublicAddress, postOutward } from './outbound.ts';

const closed = { outbound: { hosts: undefined, plaintext: false } };

describe('an address somebody typed', () => {
  it('is not called in a private network, however it is written', async () => {
    for (const host of [
      '127.0.0.1',
      '10.1.2.3',
      '192.168.1.1',
      '169.254.169.254',
      '[::1]',
      '[fd00::1]',
      '0x7f.1',
      'localhost',
      '[::ffff:10.0.0.1]',
    ])
      await expect(postOutward(closed, `http://${host}:9/`, {}, '')).rejects.toMatchObject({
        code: 'outbound-refused',
      });
  });

  it('is called in one when the settings name it, and the answer comes back, a redirect too', async () => {
    const server = createServer((_, reply) =>
      reply.writeHead(302, { Location: 'http://10.0.0.1/' }).end('taken'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as { port: number };
    const open = { outbound: { hosts: ['127.0.0.1'], plaintext: false } };
    expect(await postOutward(open, `http://127.0.0.1:${port}/`, {}, '{}')).toEqual({
      status: 302,
      body: Buffer.from('taken'),
    });
    server.close();
  });

  it('is not called at all when a list is set and it is not on it', async () => {
    const listed = { outbound: { hosts: ['adapter.example'], plaintext: false } };
    await expect(postOutward(listed, 'https://elsewhere.example/', {}, '')).rejects.toMatchObject({
      code: 'outbound-refused',
    });
  });

  it('of IPv4 mapped into IPv6 is judged as what it is', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const mapped = isPublicAddress(`::ffff:${address}`);
        expect(mapped && !isPublicAddress(address)).toBe(false);
      }),
    );
    expect(isPublicAddress('8.8.8.8')).toBe(true);
    expect(isPublicAddress('2606:4700::1111')).toBe(true);
    expect(isPublicAddress('no address')).toBe(false);
  });
});

describe('the database on another machine', () => {
  const read =
    (url: string, more = {}) =>
    () =>
      readConfig({ UNDERTONE_HOME: '/nowhere', DATABASE_URL: url, ...more });

  it('is not spoken to in the clear by an oversight', () => {
    expect(read('postgres://u:p@db.example/d')).toThrow(/sslmode=verify-full/);
    expect(read('postgres://u:p@db.example/d?sslmode=prefer')).toThrow(/TLS/);
    expect(read('postgres://u:p@10.0.0.7/d')).toThrow(/TLS/);
  });

  it('is with TLS, on this machine, by a socket, or where the settings say the network is closed', () => {
    for (const url of [
      'postgres://u:p@db.example/d?sslmode=verify-full',
      'postgres://u:p@127.0.0.1/d',
      'postgres://u:p@localhost:5433/d',
      'postgres://u:p@[::1]/d',
      'postgres://u:p@%2Frun%2Fpostgresql/d',
    ])
      expect(read(url)).not.toThrow();
    expect(read('postgres://u:p@db.example/d', { ALLOW_PLAINTEXT: '1' })).not.toThrow();
  });
});

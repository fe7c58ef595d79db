import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress, originIsOurs } from './request.ts';

const ours = { publicUrl: 'https://clinic.example', host: 'clinic.example', isApi: false };

describe('the origin of a request that changes something', () => {
  it('is ours when it names the public address', () => {
    expect(originIsOurs({ origin: 'https://clinic.example' }, ours)).toBe(true);
  });

  it.each(['https://clinic.example.evil.test', 'http://clinic.example', 'null', 'https://evil.test', ''])(
    'is not ours when it is %j',
    (origin) => {
      expect(originIsOurs({ origin }, ours)).toBe(false);
    },
  );

  it('may be any loopback name of the very host that was asked', () => {
    const local = { publicUrl: 'http://localhost:3000', host: '127.0.0.1:3000', isApi: false };
    expect(originIsOurs({ origin: 'http://127.0.0.1:3000' }, local)).toBe(true);
    expect(originIsOurs({ origin: 'http://127.0.0.1:3001' }, local)).toBe(false);
    expect(originIsOurs({ origin: 'http://evil.test:3000' }, { ...local, host: 'evil.test:3000' })).toBe(
      false,
    );
  });

  it('may be missing only from a program without a cookie that calls the API', () => {
    expect(originIsOurs({}, ours)).toBe(false);
    expect(originIsOurs({}, { ...ours, isApi: true })).toBe(true);
    expect(originIsOurs({ cookie: 'a=b' }, { ...ours, isApi: true })).toBe(false);
  });
});

describe("the visitor's address", () => {
  const request = (forwarded: string | undefined) =>
    ({
      socket: { remoteAddress: '::ffff:10.0.0.9' },
      headers: { 'x-forwarded-for': forwarded },
    }) as unknown as IncomingMessage;

  it('is the connection when no proxy is trusted, whatever the visitor claims', () => {
    expect(clientAddress(request('1.2.3.4'), 0)).toBe('10.0.0.9');
  });

  it('is what the outermost trusted proxy saw', () => {
    expect(clientAddress(request('6.6.6.6, 1.2.3.4'), 1)).toBe('1.2.3.4');
    expect(clientAddress(request('6.6.6.6, 1.2.3.4, 10.0.0.1'), 2)).toBe('1.2.3.4');
    expect(clientAddress(request(undefined), 1)).toBe('10.0.0.9');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, mayReadMetrics } from './metrics.ts';

const local = { address: '127.0.0.1', authorization: undefined, isForwarded: false };

describe('the measures', () => {
  it('are for this machine only while no token is set', () => {
    expect(mayReadMetrics(undefined, local)).toBe(true);
    expect(mayReadMetrics(undefined, { ...local, address: '::1' })).toBe(true);
    expect(mayReadMetrics(undefined, { ...local, isForwarded: true })).toBe(false);
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(mayReadMetrics(undefined, { ...local, address })).toBe(address === '127.0.0.1');
      }),
    );
  });

  it('are for whoever holds the token once one is set, from anywhere', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (token, other) => {
        const from = { address: '203.0.113.7', isForwarded: true };
        expect(mayReadMetrics(token, { ...from, authorization: `Bearer ${token}` })).toBe(true);
        expect(mayReadMetrics(token, { ...from, authorization: other })).toBe(other === `Bearer ${token}`);
        expect(mayReadMetrics(token, local)).toBe(false);
      }),
    );
  });

  it('tell kinds of requests apart and nothing finer', () => {
    expect(
      ['/healthz', '/api/v1/services', '/fhir/R4/Patient', '/assets/a-1.js', '/en', '/desk/patients/1'].map(
        kindOf,
      ),
    ).toEqual(['health', 'api', 'api', 'static', 'page', 'page']);
  });
});

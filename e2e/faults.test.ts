import { expect, inject, it } from 'vitest';
import { kills } from '../tools/faults/kills.ts';
import { journeys } from './journey.ts';

journeys('processes killed under load', () => {
  it('lose nothing that was confirmed and sell nothing twice', { timeout: 240_000 }, async () => {
    expect(inject('site')).toBeDefined();
    const { verdict } = await kills({ rounds: 3, seed: 5, visitors: 4, say: () => undefined });
    expect(verdict.booked).toBeGreaterThan(0);
    expect(verdict).toMatchObject({
      lost: 0,
      comeBack: 0,
      vanished: 0,
      doubleBookings: 0,
      twice: 0,
      halves: 0,
      auditFaults: 0,
    });
  });
});

import { checkChallenge, issueChallenge } from '@undertone/clinic/booking/limits.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveWork, type WorkChallenge } from './proof-of-work.ts';

const services = {
  keys: { mac: (purpose: string, text: string) => Buffer.from(`${purpose} ${text}`.padEnd(32, '.')) },
  clock: { now: () => new Date() },
} as unknown as Parameters<typeof issueChallenge>[0];

describe('the work against robots', () => {
  it('solved here is accepted by the clinic, whatever the number of tries', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (tries) => {
        const challenge = await issueChallenge(services, 'clinic', {
          rounds: 2,
          leastTries: tries,
          mostTries: tries + 1,
        });
        const solved = await solveWork(challenge as WorkChallenge);
        expect(await checkChallenge(services, 'clinic', solved ?? '')).toMatchObject({ ok: true });
        expect(await checkChallenge(services, 'another', solved ?? '')).toMatchObject({ ok: false });
      }),
      { numRuns: 12 },
    );
  });

  it('stops when told to', async () => {
    const challenge = await issueChallenge(services, 'clinic', { rounds: 2, leastTries: 1, mostTries: 2 });
    expect(await solveWork(challenge as WorkChallenge, AbortSignal.abort())).toBeUndefined();
  });
});

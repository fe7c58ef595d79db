// The seed of every property test. Without it a chance case in a thousand stops a change that has nothing to do with it;
// `npm run fuzz -- laws` looks for such cases, with other seeds and more cases (docs/decisions/0011-seeded-laws.md).
import { configureGlobal, readConfigureGlobal } from 'fast-check';
import { vi } from 'vitest';

configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env.LAWS_SEED ?? 1) });

const times = Number(process.env.LAWS_TIMES ?? 1);
if (times > 1) {
  // A law names its own number of cases, so no setting for all would reach it.
  vi.doMock('fast-check', async (importReal) => {
    const real = await importReal<typeof import('fast-check')>();
    const assert = ((law: Parameters<typeof real.assert>[0], how?: Parameters<typeof real.assert>[1]) =>
      real.assert(law, { ...how, numRuns: Math.ceil((how?.numRuns ?? 100) * times) })) as typeof real.assert;
    return { ...real, assert, default: { ...real.default, assert } };
  });
  vi.setConfig({ testTimeout: 60_000 * times });
}

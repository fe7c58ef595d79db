// The seed of every property test. Without it a chance case in a thousand stops a change that has nothing to do with it;
// `npm run fuzz -- laws` looks for such cases, with other seeds (docs/decisions/0011-seeded-laws.md).
import { configureGlobal, readConfigureGlobal } from 'fast-check';

configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env.LAWS_SEED ?? 1) });

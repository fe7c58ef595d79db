import type { Config } from '@react-router/dev/config';

/** `server/bundle.ts` names the build folder after the hash of the sources. */
export default {
  appDirectory: 'app',
  buildDirectory: process.env.UNDERTONE_BUILD_DIR ?? 'build/current',
  ssr: true,
  routeDiscovery: { mode: 'initial' },
} satisfies Config;

import { ensureBundle } from '../packages/web/server/bundle.ts';

/** `npm run build`: the pages of these sources, for a server whose account may not write into the program's folder. */
await ensureBundle((text) => process.stdout.write(`${text} …\n`));
process.stdout.write('The pages are built.\n');

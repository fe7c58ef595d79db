// `npm test` after the checks: every test project, with arguments handed on to Vitest.
import { run } from './run.ts';

process.exitCode = await run('vitest', ['run', ...process.argv.slice(2)], { NODE_ENV: 'test' });

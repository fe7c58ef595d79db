import type { Command } from 'commander';
import { badInput } from '../io.ts';

interface Options {
  readonly host?: string;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command('move-database <url>')
    .description('Move the clinic from the embedded database to another PostgreSQL server, while it works.')
    .option('--host <address>', 'address under which that server reaches this machine (default 127.0.0.1)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nStep by step: docs/scale.md. Afterwards start the clinic with DATABASE_URL.')
    .action(move);
}

async function move(url: string, options: Options): Promise<void> {
  const { readConfig } = await import('@undertone/clinic/platform/config.ts');
  const { migrate, openDatabase } = await import('@undertone/clinic/platform/database.ts');
  const { openLog } = await import('@undertone/clinic/platform/log.ts');
  const { moveDatabase } = await import('@undertone/clinic/platform/move.ts');
  const { runningPostgres } = await import('@undertone/clinic/platform/postgres.ts');
  const { startClinic } = await import('@undertone/clinic/start.ts');
  const config = readConfig();
  const running = await runningPostgres(config);
  if (running === undefined || !('host' in running.admin))
    throw badInput('the clinic must be running on its embedded database; start it, then move.');
  // The new server gets schema and queues from this very program.
  const target = openDatabase({ url }, { poolSize: 2, log: openLog(config) });
  try {
    await migrate(target.db);
  } finally {
    await target.close();
  }
  const prepared = await startClinic(
    { ...config, database: { ...config.database, url } },
    { beside: 'join', work: false },
  );
  await prepared.stop();
  const say = (line: string) => process.stderr.write(`${line}\n`);
  try {
    const moved = await moveDatabase({
      from: { ...running.admin, database: 'undertone' },
      worker: 'undertone',
      to: { url },
      ...(options.host !== undefined && { host: options.host }),
      say,
    });
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ format: 'undertone/moved', version: 1, ...moved })}\n`
        : `Moved ${moved.rows} rows; writes stood still for ${moved.pauseMs.toFixed(0)} ms. Start the clinic with DATABASE_URL now.\n`,
    );
  } catch (error) {
    if ((error as { code?: string }).code === 'move-refused') throw badInput((error as Error).message);
    throw error;
  }
}

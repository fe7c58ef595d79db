import type { Command } from 'commander';
import { badInput, printResult, progress } from '../io.ts';
import { mended } from '../with-clinic.ts';

interface Options {
  readonly host?: string;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command('move-database <url>')
    .description('Move the clinic from the embedded database to another PostgreSQL server, while it works.')
    .option('--host <address>', 'address under which that server reaches this machine (default 127.0.0.1)')
    .option('--json', 'one JSON object on stdout (format undertone/moved, version 1)')
    .addHelpText('after', '\nStep by step: docs/scale.md. Afterwards start the clinic with DATABASE_URL.')
    .action(move);
}

async function move(url: string, options: Options): Promise<void> {
  const { readConfig } = await import('@undertone/clinic/platform/config.ts');
  const { checkServer, migrate, openDatabase } = await import('@undertone/clinic/platform/database.ts');
  const { openLog } = await import('@undertone/clinic/platform/log.ts');
  const { moveDatabase } = await import('@undertone/clinic/platform/move.ts');
  const { runningPostgres } = await import('@undertone/clinic/platform/postgres.ts');
  const { startClinic } = await import('@undertone/clinic/start.ts');
  const present = readConfig();
  if (present.database.url !== undefined)
    throw badInput('DATABASE_URL is set: the clinic works on a server of its own already; unset it to move.');
  const running = await runningPostgres(present);
  if (running === undefined)
    throw badInput('the clinic must be running on its embedded database; start it, then move.');
  // The settings a start with the new address would have: a wrong one is named before anything is written there.
  const config = readConfig({ ...process.env, DATABASE_URL: url });
  try {
    // The new server gets schema and queues from this very program.
    const target = openDatabase({ url }, { poolSize: 2, log: openLog(config) });
    try {
      await checkServer(target.db);
      await migrate(target.db);
    } finally {
      await target.close();
    }
    const prepared = await startClinic(config, { beside: 'join', work: false });
    await prepared.stop();
    const moved = await moveDatabase({
      from: running.admin,
      worker: 'undertone',
      to: { url },
      ...(options.host !== undefined && { host: options.host }),
      say: progress,
    });
    progress('');
    const result = { format: 'undertone/moved', version: 1, ...moved };
    printResult(
      options.json === true,
      result,
      () =>
        `Moved ${moved.rows} rows; writes stood still for ${moved.pauseMs.toFixed(0)} ms. Start the clinic with DATABASE_URL now.`,
    );
  } catch (error) {
    throw mended(error);
  }
}

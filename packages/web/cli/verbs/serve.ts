import type { Command } from 'commander';
import { badInput } from '../io.ts';
import { mended } from '../with-clinic.ts';

interface ServeOptions {
  readonly dev?: true;
  readonly port?: string;
}

export function register(program: Command): void {
  program
    .command('serve')
    .description('Start the clinic: database, background jobs and pages.')
    .option('--dev', 'serve the pages from their sources, with hot reload')
    .option('--port <number>', 'port of the pages (default: PORT, else 3000)')
    .addHelpText(
      'after',
      '\nSettings are environment variables: docs/operations.md. Ctrl-C stops everything.',
    )
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  // React and React Router choose their fast builds by this when they are first imported, below.
  process.env.NODE_ENV = options.dev ? 'development' : 'production';
  const startedMs = performance.now();
  const { readConfig } = await import('@undertone/clinic/platform/config.ts');
  const config = readConfig(
    options.port === undefined ? process.env : { ...process.env, PORT: options.port },
  );
  const { host, port, publicUrl } = config.http;
  say('Undertone');
  say(`  data      ${config.home}`);

  const stopping = stopOnSignal();
  const undo: (() => Promise<void>)[] = [];
  stopping.onSignal(async () => {
    say('\nStopping …');
    const failure = await unwind(undo);
    if (failure !== undefined) throw failure;
    say('Stopped.');
  });

  try {
    const starting = startClinicNoting(config, () => stopping.now());
    // Also for a Ctrl-C in the middle of starting: what has begun is waited for and taken down.
    undo.push(() => starting.then((started) => started.stop(), ignore));
    const [started, bundle] = await both(starting, options.dev ? undefined : ensurePages());
    const { clinic } = started;
    say(
      `  database  PostgreSQL ${clinic.serverVersion}${config.database.url === undefined ? ', embedded' : ''}`,
    );
    for (const step of started.migrated) say(`            schema step ${step}`);
    const { seedSample } = await import('@undertone/clinic/sample/seed.ts');
    if (config.sample && (await seedSample(clinic)).isNew) say('            the sample clinic is seeded');

    const { startWeb } = await import('../../server.ts');
    const specimens = options.dev === true || process.env.UNDERTONE_SPECIMENS === '1';
    const web = await startWeb({ clinic, bundle, port, host, specimens });
    undo.push(() => web.stop());
    const url = process.env.PUBLIC_URL ? publicUrl : `http://localhost:${web.port}`;
    started.announce(url);
    say(`\nReady after ${((performance.now() - startedMs) / 1000).toFixed(1)} s: ${url}`);
    await sayOwnerLink(clinic);
    say('Ctrl-C stops everything.');
  } catch (error) {
    await unwind(undo);
    stopping.forget();
    const { code, message, syscall } = error as { code?: string; message: string; syscall?: string };
    if (code === 'EADDRINUSE')
      throw badInput(`port ${port} is in use; stop the other program, or set PORT to another.`);
    if (code === 'EACCES' && syscall === 'listen')
      throw badInput(`port ${port} may not be opened by this account; set PORT to one above 1023.`);
    if ((code === 'EACCES' || code === 'EROFS') && message.includes('build')) {
      throw badInput(
        `the pages cannot be built here (${message}); let this account write to packages/web/build.`,
      );
    }
    throw mended(error);
  }
}

async function startClinicNoting(
  config: Parameters<typeof import('@undertone/clinic/start.ts').startClinic>[0],
  gone: () => void,
) {
  const { startClinic } = await import('@undertone/clinic/start.ts');
  return startClinic(config, {
    onGone: (error) => {
      say(`The database is gone: ${error.message}`);
      process.exitCode = 1;
      gone();
    },
  });
}

async function ensurePages() {
  const { ensureBundle } = await import('../../server/bundle.ts');
  return ensureBundle((text) => say(`  pages     ${text} …`));
}

async function sayOwnerLink(clinic: import('@undertone/clinic/start.ts').Clinic): Promise<void> {
  const { createOwnerInvite } = await import('@undertone/clinic/staff/commands.ts');
  const { mainTenant } = await import('@undertone/clinic/tenant/commands.ts');
  const tenant = await mainTenant(clinic);
  const invite = tenant && (await createOwnerInvite(clinic, tenant.id));
  if (!invite) return;
  const until = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(
    invite.expiresAt,
  );
  say(
    `\nThere is no owner yet. Make the owner’s account with this link (once, until ${until}):\n  ${invite.url}\n`,
  );
}

/** Waits for both, also when one of them fails, and then passes the first failure on. */
async function both<A, B>(first: Promise<A>, second: Promise<B> | undefined): Promise<[A, B | undefined]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'rejected') throw a.reason as Error;
  if (b.status === 'rejected') throw b.reason as Error;
  return [a.value, b.value];
}

function ignore(): void {
  // What failed to start has said so, and has nothing to take down.
}

/** Undoes in reverse order; @returns the first failure, after everything was tried. */
async function unwind(undo: (() => Promise<void>)[]): Promise<Error | undefined> {
  let failure: Error | undefined;
  for (const step of undo.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      failure ??= error as Error;
    }
  }
  return failure;
}

/**
 * The first signal stops in order. A terminal sends Ctrl-C to the whole group of processes and the launcher passes it
 * on, so repeats within two seconds are the same wish; a later one leaves at once.
 */
function stopOnSignal() {
  let stop: () => Promise<void> = () => Promise.resolve();
  let firstMs: number | undefined;
  const begin = () => {
    if (firstMs !== undefined) {
      if (performance.now() - firstMs > 2000) process.exit(1);
      return;
    }
    firstMs = performance.now();
    stop().then(
      () => process.exit(),
      (error: unknown) => {
        process.stderr.write(`undertone: stopping failed: ${(error as Error).message}\n`);
        process.exit(1);
      },
    );
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, begin);
  // npm hands a SIGTERM to its shell, which ends without handing it on: a shell that is gone is the same wish.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) begin();
  }, 500).unref();
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
  return {
    onSignal: (action: () => Promise<void>) => {
      stop = action;
    },
    now: begin,
    forget: () => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, begin);
    },
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

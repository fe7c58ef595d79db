import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '@undertone/clinic/platform/config.ts';
import type { StartedClinic } from '@undertone/clinic/start.ts';
import type { Command } from 'commander';
import type { Bundle } from '../../server/bundle.ts';
import { badInput } from '../io.ts';
import { isChild, type Part, type Processes, sayReady, startProcesses, waitToGo } from '../processes.ts';
import { type Stop, stopOnSignal } from '../stop-on-signal.ts';
import { mended } from '../with-clinic.ts';

interface ServeOptions {
  readonly dev?: true;
  readonly port?: string;
  readonly web?: true;
  readonly worker?: true;
  readonly processes?: string;
  readonly workers?: string;
}

/** Takes something down again. Until `leave` is aborted, pages are served on for a while first: a balancer must notice. */
type Undo = Stop;

/** What this process does of the clinic: everything, one part, or nothing but keep others running. */
type Role = 'all' | Part | 'first';

export function register(program: Command): void {
  program
    .command('serve')
    .description('Start the clinic: database, background jobs and pages.')
    .option('--dev', 'serve the pages from their sources, with hot reload')
    .option('--port <number>', 'port of the pages (default: PORT, else 3000)')
    .option(
      '--processes <number>',
      'so many processes for the pages, and one or more for jobs, on this machine',
    )
    .option('--workers <number>', 'with --processes: so many processes for background jobs (default: 1)')
    .option('--web', 'pages only, beside other processes of the same clinic')
    .option('--worker', 'background jobs only, beside other processes of the same clinic')
    .addHelpText(
      'after',
      '\nSettings are environment variables: docs/operations.md. Ctrl-C stops everything.',
    )
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const role = roleOf(options);
  // React and React Router choose their fast builds by this when they are first imported, below.
  process.env.NODE_ENV = options.dev ? 'development' : 'production';
  const startedMs = performance.now();
  const { readConfig } = await import('@undertone/clinic/platform/config.ts');
  const config = readConfig(
    options.port === undefined ? process.env : { ...process.env, PORT: options.port },
  );
  const { port, publicUrl } = config.http;
  say('Undertone');
  say(`  data      ${config.home}`);

  const stopping = stopOnSignal();
  const forgetNpm = onNpmGone(() => stopping.now());
  const undo: Undo[] = [];
  stopping.onSignal(async (leave) => {
    // Told as a group, npm's shell goes before this process: that cuts no drain short.
    forgetNpm();
    say('\nStopping …');
    const failure = await unwind(undo, options.dev === true ? AbortSignal.abort() : leave);
    if (failure !== undefined) throw failure;
    say('Stopped.');
  });

  try {
    await keepCompiled(config);
    if (isChild()) return sayReady(await serveAsChild(config, options, role, undo, () => stopping.now()));
    const processes = role === 'first' ? processesOf(options, config) : undefined;
    const starting = startClinicNoting(config, role, () => stopping.now());
    // Also for a Ctrl-C in the middle of starting: what has begun is waited for and taken down.
    undo.push(() => starting.then((started) => started.stop(), ignore));
    undo.push((leave) => processes?.stop(leave) ?? Promise.resolve());
    const [started, bundle] = await both(
      starting,
      options.dev || role === 'worker' ? undefined : ensurePages(),
    );
    const { clinic } = started;
    say(
      `  database  PostgreSQL ${clinic.serverVersion}${config.database.url === undefined ? ', embedded' : ''}`,
    );
    for (const step of started.migrated) say(`            schema step ${step}`);
    const { seedSample } = await import('@undertone/clinic/sample/seed.ts');
    if (config.sample && (await seedSample(clinic)).isNew) say('            the sample clinic is seeded');

    if (role === 'worker') {
      say(`\nReady after ${secondsSince(startedMs)} s: background jobs.`);
      return say('Ctrl-C stops everything.');
    }
    const servedAt =
      processes !== undefined && bundle !== undefined
        ? await processes.open(bundle)
        : await pagesOf(started, bundle, config, options, undo);
    flushCompileCache();
    const url = process.env.PUBLIC_URL ? publicUrl : `http://localhost:${servedAt}`;
    started.announce(url);
    say(`\nReady after ${secondsSince(startedMs)} s: ${url}`);
    // A new link ends the earlier one: the process that was started for everything says it.
    if (role !== 'web') await sayOwnerLink(clinic);
    say('Ctrl-C stops everything.');
  } catch (error) {
    await unwind(undo, AbortSignal.abort());
    stopping.forget();
    forgetNpm();
    // Its line to the first process would keep it alive, and nobody would start another.
    if (isChild()) setImmediate(() => process.exit());
    const { code, message, syscall } = error as { code?: string; message: string; syscall?: string };
    if (code === 'EADDRINUSE')
      throw badInput(`port ${port} is in use; stop the other program, or set PORT to another.`);
    if (code === 'EACCES' && syscall === 'listen')
      throw badInput(`port ${port} may not be opened by this account; set PORT to one above 1023.`);
    if ((code === 'EACCES' || code === 'EROFS') && message.includes('build')) {
      throw badInput(
        `the pages are not built, and this account may not build them (${message}); run npm run build in the program's folder as the account that owns it.`,
      );
    }
    throw mended(error);
  }
}

const secondsSince = (startedMs: number) => ((performance.now() - startedMs) / 1000).toFixed(1);

function roleOf(options: ServeOptions): Role {
  if (options.workers !== undefined && options.processes === undefined)
    throw badInput('--workers goes with --processes.');
  const asked = [options.web && 'web', options.worker && 'worker', options.processes && 'first'].filter(
    (role): role is Role => typeof role === 'string',
  );
  if (asked.length > 1) throw badInput('--web, --worker and --processes are three ways; choose one.');
  if (options.dev && asked.length > 0) throw badInput('--dev runs in one process; leave the others out.');
  return asked[0] ?? 'all';
}

function countOf(option: string, text: string | undefined, fallback: number): number {
  const count = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 64)
    throw badInput(`${option} takes a whole number from 1 to 64.`);
  return count;
}

/** Serves the pages in this process. @returns their port */
async function pagesOf(
  { clinic }: StartedClinic,
  bundle: Bundle | undefined,
  config: Config,
  options: ServeOptions,
  undo: Undo[],
): Promise<number> {
  const { startWeb } = await import('../../server.ts');
  const { host, port, drainSeconds } = config.http;
  const specimens = options.dev === true || process.env.UNDERTONE_SPECIMENS === '1';
  const web = await startWeb({ clinic, bundle, port, host, specimens });
  undo.push(async (leave) => {
    await web.drain(drainSeconds * 1000, leave);
    await web.stop();
  });
  return web.port;
}

/** Starts the processes that do the work. */
function processesOf(options: ServeOptions, config: Config): Processes {
  return startProcesses({
    web: countOf('--processes', options.processes, 1),
    workers: countOf('--workers', options.workers, 1),
    args: options.port === undefined ? [] : ['--port', options.port],
    main: join(import.meta.dirname, '..', 'main.ts'),
    drainSeconds: config.http.drainSeconds,
    onRestart: (part, why) => say(`A ${part} process ended (${why}); starting it again.`),
  });
}

/** One of the processes of a first one. @returns the port of the pages; 0 for a worker */
async function serveAsChild(
  config: Config,
  options: ServeOptions,
  role: Role,
  undo: Undo[],
  gone: () => void,
): Promise<number> {
  await import('@undertone/clinic/start.ts');
  if (role === 'web') await import('../../server.ts');
  const bundle = await waitToGo();
  const starting = startClinicNoting(config, role, gone);
  undo.push(() => starting.then((started) => started.stop(), ignore));
  // Read while the database is reached; what fails here fails again below, and says so there.
  const reading = role === 'web' ? import(pathToFileURL(bundle.serverFile).href).catch(ignore) : undefined;
  const [started] = await both(starting, reading);
  const port = role === 'worker' ? 0 : await pagesOf(started, bundle, config, options, undo);
  flushCompileCache();
  return port;
}

/**
 * Compiled code is kept in the data folder, where nobody else can put anything: the next start reads it in half the time,
 * which after a crash is time nobody is served in.
 */
async function keepCompiled(config: Config): Promise<void> {
  const { makeHome } = await import('@undertone/clinic/platform/home.ts');
  makeHome(config.home);
  enableCompileCache(join(config.home, 'cache', 'code'));
}

async function startClinicNoting(config: Config, role: Role, gone: () => void) {
  const { startClinic } = await import('@undertone/clinic/start.ts');
  return startClinic(config, {
    beside: role === 'web' || role === 'worker' ? 'join' : 'refuse',
    work: role === 'all' || role === 'worker',
    archive: true,
    fenced: true,
    migrate: !isChild(),
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
  const { tenantSites } = await import('@undertone/clinic/tenant/commands.ts');
  const { inTenant } = await import('@undertone/clinic/platform/scope.ts');
  const [site] = await tenantSites(clinic);
  if (site === undefined) {
    const host = new URL(clinic.config.http.publicUrl).hostname;
    return say(
      `\nThere is no clinic yet. Open it from a second terminal, with these settings; that prints the link for its owner:\n  npx undertone tenant add "NAME OF THE CLINIC" --host ${host}\n`,
    );
  }
  const invite = await inTenant(site.id, () => createOwnerInvite(clinic, site.id), site.publicUrl);
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
async function unwind(undo: Undo[], leave: AbortSignal): Promise<Error | undefined> {
  let failure: Error | undefined;
  for (const step of undo.splice(0).reverse()) {
    try {
      await step(leave);
    } catch (error) {
      failure ??= error as Error;
    }
  }
  return failure;
}

/**
 * npm hands a SIGTERM to its shell, which ends without handing it on: a shell that is gone is the same wish.
 * @returns what ends the watch
 */
function onNpmGone(act: () => void): () => void {
  if (process.env.npm_lifecycle_event === undefined) return ignore;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) act();
  }, 500).unref();
  return () => clearInterval(watch);
}

/** To the person at the terminal. The first process speaks for its children; they speak up only to say why they end. */
function say(text: string): void {
  if (!isChild()) process.stdout.write(`${text}\n`);
}

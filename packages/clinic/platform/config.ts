import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { S3Credentials } from './s3-store.ts';

/**
 * Everything the program may be told from outside, read once at start and never again. Each setting has a
 * default that runs; docs/operations.md explains them to the person who runs the clinic's server.
 */
export interface Config {
  /** The data folder, absolute. Database, files, logs and the outbox live in it. */
  readonly home: string;
  /** The folder of the master key, absolute: outside the data folder, so that a copy of the data opens nothing. */
  readonly secrets: string;
  /** The folder backups and the archived log go to; undefined means the one given to the first `undertone backup`. */
  readonly backups: string | undefined;
  readonly http: {
    /** Address the pages are served on. */
    readonly host: string;
    readonly port: number;
    /** How the outside world reaches the pages, without a trailing slash. Decides secure cookies and passkeys. */
    readonly publicUrl: string;
    /** How many proxies in front may be believed about the visitor's address. */
    readonly trustedProxies: number;
    /** Opens `/metrics` to its holder; without it only this machine may read them. */
    readonly metricsToken: string | undefined;
    /** How long pages are still served after SIGTERM, while `/readyz` says that this process is going. */
    readonly drainSeconds: number;
    /** Whether browsers are told that every host below this one speaks https too. */
    readonly hstsSubdomains: boolean;
  };
  readonly outbound: {
    /** Hosts a webhook or a time-stamp authority may be on; undefined: any with a public address. Only a host named here may be private. */
    readonly hosts: readonly string[] | undefined;
    /** Whether database and mail servers on other machines may be spoken to without TLS. */
    readonly plaintext: boolean;
  };
  readonly database: {
    /** An external PostgreSQL server (15 or later); undefined means the embedded one in the data folder. */
    readonly url: string | undefined;
    /** Most connections this process opens. */
    readonly poolSize: number;
    /** A folder with `postgres` and `initdb` to use instead of the ones from npm. */
    readonly binaries: string | undefined;
    /** The account the embedded server runs as when started by root; undefined lets the program choose. */
    readonly account: string | undefined;
    /** Where the embedded server keeps its cluster; undefined means `postgres` in the data folder. */
    readonly folder: string | undefined;
  };
  readonly files: {
    /** Where encrypted photographs and documents are kept: a `file:` URL, or `s3://bucket/prefix?endpoint=…&region=…`. */
    readonly url: string;
    /** For an `s3:` URL: who we are there. */
    readonly s3: S3Credentials | undefined;
    /** 32 bytes in base64; undefined means the file `master.key` in the folder of secrets. */
    readonly masterKey: string | undefined;
  };
  readonly mail: {
    /** SMTP server; undefined writes each message to the folder `outbox` instead of sending it. */
    readonly url: string | undefined;
    readonly from: string;
  };
  readonly timestamp: {
    /** Authority for RFC 3161 tokens in the seals of documents; undefined seals without. */
    readonly url: string | undefined;
  };
  readonly log: {
    readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
    /** `auto`: a file in the data folder when a person is watching the terminal, else stderr. */
    readonly to: 'auto' | 'stderr' | 'file';
  };
  /** Minutes without use, and hours altogether, after which a staff session ends. */
  readonly sessions: { readonly idleMinutes: number; readonly absoluteHours: number };
  /** Whether an empty database gets the sample clinic. */
  readonly sample: boolean;
}

const text = z.string().trim().min(1);
const flag = z
  .enum(['0', '1', 'true', 'false', 'yes', 'no'])
  .transform((v) => ['1', 'true', 'yes'].includes(v));
/** A unit of systemd waits as long as docs/operations.md says; a longer drain would be cut off. */
export const longestDrainSeconds = 30;
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const environmentShape = z.object({
  UNDERTONE_HOME: text.optional(),
  UNDERTONE_SECRETS: text.optional(),
  UNDERTONE_BACKUP_DIR: text.optional(),
  HOST: text.default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUSTED_PROXIES: whole(0, 10).default(0),
  METRICS_TOKEN: text.min(16).optional(),
  DRAIN_SECONDS: whole(0, longestDrainSeconds).default(5),
  HSTS_SUBDOMAINS: flag.default(false),
  OUTBOUND_HOSTS: text.optional(),
  ALLOW_PLAINTEXT: flag.default(false),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL_SIZE: whole(2, 500).default(12),
  UNDERTONE_POSTGRES_BIN: text.optional(),
  UNDERTONE_POSTGRES_USER: text.optional(),
  UNDERTONE_POSTGRES_DIR: text.optional(),
  FILES_URL: z.url({ protocol: /^(file|s3)$/ }).optional(),
  AWS_ACCESS_KEY_ID: text.optional(),
  AWS_SECRET_ACCESS_KEY: text.optional(),
  AWS_SESSION_TOKEN: text.optional(),
  UNDERTONE_MASTER_KEY: z
    .base64()
    .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64')
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  TIMESTAMP_URL: z.url({ protocol: /^https?$/ }).optional(),
  MAIL_FROM: text.default('Undertone <no-reply@localhost>'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_TO: z.enum(['auto', 'stderr', 'file']).default('auto'),
  SESSION_IDLE_MINUTES: whole(5, 24 * 60).default(60),
  SESSION_ABSOLUTE_HOURS: whole(1, 24 * 30).default(12),
  UNDERTONE_SAMPLE: flag.default(true),
});

const environment = environmentShape.superRefine((e, context) => {
  if (!e.FILES_URL?.startsWith('s3:')) return;
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const) {
    if (e[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'is needed for FILES_URL with s3:' });
  }
  const endpoint = new URL(e.FILES_URL).searchParams.get('endpoint');
  if (endpoint !== null && !/^https?:\/\/[^/]+\/?$/.test(endpoint))
    context.addIssue({
      code: 'custom',
      path: ['FILES_URL'],
      message: 'endpoint must be http(s)://host, with a port if need be, and no path',
    });
});

function credentialsOf(e: z.infer<typeof environmentShape>): S3Credentials {
  return {
    accessKeyId: e.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: e.AWS_SECRET_ACCESS_KEY ?? '',
    ...(e.AWS_SESSION_TOKEN !== undefined && { sessionToken: e.AWS_SESSION_TOKEN }),
  };
}

/** The names of all settings, for `doctor` and the test that keeps docs/operations.md complete. */
export const settingNames: readonly string[] = Object.keys(environmentShape.shape);

/** The folder that holds this program: the nearest one above whose package.json is named `undertone`. */
export function programFolder(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
      if (name === 'undertone') return folder;
    }
    if (folder === dirname(folder)) return process.cwd();
  }
}

/**
 * Reads the settings from environment variables. An empty value counts as not set.
 * @throws an error with code `bad-input` that names each wrong setting and what it should be.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    settingNames.filter((name) => (env[name] ?? '') !== '').map((name) => [name, env[name]]),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw Object.assign(
      new Error(`settings cannot be used: ${faults.join('; ')}. See docs/operations.md, "Settings".`),
      { code: 'bad-input' as const },
    );
  }
  const e = parsed.data;
  refusePlaintext(e.DATABASE_URL, e.ALLOW_PLAINTEXT);
  const absolute = (path: string) => (isAbsolute(path) ? path : resolve(path));
  const home = e.UNDERTONE_HOME === undefined ? join(programFolder(), 'data') : absolute(e.UNDERTONE_HOME);
  return freeze({
    home,
    secrets: e.UNDERTONE_SECRETS === undefined ? `${home}-secrets` : absolute(e.UNDERTONE_SECRETS),
    backups: e.UNDERTONE_BACKUP_DIR && absolute(e.UNDERTONE_BACKUP_DIR),
    http: {
      host: e.HOST,
      port: e.PORT,
      publicUrl: (e.PUBLIC_URL ?? `http://localhost:${e.PORT}`).replace(/\/+$/, ''),
      trustedProxies: e.TRUSTED_PROXIES,
      metricsToken: e.METRICS_TOKEN,
      drainSeconds: e.DRAIN_SECONDS,
      hstsSubdomains: e.HSTS_SUBDOMAINS,
    },
    outbound: {
      hosts: e.OUTBOUND_HOSTS?.toLowerCase()
        .split(',')
        .map((host) => host.trim())
        .filter((host) => host !== ''),
      plaintext: e.ALLOW_PLAINTEXT,
    },
    database: {
      url: e.DATABASE_URL,
      poolSize: e.DATABASE_POOL_SIZE,
      binaries: e.UNDERTONE_POSTGRES_BIN && absolute(e.UNDERTONE_POSTGRES_BIN),
      account: e.UNDERTONE_POSTGRES_USER,
      folder: e.UNDERTONE_POSTGRES_DIR && absolute(e.UNDERTONE_POSTGRES_DIR),
    },
    files: {
      url: e.FILES_URL ?? pathToFileURL(join(home, 'files')).href,
      s3: e.FILES_URL?.startsWith('s3:') ? credentialsOf(e) : undefined,
      masterKey: e.UNDERTONE_MASTER_KEY,
    },
    mail: { url: e.SMTP_URL, from: e.MAIL_FROM },
    timestamp: { url: e.TIMESTAMP_URL },
    log: { level: e.LOG_LEVEL, to: e.LOG_TO },
    sessions: { idleMinutes: e.SESSION_IDLE_MINUTES, absoluteHours: e.SESSION_ABSOLUTE_HOURS },
    sample: e.UNDERTONE_SAMPLE,
  });
}

/** Records may not cross a network in the clear by an oversight. A socket, and this machine, are no network. */
function refusePlaintext(databaseUrl: string | undefined, isAllowed: boolean): void {
  if (databaseUrl === undefined || isAllowed) return;
  const { hostname, searchParams } = new URL(databaseUrl);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  const isHere = host === '' || host.startsWith('/') || isThisMachine(host);
  const mode =
    searchParams.get('sslmode') ?? (searchParams.get('ssl') === 'true' ? 'verify-full' : 'disable');
  if (isHere || !['disable', 'allow', 'prefer'].includes(mode)) return;
  throw Object.assign(
    new Error(
      'settings cannot be used: DATABASE_URL goes to another machine without TLS. Add ?sslmode=verify-full, or set ALLOW_PLAINTEXT=1 where the network between them is closed. See docs/operations.md, "Settings".',
    ),
    { code: 'bad-input' as const },
  );
}

/** Whether a host name or address is this machine itself. */
export function isThisMachine(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

function freeze<T extends object>(tree: T): T {
  for (const branch of Object.values(tree)) if (typeof branch === 'object' && branch !== null) freeze(branch);
  return Object.freeze(tree);
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './config.ts';

export type { Logger } from 'pino';

/**
 * Structured log, one JSON object a line. Log ids, codes, counts and times; never a name, address, phone number,
 * health fact, token or request body. As a second fence, fields that usually carry such things are cut out
 * wherever they appear, and errors are reduced to code, message and stack.
 */
export function openLog(config: Pick<Config, 'home' | 'log'>): Logger {
  const toFile = config.log.to === 'file' || (config.log.to === 'auto' && process.stderr.isTTY);
  const folder = join(config.home, 'log');
  if (toFile) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const out = destination({
    dest: toFile ? join(folder, 'undertone.log') : 2,
    sync: true,
    mode: 0o600,
    // What cannot be written now is written with what comes later, up to a million characters; beyond that it is lost.
    maxLength: 1_000_000,
  });
  // A full disk takes no lines. Nobody is helped by ending the program for that.
  out.on('error', () => undefined);
  return pino(
    {
      level: config.log.level,
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      redact: {
        paths: personalFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[cut]',
      },
      serializers: { err: plainError },
    },
    out,
  );
}

const personalFields = [
  'name',
  'email',
  'phone',
  'address',
  'password',
  'token',
  'cookie',
  'authorization',
  'secret',
  'code2fa',
  'body',
  'detail',
  'parameters',
];

/** PostgreSQL puts offending values into `detail`, `where` and `parameters`; only these fields are kept. */
function plainError(error: unknown): object {
  const e = error as { name?: string; code?: unknown; message?: string; stack?: string };
  return { kind: e.name, code: e.code, message: e.message, stack: e.stack };
}

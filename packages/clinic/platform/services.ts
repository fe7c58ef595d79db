import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './database.ts';
import type { Files } from './files.ts';
import type { Jobs } from './jobs.ts';
import type { Keys } from './keys.ts';
import type { Logger } from './log.ts';
import type { Mail } from './mail.ts';
import type { Typesetter } from './pdf.ts';

/**
 * What a command needs from the machine. Built once by `startClinic` and handed down; commands name the parts they
 * use (`Pick<Services, 'db' | 'clock'>`), so that a test shows what a command can touch.
 */
export interface Services {
  readonly config: Config;
  readonly db: Db;
  readonly files: Files;
  readonly jobs: Jobs;
  readonly keys: Keys;
  readonly mail: Mail;
  readonly typesetter: Typesetter;
  readonly clock: Clock;
  readonly log: Logger;
}

import { randomBytes } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Clock } from './clock.ts';
import { type Config, isThisMachine } from './config.ts';

/** One message to one person. Header injection is impossible: the library encodes every field. */
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly replyTo?: string;
  /** An iCalendar object, sent as an alternative part so that mail programs offer it as an invitation. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly content: string };
  /** Stable across retries of the same message, so that a receiver can drop a second copy. */
  readonly messageId?: string;
}

export interface Mail {
  /** Whether messages leave the machine. */
  readonly delivers: boolean;
  /** Hands the message over; resolves when the server (or the outbox folder) has taken it. */
  send(message: Message): Promise<{ readonly messageId: string }>;
  /** Asks the server whether it would take mail now. */
  check(): Promise<{ ok: true } | { ok: false; reason: 'mail-unreachable'; message: string }>;
  close(): void;
}

/** Mail by SMTP, or, with no server set, as `.eml` files in the folder `outbox` of the data folder. */
export function openMail(config: Pick<Config, 'home' | 'mail' | 'outbound'>, clock: Clock): Mail {
  if (config.mail.url !== undefined) return smtp(config);
  return outbox(join(config.home, 'outbox'), config.mail.from, clock);
}

function fields(message: Message, from: string) {
  const { calendar, ...rest } = message;
  return {
    ...rest,
    from,
    ...(calendar && { icalEvent: { method: calendar.method, content: calendar.content } }),
  };
}

function smtp(config: Pick<Config, 'mail' | 'outbound'>): Mail {
  const transport = createTransport({
    url: config.mail.url,
    // With smtp:// the server must offer STARTTLS, unless it is this machine: patients' names are in the messages.
    requireTLS: !config.outbound.plaintext && !isThisMachine(new URL(config.mail.url ?? '').hostname),
    pool: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    delivers: true,
    send: async (message) => {
      const sent = await transport.sendMail(fields(message, config.mail.from));
      return { messageId: sent.messageId };
    },
    check: async () => {
      try {
        await transport.verify();
        return { ok: true };
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        return {
          ok: false,
          reason: 'mail-unreachable',
          message:
            code === 'EAUTH'
              ? `The mail server refuses the user or the password in SMTP_URL (${message}); set them anew, with signs such as @ written as %40.`
              : `The mail server in SMTP_URL does not answer as it should (${message}); check its name and port.`,
        };
      }
    },
    close: () => transport.close(),
  };
}

function outbox(folder: string, from: string, clock: Clock): Mail {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    delivers: false,
    send: async (message) => {
      const built = await transport.sendMail({
        ...fields(message, from),
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = `${clock.now().toISOString().replaceAll(/[:.]/g, '-')}-${randomBytes(4).toString('hex')}.eml`;
      const file = await open(join(folder, `.${name}`), 'wx', 0o600);
      try {
        await file.writeFile(built.message as Buffer);
      } finally {
        await file.close();
      }
      await rename(join(folder, `.${name}`), join(folder, name));
      return { messageId: built.messageId };
    },
    check: () => Promise.resolve({ ok: true }),
    close: () => transport.close(),
  };
}

/** When a message may go out, and links that open a chat. Pure. */
import type { MessageLanguage } from './schema.ts';

export interface QuietHours {
  /** Wall-clock minutes; from 21:00 (1260) to 8:00 (480) crosses midnight. Equal ends: never quiet. */
  readonly fromMin: number;
  readonly toMin: number;
}

/** Whole minutes to wait until the quiet is over; 0 when it is not quiet at this wall-clock minute of the day. */
export function minutesUntilLoud(wallMinuteOfDay: number, quiet: QuietHours): number {
  const { fromMin, toMin } = quiet;
  if (fromMin === toMin) return 0;
  const isQuiet =
    fromMin < toMin
      ? wallMinuteOfDay >= fromMin && wallMinuteOfDay < toMin
      : wallMinuteOfDay >= fromMin || wallMinuteOfDay < toMin;
  if (!isQuiet) return 0;
  return (toMin - wallMinuteOfDay + 1440) % 1440;
}

/** The wall-clock minute of the day of an instant in a zone. */
export function wallMinuteOfDay(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0);
  return value('hour') * 60 + value('minute');
}

/** A moment in words, in the reader's language and the clinic's zone, which is named. */
export function momentInWords(at: Date, language: MessageLanguage, zone: string): string {
  const locale = { en: 'en-IN', hi: 'hi-IN', bn: 'bn-IN', ne: 'ne-NP' }[language];
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'long',
  }).format(at);
}

const callingCodes: Readonly<Record<string, string>> = {
  IN: '91',
  NP: '977',
  BD: '880',
  US: '1',
  GB: '44',
  DE: '49',
  AU: '61',
};

/** Digits in international form, or undefined when the country of a national number is unknown. */
export function internationalDigits(phone: string, country: string): string | undefined {
  const digits = phone.replaceAll(/\D/g, '');
  if (phone.trim().startsWith('+')) return digits;
  if (digits.startsWith('00')) return digits.slice(2);
  const code = callingCodes[country];
  if (code === undefined) return undefined;
  // India writes twelve digits with 91 and ten without; a leading 0 is the trunk prefix.
  if (digits.startsWith(code) && digits.length > 10) return digits;
  return code + digits.replace(/^0+/, '');
}

/** One tap opens WhatsApp with the sentence ready to send; nothing is sent by us. */
export function whatsAppLink(phone: string, country: string, text: string): string | undefined {
  const digits = internationalDigits(phone, country);
  return digits === undefined ? undefined : `https://wa.me/${digits}?text=${encodeURIComponent(text)}`;
}

/** Pauses before the next try, in seconds: 30 s, 2 min, 8 min, 32 min, 2 h. */
export function retryDelaySeconds(attempts: number): number {
  return Math.min(30 * 4 ** Math.max(0, attempts - 1), 7200);
}

export const maxAttempts = 6;

/** What kept a message from arriving, as far as somebody at the desk can do something about it. */
export const failureKinds = [
  'address-refused',
  'server-refused',
  'sign-in-refused',
  'unreachable',
  'adapter-missing',
  'adapter-refused',
  'other',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface DeliveryFault {
  readonly code?: string | undefined;
  /** The mail server's answer, RFC 5321 section 4.2. */
  readonly responseCode?: number | undefined;
  /** What the server was told when it answered so. */
  readonly command?: string | undefined;
}

/**
 * Whether the mail server will have this recipient never: a permanent answer (RFC 5321: 5yz) to the recipient alone.
 * Refused senders, sizes and contents are the clinic's to mend, and are tried on.
 */
export function isForGood({ code, responseCode, command }: DeliveryFault): boolean {
  const isRefused = command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500;
  return code === 'EENVELOPE' && isRefused;
}

/** Codes of the mail library and of sockets that mean nobody was spoken to. */
const unreached =
  /^(ECONNECTION|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ESOCKET|EDNS|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETLS|EPROTOCOL|ABORT_ERR)$/;

/** @param lastError what the outbox keeps: `code: message` */
export function failureKindOf(lastError: string | null): FailureKind {
  const [, code = '', message = ''] = /^([^:]*): ?([\s\S]*)$/.exec(lastError ?? '') ?? [];
  if (code === 'webhook-missing') return 'adapter-missing';
  if (code === 'webhook-refused') return 'adapter-refused';
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'sign-in-refused';
  if (code === 'EENVELOPE') return /recipient/i.test(message) ? 'address-refused' : 'server-refused';
  if (code === 'EMESSAGE' || code === 'ESTREAM') return 'server-refused';
  if (unreached.test(code) || code === 'outbound-refused') return 'unreachable';
  return 'other';
}

import { z } from 'zod';
import { type Language, language } from '../tenant/schema.ts';

const channels = ['email', 'webhook'] as const;
export type Channel = (typeof channels)[number];

export const messageLanguage = language;
export type MessageLanguage = Language;

/** Every template with the words it is filled with. All values are plain text. */
export const templateParams = {
  'booking-hold': ['clinic', 'name', 'service', 'when', 'link', 'until'],
  'booking-confirmed': ['clinic', 'name', 'service', 'when', 'where', 'staff', 'link'],
  'booking-moved': ['clinic', 'name', 'service', 'when', 'where', 'staff', 'link'],
  'booking-cancelled': ['clinic', 'name', 'service', 'when', 'phone'],
  'booking-reminder': ['clinic', 'name', 'service', 'when', 'where', 'link'],
  'waitlist-offer': ['clinic', 'name', 'service', 'when', 'link', 'until'],
  /** For other subjects that write their own sentences. */
  plain: ['subject', 'text'],
} as const;
export type Template = keyof typeof templateParams;
export type ParamsOf<T extends Template> = Record<(typeof templateParams)[T][number], string>;

const messageState = z.enum(['queued', 'sent', 'failed', 'suppressed', 'withdrawn']);
export type MessageState = z.infer<typeof messageState>;

/** An iCalendar object that travels with an e-mail. */
export const calendarPart = z.object({ method: z.enum(['REQUEST', 'CANCEL']), content: z.string() });
export type CalendarPart = z.infer<typeof calendarPart>;

/** What the clinic's own adapter for SMS or WhatsApp is sent. */
export interface WebhookBody {
  readonly version: 1;
  /** Stable across retries: drop a second one. */
  readonly id: string;
  readonly to: string;
  readonly template: Template;
  readonly language: MessageLanguage;
  readonly text: string;
}

/** A message as the desk sees it. */
export interface MessageRecord {
  readonly id: string;
  readonly channel: Channel;
  readonly recipient: string;
  readonly template: Template;
  readonly language: MessageLanguage;
  readonly state: MessageState;
  readonly dueAt: Date;
  readonly attempts: number;
  readonly lastError: string | null;
  /** Whom it speaks to, and the time it speaks of, in its own language; null where it says neither. */
  readonly name: string | null;
  readonly when: string | null;
  readonly subject: { readonly kind: string; readonly id: string } | null;
  readonly settledAt: Date | null;
}

import { optIn } from '@undertone/clinic/notify/commands.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { data } from 'react-router';
import type { Locale } from '../locales/index.ts';
import { refusedStatus } from '../server/guard.ts';
import { optInWords } from './opt-in-words.ts';

/** What a form of the inbox answered. `optIn` and `correct`: the address that was typed there and refused. */
export type InboxAnswer =
  | { readonly ok: true; readonly message: string }
  | {
      readonly ok: false;
      readonly message: string;
      readonly optIn?: string;
      readonly correct?: { readonly id: string; readonly typed: string };
    };

/** Sends reminders again to a person who had stopped them. What was typed comes back with a refusal. */
export async function replyToOptIn(clinic: Clinic, actor: Actor, locale: Locale, typed: string) {
  const words = optInWords[locale];
  const recipient = typed.trim();
  const answer =
    recipient === ''
      ? ({ ok: false, reason: 'missing', message: words.missing } as const)
      : await optIn(clinic, actor, recipient);
  if (answer.ok) return data<InboxAnswer>({ ok: true, message: words.done });
  const message = answer.reason === 'not-opted-out' ? words.notFound : answer.message;
  return data<InboxAnswer>({ ok: false, message, optIn: typed }, { status: refusedStatus(answer) });
}

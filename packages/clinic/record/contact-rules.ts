/**
 * Which messages go to a patient only on channels they did not withdraw, and for what purpose; which go all the same, and
 * why. Data for the clinic and its counsel to review: nobody has yet. An opt-out from the link in a message is another
 * thing: it stops everything that is not the answer to what a person has just done (notify/commands.ts).
 */
import type { ContactPurpose } from './schema.ts';

export interface MessageRule {
  /** The purpose whose consent is asked; null: sent all the same. */
  readonly purpose: ContactPurpose | null;
  readonly why: string;
  readonly source: string;
  readonly review: 'unreviewed';
}

const rule = (purpose: ContactPurpose | null, why: string, source: string): MessageRule => ({
  purpose,
  why,
  source,
  review: 'unreviewed',
});

const ownAct = 'Answers what the person has just asked for, on the address they gave for it.';
const dpdp = 'Digital Personal Data Protection Act 2023 (India), sections 6 and 7, as read by us';

export const patientMessages = {
  'booking-hold': rule(null, ownAct, dpdp),
  'booking-confirmed': rule(null, ownAct, dpdp),
  'booking-moved': rule(
    null,
    'An appointment that exists is at another time: not to say so does harm.',
    dpdp,
  ),
  'booking-cancelled': rule(null, 'An appointment that existed does not take place.', dpdp),
  'booking-reminder': rule('appointments', 'A service, not a need: the appointment stands without it.', dpdp),
  'waitlist-offer': rule('appointments', 'An offer of something the person does not have yet.', dpdp),
  'intake-link': rule('appointments', 'The questions can be asked in the room.', dpdp),
  'consent-link': rule('appointments', 'The consent can be read and signed in the room.', dpdp),
  'check-in': rule('aftercare', 'A person who does not answer is telephoned by the clinic instead.', dpdp),
  'recall-message': rule(
    'aftercare',
    'A withdrawn channel is not used even for safety, because two remain: the person stands on the call list, and a letter is printed.',
    'Clinical reference on recalls; background knowledge',
  ),
  'recall-letter': rule(
    null,
    'A lot that may harm is told to everyone it touched; a letter by post needs no consent to a channel.',
    'Clinical reference on recalls; background knowledge',
  ),
} as const satisfies Readonly<Record<string, MessageRule>>;
export type PatientMessage = keyof typeof patientMessages;

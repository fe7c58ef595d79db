import type { RetentionRefusal } from './schema.ts';

function refusal(reason: RetentionRefusal['reason'], message: string, field?: string): RetentionRefusal {
  return { ok: false, reason, message, ...(field !== undefined && { field }) };
}

export const notAllowed = refusal('not-allowed', 'Your role does not allow this.');
export const notFound = refusal('not-found', 'There is no such patient or erasure.');
export const merged = refusal(
  'merged',
  'This record was merged into another one; the wish is recorded there and covers both.',
);
export const onHold = refusal(
  'on-hold',
  'A legal hold stands: nothing of this person is erased until it is lifted.',
);
export const alreadyHeld = refusal('already-held', 'A legal hold stands already.');
export const alreadyAsked = refusal('already-asked', 'An erasure of this person is open already.');
export const wrongState = refusal(
  'wrong-state',
  'This was decided meanwhile; load the page again to see how it stands.',
);
export const linkUnknown = refusal(
  'link-unknown',
  'This link is not known here. Please copy it whole, or ask the clinic for a new one.',
);
export const linkExpired = refusal(
  'link-expired',
  'This link has expired. Please ask the clinic for a new one.',
);
export const wrongAnswer = refusal(
  'wrong-answer',
  'This is not what the clinic has on record. Please try again, or call the clinic.',
  'answer',
);

/** Booking's door for pages and other subjects. */

export * from './book.ts';
export * from './branches.ts';
export * from './change.ts';
export * from './desk.ts';
export { correctMessage } from './failed-messages.ts';
export * from './feeds.ts';
export { countAttempt, issueChallenge, rateRules, type WorkCost } from './limits.ts';
export { type Link, type LinkPurpose, makeLink, openLink, tokenOf, useLink } from './links.ts';
export { findAvailability, getBooking, listServices, nearbySlots } from './queries.ts';
export * from './settings.ts';
export * from './setup.ts';
export * from './waitlist.ts';
export * from './waitlist-desk.ts';
export * from './waitlist-request.ts';

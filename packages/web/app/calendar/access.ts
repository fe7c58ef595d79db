/** Who may open the pages about bookings. What they may do there, booking's commands decide again. */
import { can } from '@undertone/clinic/staff/rules.ts';
import { type Actor, role } from '@undertone/clinic/staff/schema.ts';
import type { MiddlewareFunction, RouterContextProvider } from 'react-router';
import { actorOf, staffOnly } from '../server/guard.ts';

/** Middleware of every page about bookings. */
export const readersOnly: MiddlewareFunction<Response> = staffOnly(
  ...role.options.filter((one) => can(one, 'booking.read')),
);

/**
 * The member of staff an action changes bookings for.
 * @throws a 403 response when the role may only look.
 */
export function writerOf(context: Readonly<RouterContextProvider>): Actor {
  const actor = actorOf(context);
  if (!can(actor.role, 'booking.write')) {
    throw new Response('Your role may look at bookings, not change them.', { status: 403 });
  }
  return actor;
}

/** What a query gives, or the page's refusal. @throws a 403 response */
export function allowed<Answer extends { readonly ok: boolean }>(
  answer: Answer,
): Extract<Answer, { readonly ok: true }> {
  if (!answer.ok) throw new Response('Your role may not look at bookings.', { status: 403 });
  return answer as Extract<Answer, { readonly ok: true }>;
}

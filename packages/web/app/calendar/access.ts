/** Who may look at the calendar and who may change it; booking's commands leave that question to their caller. */
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

/** How the audit chain names a member of staff. */
export function auditActor(actor: Actor): { kind: 'staff'; id: string } {
  return { kind: 'staff', id: actor.staffId };
}

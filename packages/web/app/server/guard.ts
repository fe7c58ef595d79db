import { noteRoleRefusal } from '@undertone/clinic/staff/refused.ts';
import type { Actor, Entrant, Role } from '@undertone/clinic/staff/schema.ts';
import { type MiddlewareFunction, type RouterContextProvider, redirect } from 'react-router';
import { askedContext } from './context.ts';

/** The path of a page, whether it was asked for as a page or as its data. */
function pageOf(url: URL): string {
  return (
    url.pathname.replace(/\/_root\.data$/, '/').replace(/\.data$/, '') +
    url.search.replace(/[?&]_routes=[^&]*/, '')
  );
}

/**
 * Middleware of every staff page: without a session the visitor is sent to sign in and comes back afterwards; with
 * a role that may not see the page, the page is refused. With no roles named, any member of staff may.
 */
export function staffOnly(...roles: readonly Role[]): MiddlewareFunction<Response> {
  return async ({ request, context }, next) => {
    const { actor, waiting, clinic } = context.get(askedContext);
    if (!actor) {
      const first = waiting === undefined ? '/sign-in' : '/second-step';
      throw redirect(`${first}?to=${encodeURIComponent(pageOf(new URL(request.url)))}`);
    }
    if (roles.length > 0 && !roles.includes(actor.role)) {
      await noteRoleRefusal(clinic, actor, new URL(request.url).pathname);
      throw new Response('This page is not open to your role', { status: 403 });
    }
    return await next();
  };
}

/** Middleware of what a member needs who must set up or show a second step first: open to her and to every other member. */
export const entrantsOnly: MiddlewareFunction<Response> = async ({ request, context }, next) => {
  const { actor, waiting } = context.get(askedContext);
  if (!actor && !waiting) throw redirect(`/sign-in?to=${encodeURIComponent(pageOf(new URL(request.url)))}`);
  return await next();
};

/** The signed-in person of a page behind {@link entrantsOnly} or {@link staffOnly}. */
export function entrantOf(context: Readonly<RouterContextProvider>): Entrant {
  const { waiting } = context.get(askedContext);
  return waiting ?? { actor: actorOf(context), owes: undefined };
}

/** The member of staff a guarded loader or action works for. */
export function actorOf(context: Readonly<RouterContextProvider>): Actor {
  const { actor } = context.get(askedContext);
  if (!actor)
    throw Object.assign(new Error('a staff page is not behind staffOnly'), { code: 'guard-missing' });
  return actor;
}

import { noteRefusal } from '@undertone/clinic/staff/refused.ts';
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
 * a role that may not see the page, the page is refused. With no roles named, any member of staff may. What is answered
 * 403 to a member, by this guard or by a command of the page ({@link refusedStatus}), is noted.
 */
export function staffOnly(...roles: readonly Role[]): MiddlewareFunction<Response> {
  return async ({ request, context }, next) => {
    const asked = context.get(askedContext);
    const { actor, waiting } = asked;
    if (!actor) {
      const first = waiting === undefined ? '/sign-in' : '/second-step';
      throw redirect(`${first}?to=${encodeURIComponent(pageOf(new URL(request.url)))}`);
    }
    const isOpen = roles.length === 0 || roles.includes(actor.role);
    const response = isOpen ? await next() : undefined;
    // A page within another that is guarded too was noted by the inner one.
    if ((response === undefined || response.status === 403) && asked.isRefusalNoted !== true) {
      asked.isRefusalNoted = true;
      const { pathname: path } = new URL(request.url);
      await noteRefusal(asked.clinic, actor, { method: request.method, path, requestId: asked.requestId });
    }
    if (response === undefined) throw new Response('This page is not open to your role', { status: 403 });
    return response;
  };
}

/** Status of a refused command: 403 where role or branch do not allow it, which {@link staffOnly} notes; else 422. */
export const refusedStatus = ({ reason }: { readonly reason: string }): 403 | 422 =>
  reason === 'not-allowed' ? 403 : 422;

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

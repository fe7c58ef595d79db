import { role } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { type MiddlewareFunction, RouterContextProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import { type Asked, askedContext } from './context.ts';
import { actorOf, entrantOf, entrantsOnly, refusedStatus, staffOnly } from './guard.ts';

/** Transactions that were asked for: each refusal is one, its entry of the chain. */
let entries = 0;
const chain = {
  transaction: () => ({
    execute: () => {
      entries++;
      return Promise.resolve();
    },
  }),
};

const asked: Omit<Asked, 'actor'> = {
  requestId: 'r',
  nonce: 'n',
  clinic: {
    db: chain,
    clock: { now: () => new Date(0) },
    log: { warn: () => undefined },
  } as unknown as Clinic,
  address: '127.0.0.1',
  publicUrl: 'http://localhost:3000',
  https: false,
  specimens: false,
};

function contextFor(actor: Asked['actor']): RouterContextProvider {
  const context = new RouterContextProvider();
  context.set(askedContext, { ...asked, actor });
  return context;
}

const member = (as: (typeof role.options)[number]) =>
  contextFor({ tenantId: 't', staffId: 's', role: as, name: 'Sample', sessionId: 'x' });

/** What the guard answers: the page itself, or the response it throws. */
async function ask(
  guard: MiddlewareFunction<Response>,
  address: string,
  context: RouterContextProvider,
  page: () => Promise<Response> = () => Promise.resolve(new Response('page')),
) {
  const request = new Request(`http://localhost:3000${address}`);
  const args = { request, context, params: {}, url: new URL(request.url), pattern: '' };
  try {
    return (await guard(args as Parameters<typeof guard>[0], page)) as Response;
  } catch (thrown) {
    return thrown as Response;
  }
}

describe('a staff page', () => {
  it('sends whoever has no session to sign in, and remembers where they wanted to go', async () => {
    const answer = await ask(staffOnly(), '/desk/account?tab=2', contextFor(undefined));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('Location')).toBe(`/sign-in?to=${encodeURIComponent('/desk/account?tab=2')}`);
  });

  it('remembers the page, not the address of its data', async () => {
    const answer = await ask(staffOnly(), '/desk/account.data?_routes=desk%2Flayout', contextFor(undefined));
    expect(answer.headers.get('Location')).toBe(`/sign-in?to=${encodeURIComponent('/desk/account')}`);
  });

  it('opens to every role when none is named', async () => {
    for (const each of role.options) {
      expect(await (await ask(staffOnly(), '/desk', member(each))).text()).toBe('page');
    }
  });

  it('opens to the roles it names and to no other', async () => {
    const guard = staffOnly('owner', 'physician');
    const statuses: Record<string, number> = {};
    entries = 0;
    for (const each of role.options) statuses[each] = (await ask(guard, '/studio', member(each))).status;
    expect(statuses).toEqual({ owner: 200, physician: 200, assistant: 403, desk: 403, auditor: 403 });
    expect(entries).toBe(3);
  });

  it('notes what its commands refuse to the role, once where pages lie within one another, and nothing else', async () => {
    const answers = (reason: string) => () =>
      Promise.resolve(Response.json({ reason }, { status: refusedStatus({ reason }) }));
    entries = 0;
    expect((await ask(staffOnly(), '/desk', member('desk'), answers('bad-form'))).status).toBe(422);
    expect(entries).toBe(0);
    expect((await ask(staffOnly(), '/desk', member('desk'), answers('not-allowed'))).status).toBe(403);
    expect(entries).toBe(1);
    const context = member('desk');
    const inner = () => ask(staffOnly('desk'), '/desk/money', context, answers('not-allowed'));
    expect((await ask(staffOnly(), '/desk/money', context, inner)).status).toBe(403);
    expect(entries).toBe(2);
  });

  it('sends whoever owes a second step to it, and is no page of hers before', async () => {
    const context = new RouterContextProvider();
    const actor = { tenantId: 't', staffId: 's', role: 'owner', name: 'Sample', sessionId: 'x' } as const;
    context.set(askedContext, { ...asked, actor: undefined, waiting: { actor, owes: 'set-up' } });
    const answer = await ask(staffOnly(), '/desk/patients', context);
    expect(answer.headers.get('Location')).toBe(`/second-step?to=${encodeURIComponent('/desk/patients')}`);
    expect(() => actorOf(context)).toThrow('staffOnly');
    expect(await (await ask(entrantsOnly, '/second-step', context)).text()).toBe('page');
    expect(entrantOf(context).actor).toBe(actor);
    expect((await ask(entrantsOnly, '/second-step', contextFor(undefined))).status).toBe(302);
  });

  it('cannot ask for its member of staff when it is not guarded', () => {
    expect(() => actorOf(contextFor(undefined))).toThrow('staffOnly');
  });
});

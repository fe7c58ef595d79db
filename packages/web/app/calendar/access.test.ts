import { type Role, role } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { RouterContextProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import { type Asked, askedContext } from '../server/context.ts';
import { readersOnly, writerOf } from './access.ts';

const asked: Omit<Asked, 'actor'> = {
  requestId: 'r',
  nonce: 'n',
  clinic: {} as Clinic,
  address: '127.0.0.1',
  publicUrl: 'http://localhost:3000',
  https: false,
  specimens: false,
};

function contextFor(as: Role): RouterContextProvider {
  const context = new RouterContextProvider();
  const actor = { tenantId: 't', staffId: 's', role: as, name: 'Sample', sessionId: 'x' };
  context.set(askedContext, { ...asked, actor });
  return context;
}

/** The status of what a guard throws; 200 when it throws nothing. */
async function statusOf(work: () => unknown): Promise<number> {
  try {
    await work();
    return 200;
  } catch (thrown) {
    return (thrown as Response).status;
  }
}

async function whoMay(work: (context: RouterContextProvider) => unknown): Promise<readonly Role[]> {
  const statuses = await Promise.all(role.options.map((as) => statusOf(() => work(contextFor(as)))));
  expect(statuses.every((status) => status === 200 || status === 403)).toBe(true);
  return role.options.filter((_, at) => statuses[at] === 200);
}

describe('the calendar', () => {
  it('is read by everybody who may see bookings, an auditor too', async () => {
    const request = new Request('http://localhost:3000/desk/calendar');
    const readers = await whoMay((context) => {
      const args = { request, context, params: {}, url: new URL(request.url), pattern: '' };
      return readersOnly(args as Parameters<typeof readersOnly>[0], () =>
        Promise.resolve(new Response('page')),
      );
    });
    expect(readers).toEqual(['owner', 'physician', 'assistant', 'desk', 'auditor']);
  });

  it('is changed by the people who run it, never by an auditor', async () => {
    expect(await whoMay(writerOf)).toEqual(['owner', 'physician', 'assistant', 'desk']);
  });
});

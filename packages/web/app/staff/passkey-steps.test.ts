import type { Clinic } from '@undertone/clinic/start.ts';
import { RouterContextProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import { askedContext } from '../server/context.ts';
import { action } from './passkey-steps.ts';

describe('registering a passkey', () => {
  it.each(['begin', 'finish'])('is refused to who has yet to show her second step: %s', async (step) => {
    const context = new RouterContextProvider();
    const actor = { tenantId: 't', staffId: 's', role: 'owner', name: 'Sample', sessionId: 'x' } as const;
    context.set(askedContext, {
      requestId: 'r',
      nonce: 'n',
      // Nothing of the clinic is touched.
      clinic: {} as Clinic,
      address: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      https: false,
      specimens: false,
      actor: undefined,
      waiting: { actor, owes: 'show' },
    });
    const request = new Request('http://localhost:3000/desk/account/passkeys', {
      method: 'POST',
      body: JSON.stringify({ step, challengeId: 'c', response: {}, name: 'Phone' }),
    });
    const args = { request, context, params: {}, url: new URL(request.url), pattern: '' };
    const answer = await action(args as unknown as Parameters<typeof action>[0]);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ ok: false, reason: 'not-allowed' });
  });
});

import { prove, waysToProve } from '@undertone/clinic/staff/commands.ts';
import type { WaysToProve } from '@undertone/clinic/staff/schema.ts';
import type { RouterContextProvider } from 'react-router';
import { askedContext } from '../server/context.ts';
import { entrantOf } from '../server/guard.ts';

/** What a page shows in place of itself while it asks again who is there. */
export interface ProofAsked {
  /** The form that was sent: it goes on its way once the proof is given, so nothing typed is lost. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly ways: WaysToProve;
  readonly fault?: 'password' | 'code';
  /** After too many attempts. */
  readonly waitMinutes?: number;
}

const ownFields: ReadonlySet<string> = new Set(['proof-password', 'proof-code']);

/**
 * Does what a form asks; where that needs a fresh proof of who asks, answers with what the page must show instead. The
 * answer of that page is the same form with the proof beside it.
 * @param act given the form without the proof; says `proof-needed` when its command did
 */
export async function proving<T extends object>(
  { request, context }: { readonly request: Request; readonly context: Readonly<RouterContextProvider> },
  act: (form: FormData) => Promise<T | 'proof-needed'>,
): Promise<T | { readonly proof: ProofAsked }> {
  const { clinic, address } = context.get(askedContext);
  const { actor } = entrantOf(context);
  const sent = await request.formData();
  const form = new FormData();
  for (const [name, value] of sent) if (!ownFields.has(name)) form.append(name, value);
  const ask = async (more: Omit<ProofAsked, 'fields' | 'ways'> = {}) => ({
    proof: {
      fields: [...form].flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      ),
      ways: await waysToProve(clinic, actor),
      ...more,
    },
  });
  if (sent.has('proof-password')) {
    const text = (name: string) => {
      const value = sent.get(name);
      return typeof value === 'string' ? value : '';
    };
    const given = { password: text('proof-password'), code: text('proof-code') };
    const from = { address, userAgent: request.headers.get('User-Agent') ?? '' };
    const proof = await prove(clinic, actor, given, from);
    if (!proof.ok) {
      if (proof.retryAfterSeconds !== undefined)
        return ask({ waitMinutes: Math.ceil(proof.retryAfterSeconds / 60) });
      return ask({ fault: proof.field === 'code' ? 'code' : 'password' });
    }
  }
  const answer = await act(form);
  return answer === 'proof-needed' ? ask() : answer;
}

/** The status of an answer that asks for a proof: the question is a page like any other, a wrong answer is a refusal. */
export function proofStatus({ fault, waitMinutes }: ProofAsked): number {
  if (waitMinutes !== undefined) return 429;
  return fault === undefined ? 200 : 422;
}

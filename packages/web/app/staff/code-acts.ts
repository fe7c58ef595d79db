import { beginTotp, confirmTotp } from '@undertone/clinic/staff/commands.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { qrPicture } from '../server/qr.ts';

/** What became of an act on the code. */
export interface CodeAnswer {
  /** A second step about to be turned on: shown once, in force after its first right code. */
  readonly setUp?: { readonly secret: string; readonly picture: string };
  readonly recoveryCodes?: readonly string[];
  readonly fault?: 'code' | 'password' | 'weak' | 'other';
}

/** The two steps by which a code is set up; undefined when the form asks for something else. */
export async function actOnCode(
  clinic: Clinic,
  actor: Actor,
  form: Partial<Record<string, string>>,
): Promise<CodeAnswer | 'proof-needed' | undefined> {
  if (form.act === 'set-up') {
    const begun = await beginTotp(clinic, actor);
    if (begun.ok) return { setUp: { secret: begun.secret, picture: qrPicture(begun.uri) } };
    return begun.reason === 'proof-needed' ? 'proof-needed' : { fault: 'other' };
  }
  if (form.act === 'turn-on') {
    const confirmed = await confirmTotp(clinic, actor, form.code ?? '');
    if (confirmed.ok) return { recoveryCodes: confirmed.recoveryCodes };
    return { fault: 'code', setUp: { secret: form.secret ?? '', picture: form.picture ?? '' } };
  }
  return undefined;
}

import { z } from 'zod';

/** What a member of staff may be; permissions follow from it (`can` in rules.ts). */
export const role = z.enum(['owner', 'physician', 'assistant', 'desk', 'auditor']);
export type Role = z.infer<typeof role>;

/** A signed-in member of staff, as every staff command is told. */
export interface Actor {
  readonly tenantId: string;
  readonly staffId: string;
  readonly role: Role;
  /** For the greeting on a page; never for a log. */
  readonly name: string;
  /** The session the request came with. */
  readonly sessionId: string;
  /** While an emergency is open: `role` is the one taken, until then. */
  readonly emergencyUntil?: Date;
  /** The branches whose days are open to her; undefined: all of them. Records are open across branches. */
  readonly branches?: readonly string[];
  /** A second step is required of her role from then on, and she has none yet. */
  readonly secondStepBy?: { readonly until: Date; readonly daysLeft: number };
}

/** Whose session a request carries, and what stands between her and her work. */
export interface Entrant {
  readonly actor: Actor;
  /** Undefined: she may work. Else nothing opens but the page of the second step. */
  readonly owes: 'set-up' | 'show' | undefined;
}

/** Of which roles a second step is required, and how many days a member has to set it up. */
export const secondStepForm = z.object({
  roles: z.array(role).max(5),
  graceDays: z.number().int().min(0).max(90),
});
export type SecondStepForm = z.infer<typeof secondStepForm>;

/** By what a member can prove who she is. */
export interface WaysToProve {
  readonly hasCode: boolean;
  readonly hasPasskey: boolean;
}

/** E-mail as it is compared and stored: trimmed, lower case. */
const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** Any text; what makes a password good enough is `passwordFault` in rules.ts, which needs to know whose it is. */
const anyPassword = z.string().max(1024);

export const acceptInviteForm = z.object({
  name: z.string().trim().min(1).max(200),
  email,
  password: anyPassword,
});
export type AcceptInviteForm = z.infer<typeof acceptInviteForm>;

export const signInForm = z.object({
  email,
  password: anyPassword,
  /** The six digits of the authenticator, or a recovery code; may follow in a second step. */
  code: z.string().trim().max(40).optional(),
});
export type SignInForm = z.infer<typeof signInForm>;

/** Where a request comes from, as far as it can be trusted. */
export interface From {
  readonly address: string;
  readonly userAgent: string;
}

/** A session just opened. The token goes into the cookie and nowhere else. */
export interface OpenedSession {
  readonly token: string;
  readonly expiresAt: Date;
  readonly actor: Actor;
}

/** A session as its owner sees it in the list. */
export interface SessionView {
  readonly id: string;
  readonly method: 'password' | 'password+code' | 'passkey';
  readonly address: string;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly isThisOne: boolean;
}

export interface PasskeyView {
  readonly id: string;
  readonly name: string;
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface StaffView {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly isDisabled: boolean;
  /** A code or a passkey. */
  readonly hasSecondStep: boolean;
  /** Undefined: works at all branches. */
  readonly branches: readonly string[] | undefined;
  readonly createdAt: Date;
}

/** Why something about sign-in was refused: a stable code and a sentence for the person. */
export interface StaffRefusal {
  readonly ok: false;
  readonly reason:
    | 'sign-in-refused'
    | 'too-many-attempts'
    | 'code-refused'
    | 'ticket-expired'
    | 'invite-invalid'
    | 'email-taken'
    | 'password-weak'
    | 'password-wrong'
    | 'passkey-refused'
    | 'not-allowed'
    | 'not-found'
    | 'last-owner'
    | 'proof-needed'
    | 'owner-everywhere'
    | 'bad-form';
  readonly message: string;
  readonly field?: string;
  /** With `too-many-attempts`. */
  readonly retryAfterSeconds?: number;
}

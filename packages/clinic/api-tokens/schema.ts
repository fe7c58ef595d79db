import { z } from 'zod';
import type { Actor } from '../staff/schema.ts';

export const scopes = [
  'bookings:read',
  'bookings:write',
  'patients:read',
  'patients:write',
  'fhir:read',
  'export:run',
] as const;
export type Scope = (typeof scopes)[number];

export const apiTokenForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Name the program, so that you know later what to end.')
    .max(80, 'At most 80 characters.')
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'Use letters, no control characters.'),
  scopes: z.array(z.enum(scopes)).min(1, 'Choose at least one thing it may do.'),
  /** Whose days it may see; none: those of its maker. */
  branches: z.array(z.uuid()).max(100).default([]),
  days: z.int('Whole days.').min(1, 'At least one day.').max(366, 'At most 366 days.'),
});
export type ApiTokenForm = z.input<typeof apiTokenForm>;

/** A token as the owner sees it in the list; the secret itself was shown once. */
export interface ApiTokenView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Undefined: bound to none. */
  readonly branches: readonly string[] | undefined;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly state: 'good' | 'expired' | 'revoked' | 'maker-gone';
}

/** A member as a program with a token acts for them. */
export interface TokenMember extends Actor {
  readonly tokenId: string;
}

export interface ApiTokenRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'not-found'
    | 'proof-needed'
    | 'bad-form'
    | 'token-missing'
    | 'token-invalid'
    | 'scope-missing'
    | 'no-such-branch'
    | 'too-many-requests';
  readonly message: string;
  readonly field?: string;
  readonly retryAfterSeconds?: number;
}

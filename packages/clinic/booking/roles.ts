/** Who may look at bookings and who may change them. */
import type { AuditActor } from '../audit/schema.ts';
import { type Action, can, mayAt } from '../staff/rules.ts';
import type { Role, Actor as StaffMember } from '../staff/schema.ts';
import type { Refusal } from './queries.ts';

/**
 * Who changes a booking: a member of staff in their role, or a person or program that proved what it may do otherwise
 * (by a signed link, by a solved challenge).
 */
export type Actor =
  | {
      readonly kind: 'staff';
      readonly id: string;
      readonly role: Role;
      /** The branches whose calendar is hers; undefined: all. */
      readonly branches?: readonly string[];
    }
  | { readonly kind: 'link' | 'visitor' | 'system'; readonly id: string | null };

/** The one who acts, as bookings name them. */
export function actorFor(member: Pick<StaffMember, 'staffId' | 'role' | 'branches'>): Actor {
  const { staffId, role, branches } = member;
  return { kind: 'staff', id: staffId, role, ...(branches && { branches }) };
}

/** Whether the calendar of a branch is open to whoever acts; a bound member is not even told what is in another one. */
export function isOpenTo(actor: Actor, branchId: string): boolean {
  return actor.kind !== 'staff' || mayAt(actor, branchId);
}

/** Where she works when no branch is named: any, unless she is bound. */
export function usualBranch(actor: Actor): string | undefined {
  return actor.kind === 'staff' ? actor.branches?.[0] : undefined;
}

/** As the audit chain names them. */
export function auditActor({ kind, id }: Actor): AuditActor {
  return { kind, id };
}

/** Undefined when the actor may; a member of staff may by their role. */
export function refusalFor(actor: Actor, action: Action = 'booking.write'): NotAllowed | undefined {
  return actor.kind !== 'staff' || can(actor.role, action) ? undefined : notAllowed;
}

export type NotAllowed = Refusal<'not-allowed'>;
export const notYourBranch: NotAllowed = {
  ok: false,
  reason: 'not-allowed',
  message: 'The calendar of this branch is not open to you; ask the owner.',
};
export const notAllowed: NotAllowed = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role may look at bookings, not change them.',
};

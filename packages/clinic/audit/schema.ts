import { z } from 'zod';

/** Who acted: a member of staff, a person holding a link the clinic sent, or the program itself. */
const auditActor = z.object({
  kind: z.enum(['staff', 'link', 'visitor', 'system']),
  id: z.string().nullable(),
});
export type AuditActor = z.infer<typeof auditActor>;

/** What was acted upon: a kind in the singular (`patient`, `plan`, `staff`) and its id. */
const auditSubject = z.object({ kind: z.string().min(1), id: z.string().nullable() });
export type AuditSubject = z.infer<typeof auditSubject>;

/** A value that survives JSON unchanged. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** An act to be recorded. */
export interface Act {
  readonly tenantId: string;
  readonly actor: AuditActor;
  /** Subject, then what was done: `patient.read`, `plan.saved`, `staff.signed-in`. */
  readonly action: string;
  readonly subject: AuditSubject;
  /**
   * What changed. Ids, states, codes, numbers and names of fields; never a person's name, contact, photograph or free
   * text, because entries cannot be erased when a person asks to be forgotten.
   */
  readonly change?: { readonly before?: Plain; readonly after?: Plain };
  readonly requestId?: string;
  /** Why, where a reason is asked for (access in an emergency, say). */
  readonly reason?: string;
}

/** An entry as it stands in the chain. Unknown fields of later versions are kept. */
export const auditEntry = z.looseObject({
  v: z.number().int(),
  tenantId: z.string(),
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  actor: auditActor.extend({ kind: z.string() }),
  action: z.string(),
  subject: auditSubject,
  change: z.unknown().optional(),
  requestId: z.string().optional(),
  reason: z.string().optional(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** Something wrong with a chain. */
export interface AuditFault {
  readonly tenantId: string;
  readonly seq: number;
  readonly reason:
    | 'altered'
    | 'missing'
    | 'misplaced'
    | 'cut-off'
    | 'head-differs'
    | 'anchor-differs'
    | 'anchor-forged';
  readonly message: string;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly entries: number;
  readonly chains: readonly { readonly tenantId: string; readonly seq: number; readonly hash: string }[];
  /** Anchors outside the database that were compared. None means that a cut-off end cannot be noticed. */
  readonly anchors: number;
  readonly faults: readonly AuditFault[];
}

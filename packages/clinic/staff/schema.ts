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
}

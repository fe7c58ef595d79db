import type { Action } from '../staff/rules.ts';
import type { Scope } from './schema.ts';

/** What a member must be allowed for a token of theirs to carry this scope, when it is made and at every use. */
export const actionOf: Readonly<Record<Scope, Action>> = {
  'bookings:read': 'booking.read',
  'bookings:write': 'booking.write',
  'patients:read': 'patient.read',
  'patients:write': 'patient.write',
  'fhir:read': 'patient.read',
  'export:run': 'data.export',
};

/** Requests a minute that one token may make. */
export const tokenRate = { name: 'api-token', most: 600, windowMinutes: 1 } as const;

/** The token in an `Authorization` header; undefined when there is none of ours. */
export function bearerOf(header: string | null): string | undefined {
  return /^Bearer +utk_([A-Za-z0-9_-]{64})$/i.exec(header ?? '')?.[1];
}

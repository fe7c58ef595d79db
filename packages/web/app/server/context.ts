import type { Actor, Entrant } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { createContext } from 'react-router';

/** What every loader and action may ask about the request it serves. `server.ts` fills it. */
export interface Asked {
  /** Shown on error pages and written in the log: a person can quote it on the telephone. */
  readonly requestId: string;
  /** For the page's own inline scripts and styles. */
  readonly nonce: string;
  readonly clinic: Clinic;
  /** The member of staff whose session the request carries, if any. */
  readonly actor: Actor | undefined;
  /** Instead of `actor`: who is signed in and must show, or set up, a second step before anything else opens. */
  readonly waiting?: Entrant;
  /** The visitor's network address as far as it can be trusted. */
  readonly address: string;
  /** Address of the site as visitors know it, without a trailing slash. */
  readonly publicUrl: string;
  readonly https: boolean;
  /** Whether the page of specimens is served: in development and in tests of the pages. */
  readonly specimens: boolean;
  /** Set when a page asked for a form and what was sent is none: the sender's fault, not ours. */
  isUnreadable?: boolean;
  /** Set when a refusal to this member stands in the chain, so that one request leaves one entry. */
  isRefusalNoted?: boolean;
}

/**
 * The key under which {@link Asked} travels. The bundle and `server.ts` hold two instances of every module, so
 * `server.ts` takes this key from the bundle's `entry.server.tsx`, never from this file.
 */
export const askedContext = createContext<Asked>();

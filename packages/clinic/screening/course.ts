/** What the clinic knows of one screening, read in the caller's transaction. Shared by the commands of this folder. */
import type { Db } from '../platform/database.ts';
import { listTenants } from '../tenant/commands.ts';
import { dayIn } from '../tenant/schema.ts';
import type { DecisionFacts } from './readiness.ts';
import type { CoveredFinding } from './rules.ts';
import type { Spot, SpotKind } from './spots.ts';
import type { StoredDecision, StoredSpot } from './store.ts';

/** The calendar day of an instant where the clinic is, `YYYY-MM-DD`. */
export async function dayReader(db: Db, tenantId: string): Promise<(at: Date) => string> {
  const zone = (await listTenants({ db })).find(({ id }) => id === tenantId)?.zone ?? 'UTC';
  return (at) => dayIn(zone, at);
}

/** The signed decision as it lies in `document`. */
export interface DecisionDocument {
  readonly v: 1;
  readonly patientId: string;
  readonly treatment: string;
  readonly answersVersion: number;
  readonly overall: 'go' | 'wait' | 'no';
  readonly untilDate: string | null;
  readonly reason: string;
  readonly findings: readonly (CoveredFinding & { readonly reason: string })[];
  /** The gates it was taken by (protocol.ts); absent in decisions from before they had versions. */
  readonly protocol?: { readonly version: number; readonly sha256: string };
  readonly signedBy: { readonly id: string; readonly name: string; readonly role: string };
  readonly signedAt: string;
}

export function documentOf(decision: StoredDecision): DecisionDocument {
  return JSON.parse(decision.document) as DecisionDocument;
}

export function decisionFactsOf(decision: StoredDecision | undefined): DecisionFacts | undefined {
  if (decision === undefined) return undefined;
  return {
    overall: decision.overall,
    ...(decision.untilDate !== undefined && { untilDate: decision.untilDate }),
    covered: documentOf(decision).findings,
    isReopened: decision.reopening !== undefined,
  };
}

/** The spots that were placed, and the kinds a physician decided to go without. */
export function spotFactsOf(stored: readonly StoredSpot[]): {
  spots: readonly Spot[];
  spotsWaived: readonly SpotKind[];
} {
  return {
    spots: stored.flatMap(({ kind, placedAt, readings, setAside }) =>
      placedAt === undefined ? [] : [{ kind, placedAt, readings, isSetAside: setAside !== undefined }],
    ),
    spotsWaived: stored.filter(({ placedAt }) => placedAt === undefined).map(({ kind }) => kind),
  };
}

import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import type { Difference } from './differences.ts';

/**
 * What is kept beside the document of a plan: `photo` the file as it was taken, `picture` the pixels the plan was made
 * from where they are not the photo's own, `map` the dot map, `pdf` the paper; the rest are predicted pictures.
 */
export const planParts = ['photo', 'picture', 'day0', 'week6', 'month12', 'map', 'pdf'] as const;
export type PlanPart = (typeof planParts)[number];

/** What a list of plans shows. */
export interface PlanSummary {
  readonly planId: string;
  /** Counted from 1 within one plan. */
  readonly version: number;
  readonly patientId: string;
  readonly treatment: PlanDocument['treatment'];
  readonly engineVersion: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Absent while nobody has signed this version. */
  readonly signature?: PlanSignature;
}

export interface PlanSignature {
  readonly signedBy: string;
  readonly signerName: string;
  readonly signedAt: Date;
  /** Of the document and every file kept with it, hexadecimal. */
  readonly contentSha256: string;
}

/** What the checklist before a session asks of planning. */
export interface PlanFacts {
  /** `unsigned`: there is one, nobody has signed its latest version. */
  readonly state: 'none' | 'unsigned' | 'signed';
  readonly planId?: string;
  readonly version?: number;
}

/**
 * Which plan counts for a treatment: of the latest versions, the one signed last; without any, the one made last. A
 * version that follows a signed one takes its place unsigned.
 */
export function planThatCounts(latest: readonly PlanSummary[]): PlanFacts {
  const last = (time: (one: PlanSummary) => Date | undefined) =>
    latest
      .filter((one) => time(one) !== undefined)
      .sort((a, b) => (time(b)?.getTime() ?? 0) - (time(a)?.getTime() ?? 0))[0];
  const chosen = last((one) => one.signature?.signedAt) ?? last((one) => one.createdAt);
  if (!chosen) return { state: 'none' };
  const { planId, version, signature } = chosen;
  return { state: signature ? 'signed' : 'unsigned', planId, version };
}

/**
 * Why a plan made again may differ: `engine-version`, another engine made it; `picture-not-kept`, the pixels it was made
 * from were not kept and the photo had to be made as small again by another program; `scars-not-kept`, the scars of a
 * scalp zone are a mask of their own that no plan keeps; `arithmetic`, none of these: made in another browser, Node or
 * processor, whose arithmetic may differ in the last digit, so that the search takes another step or two.
 */
export type RemakeReason = 'engine-version' | 'picture-not-kept' | 'scars-not-kept' | 'arithmetic';

export interface Remade {
  readonly ok: true;
  /** Every value of the document is the same, the count of search steps aside, and so is the map where one was kept. */
  readonly isIdentical: boolean;
  readonly engine: { readonly madeBy: string; readonly now: string };
  /** Of an identical plan none; else what could have caused it. */
  readonly reasons: readonly RemakeReason[];
  /** Values, without the sentences made of them. */
  readonly differences: readonly Difference[];
  readonly isMapIdentical: boolean | null;
}

export interface PlanningRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'no-such-patient'
    | 'no-such-plan'
    | 'other-patient'
    | 'photo-mismatch'
    | 'not-latest'
    | 'already-signed'
    | 'photo-missing'
    | 'not-remade'
    | 'plan-unreadable'
    | 'plan-newer'
    | 'plan-invalid';
  readonly message: string;
  readonly field?: string;
}

/** Media types that may be kept for each part. */
export const partMediaTypes: Readonly<Record<PlanPart, readonly string[]>> = {
  photo: ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/heic'],
  picture: ['image/png'],
  day0: ['image/png', 'image/jpeg', 'image/webp'],
  week6: ['image/png', 'image/jpeg', 'image/webp'],
  month12: ['image/png', 'image/jpeg', 'image/webp'],
  map: ['image/svg+xml'],
  pdf: ['application/pdf'],
};

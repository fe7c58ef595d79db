import type { PlanDocument } from '@undertone/engine/plan/document.ts';

/** What is kept beside the document of a plan. `map` is the dot map, `pdf` the paper; the rest are pictures. */
export const planParts = ['photo', 'day0', 'week6', 'month12', 'map', 'pdf'] as const;
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
}

export interface PlanningRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'no-such-patient'
    | 'no-such-plan'
    | 'other-patient'
    | 'photo-mismatch'
    | 'plan-unreadable'
    | 'plan-newer'
    | 'plan-invalid';
  readonly message: string;
  readonly field?: string;
}

/** Media types that may be kept for each part. */
export const partMediaTypes: Readonly<Record<PlanPart, readonly string[]>> = {
  photo: ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/heic'],
  day0: ['image/png', 'image/jpeg', 'image/webp'],
  week6: ['image/png', 'image/jpeg', 'image/webp'],
  month12: ['image/png', 'image/jpeg', 'image/webp'],
  map: ['image/svg+xml'],
  pdf: ['application/pdf'],
};

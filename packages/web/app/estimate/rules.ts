/** What a treatment may cost: visits by place, tax by reason, a range and never a promise. Pure. */

export const treatments = ['scalp', 'lip', 'vitiligo'] as const;
export type Treatment = (typeof treatments)[number];

export type ExtentId =
  | 'hairline'
  | 'crown'
  | 'full'
  | 'scalp-scar'
  | 'lip-scar'
  | 'dark-lips'
  | 'trunk-limb'
  | 'hand-foot'
  | 'lip-patch';

export interface Extent {
  readonly id: ExtentId;
  /** Visits with needles, without a retouch. */
  readonly leastVisits: number;
  readonly mostVisits: number;
  /** Number in the list of sources. */
  readonly source: number;
}

/** Visits as published: scalp and lips a protocol's number, vitiligo the range of a series. All unreviewed. */
export const extents: Readonly<Record<Treatment, readonly Extent[]>> = {
  scalp: (['hairline', 'crown', 'full', 'scalp-scar'] as const).map((id) => ({
    id,
    leastVisits: 3,
    mostVisits: 3,
    source: 9,
  })),
  lip: [
    { id: 'lip-scar', leastVisits: 2, mostVisits: 2, source: 93 },
    { id: 'dark-lips', leastVisits: 2, mostVisits: 4, source: 93 },
  ],
  vitiligo: [
    { id: 'trunk-limb', leastVisits: 1, mostVisits: 5, source: 1 },
    { id: 'hand-foot', leastVisits: 1, mostVisits: 5, source: 2 },
    { id: 'lip-patch', leastVisits: 1, mostVisits: 5, source: 1 },
  ],
};

export type ReasonId = 'cosmetic' | 'born-or-injured' | 'vitiligo';

export interface PercentRange {
  readonly least: number;
  readonly most: number;
}

/**
 * Indian goods and services tax in percent: cosmetic work is taxable, work that restores form after a congenital defect,
 * developmental abnormality, injury or trauma arguably exempt (source 84), vitiligo unsettled. The accountant decides.
 */
const advisedTax: Readonly<Record<ReasonId, PercentRange>> = {
  cosmetic: { least: 18, most: 18 },
  'born-or-injured': { least: 0, most: 18 },
  vitiligo: { least: 0, most: 18 },
};

export const reasons: Readonly<Record<Treatment, readonly ReasonId[]>> = {
  scalp: ['cosmetic', 'born-or-injured'],
  lip: ['cosmetic', 'born-or-injured', 'vitiligo'],
  vitiligo: ['vitiligo', 'born-or-injured'],
};

/** A retouch of scars was needed by 31 % in one series (source 14); until the clinic says it is included, it counts. */
const retouchVisits = 1;

/** What the clinic's accountant set for today, in percent; a reason without a rate is left out. */
export type ClinicTax = Readonly<Partial<Record<ReasonId, number>>>;

/**
 * The tax an estimate counts with: the clinic's own rate, else in India the advice, else unknown.
 * @param country ISO 3166-1 alpha-2
 */
export function taxFor(
  reason: ReasonId,
  country: string,
  own: ClinicTax | null,
): (PercentRange & { readonly isAdvice: boolean }) | null {
  const set = own?.[reason];
  if (set !== undefined) return { least: set, most: set, isAdvice: false };
  return country === 'IN' ? { ...advisedTax[reason], isAdvice: true } : null;
}

export interface Estimate {
  readonly visits: { readonly least: number; readonly most: number };
  readonly taxPercent: PercentRange | null;
  /** Smallest unit of the currency, tax included; null while the clinic has set no price or no tax. */
  readonly totalMinor: { readonly least: number; readonly most: number } | null;
}

/**
 * @param tax as `taxFor` tells it
 * @param pricePerVisitMinor before tax, in the currency's smallest unit; null when the clinic has not set it
 */
export function estimate(
  extent: Extent,
  tax: PercentRange | null,
  pricePerVisitMinor: number | null,
): Estimate {
  const visits = { least: extent.leastVisits, most: extent.mostVisits + retouchVisits };
  const total = (count: number, percent: number) =>
    Math.round(((pricePerVisitMinor ?? 0) * count * (100 + percent)) / 100);
  return {
    visits,
    taxPercent: tax,
    totalMinor:
      pricePerVisitMinor === null || tax === null
        ? null
        : { least: total(visits.least, tax.least), most: total(visits.most, tax.most) },
  };
}

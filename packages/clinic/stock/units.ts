/** How things in stock are counted. Everything is kept in whole base units, so that sums are exact. */

const baseUnits = ['ul', 'mg', 'piece'] as const;
export type BaseUnit = (typeof baseUnits)[number];

export const units = ['drop', 'ml', 'g', 'mg', 'piece'] as const;
export type Unit = (typeof units)[number];

export const baseOf: Record<Unit, BaseUnit> = { drop: 'ul', ml: 'ul', g: 'mg', mg: 'mg', piece: 'piece' };

/** The units a person may say a quantity in, by base unit. */
export const unitsOf: Record<BaseUnit, readonly Unit[]> = {
  ul: ['drop', 'ml'],
  mg: ['g', 'mg'],
  piece: ['piece'],
};

/**
 * Microlitres of a drop where a bottle's own dropper has not been measured. Source: domain reference 2.3 (background
 * knowledge), unreviewed; each item may carry its own.
 */
export const usualDropUl = 50;

function perUnit(unit: Unit, dropUl: number): number {
  if (unit === 'drop') return dropUl;
  return unit === 'ml' || unit === 'g' ? 1000 : 1;
}

/** The largest quantity of one movement, in base units: a thousand litres, a tonne, a thousand million pieces. */
const mostAtOnce = 1e9;

/**
 * A quantity as said, in whole base units, rounded to the nearest.
 * @returns undefined when it is no number, not above zero (`orZero`: below zero), too large, or in a unit of another kind.
 */
export function toBase(
  quantity: number,
  unit: Unit,
  item: { readonly baseUnit: BaseUnit; readonly dropUl: number },
  orZero = false,
): number | undefined {
  if (!Number.isFinite(quantity) || baseOf[unit] !== item.baseUnit) return undefined;
  const base = Math.round(quantity * perUnit(unit, item.dropUl));
  if (base > mostAtOnce) return undefined;
  return base > 0 || (orZero && quantity >= 0 && base === 0) ? Math.abs(base) : undefined;
}

/** Base units in a unit people say; the inverse of {@link toBase} up to its rounding. */
export function fromBase(base: number, unit: Unit, dropUl: number): number {
  return base / perUnit(unit, dropUl);
}

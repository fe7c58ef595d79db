// Derived by tools/derive-map-axes.ts from engine/skin; do not edit.

/**
 * What a unit of melanin or blood takes from ln of linear red, green and blue (sRGB, D65), scaled to 1 in green: mean
 * over melanin fractions 0.008..0.128 and blood fractions 0.003..0.024. The truth is a little curved: at the ends red
 * and blue lie up to 0.07 (melanin) and 0.08 (blood) off these lines, natural log.
 */
export const melaninAxis: readonly [number, number, number] = [0.7563, 1, 1.3723];
export const bloodAxis: readonly [number, number, number] = [0.4989, 1, 0.7189];

/** A colour typed from an instrument; texts, because they are typed. */
export interface TypedLab {
  readonly L: string;
  readonly a: string;
  readonly b: string;
}

export type LabChoice =
  | { readonly ok: true; readonly lab: { L: number; a: number; b: number } | null }
  | {
      readonly ok: false;
      readonly field: 'L' | 'a' | 'b';
      readonly reason: 'missing' | 'not-a-number' | 'out-of-range';
    };

const labRange = { L: [5, 98], a: [-20, 60], b: [-20, 70] } as const;

/** A typed colour: `null` when all three are empty, else three numbers skin can have, or the field that is wrong. */
export function labOf(typed: TypedLab): LabChoice {
  const keys = ['L', 'a', 'b'] as const;
  if (keys.every((key) => typed[key].trim() === '')) return { ok: true, lab: null };
  const lab = { L: 0, a: 0, b: 0 };
  for (const key of keys) {
    if (typed[key].trim() === '') return { ok: false, field: key, reason: 'missing' };
    const value = numberOf(typed[key]);
    if (value === undefined) return { ok: false, field: key, reason: 'not-a-number' };
    const [low, high] = labRange[key];
    if (value < low || value > high) return { ok: false, field: key, reason: 'out-of-range' };
    lab[key] = value;
  }
  return { ok: true, lab };
}

/** A number as people type it: decimal comma or point, any digits of the four languages. */
export function numberOf(text: string): number | undefined {
  const plain = text
    .trim()
    .replaceAll(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x966))
    .replaceAll(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x9e6))
    .replace(',', '.')
    .replace('−', '-');
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

import { passwordFault, passwordLeast } from '@undertone/clinic/staff/rules.ts';

export interface Strength {
  readonly level: 'empty' | 'short' | 'weak' | 'fair' | 'good';
  /** Characters still needed; 0 unless `short`. */
  readonly missing: number;
}

/** How a password looks while it is typed: the clinic's own rule, and praise for length and variety. */
export function strengthOf(password: string): Strength {
  const length = Array.from(password).length;
  if (length === 0) return { level: 'empty', missing: passwordLeast };
  if (length < passwordLeast) return { level: 'short', missing: passwordLeast - length };
  if (passwordFault(password, []) !== undefined) return { level: 'weak', missing: 0 };
  const isVaried = new Set(password.toLowerCase()).size >= 10;
  return { level: length >= 20 && isVaried ? 'good' : 'fair', missing: 0 };
}

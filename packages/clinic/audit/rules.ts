import type { Act, Plain } from './schema.ts';

/**
 * The text of an entry that is hashed: JSON with the keys of every object in order of code points, so that the same
 * act always gives the same bytes.
 */
export function entryText(act: Act, seq: number, at: Date): string {
  return canonicalJson({
    v: 1,
    tenantId: act.tenantId,
    seq,
    at: at.toISOString(),
    actor: act.actor,
    action: act.action,
    subject: act.subject,
    ...(act.change && { change: act.change as Plain }),
    ...(act.requestId !== undefined && { requestId: act.requestId }),
    ...(act.reason !== undefined && { reason: act.reason }),
  });
}

/** @throws `audit-not-plain` for a value JSON would drop or change: undefined, NaN, a date, a NUL character. */
export function canonicalJson(value: unknown, path = ''): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  // PostgreSQL's jsonb holds every character but NUL, and no lone surrogates.
  if (typeof value === 'string' && !value.includes('\0') && value.isWellFormed())
    return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((item, i) => canonicalJson(item, `${path}[${i}]`)).join(',')}]`;
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    const fields = Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${canonicalJson(key, path)}:${canonicalJson(item, `${path}.${key}`)}`);
    return `{${fields.join(',')}}`;
  }
  throw Object.assign(new Error(`the audit entry holds something that is not plain data at "${path}"`), {
    code: 'audit-not-plain' as const,
  });
}

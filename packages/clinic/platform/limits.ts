/** How much a field of a form may hold, read from the schema that refuses it, so that no page states it twice. */
import { z } from 'zod';

export interface Limits {
  /** What is counted: the number itself, or the characters of a text. */
  readonly of: 'number' | 'text';
  /** Left out where there is no bound. */
  readonly least?: number;
  readonly most?: number;
}

/** The limits of a field, by its path in the form; undefined where the schema has no such field or it has none. */
export function limitsOf(schema: z.core.$ZodType, path: readonly PropertyKey[]): Limits | undefined {
  const [first, ...rest] = path;
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return limitsOf(schema.unwrap(), path);
  }
  if (first !== undefined) {
    const inner =
      schema instanceof z.ZodObject
        ? (schema.shape as Readonly<Record<PropertyKey, z.core.$ZodType>>)[first]
        : schema instanceof z.ZodArray
          ? schema.element
          : schema instanceof z.ZodRecord
            ? schema.valueType
            : undefined;
    return inner === undefined ? undefined : limitsOf(inner, rest);
  }
  if (schema instanceof z.ZodNumber) {
    const { minValue: least, maxValue: most } = schema;
    return {
      of: 'number',
      ...(isBound(least) && { least }),
      ...(isBound(most) && { most }),
    };
  }
  if (schema instanceof z.ZodString && schema.maxLength !== null)
    return { of: 'text', most: schema.maxLength };
  return undefined;
}

/** Whole numbers reach as far as numbers are exact: that is no bound anybody has chosen. */
function isBound(value: number | null): value is number {
  return value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

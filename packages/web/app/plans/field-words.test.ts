import { planSchema } from '@undertone/clinic/planning/schema.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { locales } from '../locales/index.ts';
import { fieldName, valueName } from './field-words.ts';

/** Sentences, their sources and their review: their numbers are compared instead. */
const untold = ['words', 'message', 'statement', 'review', 'stopRule', 'depthNote'];

/** Every key a plan's schema names. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  const { properties = {}, ...rest } = schema as { properties?: Record<string, unknown> };
  return [
    ...Object.entries(properties).flatMap(([key, inner]) => [key, ...keysOf(inner)]),
    ...Object.values(rest).flatMap(keysOf),
  ];
}

describe('fields of a plan', () => {
  const keys = [...new Set(keysOf(z.toJSONSchema(planSchema, { io: 'input', unrepresentable: 'any' })))];

  it('all have a name in every language', () => {
    expect(keys.length).toBeGreaterThan(100);
    // What is written alike everywhere: units, symbols, abbreviations.
    const alike = new Set(['x', 'y', 'L', 'a', 'b', 'lab', 'sha256', 'deltaE00', 'xMm', 'yMm']);
    const named = keys.filter((one) => !untold.includes(one) && !alike.has(one));
    const isSaid = (key: string) => new Set(locales.map((locale) => fieldName(key, locale))).size > 1;
    expect(named.filter((key) => !isSaid(key))).toEqual([]);
  });

  it('are told by their place, counted from one in the digits of the language', () => {
    expect(fieldName('sessions.1.minutes.low', 'en')).toBe('Session 2 › Minutes › low');
    expect(fieldName('sessions.11.minutes', 'bn')).toBe('সেশন ১২ › মিনিট');
    expect(fieldName('match.recipe.doses.iron-red', 'ne')).toBe('मिलान › मिश्रण › मात्रा › iron-red');
  });

  it('words of the document are said, others stay', () => {
    expect(valueName('landmarks', 'en')).toBe('face');
    expect(valueName(true, 'hi')).toBe('हाँ');
    expect(valueName('constructor', 'bn')).toBe('constructor');
  });
});

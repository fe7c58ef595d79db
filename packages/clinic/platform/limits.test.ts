import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { limitsOf } from './limits.ts';

const form = z
  .object({
    minutes: z.int().min(5).max(720).default(60),
    notice: z.int().min(0),
    place: z.int(),
    name: z.string().trim().min(1).max(120).nullable(),
    texts: z.partialRecord(z.enum(['en', 'hi']), z.string().max(2000)),
    hours: z.array(z.int().min(1).max(720)).max(5),
    series: z.object({ visits: z.int().min(2).max(12) }).nullable(),
  })
  .refine(({ place }) => place !== 13);

describe('the limits of a field', () => {
  it('are those that its schema refuses beyond', () => {
    const at = (path: string) => limitsOf(form, path.split('.'));
    expect(at('minutes')).toEqual({ of: 'number', least: 5, most: 720 });
    expect(at('notice')).toEqual({ of: 'number', least: 0 });
    expect(at('place')).toEqual({ of: 'number' });
    expect(at('name')).toEqual({ of: 'text', most: 120 });
    expect(at('texts.hi')).toEqual({ of: 'text', most: 2000 });
    expect(at('hours.3')).toEqual({ of: 'number', least: 1, most: 720 });
    expect(at('series.visits')).toEqual({ of: 'number', least: 2, most: 12 });
    expect(at('hours')).toBeUndefined();
    expect(at('nothing.here')).toBeUndefined();
  });
});

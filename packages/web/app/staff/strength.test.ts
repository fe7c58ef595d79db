import { describe, expect, it } from 'vitest';
import { strengthOf } from './strength.ts';

describe('the strength of a password while it is typed', () => {
  it('counts what is missing, in characters a person would count', () => {
    expect(strengthOf('')).toEqual({ level: 'empty', missing: 12 });
    expect(strengthOf('eleven chars')).not.toMatchObject({ level: 'short' });
    expect(strengthOf('🙂🙂🙂')).toEqual({ level: 'short', missing: 9 });
  });

  it('sees through repetition and rows', () => {
    expect(strengthOf('aaaaaaaaaaaaaaaa').level).toBe('weak');
    expect(strengthOf('abcdefghijklmnop').level).toBe('weak');
  });

  it('praises length with variety, in any script', () => {
    expect(strengthOf('four quiet rivers bend slowly').level).toBe('good');
    expect(strengthOf('নদীর ধারে চারটি পুরনো বটগাছ').level).toBe('good');
  });
});

import { describe, expect, it } from 'vitest';
import { ownPath } from './preferences.ts';

describe('where to go after signing in', () => {
  it('is the path that was asked for', () => {
    expect(ownPath('/desk/account?x=1', '/desk')).toBe('/desk/account?x=1');
  });

  it.each([
    '//evil.test',
    'https://evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    'javascript:alert(1)',
    '',
    7,
    null,
  ])('never leads to another site (%j)', (path) => {
    expect(ownPath(path, '/desk')).toBe('/desk');
  });
});

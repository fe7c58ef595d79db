import { describe, expect, it } from 'vitest';
import { readSessionToken, sessionCookie } from './session-cookie.ts';

const token = 'A'.repeat(43);

describe('the session cookie', () => {
  it.each([true, false])('is read back as it was set (https %s)', (https) => {
    const pair = sessionCookie(token, https).split(';')[0];
    expect(readSessionToken(`other=1; ${pair}; last=2`, https)).toBe(token);
  });

  it('is never reachable by scripts, and secure wherever https is', () => {
    expect(sessionCookie(token, true)).toMatch(/^__Host-.*; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    expect(sessionCookie(token, false)).toContain('HttpOnly');
  });

  it('over https ignores the name that plain http could have set', () => {
    expect(readSessionToken(`undertone=${token}`, true)).toBeUndefined();
  });

  it('is nothing when it does not look like a token', () => {
    expect(readSessionToken(`undertone=short`, false)).toBeUndefined();
    expect(readSessionToken(`undertone=${token}"<script>`, false)).toBeUndefined();
    expect(readSessionToken(undefined, false)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { browserIsRequired, findChromium } from './chromium.ts';

describe('the browser for the journeys', () => {
  it('is the one named in CHROMIUM_PATH or none: a wrong name is not passed over', async () => {
    const found = await findChromium({ CHROMIUM_PATH: '/nowhere/chromium' });
    expect(found).toMatchObject({ ok: false, reason: 'no-chromium' });
    expect(found.ok ? '' : found.message).toContain('/nowhere/chromium');
    expect(found.ok ? '' : found.message).toContain('CHROMIUM_PATH');
  });

  it('must be there in continuous integration, or when it is asked for', () => {
    expect(browserIsRequired({})).toBe(false);
    expect(browserIsRequired({ CI: 'true' })).toBe(true);
    expect(browserIsRequired({ UNDERTONE_REQUIRE_BROWSER: '1' })).toBe(true);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, securityHeaders, styleAttributeHashes } from './headers.ts';

const page = { nonce: 'n0nce', styleHashes: [], https: true, dev: false };

describe('the content security policy', () => {
  it('never allows inline code or style as such', () => {
    expect(contentSecurityPolicy(page)).not.toContain("'unsafe-inline'");
    expect(contentSecurityPolicy(page)).not.toContain("'unsafe-eval'");
    expect(contentSecurityPolicy(page)).toContain("'nonce-n0nce'");
  });

  it('allows exactly the style attributes the page was sent with', () => {
    const html =
      '<p style="top:1px">a</p><i style="top:1px"></i><b title="&gt;" style="font-family:&quot;A&quot;">';
    const hash = (style: string) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
    expect(styleAttributeHashes(html)).toEqual([hash('top:1px'), hash('font-family:"A"')]);
  });

  it('does not take escaped text of a visitor for a style attribute', () => {
    expect(styleAttributeHashes('<p>&lt;b style="top:1px"&gt;</p>')).toEqual([]);
    expect(styleAttributeHashes('<input value="&lt;b style=&quot;top:1px&quot;&gt;">')).toEqual([]);
  });
});

describe('the security headers', () => {
  it('promise https only where https was used', () => {
    expect(securityHeaders({ https: true, trustworthy: true })).toHaveProperty('Strict-Transport-Security');
    expect(securityHeaders({ https: false, trustworthy: true })).not.toHaveProperty(
      'Strict-Transport-Security',
    );
  });

  it('promise it for two years, and for the hosts below only where the owner said so', () => {
    const promised = (subdomains?: boolean) =>
      securityHeaders({ https: true, trustworthy: true, ...(subdomains !== undefined && { subdomains }) })[
        'Strict-Transport-Security'
      ];
    expect(promised(true)).toBe('max-age=63072000; includeSubDomains');
    expect(promised(false)).toBe(promised());
    expect(promised()).toBe('max-age=63072000');
  });
});

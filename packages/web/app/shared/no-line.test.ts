import { afterEach, describe, expect, it, vi } from 'vitest';
import { notSentEvent, notSentStatus, stayWithoutLine } from './no-line.ts';

/** A window whose line answers as told, on a page that tells the person or does not. */
function page(line: () => Promise<Response>, tells: boolean) {
  const window = Object.assign(new EventTarget(), { fetch: line });
  if (tells) window.addEventListener(notSentEvent, (event) => event.preventDefault());
  vi.stubGlobal('window', window);
  vi.stubGlobal('location', { href: 'http://localhost/desk' });
  stayWithoutLine();
  return window.fetch as typeof fetch;
}
const broken = () => Promise.reject(new TypeError('Failed to fetch'));
const post = { method: 'POST' };
afterEach(() => vi.unstubAllGlobals());

describe('a form without a line', () => {
  it('stays on a page that tells the person, behind a proxy without a program too', async () => {
    const behindProxy = () => Promise.resolve(new Response('', { status: 502 }));
    for (const line of [broken, behindProxy])
      expect((await page(line, true)('/desk/patients/new.data', post)).status).toBe(notSentStatus);
  });

  it('fails as ever where nobody would tell, and where it is no form', async () => {
    await expect(page(broken, false)('/sign-in.data', post)).rejects.toThrow('Failed to fetch');
    await expect(page(broken, true)('/desk/calendar.data')).rejects.toThrow('Failed to fetch');
    await expect(page(broken, true)('/desk/photo-uploads', post)).rejects.toThrow('Failed to fetch');
  });

  it('hands on what the program itself answers', async () => {
    const own = () =>
      Promise.resolve(new Response('', { status: 503, headers: { 'X-Remix-Response': 'yes' } }));
    expect((await page(own, true)('/desk.data', post)).headers.get('Content-Type')).not.toBe('text/x-script');
  });
});

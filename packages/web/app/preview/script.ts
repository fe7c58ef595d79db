/**
 * Offers the preview: the page itself is light, and the tool, much heavier, comes when a visitor asks for it.
 */
// oxlint-disable-next-line import/default -- Vite makes the address
import toolUrl from './tool.tsx?worker&url';

const host = document.querySelector<HTMLElement>('[data-preview]');
if (host) offer(host);

function offer(place: HTMLElement): void {
  const part = (name: string) => place.querySelector<HTMLElement>(`[data-preview-${name}]`) as HTMLElement;
  const start = part('start');
  let failures = 0;
  // For browsers that do not know the media query `scripting`.
  part('none').hidden = true;

  async function load(): Promise<void> {
    start.setAttribute('aria-disabled', 'true');
    part('loading').hidden = false;
    part('failed').hidden = true;
    try {
      // Browsers remember that an address could not be loaded, so another try needs another address.
      await import(/* @vite-ignore */ failures === 0 ? toolUrl : `${toolUrl}?again=${failures}`);
    } catch {
      failures += 1;
      start.removeAttribute('aria-disabled');
      part('failed').hidden = false;
      part('loading').hidden = true;
    }
  }

  start.addEventListener('click', () => {
    if (start.getAttribute('aria-disabled') !== 'true') void load();
  });
}

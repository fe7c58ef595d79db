/**
 * Offers the preview: the page itself is light, and the tool, ten times as heavy, comes when a visitor asks for it.
 */
import { isLocale } from '../locales/index.ts';

const host = document.querySelector<HTMLElement>('[data-preview]');
if (host) offer(host);

function offer(place: HTMLElement): void {
  const part = (name: string) => place.querySelector<HTMLElement>(`[data-preview-${name}]`) as HTMLElement;
  const start = part('start') as HTMLButtonElement;
  const { locale, clinic } = place.dataset;
  // For browsers that do not know the media query `scripting`.
  part('none').hidden = true;

  async function load(): Promise<void> {
    start.setAttribute('aria-disabled', 'true');
    part('loading').hidden = false;
    part('failed').hidden = true;
    try {
      const { mountPreview } = await import('./tool.tsx');
      mountPreview(place, isLocale(locale) ? locale : 'en', clinic ?? '');
      place.focus();
    } catch {
      // The line dropped: what the visitor sees stays, and the button tries again.
      start.removeAttribute('aria-disabled');
      part('failed').hidden = false;
    } finally {
      part('loading').hidden = true;
    }
  }

  start.addEventListener('click', () => {
    if (start.getAttribute('aria-disabled') !== 'true') void load();
  });
}

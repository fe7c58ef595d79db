/**
 * Asks the browser to keep this page and the files it is made of, so that it opens without a line. Needs https or this very
 * machine; elsewhere, and in development, there is no keeping and `onReady` is never called.
 */
export function keepPage(
  worker: { readonly address: string; readonly scope: string },
  onReady: () => void,
): () => void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined || import.meta.env.DEV) return () => undefined;
  const path = location.pathname;
  const listen = ({ data }: MessageEvent<{ kind?: string; path?: string } | undefined>) => {
    if (data?.kind === 'kept' && data.path === path) onReady();
  };
  workers.addEventListener('message', listen);
  const keep = async () => {
    await workers.register(worker.address, { scope: worker.scope });
    const { active } = await workers.ready;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to our own worker
    active?.postMessage({ kind: 'keep', path, assets: assetsOf(document) });
  };
  // Without storage or with a browser that forbids it, the page works as long as it stays open.
  keep().catch(() => undefined);
  return () => workers.removeEventListener('message', listen);
}

/** Addresses of everything under /assets/ this page has asked for, and its icon. */
function assetsOf(page: Document): readonly string[] {
  const named = [...page.querySelectorAll('link[href], script[src]')].map(
    (one) => one.getAttribute('href') ?? one.getAttribute('src') ?? '',
  );
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const paths = [...named, ...loaded]
    .map((address) => new URL(address, location.href))
    .filter(({ origin }) => origin === location.origin);
  return [...new Set(paths.map(({ pathname }) => pathname))].filter(
    (path) => path.startsWith('/assets/') || path === '/mark.svg',
  );
}

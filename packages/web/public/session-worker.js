/*
 * Keeps the page of a session openable without a line. Its scope is /desk/sessions/: it sees those pages and what they
 * load, nothing else. It keeps two things and no more:
 *
 *   shell   the page itself, as the server sent it. It holds words and an id, nothing about the person.
 *   assets  files under /assets/, which never change under one name; only those a page says it is made of.
 *
 * What people enter is not here: the page keeps it in IndexedDB (web/app/session/device-store.ts).
 */
const shellCache = 'undertone-session-shell-1';
const assetCache = 'undertone-session-assets-1';
const pagePath = /^\/desk\/sessions\/[0-9a-f-]{36}$/;

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const known = [shellCache, assetCache];
      for (const name of await caches.keys()) {
        if (name.startsWith('undertone-session-') && !known.includes(name)) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate' && pagePath.test(url.pathname)) {
    event.respondWith(page(event.request, url.pathname));
  } else if (isAsset(url.pathname)) {
    event.respondWith(asset(event.request));
  }
});

/** The page says what it is made of; the answer says whether all of it is kept. */
self.addEventListener('message', (event) => {
  const { kind, path, assets } = event.data ?? {};
  if (kind === 'keep' && pagePath.test(path) && Array.isArray(assets)) {
    event.waitUntil(
      keep(path, assets.filter(isAsset)).then(
        () => event.source?.postMessage({ kind: 'kept', path }),
        () => undefined,
      ),
    );
  }
  if (kind === 'forget') event.waitUntil(caches.delete(shellCache));
});

function isAsset(path) {
  return typeof path === 'string' && (path.startsWith('/assets/') || path === '/mark.svg');
}

async function keep(path, assets) {
  const shells = await caches.open(shellCache);
  if (!(await shells.match(path))) {
    const answer = await fetch(path, { credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) throw new Error('no page to keep');
    await shells.put(path, answer);
  }
  const kept = await caches.open(assetCache);
  await Promise.all(assets.map(async (one) => (await kept.match(one)) ?? kept.add(one)));
  // What the page is no longer made of goes.
  for (const request of await kept.keys()) {
    if (!assets.includes(new URL(request.url).pathname)) await kept.delete(request);
  }
}

/** From the server; without a line, or when it takes too long, as it was kept. */
async function page(request, path) {
  const shells = await caches.open(shellCache);
  const kept = await shells.match(path);
  try {
    const answer = await (kept ? withinMs(fetch(request), 6000) : fetch(request));
    // A redirect to the sign-in page is passed on and never kept.
    if (answer.ok && !answer.redirected && answer.type === 'basic') await shells.put(path, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function asset(request) {
  const kept = await caches.match(request, { cacheName: assetCache, ignoreVary: true });
  return kept ?? fetch(request);
}

function withinMs(promise, ms) {
  return Promise.race([
    promise,
    new Promise((_, reject) => {
      setTimeout(() => reject(new Error('too slow')), ms);
    }),
  ]);
}

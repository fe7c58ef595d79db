/*
 * Keeps pages openable without a line. A worker says which, then loads this file:
 *
 *   self.keeper = { name, pagePath, shellOf }; importScripts('/page-keeper.js');
 *
 *   name      of its caches
 *   pagePath  the pages it keeps; it sees those and what they load, nothing else
 *   shellOf   the address a page is kept from; what is kept holds words and an id, nothing about the person
 *
 * Two things are kept and no more: the page under its address, and the files under /assets/ it says it is made of, which
 * never change under one name. What people enter is kept by the page itself, where it can be deleted.
 */
const { name: keeperName, pagePath, shellOf } = self.keeper;
const shellCache = `${keeperName}-shell-1`;
const assetCache = `${keeperName}-assets-1`;

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const known = [shellCache, assetCache];
      for (const name of await caches.keys()) {
        if (name.startsWith(`${keeperName}-`) && !known.includes(name)) await caches.delete(name);
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

/** The page says what it is made of; the answer says whether all of it is kept. Or it says that it is done with. */
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
  if (kind === 'forget') event.waitUntil(path === undefined ? caches.delete(shellCache) : forget(path));
});

function isAsset(path) {
  return typeof path === 'string' && (path.startsWith('/assets/') || path === '/mark.svg');
}

async function keep(path, assets) {
  const shells = await caches.open(shellCache);
  const isOwn = shellOf(path) === path;
  if (!isOwn || !(await shells.match(path))) {
    const answer = await fetch(shellOf(path), { credentials: 'same-origin' });
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

async function forget(path) {
  await (await caches.open(shellCache)).delete(path);
}

/** From the server; without a line, or when it takes too long, as it was kept. */
async function page(request, path) {
  const shells = await caches.open(shellCache);
  const kept = await shells.match(path);
  try {
    const answer = await (kept ? withinMs(fetch(request), 6000) : fetch(request));
    // A redirect to the sign-in page is passed on and never kept.
    if (shellOf(path) === path && answer.ok && !answer.redirected && answer.type === 'basic')
      await shells.put(path, answer.clone());
    // A link that is closed is not opened again from here.
    if (answer.status === 404 || answer.status === 410) await shells.delete(path);
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

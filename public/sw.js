// Stoa's service worker: shows the offline page where no page can be had, and keeps the files of the build, whose names
// change with their content. It serves no page and no data from a cache while the server can be reached, and answers
// nothing under /api at all. Registered as /sw.js?build=ID, so that each build brings its own.

const build = new URL(self.location.href).searchParams.get('build') ?? ''
const CACHE = `stoa-${build}`
const OFFLINE = '/offline'
const STATIC = '/_next/static/'

self.addEventListener('install', (event) => event.waitUntil(prepare().then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(takeOver()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || /^\/(api|v1)\//.test(url.pathname))
    return
  if (request.mode === 'navigate') event.respondWith(open(event))
  else if (url.pathname.startsWith(STATIC)) event.respondWith(file(request))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(event.notification.data.path))
})

/** Keeps the offline page with all that it names. It is asked for without the session: nothing of anybody is in it. */
async function prepare() {
  const cache = await caches.open(CACHE)
  const page = await fetch(OFFLINE, { credentials: 'omit', cache: 'no-store' })
  if (!page.ok) throw new Error(`The offline page answers ${page.status}.`)
  const html = await page.clone().text()
  const files = new Set(html.match(/\/_next\/static\/[\w./~%-]+\.(?:js|css|woff2)/g))
  await cache.addAll(files)
  await cache.put(OFFLINE, page)
}

async function takeOver() {
  // Tabs of the build before this one may still want its files, which the server has no longer.
  const older = (await caches.keys()).filter((name) => name !== CACHE)
  for (const name of older.slice(0, -1)) await caches.delete(name)
  // So that starting this worker does not hold up a page.
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}

/** A page as the server has it now; the offline page where it cannot be reached. */
async function open(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch (error) {
    const page = await caches.match(OFFLINE, { cacheName: CACHE })
    if (page) return page
    throw error
  }
}

/** A file of the build: what is under its name never changes. */
async function file(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const cache = await caches.open(CACHE)
  const response = await fetch(request)
  if (response.status === 200) await cache.put(request, response.clone())
  return response
}

/** Brings a conversation before the person: in the tab that shows it, else in one that shows another, else in a new one. */
async function show(path) {
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const addressed = tabs.map((tab) => ({ tab, url: new URL(tab.url) }))
  const { tab } =
    addressed.find(({ url }) => url.pathname === path) ?? addressed.find(({ url }) => canShow(url)) ?? {}
  if (!tab) return self.clients.openWindow(path)
  tab.postMessage({ type: 'open', path })
  return tab.focus()
}

/** Whether the page there goes where it is asked to (register-worker.ts), and leaves nothing behind that is lost with it. */
function canShow({ pathname, search }) {
  return /^\/(chat\/[\da-f-]+)?$/.test(pathname) && search !== '?temporary'
}

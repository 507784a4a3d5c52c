/** Asks for a path to be opened, as public/sw.js does when a notification is clicked. */
interface OpenMessage {
  type: 'open'
  path: string
}

/**
 * Registers the service worker of this build once the page has loaded, and opens what its notifications lead to.
 *
 * @param buildId NULL: there is no build, and no worker (`next dev`)
 * @returns ends the listening
 */
export function registerWorker(buildId: string | null, onOpen: (path: string) => void): () => void {
  // Not there on plain HTTP.
  const workers = navigator.serviceWorker
  if (!workers || buildId === null) return () => {}
  const url = `/sw.js?build=${encodeURIComponent(buildId)}`
  function register() {
    // That it cannot be (storage is forbidden, the server just went away) takes the offline page away, and nothing else.
    workers.register(url, { scope: '/', updateViaCache: 'none' }).catch(() => undefined)
  }
  function follow({ data }: MessageEvent<Partial<OpenMessage> | null>) {
    if (data?.type === 'open' && /^\/chat\/[\da-f-]+$/.test(data.path ?? '')) onOpen(data.path ?? '/')
  }
  workers.addEventListener('message', follow)
  if (document.readyState === 'complete') register()
  else window.addEventListener('load', register, { once: true })
  return () => {
    workers.removeEventListener('message', follow)
    window.removeEventListener('load', register)
  }
}

import type { BrowserContext } from '@playwright/test'
import { wholeBrowserOptions } from '../support/browser.ts'
import { composer, converse, send } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

test.use({ serviceWorkers: 'allow', launchOptions: wholeBrowserOptions() })

test('a finished answer is told to whoever is elsewhere and has asked for it', async ({
  person: { page, context },
}) => {
  const shown = () =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready
      return (await worker.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }))
    })
  await page.goto('/settings')
  await page.getByRole('radio', { name: 'Tell me' }).click({ force: true })
  await expect(page.getByText('This browser does not allow it.')).toBeVisible()
  await context.grantPermissions(['notifications'])
  await page.getByRole('radio', { name: 'Tell me' }).click({ force: true })
  await expect(page.getByRole('radio', { name: 'Tell me' })).toBeChecked()
  const isKept = () => page.evaluate(() => Object.keys(localStorage).some((key) => /notify/.test(key)))
  await expect.poll(isKept).toBe(true)
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Tell me' })).toBeChecked()

  await page.goto('/')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  await converse(page, 'Seen')
  expect(await shown()).toEqual([])
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await send(page, 'Unseen')
  await expect.poll(shown).toMatchObject([{ title: 'Stoa: answer finished' }])

  // It is opened where a page goes to it: the settings do not, and a temporary conversation would be lost.
  const path = new URL(page.url()).pathname
  for (const elsewhere of ['/settings', '/?temporary']) {
    await page.goto(elsewhere)
    expect(await clickNotification(context, path)).toEqual([path])
    await expect(page).toHaveURL(elsewhere)
  }
  await page.goto('/')
  await expect(composer(page)).toBeFocused()
  expect(await clickNotification(context, path)).toEqual([])
  await expect(page).toHaveURL(path)
})

/** Clicks a notification that leads there, and says what was opened in a tab of its own. */
async function clickNotification(context: BrowserContext, path: string): Promise<string[]> {
  const [worker] = context.serviceWorkers()
  if (!worker) throw new Error('No service worker runs.')
  return worker.evaluate(async (wanted) => {
    const scope = self as unknown as WorkerScope
    await scope.registration.showNotification('Stoa', { data: { path: wanted } })
    const [notification] = (await scope.registration.getNotifications()).slice(-1)
    const opened: string[] = []
    // Only a person's click may do either.
    scope.clients.openWindow = async (address) => void opened.push(address)
    scope.WindowClient.prototype.focus = async () => undefined
    const event = new scope.NotificationEvent('notificationclick', { notification })
    const ends: Promise<unknown>[] = []
    event.waitUntil = (end) => void ends.push(end)
    self.dispatchEvent(event)
    await Promise.all(ends)
    return opened
  }, path)
}

/** What there is in a service worker, which the types of a page do not have. */
interface WorkerScope {
  registration: ServiceWorkerRegistration
  clients: { openWindow(address: string): Promise<void> }
  WindowClient: { prototype: { focus(): Promise<unknown> } }
  NotificationEvent: new (
    type: string,
    init: { notification: Notification | undefined },
  ) => Event & { waitUntil(end: Promise<unknown>): void }
}

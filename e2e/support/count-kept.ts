import type { Page } from '@playwright/test'

/** How many conversations are kept on the device, to be read offline. */
export async function countKept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const opening = indexedDB.open('stoa-offline', 1)
    await new Promise((resolve) => opening.addEventListener('success', resolve))
    const counting = opening.result.transaction('conversations').objectStore('conversations').count()
    await new Promise((resolve) => counting.addEventListener('success', resolve))
    opening.result.close()
    return counting.result
  })
}

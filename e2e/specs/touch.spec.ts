import { devices } from '@playwright/test'
import { answers, composer, conversationLinks, converse, questions } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'
import { Finger } from '../support/touch.ts'

const { viewport, hasTouch, isMobile, userAgent, deviceScaleFactor } = devices['Pixel 7']
test.use({ viewport, hasTouch, isMobile, userAgent, deviceScaleFactor })

test('a finger draws the sidebar out and back, and leaves what scrolls sideways alone', async ({
  person: { page },
}) => {
  const { width, height } = viewport
  const sheet = page.getByRole('dialog', { name: 'Conversations and account' })
  await converse(page, '[scenario:table columns=12]')
  const finger = await Finger.on(page)
  const from = { x: 40, y: height / 2 }

  // It follows the finger, and goes back when it is let go of too early.
  await finger.drag(from, { x: 110, y: height / 2 }, { isHeld: true })
  await expect(sheet).toBeVisible()
  const box = await sheet.boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeCloseTo(70, -1)
  await finger.drag({ x: 110, y: height / 2 }, { x: 60, y: height / 2 })
  await expect(sheet).toHaveCount(0)
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true)

  await finger.drag(from, { x: width - 60, y: height / 2 + 10 })
  await expect(sheet).toBeVisible()
  await expect.poll(async () => (await sheet.boundingBox())?.x).toBe(0)
  await finger.drag({ x: 250, y: height / 2 }, { x: 20, y: height / 2 })
  await expect(sheet).toHaveCount(0)

  // A row's menu, and a row: the heading has the focus, since a field would bring up the keyboard.
  await finger.drag(from, { x: width - 60, y: height / 2 })
  const row = conversationLinks(page).first()
  await finger.rest(row, page.getByRole('menuitem', { name: 'Rename' }))
  await expect(sheet).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menuitem')).toHaveCount(0)
  await row.tap()
  await expect(sheet).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()

  // A wide table, and what goes up or down, is scrolled.
  const table = answers(page).locator('.table-scroll').first()
  await table.locator('table').evaluate((element) => {
    element.style.minWidth = '900px'
  })
  await table.scrollIntoViewIfNeeded()
  const at = await table.boundingBox()
  if (!at) throw new Error('There is no table.')
  const [left, right] = [
    { x: at.x + 40, y: at.y + 20 },
    { x: at.x + 300, y: at.y + 20 },
  ]
  await finger.drag(right, left)
  await expect.poll(() => table.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(100)
  await finger.drag(left, right)
  await finger.drag({ x: 60, y: height / 2 }, { x: 90, y: height / 2 - 200 })
  await expect(sheet).toHaveCount(0)
})

test('a finger that rests on a message opens its menu, from which its text is selected', async ({
  person: { page },
}) => {
  await converse(page, 'What is courage?')
  const finger = await Finger.on(page)
  const menu = page.getByRole('menu', { name: 'Message options' })
  await finger.rest(questions(page).locator('.reading'), menu)
  // Lifting it chooses nothing.
  await expect(menu.getByRole('menuitem')).toHaveText(['Copy', 'Select text', 'Edit', 'Copy link', 'Delete'])
  expect(await page.evaluate(() => String(getSelection()))).toBe('')
  await menu.getByRole('menuitem', { name: 'Select text' }).tap()
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe('What is courage?')

  await page.evaluate(() => getSelection()?.removeAllRanges())
  await expect(menu).toHaveCount(0)
  await finger.rest(answers(page).locator('.reading'), menu)
  await menu.getByRole('menuitem', { name: 'Another answer' }).tap()
  await expect(answers(page).getByRole('group', { name: 'Versions' })).toContainText('2/2')
})

test('the composer stays above a keyboard that is laid over the page, as Safari does', async ({
  person: { page },
}) => {
  await page.evaluate(() => {
    Object.defineProperty(visualViewport, 'height', { get: () => innerHeight - 300 })
    visualViewport?.dispatchEvent(new Event('resize'))
  })
  const bottom = async () => {
    const box = await composer(page).boundingBox()
    return (box?.y ?? 0) + (box?.height ?? 0)
  }
  // A page that has not come to life yet does it then.
  await expect.poll(bottom).toBeLessThanOrEqual(viewport.height - 300)
  expect(await bottom()).toBeGreaterThan(viewport.height - 360)
})

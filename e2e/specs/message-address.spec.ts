import { openMenu, step, turn } from '../support/branch-page.ts'
import { questions } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

test.describe('the address of a message', () => {
  test('is copied, and opens its branch in view', async ({ person: { page, api, context } }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.setViewportSize({ width: 900, height: 500 })
    const first = await turn(api, undefined, null, '[scenario:slow tokens=300 delay=0]')
    const hidden = await turn(api, first.conversationId, first.answerId, 'On a branch that is not shown')
    await turn(api, first.conversationId, hidden.answerId, '[scenario:slow tokens=400 delay=0]')
    const shown = await turn(api, first.conversationId, first.answerId, 'On the branch that is shown')
    await page.goto(`/chat/${first.conversationId}`)
    const menu = await openMenu(questions(page).nth(1), 'Message options')
    await menu.getByRole('menuitem', { name: 'Copy link' }).click()
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe(`${new URL(page.url()).origin}/chat/${first.conversationId}#${shown.questionId}`)

    const other = await context.newPage()
    await other.setViewportSize({ width: 900, height: 500 })
    await other.goto(`/chat/${first.conversationId}#${hidden.questionId}`)
    const message = other.locator(`[id="${hidden.questionId}"]`)
    await expect(message).toBeInViewport()
    await expect(message).toBeFocused()
    await expect(questions(other)).toHaveCount(3)

    await other.evaluate((hash) => {
      window.location.hash = hash
    }, shown.answerId)
    await expect(other.locator(`[id="${shown.answerId}"]`)).toBeInViewport()
    await expect(questions(other)).toHaveCount(2)
    // Once another branch is chosen, a reload must not go back.
    await step(questions(other).nth(1), 'Previous').click()
    await expect(questions(other)).toHaveCount(3)
    await expect(other).toHaveURL(new RegExp(`/chat/${first.conversationId}$`))
  })

  test('of the branch that is shown is scrolled to as it is', async ({ person: { page, api } }) => {
    await page.setViewportSize({ width: 900, height: 500 })
    const first = await turn(api, undefined, null, 'The beginning')
    await turn(api, first.conversationId, first.answerId, '[scenario:slow tokens=900 delay=0]')
    await page.goto(`/chat/${first.conversationId}#${first.questionId}`)
    await expect(questions(page).first()).toBeInViewport()
    await expect(questions(page).first()).toBeFocused()
    await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
  })

  test('of a message that is gone says so', async ({ account: { page, api }, problems }) => {
    problems.allow(/status of 404/)
    const first = await turn(api, undefined, null, 'The beginning')
    const gone = await turn(api, first.conversationId, first.answerId, 'Soon gone')
    await api.call('DELETE', `/api/conversations/${first.conversationId}/messages/${gone.questionId}`)
    await page.goto(`/chat/${first.conversationId}#${gone.questionId}`)
    await expect(page.getByText('The message that this address names is gone.')).toBeVisible()
    await expect(questions(page)).toHaveCount(1)
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.getByText('is gone.')).toHaveCount(0)
  })
})

import { askToDelete, editButton, editor, step, turn, undoButton, versions } from '../support/branch-page.ts'
import {
  answers,
  composer,
  converse,
  questions,
  sendButton,
  waitForEnd,
} from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

test.describe('deleting', () => {
  test('says how much goes, on every branch, and is undone', async ({ account: { page, api } }) => {
    const first = await turn(api, undefined, null, 'The beginning')
    const id = first.conversationId
    const second = await turn(api, id, first.answerId, 'The middle')
    await turn(api, id, second.answerId, 'One end')
    await turn(api, id, second.answerId, 'Another end')
    await page.goto(`/chat/${id}`)
    const dialog = await askToDelete(questions(page).nth(1))
    await expect(dialog).toContainText(
      'This deletes 6 messages: this one and all that follows from it, on every branch.',
    )
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(questions(page).nth(1).getByRole('button', { name: 'Message options' })).toBeFocused()

    await askToDelete(questions(page).nth(1))
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByText('6 messages deleted.')).toBeVisible()
    await expect(questions(page)).toHaveCount(1)
    await expect(undoButton(page)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(questions(page)).toHaveText([/^The beginning/, /^The middle/, /^Another end/])
    await expect(questions(page).nth(1)).toBeFocused()
    await expect(undoButton(page)).toHaveCount(0)
    await expect(versions(questions(page).nth(2))).toHaveText('2/2')
  })

  test('everything leaves the conversation empty, and one can write again', async ({ person: { page } }) => {
    await converse(page, 'The only question')
    const url = page.url()
    const dialog = await askToDelete(questions(page))
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('article')).toHaveCount(0)
    await expect(composer(page)).toBeVisible()
    await expect(page).toHaveURL(url)
    await page.reload()
    await expect(composer(page)).toBeVisible()
    await expect(page.getByRole('article')).toHaveCount(0)
    await converse(page, 'A new beginning')
    await expect(page).toHaveURL(url)
    await page.reload()
    await expect(questions(page)).toHaveText([/^A new beginning/])
  })

  test('an answer leaves its question, which can be answered anew', async ({ person: { page } }) => {
    await converse(page, 'A question')
    const dialog = await askToDelete(answers(page))
    await expect(dialog).toContainText('This deletes 1 message.')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(answers(page)).toHaveCount(0)
    await page.getByRole('button', { name: 'Get an answer' }).click()
    await waitForEnd(page)
    await expect(answers(page)).toContainText('A question')
    await expect(undoButton(page)).toHaveCount(0)
  })

  test('can be undone until something else is sent', async ({ person: { page } }) => {
    await converse(page, 'The first question')
    await converse(page, 'The second question')
    const dialog = await askToDelete(questions(page).nth(1))
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(undoButton(page)).toBeVisible()
    await converse(page, 'A third question')
    await expect(undoButton(page)).toHaveCount(0)
  })
})

test('a branch that is opened, a deletion and its undoing reach another tab', async ({
  account: { page, api, context },
}) => {
  const first = await turn(api, undefined, null, 'The beginning')
  await turn(api, first.conversationId, first.answerId, 'One version')
  await turn(api, first.conversationId, first.answerId, 'Another version')
  await page.goto(`/chat/${first.conversationId}`)
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(questions(other).nth(1)).toContainText('Another version')
  await step(questions(page).nth(1), 'Previous').click()
  await expect(questions(other).nth(1)).toContainText('One version')
  const dialog = await askToDelete(questions(page).nth(1))
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(questions(other).nth(1)).toContainText('Another version')
  await expect(versions(questions(other).nth(1))).toHaveCount(0)
  await undoButton(page).click()
  await expect(versions(questions(other).nth(1))).toHaveText('1/2')
  await editButton(questions(page).first()).click()
  await editor(page).fill('Another beginning')
  await page.keyboard.press('Enter')
  await expect(questions(other)).toHaveText([/^Another beginning/])
  await expect(versions(questions(other))).toHaveText('2/2')
  await waitForEnd(other)
  await expect(sendButton(other)).toBeVisible()
})

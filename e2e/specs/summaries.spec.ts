import type { Page } from '@playwright/test'
import { answers, composer, send } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { foldedConversation, LONG } from '../support/folded-conversation.ts'
import { expect, test } from '../support/test.ts'

const line = (page: Page) => page.getByRole('button', { name: 'Earlier messages are summarised' })

test('the line where the summary ends opens it: to be changed, rolled back and written anew', async ({
  person,
  provider,
  problems,
}) => {
  problems.allow(/status of 400.*summaries/)
  const { page } = person
  const { conversationId, word } = await foldedConversation(person.api)
  await page.goto(`/chat/${conversationId}`)
  const first = answers(page).first()
  await expect(first).toContainText(word)
  await line(page).click()
  const dialog = page.getByRole('dialog', { name: 'Summary of earlier messages' })
  await expect(dialog).toContainText('Stands for 2 messages')
  await expect(dialog).toContainText('Version 1, written by scripted-utility')
  await expectAccessible(page)

  await dialog.getByRole('button', { name: 'Edit' }).click()
  const field = dialog.getByRole('textbox')
  await field.fill('Short.')
  await dialog.getByRole('button', { name: 'Save as a new version' }).click()
  await expect(dialog.getByRole('alert')).toContainText('10 characters or more')
  // A click beside the dialog would lose what is being written.
  await page.mouse.click(4, 4)
  await expect(field).toHaveValue('Short.')
  await field.press('Escape')
  await expect(dialog).toContainText('Not saved yet')
  await expect(field).toHaveValue('Short.')
  await field.fill(`They waited for the rain, as ${word} knows.`)
  await dialog.getByRole('button', { name: 'Save as a new version' }).click()
  await expect(dialog).toContainText('Version 2, by you, from version 1')
  await expect(dialog.getByRole('alert')).toHaveCount(0)

  await dialog.getByRole('button', { name: 'Write anew' }).click()
  await expect(dialog).toContainText('Version 3, written by scripted-utility')
  await dialog.getByRole('button', { name: /^2 ?by you/ }).click()
  await dialog.getByRole('button', { name: 'Use this version' }).click()
  await expect(dialog).toContainText('Version 4, which uses version 2 again')
  await page.keyboard.press('Escape')
  await expect(line(page)).toBeFocused()

  await composer(page).fill(`third ${word}`)
  await page.keyboard.press('Enter')
  await expect(answers(page)).toHaveCount(3)
  const [request] = await provider.requests({ contains: `third ${word}`, kind: 'answer' })
  expect(String(request?.body.messages[0]?.content)).toContain(`They waited for the rain, as ${word} knows.`)
  expect(request?.body.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
})

test('a fold shows in a page that is open, and /summary opens what it made', async ({ person }) => {
  const { page, api } = person
  const { conversationId } = await api.createConversation(`first ${LONG}`)
  await page.goto(`/chat/${conversationId}`)
  await expect(answers(page)).toHaveCount(1)
  await send(page, '/summary')
  await expect(page.getByRole('dialog')).toContainText('all messages are sent as they are')
  await page.getByRole('button', { name: 'Close' }).click()

  const parentId = (await api.conversation(conversationId)).messages.at(-1)?.id ?? null
  await (await api.send(`second ${LONG}`, { conversationId, parentId })).response.text()
  await expect(line(page)).toBeVisible()
  await composer(page).fill('/summary')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('Version 1')
})

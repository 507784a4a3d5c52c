import { makeZip } from '#scripts/test/make-zip.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { chatgptConversation } from '../support/export-fixtures.ts'
import { liveWords, noteLiveRegions } from '../support/live-regions.ts'
import { expect, test } from '../support/test.ts'

test('an archive of ChatGPT is imported, told of, opened, printed, and imported once', async ({
  account: { page },
}) => {
  const talk = { title: 'On courage', question: 'What is courage?', answer: 'Endurance, *said* Laches.' }
  const buffer = makeZip([
    {
      name: 'conversations.json',
      content: JSON.stringify([
        chatgptConversation('first', talk),
        { ...chatgptConversation('second', talk), title: 'Nothing', mapping: {} },
      ]),
    },
    { name: 'file-x.png', content: 'x' },
  ])
  const file = { name: 'chatgpt-export.zip', mimeType: 'application/zip', buffer }
  await page.goto('/settings')
  const section = page.getByRole('region', { name: 'Import and export' })
  await noteLiveRegions(page)
  await section.getByLabel('Choose a file').focus()
  await section.getByLabel('Choose a file').setInputFiles(file)

  await expect(section.getByText('1 conversation imported, 1 skipped.').last()).toBeVisible()
  await expect(section.getByLabel('Choose a file')).toBeFocused()
  expect(await liveWords(page)).toEqual(['1 conversation imported, 1 skipped.'])
  await expect(section.getByText('The archive also held 1 image, which stayed there.')).toBeVisible()
  await expect(section.getByText('3 messages. Without 1 image.')).toBeVisible()
  await expectAccessible(page)
  await section.getByRole('button', { name: 'Skipped' }).click()
  await expect(section.getByRole('listitem')).toHaveText([/Nothing.*Nothing was said in it\./])
  await section.getByRole('button', { name: 'All' }).click()
  await section.getByLabel('Choose a file').setInputFiles(file)
  await expect(section.getByText('Nothing was imported: 2 conversations skipped.').last()).toBeVisible()

  await section.getByRole('link', { name: 'On courage' }).click()
  const answer = page.getByRole('article', { name: 'ChatGPT' })
  await expect(answer).toContainText('Endurance, said Laches.')
  await expect(answer).toContainText('Imported from ChatGPT · gpt-4o')
  await answer.getByRole('button', { name: 'How this was made' }).click()
  await expect(page.getByRole('dialog')).toContainText('What it was made from was not in the export')

  await page.goto(`${page.url().split('?')[0]?.split('#')[0]}/print`)
  await expect(page.getByRole('heading', { name: 'On courage' })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Printing' })).toBeHidden()
  await expect(page.getByRole('article')).toHaveText([/What is courage\?/, /Endurance, said Laches\./])
})

test('an import that another tab removed is asked for no longer', async ({ person: { page }, problems }) => {
  problems.allow(/status of 404/)
  const content = JSON.stringify([chatgptConversation('a', { title: 'A', question: 'B?', answer: 'C.' })])
  // To this page it goes on for ever.
  await page.route('**/api/imports/**', async (route) => {
    const response = await route.fetch()
    if (!response.ok()) return route.fulfill({ response })
    const body = await response.json()
    return route.fulfill({ response, json: { ...body, import: { ...body.import, status: 'running' } } })
  })
  await page.goto('/settings')
  const section = page.getByRole('region', { name: 'Import and export' })
  const told = page.waitForResponse((response) => /imports\/[^/]+$/.test(response.url()))
  const file = { name: 'conversations.json', mimeType: 'application/json', buffer: Buffer.from(content) }
  await section.getByLabel('Choose a file').setInputFiles(file)
  await expect(section.getByRole('progressbar')).toBeVisible()
  const address = new URL((await told).url()).pathname
  await page.context().request.delete(address, { headers: { origin: new URL(page.url()).origin } })
  await expect(section.getByRole('progressbar')).toHaveCount(0)
  await expect(section.getByLabel('Choose a file')).toBeAttached()
  await expect(section.getByRole('alert')).toHaveCount(0)
})

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { inProject } from '#scripts/launch/project.ts'
import { type Scene, startScene } from '../matrix/scene.ts'
import { ApiClient } from '../support/api-client.ts'
import { converse } from '../support/conversation-page.ts'
import { chatgptConversation } from '../support/export-fixtures.ts'
import { Problems } from '../support/problems.ts'
import { htmlPayloads, markdownPayloads } from '../support/script-payloads.ts'

const LABEL = '"><img src=x onerror=window.zzran=1>'
const everything = [...htmlPayloads, ...markdownPayloads].join('\n\n')

/** A library whose first persona has markup in all that is shown of it. */
async function spoiltPrompts(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stoa-prompts-'))
  await cp(inProject('prompts'), folder, { recursive: true })
  const file = path.join(folder, 'prompts.yaml')
  const text = await readFile(file, 'utf8')
  const spoilt = text
    .replace('label: Stoic', `label: '${LABEL}'`)
    .replace('description: Sharpens thinking, does not replace it.', `description: '${htmlPayloads[0]}'`)
    .replace(/- I keep putting off.*/, `- '${htmlPayloads[5]}'`)
  await writeFile(file, spoilt)
  return folder
}

/** What in a page could run or load something, whatever wrote it there. */
async function expectInert(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const elements = [...document.querySelectorAll('body *')]
    const addresses = elements.flatMap((element) =>
      ['href', 'src', 'action', 'formaction', 'xlink:href'].map((name) => element.getAttribute(name) ?? ''),
    )
    return {
      ran: 'zzran' in window,
      handlers: elements.flatMap(({ attributes }) => [...attributes].filter(({ name }) => /^on/.test(name)))
        .length,
      elements: document.querySelectorAll(
        'body :is(iframe, object, embed, base, meta, video, form[action^="http"], img:not([src^="/"]), :is(main, nav) :is(script, style, link))',
      ).length,
      addresses: addresses.filter((address) => /^\s*(javascript|vbscript|data):/i.test(address)),
    }
  })
  expect(found, page.url()).toEqual({ ran: false, handlers: 0, elements: 0, addresses: [] })
}

/** A file from elsewhere in which every word is markup; the id that its conversation has here. */
async function importSpoilt(api: ApiClient): Promise<string> {
  const [title = ''] = htmlPayloads
  const spoilt = chatgptConversation(title, { title, question: everything, answer: everything })
  const body = JSON.stringify([spoilt])
  const file = { fileName: title, size: Buffer.byteLength(body) }
  const { import: begun } = await (await api.call('POST', '/api/imports', { json: file })).json()
  const headers = { 'content-type': 'application/octet-stream' }
  await api.call('PUT', `/api/imports/${begun.id}/pieces/0`, { body, headers })
  const read = async () => (await api.call('GET', `/api/imports/${begun.id}`)).json()
  await expect.poll(async () => (await read()).import.status).toBe('done')
  return (await read()).entries[0].conversationId
}

test.describe('markup in', () => {
  let prompts: string
  let scene: Scene
  test.beforeAll(async () => {
    prompts = await spoiltPrompts()
    scene = await startScene({ STOA_PROMPTS_DIR: prompts })
  })
  test.afterAll(async () => {
    await scene[Symbol.asyncDispose]()
    await rm(prompts, { recursive: true })
  })

  test('message, answer, title, labels, errors and downloads stays text', async ({ context, page }) => {
    const problems = new Problems()
    // Also that the policy would have to stop something is a problem: the browser logs it.
    problems.watch(context, scene.origin)
    const [name = '', ...value] = scene.owner.cookie.split('=')
    await context.addCookies([{ name, value: value.join('='), url: scene.origin }])
    const api = new ApiClient(scene.origin, context)
    let dialogs = 0
    page.on('dialog', (dialog) => {
      dialogs += 1
      return dialog.dismiss()
    })

    await page.goto(scene.origin)
    // Streamed in pieces of a few characters, so that each payload is seen half-written, too.
    await converse(page, `${everything}\n\n[scenario:echo]`)
    const answer = page.getByRole('article', { name: LABEL })
    for (const payload of htmlPayloads.slice(0, 3)) await expect(answer).toContainText(payload)
    await expectInert(page)
    await page.reload()
    await expect(answer).toContainText(htmlPayloads.at(0) ?? '')
    await expectInert(page)

    const conversationId = page.url().split('/').at(-1) ?? ''
    const address = `/api/conversations/${conversationId}`
    for (const title of [...htmlPayloads, ...markdownPayloads]) {
      await api.call('PATCH', address, { json: { title: title.slice(0, 200) } })
    }
    const [title = ''] = htmlPayloads
    await api.call('PATCH', address, { json: { title } })
    await api.call('PATCH', '/api/account', {
      json: { name: title.slice(0, 80), aboutYou: everything.slice(0, 4000) },
    })
    await expect(page.getByRole('navigation', { name: 'Conversations' })).toContainText(title)
    await expect(page).toHaveTitle(/<script>window\.zzran=1<\/script>/)
    await expectInert(page)

    const text = encodeURIComponent(title)
    const pages = [
      '/',
      '/settings',
      '/usage',
      '/personas',
      '/personas/stoic',
      '/personas/compare',
      `/personas/${text}`,
    ]
    pages.push(`/chat/${text}`, `/settings?error=${text}&notice=${text}`, `/${text}`)
    problems.allow(/status of 404/)
    for (const path of pages) {
      await page.goto(scene.origin + path)
      await expectInert(page)
    }
    problems.allow(/status of 502/)
    await page.goto(scene.origin)
    await converse(page, `${title} [scenario:html code=500]`)
    await expectInert(page)

    for (const format of ['markdown', 'json']) {
      const { headers } = await api.call('GET', `${address}/export?format=${format}`)
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[^"<>]*"/)
      expect(headers.get('content-type')).toMatch(/^(text\/markdown|application\/json);/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
    const shared = await api.call('POST', `${address}/shares`, {
      json: { sharedBy: title.slice(0, 80), days: null },
    })
    const { share } = (await shared.json()) as { share: { path: string } }
    await page.goto(`${scene.origin}/settings`)
    await expect(page.getByRole('list', { name: 'Shared copies' })).toContainText(title)
    await expectInert(page)
    const imported = await importSpoilt(api)
    for (const path of ['/settings', `/chat/${imported}`, `/chat/${imported}/print`]) {
      await page.goto(scene.origin + path)
      await expect(page.getByText(htmlPayloads[0] ?? '').first()).toBeAttached()
      await expectInert(page)
    }
    await context.clearCookies()
    await page.goto(scene.origin + share.path)
    for (const payload of htmlPayloads.slice(0, 3))
      await expect(page.getByRole('article', { name: LABEL }).first()).toContainText(payload)
    await expectInert(page)
    for (const query of [`error=${text}`, `callbackUrl=javascript:${text}`, `notice=${text}`]) {
      await page.goto(`${scene.origin}/login?${query}`)
      await expectInert(page)
    }
    expect(dialogs).toBe(0)
    expect(problems.unexpected).toEqual([])
  })
})

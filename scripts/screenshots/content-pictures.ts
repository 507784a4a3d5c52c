import type { Page } from '@playwright/test'
import pg from 'pg'
import { ApiClient } from '#e2e/support/api-client.ts'
import { answers, conversationIdOf, converse } from '#e2e/support/conversation-page.ts'
import { insertTree } from '#scripts/test/insert-tree.ts'
import type { Stage } from './chat-pictures.ts'
import { writer } from './people.ts'

/** What people and models write that no layout expects. */
export const contentPictures: Record<string, (stage: Stage) => Promise<void>> = {
  async 'right-to-left'({ page, stack }) {
    await answerTo(page, stack, 'ما الذي يعنيه سينيكا بامتلاك المرء وقته؟ اشرح لي ذلك بمثال من يومي.', 'echo')
  },
  async 'long-words'({ page, stack }) {
    await answerTo(page, stack, `https://example.test/${'a-path-without-end/'.repeat(12)}`, 'echo')
  },
  async 'long-code'({ page, stack }) {
    await answerTo(page, stack, 'Show four thousand lines of code.', 'code lines=4000')
    await page.getByText('That was all of it.').waitFor()
  },
  async 'wide-table'({ page, stack }) {
    await answerTo(page, stack, 'Show a table of a year and more.', 'table columns=18')
  },
  async 'long-title'({ page, stack, isPhone }) {
    await answerTo(page, stack, 'Show a title that is long.', 'plain')
    const api = new ApiClient(stack.origin, page.context())
    const title = `Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, ${'and what it did '.repeat(6)}`
    await api.call('PATCH', `/api/conversations/${conversationIdOf(page)}`, { json: { title: title.trim() } })
    await page.reload()
    if (isPhone) await page.getByRole('button', { name: /conversations|sidebar/i }).click()
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first().waitFor()
  },
  async 'short-messages'({ page, stack }) {
    await page.goto(`/chat/${await storeShortMessages(stack, 100)}`)
    await answers(page).last().waitFor()
  },
  async 'reading-slowly'({ page, essayPath }) {
    await page.goto(essayPath)
    await page.route('**/api/conversations/*', () => {})
    const other = page.getByRole('navigation', { name: 'Conversations' }).getByRole('link')
    const link = other.filter({ hasText: 'A proof, checked' })
    // On a phone the list is behind a button.
    if (!(await link.isVisible())) await page.getByRole('button', { name: /conversations|sidebar/i }).click()
    await link.click()
    await page.getByText('Reading the conversation…').waitFor()
  },
}

async function answerTo(
  page: Page,
  stack: Stage['stack'],
  question: string,
  scenario: string,
): Promise<void> {
  stack.provider.stage.arrange(question, scenario)
  await page.goto('/')
  await converse(page, question)
}

/** A conversation that is as long as it is quick, put where sending would put it. */
async function storeShortMessages({ databaseUrl }: Stage['stack'], count: number): Promise<string> {
  const said = ['Yes.', 'And then?', 'No.', 'Why not?', 'Go on.', 'Ok.', 'Sure?', 'Fine.']
  const messages = Array.from({ length: count }, (_, index) => ({
    ...{ id: `m${index}`, parentId: index === 0 ? null : `m${index - 1}`, tokens: 2, clearedAt: null },
    text: said[index % said.length] ?? '',
    role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
    status: index % 2 === 0 ? null : ('complete' as const),
  }))
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM "user" WHERE email = $1`, [
      writer.email,
    ])
    const { conversationId, idOf } = await insertTree(client, rows[0]?.id ?? '', { messages, summaries: [] })
    await client.query(
      `UPDATE conversation SET title = 'A hundred words', "activeLeafId" = $2 WHERE id = $1`,
      [conversationId, idOf(messages.at(-1)?.id)],
    )
    return conversationId
  } finally {
    await client.end()
  }
}

import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { deleteConversation, updateConversation } from '#lib/db/conversations.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { searchConversations } from './search-conversations.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

/** Stores a conversation with one question. */
async function ask(userId: string, text: string, title = 'A conversation'): Promise<string> {
  const { conversationId } = await createTurn(userId, { text, newConversation: { placeholderTitle: title } })
  return conversationId
}

async function search(userId: string, query: string, filters = {}): Promise<string[]> {
  const { results } = await searchConversations(userId, { query, filters })
  return results.map(({ conversationId }) => conversationId)
}

const marked = (pieces: { text: string; isMatch: boolean }[]) =>
  pieces.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')

test('titles come first, then whole words, then words that begin so; each newest first', async () => {
  const person = await createPerson()
  const begun = await ask(person, 'What is an article?')
  const whole = await ask(person, 'What is art?')
  const inTitle = await ask(person, 'Tell me more.', 'Art and its history')
  const newer = await ask(person, 'Is this art?')
  await ask(person, 'Where does the cart go?')
  expect(await search(person, 'art')).toEqual([inTitle, newer, whole, begun])
})

test('the passages that are shown are marked', async () => {
  const person = await createPerson()
  await ask(
    person,
    `${'Before it. '.repeat(60)}What did **Épictète** say about Courage? ${'After it. '.repeat(60)}`,
  )
  const { results } = await searchConversations(person, { query: 'courage epict', filters: {} })
  expect(results).toHaveLength(1)
  const [passage] = results[0]?.passages ?? []
  expect(passage).toMatchObject({ kind: 'message', role: 'user' })
  expect(marked(passage?.text ?? [])).toMatch(
    /^….*Before it\. What did \[Épict\]ète say about \[Courage\]\? After.*…$/,
  )
})

test.each([
  ['人工智能的未来是什么？', '智能'],
  ['人工智能的未来是什么？', '人工智能'],
  ['人工智能的未来是什么？', '未'],
  ['使用Python编程很有趣', 'python 编程'],
  ['東京タワーへ行きたい', 'タワー'],
  ['서울에서 만나요', '서울'],
  ['สวัสดีชาวโลก', 'ชาวโลก'],
  ['Привет, ёлка', 'елка'],
  ['Ｗｉｄｅ letters', 'wide'],
  ['İstanbul is large', 'istanbul'],
])('in %s one finds %s', async (text, query) => {
  const person = await createPerson()
  const found = await ask(person, text)
  await ask(person, '人类的工作与智力')
  expect(await search(person, query)).toEqual([found])
})

test('nobody finds what is another’s', async () => {
  const [person, other] = [await createPerson(), await createPerson()]
  await ask(other, 'courage', 'courage')
  expect(await search(person, 'courage')).toEqual([])
})

test('what is deleted or temporary is not found, and is again when it is brought back', async () => {
  const person = await createPerson()
  const { conversationId, userMessage } = await createTurn(person, {
    text: 'courage',
    newConversation: { placeholderTitle: 'A conversation' },
  })
  await createTurn(person, { text: 'courage', newConversation: { placeholderTitle: 'x', isTemporary: true } })
  const set = (deletedAt: Date | null) =>
    db().message.update({ where: { id: userMessage?.id ?? '' }, data: { deletedAt } })
  expect(await search(person, 'courage')).toEqual([conversationId])
  await set(new Date())
  expect(await search(person, 'courage')).toEqual([])
  await set(null)
  expect(await search(person, 'courage')).toEqual([conversationId])
})

test.each([
  ['pyhton', '[python]'],
  ['kubernets', '[kubernetes]'],
  ['pyton kubernetes', '[python] … [kubernetes]'],
])('%s finds what was meant', async (query, shown) => {
  const person = await createPerson()
  const found = await ask(person, 'How does python … kubernetes?')
  await ask(person, 'Something else entirely')
  const { results } = await searchConversations(person, { query, filters: {} })
  expect(results.map(({ conversationId }) => conversationId)).toEqual([found])
  expect(marked(results[0]?.passages[0]?.text ?? [])).toContain(shown)
})

test('filters narrow both the conversations and the passages', async () => {
  const person = await createPerson()
  const ids = [await ask(person, 'courage one'), await ask(person, 'courage two')] as const
  await db().conversation.update({
    where: { id: ids[0] },
    data: { persona: 'friend', pinnedAt: new Date(), archivedAt: new Date() },
  })
  const tomorrow = new Date(Date.now() + 86_400_000)
  for (const query of ['courage', '']) {
    expect(await search(person, query, { persona: 'friend' })).toEqual([ids[0]])
    expect(await search(person, query, { pinned: false })).toEqual([ids[1]])
    expect(await search(person, query, { archived: true })).toEqual([ids[0]])
    expect(await search(person, query, { from: tomorrow })).toEqual([])
    expect(await search(person, query, { to: tomorrow })).toHaveLength(2)
    expect(await search(person, query)).toEqual([ids[1], ids[0]])
  }
})

test.each(['courage', 'cour', 'xourage', ''])('pages of “%s” hold each conversation once', async (query) => {
  const person = await createPerson()
  const ids: string[] = []
  for (let n = 0; n < 45; n++) {
    ids.push(await ask(person, n % 3 ? 'courage' : 'courageous', n % 5 ? 'A conversation' : 'Of courage'))
  }
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = await searchConversations(person, { query, filters: {}, cursor })
    found.push(...page.results.map(({ conversationId }) => conversationId))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(found.toSorted()).toEqual(ids.toSorted())
})

test('a title is found as it is now, and nothing of a conversation that is deleted', async () => {
  const person = await createPerson()
  const id = await ask(person, 'What is it?', 'Seneca')
  await updateConversation(person, id, { title: 'Epictetus' })
  expect(await search(person, 'seneca')).toEqual([])
  expect(await search(person, 'epictetus')).toEqual([id])
  await deleteConversation(person, id)
  expect(await search(person, 'epictetus')).toEqual([])
  expect(await search(person, '')).toEqual([])
})

test('a temporary conversation is found once it is kept', async () => {
  const person = await createPerson()
  const newConversation = { placeholderTitle: 'A trial', isTemporary: true }
  const { conversationId } = await createTurn(person, { text: 'courage', newConversation })
  expect(await db().searchEntry.count()).toBe(0)
  await updateConversation(person, conversationId, { isKept: true })
  expect(await search(person, 'courage')).toEqual([conversationId])
  expect(await search(person, 'trial')).toEqual([conversationId])
})

test('of summaries the newest is found, and none of what was deleted', async () => {
  const person = await createPerson()
  const { conversationId, userMessage } = await createTurn(person, { text: 'What is it?' })
  const throughMessageId = userMessage?.id ?? ''
  const summary = { conversationId, throughMessageId, tokens: 1, author: 'model' } as const
  await db().summary.create({ data: { ...summary, id: uuidv7(), version: 1, text: 'On hubris' } })
  await db().summary.create({ data: { ...summary, id: uuidv7(), version: 2, text: 'On nemesis' } })
  expect(await search(person, 'hubris')).toEqual([])
  const { results } = await searchConversations(person, { query: 'nemesis', filters: {} })
  expect(results[0]?.passages).toMatchObject([{ kind: 'summary', messageId: null, role: null }])
  await db().message.update({ where: { id: throughMessageId }, data: { deletedAt: new Date() } })
  expect(await search(person, 'nemesis')).toEqual([])
})

test('of one turn the question is shown before the answer that repeats it', async () => {
  const person = await createPerson()
  // By their ids it would be the other way round.
  const answer = { id: uuidv7(), parentId: uuidv7() }
  const userMessage = { id: answer.parentId, parentId: null, text: 'What is ataraxia?', tokens: 5 }
  await createTurn(person, { userMessage, answer })
  await db().message.update({ where: { id: answer.id }, data: { text: 'You ask what ataraxia is.' } })
  const { results } = await searchConversations(person, { query: 'ataraxia', filters: {} })
  expect(results).toMatchObject([{ passages: [{ role: 'user' }, { role: 'assistant' }] }])
})

test('an answer is found with the words that it ended with', async () => {
  const person = await createPerson()
  const { conversationId, answer } = await createTurn(person, { text: 'What is it?' })
  await db().message.update({ where: { id: answer.id }, data: { text: 'It is ataraxia.' } })
  await db().generation.updateMany({ where: { messageId: answer.id }, data: { provider: 'claude' } })
  // Who answers there now is not who answered then.
  await updateConversation(person, conversationId, { persona: 'tutor' })
  const { results } = await searchConversations(person, { query: 'ataraxia', filters: {} })
  const writer = { persona: 'stoic', provider: 'claude' }
  expect(results).toMatchObject([
    { conversationId, persona: 'tutor', passages: [{ messageId: answer.id, role: 'assistant', writer }] },
  ])
  await db().message.delete({ where: { id: answer.id } })
  expect(await search(person, 'ataraxia')).toEqual([])
})

test.each([
  'list',
  'title_2026-11-27T00:00:00.000Z_x',
  'last_2026-11-27T00:00:00.000Z_01a21b10-68e1-75b7-b876-a43d4b3c7d5e',
])('the cursor %s is refused', async (cursor) => {
  const person = await createPerson()
  await expect(searchConversations(person, { query: 'a', filters: {}, cursor })).rejects.toMatchObject({
    code: 'invalid_request',
    field: 'cursor',
  })
})

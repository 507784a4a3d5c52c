import { afterAll, expect, test } from 'vitest'
import { foldText } from '#lib/chat/fold-text.ts'
import { parseSearch } from '#lib/chat/parse-search.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { tryAdvisoryLock } from './advisory-lock.ts'
import { closeDatabase, db } from './client.ts'
import { forgetUnusedWords, SWEEP_LOCK } from './search-words.ts'

afterAll(closeDatabase)

async function wordsOf(text: string): Promise<string[]> {
  const [row] = await db().$queryRaw<[{ words: string[] }]>`SELECT search_words(${text}) AS words`
  return row.words
}

/** Everything of the first two planes that is drawn. */
function everyCharacter(): string[] {
  const characters: string[] = []
  for (let point = 0x21; point < 0x20000; point++) {
    const character = String.fromCodePoint(point)
    if (/^[\p{L}\p{N}\p{P}\p{S}\p{M}]$/u.test(character)) characters.push(character)
  }
  return characters
}

test('the page folds every character as the database does', async () => {
  const characters = everyCharacter()
  const rows = await db().$queryRaw<{ folded: string }[]>`
    SELECT search_fold(character) AS folded FROM unnest(${characters}::text[]) WITH ORDINALITY AS each(character, place) ORDER BY place`
  const different = characters.filter((character, index) => foldText(character) !== rows[index]?.folded)
  // Newer Unicode has letters in pairs that only one of the two knows yet: 29 with Unicode 17.
  expect(different.length, different.join(' ')).toBeLessThan(50)
  expect(different.filter((character) => (character.codePointAt(0) ?? 0) < 0xa7cb)).toEqual([])
})

test.each(
  'It’s snake_case foo.bar/Baz ÉTÉ ﬁne 3.14 ½ año ΨΥΧΗΣ Жёлтый e\u0301te\u0301 हिन्दी שלום مرحبا 𝒜𝓃 x²'.split(
    ' ',
  ),
)('the page sees the same words in %s as the database', async (text) => {
  expect((await wordsOf(text)).toSorted()).toEqual(
    parseSearch(text)
      .map((term) => term.text)
      .toSorted(),
  )
})

test('what has no spaces gives its pairs', async () => {
  expect((await wordsOf('使用Python编程, 好')).toSorted()).toEqual(
    ['使用', '用', 'python', '编程', '程', '好'].toSorted(),
  )
})

test.each([
  ['words', Array.from({ length: 200_000 }, (_, index) => `word${index}é`).join(' ')],
  ['letters without a blank', 'é'.repeat(2_000_000)],
  [
    'Chinese',
    Array.from({ length: 400_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
    ).join(''),
  ],
  ['signs that become many', '\ufdfa'.repeat(300_000)],
])('a text of very many %s can be stored', async (_, text) => {
  const [row] = await db().$queryRaw<[{ bytes: number }]>`
    SELECT pg_column_size(search_terms(gen_random_uuid(), false, array_to_tsvector(search_words(${text})))) AS bytes`
  expect(row.bytes).toBeGreaterThan(0)
})

test('words are forgotten with the last text that had them', async () => {
  const [person, other] = [await createPerson(), await createPerson()]
  const newConversation = { placeholderTitle: 'Untitled' }
  const { conversationId } = await createTurn(person, { text: 'courage ataraxia', newConversation })
  await createTurn(person, { text: 'courage', newConversation })
  await createTurn(other, { text: 'ataraxia', newConversation })
  await db().conversation.delete({ where: { id: conversationId } })
  await forgetUnusedWords([person])
  const known = await db().$queryRaw<{ userId: string; word: string }[]>`
    SELECT "userId", word FROM search_word WHERE "userId" IN (${person}::uuid, ${other}::uuid) ORDER BY word, "userId"`
  expect(known.filter(({ word }) => word !== 'untitled')).toEqual([
    { userId: other, word: 'ataraxia' },
    { userId: person, word: 'courage' },
  ])
})

test('words are looked through of those who are named, by one process at a time', async () => {
  const [person, other] = [await createPerson(), await createPerson()]
  await db()
    .$executeRaw`INSERT INTO search_word VALUES (${person}::uuid, 'unused'), (${other}::uuid, 'unused')`
  const left = () => db().$queryRaw`
    SELECT "userId" FROM search_word WHERE "userId" IN (${person}::uuid, ${other}::uuid) AND word = 'unused'`
  const lock = await tryAdvisoryLock(SWEEP_LOCK)
  expect(await forgetUnusedWords([person, other])).toBe(false)
  expect(await left()).toHaveLength(2)
  await lock?.release()
  expect(await forgetUnusedWords([person])).toBe(true)
  expect(await left()).toEqual([{ userId: other }])
})

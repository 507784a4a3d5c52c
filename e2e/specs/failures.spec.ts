import { explainGenerationError, type GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import {
  answers,
  conversationIdOf,
  converse,
  expectedWords,
  questions,
  send,
  shownWords,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

/** The scenario, the codes that say what happened, and how many words of the answer stay. */
const failures: [scenario: string, codes: GenerationErrorCode[], kept: number][] = [
  ['status code=401', ['wrong_key'], 0],
  ['status code=404', ['model_not_found'], 0],
  ['status code=429', ['rate_limited'], 0],
  ['status code=500', ['provider_unavailable'], 0],
  ['status code=503', ['provider_unavailable'], 0],
  ['html', ['invalid_response'], 0],
  ['empty', ['empty_answer'], 0],
  ['cut tokens=6', ['interrupted'], 6],
  ['reset tokens=6', ['interrupted', 'provider_unreachable'], 6],
  ['error-event tokens=6', ['interrupted'], 6],
  ['malformed tokens=6', ['invalid_response'], 6],
]

/** A model that failed five times in a row is left alone for half a minute: what fails here must not add up to that. */
test.afterEach(async ({ person: { api } }) => {
  await api.createConversation('A call that succeeds')
})

for (const [scenario, codes, kept] of failures) {
  const remedy = codes.includes('interrupted') ? 'Continue' : 'Retry'
  test(`${scenario} is said in place, and ${remedy} helps`, async ({ person: { page, api }, provider }) => {
    const word = uniqueWord()
    await provider.arrange(word, scenario)
    await send(page, `Fail ${word}`)
    const button = answers(page).getByRole('button', { name: remedy, exact: true })
    await expect(button).toBeVisible()
    const id = conversationIdOf(page)
    const { messages } = await api.conversation(id)
    expect(messages).toHaveLength(2)
    const answer = messages[1]
    if (answer?.role !== 'assistant') throw new Error('the second message is no answer')
    expect(['failed', 'interrupted']).toContain(answer.generation.status)
    expect(codes).toContain(answer.generation.errorCode)
    await expect(answers(page).last()).toContainText(
      explainGenerationError(answer.generation.errorCode).title,
    )
    await expect(answers(page).last()).not.toContainText('test-key')
    expect(await shownWords(answers(page).last())).toEqual(expectedWords(kept))

    await page.reload()
    await expect(button).toBeVisible()
    expect(await shownWords(answers(page).last())).toEqual(expectedWords(kept))

    await provider.arrange(word, 'plain')
    await button.click()
    await expect(button).toHaveCount(0)
    await waitForEnd(page)
    if (remedy === 'Continue') {
      const shown = await shownWords(answers(page).last())
      expect(shown.length).toBeGreaterThan(kept)
      expect(shown).toEqual(expectedWords(shown.length))
      return
    }
    await expect(answers(page).last()).toContainText(`You wrote Fail ${word}.`)
    const calls = await provider.requests({ contains: word, kind: 'answer' })
    const history = calls.at(-1)?.body.messages.filter(({ role }) => role === 'assistant')
    expect(history, 'a failed answer is no part of the history').toEqual([])
  })
}

test('an answer that hits its length says so', async ({ person: { page, api } }) => {
  await converse(page, '[scenario:length tokens=9]')
  const { messages } = await api.conversation(conversationIdOf(page))
  expect(messages[1]).toMatchObject({ generation: { status: 'truncated' } })
  expect(await shownWords(answers(page))).toEqual(expectedWords(9))
  await expect(answers(page)).toContainText('The answer reached the length limit')
  await expect(answers(page).getByRole('button', { name: 'Continue', exact: true })).toBeVisible()
})

test('an answer that was filtered says so', async ({ person: { page, api } }) => {
  await send(page, '[scenario:filter tokens=4]')
  await expect(answers(page)).toContainText(/filter/i)
  await waitForEnd(page)
  const { messages } = await api.conversation(conversationIdOf(page))
  expect(messages[1]).toMatchObject({ generation: { errorCode: expect.stringMatching(/filter/) } })
  await answers(page).getByRole('button', { name: 'Edit the question' }).click()
  await expect(questions(page).getByRole('textbox')).toHaveValue('[scenario:filter tokens=4]')
})

test('a provider that asks to wait is asked when the time is over', async ({
  person: { page },
  provider,
}) => {
  const word = uniqueWord()
  await provider.arrange(word, 'status code=429 retry-after=4')
  await send(page, `Wait ${word}`)
  const answer = answers(page)
  await expect(answer).toContainText(/The provider asks to wait \d s/)
  await expect(answer.getByRole('button', { name: /^Wait \d s$/ })).toBeDisabled()
  await provider.arrange(word, 'plain')
  const retry = answer.getByRole('button', { name: 'Retry', exact: true })
  await expect(retry).toBeEnabled()
  await retry.click()
  await expect(answer).toContainText(`You wrote Wait ${word}.`)
  await waitForEnd(page)
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(2)
})

test('after a failure the next message is answered', async ({ person: { page }, provider }) => {
  const word = uniqueWord()
  await send(page, `${uniqueWord()} [scenario:status code=401]`)
  await expect(answers(page).getByRole('button', { name: 'Retry', exact: true })).toBeVisible()
  await send(page, `Once more ${word}`)
  await expect(answers(page).last()).toContainText(`You wrote Once more ${word}.`)
  await waitForEnd(page)
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)
})

test('a title that was not found is asked for again with the next message', async ({
  person: { page },
  provider,
}) => {
  const word = uniqueWord()
  const asked = async () => (await provider.requests({ contains: word, kind: 'title' })).length
  await converse(page, `${word} [title:empty]`)
  await expect.poll(asked, 'and at once a second time').toBe(2)
  // The second try may not be put down yet, which is no time to ask again.
  await expect(async () => {
    await converse(page, 'Is there a better one?')
    await expect.poll(asked, { timeout: 2_000 }).toBeGreaterThan(2)
  }).toPass()
})

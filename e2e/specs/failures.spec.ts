import { explainGenerationError, type GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import {
  answers,
  conversationIdOf,
  converse,
  expectedWords,
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

for (const [scenario, codes, kept] of failures) {
  test(`${scenario} is said in place, and a retry answers`, async ({ person: { page, api }, provider }) => {
    const word = uniqueWord()
    await provider.arrange(word, scenario)
    await send(page, `Fail ${word}`)
    const retry = page.getByRole('button', { name: /^(retry|try again)$/i })
    await expect(retry).toBeVisible({ timeout: 20_000 })
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
    await expect(retry).toBeVisible()
    expect(await shownWords(answers(page).last())).toEqual(expectedWords(kept))

    await provider.arrange(word, 'plain')
    await retry.click()
    await expect(answers(page).last()).toContainText(`You wrote Fail ${word}.`)
    await waitForEnd(page)
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
  await expect(answers(page)).toContainText(/limit|length|cut/i)
})

test('an answer that was filtered says so', async ({ person: { page, api } }) => {
  await send(page, '[scenario:filter tokens=4]')
  await expect(answers(page)).toContainText(/filter/i)
  await waitForEnd(page)
  const { messages } = await api.conversation(conversationIdOf(page))
  expect(messages[1]).toMatchObject({ generation: { errorCode: expect.stringMatching(/filter/) } })
})

test('after a failure the next message is answered', async ({ person: { page }, provider }) => {
  const word = uniqueWord()
  await send(page, `${uniqueWord()} [scenario:status code=401]`)
  await expect(page.getByRole('button', { name: /^(retry|try again)$/i })).toBeVisible()
  await send(page, `Once more ${word}`)
  await expect(answers(page).last()).toContainText(`You wrote Once more ${word}.`)
  await waitForEnd(page)
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)
})

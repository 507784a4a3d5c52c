import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { completionRequestSchema } from '#lib/api/chat-completion.ts'
import { insertApiToken, revokeApiToken } from '#lib/db/api-tokens.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { answerOpenAi } from './answer-openai.ts'
import { answerProblems } from './answer-problems.ts'
import { apiAnswerResponse } from './api-answer-response.ts'
import { sendThroughApi } from './api-turn.ts'
import { completeChat } from './complete-chat.ts'
import { completionResponse } from './completion-response.ts'
import { stopAnswers } from './stop-answers.ts'

let provider: ScriptedProvider
let person: string
let tokenId: string

beforeAll(async () => {
  provider = await useScriptedProvider()
  await emptyDatabase()
  person = await createPerson()
  const token = { userId: person, name: 'A script', scope: 'write', hash: uuidv7(), expiresAt: null } as const
  tokenId = (await insertApiToken(token)).id
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

const SLOW = '[scenario:slow tokens=1000 delay=50]'

function complete(stream: boolean): Promise<Response> {
  const asked = completionRequestSchema.parse({
    ...{ model: 'tutor', messages: [{ role: 'user', content: SLOW }], stream },
  })
  const request = new Request('http://stoa.test/v1/chat/completions')
  return answerOpenAi(async () =>
    completionResponse(request, asked, await completeChat({ user: { id: person }, tokenId }, asked, null)),
  )
}

/** Begins one after the other, each once the one before is written down. */
async function begun(
  number: number,
  work: () => Promise<Response>,
): Promise<{ response: Promise<Response> }> {
  const response = work()
  await expect.poll(running).toBe(number)
  return { response }
}

function running(): Promise<number> {
  return db().usageEvent.count({ where: { outcome: 'running' } })
}

test('whoever waits for an answer by a token that is revoked is told so', async () => {
  const chat = await begun(1, () =>
    answerProblems(async () => {
      const turn = await sendThroughApi(person, { message: SLOW, stream: false }, null)
      const request = new Request('http://stoa.test/api/v1/chat', { method: 'POST' })
      return apiAnswerResponse(request, turn, { userId: person, tokenId, stream: false })
    }),
  )
  const whole = await begun(2, () => complete(false))
  const streamed = await begun(3, () => complete(true))
  const text = (await streamed.response).text()
  await revokeApiToken(person, tokenId)

  expect(await (await chat.response).json()).toMatchObject({ status: 401, code: 'invalid_token' })
  expect((await whole.response).status).toBe(401)
  expect(await text).toMatch(/data: \{"error":\{[^\n]*"code":"invalid_api_key"\}\}\n\n$/)
  // What nobody else can read has ended; a conversation's goes on.
  await expect.poll(running).toBe(1)
  await stopAnswers(person)
})

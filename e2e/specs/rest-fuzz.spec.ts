import fc from 'fast-check'
import type { Answer } from '#lib/api/chat.ts'
import { type Operation, operations } from '#lib/api/operations.ts'
import { fuzzedCall } from '../support/fuzzed-call.ts'
import { isEventStream } from '../support/hold-against-document.ts'
import { RestClient, restEvents } from '../support/rest-client.ts'
import { expect, test } from '../support/test.ts'

/** Calls of each operation; fewer of those that begin a turn, of which a person has so many in a minute. */
const callsOf = ({ streams }: Operation) => (streams === 'on request' ? 15 : 25)

/** JavaScript knows times that PostgreSQL does not. */
const cursors = ['2026-01-01', '+275760-09-13', '-271821-04-20', '0000-01-01'].map(
  (day) => `${day}T00:00:00.000Z_00000000-0000-0000-0000-000000000000`,
)

/** A summary is changed where there is one, which takes a long conversation. */
const UNREACHED = ['post /conversations/{conversationId}/summaries']

/** What takes away what the others are called with comes last, and what empties the trash when something lies in it. */
const inOrder = operations.toSorted((a, b) => rankOf(a) - rankOf(b))

function rankOf({ method, path, success }: Operation): number {
  if (path.endsWith('/erase')) return 2
  return success.status === 204 && method === 'delete' ? 1 : 0
}

test('whatever an operation is sent, it answers as the document says, and never 500', async ({ account }) => {
  const rest = new RestClient(account.api)
  const { conversationId, messageId } = await rest.json<Answer>('POST', '/chat', {
    json: { message: 'Mine' },
  })
  const { messages } = await account.api.conversation(conversationId)
  const token = await rest.json<{ id: string }>('POST', '/tokens', {
    json: { name: 'Fuzzed', scope: 'read' },
  })
  const folder = await rest.json<{ id: string }>('POST', '/folders', { json: { name: 'Fuzzed' } })
  const generationIds = messages.flatMap((each) => (each.role === 'assistant' ? each.generation.id : []))
  const known = {
    ...{
      conversationId: [conversationId],
      parentId: [messageId],
      tokenId: [token.id],
      folderId: [folder.id],
      generationId: generationIds,
    },
    ...{ persona: ['stoic', 'tutor'], model: ['openai:scripted-main'], timeZone: ['Europe/Berlin'] },
    messageId: messages.map(({ id }) => id),
    folder: [folder.id],
    before: [messageId, '1', ...cursors],
  }
  for (const operation of inOrder) {
    const name = `${operation.method} ${operation.path}`
    let successes = 0
    const calls = fuzzedCall(operation, known)
    const property = fc.asyncProperty(calls, async ({ path, headers, body }) => {
      const options = { headers, ...(body !== undefined && { body: body.toWellFormed() }) }
      const response = await rest.call(operation.method.toUpperCase(), path, options)
      if (isEventStream(response)) await Array.fromAsync(restEvents(response))
      if (response.ok || response.status === 304) successes++
      // A failed answer may be a provider's fault, but none is asked to fail here.
      expect(response.status).toBeLessThan(500)
    })
    await fc.assert(property, { numRuns: callsOf(operation), seed: 7 })
    // Else all of them were turned away at the door, and nothing behind it was tried.
    if (!UNREACHED.includes(name)) expect(successes, name).toBeGreaterThan(0)
  }
})

import { expect, it } from 'vitest'
import { RequestError } from './chat-api.ts'
import { sentId, settle, setUp } from './testing/conversation-set-up.ts'

const refused = new RequestError('message_too_long', 'Too long.')

it('a message that begins with a slash comes back as it is typed, and keeps its id when it is sent again', async () => {
  const kept = new Map<string, string>()
  const { store, api } = setUp(null, { kept })
  api.sendReplies = [refused]
  store.send('/etc/passwd is')
  await settle()
  expect(store.outbox.filled.get().text).toBe('//etc/passwd is')
  store.send('/etc/passwd is')
  await settle()
  expect(sentId(api, 1)).toBe(sentId(api, 0))

  const reloaded = setUp(null, { kept })
  expect(reloaded.store.outbox.draft()).toBe('//etc/passwd is')
  reloaded.api.sendReplies = [refused]
  reloaded.store.send('/etc/passwd is')
  await settle()
  expect(sentId(reloaded.api)).toBe(sentId(api, 0))
})

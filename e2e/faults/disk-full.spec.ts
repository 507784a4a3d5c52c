import { v7 as uuid } from 'uuid'
import { longAnswer } from '../provider/answers.ts'
import { errorOf, readTurn } from '../support/api-client.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import { createPerson, type Person } from '../support/person.ts'
import { FaultStack } from './support/fault-stack.ts'
import { openTurn } from './support/open-turn.ts'
import { SmallDisk } from './support/small-disk.ts'
import { expect, test } from './support/test.ts'
import { callsFor, endOf, lastAnswer } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

let disk: SmallDisk | undefined
let stack: FaultStack
let person: Person

test.beforeAll(async ({ browser }) => {
  try {
    disk = SmallDisk.mount(160)
  } catch (error) {
    // biome-ignore lint/suspicious/noSkippedTests: only root may mount, and the reason is printed.
    test.skip(true, `no small file system can be mounted here: ${String(error).split('\n')[0]}`)
    return
  }
  stack = await FaultStack.start({ dataDir: disk.folder })
  const { origin } = stack.server
  const context = await browser.newContext({ baseURL: origin })
  person = await createPerson(context, await context.newPage(), origin)
})

test.afterAll(async () => {
  if (!disk) return
  disk.free()
  await stack.dispose()
  disk.unmount()
})

test.afterEach(() => disk?.free())

test('PostgreSQL’s disk is full at send: 503 in words, nothing paid; sent again when there is room, answered once', async () => {
  disk?.fill()
  const word = uniqueWord()
  // Too much for the pages that are there.
  const text = `${word} ${Array.from({ length: 2_500 }, () => uniqueWord().slice(2, 12)).join(' ')}`
  const ids = { conversationId: uuid(), messageId: uuid() }
  const { response } = await person.api.send(text, ids)
  expect(response.status).toBe(503)
  expect(await errorOf(response)).toMatchObject({ code: 'database_unavailable' })
  expect(callsFor(stack, { word })).toHaveLength(0)

  disk?.free()
  const again = await person.api.send(text, ids)
  expect(again.response.status).toBe(200)
  expect(endOf(await readTurn(again.response))).toMatchObject({ status: 'complete' })
  expect(callsFor(stack, { word })).toHaveLength(1)
})

test('PostgreSQL’s disk fills up in mid-stream: the answer goes on, readers are told, all of it is stored when there is room', async () => {
  const turn = await openTurn(person.api, 'long characters=300000 delay=5')
  await expect.poll(() => turn.text.length).toBeGreaterThan(1_000)
  disk?.fill()
  await expect.poll(() => turn.storage).toEqual([false])
  const before = turn.text.length
  await expect.poll(() => turn.text.length, 'it goes on').toBeGreaterThan(before + 5_000)
  disk?.free()
  await turn.over
  expect(turn.storage).toEqual([false, true])
  expect(turn.end).toMatchObject({ status: 'complete' })
  expect(turn.text).toBe(longAnswer(300_000))
  expect((await lastAnswer(person.api, turn.conversationId)).text).toBe(turn.text)
})

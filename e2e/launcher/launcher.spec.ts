import { createServer } from 'node:http'
import { numberedAnswer } from '../provider/answers.ts'
import { turnEvents } from '../support/api-client.ts'
import { answers, conversationIdOf, converse } from '../support/conversation-page.ts'
import { type Launcher, stillRunning } from '../support/launcher.ts'
import type { Person } from '../support/person.ts'
import { expect, test } from './support/test.ts'

// A server and a database each: with the time that a busy machine takes.
test.describe.configure({ timeout: 120_000 })

/** Sends a message and waits until the answer holds this text. */
async function sendUntil(person: Person, message: string, text: string) {
  const { conversationId, response } = await person.api.send(message)
  let seen = ''
  for await (const { frame } of turnEvents(response)) {
    if (frame.type === 'text-delta') seen += frame.delta
    if (seen.includes(text)) break
  }
  return { conversationId, seen }
}

test('with nothing configured the demo model answers, named for what it is', async ({
  launch,
  signUp,
  dataDir,
}) => {
  const launcher = await (await launch({ withProvider: false })).ready()
  expect(launcher.output).toContain(launcher.url)
  expect(launcher.output).toContain(dataDir)
  expect(launcher.output).toMatch(/not an AI model/)
  const { page, api } = await signUp(launcher)
  await expect(page.getByText(/not an AI model/i).first()).toBeVisible()
  await converse(page, 'What is this?')
  await expect(answers(page)).toContainText('Stoa')
  const { messages } = await api.conversation(conversationIdOf(page))
  expect(messages[1]).toMatchObject({ generation: { status: 'complete' } })

  const processes = await launcher.processes(dataDir)
  expect(processes.length).toBeGreaterThanOrEqual(3)
  launcher.signal('SIGTERM')
  expect(await launcher.ended).toBe(0)
  expect(await stillRunning(processes)).toEqual([])
})

for (const [name, stop] of [
  ['SIGTERM', (launcher: Launcher) => launcher.signal('SIGTERM')],
  ['Ctrl-C', (launcher: Launcher) => launcher.interrupt()],
] as const) {
  test(`${name} in mid-answer lets it end, stores it, and leaves no process`, async ({
    launch,
    signUp,
    dataDir,
  }) => {
    const launcher = await (await launch()).ready()
    const person = await signUp(launcher)
    const { conversationId } = await sendUntil(person, '[scenario:slow tokens=120 delay=25]', 'word10')
    const processes = await launcher.processes(dataDir)
    stop(launcher)
    expect(await launcher.ended).toBe(0)
    expect(await stillRunning(processes)).toEqual([])

    const again = await (await launch({ port: Number(new URL(launcher.url).port) })).ready()
    const { messages } = await person.api.conversation(conversationId)
    expect(messages[1]).toMatchObject({ text: numberedAnswer(120), generation: { status: 'complete' } })
    await again.end()
  })
}

test('an answer that does not end is kept as interrupted, within 10 s', async ({
  launch,
  signUp,
  dataDir,
}) => {
  const launcher = await (await launch()).ready()
  const person = await signUp(launcher)
  const { conversationId, seen } = await sendUntil(person, '[scenario:stall tokens=30]', 'word30')
  const processes = await launcher.processes(dataDir)
  const begin = performance.now()
  launcher.signal('SIGTERM')
  expect(await launcher.ended).toBe(0)
  expect(performance.now() - begin).toBeLessThan(11_000)
  expect(await stillRunning(processes)).toEqual([])

  const again = await (await launch({ port: Number(new URL(launcher.url).port) })).ready()
  const { messages } = await person.api.conversation(conversationId)
  expect(messages[1]).toMatchObject({ text: seen, generation: { status: 'interrupted' } })
  await again.end()
})

test('a launcher that is killed leaves a database to connect to, and no server behind', async ({
  launch,
  signUp,
  dataDir,
}) => {
  const launcher = await (await launch()).ready()
  const person = await signUp(launcher)
  const { conversationId } = await person.api.createConversation('Remember this')
  const processes = await launcher.processes(dataDir)
  launcher.signal('SIGKILL')
  await launcher.ended

  const again = await (await launch({ port: Number(new URL(launcher.url).port) })).ready()
  const { messages } = await person.api.conversation(conversationId)
  expect(messages).toHaveLength(2)
  const [database = 0] = processes.slice(-1)
  expect(await stillRunning(processes)).toEqual([database])
  await again.end()
  expect(await stillRunning(processes)).toEqual([])
})

test('a second start on the same data says so and ends', async ({ launch }) => {
  const launcher = await (await launch()).ready()
  const second = await launch()
  expect(await second.ended).toBe(1)
  expect(second.output).toMatch(/already runs/)
  await launcher.end()
})

test('two starts at once: one runs, the other says so', async ({ launch }) => {
  const both = [await launch(), await launch()]
  const loser = await Promise.any(
    both.map(async (launcher) => {
      if ((await launcher.ended) !== 1) throw new Error('it ended well')
      return launcher
    }),
  )
  expect(loser.output).toMatch(/already runs/)
  const [winner] = both.filter((launcher) => launcher !== loser)
  await (await winner?.ready())?.end()
})

test('a taken port is said, with one that is free', async ({ launch }) => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const launcher = await launch({ port })
  expect(await launcher.ended).toBe(1)
  expect(launcher.output).toMatch(new RegExp(`${port}.*taken.*\\d+ is free`, 's'))
  server.close()
})

import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { renderSystemMessage } from '#lib/chat/render-context.ts'
import { intensities } from '#lib/chat/types.ts'
import { clearContext } from '#lib/db/clears.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { readConversation } from '#lib/db/conversations.ts'
import { insertFolder } from '#lib/db/folders.ts'
import { insertSummary } from '#lib/db/summaries.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import type { ReceivedRequest } from '../../e2e/provider/request-log.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { generationMaking } from './generation-making.ts'
import { startTurn } from './start-turn.ts'

let provider: ScriptedProvider

beforeAll(async () => {
  // So small that long messages are cut and long conversations lose their beginning.
  provider = await useScriptedProvider({
    ...{ CONTEXT_BUDGET: '3500', RATE_LIMIT_PER_MINUTE: '100000', OPENAI_TEMPERATURE: '0.7' },
  })
  await emptyDatabase()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const words = [
  'patience',
  'μῆνιν ἄειδε',
  '忍耐',
  '🙂',
  'a "quoted" \\ word',
  '</summary>',
  '{input}',
  'e\u0301',
  '\t',
  '\n\n',
]
const scenarios = ['plain', 'plain', 'plain', 'length tokens=5', 'empty', 'status code=401', 'cut']

class Talk {
  readonly conversationId = uuidv7()
  readonly #person: string
  readonly #folderId: string | undefined
  readonly #random: () => number
  leafId: string | null = null

  constructor(person: string, folderId: string | undefined, seed: number) {
    this.#person = person
    this.#folderId = folderId
    this.#random = randomOf(seed)
  }

  pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.#random() * values.length)]
    if (value === undefined) throw new RangeError('There is nothing to pick from')
    return value
  }

  /** One more answer, of whatever kind, and what the provider was asked for it. */
  async step(): Promise<{ answerId: string; asked: ReceivedRequest[] }> {
    const before = provider.requests.length
    const last = await this.#last()
    const canContinue = last !== null && ['truncated', 'interrupted'].includes(last.status)
    const answerId = canContinue && this.#random() < 0.5 ? await this.#continue(last.id) : await this.#say()
    await allEnded()
    this.leafId = answerId
    return { answerId, asked: provider.requests.slice(before).filter(({ kind }) => kind === 'answer') }
  }

  async #say(): Promise<string> {
    const length = this.pick([1, 5, 40, 40, 1500])
    const text = Array.from({ length }, () => this.pick(words)).join(' ')
    const scenario = this.pick(scenarios)
    const turn = await startTurn(this.#person, {
      ...{ conversationId: this.conversationId, parentId: await this.#parent() },
      ...{ persona: this.pick(promptLibrary().personas).id, intensity: this.pick(intensities) },
      ...(this.#folderId !== undefined && { folderId: this.#folderId }),
      message: { id: uuidv7(), text: `${uuidv7()} ${text} [scenario:${scenario}]` },
    })
    return turn.answerId
  }

  async #continue(answerId: string): Promise<string> {
    const turn = await startTurn(this.#person, {
      ...{ conversationId: this.conversationId, answerId, generationId: uuidv7() },
    })
    return turn.answerId
  }

  /** The last answer, or for a branch an earlier one; before that, a clear or a summary may come. */
  async #parent(): Promise<string | null> {
    if (this.leafId === null) return null
    const chance = this.#random()
    if (chance < 0.15) await clearContext(this.#person, this.conversationId, this.leafId)
    else if (chance < 0.4) await this.#summarise()
    if (chance < 0.85) return this.leafId
    const { messages = [] } = (await readConversation(this.#person, this.conversationId)) ?? {}
    return this.pick(messages.filter(({ role }) => role === 'assistant')).id
  }

  async #summarise(): Promise<void> {
    const { messages = [], summary } = (await readConversation(this.#person, this.conversationId)) ?? {}
    const begin = messages.findLastIndex(({ isCleared }) => isCleared)
    const answers = messages.slice(begin + 1, -2).filter(({ role }) => role === 'assistant')
    if (answers.length === 0) return
    const newest = await db().summary.aggregate({
      where: { conversationId: this.conversationId },
      _max: { version: true },
    })
    const text = `Said so far: ${this.pick(words)} ${'and so on '.repeat(this.pick([1, 20, 400]))}`
    await insertSummary({
      ...{ id: uuidv7(), conversationId: this.conversationId, version: (newest._max.version ?? 0) + 1 },
      ...{ throughMessageId: this.pick(answers).id, startsAfterId: messages[begin]?.id ?? null },
      ...{ text, tokens: text.length, author: 'model', basedOnId: summary?.id ?? null, restoredFromId: null },
      ...{ fromMessageId: null, foldedMessages: 0, provider: 'openai', model: 'scripted-utility' },
    })
  }

  async #last(): Promise<{ id: string; status: string } | null> {
    if (this.leafId === null) return null
    const run = await db().generation.findFirst({
      where: { messageId: this.leafId },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    })
    return run && { id: this.leafId, status: run.status }
  }
}

/** What is shown, put together as a reader would. */
function shownMessages({ prompt, instructions, folder, summary, messages, continuation }: GenerationMaking) {
  const fragments = prompt.fragments.map(({ text }) => text).join('\n\n')
  expect(prompt.text).toBe(fragments)
  const system = renderSystemMessage({
    ...{ prompt: fragments, instructions: instructions?.text ?? null },
    ...{ folder: folder?.text ?? null, summary: summary?.text ?? null },
  })
  return [
    { role: 'system', content: system },
    ...messages.map(({ role, text }) => ({ role, content: text })),
    ...(continuation ? [{ role: 'user', content: continuation.text }] : []),
  ]
}

test('of 100 random conversations, every answer shows what the provider received, byte for byte', async () => {
  const seen = {
    calls: 0,
    continued: 0,
    summaries: 0,
    cut: 0,
    leftOut: 0,
    overBudget: 0,
    clears: 0,
    instructions: 0,
    folders: 0,
  }
  const people = [
    await createPerson(),
    await createPerson({ aboutYou: 'I am Zeno of Citium. 🙂', howToAnswer: '' }),
    await createPerson({ aboutYou: 'x '.repeat(1_900), howToAnswer: 'Briefly.\n\n# And in Greek' }),
  ]
  for (let seed = 1; seed <= 100; seed += 1) {
    const person = people[seed % people.length] ?? ''
    const folder = await insertFolder(person, {
      ...{ name: 'Work', persona: null, instructions: seed % 3 === 0 ? 'In Greek. 🙂'.repeat(seed) : '' },
    })
    const talk = new Talk(person, folder?.id, seed)
    const turns = talk.pick([1, 2, 4, 6])
    const earlier: { place: Parameters<typeof generationMaking>[1]; run: string; body: unknown }[] = []
    for (let turn = 0; turn < turns; turn += 1) {
      const { answerId, asked } = await talk.step()
      const place = { conversationId: talk.conversationId, messageId: answerId }
      const making = await generationMaking(person, place, null)
      const where = `seed ${seed}, turn ${turn}`
      const received = asked.at(-1)?.body
      expect(making.state, where).toBe(received ? 'kept' : 'nothing')
      if (!received) continue
      expect(JSON.stringify(making.request), where).toBe(JSON.stringify(received))
      expect(shownMessages(making), where).toEqual(received.messages)
      expect(making.calls, where).toHaveLength(asked.length)
      earlier.push({ place, run: making.run.id, body: received })
      seen.calls += 1
      seen.continued += making.continuation ? 1 : 0
      seen.summaries += making.summary ? 1 : 0
      seen.cut += making.messages.some(({ isCut }) => isCut) ? 1 : 0
      seen.leftOut += making.leftOut.length > 0 ? 1 : 0
      seen.overBudget += making.overBudget ? 1 : 0
      seen.clears += making.clearedThroughId ? 1 : 0
      seen.instructions += making.instructions ? 1 : 0
      seen.folders += making.folder ? 1 : 0
    }
    // Whatever happened to the conversation since: answers that were continued, summaries, clears.
    for (const { place, run, body } of earlier) {
      const { request } = await generationMaking(person, place, run)
      expect(JSON.stringify(request), `seed ${seed}, later`).toBe(JSON.stringify(body))
    }
  }
  expect(seen.calls).toBeGreaterThan(200)
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(5)
}, 180_000)

describe('an answer', () => {
  async function ask(person: string, text: string) {
    const conversationId = uuidv7()
    const turn = await startTurn(person, { conversationId, parentId: null, message: { id: uuidv7(), text } })
    await allEnded()
    return { conversationId, messageId: turn.answerId, generationId: turn.generation.id }
  }

  test('that was continued shows either of its runs', async () => {
    const person = await createPerson()
    const { generationId, ...place } = await ask(person, 'Go on [scenario:length tokens=5]')
    await startTurn(person, {
      ...{ conversationId: place.conversationId, answerId: place.messageId, generationId: uuidv7() },
    })
    await allEnded()
    const last = await generationMaking(person, place, null)
    const first = await generationMaking(person, place, generationId)
    expect(last.runs.map(({ id }) => id)).toEqual([generationId, last.run.id])
    expect(first).toMatchObject({ run: { id: generationId }, continuation: null })
    expect(last.continuation?.text).toContain('word5')
    expect(first.messages.map(({ text }) => text)).toEqual(['Go on [scenario:length tokens=5]'])
  })

  test('of before what was sent was kept says so', async () => {
    const person = await createPerson()
    const { generationId, ...place } = await ask(person, 'Long ago')
    const old = {
      budget: 1000,
      prompt: { hash: 'h', tokens: 10, fragments: [{ path: 'base/a.md', tokens: 10 }] },
    }
    await db().generation.update({
      where: { id: generationId },
      data: { calls: [], ledger: { ...old, sent: [], leftOut: [], totalTokens: 10 } },
    })
    expect(await generationMaking(person, place, null)).toMatchObject({
      ...{ state: 'before', request: null, tokenRatio: 1, overBudget: null, clearedThroughId: null },
      prompt: { text: null, fragments: [{ path: 'base/a.md', text: null }] },
    })
  })

  test('whose texts are gone shows the rest', async () => {
    const person = await createPerson()
    const { generationId: _, ...place } = await ask(person, 'What is left?')
    await db().promptText.deleteMany()
    expect(await generationMaking(person, place, null)).toMatchObject({
      ...{ state: 'kept', request: null, prompt: { text: null }, messages: [{ text: 'What is left?' }] },
    })
  })

  test('of somebody else, or of another conversation, is not there', async () => {
    const person = await createPerson()
    const { generationId, ...place } = await ask(person, 'Mine')
    const other = await ask(person, 'Another')
    const refused = { code: 'not_found' }
    await expect(generationMaking(await createPerson(), place, null)).rejects.toMatchObject(refused)
    await expect(
      generationMaking(person, { ...place, conversationId: other.conversationId }, null),
    ).rejects.toMatchObject(refused)
    await expect(generationMaking(person, place, other.generationId)).rejects.toMatchObject(refused)
    expect((await generationMaking(person, place, generationId)).run.id).toBe(generationId)
  })
})

import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countedBudget } from '#lib/chat/context-budget.ts'
import { renderCut } from '#lib/chat/render-context.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { messageText } from '../../e2e/provider/chat-wire.ts'
import type { ReceivedRequest } from '../../e2e/provider/request-log.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { type DrivenTurn, driveConversation, type TurnScript } from '../../scripts/test/drive-conversation.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { foldQueue } from './fold-summary.ts'
import { startJobs, stopJobs } from './jobs.ts'
import { titleQueue } from './title-conversation.ts'

const TURNS = 1_000
const BUDGET = 4_000
const REFUSED_AT = 502
const isHuge = (turn: number) => turn % 97 === 50
/** In microcents a token. */
const PRICES = {
  'scripted-main': { input: 100, output: 200 },
  'scripted-utility': { input: 10, output: 40 },
}

let provider: ScriptedProvider
let conversationId: string
let turns: DrivenTurn[]
let answers: ReceivedRequest[]
let messages: Map<string, Awaited<ReturnType<typeof readMessages>>[number]>
let summaries: Awaited<ReturnType<typeof readSummaries>>

const readMessages = () => db().message.findMany({ where: { conversationId } })
const readSummaries = () => db().summary.findMany({ where: { conversationId }, orderBy: { version: 'asc' } })

/** Mostly one short turn after another, and now and then everything else that can happen to a conversation. */
function* script(): Generator<TurnScript> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const words = 'and then we waited '.repeat(1 + ((turn * 7) % 12))
    const about = `Turn ${turn}: ${words}`
    if (turn % 61 === 30) yield { text: '', isAnotherAnswer: true }
    else if (turn % 83 === 40) yield { text: `${about}[scenario:empty]` }
    else if (turn % 71 === 35) yield { text: `${about}[scenario:length]` }
    else if (turn % 53 === 20) yield { text: `${about}[scenario:no-usage]` }
    // Each longer than the whole budget: the question, and the answer.
    else if (isHuge(turn))
      yield { text: `${about}${'and so on '.repeat(2_500)}[scenario:slow tokens=9 delay=0]` }
    else if (turn % 97 === 90) yield { text: `${about}[scenario:long characters=30000]` }
    else if (turn % 300 === 299) yield { text: about, back: 20 }
    else if (turn % 120 === 60) yield { text: `${about}[summary:truncated only=scripted-utility]` }
    // From here no model writes a summary, until the next marker is among what is to be folded.
    else if (turn === REFUSED_AT) yield { text: `${about}[summary:refused]` }
    else if (turn === REFUSED_AT + 14) yield { text: `${about}[summary:dressed]` }
    else yield { text: about }
  }
}

beforeAll(async () => {
  const prices = Object.entries(PRICES).map(([model, { input, output }]) => [
    model,
    { input: input / 100, output: output / 100 },
  ])
  provider = await useScriptedProvider({
    CONTEXT_BUDGET: String(BUDGET),
    RATE_LIMIT_PER_MINUTE: '100000',
    MODEL_PRICES: JSON.stringify(Object.fromEntries(prices)),
  })
  await startJobs([titleQueue, foldQueue])
  conversationId = uuidv7()
  turns = await driveConversation(await createPerson(), conversationId, script())
  await stopJobs()
  answers = provider.requests.filter(({ kind }) => kind === 'answer')
  messages = new Map((await readMessages()).map((message) => [message.id, message]))
  summaries = await readSummaries()
}, 600_000)
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

/** Each turn with the one request that was made for it. */
function eachTurn(check: (turn: DrivenTurn, request: ReceivedRequest, index: number) => void): void {
  expect(answers).toHaveLength(TURNS)
  for (const [index, turn] of turns.entries()) check(turn, answers[index] as ReceivedRequest, index)
}

test('no request is over the budget, neither as it is counted here nor as the provider counts', () => {
  for (const { body, kind, reported } of provider.requests) {
    const characters = body.messages.reduce((sum, message) => sum + messageText(message).length, 0)
    expect(Math.ceil(characters / 4), kind).toBeLessThanOrEqual(BUDGET)
    expect(reported?.promptTokens ?? 0).toBeLessThanOrEqual(BUDGET)
  }
  eachTurn(({ ledger }) => {
    expect(ledger.budget).toBe(BUDGET)
    expect(ledger.totalTokens).toBeLessThanOrEqual(countedBudget(BUDGET, ledger.tokenRatio))
  })
})

test('at every turn each message is sent, or lies at or before the end of the summary sent, or is named', () => {
  eachTurn(({ branch, ledger }, { body }, index) => {
    const place = new Map(branch.map((id, position) => [id, position]))
    const placeOf = (id: string | undefined) => (id === undefined ? -1 : (place.get(id) ?? -2))
    const states: string[][] = branch.map(() => [])
    const put = (state: string, from: number, through: number) => {
      for (let each = from; each <= through; each += 1) states[each]?.push(state)
    }
    put('summarised', 0, placeOf(ledger.summary?.throughMessageId))
    for (const { messageId } of ledger.sent) put('sent', placeOf(messageId), placeOf(messageId))
    for (const { messageId } of ledger.leftOut) put('left out', placeOf(messageId), placeOf(messageId))
    const over = ledger.overBudget
    if (over) put('over budget', placeOf(over.fromId), placeOf(over.throughId))
    expect(
      states.findIndex(({ length }) => length !== 1),
      `turn ${index}`,
    ).toBe(-1)

    const [system, ...sent] = body.messages.map(messageText)
    expect(sent).toEqual(
      ledger.sent.map(({ messageId, cutEnds }) => renderCut(messages.get(messageId)?.text ?? '', cutEnds)),
    )
    const summary = summaries.find(({ id }) => id === ledger.summary?.id)
    expect(summary?.throughMessageId).toBe(ledger.summary?.throughMessageId)
    if (summary) expect(system).toContain(`<summary>\n${summary.text}\n</summary>`)
    else expect(system).not.toContain('<summary>')
  })
})

test('nothing is over the budget but beside a huge question, and while no model writes a summary', () => {
  const over = turns.flatMap(({ ledger }, index) => (ledger.overBudget && !isHuge(index) ? [index] : []))
  expect(over.length).toBeGreaterThan(2)
  expect(over[0]).toBeGreaterThan(REFUSED_AT)
  expect(over.at(-1)).toBeLessThan(REFUSED_AT + 40)
})

test('each message is folded once: a version took in what follows the one before it, whole, and the model read that', () => {
  const prompts = new Map(
    provider.requests
      .filter(({ kind }) => kind === 'summary')
      .map(({ message }) => [createHash('sha256').update(message).digest('hex').slice(0, 12), message]),
  )
  const reach = new Map<string, string[]>()
  for (const { id, text, basedOnId, fromMessageId, throughMessageId, foldedMessages } of summaries) {
    const branch = branchTo(throughMessageId)
    const before = basedOnId === null ? [] : (reach.get(basedOnId) ?? [])
    expect(branch.slice(0, before.length)).toEqual(before)
    const folded = branch.slice(before.length)
    expect([folded[0], folded.length]).toEqual([fromMessageId, foldedMessages])
    reach.set(id, branch)

    const input = prompts.get(/summary ([0-9a-f]{12})/.exec(text)?.[1] ?? '')?.split('<messages>')[1]
    const said = folded.map((messageId) => messages.get(messageId)?.text ?? '').filter(Boolean)
    expect(input?.match(/^The (person|assistant):$/gm)).toHaveLength(said.length)
    for (const each of said) {
      expect(input).toContain(each.slice(0, 200))
      expect(input).toContain(each.slice(-200))
    }
  }
  expect(summaries.length).toBeGreaterThan(100)
  expect(summaries.some(({ model }) => model === 'scripted-main')).toBe(true)
})

function branchTo(leafId: string): string[] {
  const branch: string[] = []
  for (let id: string | null | undefined = leafId; id; id = messages.get(id)?.parentId) branch.push(id)
  return branch.reverse()
}

test('between folds each request begins with the bytes of the one before', () => {
  const sent = answers.map(({ body }) => JSON.stringify(body.messages).slice(0, -1))
  let alike = 0
  eachTurn(({ branch, ledger }, _, index) => {
    const before = turns[index - 1]
    if (!before || ledger.overBudget || branch.at(-2) !== before.answerId) return
    if (before.ledger.summary?.id !== ledger.summary?.id || before.ledger.tokenRatio !== ledger.tokenRatio)
      return
    expect(sent[index]?.startsWith(sent[index - 1] ?? ''), `turn ${index}`).toBe(true)
    alike += 1
  })
  expect(alike).toBeGreaterThan(TURNS / 2)
})

test.each(['answer', 'title', 'summary'] as const)(
  'the ledger has of every %s what the provider reported, and what that costs',
  async (kind) => {
    const calls = provider.requests.filter((request) => request.kind === kind)
    const sum = (read: (call: ReceivedRequest) => number) => calls.reduce((all, call) => all + read(call), 0)
    const ledger = await db().usageEvent.aggregate({
      where: { kind, conversationId },
      _count: { _all: true, cost: true },
      _sum: { inputTokens: true, outputTokens: true, cost: true },
    })
    expect(ledger).toEqual({
      _count: { _all: calls.length, cost: calls.filter(({ reported }) => reported !== null).length },
      _sum: {
        inputTokens: sum(({ reported }) => reported?.promptTokens ?? 0),
        outputTokens: sum(({ reported }) => reported?.completionTokens ?? 0),
        cost: BigInt(
          sum(({ reported, body }) => {
            const price = PRICES[body.model as keyof typeof PRICES]
            return (
              (reported?.promptTokens ?? 0) * price.input + (reported?.completionTokens ?? 0) * price.output
            )
          }),
        ),
      },
    })
    expect(calls.length).toBeGreaterThan(0)
  },
)

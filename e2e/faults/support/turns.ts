import { expect } from '@playwright/test'
import type { AssistantMessage, GenerationView } from '#lib/chat/types.ts'
import type { ChatMessage } from '../../provider/chat-wire.ts'
import type { ReceivedRequest } from '../../provider/request-log.ts'
import { type ApiClient, readTurn, type TurnEvent, textOf } from '../../support/api-client.ts'
import { uniqueWord } from '../../support/conversation-page.ts'
import type { Person } from '../../support/person.ts'
import { type FaultStack, PLANTED_KEY } from './fault-stack.ts'

export interface FinishedTurn {
  conversationId: string
  /** What only this turn's message has: finds its calls in the provider's log. */
  word: string
  /** The message as it was sent. */
  message: string
  /** The answer as it was told to whoever followed it. */
  events: TurnEvent[]
  told: GenerationView
  /** The answer as it is stored. */
  stored: AssistantMessage
  /** From sending to the end of the stream. */
  tookMs: number
}

/** The answer that is stored last in a conversation. */
export async function lastAnswer(api: ApiClient, conversationId: string): Promise<AssistantMessage> {
  const message = (await api.conversation(conversationId)).messages.at(-1)
  if (message?.role !== 'assistant') throw new Error('the last message is no answer')
  return message
}

/** Waits until no answer is being written in a conversation any more. */
export async function waitForEnd(
  api: ApiClient,
  conversationId: string,
  options: { timeout?: number } = {},
): Promise<void> {
  const isRunning = async () => (await api.conversation(conversationId)).conversation.running
  await expect.poll(isRunning, { intervals: [100], ...options }).toBe(false)
}

/** What the end of an answer's stream says of it. */
export function endOf(events: TurnEvent[]): GenerationView {
  for (const { frame } of events) if (frame.type === 'data-generation') return frame.data
  throw new Error('the stream ended without an end')
}

/** Sends a message with this scenario, first or under `after`, and reads the answer to its end. */
export async function takeTurn(
  { api }: Pick<Person, 'api'>,
  scenario: string,
  { after, text = '' }: { after?: FinishedTurn; text?: string } = {},
): Promise<FinishedTurn> {
  const word = uniqueWord()
  const message = `${word} ${text}[scenario:${scenario}]`
  const begun = performance.now()
  const { conversationId, response } = await api.send(message, {
    ...(after && { conversationId: after.conversationId, parentId: after.stored.id }),
  })
  if (response.status !== 200)
    throw new Error(`sending answered ${response.status}: ${await response.text()}`)
  const events = await readTurn(response)
  const tookMs = performance.now() - begun
  const stored = await lastAnswer(api, conversationId)
  return { conversationId, word, message, events, told: endOf(events), stored, tookMs }
}

/** The calls that were made for the answer of a turn. */
export function callsFor({ provider }: FaultStack, { word }: Pick<FinishedTurn, 'word'>): ReceivedRequest[] {
  return provider.requests.filter(({ kind, message }) => kind === 'answer' && message.includes(word))
}

/** What was said before, as a call carries it, without the prompt. */
export function historyOf(call: ReceivedRequest | undefined): Pick<ChatMessage, 'role' | 'content'>[] {
  return (call?.body.messages ?? [])
    .filter(({ role }) => role === 'user' || role === 'assistant')
    .map(({ role, content }) => ({ role, content }))
}

/**
 * That the conversation goes on after a turn: the next one is answered, by one call, whose history has the question
 * and of the answer what is stored, unless it failed or is empty.
 */
export async function expectNextTurn(
  stack: FaultStack,
  person: Pick<Person, 'api'>,
  turn: FinishedTurn,
): Promise<void> {
  const next = await takeTurn(person, 'plain', { after: turn })
  expect(next.told).toMatchObject({ status: 'complete', errorCode: null })
  const calls = callsFor(stack, next)
  expect(calls, 'the next turn is one call').toHaveLength(1)
  const { generation, text } = turn.stored
  const answer = generation.status === 'failed' || text === '' ? [] : [{ role: 'assistant', content: text }]
  expect(historyOf(calls[0]), 'what the next turn is sent').toEqual([
    { role: 'user', content: turn.message },
    ...answer,
    { role: 'user', content: next.message },
  ])
}

/**
 * That what was told is what is stored, and that neither holds what is nobody's business, nor the log. The seconds left
 * to wait are reckoned anew whenever they are told: only that there are some is the same.
 */
export function expectHonest(stack: FaultStack, turn: FinishedTurn): void {
  expect(turn.stored.generation, 'what is stored is what was told').toEqual({
    ...turn.told,
    retryInSeconds: turn.told.retryInSeconds === null ? null : expect.any(Number),
  })
  expect(turn.stored.text, 'what is kept is what was shown').toBe(textOf(turn.events))
  const answered = JSON.stringify([turn.events, turn.stored])
  expect(answered).not.toContain(PLANTED_KEY)
  expect(answered, 'the provider’s own words').not.toMatch(/incorrect api key|authorization|bearer/i)
  const log = stack.servers.map(({ output }) => output).join('')
  expect(log, 'the log has a line for this turn').toContain(turn.told.id)
  expect(log, 'the key in the log').not.toContain(PLANTED_KEY)
  expect(log, 'the message in the log').not.toContain(turn.word)
  expect(log, 'a header in the log').not.toMatch(/bearer/i)
  for (const { body } of callsFor(stack, turn)) {
    const [prompt] = body.messages
    expect(log, 'the prompt in the log').not.toContain(String(prompt?.content).slice(0, 40))
  }
}

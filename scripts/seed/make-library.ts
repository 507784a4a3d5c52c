import { createHash } from 'node:crypto'
import type { ContextLedger } from '#lib/chat/context-ledger.ts'
import { estimateTokens } from '#lib/chat/estimate-tokens.ts'
import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import type { GenerationStatus, Intensity } from '#lib/chat/types.ts'
import { languages } from './languages.ts'
import { SeededRandom } from './seeded-random.ts'
import { chooseSubject, type Subject, writeAnswer, writeQuestion, writeTitle } from './write-text.ts'

/** The one that a long conversation is measured with. */
export const LONG_CONVERSATION = {
  title: 'A thousand messages',
  messages: 1000,
  lastWord: 'END-1000',
} as const

const DAY = 24 * 60 * 60_000
const TWO_YEARS = 730 * DAY

export interface SeededMessage {
  id: string
  parentId: string | null
  role: 'user' | 'assistant'
  text: string
  tokens: number
  at: Date
}

export interface SeededGeneration {
  id: string
  messageId: string
  status: GenerationStatus
  errorCode: GenerationErrorCode | null
  ledger: ContextLedger
  inputTokens: number
  outputTokens: number
  timeToFirstTokenMs: number
  latencyMs: number
  /** In microcents. */
  cost: number
  startedAt: Date
  finishedAt: Date
}

export interface SeededConversation {
  id: string
  title: string
  titleSource: 'generated' | 'person'
  persona: string
  intensity: Intensity | null
  activeLeafId: string
  createdAt: Date
  lastActivityAt: Date
  pinnedAt: Date | null
  archivedAt: Date | null
  messages: SeededMessage[]
  generations: SeededGeneration[]
}

/** The one text that every request of theirs was composed of. */
export const PROMPT = 'You help people think, in plain words.'
export const PROMPT_HASH = createHash('sha256').update(PROMPT).digest('hex')

/**
 * Conversations of two years, the long one first and newest. The same seed and time give the same ones.
 *
 * @param messages in all of them together; at least LONG_CONVERSATION.messages and two for each other one
 * @param now in ms; nothing in them is later
 */
export function* makeLibrary(
  seed: string,
  { conversations, messages, now }: { conversations: number; messages: number; now: number },
): Generator<SeededConversation> {
  const random = new SeededRandom(seed)
  const sizes = shareOut(random, conversations - 1, messages - LONG_CONVERSATION.messages)
  yield makeConversation(random, { size: LONG_CONVERSATION.messages, endedBefore: now, isLong: true })
  for (const size of sizes) {
    // More of late than long ago, as people's use grows.
    const endedBefore = now - 60_000 - Math.floor(random.next() ** 1.5 * (TWO_YEARS - 60 * DAY))
    yield makeConversation(random, { size, endedBefore, isLong: false })
  }
}

/** So many messages over so many conversations: at least two each, most of them few, some of them many. */
function shareOut(random: SeededRandom, conversations: number, messages: number): number[] {
  const weights = Array.from({ length: conversations }, () => (1 - random.next()) ** -0.5 - 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const free = messages - 2 * conversations
  let weight = 0
  let given = 0
  return weights.map((own, index) => {
    weight += own
    const upTo = index === conversations - 1 ? free : Math.floor((free * weight) / total)
    const extra = upTo - given
    given = upTo
    return 2 + extra
  })
}

interface Plan {
  size: number
  endedBefore: number
  isLong: boolean
}

function makeConversation(random: SeededRandom, { size, endedBefore, isLong }: Plan): SeededConversation {
  const subject = isLong
    ? { ...chooseSubject(random, languages.slice(0, 1)), topic: 'unit tests' }
    : chooseSubject(random, languages)
  const times = makeTimes(random, size, endedBefore)
  const writer = new ConversationWriter(random, subject, times)
  while (writer.left > 0) {
    if (isLong) writer.addTurn(1, true)
    // Three messages: the answer was asked for twice. It also takes what is odd.
    else
      writer.addTurn(
        writer.left % 2 === 1 || (writer.left > 4 && random.chance(0.03)) ? 2 : 1,
        random.chance(0.35),
      )
  }
  const { messages, generations } = writer
  const last = messages.at(-1)
  const [createdAt, lastActivityAt] = [messages[0]?.at, messages.at(-1)?.at]
  if (!last || !createdAt || !lastActivityAt) throw new Error('A conversation has two messages at least')
  if (isLong) last.text += `\n\n${LONG_CONVERSATION.lastWord}`
  return {
    id: random.uuid(createdAt.getTime()),
    title: isLong ? LONG_CONVERSATION.title : writeTitle(random, subject),
    titleSource: isLong || random.chance(0.1) ? 'person' : 'generated',
    persona: random.pick(['stoic', 'stoic', 'casual', 'formal', 'tutor', 'concise']),
    intensity: random.chance(0.2) ? random.pick(['low', 'medium', 'high']) : null,
    activeLeafId: last.id,
    ...{ createdAt, lastActivityAt, messages, generations },
    pinnedAt: !isLong && random.chance(0.001) ? lastActivityAt : null,
    archivedAt: !isLong && random.chance(0.04) ? lastActivityAt : null,
  }
}

/** When each message was written, oldest first, the last one before that time. */
function makeTimes(random: SeededRandom, count: number, endedBefore: number): number[] {
  let at = endedBefore
  const times = Array.from({ length: count }, () => {
    at -= random.chance(0.02) ? random.between(DAY / 8, DAY) : random.between(20_000, 600_000)
    return at
  })
  return times.reverse()
}

class ConversationWriter {
  readonly messages: SeededMessage[] = []
  readonly generations: SeededGeneration[] = []
  readonly #random: SeededRandom
  readonly #subject: Subject
  readonly #times: number[]
  /** The branch that is written on. */
  readonly #branch: SeededMessage[] = []
  #branchTokens = 0

  constructor(random: SeededRandom, subject: Subject, times: number[]) {
    this.#random = random
    this.#subject = subject
    this.#times = times
  }

  get left(): number {
    return this.#times.length - this.messages.length
  }

  /** A question and its answers, the last of which is gone on from. */
  addTurn(answers: number, withCode: boolean): void {
    const question = this.#add(
      'user',
      this.#branch.at(-1)?.id ?? null,
      writeQuestion(this.#random, this.#subject),
    )
    this.#take(question)
    let answer: SeededMessage | undefined
    for (let each = 0; each < answers; each += 1) {
      answer = this.#add('assistant', question.id, writeAnswer(this.#random, this.#subject, withCode))
      this.generations.push(this.#generate(answer))
    }
    if (answer) this.#take(answer)
  }

  #take(message: SeededMessage): void {
    this.#branch.push(message)
    this.#branchTokens += message.tokens
  }

  #add(role: SeededMessage['role'], parentId: string | null, text: string): SeededMessage {
    const time = this.#times[this.messages.length]
    if (time === undefined) throw new Error('More messages than there are times')
    const message = {
      id: this.#random.uuid(time),
      parentId,
      role,
      text,
      tokens: estimateTokens(text),
      at: new Date(time),
    }
    this.messages.push(message)
    return message
  }

  #generate(answer: SeededMessage): SeededGeneration {
    const { status, errorCode } = this.#end()
    const ledger = this.#ledger()
    const timeToFirstTokenMs = this.#random.between(180, 1500)
    const latencyMs = timeToFirstTokenMs + answer.tokens * this.#random.between(8, 25)
    return {
      ...{ id: this.#random.uuid(answer.at.getTime()), messageId: answer.id, status, errorCode, ledger },
      ...{ inputTokens: ledger.totalTokens, outputTokens: answer.tokens, timeToFirstTokenMs, latencyMs },
      // $0.15 and $0.60 a million.
      cost: ledger.totalTokens * 15 + answer.tokens * 60,
      startedAt: answer.at,
      finishedAt: new Date(answer.at.getTime() + latencyMs),
    }
  }

  #end(): Pick<SeededGeneration, 'status' | 'errorCode'> {
    const chance = this.#random.next()
    if (chance < 0.95) return { status: 'complete', errorCode: null }
    if (chance < 0.975) return { status: 'stopped', errorCode: null }
    if (chance < 0.99) return { status: 'truncated', errorCode: null }
    return { status: 'interrupted', errorCode: 'interrupted' }
  }

  /** The last messages were sent; those before did not fit. */
  #ledger(): ContextLedger {
    const sent = this.#branch.slice(-5)
    const before = this.#branch.slice(0, -5)
    const sentTokens = sent.reduce((sum, { tokens }) => sum + tokens, 0)
    const [from, through] = [before[0], before.at(-1)]
    const promptTokens = estimateTokens(PROMPT)
    return {
      budget: Math.max(1500, sentTokens + promptTokens),
      prompt: {
        ...{ hash: PROMPT_HASH, tokens: promptTokens },
        fragments: [{ path: 'base/default.md', hash: PROMPT_HASH, tokens: promptTokens }],
      },
      ...{ instructions: null, summary: null, clearedThroughId: null, leftOut: [], tokenRatio: 1 },
      sent: sent.map(({ id, tokens, text }) => ({ messageId: id, tokens, length: text.length })),
      overBudget:
        from && through
          ? {
              ...{ fromId: from.id, throughId: through.id, messages: before.length },
              tokens: this.#branchTokens - sentTokens,
            }
          : null,
      totalTokens: sentTokens + promptTokens,
    }
  }
}

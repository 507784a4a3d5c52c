import fc from 'fast-check'
import type { SummaryPlace } from '#lib/chat/summary-on-branch.ts'
import type { GenerationStatus } from '#lib/chat/types.ts'

/** A message of a made-up conversation. Ids sort as the messages were written. */
export interface TreeMessage {
  id: string
  parentId: string | null
  role: 'user' | 'assistant'
  tokens: number
  text: string
  status: GenerationStatus | null
  /** When it was cleared; NULL: it is not. */
  clearedAt: number | null
}

export interface TreeSummary extends SummaryPlace {
  id: string
  text: string
  tokens: number
  createdAt: number
  author: 'model' | 'person'
  /** What it stands for: the messages that whoever wrote it was given, or whoever wrote the version it goes back to. */
  saw: Set<string>
}

/** A conversation with branches, on which people cleared, undid that, summarised and rolled back, in any order. */
export interface RandomTree {
  messages: TreeMessage[]
  summaries: TreeSummary[]
  /** The message that is to be answered; a question. */
  leaf: TreeMessage
}

/** The messages from the first one to this. */
export function branchTo({ messages }: Pick<RandomTree, 'messages'>, leafId: string): TreeMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const branch: TreeMessage[] = []
  for (let at = byId.get(leafId); at; at = at.parentId === null ? undefined : byId.get(at.parentId)) {
    branch.unshift(at)
  }
  return branch
}

interface Options {
  /** The most messages. */
  messages: number
  /** The most tokens of one. */
  tokens: number
}

/** Made of random numbers alone, so that what fails is found again and made smaller. */
export function randomTree({ messages: count, tokens }: Options): fc.Arbitrary<RandomTree> {
  const index = fc.nat(1_000)
  const message = fc.record({
    // Most messages follow the newest one.
    back: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: index }),
    tokens: fc.oneof(
      { weight: 8, arbitrary: fc.nat(60) },
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.nat(tokens) },
    ),
    status: fc.constantFrom<GenerationStatus>('complete', 'complete', 'complete', 'stopped', 'failed'),
  })
  const act = fc.record({
    kind: fc.constantFrom<Act['kind']>('clear', 'undo', 'summarise', 'summarise', 'roll back'),
    ...{ at: index, reach: index, tokens: fc.nat(200) },
  })
  return fc
    .record({
      messages: fc.array(message, { minLength: 1, maxLength: count }),
      acts: fc.array(act, { maxLength: 10 }),
      leaf: index,
    })
    .map(({ messages, acts, leaf }) => {
      const tree = { messages: growTree(messages), summaries: [] as TreeSummary[] }
      for (const [time, each] of acts.entries()) perform(tree, each, time + 1)
      const questions = tree.messages.filter(({ role }) => role === 'user')
      // Most are asked at the end of the conversation.
      const chosen = questions.at(leaf % 3 === 0 ? leaf % questions.length : -1)
      if (!chosen) throw new Error('The first message is a question')
      return { ...tree, leaf: chosen }
    })
}

function growTree(given: { back: number; tokens: number; status: GenerationStatus }[]): TreeMessage[] {
  const messages: TreeMessage[] = []
  for (const [index, { back, tokens, status }] of given.entries()) {
    const parent = messages[index - 1 - (back % Math.max(1, index))]
    const role = parent?.role === 'user' ? 'assistant' : 'user'
    const size = role === 'user' ? Math.max(1, tokens) : tokens
    messages.push({
      ...{ id: idOf(index), parentId: parent?.id ?? null, role },
      ...{ tokens: size, text: words(size), clearedAt: null },
      status: role === 'user' ? null : status,
    })
  }
  return messages
}

/** As valid as any id, and readable. */
function idOf(index: number): string {
  return `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`
}

/** A text of so many tokens. */
export function words(tokens: number): string {
  return ' word'.repeat(tokens)
}

interface Act {
  kind: 'clear' | 'undo' | 'summarise' | 'roll back'
  at: number
  reach: number
  tokens: number
}

function perform(tree: Omit<RandomTree, 'leaf'>, { kind, at, reach, tokens }: Act, time: number): void {
  const { messages, summaries } = tree
  const target = messages[at % messages.length]
  const version = summaries.length + 1
  if (!target) return
  if (kind === 'clear') target.clearedAt = time
  if (kind === 'undo') {
    const cleared = messages.filter(({ clearedAt }) => clearedAt !== null)
    const undone = cleared[at % Math.max(1, cleared.length)]
    if (undone) undone.clearedAt = null
  }
  const written = { id: idOf(9_000_000 + version), version, tokens, text: words(tokens), createdAt: time }
  if (kind === 'summarise') {
    const branch = branchTo(tree, target.id)
    const begin = branch.findLastIndex(({ clearedAt }) => clearedAt !== null)
    const context = branch.slice(begin + 1)
    const covered = context.slice(0, 1 + (reach % Math.max(1, context.length)))
    const through = covered.at(-1)
    if (!through) return
    summaries.push({
      ...written,
      ...{ throughMessageId: through.id, startsAfterId: branch[begin]?.id ?? null },
      author: 'model',
      saw: new Set(covered.map(({ id }) => id)),
    })
  }
  const restored = summaries[at % Math.max(1, summaries.length)]
  if (kind === 'roll back' && restored) summaries.push({ ...restored, ...written, author: 'person' })
}

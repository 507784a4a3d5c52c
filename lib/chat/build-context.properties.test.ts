import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyOfTree } from '../../scripts/test/history-of-tree.ts'
import { branchTo, type RandomTree, randomTree, words } from '../../scripts/test/random-tree.ts'
import { buildContext, type Context, type MeasuredText } from './build-context.ts'
import { countedBudget, PART_MINIMUM, TOKENS_PER_MESSAGE } from './context-budget.ts'
import { countTokens } from './count-tokens.ts'
import { renderCut, SUMMARY_FRAME } from './render-context.ts'

function measured(tokens: number): MeasuredText {
  return { text: words(tokens), hash: `${tokens}`, tokens }
}

const settings = fc.record({
  promptTokens: fc.integer({ min: 1, max: 300 }),
  instructionTokens: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 900 })),
  folderTokens: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 900 })),
  budget: fc.integer({ min: 100, max: 4_000 }),
  tokenRatio: fc.constantFrom(0.5, 1, 1, 1.25, 2.8),
})

type Settings = typeof settings extends fc.Arbitrary<infer T> ? T : never

function contextOf(
  tree: RandomTree,
  leafId: string,
  { promptTokens, instructionTokens, folderTokens, ...limits }: Settings,
) {
  const reading = countedBudget(limits.budget, limits.tokenRatio)
  return buildContext({
    prompt: { ...measured(promptTokens), fragments: [] },
    instructions: instructionTokens === 0 ? null : measured(instructionTokens),
    folder: folderTokens === 0 ? null : measured(folderTokens),
    history: historyOfTree(tree, leafId, reading),
    ...limits,
  })
}

const trees = randomTree({ messages: 40, tokens: 3_000 })

function check(property: (tree: RandomTree, chosen: Settings, context: Context) => void) {
  fc.assert(
    fc.property(trees, settings, (tree, chosen) => {
      property(tree, chosen, contextOf(tree, tree.leaf.id, chosen))
    }),
    { numRuns: 300 },
  )
}

test('every message of the branch is sent, or summarised, or cleared, or named with the reason, and only once', () => {
  check((tree, _, { ledger }) => {
    const branch = branchTo(tree, tree.leaf.id)
    const place = (id: string | undefined) => branch.findIndex((message) => message.id === id)
    const covered = Math.max(
      place(ledger.summary?.throughMessageId),
      place(ledger.clearedThroughId ?? undefined),
    )
    const over = ledger.overBudget
    const [from, through] = [place(over?.fromId), place(over?.throughId)]
    if (over) {
      expect(over.messages).toBe(through - from + 1)
      expect(over.tokens).toBe(branch.slice(from, through + 1).reduce((sum, { tokens }) => sum + tokens, 0))
    }
    for (const [index, { id }] of branch.entries()) {
      const named = [
        ledger.sent.some(({ messageId }) => messageId === id),
        ledger.leftOut.some(({ messageId }) => messageId === id),
        over !== null && index >= from && index <= through,
        // The message to answer is sent though the context was cleared after it.
        index <= covered && id !== tree.leaf.id,
      ]
      expect(named.filter(Boolean), `message ${index}`).toHaveLength(1)
    }
  })
})

test('what is sent is the message itself, or is cut where the ledger says', () => {
  check((tree, _, { ledger, messages }) => {
    const byId = new Map(tree.messages.map((message) => [message.id, message]))
    expect(messages).toEqual(
      ledger.sent.map(({ messageId, cutEnds }) => {
        const { role, text } = byId.get(messageId) ?? { role: null, text: '' }
        return { role, content: renderCut(text, cutEnds) }
      }),
    )
    for (const { tokens, cutTo, cutEnds } of ledger.sent) {
      expect(cutTo === undefined).toBe(cutEnds === undefined)
      if (cutTo !== undefined) expect(cutTo).toBeLessThan(tokens)
    }
  })
})

test('the request fits the budget, unless not even the least of it does', () => {
  check(
    (
      _,
      { promptTokens, instructionTokens, folderTokens, budget, tokenRatio },
      { ledger, instructions, messages },
    ) => {
      const allowed = countedBudget(budget, tokenRatio)
      const least =
        promptTokens +
        (instructionTokens === 0 ? 0 : Math.min(instructionTokens + 1, PART_MINIMUM)) +
        (folderTokens === 0 ? 0 : Math.min(folderTokens + 1, PART_MINIMUM)) +
        (ledger.summary ? PART_MINIMUM : 0) +
        PART_MINIMUM +
        2 * TOKENS_PER_MESSAGE
      if (least <= allowed) expect(ledger.totalTokens).toBeLessThanOrEqual(allowed)
      const counted = [instructions, ...messages.map(({ content }) => content)]
        .map((text) => countTokens(text) + TOKENS_PER_MESSAGE)
        .reduce((sum, tokens) => sum + tokens)
      // Where parts are joined, they may take a token more or less than each for itself.
      expect(Math.abs(counted - ledger.totalTokens)).toBeLessThanOrEqual(4)
    },
  )
})

test('while nothing is folded or crowded out, the next request begins with the bytes of this one', () => {
  let compared = 0
  check((tree, chosen, before) => {
    const answer = { ...tree.leaf, id: 'answer', parentId: tree.leaf.id, role: 'assistant' as const }
    Object.assign(answer, { status: 'complete', tokens: 5, text: words(5), clearedAt: null })
    const next = { ...answer, id: 'next', parentId: 'answer', role: 'user' as const, status: null }
    const grown = { ...tree, messages: [...tree.messages, answer, next] }
    const after = contextOf(grown, 'next', chosen)
    if (after.ledger.clearedThroughId !== before.ledger.clearedThroughId) return
    // A question that was cleared is sent only while it is asked.
    if (after.ledger.clearedThroughId === tree.leaf.id) return
    if (after.ledger.summary?.throughMessageId === tree.leaf.id) return
    expect(after.instructions).toBe(before.instructions)
    if (after.ledger.overBudget?.throughId !== before.ledger.overBudget?.throughId) return
    expect(after.messages.slice(0, before.messages.length)).toEqual(before.messages)
    compared++
  })
  expect(compared).toBeGreaterThan(100)
})

test('a summary stands for no message that it has not seen, and for none that was cleared', () => {
  let summaries = 0
  check((tree, _, { ledger }) => {
    if (!ledger.summary) return
    summaries++
    const { throughMessageId, version } = ledger.summary
    const branch = branchTo(tree, tree.leaf.id)
    const begin = branch.findIndex(({ id }) => id === ledger.clearedThroughId) + 1
    const end = branch.findIndex(({ id }) => id === throughMessageId) + 1
    const saw = tree.summaries.find((each) => each.version === version)?.saw
    expect(new Set(branch.slice(begin, end).map(({ id }) => id))).toEqual(saw)
  })
  expect(summaries).toBeGreaterThan(30)
})

test('the same input gives the same bytes', () => {
  check((tree, chosen, context) => {
    expect(JSON.stringify(contextOf(tree, tree.leaf.id, chosen))).toBe(JSON.stringify(context))
  })
})

test('the frame of a summary leaves room for its text in the least that it gets', () => {
  expect(countTokens(SUMMARY_FRAME)).toBeLessThan(PART_MINIMUM / 2)
})

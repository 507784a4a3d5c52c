import { messageLimit, TOKENS_PER_MESSAGE } from '#lib/chat/context-budget.ts'
import type { ContextHistory } from '#lib/chat/context-history.ts'
import { lastClearOn, summaryOnBranch } from '#lib/chat/summary-on-branch.ts'
import { branchTo, type RandomTree } from './random-tree.ts'

/**
 * What the database is to find of a branch, told from the whole tree.
 *
 * @param leafId where the branch ends
 * @param budget tokens, as they are counted here, up to which texts are read
 */
export function historyOfTree(
  tree: Pick<RandomTree, 'messages' | 'summaries'>,
  leafId: string | null,
  budget: number,
): ContextHistory {
  const branch = leafId === null ? [] : branchTo(tree, leafId)
  const places = branch.map(({ id, clearedAt }) => ({ id, isCleared: clearedAt !== null }))
  const clearedThroughId = lastClearOn(places)
  const summary = summaryOnBranch(places, tree.summaries)
  const lastCovered = branch.findIndex(({ id }) => id === (summary?.throughMessageId ?? clearedThroughId))

  const rows = branch.map((message, index) => ({
    message,
    isCovered: index <= lastCovered,
    isPinned: index >= branch.length - 2,
    cost: message.tokens === 0 ? 0 : Math.min(message.tokens, messageLimit(budget)) + TOKENS_PER_MESSAGE,
  }))
  const fits = (index: number) => rows.slice(index).reduce((sum, { cost }) => sum + cost, 0) <= budget
  const unread = rows
    .filter(({ isCovered, isPinned }, index) => !isCovered && !isPinned && !fits(index))
    .map(({ message }) => message)
  const read = rows.filter(({ isCovered, isPinned }, index) => isPinned || (!isCovered && fits(index)))
  const [first, last] = [unread[0], unread.at(-1)]
  return {
    clearedThroughId,
    summary: summary && {
      ...{ id: summary.id, version: summary.version, throughMessageId: summary.throughMessageId },
      ...{ text: summary.text, tokens: summary.tokens },
    },
    unread:
      first && last
        ? {
            ...{ fromId: first.id, throughId: last.id, messages: unread.length },
            tokens: unread.reduce((sum, { tokens }) => sum + tokens, 0),
          }
        : null,
    messages: read.map(({ message: { id, role, tokens, text, status }, isCovered }) => ({
      ...{ id, role, tokens, text, status, isCovered },
    })),
  }
}

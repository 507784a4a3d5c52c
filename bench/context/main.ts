import { cpuUsage } from 'node:process'
import { v7 as uuid } from 'uuid'
import type { BranchMessage } from '#lib/chat/context-history.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { readTurnState, type TurnQuery, type TurnState, turnStateStatement } from '#lib/db/turn-state.ts'
import { env } from '#lib/env.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { type ChatModel, models } from '#lib/providers/resolve-models.ts'
import { budgetOf, contextFor, readingBudgets } from '#lib/server/turn-context.ts'
import { percentile } from '../percentile.ts'
import type { ContextFigures } from './figures.ts'
import { type LongConversation, storeLongConversation } from './long-conversation.ts'
import { type PlanNode, scansOf } from './plan.ts'

// What the context of the next message costs in a long conversation: see docs/performance.md. Prints the figures as JSON.

const MESSAGES = 10_000
const REPEATS = 60
/** So full is the budget when the next fold begins. */
const FULL = 0.75

const resolved = await models()
const { answering } = resolved
const budget = budgetOf(answering)
const small: ChatModel = { ...answering, contextWindow: 8_000, maxOutputTokens: 2_000 }
const prompt = promptLibrary().composePersona('stoic', null)
const figures: ContextFigures[] = []
try {
  const folded = await storeLongConversation(env().DATABASE_URL, MESSAGES, await messagesThatFit())
  figures.push(await measure('summarised, just before the next fold', folded, folded.leafId))
  figures.push(
    await measure('the same, for a small model, a question that is cut', folded, folded.leafId, small),
  )
  figures.push(await measure('on a branch without the newest summary', folded, folded.otherLeafId))
  const unfolded = await storeLongConversation(env().DATABASE_URL, MESSAGES, null)
  figures.push(await measure('never summarised', unfolded, unfolded.leafId))
} finally {
  await closeDatabase()
}
console.log(`FIGURES ${JSON.stringify(figures)}`)

/** How many of the messages make up three quarters of the budget. */
async function messagesThatFit(): Promise<number> {
  const probe = await storeLongConversation(env().DATABASE_URL, 2, null)
  return 2 * Math.floor((budget * FULL) / (probe.tokensPerMessage + 4) / 2)
}

async function measure(
  name: string,
  { userId, conversationId }: LongConversation,
  parentId: string,
  model = answering,
): Promise<ContextFigures> {
  const query: TurnQuery = {
    ...{ userId, conversationId, parentId, requestId: uuid(), rateLimit: 20 },
    budgets: readingBudgets({ ...resolved, answering: model }, null),
  }
  const text = 'And how do I know? '.repeat(model === small ? 1_600 : 10)
  const question: BranchMessage = {
    ...{ id: uuid(), role: 'user', text, tokens: countTokens(text), status: null, isCovered: false },
  }
  const reads: number[] = []
  const builds: number[] = []
  let sent = 0
  let state: TurnState | undefined
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const begun = performance.now()
    state = await readTurnState(query)
    reads.push(performance.now() - begun)
    const history = { ...state.history, messages: [...state.history.messages, question] }
    const before = cpuUsage()
    const { context } = contextFor(model, {
      ...{ userId, prompt, person: state.person, history },
      folderInstructions: state.folder?.instructions ?? '',
    })
    const { user, system } = cpuUsage(before)
    builds.push((user + system) / 1000)
    sent = context.ledger.sent.length
  }
  // The first few also pay for compiling.
  const [warmReads, warmBuilds] = [reads.slice(10), builds.slice(10)]
  const { walked, scans } = await explain(query)
  return {
    ...{ name, walked, sent, scans },
    read: state?.history.messages.length ?? 0,
    readP50: percentile(warmReads, 0.5) ?? 0,
    cpuP50: percentile(warmBuilds, 0.5) ?? 0,
    cpuP99: percentile(warmBuilds, 0.99) ?? 0,
  }
}

async function explain(query: TurnQuery) {
  const [row] = await db().$queryRaw<[{ 'QUERY PLAN': [{ Plan: PlanNode }] }]>(
    Prisma.sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${turnStateStatement(query)}`,
  )
  const plan = row['QUERY PLAN'][0].Plan
  return scansOf(plan, ['message', 'summary', 'generation'])
}

import { v7 as uuidv7 } from 'uuid'
import { vi } from 'vitest'
import type { ContextLedger } from '#lib/chat/context-ledger.ts'
import { wantsFold } from '#lib/chat/plan-fold.ts'
import { db } from '#lib/db/client.ts'
import { foldQueue } from '#lib/server/fold-summary.ts'
import { runningGenerations } from '#lib/server/running-generations.ts'
import { startTurn } from '#lib/server/start-turn.ts'

/** What is done at a turn. */
export interface TurnScript {
  text: string
  /** Says it so many turns further back than after the last one. */
  back?: number
  /** Has the question of the turn before answered once more, and says nothing. */
  isAnotherAnswer?: boolean
}

/** A turn as it went. */
export interface DrivenTurn {
  /** Ids of the messages that it is an answer to, from the first one to the question. */
  branch: string[]
  answerId: string
  ledger: ContextLedger
}

/**
 * Drives one conversation through turns, each at once after the end of the one before and of the fold that this one asked for.
 * The job's queue has to be worked on (`startJobs`).
 */
export async function driveConversation(
  userId: string,
  conversationId: string,
  scripts: Iterable<TurnScript>,
): Promise<DrivenTurn[]> {
  const folding = vi.spyOn(foldQueue, 'handle')
  const folds = () => folding.mock.settledResults.filter(({ type }) => type !== 'incomplete').length
  const turns: DrivenTurn[] = []
  for (const script of scripts) {
    const foldsBefore = folds()
    const turn = await takeTurn(userId, conversationId, script, turns.at(-1 - (script.back ?? 0)))
    turns.push(turn)
    const { tokens } = await db().message.findUniqueOrThrow({ where: { id: turn.answerId } })
    if (!wantsFold(turn.ledger, tokens)) continue
    await vi.waitUntil(() => folds() > foldsBefore, patience)
    await vi.waitUntil(async () => (await countUnfinishedFolds()) === 0, patience)
  }
  folding.mockRestore()
  return turns
}

const patience = { interval: 5, timeout: 20_000 }

async function takeTurn(
  userId: string,
  conversationId: string,
  { text, isAnotherAnswer }: TurnScript,
  before: DrivenTurn | undefined,
): Promise<DrivenTurn> {
  const question = { id: uuidv7(), text }
  const again = isAnotherAnswer ? before?.branch : undefined
  const turn = await startTurn(
    userId,
    again
      ? { conversationId, parentId: again.at(-1) ?? '', answerId: uuidv7() }
      : { conversationId, parentId: before?.answerId ?? null, message: question },
  )
  await runningGenerations().get(turn.generation.id)?.done
  const { ledger } = await db().generation.findUniqueOrThrow({ where: { id: turn.generation.id } })
  return {
    branch: again ?? [...(before ? [...before.branch, before.answerId] : []), question.id],
    answerId: turn.answerId,
    ledger: ledger as unknown as ContextLedger,
  }
}

/** A job that is done stays active until that is written, and until then another is not taken on. */
async function countUnfinishedFolds(): Promise<number> {
  const [row] = await db().$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM pgboss.job WHERE name = ${foldQueue.name} AND state < 'completed'`
  return row.count
}

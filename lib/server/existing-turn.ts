import { readTurn, type StoredTurn } from '#lib/db/generations.ts'
import { inTime } from '#lib/db/in-time.ts'
import type { TurnState } from '#lib/db/turn-state.ts'
import type { TurnConflict } from '#lib/db/turns.ts'
import { readMonthSpending, type TurnLimits } from '#lib/db/usage-events.ts'
import { AppError } from '#lib/errors.ts'
import { conversationNotFound } from './path-ids.ts'
import { turnErrors } from './turn-errors.ts'
import { checkRate } from './turn-setting.ts'

/** After so many seconds a minute's turns make room, when it is not known more exactly. */
const SOME_ROOM_SECONDS = 5

/** The turn that an earlier request of the same id started. */
export async function readExisting(userId: string, generationId: string): Promise<StoredTurn> {
  const turn = await inTime(readTurn(userId, generationId))
  if (!turn) throw conversationNotFound()
  return turn
}

/**
 * Another request was faster: with the same id it is the same turn, else this one has to wait, or may not be made at all.
 *
 * @param state read after the conflict
 */
export async function resolveConflict(
  userId: string,
  conflict: TurnConflict,
  state: TurnState,
  limits: TurnLimits,
): Promise<StoredTurn> {
  if (conflict === 'nobody') throw turnErrors.nobody()
  if (state.existing) return readExisting(userId, state.existing.generationId)
  if (conflict === 'over_budget') {
    throw turnErrors.overBudget(await inTime(readMonthSpending(userId, limits.monthlyBudget)))
  }
  if (conflict === 'too_many') {
    checkRate(state.recentTurns, limits.turnsPerMinute)
    throw turnErrors.tooMany(limits.turnsPerMinute, SOME_ROOM_SECONDS)
  }
  if (state.conversation?.taken) throw conversationNotFound()
  if (conflict === 'already_there' && state.idTaken) throw turnErrors.idTaken()
  if (conflict === 'changed') {
    throw new AppError(
      'invalid_request',
      'This conversation has changed meanwhile: messages were deleted or brought back, or it was started afresh. Look at it again, then send.',
      { field: 'parentId' },
    )
  }
  throw turnErrors.running()
}

import { db } from './client.ts'

/** An instance that answers an update says so every third of this; past it another one takes the update over. */
export const HOLD_SECONDS = 9

/** Telegram sends an update again for a day at most. */
const KEEP_DAYS = 3

/** After so many beginnings an update is left alone: it may be what brings the server down. */
const MOST_ATTEMPTS = 5

/** An update that this instance is to answer. */
export interface HeldUpdate {
  id: bigint
  /** What Telegram sent, as JSON. */
  payload: string
  conversationId: string | null
  sentIds: number[]
  /** 1: it was never begun before. */
  attempts: number
}

/** Takes an update in, held by this instance. Returns false when it was taken before. */
export async function takeTelegramUpdate(id: bigint, payload: string): Promise<boolean> {
  const count = await db().$executeRaw`
    INSERT INTO telegram_update (id, payload, attempts, "heldUntil")
    VALUES (${id}, ${payload}, 1, clock_timestamp() + make_interval(secs => ${HOLD_SECONDS}::float))
    ON CONFLICT DO NOTHING`
  return count === 1
}

/** Takes over the updates that nobody holds any more, the oldest first. */
export async function takeOverTelegramUpdates(): Promise<HeldUpdate[]> {
  const rows = await db().$queryRaw<HeldUpdate[]>`
    UPDATE telegram_update SET attempts = attempts + 1,
      "heldUntil" = clock_timestamp() + make_interval(secs => ${HOLD_SECONDS}::float)
    WHERE id IN (
      SELECT id FROM telegram_update
      WHERE "heldUntil" < clock_timestamp() AND attempts < ${MOST_ATTEMPTS}
      ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, payload, "conversationId", "sentIds", attempts`
  return rows.toSorted((one, other) => Number(one.id - other.id))
}

/** Says that this instance is still answering these. */
export async function holdTelegramUpdates(ids: bigint[]): Promise<void> {
  await db().$executeRaw`
    UPDATE telegram_update SET "heldUntil" = clock_timestamp() + make_interval(secs => ${HOLD_SECONDS}::float)
    WHERE id = ANY(${ids}::bigint[]) AND "answeredAt" IS NULL`
}

/** Lets go of one that is not answered, so that any instance takes it over at once. */
export async function releaseTelegramUpdate(id: bigint): Promise<void> {
  await db().telegramUpdate.updateMany({
    where: { id, answeredAt: null },
    data: { heldUntil: new Date(0) },
  })
}

/** Keeps where its message goes and what was sent of its answer, so that whoever takes it over goes on there. */
export async function noteTelegramAnswer(
  id: bigint,
  note: { conversationId?: string; sentIds?: number[] },
): Promise<void> {
  await db().telegramUpdate.updateMany({ where: { id }, data: note })
}

/** An update that is answered is not answered again; what Telegram sent of it is forgotten. */
export async function endTelegramUpdate(id: bigint): Promise<void> {
  await db().telegramUpdate.updateMany({
    where: { id },
    data: { answeredAt: new Date(), payload: null, heldUntil: null },
  })
}

/** Forgets updates that Telegram does not send again. */
export async function deleteOldTelegramUpdates(): Promise<void> {
  const before = new Date(Date.now() - KEEP_DAYS * 24 * 3_600_000)
  await db().telegramUpdate.deleteMany({ where: { receivedAt: { lt: before } } })
}

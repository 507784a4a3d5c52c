/** Work of which each chat's is done one after the other; by chat, what was asked for last. */
export type Queues = Map<number, Promise<void>>

/** Does the work once what was asked for before in the same chat is over, however that ended. */
export async function inTurn<Result>(
  queues: Queues,
  chatId: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = queues.get(chatId) ?? Promise.resolve()
  const result = before.then(work)
  const over = result.then(
    () => undefined,
    () => undefined,
  )
  queues.set(chatId, over)
  try {
    return await result
  } finally {
    if (queues.get(chatId) === over) queues.delete(chatId)
  }
}

import { tokensThatHold } from '#lib/db/api-tokens.ts'
import { AppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'

/** How often the tokens of running readings are looked at: one that is revoked ends them within 5 s. */
const LOOK_MS = 2_000

interface Watch {
  endings: Map<string, Set<() => void>>
  timer: NodeJS.Timeout | undefined
}

const shared = globalThis as typeof globalThis & { stoaTokenWatch?: Watch }

/**
 * Ends a reading once its token holds no longer: it was revoked, ran out, or its owner was disabled. One look serves all
 * readings of this process.
 *
 * @param tokenId NULL: a browser's session reads, which nothing is watched of
 * @returns ends the watching
 */
export function whenRevoked(tokenId: string | null, end: () => void): () => void {
  if (tokenId === null) return () => undefined
  shared.stoaTokenWatch ??= { endings: new Map(), timer: undefined }
  const watch = shared.stoaTokenWatch
  const endings = watch.endings.get(tokenId) ?? new Set()
  watch.endings.set(tokenId, endings.add(end))
  watch.timer ??= setInterval(() => void look(watch), LOOK_MS)
  return () => {
    endings.delete(end)
    if (endings.size === 0 && watch.endings.get(tokenId) === endings) watch.endings.delete(tokenId)
    if (watch.endings.size > 0) return
    clearInterval(watch.timer)
    watch.timer = undefined
  }
}

/** Said to whoever still waits or reads by a token that holds no longer. */
export function tokenEnded(): AppError {
  return new AppError(
    'invalid_token',
    'This token holds no longer: it was revoked or has run out, or its account was disabled.',
  )
}

/**
 * Waits for something in the name of a token, no longer than that holds; what is waited for goes on.
 *
 * @throws AppError invalid_token, and what is waited for throws
 */
export async function whileTokenHolds<Result>(
  tokenId: string | null,
  work: Promise<Result>,
): Promise<Result> {
  const { promise: revoked, reject } = Promise.withResolvers<never>()
  const unwatch = whenRevoked(tokenId, () => reject(tokenEnded()))
  try {
    return await Promise.race([work, revoked])
  } finally {
    unwatch()
  }
}

async function look({ endings }: Watch): Promise<void> {
  const ids = [...endings.keys()]
  try {
    const hold = await tokensThatHold(ids)
    for (const id of ids) if (!hold.has(id)) for (const end of endings.get(id) ?? []) end()
  } catch (error) {
    log().warn({ error: String(error) }, 'tokens could not be looked at')
  }
}

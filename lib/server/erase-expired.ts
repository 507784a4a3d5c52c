import { deleteOldImports } from '#lib/db/imports.ts'
import { type Purged, purgeDeletedConversations, purgeDeletedMessages } from '#lib/db/purge-deleted.ts'
import { forgetUnusedWords } from '#lib/db/search-words.ts'
import { deleteExpiredShares } from '#lib/db/shares.ts'
import { eraseTemporaryConversations } from '#lib/db/temporary-conversations.ts'
import { log } from '#lib/log.ts'

/** How long a temporary conversation is there after its last message, unless it is left before. */
const IDLE_MINUTES = 60
const REPORT_DAYS = 90
const INTERVAL_MS = 60_000
/** Looking for words that stand in nothing any more reads all that a person has said. */
const SWEEP_INTERVAL_MS = 10 * 60_000

interface Eraser {
  timer?: NodeJS.Timeout
  running?: Promise<void> | undefined
  /** It was asked for while it was running. */
  isWantedAgain: boolean
  /** Of whom something was purged since their words were looked through. */
  purgedOf: Set<string>
  sweptAt: number
}

const shared = globalThis as typeof globalThis & { stoaEraser?: Eraser }

function eraser(): Eraser {
  shared.stoaEraser ??= { isWantedAgain: false, purgedOf: new Set(), sweptAt: Number.NEGATIVE_INFINITY }
  return shared.stoaEraser
}

/**
 * Starts erasing what was kept for a time only, now and every minute: temporary conversations, shared copies, files of
 * imports that never came whole, reports of old ones, and the trash.
 */
export function startErasingExpired(): void {
  eraser().timer ??= setInterval(eraseExpired, INTERVAL_MS).unref()
  void eraseExpired()
}

/** Erases it now, and what was asked for meanwhile after that. While the database is away, the next time will do. */
export function eraseExpired(): Promise<void> {
  const each = eraser()
  if (each.running) each.isWantedAgain = true
  each.running ??= eraseWhileWanted(each)
  return each.running
}

async function eraseWhileWanted(each: Eraser): Promise<void> {
  try {
    do {
      each.isWantedAgain = false
      await eraseOnce(each)
    } while (each.isWantedAgain)
  } finally {
    each.running = undefined
  }
}

/** One that fails keeps none of the others from being done. */
async function eraseOnce({ purgedOf }: Eraser): Promise<void> {
  const conversations = await attempt('conversations', () => eraseTemporaryConversations(IDLE_MINUTES), 0)
  const shares = await attempt('shares', deleteExpiredShares, 0)
  const imports = await attempt('imports', () => deleteOldImports(REPORT_DAYS), 0)
  let trash = 0
  for (const purge of [purgeDeletedConversations, purgeDeletedMessages]) {
    for (const [userId, count] of await attempt('trash', purge, new Map() as Purged)) {
      trash += count
      purgedOf.add(userId)
    }
  }
  if (conversations + shares + imports + trash > 0) {
    log().info({ conversations, shares, imports, trash }, 'what had run out was erased')
  }
  await attempt('words', sweepWords, undefined)
}

/** Once in a while, for all of whom something was purged since. */
async function sweepWords(): Promise<void> {
  const each = eraser()
  const now = performance.now()
  if (each.purgedOf.size === 0 || now < each.sweptAt + SWEEP_INTERVAL_MS) return
  const userIds = [...each.purgedOf]
  if (!(await forgetUnusedWords(userIds))) return
  each.sweptAt = now
  for (const userId of userIds) each.purgedOf.delete(userId)
}

async function attempt<T>(what: string, erase: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await erase()
  } catch (error) {
    log().warn({ what, error: String(error) }, 'what has run out could not be erased yet')
    return otherwise
  }
}

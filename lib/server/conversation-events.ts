import type { ConversationEvent } from '#lib/chat/types.ts'
import { readConversationChanges } from '#lib/db/conversations.ts'
import { log } from '#lib/log.ts'

/** How soon a change made by another instance is seen here; one made here is looked up at once. */
const POLL_MS = 1_000
/**
 * A change is committed a little after the clock reading it carries, so each look goes back this far
 * and passes over what was told before.
 */
const OVERLAP_MS = 5_000

type Listener = (event: ConversationEvent) => void

interface EventHub {
  listeners: Map<string, Set<Listener>>
  /** The database's clock at the last look; NULL while nobody listens. */
  lookedAt: Date | null
  /** What was told within the overlap, with the time of its change. */
  told: Map<string, number>
  timer: NodeJS.Timeout | undefined
  looking: boolean
  /** A change was announced while a look was under way. */
  lookAgain: boolean
}

const shared = globalThis as typeof globalThis & { stoaEvents?: EventHub }

function eventHub(): EventHub {
  shared.stoaEvents ??= {
    listeners: new Map(),
    lookedAt: null,
    told: new Map(),
    timer: undefined,
    looking: false,
    lookAgain: false,
  }
  return shared.stoaEvents
}

/**
 * Tells a listener whenever one of the person's conversations changes, on whichever instance.
 * Changes are read from the rows themselves, so that PostgreSQL is all that instances share; one look a second
 * serves everybody who listens here.
 *
 * @returns ends the listening
 */
export function followConversations(userId: string, listener: Listener): () => void {
  const hub = eventHub()
  const listeners = hub.listeners.get(userId) ?? new Set()
  hub.listeners.set(userId, listeners.add(listener))
  if (!hub.timer) {
    hub.timer = setInterval(look, POLL_MS)
    void look()
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && hub.listeners.get(userId) === listeners) hub.listeners.delete(userId)
    if (hub.listeners.size === 0) rest(hub)
  }
}

/** Has the change that was just stored by this instance told at once. */
export function announceChange(): void {
  if (eventHub().listeners.size > 0) void look()
}

function rest(hub: EventHub): void {
  clearInterval(hub.timer)
  hub.timer = undefined
  hub.lookedAt = null
  hub.told.clear()
}

async function look(): Promise<void> {
  const hub = eventHub()
  if (hub.looking) {
    hub.lookAgain = true
    return
  }
  hub.looking = true
  try {
    do {
      hub.lookAgain = false
      await tellChanges(hub)
    } while (hub.lookAgain)
  } catch (error) {
    log().warn({ error: String(error) }, 'changes of conversations could not be read yet')
  } finally {
    hub.looking = false
  }
}

async function tellChanges(hub: EventHub): Promise<void> {
  const since = hub.lookedAt && new Date(hub.lookedAt.getTime() - OVERLAP_MS)
  const { now, changes } = await readConversationChanges([...hub.listeners.keys()], since)
  hub.lookedAt = now
  for (const [key, at] of hub.told) if (at < now.getTime() - 2 * OVERLAP_MS) hub.told.delete(key)
  for (const { userId, changedAt, event } of changes) {
    const key = `${changedAt.getTime()} ${JSON.stringify(event)}`
    if (hub.told.has(key)) continue
    hub.told.set(key, changedAt.getTime())
    for (const listener of hub.listeners.get(userId) ?? []) listener(event)
  }
}

import type { ConversationEvent } from '#lib/chat/types.ts'
import { readConversationChanges } from '#lib/db/conversations.ts'
import { log } from '#lib/log.ts'

/** How soon a change made by another instance is seen here; one made here is looked up at once. */
const POLL_MS = 1_000
/**
 * A change is committed a little after the time it carries, and a page begins to listen a little after it was drawn:
 * each look goes back this far beyond the last one and passes over what was told before.
 */
const OVERLAP_MS = 5_000

type Listener = (event: ConversationEvent) => void

interface EventHub {
  listeners: Map<string, Set<Listener>>
  /** When the last look began, in milliseconds of this process; NULL while nobody listens. */
  lookedAt: number | null
  /** What was told, with when: forgotten once no look goes back that far. */
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
 * Tells a listener of every change in the person's conversations, on whichever instance, from a few seconds ago on.
 * The same state may be told twice.
 * Changes are read from the rows themselves, so that PostgreSQL is all that instances share; one look a second
 * serves everybody who listens here.
 *
 * @returns ends the listening
 */
export function followConversations(userId: string, listener: Listener): () => void {
  const hub = eventHub()
  const listeners = hub.listeners.get(userId) ?? new Set()
  hub.listeners.set(userId, listeners.add(listener))
  hub.timer ??= setInterval(look, POLL_MS)
  void tellRecent(userId, listener, listeners)
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
    logNotRead(error)
  } finally {
    hub.looking = false
  }
}

/** What others were told before this listener came. */
async function tellRecent(userId: string, listener: Listener, listeners: Set<Listener>): Promise<void> {
  try {
    const changes = await readConversationChanges([userId], OVERLAP_MS)
    // It may have left meanwhile.
    for (const { event } of changes) if (listeners.has(listener)) listener(event)
  } catch (error) {
    logNotRead(error)
  }
}

function logNotRead(error: unknown): void {
  log().warn({ error: String(error) }, 'changes of conversations could not be read yet')
}

async function tellChanges(hub: EventHub): Promise<void> {
  const now = performance.now()
  const lookBackMs = now - (hub.lookedAt ?? now) + OVERLAP_MS
  const changes = await readConversationChanges([...hub.listeners.keys()], lookBackMs)
  if (hub.listeners.size === 0) return
  hub.lookedAt = now
  for (const [key, toldAt] of hub.told) if (toldAt < now - 2 * OVERLAP_MS) hub.told.delete(key)
  for (const { userId, changedAt, event } of changes) {
    const key = `${changedAt.getTime()} ${JSON.stringify(event)}`
    if (hub.told.has(key)) continue
    hub.told.set(key, now)
    for (const listener of hub.listeners.get(userId) ?? []) listener(event)
  }
}

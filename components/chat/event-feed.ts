import type { ConversationEvent } from '#lib/chat/types.ts'

interface EventFeedOptions {
  userId: string
  onEvent(event: ConversationEvent): void
  /** The page may have missed something: it was hidden, or the connection was lost. */
  onCatchUp(): void
}

/** How long a connection that the server refused rests before the next attempt, in ms. */
const RETRY_MS = 10_000

/**
 * Tells of what happens to the person's conversations. Browsers allow six connections to a server without TLS, for all
 * tabs together, so that only visible tabs hold one; they pass on what they learn to the hidden ones.
 *
 * @returns ends it
 */
export function startEventFeed({ userId, onEvent, onCatchUp }: EventFeedOptions): () => void {
  const channel = new BroadcastChannel(`stoa-events:${userId}`)
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let hasMissed = false

  function connect() {
    if (source || document.visibilityState === 'hidden') return
    const opened = new EventSource('/api/events')
    source = opened
    opened.addEventListener('open', () => {
      if (hasMissed) onCatchUp()
      hasMissed = false
    })
    opened.addEventListener('conversation', ({ data }) => {
      const event = JSON.parse(data) as ConversationEvent
      onEvent(event)
      channel.postMessage(event)
    })
    opened.addEventListener('error', () => {
      hasMissed = true
      // After a broken connection the browser tries again by itself; after a refusal it does not.
      if (opened.readyState !== EventSource.CLOSED) return
      disconnect()
      clearTimeout(retry)
      retry = setTimeout(connect, RETRY_MS)
    })
  }

  function disconnect() {
    if (!source) return
    source.close()
    source = null
    hasMissed = true
  }

  function followVisibility() {
    if (document.visibilityState === 'hidden') disconnect()
    else connect()
  }

  /** After a sleep a connection may look alive and be dead. */
  function reconnect() {
    disconnect()
    connect()
  }

  channel.addEventListener('message', ({ data }: MessageEvent<ConversationEvent>) => onEvent(data))
  document.addEventListener('visibilitychange', followVisibility)
  window.addEventListener('online', reconnect)
  connect()

  return () => {
    clearTimeout(retry)
    document.removeEventListener('visibilitychange', followVisibility)
    window.removeEventListener('online', reconnect)
    disconnect()
    channel.close()
  }
}

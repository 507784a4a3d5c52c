import { followConversations } from './conversation-events.ts'
import { lazyStream } from './lazy-stream.ts'
import { eventStreamHeaders, KEEP_ALIVE_MS, keepAliveFrame } from './turn-frames.ts'

/**
 * How long one connection is held. The browser opens the next by itself, and its session is looked at again: one that
 * was ended elsewhere hears no more.
 */
const HOLD_MS = 5 * 60_000

/** The stream of `conversation` events of one person. */
export function conversationEventsResponse(userId: string): Response {
  const encoder = new TextEncoder()
  const body = lazyStream((controller) => {
    // Something at once, so that the browser knows that the stream is open.
    controller.enqueue(keepAliveFrame)
    const keepAlive = setInterval(() => controller.enqueue(keepAliveFrame), KEEP_ALIVE_MS)
    const unfollow = followConversations(userId, (event) => {
      controller.enqueue(encoder.encode(`event: conversation\ndata: ${JSON.stringify(event)}\n\n`))
    })
    const stop = () => {
      clearInterval(keepAlive)
      clearTimeout(hold)
      unfollow()
    }
    const hold = setTimeout(() => {
      stop()
      controller.close()
    }, HOLD_MS)
    return stop
  })
  return new Response(body, { headers: eventStreamHeaders })
}

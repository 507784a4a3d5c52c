import { followConversations } from './conversation-events.ts'
import { eventStreamHeaders, KEEP_ALIVE_MS, keepAliveFrame } from './turn-frames.ts'

/** The stream of `conversation` events of one person, until it is closed. */
export function conversationEventsResponse(userId: string): Response {
  const encoder = new TextEncoder()
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // Something at once, so that the browser knows that the stream is open.
      controller.enqueue(keepAliveFrame)
      const keepAlive = setInterval(() => controller.enqueue(keepAliveFrame), KEEP_ALIVE_MS)
      const unfollow = followConversations(userId, (event) => {
        controller.enqueue(encoder.encode(`event: conversation\ndata: ${JSON.stringify(event)}\n\n`))
      })
      stop = () => {
        clearInterval(keepAlive)
        unfollow()
      }
    },
    cancel: () => stop(),
  })
  return new Response(body, { headers: eventStreamHeaders })
}

import type { StoredTurn } from '#lib/db/generations.ts'
import { followAnswer } from './follow-answer.ts'
import { lazyStream } from './lazy-stream.ts'
import { doneFrame, encodeFrame, eventStreamHeaders, KEEP_ALIVE_MS, keepAliveFrame } from './turn-frames.ts'

/**
 * The stream of a turn's answer from `offset` on (UTF-16 units), in the AI SDK's UI message stream protocol.
 * Closing it ends the reading, never the generation.
 */
export function turnResponse(turn: StoredTurn, offset = 0): Response {
  const body = lazyStream((controller) => {
    const { conversationId, userMessageId, generation } = turn
    controller.enqueue(
      encodeFrame({
        type: 'start',
        messageId: turn.answerId,
        messageMetadata: { conversationId, userMessageId, generation },
      }),
    )
    controller.enqueue(encodeFrame({ type: 'text-start', id: 'text' }))
    const keepAlive = setInterval(() => controller.enqueue(keepAliveFrame), KEEP_ALIVE_MS)
    const unfollow = followAnswer(turn).follow(offset, {
      onText: ({ frame }) => controller.enqueue(frame),
      onStorage: (isStored) => controller.enqueue(encodeFrame({ type: 'data-storage', data: { isStored } })),
      onEnd(ended) {
        clearInterval(keepAlive)
        controller.enqueue(encodeFrame({ type: 'text-end', id: 'text' }))
        controller.enqueue(encodeFrame({ type: 'data-generation', data: ended }))
        controller.enqueue(encodeFrame({ type: 'finish' }))
        controller.enqueue(doneFrame)
        controller.close()
      },
    })
    return () => {
      clearInterval(keepAlive)
      unfollow()
    }
  })
  return new Response(body, { headers: { ...eventStreamHeaders, 'x-vercel-ai-ui-message-stream': 'v1' } })
}

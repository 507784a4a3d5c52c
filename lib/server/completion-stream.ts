import type { FinishReason } from '#lib/api/chat-completion.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import { openAiErrorOf } from './answer-openai.ts'
import type { AnswerStream } from './answer-stream.ts'
import { lazyStream } from './lazy-stream.ts'
import { createdNow, finishOf, type OpenAiAnswer, usageOf } from './openai-answer.ts'
import { doneFrame, eventStreamHeaders, KEEP_ALIVE_MS, keepAliveFrame } from './turn-frames.ts'
import { tokenEnded, whenRevoked } from './when-revoked.ts'

const encoder = new TextEncoder()

/**
 * The stream of an answer as OpenAI's clients read it. It opens with the first word, so that what fails before has a status
 * of its own, or after 15 s, so that no proxy takes the silence for an end.
 *
 * @throws FailedCompletion, and what `check` throws
 */
export async function completionStream(asked: OpenAiAnswer, withUsage: boolean): Promise<Response> {
  const { answer, id, model, tokenId, abandon } = asked
  const early = await begun(answer)
  if (early && answer.text === '') finishOf(asked, early)
  const created = createdNow()
  const encode = (data: object) => encoder.encode(`data: ${JSON.stringify(data)}\n\n`)
  const chunk = (choices: object[], more: object = withUsage ? { usage: null } : {}) =>
    encode({ id, object: 'chat.completion.chunk', created, model, choices, ...more })
  const choice = (delta: object, finish_reason: FinishReason | null = null) =>
    chunk([{ index: 0, delta, logprobs: null, finish_reason }])

  const lastFrames = (ended: GenerationView): Uint8Array[] => {
    try {
      const last = [choice({}, finishOf(asked, ended))]
      const usage = usageOf(ended)
      if (withUsage && usage) last.push(chunk([], { usage }))
      return [...last, doneFrame]
    } catch (error) {
      return [encode({ error: openAiErrorOf(error) })]
    }
  }

  const body = lazyStream((controller) => {
    const ends: (() => void)[] = []
    const stop = () => {
      for (const end of ends.splice(0)) end()
    }
    controller.enqueue(choice({ role: 'assistant', content: '' }))
    const keepAlive = setInterval(() => controller.enqueue(keepAliveFrame), KEEP_ALIVE_MS)
    ends.push(() => clearInterval(keepAlive))
    ends.push(
      whenRevoked(tokenId, () => {
        stop()
        abandon()
        // Without it what there is would be taken for the whole answer.
        controller.enqueue(encode({ error: openAiErrorOf(tokenEnded()) }))
        controller.close()
      }),
    )
    let isOver = false
    const unfollow = answer.follow(0, {
      onText: ({ delta }) => controller.enqueue(choice({ content: delta })),
      onStorage: () => undefined,
      onEnd(ended) {
        isOver = true
        stop()
        for (const frame of lastFrames(ended)) controller.enqueue(frame)
        controller.close()
      },
    })
    if (!isOver) ends.push(unfollow)
    return () => {
      stop()
      abandon()
    }
  })
  return new Response(body, { headers: eventStreamHeaders })
}

/** Resolves with the first text of an answer, with its end, or once it has been waited for long enough. */
function begun(answer: AnswerStream): Promise<GenerationView | null> {
  const { promise, resolve } = Promise.withResolvers<GenerationView | null>()
  const timer = setTimeout(resolve, KEEP_ALIVE_MS, null)
  const unfollow = answer.follow(0, {
    onText: () => resolve(null),
    onStorage: () => undefined,
    onEnd: resolve,
  })
  return promise.finally(() => {
    clearTimeout(timer)
    unfollow()
  })
}

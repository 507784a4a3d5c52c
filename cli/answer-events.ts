import { EventSourceParserStream } from 'eventsource-parser/stream'
import { z } from 'zod'
import { type ApiEvent, eventSchemas } from '#lib/api/chat.ts'
import { readJson } from './read-json.ts'
import { notStoas } from './refusal.ts'

const { token, title, done, error } = eventSchemas
const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('token'), data: token }),
  z.object({ event: z.literal('title'), data: title }),
  z.object({ event: z.literal('done'), data: done }),
  z.object({ event: z.literal('error'), data: error }),
])

/** An answer as it arrives. */
export type AnswerEvents = AsyncIterable<ApiEvent>

/**
 * The events of an answer's stream, as they arrive.
 *
 * @param onSilence called when nothing came for this many milliseconds, not even a comment
 * @throws Failure when the answer is no such stream
 */
export async function* answerEvents(
  response: Response,
  onSilence: () => void,
  silenceMs: number,
): AsyncGenerator<{ event: ApiEvent; id: string | undefined }> {
  if (!response.body) return
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) throw notStoas(response)
  let timer = setTimeout(onSilence, silenceMs)
  const watch = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(bytes, controller) {
      clearTimeout(timer)
      timer = setTimeout(onSilence, silenceMs)
      controller.enqueue(bytes)
    },
  })
  try {
    const events = response.body
      .pipeThrough(watch)
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
    for await (const { event: name = '', id, data } of events) {
      // A newer server may send more than is known here.
      if (!Object.hasOwn(eventSchemas, name)) continue
      const read = eventSchema.safeParse({ event: name, data: readJson(data) })
      if (!read.success) throw notStoas(response)
      yield { event: read.data, id }
    }
  } finally {
    clearTimeout(timer)
  }
}

import { createParser } from 'eventsource-parser'
import type { TurnFrame, TurnStart } from '#lib/chat/turn-stream.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import { byOwnClock } from './by-own-clock.ts'

/** What a reader of an answer's stream learns. */
export type TurnEvent =
  | { type: 'start'; messageId: string; turn: TurnStart }
  /** `end`: the length of the whole answer, in UTF-16 units, once `delta` is added. */
  | { type: 'text'; delta: string; end: number }
  /** Whether the server can store what it shows. */
  | { type: 'storage'; isStored: boolean }
  | { type: 'end'; generation: GenerationView }

/** The server says something every 15 s; a connection that is silent for longer than this, in ms, is dead. */
const SILENCE_MS = 40_000

/**
 * Reads the stream of an answer. It returns when the body ends, which is only the end of the answer if `end` came.
 * Frames of kinds that it does not know are passed over.
 *
 * @throws whatever reading the body throws; SyntaxError for a frame that is not JSON; an Error after 40 s of silence
 */
export async function* readTurnStream(body: ReadableStream<Uint8Array>): AsyncGenerator<TurnEvent, void> {
  const events: TurnEvent[] = []
  const parser = createParser({
    onEvent({ data, id }) {
      if (data === '[DONE]') return
      const event = turnEvent(JSON.parse(data) as TurnFrame, id)
      if (event) events.push(event)
    },
  })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read())
      parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }))
      yield* events.splice(0)
      if (done) return
    }
  } finally {
    // A reader that has left must not keep the connection.
    await reader.cancel().catch(() => undefined)
  }
}

function withinSilence<T>(read: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('The connection went silent.')), SILENCE_MS)
  return Promise.race([read, promise]).finally(() => clearTimeout(timer))
}

function turnEvent(frame: TurnFrame, id: string | undefined): TurnEvent | null {
  switch (frame.type) {
    case 'start':
      return { type: 'start', messageId: frame.messageId, turn: frame.messageMetadata }
    case 'text-delta':
      return { type: 'text', delta: frame.delta, end: Number(id) }
    case 'data-storage':
      return { type: 'storage', isStored: frame.data.isStored }
    case 'data-generation':
      return { type: 'end', generation: byOwnClock(frame.data) }
    default:
      return null
  }
}

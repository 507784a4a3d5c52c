import { createParser } from 'eventsource-parser'
import type { TurnFrame, TurnStart } from '#lib/chat/turn-stream.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import { byOwnClock } from './by-own-clock.ts'
import { nextTask } from './next-task.ts'

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
 * What has come is read for so long without a break, in ms. Without one a page that was slow for a moment would read all
 * that came meanwhile in one go: on a slow machine for more than a second, in which no key and no frame has its turn.
 */
const BREATH_MS = 6

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
      if (event) add(events, event)
    },
  })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  const silence = watchSilence(() => void reader.cancel().catch(() => undefined))
  let begun = performance.now()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (silence.isOver()) throw new Error('The connection went silent.')
      parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }))
      yield* events.splice(0)
      if (done) return
      if (performance.now() - begun < BREATH_MS) continue
      await nextTask()
      begun = performance.now()
    }
  } finally {
    silence.end()
    // A reader that has left must not keep the connection.
    await reader.cancel().catch(() => undefined)
  }
}

/** Pieces of text that came together are one: each on its own would cost as much as all. */
function add(events: TurnEvent[], event: TurnEvent): void {
  const last = events.at(-1)
  const isNext = event.type === 'text' && last?.type === 'text' && last.end + event.delta.length === event.end
  if (isNext) events[events.length - 1] = { ...event, delta: last.delta + event.delta }
  else events.push(event)
}

/** Waits for a silence that is too long, with one timer for however many pieces come. */
function watchSilence(onSilence: () => void) {
  let heardAt = performance.now()
  let isSilent = false
  let timer = setTimeout(look, SILENCE_MS)

  function look() {
    const rest = heardAt + SILENCE_MS - performance.now()
    if (rest > 0) timer = setTimeout(look, rest)
    else {
      isSilent = true
      onSilence()
    }
  }

  return {
    /** Something was heard, or the silence has been too long. */
    isOver(): boolean {
      heardAt = performance.now()
      return isSilent
    },
    end: () => clearTimeout(timer),
  }
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

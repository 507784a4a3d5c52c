import { words } from './answers.ts'
import { type ChatCompletionRequest, chatWire, lastUserText, messageText } from './chat-wire.ts'
import { findMarker, type Marker, parseMarker } from './marker.ts'
import type { Move } from './moves.ts'

/** A request to go on with an answer that broke off. */
export interface ContinuationCall {
  /** The last words of the answer, which Stoa asks to have repeated. */
  ending: string
  /** What the question's `[continue:…]` marker asks for; `plain` when it has none. */
  marker: Marker
}

/** Whether a request asks to go on with an answer, as Stoa's prompt `continue` does. */
export function parseContinuation(request: ChatCompletionRequest): ContinuationCall | null {
  const [, ending] = /<ending>\n([\s\S]*)\n<\/ending>/.exec(lastUserText(request)) ?? []
  if (ending === undefined) return null
  const question = request.messages.filter(({ role }) => role === 'user').at(-2)
  const marker = question && findMarker('continue', messageText(question))
  return { ending, marker: marker ?? parseMarker('plain') }
}

/** Goes on with numbered words where the answer broke off, after its last words unless `bare=1`. */
export function* replyWithContinuation(
  request: ChatCompletionRequest,
  { ending, marker: { parameters } }: ContinuationCall,
): Generator<Move> {
  const wire = chatWire(request)
  const last = Number(/word(\d+)\s*$/.exec(ending)?.[1] ?? 0)
  const added = Array.from(
    { length: parameters.number('tokens', 5) },
    (_, index) => ` word${last + index + 1}`,
  )
  const pieces = words((parameters.number('bare', 0) ? '' : ending) + added.join(''))
  yield wire.head()
  for (const piece of pieces) {
    yield wire.delta(piece)
    const delay = parameters.number('delay', 0)
    if (delay > 0) yield { type: 'wait', milliseconds: delay }
  }
  yield wire.finish('stop')
  yield wire.usage(pieces.length)
  yield wire.done()
}

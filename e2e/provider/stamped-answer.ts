import { chatWire, includesUsage } from './chat-wire.ts'
import { type Move, wait } from './moves.ts'
import type { ScenarioCall } from './scenarios.ts'
import { sharedMicros, writeStamp } from './stamp.ts'

/**
 * Tokens that say when they were written, each at its time: `delay` milliseconds apart, counted from the first one, so
 * that one that is late does not delay those after it. The first also says when the request came in.
 */
export function* stampedAnswer({ request, parameters, arrivedAt }: ScenarioCall): Generator<Move> {
  const wire = chatWire(request)
  const tokens = parameters.number('tokens', 100)
  const delay = parameters.number('delay', 20)
  yield wire.head()
  const start = sharedMicros()
  yield wire.delta(writeStamp('#', arrivedAt) + writeStamp('@', start))
  for (let index = 1; index < tokens; index++) {
    const early = (start - sharedMicros()) / 1000 + index * delay
    if (early > 0) yield wait(Math.ceil(early))
    yield wire.delta(writeStamp('@', sharedMicros()))
  }
  yield wire.finish('stop')
  if (includesUsage(request)) yield wire.usage(tokens)
  yield wire.done()
}

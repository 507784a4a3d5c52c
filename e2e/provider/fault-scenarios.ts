import { numberedAnswer, plainAnswer, unicodeAnswer, words } from './answers.ts'
import { chatWire, errorBody, includesUsage, wholeCompletion } from './chat-wire.ts'
import { bytes, head, type Move, type Reply, wait, wholeBody } from './moves.ts'
import type { ScenarioCall } from './scenarios.ts'

/** What providers, and what stands before them, do wrong. The names and their parameters are those of markers. */
export const faultScenarios: Record<string, (call: ScenarioCall) => Reply> = {
  /** Not even a head. */
  *silent() {
    yield { type: 'stall' }
  },

  /** The connection is reset before there is a head. */
  *refuse() {
    yield { type: 'reset' }
  },

  quota: () =>
    refusal(429, 'You exceeded your current quota, please check your plan.', 'insufficient_quota', {
      'retry-after': '5',
    }),

  forbidden: () =>
    refusal(403, 'Country, region, or territory not supported', 'unsupported_country_region_territory'),

  overloaded: () => refusal(529, 'Overloaded', 'overloaded_error'),

  /** The question is refused, before there is any answer. */
  'filter-question': () =>
    refusal(
      400,
      'The response was filtered due to the prompt triggering the content management policy.',
      'content_filter',
    ),

  'bad-request': () => refusal(400, 'Invalid value: the messages must alternate.', 'invalid_value'),

  /** Answers unless the request has the parameter that is named. */
  refuses(call) {
    const parameter = call.parameters.text('parameter', 'temperature')
    if (!(parameter in call.request)) return streamPlain(call)
    return refusal(
      400,
      `Unsupported parameter: '${parameter}' is not supported with this model.`,
      'unsupported_parameter',
    )
  },

  /** An error event in the place of the first token, with the status that it stands for, as OpenRouter sends it. */
  *'error-first'({ parameters }) {
    yield streamHead()
    const code = parameters.number('code', 503)
    yield bytes(`data: ${JSON.stringify({ error: { code, message: 'Provider returned error' } })}\n\n`)
  },

  /** Thinks, and says nothing. */
  *reasoning(call) {
    const wire = chatWire(call.request)
    yield wire.head()
    for (const word of words(numberedAnswer(5))) {
      const delta = { role: 'assistant', content: null, reasoning_content: word }
      yield wire.frame({ id: 'chatcmpl-scripted', choices: [{ index: 0, delta, finish_reason: null }] })
    }
    yield* ending(call)
  },

  /** Goes on until nobody listens. */
  *endless(call): Generator<Move> {
    const wire = chatWire(call.request)
    yield wire.head()
    for (let number = 1; ; number++) yield wire.delta(`${`line ${number} `.repeat(500)}\n`)
  },

  /** A stream that calls itself something else. */
  *mislabelled(call) {
    yield head(200, { 'content-type': call.parameters.text('type', 'application/json') })
    yield* withoutHead(streamPlain(call))
  },

  /** One JSON body, as from a server that does not stream. */
  whole: (call) => wholeBody(200, 'application/json', wholeCompletion(call.request, 'Not streamed.')),

  /** Two bytes at a time: characters and frames are cut anywhere. */
  *split(call) {
    yield streamHead()
    const wire = chatWire(call.request)
    for (const move of [wire.delta(unicodeAnswer), ...ending(call)]) {
      if (move.type !== 'bytes') continue
      for (let at = 0; at < move.bytes.length; at += 2) {
        yield { type: 'bytes', bytes: move.bytes.subarray(at, at + 2) }
        yield wait(1)
      }
    }
  },

  /** CRLF at the end of lines, comments between frames, and fields that nobody knows. */
  *crlf(call) {
    yield streamHead()
    yield bytes(': connected\r\n\r\n')
    for (const move of withoutHead(streamPlain(call))) {
      if (move.type !== 'bytes') continue
      const frame = Buffer.from(move.bytes).toString('utf8')
      yield bytes(`: OPENROUTER PROCESSING\r\nretry: 10\r\n${frame.replaceAll('\n', '\r\n')}`)
    }
  },
}

function refusal(status: number, message: string, code: string, headers: Record<string, string> = {}): Reply {
  return wholeBody(status, 'application/json', errorBody(message, code, code), headers)
}

function streamHead(): Move {
  return head(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
}

function* streamPlain(call: ScenarioCall): Generator<Move> {
  const wire = chatWire(call.request)
  yield wire.head()
  for (const word of words(plainAnswer(call.message))) yield wire.delta(word)
  yield* ending(call)
}

function* withoutHead(reply: Reply): Generator<Move> {
  for (const move of reply) if (move.type !== 'head') yield move
}

function* ending({ request }: ScenarioCall): Generator<Move> {
  const wire = chatWire(request)
  yield wire.finish('stop')
  if (includesUsage(request)) yield wire.usage(5)
  yield wire.done()
}

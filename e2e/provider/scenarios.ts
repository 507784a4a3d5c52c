import {
  codeAnswer,
  dirtyAnswer,
  essayAnswer,
  longAnswer,
  markdownAnswer,
  numberedAnswer,
  plainAnswer,
  tableAnswer,
  unicodeAnswer,
  units,
  words,
} from './answers.ts'
import { articleMoves } from './article-answer.ts'
import {
  type ChatCompletionRequest,
  chatWire,
  errorBody,
  type FinishReason,
  includesUsage,
} from './chat-wire.ts'
import { faultScenarios } from './fault-scenarios.ts'
import type { Parameters } from './marker.ts'
import { bytes, type Move, type Reply, wait, wholeBody } from './moves.ts'
import { stampedAnswer } from './stamped-answer.ts'

/** One call that a scenario answers. */
export interface ScenarioCall {
  request: ChatCompletionRequest
  /** The last user message, markers included. */
  message: string
  /** The key that was sent; some errors repeat it, as OpenAI's do. */
  apiKey: string
  parameters: Parameters
  /** When the request came in, in `sharedMicros`. */
  arrivedAt: number
}

interface StreamOptions {
  pieces: string[]
  /** Milliseconds after each piece. */
  delay?: number
  finish?: FinishReason
  withUsage?: boolean
}

/** Names and what they play. `delay` is always milliseconds after each piece, `tokens` a number of pieces. */
export const scenarios: Record<string, (call: ScenarioCall) => Reply> = {
  plain: (call) => streamAll(call, { pieces: words(plainAnswer(call.message)) }),

  stamped: stampedAnswer,

  article: articleMoves,

  ...faultScenarios,

  slow: (call) => streamAll(call, { pieces: numberedPieces(call, 50), delay: 40 }),

  /** What was asked, in pieces that end anywhere. */
  echo: (call) => streamAll(call, { pieces: call.message.match(/.{1,5}/gs) ?? [], delay: 2 }),

  markdown: (call) => streamAll(call, { pieces: words(markdownAnswer) }),

  essay: (call) => streamAll(call, { pieces: words(essayAnswer) }),

  code: (call) => streamAll(call, { pieces: [codeAnswer(call.parameters.number('lines', 40))] }),

  table: (call) => streamAll(call, { pieces: [tableAnswer(call.parameters.number('columns', 12))] }),

  unicode: (call) => streamAll(call, { pieces: units(unicodeAnswer) }),

  dirty: (call) => streamAll(call, { pieces: units(dirtyAnswer) }),

  long: (call) =>
    streamAll(call, {
      pieces: longAnswer(call.parameters.number('characters', 40_000)).match(/.{1,200}/gs) ?? [],
    }),

  /** The first `before` words, then nothing until the test opens the gate, then the rest. */
  *gated(call) {
    const pieces = numberedPieces(call, 20)
    const before = call.parameters.number('before', 5)
    const delay = call.parameters.number('delay', 0)
    yield* opening(call, pieces.slice(0, before), delay)
    yield { type: 'gate', name: call.parameters.text('gate', 'default') }
    yield* deltas(call, pieces.slice(before), delay)
    yield* ending(call, pieces.length)
  },

  empty: (call) => streamAll(call, { pieces: [] }),

  'no-usage': (call) => streamAll(call, { pieces: words(plainAnswer(call.message)), withUsage: false }),

  length: (call) => streamAll(call, { pieces: numberedPieces(call, 10), finish: 'length' }),

  filter: (call) => streamAll(call, { pieces: numberedPieces(call, 5), finish: 'content_filter' }),

  /** The body ends as if it were whole, without a finish reason. */
  cut: (call) => streamOpen(call),

  /** A pause first: what is still in the reader's buffers is lost with a connection that is reset. */
  *reset(call) {
    yield* streamOpen(call)
    yield wait(100)
    yield { type: 'reset' }
  },

  *'hang-up'(call) {
    yield* streamOpen(call)
    yield { type: 'hang-up' }
  },

  *stall(call) {
    yield* streamOpen(call)
    yield { type: 'stall' }
  },

  *'error-event'(call) {
    yield* streamOpen(call)
    yield bytes(
      `data: ${errorBody('The server had an error while processing your request.', 'server_error', null)}\n\n`,
    )
  },

  *malformed(call) {
    yield* streamOpen(call)
    yield bytes('data: {"id":"chatcmpl-scripted","choices":[{"index":0,"delta":{"cont\n\n')
    yield* ending(call, 5)
  },

  html: (call) =>
    wholeBody(
      call.parameters.number('code', 200),
      'text/html',
      '<!doctype html><title>Welcome</title><p>Please sign in to this network.</p>',
    ),

  status: (call) => replyWithStatus(call),

  /** Refuses a request of more than `limit` characters, as a model with a small window does. */
  'too-long': (call) =>
    JSON.stringify(call.request.messages).length > call.parameters.number('limit', 10_000)
      ? wholeBody(
          400,
          'application/json',
          errorBody(
            "This model's maximum context length is exceeded.",
            'invalid_request_error',
            'context_length_exceeded',
          ),
        )
      : streamAll(call, { pieces: words(plainAnswer(call.message)) }),
}

function replyWithStatus({ parameters, apiKey, request }: ScenarioCall): Reply {
  const code = parameters.number('code', 500)
  const retryAfter = parameters.optionalNumber('retry-after')
  return wholeBody(
    code,
    'application/json',
    statusBody(code, apiKey, request.model),
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  )
}

/** What OpenAI answers with these statuses. The key stands in the 401, as it does there: it must go no further. */
function statusBody(code: number, apiKey: string, model: string): string {
  if (code === 401) {
    return errorBody(`Incorrect API key provided: ${apiKey}.`, 'invalid_request_error', 'invalid_api_key')
  }
  if (code === 404) {
    return errorBody(`The model \`${model}\` does not exist.`, 'invalid_request_error', 'model_not_found')
  }
  if (code === 429) {
    return errorBody(`Rate limit reached for ${model}.`, 'requests', 'rate_limit_exceeded')
  }
  return errorBody('The server had an error while processing your request.', 'server_error', null)
}

function numberedPieces({ parameters }: ScenarioCall, fallback: number): string[] {
  return words(numberedAnswer(parameters.number('tokens', fallback)))
}

function* streamAll(call: ScenarioCall, options: StreamOptions): Generator<Move> {
  const { pieces, finish, withUsage } = options
  yield* opening(call, pieces, call.parameters.number('delay', options.delay ?? 0))
  yield* ending(call, pieces.length, finish, withUsage)
}

/** The first words of an answer, and no end. */
function streamOpen(call: ScenarioCall): Generator<Move> {
  return opening(call, numberedPieces(call, 5), call.parameters.number('delay', 0))
}

function* opening(call: ScenarioCall, pieces: string[], delay: number): Generator<Move> {
  yield chatWire(call.request).head()
  yield* deltas(call, pieces, delay)
}

function* deltas({ request }: ScenarioCall, pieces: string[], delay: number): Generator<Move> {
  const wire = chatWire(request)
  for (const piece of pieces) {
    yield wire.delta(piece)
    if (delay > 0) yield wait(delay)
  }
}

function* ending(
  { request }: ScenarioCall,
  completionTokens: number,
  finish: FinishReason = 'stop',
  withUsage = true,
): Generator<Move> {
  const wire = chatWire(request)
  yield wire.finish(finish)
  if (withUsage && includesUsage(request)) yield wire.usage(completionTokens)
  yield wire.done()
}

/** The answer to a scenario that does not exist: loud, so that a misspelt marker cannot pass for a fault. */
export function refuseMarker(message: string): Reply {
  return wholeBody(400, 'application/json', errorBody(message, 'scripted_provider', 'bad_marker'))
}

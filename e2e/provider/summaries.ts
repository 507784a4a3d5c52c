import { createHash } from 'node:crypto'
import { type ChatCompletionRequest, errorBody, lastUserText, wholeCompletion } from './chat-wire.ts'
import { findMarker, type Parameters, parseMarker } from './marker.ts'
import { type Move, type Reply, wholeBody } from './moves.ts'

interface SummaryCall {
  request: ChatCompletionRequest
  /** The summary when nothing else is asked for. */
  plain: string
  parameters: Parameters
}

const summaries: Record<string, (call: SummaryCall) => Reply> = {
  plain: ({ request, plain }) => reply(request, plain),
  empty: ({ request }) => reply(request, ''),
  short: ({ request }) => reply(request, 'Nothing.'),
  truncated: ({ request, plain }) =>
    wholeBody(200, 'application/json', wholeCompletion(request, plain, 'length')),
  refused: ({ request }) => reply(request, "I'm sorry, but I cannot help with that."),
  long: ({ request, plain }) => reply(request, `${plain} ${'and so on '.repeat(5_000)}`),
  /** Everything that models put around a summary. */
  dressed: ({ request, plain }) => reply(request, `<think>\nA summary is wanted.\n</think>\n\n${plain}\n`),
  fail: ({ parameters }) =>
    wholeBody(
      parameters.number('code', 500),
      'application/json',
      errorBody('The server had an error while processing your request.', 'server_error', null),
    ),
  /** A window that is smaller than anyone knows. */
  narrow: ({ request, plain, parameters }) =>
    lastUserText(request).length <= parameters.number('characters', 4_000)
      ? reply(request, plain)
      : wholeBody(
          400,
          'application/json',
          errorBody(
            "This model's maximum context length is exceeded.",
            'invalid_request_error',
            'context_length_exceeded',
          ),
        ),
  *gated({ request, plain, parameters }): Generator<Move> {
    yield { type: 'gate', name: parameters.text('gate', 'default') }
    yield* reply(request, plain)
  },
}

/**
 * Folds messages into a summary, or does as the last `[summary:…]` marker among them says; with `only=MODEL` that model
 * alone does, and every other one the plain thing.
 */
export function replyWithSummary(request: ChatCompletionRequest): Reply {
  const prompt = lastUserText(request)
  const { name, parameters } = findMarker('summary', prompt) ?? parseMarker('plain')
  const play = summaries[name]
  if (!play) throw new Error(`there is no summary behaviour "${name}"`)
  const only = parameters.text('only', request.model)
  const call = { request, plain: scriptedSummary(prompt), parameters }
  return only === request.model ? play(call) : reply(request, call.plain)
}

/** Another text for every prompt, and without its markers, which would otherwise be folded into the next one. */
function scriptedSummary(prompt: string): string {
  const hash = createHash('sha256').update(prompt).digest('hex').slice(0, 12)
  return `- The person and the assistant have talked; this is their summary ${hash}.`
}

function reply(request: ChatCompletionRequest, summary: string): Reply {
  return wholeBody(200, 'application/json', wholeCompletion(request, summary))
}

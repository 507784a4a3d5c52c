import { scriptedTitle } from './answers.ts'
import { type ChatCompletionRequest, errorBody, lastUserText, wholeCompletion } from './chat-wire.ts'
import { findMarker, type Parameters, parseMarker } from './marker.ts'
import { type Move, type Reply, wait, wholeBody } from './moves.ts'

interface TitleCall {
  request: ChatCompletionRequest
  /** The title that the message gets when nothing else is asked for. */
  plain: string
  parameters: Parameters
}

const titles: Record<string, (call: TitleCall) => Reply> = {
  plain: ({ request, plain }) => reply(request, plain),
  empty: ({ request }) => reply(request, ''),
  fail: ({ parameters }) =>
    wholeBody(
      parameters.number('code', 500),
      'application/json',
      errorBody('The server had an error while processing your request.', 'server_error', null),
    ),
  *slow({ request, plain, parameters }) {
    yield wait(parameters.number('delay', 1000))
    yield* reply(request, plain)
  },
  *gated({ request, plain, parameters }): Generator<Move> {
    yield { type: 'gate', name: parameters.text('gate', 'default') }
    yield* reply(request, plain)
  },
  /** Everything that models put around a title. */
  dressed: ({ request, plain }) => reply(request, `<think>\nA title is wanted.\n</think>\n\n"${plain}."\n`),
  long: ({ request, plain }) => reply(request, `${plain} ${'and so on '.repeat(40)}`),
}

/** Names every conversation after its first message, or as its `[title:…]` marker says. */
export function replyWithTitle(request: ChatCompletionRequest): Reply {
  const message = lastUserText(request)
  const { name, parameters } = findMarker('title', message) ?? parseMarker('plain')
  const play = titles[name]
  if (!play) throw new Error(`there is no title behaviour "${name}"`)
  return play({ request, plain: scriptedTitle(message), parameters })
}

function reply(request: ChatCompletionRequest, title: string): Reply {
  return wholeBody(200, 'application/json', wholeCompletion(request, title))
}
